//! One file under `calendar/`: statutory holidays of a year, the office's own days off, seasons, solemn days, closing and opening
//! hours out of the ordinary.
//!
//! Bytes in, an [`Almanac`] and diagnostics out. What several files say together becomes a [`Calendar`](crate::calendar::Calendar) by
//! [`Almanac::enter`], one file after the other in the order of their paths: the same day said twice alike is no matter, said twice
//! differently it is refused where it comes second.

mod enter;
mod fault;
mod kind;
mod read;
mod table;

use std::{ops::Range, sync::Arc};

use jiff::civil::Date;

pub use fault::Conflict;
pub use table::ALMANAC;

use crate::{
    calendar::{Festival, Maintenance, Overtime, Season, Silence, Solemn},
    document::{self, Parsed},
};

/// The longest run of days that one holiday or day off may take.
pub const LONGEST: usize = 60;

/// One file of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Almanac {
    /// What people call the file.
    pub title: Option<Arc<str>>,
    /// The year whose statutory holidays it has.
    pub year: Option<i16>,
    /// Statutory holidays and the office's own days off.
    pub holidays: Vec<Holiday>,
    /// Days that are kept but not off.
    pub festivals: Vec<Festival>,
    /// Seasons.
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

/// A holiday, or days off of the office's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// 国庆节; of two that fall together 国庆节、中秋节.
    pub name: Arc<str>,
    /// The days off.
    pub off: Vec<Date>,
    /// The make-up working days.
    pub work: Vec<Date>,
    /// Where it stands in the file's text.
    pub span: Range<usize>,
}

/// Reads the bytes of the calendar's `file`.
pub fn parse(file: &str, bytes: &[u8]) -> Parsed<Almanac> {
    document::read(file, bytes, &ALMANAC, |root| read::almanac(root, file))
}
