//! Times of day.

use serde_json::{Value, json};
use toml::de::DeValue;

use super::number::digits;
use crate::{
    calendar::TimeOfDay,
    diagnostic::Bilingual,
    document::{Describe, Kind, Spot},
};

/// A time of day, `"00:00"` to `"24:00"`.
#[derive(Clone, Copy, Debug)]
pub struct Clock;

impl Describe for Clock {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "时刻，\"00:00\" 至 \"24:00\"",
            "a time of day from \"00:00\" to \"24:00\"",
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": r"^(([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00(:00)?)$" })
    }
}

impl Kind for Clock {
    type Value = TimeOfDay;

    fn read(&self, spot: &Spot<'_>) -> Option<TimeOfDay> {
        let seconds = match spot.value() {
            DeValue::String(text) => parse_time(text.trim()),
            DeValue::Datetime(value) if value.date.is_none() => parse_time(&value.to_string()),
            _ => None,
        };
        match seconds.and_then(TimeOfDay::new) {
            Some(time) => Some(time),
            None => spot.refuse(),
        }
    }
}

/// The seconds after 00:00 of `8:00`, `08:00`, `08:00:30`; 86,400 for `24:00`.
pub(super) fn parse_time(text: &str) -> Option<u32> {
    let mut parts = text.split(':');
    let mut next = |range: std::ops::RangeInclusive<usize>| -> Option<u32> {
        let part = parts.next().filter(|part| range.contains(&part.len()))?;
        digits(part)
    };
    let (hour, minute) = (next(1..=2)?, next(2..=2)?);
    let second = if text.matches(':').count() == 2 {
        next(2..=2)?
    } else {
        0
    };
    let seconds = hour * 3600 + minute * 60 + second;
    (parts.next().is_none() && minute < 60 && second < 60 && seconds <= 86_400).then_some(seconds)
}
