//! Sets of weekdays.

use jiff::civil::Weekday;
use serde_json::{Value, json};
use toml::de::DeValue;

use crate::{
    calendar::Weekdays,
    diagnostic::Bilingual,
    document::{Describe, Kind, Spot},
};

/// The names of the days, Monday first.
pub const DAY_NAMES: [(&str, &str, Weekday); 7] = [
    ("mon", "一", Weekday::Monday),
    ("tue", "二", Weekday::Tuesday),
    ("wed", "三", Weekday::Wednesday),
    ("thu", "四", Weekday::Thursday),
    ("fri", "五", Weekday::Friday),
    ("sat", "六", Weekday::Saturday),
    ("sun", "日", Weekday::Sunday),
];

/// Days of the week: `["mon", "wed"]`, `"mon-fri"`, `"周一至周五"`.
#[derive(Clone, Copy, Debug)]
pub struct WeekdaySet;

impl Describe for WeekdaySet {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "星期（如 [\"周一\", \"周三\"] 或 \"周一至周五\"）",
            "weekdays (such as [\"mon\", \"wed\"] or \"mon-fri\")",
        )
    }

    fn schema(&self) -> Value {
        let day = "(mon|tue|wed|thu|fri|sat|sun|(周|星期)?[一二三四五六日天])";
        let days = json!({ "type": "string", "pattern": format!("^{day}((-|至|到){day})?$") });
        json!({ "oneOf": [days, { "type": "array", "minItems": 1, "items": days }] })
    }
}

impl Kind for WeekdaySet {
    type Value = Weekdays;

    fn read(&self, spot: &Spot<'_>) -> Option<Weekdays> {
        match spot.value() {
            DeValue::String(text) => add(Weekdays::NONE, text, spot),
            DeValue::Array(list) if !list.is_empty() => {
                let mut days = Some(Weekdays::NONE);
                for element in list {
                    let spot = spot.element(element);
                    let added = match spot.value() {
                        DeValue::String(text) => add(days.unwrap_or(Weekdays::NONE), text, &spot),
                        _ => spot.refuse(),
                    };
                    days = days.and(added);
                }
                days
            }
            _ => spot.refuse(),
        }
    }
}

/// `days` and those of `text`, one day or a range that may run over Sunday.
fn add(mut days: Weekdays, text: &str, spot: &Spot<'_>) -> Option<Weekdays> {
    let ends = text.split_once(['-', '至', '到']).unwrap_or((text, text));
    let (Some(first), Some(last)) = (day(ends.0), day(ends.1)) else {
        return spot.refuse();
    };
    let mut at = first;
    loop {
        days = days.with(DAY_NAMES[at].2);
        if at == last {
            return Some(days);
        }
        at = (at + 1) % DAY_NAMES.len();
    }
}

/// The place of a day in the week, Monday 0.
fn day(text: &str) -> Option<usize> {
    let text = text.trim().to_ascii_lowercase();
    let short = text
        .strip_prefix("星期")
        .or_else(|| text.strip_prefix('周'))
        .unwrap_or(&text);
    let short = if short == "天" { "日" } else { short };
    DAY_NAMES.iter().position(|(en, zh, _)| text == *en || short == *zh)
}
