//! Lists of values.

use serde_json::{Value, json};
use toml::de::DeValue;

use crate::{
    diagnostic::Bilingual,
    document::{Describe, Doc, Kind, Spot},
};

/// The most values that one list may have.
const MOST: usize = 1000;

/// A list of values of one kind; a single value may stand without brackets.
#[derive(Clone, Copy, Debug)]
pub struct List<K>(pub K);

impl<K: Describe> Describe for List<K> {
    fn describe(&self) -> Bilingual {
        let each = self.0.describe();
        Bilingual::new(
            format!("列表，每项为{}", each.zh),
            format!("a list, each of it {}", each.en),
        )
    }

    fn unit(&self) -> Option<Doc> {
        self.0.unit()
    }

    fn schema(&self) -> Value {
        let each = self.0.schema();
        json!({ "oneOf": [each, { "type": "array", "minItems": 1, "maxItems": MOST, "items": each }] })
    }
}

impl<K: Kind> Kind for List<K> {
    type Value = Vec<K::Value>;

    fn read(&self, spot: &Spot<'_>) -> Option<Self::Value> {
        let DeValue::Array(list) = spot.value() else {
            return self.0.read(spot).map(|single| vec![single]);
        };
        if list.is_empty() {
            return spot.refuse_because(Bilingual::new("列表是空的", "the list is empty"));
        }
        if list.len() > MOST {
            let why = Bilingual::new(format!("最多 {MOST} 项"), format!("at most {MOST} values"));
            return spot.refuse_because(why);
        }
        // Every element is read, so that every bad one is told.
        let values: Vec<_> = list.iter().map(|element| self.0.read(&spot.element(element))).collect();
        values.into_iter().collect()
    }
}
