//! Days and hours that are not as usual.

use std::sync::Arc;

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use super::{MonthDay, Occurrence, OnDay, Season, TimeOfDay, span::instant_of, span::span};

/// What a calendar knows besides which days are off: of one file, or of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Special {
    /// Days that are kept but not off.
    pub festivals: Vec<Festival>,
    /// The seasons, by name.
    pub seasons: Vec<Season>,
    /// Solemn days.
    pub solemn: Vec<Solemn>,
    /// Minutes of silence.
    pub silences: Vec<Silence>,
    /// Overtime opening.
    pub overtime: Vec<Overtime>,
    /// Work on screens.
    pub maintenance: Vec<Maintenance>,
}

/// A day that is kept but not off: 妇女节 is 8 March of every year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Festival {
    /// What windows call it.
    pub name: Arc<str>,
    /// Its day.
    pub day: MonthDay,
}

/// Days of mourning or remembrance: nothing festive plays, nothing moves, frames are grey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solemn {
    /// 国家公祭日
    pub name: Arc<str>,
    /// Its days, each from 00:00 to 24:00.
    pub days: Vec<OnDay>,
}

/// Minutes of silence: the screens are dark, for that reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// What it is kept for.
    pub name: Arc<str>,
    /// Its days.
    pub days: Vec<OnDay>,
    /// When it begins on each of them.
    pub start: TimeOfDay,
    /// When it ends; at or before `start`: on the next day.
    pub end: TimeOfDay,
}

/// Overtime opening 加开: playlists of working days run, screens are lit; it counts for no posting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overtime {
    /// Why the office is open.
    pub name: Arc<str>,
    /// Its days.
    pub days: Vec<Date>,
    /// When screens are lit besides their own hours; `None`: as on a working day.
    pub hours: Option<(TimeOfDay, TimeOfDay)>,
}

/// Work on the screens: they are dark, for that reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maintenance {
    /// What is being done.
    pub name: Arc<str>,
    /// From when, in the site's civil time.
    pub from: DateTime,
    /// Until when, in the site's civil time.
    pub until: DateTime,
    /// Which screens, by identity; all, where none is written.
    pub screens: Vec<Arc<str>>,
}

impl Special {
    /// Adds all of `other`.
    pub fn extend(&mut self, other: &Self) {
        self.festivals.extend_from_slice(&other.festivals);
        self.seasons.extend_from_slice(&other.seasons);
        self.solemn.extend_from_slice(&other.solemn);
        self.silences.extend_from_slice(&other.silences);
        self.overtime.extend_from_slice(&other.overtime);
        self.maintenance.extend_from_slice(&other.maintenance);
    }
}

impl Solemn {
    /// Whether `date` is one of its days.
    pub fn is_on(&self, date: Date) -> bool {
        self.days.iter().any(|day| day.is(date))
    }
}

impl Silence {
    /// The silence that begins on `date`, if there is one.
    pub fn occurrence(&self, date: Date, zone: &TimeZone) -> Option<Occurrence> {
        let is_on = self.days.iter().any(|day| day.is(date));
        is_on.then(|| span(date, self.start, self.end, zone)).flatten()
    }
}

impl Overtime {
    /// Whether `date` is one of its days.
    pub fn is_on(&self, date: Date) -> bool {
        self.days.contains(&date)
    }

    /// The hours of its own that it has on `date`.
    pub fn occurrence(&self, date: Date, zone: &TimeZone) -> Option<Occurrence> {
        let (start, end) = self.hours.filter(|_| self.is_on(date))?;
        span(date, start, end, zone)
    }
}

impl Maintenance {
    /// Its stretch of time, where the screen of that identity is concerned.
    pub fn occurrence(&self, screen: &str, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let concerns = self.screens.is_empty() || self.screens.iter().any(|id| **id == *screen);
        let (from, until) = (instant_of(self.from, zone), instant_of(self.until, zone));
        (concerns && from < until).then_some((from, until))
    }
}
