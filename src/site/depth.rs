//! How many bits the LEDs of a screen take a channel, as written: `1` or `8`.

use serde_json::{Value, json};
use toml::de::DeValue;

use super::Depth;
use crate::{
    diagnostic::Bilingual,
    document::{Describe, Doc, Kind, Spot},
};

/// 1 or 8.
#[derive(Clone, Copy, Debug)]
pub(super) struct DepthKind;

impl Describe for DepthKind {
    fn describe(&self) -> Bilingual {
        Bilingual::new("1 或 8", "1 or 8")
    }

    fn unit(&self) -> Option<Doc> {
        Some(Doc::new("位", "bits"))
    }

    fn schema(&self) -> Value {
        json!({ "enum": [1, 8] })
    }
}

impl Kind for DepthKind {
    type Value = Depth;

    fn read(&self, spot: &Spot<'_>) -> Option<Depth> {
        match spot.value() {
            DeValue::Integer(digits) if digits.as_str() == "1" => Some(Depth::OneBit),
            DeValue::Integer(digits) if digits.as_str() == "8" => Some(Depth::EightBits),
            _ => spot.refuse(),
        }
    }
}
