//! How long what a column publishes stays, as written: `30`, `"30天"`, `"day"`, `"holiday"`, `"forever"`.

use serde_json::{Value, json};
use toml::de::DeValue;

use super::Lifetime;
use crate::{
    diagnostic::Bilingual,
    document::{
        Describe, Kind, Spot,
        kind::{Word, Words, digits},
    },
};

const WORDS: Words<Lifetime> = Words(&[
    Word::new("day", "当日", Lifetime::Day),
    Word::new("holiday", "节日", Lifetime::Holiday),
    Word::new("forever", "长期", Lifetime::Forever),
]);

const DAYS: std::ops::RangeInclusive<u16> = 1..=3650;

/// A number of days, or the occasion.
#[derive(Clone, Copy, Debug)]
pub(super) struct LifetimeKind;

impl Describe for LifetimeKind {
    fn describe(&self) -> Bilingual {
        let words = WORDS.describe();
        Bilingual::new(
            format!("天数，1 至 3650（如 30 或 \"30天\"），或{}", words.zh),
            format!(
                "a number of days from 1 to 3650 (such as 30 or \"30d\"), or {}",
                words.en
            ),
        )
    }

    fn schema(&self) -> Value {
        json!({ "oneOf": [
            { "type": "integer", "minimum": DAYS.start(), "maximum": DAYS.end() },
            { "type": "string", "pattern": r"^\d{1,4}\s*(d|天|日)$" },
            WORDS.schema(),
        ] })
    }
}

impl Kind for LifetimeKind {
    type Value = Lifetime;

    fn read(&self, spot: &Spot<'_>) -> Option<Lifetime> {
        let days = match spot.value() {
            DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().parse().ok(),
            DeValue::String(text) => match WORDS.find(text.trim()) {
                Some(word) => return Some(word),
                None => text
                    .trim()
                    .strip_suffix(['d', '天', '日'])
                    .and_then(|days| digits(days.trim())),
            },
            _ => None,
        };
        match days.filter(|days| DAYS.contains(days)) {
            Some(days) => Some(Lifetime::Days(days)),
            None => spot.refuse(),
        }
    }
}
