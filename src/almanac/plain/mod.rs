//! The two lists that a clerk keeps beside `site.toml`: 肃静.txt (solemn days and minutes of silence) and 加开.txt (overtime).
//!
//! One line is one entry: a date, or several; times, where there are any; a name, where there is one. Dates and times stand as people
//! write them. What is said becomes the same [`Almanac`] as a calendar file's, so nothing behind this room knows of the lists.
//!
//! A line that begins with `#` is a comment, and so is what follows a `#` after a blank. The first line that says something may be a
//! heading: it has no digit, and entries follow. The line is the unit: a bad one is told and left out, the good ones hold. A file in which no line
//! is good is refused, so that its last good version stays in force.

mod cursor;
mod date;
mod fault;
mod line;
mod time;

use std::{ops::Range, sync::Arc};

use jiff::civil::Date;

use super::Almanac;
use crate::{
    calendar::{OnDay, Overtime, Silence, Solemn, Special, TimeOfDay},
    diagnostic::Diagnostic,
    document::{self, Parsed},
};
use cursor::is_blank;
use fault::ListFault;

/// The most entries of one list: far more than an office has in a year.
const MOST: usize = 1000;

/// The most lines of one list that are told of.
const TOLD: usize = 20;

/// A list of days that a clerk keeps as plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayList {
    /// 肃静: solemn days, and with times minutes of silence on them.
    Solemn,
    /// 加开: days on which the screens are lit though they would not be.
    Overtime,
}

impl DayList {
    /// The list that a file of this name at the site's root is: 肃静.txt or silence.txt, 加开.txt or overtime.txt. What copying and hidden
    /// extensions make of the Chinese names counts as well (肃静(1).txt, 肃静.txt.txt): a day of mourning is not missed for that.
    pub fn of(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        let stem = lower.strip_suffix(".txt")?;
        match stem {
            "silence" => Some(Self::Solemn),
            "overtime" => Some(Self::Overtime),
            _ if stem.starts_with("肃静") => Some(Self::Solemn),
            _ if stem.starts_with("加开") => Some(Self::Overtime),
            _ => None,
        }
    }

    /// What an entry without a name is called.
    const fn name(self) -> &'static str {
        match self {
            Self::Solemn => "肃静",
            Self::Overtime => "加开",
        }
    }
}

/// What one line says.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    days: Vec<Date>,
    hours: Vec<(TimeOfDay, TimeOfDay)>,
    name: Option<Arc<str>>,
}

/// Reads the bytes of `file`, which is `list`. The line is the unit: the value has the good lines, and is there unless all lines that say something
/// are bad.
pub fn parse_list(list: DayList, file: &str, bytes: &[u8]) -> Parsed<Almanac> {
    let source = match document::source(file, bytes) {
        Ok(source) => source,
        Err(diagnostic) => return Parsed::refused(*diagnostic),
    };
    let (entries, faults) = entries(list, source.text());
    let is_taken = !entries.is_empty() || faults.iter().all(|(_, fault)| fault.is_slight());
    let value = is_taken.then(|| Almanac {
        special: special(list, &entries),
        ..Almanac::default()
    });
    let told = faults.into_iter().take(TOLD);
    Parsed {
        value,
        diagnostics: told
            .map(|(span, fault)| Diagnostic::at(&source, span, &fault))
            .collect(),
    }
}

/// The entries of a list's text, and what is wrong with lines that are none.
fn entries(list: DayList, text: &str) -> (Vec<Entry>, Vec<(Range<usize>, ListFault)>) {
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    let mut heading = None;
    let mut start = 0;
    for line in text.split('\n') {
        let span = start..start + line.len();
        start = span.end + 1;
        let (at, said) = said(line);
        if said.is_empty() {
            continue;
        }
        let is_first = entries.is_empty() && faults.is_empty() && heading.is_none();
        if is_first && !said.contains(cursor::is_digit) {
            heading = Some(span);
        } else if entries.len() == MOST {
            faults.push((span, ListFault::TooMany));
            break;
        } else {
            match line::read(list, said, span.start + at) {
                Ok(entry) => entries.push(entry),
                Err(fault) => faults.push(*fault),
            }
        }
    }
    if entries.is_empty() && faults.is_empty() {
        if let Some(span) = heading {
            faults.push((span, ListFault::NoDate));
        } else if text.chars().all(is_blank) {
            faults.push((0..0, ListFault::Empty));
        }
    }
    (entries, faults)
}

/// What a line says, without its comment and the blanks around, and at which of its bytes that begins.
fn said(line: &str) -> (usize, &str) {
    let is_mark =
        |at: usize, char: char| matches!(char, '#' | '＃') && line[..at].chars().next_back().is_none_or(is_blank);
    let end = line.char_indices().find(|(at, char)| is_mark(*at, *char));
    let line = &line[..end.map_or(line.len(), |(at, _)| at)];
    let said = line.trim_start_matches(is_blank);
    (line.len() - said.len(), said.trim_end_matches(is_blank))
}

fn special(list: DayList, entries: &[Entry]) -> Special {
    let mut special = Special::default();
    for entry in entries {
        let name = entry.name.clone().unwrap_or_else(|| list.name().into());
        let on = || entry.days.iter().map(|date| OnDay::Once(*date)).collect::<Vec<_>>();
        match list {
            DayList::Solemn => {
                special.solemn.push(Solemn {
                    name: Arc::clone(&name),
                    days: on(),
                });
                special.silences.extend(entry.hours.iter().map(|(start, end)| Silence {
                    name: Arc::clone(&name),
                    days: on(),
                    start: *start,
                    end: *end,
                }));
            }
            DayList::Overtime => {
                let hours = entry.hours.iter().map(|hours| Some(*hours));
                let as_usual = entry.hours.is_empty().then_some(None);
                special.overtime.extend(hours.chain(as_usual).map(|hours| Overtime {
                    name: Arc::clone(&name),
                    days: entry.days.clone(),
                    hours,
                }));
            }
        }
    }
    special
}
