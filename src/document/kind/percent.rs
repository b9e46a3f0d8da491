//! Parts of a whole.

use serde_json::{Value, json};
use toml::de::DeValue;

use super::number::digits;
use crate::{
    diagnostic::Bilingual,
    document::{Describe, Doc, Kind, Spot},
    units::Share,
};

/// A share in whole percent, from `least` to 100: `10` or `"10%"`.
#[derive(Clone, Copy, Debug)]
pub struct Percent {
    /// The least, in percent.
    pub least: u8,
}

impl Describe for Percent {
    fn describe(&self) -> Bilingual {
        let least = self.least;
        Bilingual::new(
            format!("百分比，{least}% 至 100%（如 10 或 \"10%\"）"),
            format!("a share from {least}% to 100% (such as 10 or \"10%\")"),
        )
    }

    fn unit(&self) -> Option<Doc> {
        Some(Doc::new("%", "%"))
    }

    fn schema(&self) -> Value {
        json!({ "oneOf": [
            { "type": "integer", "minimum": self.least, "maximum": 100 },
            { "type": "string", "pattern": r"^\s*\d{1,3}\s*[%％]\s*$" },
        ] })
    }
}

impl Kind for Percent {
    type Value = Share;

    fn read(&self, spot: &Spot<'_>) -> Option<Share> {
        let percent = match spot.value() {
            DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().parse().ok(),
            DeValue::String(text) => parse(text),
            _ => None,
        };
        let share = percent.filter(|percent| *percent >= self.least).and_then(Share::new);
        share.or_else(|| spot.refuse())
    }
}

/// The number before a percent sign.
fn parse(text: &str) -> Option<u8> {
    digits(text.trim().strip_suffix(['%', '％'])?.trim_end())
}
