//! Lengths of time.

use jiff::SignedDuration;
use serde_json::{Value, json};
use toml::de::DeValue;

use super::number::{narrow, scaled};
use crate::{
    diagnostic::Bilingual,
    document::{Describe, Doc, Kind, Spot},
};

/// A length of time within a range, both ends included: `"8s"`, `"1m30s"`, `"8秒"`, or a plain number of seconds.
#[derive(Clone, Copy, Debug)]
pub struct Duration {
    /// The shortest, in milliseconds.
    pub shortest: u64,
    /// The longest, in milliseconds.
    pub longest: u64,
}

impl Duration {
    /// The range of these seconds.
    pub const fn seconds(shortest: u64, longest: u64) -> Self {
        Self {
            shortest: shortest * 1000,
            longest: longest * 1000,
        }
    }

    /// `milliseconds` as a length of time, if they lie within the range.
    pub fn within(&self, milliseconds: u64) -> Option<SignedDuration> {
        let range = self.shortest..=self.longest;
        let milliseconds = Some(milliseconds).filter(|milliseconds| range.contains(milliseconds))?;
        i64::try_from(milliseconds).ok().map(SignedDuration::from_millis)
    }
}

impl Describe for Duration {
    fn describe(&self) -> Bilingual {
        let (shortest, longest) = (words(self.shortest), words(self.longest));
        Bilingual::new(
            format!(
                "时长，{} 至 {}（如 \"8s\"、\"1m30s\"、\"8秒\"）",
                shortest.zh, longest.zh
            ),
            format!(
                "a duration from {} to {} (such as \"8s\" or \"1m30s\")",
                shortest.en, longest.en
            ),
        )
    }

    fn unit(&self) -> Option<Doc> {
        Some(Doc::new("秒", "seconds"))
    }

    fn schema(&self) -> Value {
        json!({ "oneOf": [
            { "type": "number", "minimum": self.shortest as f64 / 1000.0, "maximum": self.longest as f64 / 1000.0 },
            { "type": "string", "pattern": r"^\s*([0-9]+(\.[0-9]{1,3})?\s*(h|m|min|s|ms|小时|时|分钟|分|秒|毫秒)?\s*)+$" },
        ] })
    }
}

impl Kind for Duration {
    type Value = SignedDuration;

    fn read(&self, spot: &Spot<'_>) -> Option<SignedDuration> {
        let milliseconds = match spot.value() {
            DeValue::Integer(digits) if digits.radix() == 10 => scaled(digits.as_str(), 3),
            DeValue::Float(digits) => scaled(digits.as_str(), 3),
            DeValue::String(text) => parse_duration(text),
            _ => None,
        };
        match milliseconds.and_then(|milliseconds| self.within(milliseconds)) {
            Some(duration) => Some(duration),
            None => spot.refuse(),
        }
    }
}

/// The units as written, with their milliseconds; those that begin like a shorter one come before it.
const UNITS: [(&str, u64); 10] = [
    ("小时", 3_600_000),
    ("时", 3_600_000),
    ("分钟", 60_000),
    ("分", 60_000),
    ("毫秒", 1),
    ("秒", 1000),
    ("h", 3_600_000),
    ("min", 60_000),
    ("ms", 1),
    ("s", 1000),
];

/// The milliseconds of a length of time as a person writes it; `None` for anything else, and for more than a `u64` holds.
pub fn parse_duration(text: &str) -> Option<u64> {
    let text = narrow(text);
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    if let Some(milliseconds) = scaled(rest, 3) {
        return Some(milliseconds);
    }
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number = scaled(&rest[..digits], 3)?;
        rest = rest[digits..].trim_start();
        let (unit, scale) = unit_of(rest)?;
        total = total.checked_add(number.checked_mul(scale)? / 1000)?;
        rest = rest[unit..].trim_start();
    }
    Some(total)
}

/// The unit at the start of `text`: its length in bytes and its milliseconds.
fn unit_of(text: &str) -> Option<(usize, u64)> {
    let named = UNITS.iter().find(|(name, _)| text.starts_with(name));
    let minute = text.starts_with('m').then_some((1, 60_000));
    named.map(|(name, scale)| (name.len(), *scale)).or(minute)
}

/// A length of time in words: `1 h`, `1.5 s`.
fn words(milliseconds: u64) -> Bilingual {
    let (number, zh, en) = match milliseconds {
        ms if ms > 0 && ms.is_multiple_of(3_600_000) => (ms as f64 / 3_600_000.0, "小时", "h"),
        ms if ms > 0 && ms.is_multiple_of(60_000) => (ms as f64 / 60_000.0, "分钟", "min"),
        ms => (ms as f64 / 1000.0, "秒", "s"),
    };
    Bilingual::new(format!("{number} {zh}"), format!("{number} {en}"))
}
