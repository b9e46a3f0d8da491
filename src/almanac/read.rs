//! From the records of a calendar file to an [`Almanac`].

use std::{collections::BTreeMap, sync::Arc};

use jiff::{ToSpan as _, civil::Date};

use super::{Almanac, Holiday, LONGEST, fault::AlmanacFault, table as t};
use crate::{
    calendar::{Festival, Maintenance, Overtime, Season, Silence, Solemn, Special, TimeOfDay},
    document::{Located, Record},
};

/// Everything is read before anything is given up, so that all problems are told.
pub(super) fn almanac(root: &Record<'_>, file: &str) -> Option<Almanac> {
    let year = year(root, file);
    let statutory = root.tables(&t::HOLIDAYS);
    let own = root.tables(&t::OWN);
    let mut holidays: Vec<Holiday> = statutory.iter().filter_map(|record| holiday(record, year)).collect();
    holidays.extend(own.iter().filter_map(days_off));
    tell_contradictions(root, &holidays);
    // A name for people; it is read so that a bad one is told.
    root.get(&t::TITLE);
    Some(Almanac {
        // Without holidays, a file may bear a year and yet say nothing of its holidays.
        year: year.filter(|_| !statutory.is_empty()),
        holidays,
        special: Special {
            festivals: all(&root.tables(&t::FESTIVALS), festival),
            seasons: seasons(root),
            solemn: all(&root.tables(&t::SOLEMN), solemn),
            silences: all(&root.tables(&t::SILENCES), silence),
            overtime: all(&root.tables(&t::OVERTIME), overtime),
            maintenance: all(&root.tables(&t::MAINTENANCE), maintenance),
        },
    })
}

fn all<T>(records: &[Record<'_>], read: fn(&Record<'_>) -> Option<T>) -> Vec<T> {
    records.iter().filter_map(read).collect()
}

/// The year of the notice, which must be there with its number where there are statutory holidays.
fn year(root: &Record<'_>, file: &str) -> Option<i16> {
    let (year, notice) = (root.located(&t::YEAR), root.get(&t::NOTICE));
    if let Some(span) = root.written(&t::HOLIDAYS) {
        let missing = [(t::YEAR.key, year.is_some()), (t::NOTICE.key, notice.is_some())];
        for (key, _) in missing.iter().filter(|(_, is_there)| !is_there) {
            root.problem_at(span.clone(), AlmanacFault::NoNotice(key));
        }
    }
    let Located { value, span } = year?;
    let year = i16::try_from(value).ok()?;
    if let Some(named) = named_year(file).filter(|named| *named != year) {
        root.problem_at(span, AlmanacFault::NamedOtherwise { named, year });
    }
    Some(year)
}

/// The year in a file's name: `calendar/CN-2026.toml` is called after 2026.
fn named_year(file: &str) -> Option<i16> {
    let name = file.rsplit('/').next()?;
    let mut numbers = name.split(|char: char| !char.is_ascii_digit());
    numbers.find(|digits| digits.len() == 4)?.parse().ok()
}

fn holiday(record: &Record<'_>, year: Option<i16>) -> Option<Holiday> {
    let work = record.located(&t::WORK);
    let holiday = days_off(record)?;
    let (work, work_span) = work.map_or_else(|| (Vec::new(), record.span()), |work| (work.value, work.span));
    if let Some(year) = year {
        let from = record.peek(&t::FROM).map_or_else(|| record.span(), |from| from.span);
        let dates = holiday.off.first().map(|date| (*date, from)).into_iter();
        let last = holiday.off.last().map(|date| (*date, record.span()));
        let wrong = dates
            .chain(last)
            .chain(work.iter().map(|date| (*date, work_span.clone())));
        if let Some((date, span)) = wrong.into_iter().find(|(date, _)| !belongs(*date, year)) {
            record.problem_at(span, AlmanacFault::WrongYear { date, year });
        }
    }
    Some(Holiday { work, ..holiday })
}

/// A notice may reach back into the last days of the year before.
fn belongs(date: Date, year: i16) -> bool {
    date.year() == year || date.year() == year - 1 && date.month() == 12
}

