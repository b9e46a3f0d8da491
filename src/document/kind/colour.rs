//! Colours.

use embedded_graphics::pixelcolor::Rgb888;
use serde_json::{Value, json};
use toml::de::DeValue;

use crate::{
    diagnostic::Bilingual,
    document::{Describe, Kind, Spot},
    units::parse_colour,
};

/// A colour: `#rrggbb` or a name.
#[derive(Clone, Copy, Debug)]
pub struct ColourValue;

impl Describe for ColourValue {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "颜色（如 \"#ff2020\"、\"红\"、\"琥珀\"）",
            "a colour (such as \"#ff2020\", \"red\" or \"amber\")",
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string" })
    }
}

impl Kind for ColourValue {
    type Value = Rgb888;

    fn read(&self, spot: &Spot<'_>) -> Option<Rgb888> {
        let colour = match spot.value() {
            DeValue::String(text) => parse_colour(text),
            _ => None,
        };
        colour.or_else(|| spot.refuse())
    }
}
