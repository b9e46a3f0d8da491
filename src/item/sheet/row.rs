//! One row of a sheet, made an item.

use std::{collections::HashMap, ops::Range};

use super::{Cell, Head, Row, SheetFault, head::Column, place, tell};
use crate::{
    diagnostic::{Diagnostic, Severity, Source},
    document::{FieldInfo, Pair, Parsed},
    item::{Body, Item, Moved, NamedFile, TEXT_LIMIT, parse_body, read, table},
    units::Digest,
};

/// What a workbook shows where a formula has no value.
const ERRORS: [&str; 8] = [
    "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!",
];

/// The item of the row of that number; `titles` are those of the rows above, with how often each was there.
pub(super) fn read(
    file: &str,
    number: u32,
    cells: &[Cell],
    head: &Head,
    titles: &mut HashMap<String, u32>,
    digest: Digest,
) -> Parsed<Row> {
    let mut reading = Reading {
        file,
        number,
        cells,
        diagnostics: Vec::new(),
    };
    let item = reading.item(head, titles, digest);
    let is_sound = !reading.diagnostics.iter().any(Diagnostic::is_error);
    let row = item.filter(|_| is_sound).map(|item| Row {
        item,
        number,
        cells: cells.iter().map(|cell| cell.text.clone()).collect(),
    });
    Parsed {
        value: row,
        diagnostics: reading.diagnostics,
    }
}

struct Reading<'a> {
    file: &'a str,
    number: u32,
    cells: &'a [Cell],
    diagnostics: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn item(&mut self, head: &Head, titles: &mut HashMap<String, u32>, digest: Digest) -> Option<Item> {
        let row = self.number;
        let mut said = Said::default();
        let (mut title, mut text, mut column, mut media) = (None, (0, ""), 0, 0);
        let filled = self.cells.iter().zip(&head.columns).enumerate();
        for (at, (cell, holds)) in filled.filter(|(_, (cell, _))| !cell.text.is_empty()) {
            if ERRORS.contains(&cell.text.as_str()) && !matches!(holds, Column::Nothing) {
                let cell = cell.text.clone();
                self.tell(at, &SheetFault::ErrorCell { row, cell });
                continue;
            }
            match *holds {
                Column::Key(field) => {
                    if field.key() == table::TITLE.key {
                        title = Some(one_line(&cell.text));
                    }
                    if field.key() == table::COLUMN.key {
                        column = at;
                    }
                    if field.key() == table::MEDIA.key {
                        media = at;
                    }
                    said.add(at, field, &one_line(&cell.text));
                }
                Column::Body => text = (at, cell.text.as_str()),
                Column::Nothing => {}
            }
        }
        let Some(title) = title else {
            if self.diagnostics.is_empty() {
                self.tell(0, &SheetFault::NoTitle { row });
            }
            return None;
        };
        let times = titles.entry(title.clone()).or_default();
        *times += 1;
        let mark = if *times > 1 { format!("#{times}") } else { String::new() };
        let path = self.file.strip_prefix("items/").unwrap_or(self.file);
        let id = format!("{path}#{title}{mark}");
        let body = self.body(text)?;
        let Parsed { value, diagnostics } = said.read(self.file);
        for diagnostic in diagnostics {
            let line = diagnostic.place.as_ref().map_or(1, |place| place.line as usize);
            self.of_value(said.cells.get(line - 1).copied().unwrap_or(0), diagnostic);
        }
        let item = value?.into_item(self.file, id.into(), body, digest)?;
        let moved = item.moved.clone().map(|moved| Moved {
            place: place(row, column, &self.cells[column].text),
            ..moved
        });
        let media = item.media.clone().map(|named| NamedFile {
            place: place(row, media, &self.cells[media].text),
            ..named
        });
        Some(Item { moved, media, ..item })
    }

    fn body(&mut self, (at, text): (usize, &str)) -> Option<Body> {
        let row = self.number;
        let length = text.chars().count();
        if length > TEXT_LIMIT {
            self.tell(at, &SheetFault::LongText { row, length });
            return None;
        }
        // A break within a cell is where a paragraph ends.
        let body = parse_body(&text.replace('\n', "\n\n"));
        for problem in &body.problems {
            self.of_value(at, Diagnostic::of_file(self.file.into(), problem));
        }
        Some(body)
    }

    /// Tells of the cell at `at` what was found out about its value.
    fn of_value(&mut self, at: usize, told: Diagnostic) {
        let (row, what, help) = (self.number, told.message, told.help);
        let fault = match told.severity {
            Severity::Error => SheetFault::Value { row, what, help },
            Severity::Warning => SheetFault::Remark { row, what, help },
        };
        self.tell(at, &fault);
    }

    fn tell(&mut self, at: usize, fault: &SheetFault) {
        let text = self.cells.get(at).map_or("", |cell| cell.text.as_str());
        self.diagnostics
            .push(tell(self.file, place(self.number, at, text), fault));
    }
}

/// What the cells of a row say for the keys of an item, one line a cell.
#[derive(Default)]
struct Said {
    text: String,
    /// The key of each line, and where its value stands.
    lines: Vec<(&'static dyn FieldInfo, Range<usize>)>,
    /// The cell of each line.
    cells: Vec<usize>,
}

impl Said {
    fn add(&mut self, cell: usize, field: &'static dyn FieldInfo, value: &str) {
        let start = self.text.len();
        self.text
            .extend(value.chars().map(|sign| if sign.is_control() { ' ' } else { sign }));
        self.lines.push((field, start..self.text.len()));
        self.cells.push(cell);
        self.text.push('\n');
    }

    fn read(&self, file: &str) -> Parsed<read::Front> {
        let pair = |(field, place): &(&'static dyn FieldInfo, Range<usize>)| Pair {
            key: field.alias(),
            place: place.clone(),
            value: &self.text[place.clone()],
            value_place: place.clone(),
        };
        let pairs: Vec<Pair<'_>> = self.lines.iter().map(pair).collect();
        read::keys(&Source::new(file, &*self.text), &pairs)
    }
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    words.join(" ")
}
