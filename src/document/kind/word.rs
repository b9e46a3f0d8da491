//! One of a few words.

use serde_json::{Value, json};
use toml::de::DeValue;

use super::number::narrow;
use crate::{
    diagnostic::Bilingual,
    document::{Describe, Kind, Spot, nearest::nearest},
};

/// One word that a field takes, and what it stands for.
#[derive(Clone, Copy, Debug)]
pub struct Word<T> {
    /// The word.
    pub en: &'static str,
    /// The same in Chinese.
    pub zh: &'static str,
    /// What it stands for.
    pub value: T,
}

impl<T> Word<T> {
    /// `value` under these names.
    pub const fn new(en: &'static str, zh: &'static str, value: T) -> Self {
        Self { en, zh, value }
    }
}

/// One of these words.
#[derive(Clone, Copy, Debug)]
pub struct Words<T: 'static>(pub &'static [Word<T>]);

impl<T: Copy + Sync> Words<T> {
    /// What `text` stands for: in letters of either case and either width, for both come from the keyboard unasked.
    pub fn find(&self, text: &str) -> Option<T> {
        let text = narrow(text.trim());
        let is_it = |name: &str| name.eq_ignore_ascii_case(&text);
        let word = self.0.iter().find(|word| is_it(word.en) || is_it(word.zh));
        word.map(|word| word.value)
    }
}

impl<T: Copy + Sync> Describe for Words<T> {
    fn describe(&self) -> Bilingual {
        let list = |name: fn(&Word<T>) -> &'static str| {
            let names: Vec<_> = self.0.iter().map(|word| format!("\"{}\"", name(word))).collect();
            names
        };
        Bilingual::new(list(|word| word.zh).join("、"), list(|word| word.en).join(", "))
    }

    fn schema(&self) -> Value {
        let names: Vec<_> = self.0.iter().flat_map(|word| [word.en, word.zh]).collect();
        json!({ "enum": names })
    }
}

impl<T: Copy + Sync> Kind for Words<T> {
    type Value = T;

    fn read(&self, spot: &Spot<'_>) -> Option<T> {
        let DeValue::String(text) = spot.value() else {
            return spot.refuse();
        };
        if let Some(value) = self.find(text) {
            return Some(value);
        }
        let names = self.0.iter().flat_map(|word| [word.en, word.zh]);
        match nearest(text, names) {
            Some(name) => spot.refuse_because(Bilingual::new(
                format!("是否应为“{name}”？"),
                format!("did you mean \"{name}\"?"),
            )),
            None => spot.refuse(),
        }
    }
}
