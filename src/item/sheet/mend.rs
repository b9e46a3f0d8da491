//! Bad rows of a sheet, each replaced by what it was when it was good.

use std::collections::{BTreeSet, HashMap};

use super::{Cells, csv, head, is_blank, number};
use crate::document;

/// `newest` with its rows of the numbers `bad` as they stand in `before`, a version of the same sheet: found by their titles, and only where both
/// name the same columns. `None` where no row could be replaced. What comes out is a sheet like any other, in UTF-8.
pub fn mend(newest: &[u8], before: &[u8], bad: &BTreeSet<u32>) -> Option<Vec<u8>> {
    let text = |bytes: &[u8]| document::decode(bytes).ok().map(|decoded| decoded.text);
    let (newest, before) = (text(newest)?, text(before)?);
    let (newest, before) = (Titled::of(&newest)?, Titled::of(&before)?);
    if newest.head != before.head {
        return None;
    }
    let known: HashMap<&(String, u32), &str> = before.rows.iter().map(|row| (&row.title, row.text)).collect();
    let mut mended = String::new();
    let mut at = 0;
    for row in newest.rows.iter().filter(|row| bad.contains(&row.number)) {
        let Some(old) = known.get(&row.title).filter(|old| **old != row.text) else {
            continue;
        };
        mended.push_str(&newest.text[at..row.start]);
        mended.push_str(old);
        at = row.start + row.text.len();
    }
    mended.push_str(&newest.text[at..]);
    (at > 0).then(|| mended.into_bytes())
}

/// A sheet by the titles of its rows.
struct Titled<'a> {
    text: &'a str,
    /// The names of its columns.
    head: Vec<String>,
    rows: Vec<TitledRow<'a>>,
}

struct TitledRow<'a> {
    number: u32,
    /// Its title, and how often that has been there above.
    title: (String, u32),
    /// Where it begins, and all of it without the break at its end.
    start: usize,
    text: &'a str,
}

impl<'a> Titled<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let Cells { rows, spans, .. } = csv::cells(text);
        let at = rows.iter().position(|row| !is_blank(row) && head::is_head(row))?;
        let names: Vec<String> = rows[at].iter().map(|cell| cell.text.clone()).collect();
        let column = rows[at].iter().position(head::is_title)?;
        let mut titles: HashMap<String, u32> = HashMap::new();
        let below = rows.iter().zip(spans).enumerate().skip(at + 1);
        let titled = below.filter_map(|(at, (row, span))| {
            let title = row
                .get(column)
                .map(|cell| cell.text.clone())
                .filter(|title| !title.is_empty())?;
            let times = titles.entry(title.clone()).or_default();
            *times += 1;
            Some(TitledRow {
                number: number(at),
                title: (title, *times),
                start: span.start,
                text: text[span].trim_end_matches(['\r', '\n']),
            })
        });
        Some(Self {
            rows: titled.collect(),
            head: names,
            text,
        })
    }
}
