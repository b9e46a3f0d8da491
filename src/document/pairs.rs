//! Keys and values that stand in a text without TOML, as in `下屏：2026-5-8`: read by the same tables as TOML's.

use std::{borrow::Cow, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Fault, Parsed, Record, Table, reader::Reader};
use crate::diagnostic::Source;

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The key or the alias of a field.
    pub key: &'a str,
    /// Where the key stands, in bytes of the text.
    pub place: Range<usize>,
    /// What is written as its value, without blanks around it; nothing counts as not written.
    pub value: &'a str,
    /// Where the value stands, in bytes of the text.
    pub value_place: Range<usize>,
}

/// Reads `pairs` that stand in `source` by `table`; `build` makes the value of them.
///
/// Values are texts; numbers are taken from texts too. The value is there if nothing was refused.
pub fn read_pairs<T>(
    source: &Source,
    pairs: &[Pair<'_>],
    table: &'static Table,
    build: impl FnOnce(&Record<'_>) -> Option<T>,
) -> Parsed<T> {
    let reader = Reader::bare(source);
    let value = {
        let tree = tree(&reader, pairs);
        build(&Record::root(&reader, table, &tree, true))
    };
    reader.finish(value)
}

fn tree<'a>(reader: &Reader<'_>, pairs: &[Pair<'a>]) -> DeTable<'a> {
    let mut tree = DeTable::new();
    for pair in pairs.iter().filter(|pair| !pair.value.is_empty()) {
        let key = Spanned::new(pair.place.clone(), Cow::Borrowed(pair.key));
        if tree.contains_key(pair.key) {
            let key = pair.key.to_owned();
            reader.problem(pair.place.clone(), Fault::Twice { key });
            continue;
        }
        let value = DeValue::String(Cow::Borrowed(pair.value));
        tree.insert(key, Spanned::new(pair.value_place.clone(), value));
    }
    tree
}
