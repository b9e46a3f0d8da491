//! Dates as people write them: 2026-05-15, 2026/5/15, 2026年5月15日（星期五）, 20260515, 5月1日至3日 after a year.

use jiff::{ToSpan as _, civil::Date};

use super::{
    super::LONGEST,
    cursor::{Cursor, Number},
    fault::{ListFault, Told},
};
use crate::{calendar::weekday_of, document::kind::check_date};

/// The dates at the beginning of a line: single ones and runs, with commas between.
pub(super) fn dates(cursor: &mut Cursor<'_>) -> Result<Vec<Date>, Told> {
    let line = cursor.clone();
    cursor.eat_word(&["自", "从", "于"]);
    let mut days = Vec::new();
    let mut before = None;
    loop {
        let first = date(cursor, before)?;
        let from = cursor.clone();
        let mut last = first;
        if cursor.until(&[]) {
            last = date(cursor, Some(first))?;
            cursor.eat_word(&["止"]);
        } else if cursor.eat_word(&["起"]).is_some() {
            return Err(Told::new((
                cursor.since(&from),
                ListFault::NoEnd(cursor.text_since(&line)),
            )));
        }
        if last < first {
            return Err(Told::new((
                cursor.since(&from),
                ListFault::DaysBackwards { first, last },
            )));
        }
        let count = i64::from((last - first).get_days()) + 1;
        let total = i64::try_from(days.len()).unwrap_or(i64::MAX).saturating_add(count);
        if usize::try_from(total).is_ok_and(|total| total > LONGEST) {
            return Err(Told::new((cursor.since(&line), ListFault::TooManyDays(total))));
        }
        days.extend((0..count).filter_map(|day| first.checked_add(day.days()).ok()));
        before = Some(last);
        if !another(cursor) {
            return Ok(days);
        }
    }
}

/// Steps to another date of the line, where one follows after a comma.
fn another(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = cursor.clone();
    let is_date = ahead.skip_between() && ahead.is_at_digit() && !super::time::is_here(&ahead);
    if is_date {
        *cursor = ahead;
    }
    is_date
}

/// One date, with the year and the month of `before` where it has none.
fn date(cursor: &mut Cursor<'_>, before: Option<Date>) -> Result<Date, Told> {
    let from = cursor.clone();
    let Some(first) = cursor.number() else {
        return Err(Told::new((cursor.word(), ListFault::NoDateFirst)));
    };
    let numbers = parts(cursor, first);
    let written = cursor.text_since(&from);
    let span = cursor.since(&from);
    let (year, month, day) = match (numbers, before) {
        ([Some(year), Some(month), Some(day)], _) => (year, month, day),
        ([None, Some(month), Some(day)], Some(before)) => (year_of(before), month, day),
        ([None, None, Some(day)], Some(before)) => (year_of(before), before.month().unsigned_abs().into(), day),
        ([None, Some(_), Some(_)], None) => return Err(Told::new((span, ListFault::NoYear(written)))),
        _ => return Err(Told::new((span, ListFault::NotADate(written)))),
    };
    let date = check_date(&format!("{year:04}-{month}-{day}"));
    let date = date.map_err(|fault| Told::new((span, ListFault::Date(fault))))?;
    weekday(cursor, date)?;
    Ok(date)
}

/// Year, month and day as they stand from `first` on, as far as they do.
fn parts(cursor: &mut Cursor<'_>, first: Number) -> [Option<u32>; 3] {
    if first.digits == 8 {
        let number = first.value;
        return [Some(number / 10_000), Some(number / 100 % 100), Some(number % 100)];
    }
    if first.digits > 4 {
        return [None; 3];
    }
    let is_year = first.digits == 4;
    if is_year {
        if cursor.eat(|char| char == '年').is_some() {
            cursor.skip_blanks();
            let month = cursor.number();
            let day = month.and_then(|_| chinese_day(cursor));
            return [Some(first.value), short(month), day];
        }
        let Some(sign) = cursor.eat(|char| matches!(char, '-' | '/' | '.')) else {
            return [Some(first.value), None, None];
        };
        let month = cursor.number();
        let day = cursor.eat(|char| char == sign).and_then(|_| cursor.number());
        return [Some(first.value), short(month), short(day)];
    }
    if first.digits > 2 {
        return [None; 3];
    }
    if cursor.peek() == Some('月') {
        return [None, Some(first.value), chinese_day(cursor)];
    }
    let mut ahead = cursor.clone();
    let sign = ahead.eat(|char| matches!(char, '-' | '/' | '.'));
    if let Some(day) = sign.and_then(|_| ahead.number()) {
        *cursor = ahead;
        return [None, Some(first.value), short(Some(day))];
    }
    cursor.eat(|char| matches!(char, '日' | '号'));
    [None, None, Some(first.value)]
}

/// `月15日`
fn chinese_day(cursor: &mut Cursor<'_>) -> Option<u32> {
    cursor.skip_blanks();
    cursor.eat(|char| char == '月')?;
    cursor.skip_blanks();
    let day = cursor.number();
    let mut ahead = cursor.clone();
    ahead.skip_blanks();
    if ahead.eat(|char| matches!(char, '日' | '号')).is_some() {
        *cursor = ahead;
    }
    short(day)
}

/// A month or a day has two digits at most.
fn short(number: Option<Number>) -> Option<u32> {
    number.filter(|number| number.digits <= 2).map(|number| number.value)
}

fn year_of(date: Date) -> u32 {
    date.year().unsigned_abs().into()
}

/// Steps over a weekday beside `date`, which must be that date's.
fn weekday(cursor: &mut Cursor<'_>, date: Date) -> Result<(), Told> {
    let mut ahead = cursor.clone();
    ahead.skip_blanks();
    let from = ahead.clone();
    let is_bracketed = ahead.eat(|char| char == '(').is_some();
    if ahead.eat_word(&["星期", "周", "礼拜"]).is_none() {
        return Ok(());
    }
    let Some(said) = ahead.peek().and_then(weekday_of) else {
        return Ok(());
    };
    ahead.step();
    let closes = if is_bracketed {
        ahead.eat(|char| char == ')').is_some()
    } else {
        // 周五学习会 is a name.
        ahead
            .peek()
            .is_none_or(|char| !char.is_alphabetic() || matches!(char, '至' | '到'))
    };
    if !closes {
        return Ok(());
    }
    if said != date.weekday() {
        let fault = ListFault::OtherWeekday {
            date,
            said: ahead.text_since(&from),
        };
        return Err(Told::new((ahead.since(&from), fault)));
    }
    *cursor = ahead;
    Ok(())
}
