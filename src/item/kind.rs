//! Working days, as written: `5`, `"5个工作日"`.

use serde_json::{Value, json};
use toml::de::DeValue;

use super::fault::ItemFault;
use crate::{
    diagnostic::Bilingual,
    document::{
        Describe, Doc, Kind, Spot,
        kind::{digits, narrow},
    },
};

/// The words for what anybody may see.
const OPEN: [&str; 4] = ["公开", "非密", "非涉密", "无"];

/// The secrecy of what is open to all; any other is refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open;

impl Describe for Open {
    fn describe(&self) -> Bilingual {
        Bilingual::new("\"公开\" 或 \"非密\"", "\"公开\" or \"非密\"")
    }

    fn schema(&self) -> Value {
        json!({ "enum": OPEN })
    }
}

impl Kind for Open {
    type Value = ();

    fn read(&self, spot: &Spot<'_>) -> Option<()> {
        match spot.value() {
            DeValue::String(text) if OPEN.contains(&text.trim()) => Some(()),
            DeValue::String(_) => spot.problem(ItemFault::Secret),
            _ => spot.refuse(),
        }
    }
}

/// The longest posting, in working days.
const LONGEST: u16 = 400;

/// A number of working days.
#[derive(Clone, Copy, Debug)]
pub(super) struct WorkingDays;

impl Describe for WorkingDays {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            format!("工作日数，1 至 {LONGEST}（如 5 或 \"5个工作日\"）"),
            format!("a number of working days from 1 to {LONGEST} (such as 5)"),
        )
    }

    fn unit(&self) -> Option<Doc> {
        Some(Doc::new("工作日", "working days"))
    }

    fn schema(&self) -> Value {
        json!({ "oneOf": [
            { "type": "integer", "minimum": 1, "maximum": LONGEST },
            { "type": "string", "pattern": r"^\d{1,3}\s*个?工作日$" },
        ] })
    }
}

impl Kind for WorkingDays {
    type Value = u16;

    fn read(&self, spot: &Spot<'_>) -> Option<u16> {
        let days = match spot.value() {
            DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().parse().ok(),
            DeValue::String(text) => working_days(&narrow(text), spot.is_bare()),
            _ => None,
        };
        match days {
            Some(days) if (1..=LONGEST).contains(&days) => Some(days),
            _ => spot.refuse(),
        }
    }
}

/// Without TOML the number may stand alone.
fn working_days(text: &str, is_bare: bool) -> Option<u16> {
    let text = text.trim();
    let days = match text.strip_suffix("工作日") {
        Some(days) => days,
        None if is_bare => return digits(text),
        None => return None,
    };
    digits(days.strip_suffix('个').unwrap_or(days).trim())
}
