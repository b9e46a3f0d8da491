//! Windows of time, as written in `[[when]]` and `lit`.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Seconds since 00:00, 0 to 86,400; the last is 24:00, the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u32);

/// A set of weekdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weekdays(u8);

/// One window: open on a day that satisfies every part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The weekdays on which it opens; all seven unless written.
    pub weekdays: Weekdays,
    /// The first date, included.
    pub from: Option<Date>,
    /// The last date, included, to 24:00.
    pub until: Option<Date>,
    /// When it opens; 00:00 unless written.
    pub start: TimeOfDay,
    /// When it closes; 24:00 unless written. At or before `start`: on the next day, and the window is named by the day it opens.
    pub end: TimeOfDay,
    /// Dates on which it does not open.
    pub except: Vec<Date>,
}

/// One opening of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The first instant inside.
    pub start: Timestamp,
    /// The first instant after.
    pub end: Timestamp,
}

impl When {
    /// The opening that is named by the civil day `date`, if there is one.
    pub fn occurrence(&self, date: Date, zone: &TimeZone) -> Option<Occurrence> {
        let _ = (date, zone);
        None
    }
}
