//! One file under `calendar/`: statutory holidays of a year, the office's own days off, seasons, solemn days, closing and opening
//! hours out of the ordinary.
//!
//! Bytes in, an [`Almanac`] and diagnostics out. What several files say together becomes a [`Calendar`](crate::calendar::Calendar) by
//! [`Almanac::enter`], one file after the other in the order of their paths: the same day said twice alike is no matter, said twice
//! differently it is refused where it comes second.
//!
//! The clerk's own lists, 肃静.txt and 加开.txt, are read by [`parse_list`].

mod enter;
mod fault;
mod kind;
mod plain;
mod read;
mod table;

use std::{ops::Range, sync::Arc};

use jiff::civil::Date;

pub use fault::Conflict;
pub use plain::{DayList, parse_list};
pub use table::ALMANAC;

use crate::{
    calendar::Special,
    document::{self, Parsed},
};

/// The longest run of days that one holiday or day off may take.
pub const LONGEST: usize = 60;

/// One file of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Almanac {
    /// The year whose statutory holidays it has.
    pub year: Option<i16>,
    /// Statutory holidays and the office's own days off.
    pub holidays: Vec<Holiday>,
    /// What is not as usual.
    pub special: Special,
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
