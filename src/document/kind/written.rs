//! Dates as people write them around the plain form: with a weekday, 止 or 前 behind, from one to another.
//!
//! Full-width digits and signs count as the plain ones.

use jiff::civil::{Date, DateTime, Weekday};

use super::{
    date::{DateFault, Edge, check_date, parts, time_after_date, yearless},
    number::narrow,
};
use crate::calendar::weekday_of;

/// What may stand behind a date that something begins with.
const SINCE: [&str; 2] = ["开始", "起"];

/// What may stand behind a date that something ends with.
const ENDINGS: [&str; 7] = ["为止", "截止", "之前", "以前", "止", "前", "。"];

/// The signs and words between the two ends of a span of time.
const BETWEEN: [&str; 9] = ["至", "到", "——", "—", "–", "～", "~", "--", " - "];

/// Reads a day: a date as [`check_date`] takes it, perhaps with its weekday.
pub fn check_day(text: &str) -> Result<Date, DateFault> {
    let (rest, said) = without_weekday(&narrow(text));
    let date = check_date(bare(&rest, Edge::End))?;
    agrees(date, said)
}

/// Reads a date, or a date and a time, with what people write around them; a date alone is that `edge` of its day.
pub fn check_instant(text: &str, edge: Edge) -> Result<DateTime, DateFault> {
    let refused = || DateFault::NotADate {
        written: text.chars().take(40).collect(),
    };
    let (rest, said) = without_weekday(&narrow(text));
    let (date, time) = parts(bare(&rest, edge));
    let date = agrees(check_date(date)?, said)?;
    let instant = match time {
        "" => edge.of(date),
        time => time_after_date(time).and_then(|seconds| super::date::at(date, seconds)),
    };
    instant.ok_or_else(refused)
}

/// The two ends that `text` names, 2026年11月24日至30日, the second with the year and the month of the first where it has none; `None`
/// where it names one.
pub fn ends(text: &str) -> Option<(String, String)> {
    let text = narrow(text);
    let parted = BETWEEN.iter().find_map(|sign| text.split_once(sign));
    let (first, last) = parted.map(|(first, last)| (first.trim(), last.trim()))?;
    let first = first.trim_start_matches(['自', '从', '由']).trim();
    if first.is_empty() || last.is_empty() {
        return None;
    }
    let since = check_instant(first, Edge::Start).ok();
    let last = since.map_or_else(|| last.to_owned(), |since| filled(last, since.date()));
    Some((first.to_owned(), last))
}

/// `last` with the year and the month of `first`, or all of it, where it lacks them.
fn filled(last: &str, first: Date) -> String {
    let (year, month, day) = (first.year(), first.month(), first.day());
    let digits = last.len() - last.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    let rest = &last[digits..];
    if rest.starts_with(':') {
        return format!("{year}年{month}月{day}日 {last}");
    }
    if (1..=2).contains(&digits) && (rest.is_empty() || rest.starts_with(['日', '号'])) {
        return format!(
            "{year}年{month}月{}日{}",
            &last[..digits],
            rest.trim_start_matches(['日', '号'])
        );
    }
    match (1..=2).contains(&digits) && rest.starts_with('月') {
        true => format!("{year}年{last}"),
        false if yearless(bare(&without_weekday(last).0, Edge::End)).is_some() => {
            format!("{year}-{last}").replace(['/', '.', '、'], "-")
        }
        false => last.to_owned(),
    }
}

/// `text` without what may stand before and behind a date.
fn bare(text: &str, edge: Edge) -> &str {
    let words: &[&str] = match edge {
        Edge::Start => &SINCE,
        Edge::End => &ENDINGS,
    };
    let text = text.trim().trim_end_matches(['.', '。']).trim_end();
    let rest = words.iter().find_map(|word| text.strip_suffix(word));
    rest.unwrap_or(text).trim_end()
}

/// `text` with a blank in place of a weekday, 星期二 or （周二）, and which one that is.
fn without_weekday(text: &str) -> (String, Option<Weekday>) {
    let found = ["星期", "礼拜", "周"].iter().find_map(|word| {
        let (before, behind) = text.split_once(word)?;
        let sign = behind.chars().next()?;
        Some((before.trim_end(), &behind[sign.len_utf8()..], weekday_of(sign)?))
    });
    let Some((before, behind, said)) = found else {
        return (text.to_owned(), None);
    };
    let before = before.strip_suffix('(').unwrap_or(before);
    let behind = behind.strip_prefix(')').unwrap_or(behind);
    (
        format!("{} {}", before.trim(), behind.trim()).trim().to_owned(),
        Some(said),
    )
}

fn agrees(date: Date, said: Option<Weekday>) -> Result<Date, DateFault> {
    match said {
        Some(said) if said != date.weekday() => Err(DateFault::OtherWeekday { date, said }),
        _ => Ok(date),
    }
}
