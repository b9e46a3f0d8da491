//! One row of a sheet, made an item.

use std::collections::HashMap;

use super::{Cell, Head, Row, SheetFault, head::Column, place, tell};
use crate::{
    diagnostic::{Diagnostic, Severity, Source},
    document::{FieldInfo, Parsed},
    item::{Body, Item, Moved, TEXT_LIMIT, parse_body, read, table},
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
        let (mut document, mut places) = (String::new(), Vec::new());
        let (mut title, mut text, mut column) = (None, (0, ""), 0);
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
                    document.push_str(&assignment(field, &cell.text));
                    places.push(at);
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
        let source = Source::new(self.file, document);
        let Parsed { value, diagnostics } = read::keys(&source);
        for diagnostic in diagnostics {
            let line = diagnostic.place.as_ref().map_or(1, |place| place.line as usize);
            self.of_value(places.get(line - 1).copied().unwrap_or(0), diagnostic);
        }
        let item = value?.into_item(self.file, id.into(), body, digest)?;
        let moved = item.moved.clone().map(|moved| Moved {
            place: place(row, column, &self.cells[column].text),
            ..moved
        });
        Some(Item { moved, ..item })
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

/// One line of an item's front matter that gives the field what the cell says.
fn assignment(field: &'static dyn FieldInfo, text: &str) -> String {
    let text = one_line(text);
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit()) && takes_numbers(field);
    if is_number {
        // TOML knows no zeros before a number.
        let digits = text.trim_start_matches('0');
        let digits = if digits.is_empty() { "0" } else { digits };
        return format!("{} = {digits}\n", field.key());
    }
    let mut quoted = String::new();
    for sign in text.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            _ if sign.is_control() => quoted.push(' '),
            _ => quoted.push(sign),
        }
    }
    format!("{} = \"{quoted}\"\n", field.alias())
}

/// Whether a number may stand for the field without quotes.
fn takes_numbers(field: &'static dyn FieldInfo) -> bool {
    let schema = field.kind().schema();
    let is_number = |schema: &serde_json::Value| schema["type"] == "integer";
    is_number(&schema)
        || schema["oneOf"]
            .as_array()
            .is_some_and(|kinds| kinds.iter().any(is_number))
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    words.join(" ")
}
