//! Which point of a picture stays seen, as written: 左, 右上, 居中, `30% 50%`.

use serde_json::{Value, json};
use toml::de::DeValue;

use crate::{
    diagnostic::Bilingual,
    document::{
        Describe, Kind, Spot,
        kind::{digits, narrow},
    },
    frame::Focus,
};

/// A point of a picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct FocusPoint;

/// The words for a place across.
const ACROSS: [(&str, &str, u8); 3] = [("left", "左", 0), ("centre", "中", 50), ("right", "右", 100)];

/// The words for a place down.
const DOWN: [(&str, &str, u8); 3] = [("top", "上", 0), ("middle", "中", 50), ("bottom", "下", 100)];

impl Describe for FocusPoint {
    fn describe(&self) -> Bilingual {
        Bilingual::new(
            "左、右、上、下、中或其组合（如 左上），或距左、距上各百分之几（如 \"30% 50%\"）",
            "left, right, top, bottom, centre or two of them (\"left top\"), or how far from the left and from the top (\"30% 50%\")",
        )
    }

    fn schema(&self) -> Value {
        json!({ "type": "string" })
    }
}

impl Kind for FocusPoint {
    type Value = Focus;

    fn read(&self, spot: &Spot<'_>) -> Option<Focus> {
        let focus = match spot.value() {
            DeValue::String(text) => parse(&narrow(text).to_ascii_lowercase()),
            _ => None,
        };
        focus.or_else(|| spot.refuse())
    }
}

fn parse(text: &str) -> Option<Focus> {
    let parts: Vec<&str> = text
        .split(|sign: char| sign.is_whitespace() || matches!(sign, ',' | '，' | '、' | '-'))
        .filter(|part| !part.is_empty())
        .collect();
    if let [x, y] = parts[..]
        && let (Some(x), Some(y)) = (share(x), share(y))
    {
        return Some(Focus { x, y });
    }
    in_words(&parts.concat())
}

fn share(text: &str) -> Option<u8> {
    digits(text.strip_suffix('%')?).filter(|share| *share <= 100)
}

/// One word or two, across and down in either order.
fn in_words(text: &str) -> Option<Focus> {
    let text = text
        .replace(['居', '边', '侧', '间', '部'], "")
        .replace("center", "centre");
    let one = |word: &(&str, &str, u8)| word.0 == text || word.1 == text;
    if let Some((.., x)) = ACROSS.iter().find(|word| one(word)) {
        return Some(Focus { x: *x, y: 50 });
    }
    if let Some((.., y)) = DOWN.iter().find(|word| one(word)) {
        return Some(Focus { x: 50, y: *y });
    }
    let pairs = ACROSS.iter().flat_map(|x| DOWN.iter().map(move |y| (x, y)));
    let mut pairs = pairs.filter(|(x, y)| {
        let is = |first: &str, second: &str| text.strip_prefix(first) == Some(second);
        is(x.0, y.0) || is(y.0, x.0) || is(x.1, y.1) || is(y.1, x.1)
    });
    pairs.next().map(|(x, y)| Focus { x: x.2, y: y.2 })
}
