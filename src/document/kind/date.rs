//! Dates, and instants of civil time.

use jiff::civil::{Date, DateTime, Time, Weekday};
use serde_json::{Value, json};
use thiserror::Error;
use toml::de::DeValue;

use super::{
    number::{digits, narrow},
    time::parse_time,
    written::{check_day, check_instant},
};
use crate::{
    calendar::{WEEKDAY_NAMES, weekday_place},
    diagnostic::{Bilingual, Explain},
    document::{Describe, Kind, Spot},
};

/// The years that dates may have: what an office publishes, with room on both sides.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

/// Why a text is no date.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum DateFault {
    /// The month does not have that day.
    #[error("there is no {written}: {} {year} has {days} days", month_name(*.month))]
    NoSuchDay {
        /// The date as written.
        written: String,
        /// Its year.
        year: i16,
        /// Its month.
        month: i8,
        /// How many days that month has.
        days: i8,
    },
    /// The year does not have that month.
    #[error("there is no {written}: a year has months 1 to 12")]
    NoSuchMonth {
        /// The date as written.
        written: String,
    },
    /// A date without its year.
    #[error("\"{written}\" has no year; write it, as in 2026-{month:02}-{day:02}")]
    NoYear {
        /// The date as written.
        written: String,
        /// Its month.
        month: i8,
        /// Its day.
        day: i8,
    },
    /// A weekday beside a date that is another.
    #[error("{date} is a {:?}, not a {said:?}", date.weekday())]
    OtherWeekday {
        /// The date.
        date: Date,
        /// The weekday that is written.
        said: Weekday,
    },
    /// Not written as a date, or of a year out of range.
    #[error("no date: {written}")]
    NotADate {
        /// What is written.
        written: String,
    },
}

fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1)
        .ok()
        .and_then(|at| NAMES.get(at))
        .unwrap_or(&"that month of")
}

impl Explain for DateFault {
    fn chinese(&self) -> String {
        match self {
            Self::NoSuchDay {
                written,
                year,
                month,
                days,
            } => {
                format!("没有 {written} 这一天：{year} 年 {month} 月只有 {days} 天")
            }
            Self::NoSuchMonth { written } => format!("没有 {written} 这一天：一年只有 12 个月"),
            Self::NoYear { written, month, day } => {
                format!("“{written}”没有年份：应写明年份，如 2026年{month}月{day}日")
            }
            Self::OtherWeekday { date, said } => {
                let name = |weekday| WEEKDAY_NAMES[weekday_place(weekday)].0;
                format!("{date} 是{}，不是{}", name(date.weekday()), name(*said))
            }
            Self::NotADate { written } => format!("不是日期：{written}"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::NoYear { month, day, .. } => Bilingual::new(
                format!("写成 2026年{month}月{day}日，年份按实际"),
                format!("write 2026-{month:02}-{day:02}, with the year that is meant"),
            ),
            Self::OtherWeekday { .. } => Bilingual::new(
                "核对日期；星期可以不写",
                "see which of the two is meant; the weekday may be left out",
            ),
            _ => Bilingual::new("写成 2026-05-08 这样的日期", "write a date such as 2026-05-08"),
        }
    }
}

/// Reads a date as a person writes it: `2026-05-08`, `2026-5-8`, `2026/5/8`, `2026.5.8`, `2026、5、8`, `20260508`, `2026年5月8日`, in
/// digits of any width.
pub fn check_date(text: &str) -> Result<Date, DateFault> {
    let written = text.chars().take(40).collect::<String>();
    let text = narrow(text);
    let Some((year, month, day)) = numbers(&text) else {
        if let Some((month, day)) = yearless(&text) {
            return Err(DateFault::NoYear { written, month, day });
        }
        return Err(DateFault::NotADate { written });
    };
    let Ok(first) = Date::new(year, month, 1) else {
        return Err(DateFault::NoSuchMonth { written });
    };
    let days = first.days_in_month();
    Date::new(year, month, day).map_err(|_| DateFault::NoSuchDay {
        written,
        year,
        month,
        days,
    })
}

/// Whether `text` is written as a date, alone or with a time after it, be there such a day or not.
pub fn is_dated(text: &str) -> bool {
    let text = narrow(text);
    numbers(parts(&text).0).is_some() || check_instant(&text, Edge::End).is_ok()
}

/// The month and the day of a date without its year: `5月8日`, `5-8`, `5/8`.
pub(super) fn yearless(text: &str) -> Option<(i8, i8)> {
    let text = text.trim();
    let text = text.strip_suffix(['日', '号']).unwrap_or(text);
    let (month, day) = text.split_once(['-', '/', '.', '、', '月'])?;
    let number = |text: &str| digits::<i8>(text.trim()).filter(|_| text.trim().len() <= 2);
    let (month, day) = (number(month)?, number(day)?);
    // A leap year has every day that any year has.
    Date::new(2028, month, day).is_ok().then_some((month, day))
}

fn numbers(text: &str) -> Option<(i16, i8, i8)> {
    let text = text.trim();
    let text = text.strip_suffix(['日', '号']).unwrap_or(text);
    let spread;
    let text = if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        spread = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]);
        &spread
    } else {
        text
    };
    let mut parts = text.split(['-', '/', '.', '、', '年', '月']);
    let mut next = |longest: usize| -> Option<i16> {
        let part = parts.next()?.trim();
        let part = Some(part).filter(|part| (1..=longest).contains(&part.len()))?;
        digits(part)
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    let narrow = |number: i16| i8::try_from(number).ok();
    (parts.next().is_none() && YEARS.contains(&year)).then_some((year, narrow(month)?, narrow(day)?))
}

