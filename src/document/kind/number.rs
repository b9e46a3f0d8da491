//! Numbers and switches.

use std::{borrow::Cow, str::FromStr};

use serde_json::{Value, json};
use toml::de::DeValue;

use crate::{
    diagnostic::Bilingual,
    document::{Describe, Doc, Kind, Spot},
};

/// An integer within a range, both ends included.
#[derive(Clone, Copy, Debug)]
pub struct Integer {
    /// The least.
    pub least: i64,
    /// The most.
    pub most: i64,
    /// What is counted.
    pub unit: Doc,
}

impl Integer {
    /// An integer from `least` to `most`, in the unit of these names.
    pub const fn new(least: i64, most: i64, unit_zh: &'static str, unit_en: &'static str) -> Self {
        let unit = Doc::new(unit_zh, unit_en);
        Self { least, most, unit }
    }
}

impl Describe for Integer {
    fn describe(&self) -> Bilingual {
        let (least, most) = (self.least, self.most);
        Bilingual::new(
            format!("整数，{least} 至 {most}"),
            format!("an integer from {least} to {most}"),
        )
    }

    fn unit(&self) -> Option<Doc> {
        (!self.unit.en.is_empty()).then_some(self.unit)
    }

    fn schema(&self) -> Value {
        json!({ "type": "integer", "minimum": self.least, "maximum": self.most })
    }
}

impl Kind for Integer {
    type Value = i64;

    fn read(&self, spot: &Spot<'_>) -> Option<i64> {
        let number = match spot.value() {
            DeValue::Integer(digits) => i64::from_str_radix(digits.as_str(), digits.radix()).ok(),
            DeValue::String(text) if spot.is_bare() => self.counted(text),
            _ => None,
        };
        match number {
            Some(number) if (self.least..=self.most).contains(&number) => Some(number),
            _ => spot.refuse(),
        }
    }
}

impl Integer {
    /// The number that a person writes without TOML: `3`, `３页`.
    fn counted(&self, text: &str) -> Option<i64> {
        let text = narrow(text);
        digits(text.trim().trim_end_matches(self.unit.zh).trim_end())
    }
}

/// A number with up to two decimals, read as hundredths.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    /// The least, in hundredths.
    pub least: u32,
    /// The most, in hundredths.
    pub most: u32,
    /// What is counted.
    pub unit: Doc,
}

impl Describe for Decimal {
    fn describe(&self) -> Bilingual {
        let (least, most) = (hundredths(self.least), hundredths(self.most));
        Bilingual::new(
            format!("{least} 至 {most} 的数，最多两位小数"),
            format!("a number from {least} to {most} with up to two decimals"),
        )
    }

    fn unit(&self) -> Option<Doc> {
        (!self.unit.en.is_empty()).then_some(self.unit)
    }

    fn schema(&self) -> Value {
        json!({ "type": "number", "minimum": f64::from(self.least) / 100.0, "maximum": f64::from(self.most) / 100.0 })
    }
}

impl Kind for Decimal {
    type Value = u32;

    fn read(&self, spot: &Spot<'_>) -> Option<u32> {
        let written = match spot.value() {
            DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str(),
            DeValue::Float(digits) => digits.as_str(),
            _ => return spot.refuse(),
        };
        match scaled(written, 2).and_then(|number| u32::try_from(number).ok()) {
            Some(number) if (self.least..=self.most).contains(&number) => Some(number),
            _ => spot.refuse(),
        }
    }
}

/// The whole number that `text` writes in digits alone, without a sign; `None` for any other writing, and past the range of an `N`.
pub fn digits<N: FromStr>(text: &str) -> Option<N> {
    let all_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| text.parse().ok())?
}

/// `text` with full-width letters, digits, signs and spaces made the ordinary ones: 2026年５月８日 8：30.
pub fn narrow(text: &str) -> Cow<'_, str> {
    let is_wide = |char: char| matches!(char, '\u{3000}' | '\u{ff01}'..='\u{ff5e}');
    if !text.contains(is_wide) {
        return Cow::Borrowed(text);
    }
    let narrowed = text.chars().map(|char| match char {
        '\u{3000}' => ' ',
        wide if is_wide(wide) => char::from_u32(u32::from(wide) - 0xfee0).unwrap_or(wide),
        other => other,
    });
    Cow::Owned(narrowed.collect())
}

/// `digits` with at most `decimals` decimals, as a count of the last decimal; `None` for any other writing, and past an `u64`.
pub(super) fn scaled(digits: &str, decimals: u32) -> Option<u64> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit());
    let given = u32::try_from(part.len()).ok()?;
    if whole.is_empty() || !all_digits || given > decimals || digits.ends_with('.') {
        return None;
    }
    let number: u64 = format!("{whole}{part}").parse().ok()?;
    number.checked_mul(10u64.pow(decimals - given))
}

fn hundredths(number: u32) -> String {
    let (whole, part) = (number / 100, number % 100);
    let text = format!("{whole}.{part:02}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A switch.
#[derive(Clone, Copy, Debug)]
pub struct Flag;

impl Describe for Flag {
    fn describe(&self) -> Bilingual {
        Bilingual::new("true（是）或 false（否）", "true or false")
    }

    fn schema(&self) -> Value {
        json!({ "type": "boolean" })
    }
}

impl Kind for Flag {
    type Value = bool;

    fn read(&self, spot: &Spot<'_>) -> Option<bool> {
        match spot.value() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => spot.refuse(),
        }
    }
}
