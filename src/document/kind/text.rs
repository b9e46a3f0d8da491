//! Texts and names.

use std::sync::Arc;

use serde_json::{Value, json};
use toml::de::DeValue;

use crate::{
    diagnostic::Bilingual,
    document::{Describe, Kind, Located, Spot},
};

/// One line of text for people, of at most so many characters.
#[derive(Clone, Copy, Debug)]
pub struct Line(pub usize);

impl Describe for Line {
    fn describe(&self) -> Bilingual {
        let longest = self.0;
        Bilingual::new(
            format!("一行文字，1 至 {longest} 字"),
            format!("one line of text, 1 to {longest} characters"),
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "minLength": 1, "maxLength": self.0 })
    }
}

impl Kind for Line {
    type Value = Arc<str>;

    fn read(&self, spot: &Spot<'_>) -> Option<Arc<str>> {
        let DeValue::String(text) = spot.value() else {
            return spot.refuse();
        };
        let text = text.trim();
        let length = text.chars().count();
        if length > self.0 {
            let why = Bilingual::new(format!("共 {length} 字"), format!("it has {length} characters"));
            return spot.refuse_because(why);
        }
        if text.is_empty() || text.chars().any(char::is_control) {
            return spot.refuse();
        }
        Some(text.into())
    }
}

/// An identity: what other files call a thing by.
#[derive(Clone, Copy, Debug)]
pub struct Id;

/// The longest identity that a person gives, in characters.
const LONGEST_ID: usize = 120;

/// The longest name of something defined elsewhere: an item's may be its whole path.
const LONGEST_NAME: usize = 500;

/// Files have spaces in their names, so identities may, but not at their ends, where nobody sees them.
const PATTERN: &str = r#"^[^\s"\\*]([^"\\*\p{Cc}]*[^\s"\\*])?$"#;

fn is_id(text: &str, longest: usize) -> bool {
    let sound = |c: char| !c.is_control() && !matches!(c, '"' | '\\' | '*');
    let length = text.chars().count();
    (1..=longest).contains(&length) && text.chars().all(sound) && text.trim() == text
}

impl Describe for Id {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            format!("标识，1 至 {LONGEST_ID} 字，不含 \"、\\ 和 *，首尾无空格"),
            format!("an identity of 1 to {LONGEST_ID} characters without \", \\ and *, and without spaces at its ends"),
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "maxLength": LONGEST_ID, "pattern": PATTERN })
    }
}

impl Kind for Id {
    type Value = Arc<str>;

    fn read(&self, spot: &Spot<'_>) -> Option<Arc<str>> {
        match spot.value() {
            DeValue::String(text) if is_id(text, LONGEST_ID) => Some(text.as_ref().into()),
            _ => spot.refuse(),
        }
    }
}

/// The identity of something that is defined elsewhere, with its place. `*` is a name too; what it means is the field's business.
#[derive(Clone, Copy, Debug)]
pub struct Name;

impl Describe for Name {
    fn describe(&self) -> Bilingual {
        Bilingual::new("别处定义的标识", "the identity of something defined elsewhere")
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "minLength": 1, "maxLength": LONGEST_NAME })
    }
}

impl Kind for Name {
    type Value = Located<Arc<str>>;

    fn read(&self, spot: &Spot<'_>) -> Option<Located<Arc<str>>> {
        match spot.value() {
            DeValue::String(text) if is_id(text, LONGEST_NAME) || text == "*" => {
                let (value, span) = (text.as_ref().into(), spot.span());
                Some(Located { value, span })
            }
            _ => spot.refuse(),
        }
    }
}
