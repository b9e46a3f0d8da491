//! What only outputs are written in: modules by name, turns in degrees.

use serde_json::{Value, json};
use toml::de::DeValue;

use super::{fault::OutputFault, module_keys::TURNS};
use crate::{
    controller::Protocol,
    diagnostic::Bilingual,
    document::{
        Describe, Doc, Kind, Spot,
        kind::{Words, narrow},
    },
    panel::{Modules, ModulesFault, Turn},
};

/// A wall of equal modules: `"P10 10x2"`, `"32x16 10x2"`.
#[derive(Clone, Copy, Debug)]
pub(super) struct ModulesKind;

impl Describe for ModulesKind {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "型号或点数，加横排块数x竖排块数（如 \"P10 10x2\" 或 \"32x16 10x2\"）",
            "a module and how many beside and above each other (such as \"P10 10x2\" or \"32x16 10x2\")",
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "minLength": 1 })
    }
}

impl Kind for ModulesKind {
    /// The modules, and as what they were written.
    type Value = (Modules, String);

    fn read(&self, spot: &Spot<'_>) -> Option<Self::Value> {
        let DeValue::String(text) = spot.value() else {
            return spot.refuse();
        };
        match Modules::parse(text) {
            Ok(modules) => Some((modules, text.trim().to_owned())),
            Err(fault) => spot.problem(fault),
        }
    }
}

/// One module by name: `"P10"`, `"P2.5 128x64"`.
#[derive(Clone, Copy, Debug)]
pub(super) struct BoardKind;

impl Describe for BoardKind {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "型号（如 \"P10\" 或 \"P2.5 128x64\"）",
            "the name of a module (such as \"P10\" or \"P2.5 128x64\")",
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "minLength": 1 })
    }
}

impl Kind for BoardKind {
    /// One module of the name.
    type Value = Modules;

    fn read(&self, spot: &Spot<'_>) -> Option<Modules> {
        let name = match spot.value() {
            DeValue::String(text) if text.trim_start().starts_with(char::is_alphabetic) => text.trim(),
            _ => return spot.refuse(),
        };
        match Modules::parse(&format!("{name} 1x1")) {
            Ok(module) => Some(module),
            Err(fault @ (ModulesFault::Unknown { .. } | ModulesFault::OtherSize { .. })) => spot.problem(fault),
            Err(_) => spot.refuse(),
        }
    }
}

/// A turn in degrees, clockwise: 0, 90, 180 or 270.
#[derive(Clone, Copy, Debug)]
pub(super) struct TurnKind;

impl Describe for TurnKind {
    fn describe(&self) -> Bilingual {
        Bilingual::new("0、90、180 或 270", "0, 90, 180 or 270")
    }

    fn unit(&self) -> Option<Doc> {
        Some(Doc::new("度", "degrees"))
    }

    fn schema(&self) -> Value {
        json!({ "enum": [0, 90, 180, 270] })
    }
}

impl Kind for TurnKind {
    type Value = Turn;

    fn read(&self, spot: &Spot<'_>) -> Option<Turn> {
        let turn = match spot.value() {
            DeValue::Integer(digits) => TURNS.iter().find(|(degrees, _)| *degrees == digits.as_str()),
            _ => None,
        };
        turn.map(|(_, turn)| *turn).or_else(|| spot.refuse())
    }
}

/// The protocol of a stream, by its name. Whoever names that of a card is told where cards are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct ProtocolKind(pub(super) Words<Protocol>);

impl Describe for ProtocolKind {
    fn describe(&self) -> Bilingual {
        self.0.describe()
    }

    fn schema(&self) -> Value {
        self.0.schema()
    }
}

impl Kind for ProtocolKind {
    type Value = Protocol;

    fn read(&self, spot: &Spot<'_>) -> Option<Protocol> {
        match spot.value() {
            DeValue::String(text) if is_of_card(text) => spot.problem(OutputFault::IsCard(text.trim().to_owned())),
            _ => self.0.read(spot),
        }
    }
}

/// Whether `text` is a name of the cards of ONBON.
fn is_of_card(text: &str) -> bool {
    let text = narrow(text.trim()).to_lowercase();
    let is_bx = text
        .strip_prefix("bx")
        .is_some_and(|rest| rest.is_empty() || !rest.starts_with(char::is_alphabetic));
    is_bx || text == "onbon" || text == "仰邦"
}
