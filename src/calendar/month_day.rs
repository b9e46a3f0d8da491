//! A day of any year.

use std::fmt;

use jiff::civil::Date;

/// A month and a day: 13 December of every year. 29 February is a day of leap years only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    month: i8,
    day: i8,
}

impl MonthDay {
    /// The day `day` of `month`; `None` where no year has it.
    pub fn new(month: i8, day: i8) -> Option<Self> {
        // Any leap year has all the days that there are.
        Date::new(2024, month, day).ok()?;
        Some(Self { month, day })
    }

    /// The month and the day of `date`.
    pub fn of(date: Date) -> Self {
        Self {
            month: date.month(),
            day: date.day(),
        }
    }

    /// This day in `year`; `None` for 29 February of a common year.
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

impl fmt::Display for MonthDay {
    /// `12-13`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

/// A day that is written with its year, or of every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnDay {
    /// That one day.
    Once(Date),
    /// That day of each year.
    Yearly(MonthDay),
}

impl OnDay {
    /// Whether it is `date`.
    pub fn is(self, date: Date) -> bool {
        match self {
            Self::Once(once) => once == date,
            Self::Yearly(day) => day == MonthDay::of(date),
        }
    }
}