/// The parts of a date, or of a date and a time: what stands after the day's 日, or else after the first blank or `T`, is the time.
pub(super) fn parts(text: &str) -> (&str, &str) {
    let text = text.trim();
    let ideographic = text.find(['日', '号']).map(|at| at + '日'.len_utf8());
    let (date, time) = match ideographic {
        Some(end) => text.split_at(end),
        None => text.split_once([' ', 'T']).unwrap_or((text, "")),
    };
    (date, time.trim_start_matches('T').trim())
}

/// The seconds after 00:00 of a time as it stands after a date: `8:30`, `8时30分`, `8点`, `下午2:30`.
pub(super) fn time_after_date(text: &str) -> Option<u32> {
    let (half, text) = ["上午", "下午"]
        .iter()
        .find_map(|half| Some((*half, text.strip_prefix(half)?.trim())))
        .unwrap_or(("", text));
    let seconds = match text.split_once(['时', '点']) {
        None => parse_time(text)?,
        Some((hour, minute)) => {
            let minute = minute.trim().trim_end_matches('分').trim();
            parse_time(&format!("{}:{minute:0>2}", hour.trim()))?
        }
    };
    let noon = 12 * 3600;
    match half {
        "上午" => (seconds <= noon).then_some(seconds),
        "下午" if seconds < noon => Some(seconds + noon),
        _ => Some(seconds),
    }
}

/// How a date may be written, as a pattern.
const DAY: &str = r"\d{4}(\d{4}|[-/.、]\d{1,2}[-/.、]\d{1,2}|\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号])";

/// How a time may be written after a date.
const TIME: &str = r"(上午|下午)?\s*\d{1,2}([:：]\d{2}([:：]\d{2})?|[时点](\d{1,2}分)?)";

/// A civil day.
#[derive(Clone, Copy, Debug)]
pub struct Day;

impl Describe for Day {
    fn describe(&self) -> Bilingual {
        Bilingual::new("日期（如 2026-05-08）", "a date (such as 2026-05-08)")
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": format!("^{DAY}$") })
    }
}

impl Kind for Day {
    type Value = Date;

    fn read(&self, spot: &Spot<'_>) -> Option<Date> {
        let text = match spot.value() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(value) if value.time.is_none() => value.to_string(),
            _ => return spot.refuse(),
        };
        value_or_problem(check_day(&text), spot)
    }
}

/// What was read; what is no date at all is not what the key takes.
fn value_or_problem<T>(read: Result<T, DateFault>, spot: &Spot<'_>) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(DateFault::NotADate { .. }) => spot.refuse(),
        Err(fault) => spot.problem(fault),
    }
}

/// Which end of its day a date alone stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// 00:00 of the day.
    Start,
    /// 24:00 of the day: the day is included.
    End,
}

/// An instant in the site's civil time: a date, or a date and a time.
#[derive(Clone, Copy, Debug)]
pub struct Instant(pub Edge);

impl Describe for Instant {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "日期或日期加时刻（如 2026-05-08 或 \"2026-05-08 08:00\"）",
            "a date, or a date and a time (such as 2026-05-08 or \"2026-05-08 08:00\")",
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": format!("^{DAY}([T\\s]*{TIME})?$") })
    }
}

impl Kind for Instant {
    type Value = DateTime;

    fn read(&self, spot: &Spot<'_>) -> Option<DateTime> {
        let text = match spot.value() {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(value) if value.offset.is_some() => {
                let why = Bilingual::new(
                    "时刻按 site.toml 的时区，不写时差",
                    "times are in the site's zone; leave the offset out",
                );
                return spot.refuse_because(why);
            }
            DeValue::Datetime(value) if value.date.is_some() => value.to_string(),
            _ => return spot.refuse(),
        };
        value_or_problem(check_instant(&text, self.0), spot)
    }
}

impl Edge {
    /// The instant that `date` alone stands for.
    pub(super) fn of(self, date: Date) -> Option<DateTime> {
        match self {
            Self::Start => Some(date.to_datetime(Time::midnight())),
            Self::End => at(date, 86_400),
        }
    }
}

/// `seconds` after 00:00 of `date`; 86,400 is 00:00 of the next day.
pub(super) fn at(date: Date, seconds: u32) -> Option<DateTime> {
    let midnight = date.to_datetime(Time::midnight());
    midnight.checked_add(jiff::Span::new().seconds(i64::from(seconds))).ok()
}
