//! A sheet: as many items as it has rows.
//!
//! The text of a `.csv`, or what was made of a workbook, comes in; items and diagnostics go out. One of the first rows names the columns, in any
//! order: 标题, 内容, 栏目 and the keys of an item. Here the row is the unit: a bad one is told by its number and left out, the others play. A
//! place in a sheet is a row and a column, counted from 1 as the sheet counts them.

mod csv;
mod fault;
mod head;
mod mend;
mod row;

use std::{collections::HashMap, sync::Arc};

use super::Item;
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{self, Parsed},
    units::Digest,
};

pub use mend::mend;

pub(super) use csv::{Cell, Cells, cells};
use fault::SheetFault;
use head::Head;

/// The most rows that a sheet may have.
pub const ROW_LIMIT: usize = 2000;

/// How many of the first rows are searched for the names of the columns: a title stands above them in many an office.
const HEAD_LIMIT: usize = 10;

/// The most problems that are told of one sheet.
const MOST: usize = 100;

/// An item of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The item.
    pub item: Item,
    /// The row's number, from 1.
    pub number: u32,
    cells: Vec<String>,
}

impl Row {
    /// Where in the sheet `text` stands, if it does.
    pub fn place(&self, text: &str) -> Place {
        let at = self.cells.iter().position(|cell| cell.contains(text)).unwrap_or(0);
        place(self.number, at, self.cells.get(at).map_or("", String::as_str))
    }
}

/// The items of the sheet `file`, whose path begins with `items/`, and its problems; its rows that are good are there though others are
/// not. No value where the sheet as a whole cannot be read, or where it has rows and none of them is good.
pub fn sheet(file: &str, bytes: &[u8]) -> Parsed<Vec<Row>> {
    let text = match document::source(file, bytes) {
        Ok(source) => Arc::clone(source.text()),
        Err(diagnostic) => return Parsed::refused(*diagnostic),
    };
    let Cells { rows, open, .. } = cells(&text);
    let refused = |at: usize, fault: &SheetFault| Parsed::refused(tell(file, place(number(at), 0, ""), fault));
    if let Some(at) = open {
        return refused(at, &SheetFault::OpenQuote { row: number(at) });
    }
    let filled = rows.iter().filter(|row| !is_blank(row)).count();
    if filled > ROW_LIMIT {
        return refused(0, &SheetFault::TooManyRows { rows: filled });
    }
    let first = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !is_blank(row))
        .take(HEAD_LIMIT);
    let Some((at, names)) = first.into_iter().find(|(_, row)| head::is_head(row)) else {
        return refused(0, &SheetFault::NoHead);
    };
    let (head, mut diagnostics) = head::read(file, number(at), names);
    let mut good = Vec::new();
    let mut titles = HashMap::new();
    let below = rows.iter().enumerate().skip(at + 1).filter(|(_, row)| !is_blank(row));
    let mut count = 0;
    for (at, cells) in below {
        count += 1;
        let read = row::read(file, number(at), cells, &head, &mut titles, Digest::of(bytes));
        good.extend(read.value);
        diagnostics.extend(read.diagnostics);
    }
    diagnostics.truncate(MOST);
    Parsed {
        value: (count == 0 || !good.is_empty()).then_some(good),
        diagnostics,
    }
}

/// A workbook's cells as the text that [`sheet`] reads: each row one line, so that line `n` is row `n`.
pub fn write_row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(csv::quoted).collect();
    let mut line = cells.join(",");
    line.push('\n');
    line
}

pub(super) fn is_blank(row: &[Cell]) -> bool {
    row.iter().all(|cell| cell.text.is_empty())
}

fn number(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

/// The cell at `at`, from 0, of the row of that `number`.
pub(super) fn place(number: u32, at: usize, text: &str) -> Place {
    let excerpt: String = text
        .chars()
        .take_while(|sign| *sign != '\n')
        .take(Place::EXCERPT)
        .collect();
    Place {
        line: number,
        column: u32::try_from(at + 1).unwrap_or(u32::MAX),
        length: u32::try_from(excerpt.chars().count().max(1)).unwrap_or(1),
        excerpt: excerpt.into(),
        offset: 0,
    }
}

fn tell(file: &str, place: Place, fault: &SheetFault) -> Diagnostic {
    Diagnostic {
        place: Some(place),
        ..Diagnostic::of_file(file.into(), fault)
    }
}