/// The name and the run of days of `record`.
fn days_off(record: &Record<'_>) -> Option<Holiday> {
    let name = record.get(&t::NAME);
    let (from, until) = (record.get(&t::FROM), record.located(&t::UNTIL));
    let (name, from) = (name?, from?);
    let last = until.as_ref().map_or(from, |until| until.value);
    let span = until.map_or_else(|| record.span(), |until| until.span);
    let days = i64::from((last - from).get_days()) + 1;
    if last < from {
        record.problem_at(span, AlmanacFault::EndsBeforeItBegins);
        return None;
    }
    if usize::try_from(days).is_ok_and(|days| days > LONGEST) {
        record.problem_at(span, AlmanacFault::TooLong(days));
        return None;
    }
    let off = (0..days).filter_map(|day| from.checked_add(day.days()).ok()).collect();
    Some(Holiday {
        name,
        off,
        work: Vec::new(),
        span: record.span(),
    })
}

/// Tells of days that are said to be off here and a working day there.
fn tell_contradictions(root: &Record<'_>, holidays: &[Holiday]) {
    let mut said: BTreeMap<Date, bool> = BTreeMap::new();
    for holiday in holidays {
        let twice = holiday.off.iter().find(|date| holiday.work.contains(date));
        if let Some(date) = twice {
            root.problem_at(holiday.span.clone(), AlmanacFault::BothOffAndWork(*date));
            continue;
        }
        for (date, is_off) in holiday.days() {
            let before = *said.entry(date).or_insert(is_off);
            if before != is_off {
                root.problem_at(holiday.span.clone(), AlmanacFault::SaidOtherwise(date, before));
                break;
            }
        }
    }
}

fn festival(record: &Record<'_>) -> Option<Festival> {
    let (name, day) = (record.get(&t::NAME), record.get(&t::YEARLY));
    Some(Festival { name: name?, day: day? })
}

fn seasons(root: &Record<'_>) -> Vec<Season> {
    let mut seasons: Vec<Season> = Vec::new();
    for record in &root.tables(&t::SEASONS) {
        let name = record.located(&t::NAME);
        let (from, until) = (record.get(&t::SEASON_FROM), record.get(&t::SEASON_UNTIL));
        let (Some(Located { value: name, span }), Some(from), Some(until)) = (name, from, until) else {
            continue;
        };
        if seasons.iter().any(|season| season.name == name) {
            record.problem_at(span, AlmanacFault::SeasonTwice(name.to_string()));
        }
        seasons.push(Season { name, from, until });
    }
    seasons
}

fn solemn(record: &Record<'_>) -> Option<Solemn> {
    let (name, days) = (record.get(&t::NAME), record.get(&t::DAYS));
    Some(Solemn {
        name: name?,
        days: days?,
    })
}

fn silence(record: &Record<'_>) -> Option<Silence> {
    let (name, days) = (record.get(&t::NAME), record.get(&t::DAYS));
    let (start, end) = (record.get(&t::START), record.located(&t::END));
    let (start, end) = (start?, different(record, start?, end?)?);
    Some(Silence {
        name: name?,
        days: days?,
        start,
        end,
    })
}

fn overtime(record: &Record<'_>) -> Option<Overtime> {
    let (name, days) = (record.get(&t::NAME), record.get(&t::DATES));
    let (start, end) = (record.get(&t::OPENS), record.located(&t::CLOSES));
    let hours = match (start, end) {
        (Some(start), Some(end)) => Some((start, different(record, start, end)?)),
        (None, None) => None,
        _ => {
            record.problem(AlmanacFault::HalfHours);
            return None;
        }
    };
    Some(Overtime {
        name: name?,
        days: days?,
        hours,
    })
}

fn maintenance(record: &Record<'_>) -> Option<Maintenance> {
    let name = record.get(&t::NAME);
    let (from, until) = (record.get(&t::WORK_FROM), record.located(&t::WORK_UNTIL));
    let screens = record.get(&t::SCREENS).unwrap_or_default();
    let (from, Located { value: until, span }) = (from?, until?);
    if until <= from {
        record.problem_at(span, AlmanacFault::EndsBeforeItBegins);
    }
    Some(Maintenance {
        name: name?,
        from,
        until,
        screens: screens.into_iter().map(|screen| Arc::clone(&screen.value)).collect(),
    })
}

/// `end`, unless it is the same time as `start`.
fn different(record: &Record<'_>, start: TimeOfDay, end: Located<TimeOfDay>) -> Option<TimeOfDay> {
    let Located { value, span } = end;
    if start == value {
        record.problem_at(span, AlmanacFault::SameTime);
        return None;
    }
    Some(value)
}
