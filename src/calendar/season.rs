//! Seasons: summer and winter hours.

use std::sync::Arc;

use jiff::civil::Date;

use super::MonthDay;

/// A stretch of every year, such as the months of summer hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Season {
    /// What windows call it: 夏季.
    pub name: Arc<str>,
    /// The first day.
    pub from: MonthDay,
    /// The last day, included. Before `from`: in the next year.
    pub until: MonthDay,
}

impl Season {
    /// Whether `date` lies in it.
    pub fn contains(&self, date: Date) -> bool {
        let day = MonthDay::of(date);
        if self.from <= self.until {
            self.from <= day && day <= self.until
        } else {
            self.from <= day || day <= self.until
        }
    }
}
