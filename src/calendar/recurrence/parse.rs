//! From the text of a rule to the rule.

use jiff::civil::{Date, Weekday};

use super::{
    fault::{Problem, RuleFault},
    ordinals::Ordinals,
    part::Part,
    piece::Piece,
    rule::{By, Counted, End, Frequency, Rule, counts_in_months},
    written::{Written, signed_digits},
};
use crate::calendar::Weekdays;

/// The frequencies that the RFC has for times of day, which a rule of days has no use for.
const SHORT_FREQUENCIES: [&str; 3] = ["SECONDLY", "MINUTELY", "HOURLY"];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

/// Reads a rule.
pub(super) fn parse(text: &str) -> Result<Rule, RuleFault> {
    let whole = Piece::whole(text).trimmed();
    refuse_full_width(whole)?;
    let written = Written::read(whole)?;
    let frequency = frequency(&written)?;
    written.refuse_bad_company(frequency)?;
    let by = By {
        months: written.ordinals(Part::ByMonth, 12, false)?,
        weeks: written.ordinals(Part::ByWeekNo, 53, true)?,
        year_days: written.ordinals(Part::ByYearDay, 366, true)?,
        month_days: written.ordinals(Part::ByMonthDay, 31, true)?,
        weekdays: weekdays(&written, frequency)?,
        positions: written.ordinals(Part::BySetPos, frequency.longest(), true)?,
    };
    Ok(Rule {
        frequency,
        interval: written.number(Part::Interval)?.unwrap_or(1),
        end: end(&written)?,
        week_start: week_start(&written)?,
        by,
    })
}

/// Signs of a Chinese keyboard look like those that are meant; whoever typed them is told which.
fn refuse_full_width(whole: Piece<'_>) -> Result<(), RuleFault> {
    let narrow = |sign: char| match sign {
        '、' | '﹐' => Some(','),
        '—' | '–' | '−' => Some('-'),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0),
        _ => None,
    };
    let mut signs = whole.text().char_indices();
    match signs.find_map(|(at, sign)| Some((at, sign, narrow(sign)?))) {
        Some((at, sign, plain)) => {
            let place = whole.part(at..at + sign.len_utf8());
            Err(place.fault(Problem::FullWidth { sign, plain }))
        }
        None => Ok(()),
    }
}

fn frequency(written: &Written<'_>) -> Result<Frequency, RuleFault> {
    let Some(value) = written.value(Part::Freq) else {
        return Err(written.whole.fault(Problem::NoFrequency));
    };
    let known = Frequency::ALL.into_iter().find(|frequency| value.is(frequency.name()));
    known.ok_or_else(|| {
        let short = SHORT_FREQUENCIES.into_iter().find(|name| value.is(name));
        let unknown = || Problem::Frequency {
            written: value.quoted(),
        };
        value.fault(short.map_or_else(unknown, Problem::ShortFrequency))
    })
}

fn week_start(written: &Written<'_>) -> Result<Weekday, RuleFault> {
    match written.value(Part::Wkst) {
        Some(value) => weekday(value).ok_or_else(|| weekday_fault(Part::Wkst, value)),
        None => Ok(Weekday::Monday),
    }
}

fn weekday(piece: Piece<'_>) -> Option<Weekday> {
    let found = WEEKDAYS.into_iter().find(|(name, _)| piece.is(name));
    found.map(|(_, weekday)| weekday)
}

fn weekday_fault(part: Part, place: Piece<'_>) -> RuleFault {
    let written = place.quoted();
    place.fault(Problem::Weekday { part, written })
}

/// The weekdays of BYDAY.
fn weekdays(written: &Written<'_>, frequency: Frequency) -> Result<Option<Counted>, RuleFault> {
    let Some(value) = written.value(Part::ByDay) else {
        return Ok(None);
    };
    let most = if counts_in_months(frequency, written.value(Part::ByMonth).is_some()) {
        5
    } else {
        53
    };
    let mut days = Counted {
        every: Weekdays::NONE,
        nth: [Ordinals::NONE; 7],
    };
    for piece in value.split(',') {
        let (number, day) = counted(piece)?;
        if number.text().is_empty() {
            days.every = days.every.with(day);
            continue;
        }
        refuse_counting(written, frequency, piece)?;
        let Some(number) = signed_digits(number.text(), most) else {
            let written = piece.quoted();
            return Err(piece.fault(Problem::Nth { written, most }));
        };
        let nth = &mut days.nth[usize::from(day.to_monday_zero_offset().unsigned_abs())];
        *nth = nth.with(number);
    }
    Ok(Some(days))
}

/// The number before a weekday, or nothing, and the weekday.
fn counted(piece: Piece<'_>) -> Result<(Piece<'_>, Weekday), RuleFault> {
    let length = piece.text().len();
    let at = length.saturating_sub(2);
    let is_number = |number: Piece<'_>| {
        let text = number.text();
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        text.is_empty() || !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts = piece
        .text()
        .is_char_boundary(at)
        .then(|| (piece.part(0..at), piece.part(at..length)));
    parts
        .filter(|(number, _)| is_number(*number))
        .and_then(|(number, day)| Some((number, weekday(day)?)))
        .ok_or_else(|| weekday_fault(Part::ByDay, piece))
}

/// Weekdays are counted only where there is a month or a year to count them in.
fn refuse_counting(written: &Written<'_>, frequency: Frequency, piece: Piece<'_>) -> Result<(), RuleFault> {
    let quoted = piece.quoted();
    if matches!(frequency, Frequency::Daily | Frequency::Weekly) {
        return Err(piece.fault(Problem::NthOfShort {
            written: quoted,
            frequency,
        }));
    }
    if written.value(Part::ByWeekNo).is_some() {
        return Err(piece.fault(Problem::NthOfWeek { written: quoted }));
    }
    Ok(())
}

fn end(written: &Written<'_>) -> Result<End, RuleFault> {
    if let Some(count) = written.number(Part::Count)? {
        return Ok(End::Count(count));
    }
    written
        .value(Part::Until)
        .map_or(Ok(End::Never), |value| until(value).map(End::Until))
}

/// A date, `20261231` or `2026-12-31`. A time after it is refused: it is of another type than a first day, and dropping it could add
/// or lose a day.
fn until(value: Piece<'_>) -> Result<Date, RuleFault> {
    let (date, time) = match value.text().find(['T', 't', ' ']) {
        Some(at) => (value.part(0..at), Some(at)),
        None => (value, None),
    };
    let quoted = value.quoted();
    let Some((year, month, day)) = numbers(date.text()) else {
        return Err(value.fault(Problem::NoDate { written: quoted }));
    };
    let Ok(date) = Date::new(year, month, day) else {
        return Err(date.fault(Problem::NoSuchDay { written: date.quoted() }));
    };
    match time {
        None => Ok(date),
        Some(_) => Err(value.fault(Problem::TimeOfUntil { date })),
    }
}

/// Year, month and day of `20261231` or `2026-12-31`.
fn numbers(text: &str) -> Option<(i16, i8, i8)> {
    let digits: String = match text.as_bytes() {
        [_, _, _, _, b'-', _, _, b'-', _, _] => text.split('-').collect(),
        _ => text.to_owned(),
    };
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((
        digits[..4].parse().ok()?,
        digits[4..6].parse().ok()?,
        digits[6..].parse().ok()?,
    ))
}
