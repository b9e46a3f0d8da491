//! A table of cells from text: fields between commas, semicolons or tabs, quoted where they hold such signs or line breaks.

use std::ops::Range;

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::item) struct Cell {
    /// What it says, without quotes and the blanks around it; a line break in it is `\n`.
    pub(in crate::item) text: String,
}

/// The cells of a text, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::item) struct Cells {
    pub(in crate::item) rows: Vec<Vec<Cell>>,
    /// Where each row stands, the break at its end included.
    pub(in crate::item) spans: Vec<Range<usize>>,
    /// The row, from 0, in which a quote opens that is never closed.
    pub(in crate::item) open: Option<usize>,
}

/// What separates two fields: the first of these that the text's first lines have most.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// How many bytes of the text decide on its separator.
const LOOKED_AT: usize = 4 << 10;

/// The cells of `text`.
pub(in crate::item) fn cells(text: &str) -> Cells {
    let separator = separator(text);
    let mut cells = Cells {
        rows: Vec::new(),
        spans: Vec::new(),
        open: None,
    };
    let mut at = 0;
    while at < text.len() {
        let (row, length, is_open) = row(&text[at..], separator);
        if is_open && cells.open.is_none() {
            cells.open = Some(cells.rows.len());
        }
        cells.rows.push(row);
        cells.spans.push(at..at + length);
        at += length;
    }
    cells
}

fn separator(text: &str) -> char {
    let head = &text[..text.floor_char_boundary(LOOKED_AT)];
    let count = |sign: &char| head.matches(*sign).count();
    let most = SEPARATORS.iter().map(count).max().unwrap_or(0);
    SEPARATORS.into_iter().find(|sign| count(sign) == most).unwrap_or(',')
}

/// The first row of `text`, its bytes, and whether a quote is never closed.
fn row(text: &str, separator: char) -> (Vec<Cell>, usize, bool) {
    let mut row = Vec::new();
    let mut at = 0;
    loop {
        let (field, is_open) = field(&text[at..], separator);
        row.push(Cell {
            text: plain(&text[at + field.start..at + field.end], field.start > 0),
        });
        let end = at + field.end + usize::from(field.start > 0 && !is_open);
        let after = text[end..]
            .find([separator, '\n'])
            .map_or(text.len(), |found| end + found);
        match text[after..].chars().next() {
            Some('\n') => return (row, after + 1, is_open),
            Some(_) => at = after + 1,
            None => return (row, text.len(), is_open),
        }
    }
}

/// Where the first field of `text` stands, without its quotes, and whether they are never closed.
fn field(text: &str, separator: char) -> (Range<usize>, bool) {
    if !text.starts_with('"') {
        return (0..text.find([separator, '\n']).unwrap_or(text.len()), false);
    }
    let mut at = 1;
    while let Some(quote) = text[at..].find('"') {
        at += quote;
        if !text[at + 1..].starts_with('"') {
            return (1..at, false);
        }
        at += 2;
    }
    (1..text.len(), true)
}

fn plain(field: &str, is_quoted: bool) -> String {
    let text = if is_quoted {
        field.replace("\"\"", "\"")
    } else {
        field.to_owned()
    };
    // A line separator is how the plain form of a workbook keeps a break within a cell on the row's own line.
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}'], "\n");
    text.trim().to_owned()
}

/// `text` as a field of a row with commas.
pub(super) fn quoted(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\n'], "\u{2028}");
    if text.contains([',', ';', '\t', '"']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
