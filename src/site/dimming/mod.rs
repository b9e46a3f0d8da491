//! How bright a screen shines, by the half hour of the civil day: as a card with a table of 48 levels holds it too.
//!
//! Of the entries the first that is open counts, else what is usual; at night it is no more than the cap. Pure: whoever asks brings the
//! day and the calendar.

mod keys;
mod read;

use jiff::civil::{Date, DateTime};

pub(super) use keys::{BRIGHTNESS, DIM, NIGHT};
pub(super) use read::dimming;

use crate::{
    calendar::{Calendar, Purpose, TimeOfDay, When},
    units::Level,
};

/// The half hours of a civil day.
pub const HALF_HOURS: usize = 48;

/// A half hour in seconds.
const HALF_HOUR: u32 = 1800;

/// How bright a screen shines, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimming {
    /// Its brightness where nothing below says otherwise.
    pub usual: Level,
    /// Other levels in the order written; the first that is open counts.
    pub entries: Vec<Dim>,
    /// What it does not exceed at night, whatever is written above.
    pub night: Night,
}

/// A level of its own in certain windows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dim {
    /// The windows, whose times lie on half hours; any of them.
    pub when: Vec<When>,
    /// The brightness in them.
    pub level: Level,
}

/// The cap at night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Night {
    /// When it begins, on a half hour.
    pub start: TimeOfDay,
    /// When it ends, on a half hour; at or before `start`: on the next day.
    pub end: TimeOfDay,
    /// The most in it.
    pub most: Level,
}

/// Why a screen is as bright as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// It is so where nothing else is written.
    Usual,
    /// The entry of this number says so, from 0 on.
    Entry(usize),
    /// It is night.
    Night,
}

impl Dimming {
    /// How bright it is in each half hour of the civil day `date`, from 00:00 on.
    pub fn table(&self, date: Date, calendar: &Calendar) -> [Level; HALF_HOURS] {
        let seconds = |half_hour: usize| u32::try_from(half_hour).unwrap_or_default() * HALF_HOUR;
        std::array::from_fn(|half_hour| self.level(date, seconds(half_hour), calendar).0)
    }

    /// How bright it is when the clock shows `civil`, and why.
    pub fn at(&self, civil: DateTime, calendar: &Calendar) -> (Level, Because) {
        let seconds = i32::from(civil.hour()) * 3600 + i32::from(civil.minute()) * 60;
        self.level(civil.date(), seconds.unsigned_abs(), calendar)
    }

    /// The windows of all entries.
    pub fn windows(&self) -> impl Iterator<Item = &When> {
        self.entries.iter().flat_map(|entry| &entry.when)
    }

    fn level(&self, date: Date, seconds: u32, calendar: &Calendar) -> (Level, Because) {
        let is_open = |entry: &Dim| entry.when.iter().any(|when| is_open(when, date, seconds, calendar));
        let open = self.entries.iter().enumerate().find(|(_, entry)| is_open(entry));
        let (level, because) = open.map_or((self.usual, Because::Usual), |(number, entry)| {
            (entry.level, Because::Entry(number))
        });
        if self.night.holds(seconds) && level > self.night.most {
            return (self.night.most, Because::Night);
        }
        (level, because)
    }
}

impl Night {
    fn holds(self, seconds: u32) -> bool {
        let (start, end) = (self.start.seconds(), self.end.seconds());
        if start < end {
            (start..end).contains(&seconds)
        } else {
            seconds >= start || seconds < end
        }
    }
}

/// Whether the window is open so many seconds after 00:00 of `date`: by that day, or by the one before where it runs past midnight. An
/// overtime day is a working day here, whatever its hours.
fn is_open(when: &When, date: Date, seconds: u32, calendar: &Calendar) -> bool {
    let opens = |date: Date| when.occurrence(date, calendar, Purpose::Play).is_some();
    let (start, end) = (when.start.seconds(), when.end.seconds());
    if start < end {
        return (start..end).contains(&seconds) && opens(date);
    }
    seconds >= start && opens(date) || seconds < end && date.yesterday().is_ok_and(opens)
}
