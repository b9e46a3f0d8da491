//! Rules of recurring days.

use serde_json::{Value, json};
use toml::de::DeValue;

use crate::{
    calendar::Rule,
    diagnostic::Bilingual,
    document::{Describe, Kind, Spot},
};

/// Which days recur, as RFC 5545 writes it: `"FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8"`.
#[derive(Clone, Copy, Debug)]
pub struct DayRule;

/// Only the form; what the parts may be is the reader's to tell.
const PATTERN: &str =
    r"^\s*([Rr][Rr][Uu][Ll][Ee]\s*:)?\s*[A-Za-z]+\s*=[-+,\s0-9A-Za-z]+(;\s*[A-Za-z]+\s*=[-+,\s0-9A-Za-z]+)*$";

impl Describe for DayRule {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "RFC 5545 的重复规则（如 \"FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8\"）",
            "a recurrence rule of RFC 5545 (such as \"FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8\")",
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": PATTERN })
    }
}

impl Kind for DayRule {
    type Value = Rule;

    fn read(&self, spot: &Spot<'_>) -> Option<Rule> {
        let DeValue::String(text) = spot.value() else {
            return spot.refuse();
        };
        match Rule::parse(text) {
            Ok(rule) => Some(rule),
            Err(fault) => spot.problem_within(fault.span.clone(), fault),
        }
    }
}
