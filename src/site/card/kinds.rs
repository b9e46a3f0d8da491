//! What only cards are written in: models by name, serial ports, their speeds.

use std::sync::Arc;

use serde_json::{Value, json};
use toml::de::DeValue;

use super::fault::CardFault;
use crate::{
    controller::onbon::{MODELS, Model},
    diagnostic::Bilingual,
    document::{Describe, Doc, Kind, Spot, kind::narrow},
    site::CardWay,
};

/// A kind of card, by its name: `"BX-6E2"`.
#[derive(Clone, Copy, Debug)]
pub(super) struct ModelKind;

impl Describe for ModelKind {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "卡上印的型号（如 \"BX-6E2\"）",
            "the model that is printed on the card (such as \"BX-6E2\")",
        )
    }

    fn schema(&self) -> Value {
        let names: Vec<_> = MODELS.iter().map(|model| model.name).collect();
        json!({ "type": "string", "minLength": 1, "examples": names })
    }
}

impl Kind for ModelKind {
    type Value = &'static Model;

    fn read(&self, spot: &Spot<'_>) -> Option<&'static Model> {
        let DeValue::String(text) = spot.value() else {
            return spot.refuse();
        };
        let text = narrow(text.trim());
        match Model::named(&text) {
            Some(model) => Some(model),
            None if text.is_empty() => spot.refuse(),
            None => spot.problem(CardFault::UnknownModel {
                nearest: Model::nearest(&text),
                written: text.chars().take(40).collect(),
            }),
        }
    }
}

/// A serial port, by the path of its device.
#[derive(Clone, Copy, Debug)]
pub(super) struct PortKind;

/// The longest path of a device, in bytes.
const LONGEST: usize = 250;

impl Describe for PortKind {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "设备的完整路径（如 \"/dev/ttyUSB0\"）",
            "the whole path of a device (such as \"/dev/ttyUSB0\")",
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": "^/", "maxLength": LONGEST })
    }
}

impl Kind for PortKind {
    type Value = Arc<str>;

    fn read(&self, spot: &Spot<'_>) -> Option<Arc<str>> {
        let DeValue::String(text) = spot.value() else {
            return spot.refuse();
        };
        let path = text.trim();
        let is_path = path.starts_with('/') && path.len() <= LONGEST && !path.chars().any(char::is_control);
        if !is_path {
            return spot.refuse();
        }
        Some(path.into())
    }
}

/// The speed of a serial line.
#[derive(Clone, Copy, Debug)]
pub(super) struct BaudKind;

impl Describe for BaudKind {
    fn describe(&self) -> Bilingual {
        let speeds = CardWay::SPEEDS.map(|speed| speed.to_string());
        Bilingual::new(speeds.join("、"), speeds.join(", "))
    }

    fn unit(&self) -> Option<Doc> {
        Some(Doc::new("比特每秒", "bits a second"))
    }

    fn schema(&self) -> Value {
        json!({ "enum": CardWay::SPEEDS })
    }
}

impl Kind for BaudKind {
    type Value = u32;

    fn read(&self, spot: &Spot<'_>) -> Option<u32> {
        let written = match spot.value() {
            DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().parse().ok(),
            _ => None,
        };
        let speed = written.filter(|speed| CardWay::SPEEDS.contains(speed));
        speed.or_else(|| spot.refuse())
    }
}
