//! Days of any year, as written: `"12-13"`, `"12月13日"`.

use jiff::civil::Date;
use serde_json::{Value, json};
use toml::de::DeValue;

use crate::{
    calendar::{MonthDay, OnDay},
    diagnostic::Bilingual,
    document::{
        Describe, Kind, Spot,
        kind::{Day, digits},
    },
};

/// A month and a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Yearly;

impl Describe for Yearly {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "月日（如 \"12-13\" 或 \"12月13日\"）",
            "a month and a day (such as \"12-13\")",
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": r"^\d{1,2}([-/]\d{1,2}|月\d{1,2}日)$" })
    }
}

impl Kind for Yearly {
    type Value = MonthDay;

    fn read(&self, spot: &Spot<'_>) -> Option<MonthDay> {
        let day = match spot.value() {
            DeValue::String(text) => month_day(text),
            _ => None,
        };
        day.or_else(|| spot.refuse())
    }
}

/// A day of each year, or one with its year.
#[derive(Clone, Copy, Debug)]
pub(super) struct AnyDay;

impl Describe for AnyDay {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "日期（如 2026-05-08），或每年的月日（如 \"12-13\"）",
            "a date (such as 2026-05-08), or a day of each year (such as \"12-13\")",
        )
    }

    fn schema(&self) -> Value {
        json!({ "oneOf": [Yearly.schema(), Day.schema()] })
    }
}

impl Kind for AnyDay {
    type Value = OnDay;

    fn read(&self, spot: &Spot<'_>) -> Option<OnDay> {
        let yearly = match spot.value() {
            DeValue::String(text) => month_day(text),
            _ => None,
        };
        match yearly {
            Some(day) => Some(OnDay::Yearly(day)),
            None => Day.read(spot).map(|date: Date| OnDay::Once(date)),
        }
    }
}

fn month_day(text: &str) -> Option<MonthDay> {
    let text = text.trim();
    let (month, day) = match text.strip_suffix('日') {
        Some(text) => text.split_once('月')?,
        None => text.split_once(['-', '/'])?,
    };
    let number = |text: &str| digits(text).filter(|_| text.len() <= 2);
    MonthDay::new(number(month)?, number(day)?)
}
