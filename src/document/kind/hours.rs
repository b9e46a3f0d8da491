//! Stretches of the day.

use serde_json::{Value, json};
use toml::de::DeValue;

use super::time::parse_time;
use crate::{
    calendar::TimeOfDay,
    diagnostic::Bilingual,
    document::{Describe, Kind, Spot},
};

/// From one time of day to another: `"08:30-11:30"`, `"8:30至11:30"`.
#[derive(Clone, Copy, Debug)]
pub struct Hours;

impl Describe for Hours {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "起止时刻（如 \"08:30-11:30\"）",
            "two times of day (such as \"08:30-11:30\")",
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": r"^\s*\d{1,2}:\d{2}(:\d{2})?\s*[-–—~至到]\s*\d{1,2}:\d{2}(:\d{2})?\s*$" })
    }
}

impl Kind for Hours {
    type Value = (TimeOfDay, TimeOfDay);

    fn read(&self, spot: &Spot<'_>) -> Option<Self::Value> {
        let hours = match spot.value() {
            DeValue::String(text) => parse(text),
            _ => None,
        };
        match hours {
            Some((start, end)) if start == end => {
                spot.refuse_because(Bilingual::new("起止是同一时刻", "both are the same time"))
            }
            Some(hours) => Some(hours),
            None => spot.refuse(),
        }
    }
}

fn parse(text: &str) -> Option<(TimeOfDay, TimeOfDay)> {
    let (start, end) = text.split_once(['-', '–', '—', '~', '至', '到'])?;
    let time = |text: &str| parse_time(text.trim()).and_then(TimeOfDay::new);
    Some((time(start)?, time(end)?))
}
