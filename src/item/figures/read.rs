//! From the text of a data file to its figures.

use std::sync::Arc;

use super::{
    CELL_LIMIT, COLUMN_LIMIT, Column, Figures, ORDINAL, ROW_LIMIT,
    fault::FiguresFault,
    number::{self, Number, Read},
};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{self, Parsed},
    item::sheet::{Cell, Cells, cells, is_blank, place},
    units::Digest,
};

/// The most problems that are told of one data file.
const MOST: usize = 20;

/// The years that may be names of columns, though they are numbers.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2199;

/// The figures in the bytes of the data file `file`, relative to the site.
pub fn figures(file: &str, bytes: &[u8]) -> Parsed<Figures> {
    let text = match document::source(file, bytes) {
        Ok(source) => Arc::clone(source.text()),
        Err(diagnostic) => return Parsed::refused(*diagnostic),
    };
    let mut reading = Reading {
        file,
        diagnostics: Vec::new(),
    };
    let value = reading.figures(&text, Digest::of(bytes));
    let diagnostics = reading.diagnostics;
    Parsed {
        value: value.filter(|_| diagnostics.is_empty()),
        diagnostics,
    }
}

struct Reading<'a> {
    file: &'a str,
    diagnostics: Vec<Diagnostic>,
}

/// A row that says something, with its number.
type Row<'c> = (u32, &'c [Cell]);

impl Reading<'_> {
    fn figures(&mut self, text: &str, digest: Digest) -> Option<Figures> {
        let Cells { rows, open, .. } = cells(text);
        if let Some(at) = open {
            let row = count(at + 1);
            return self.refuse(place(row, 0, ""), &FiguresFault::OpenQuote { row });
        }
        let rows: Vec<Row<'_>> = (1..)
            .zip(&rows)
            .filter(|(_, row)| !is_blank(row))
            .map(|(at, row)| (at, &row[..]))
            .collect();
        let Some((first, _)) = rows.first() else {
            return self.refuse(place(1, 0, ""), &FiguresFault::Empty);
        };
        // What stands alone above the names is the table's title.
        let head = rows
            .iter()
            .position(|(_, row)| row.iter().filter(|cell| !cell.text.is_empty()).count() > 1);
        let Some(head) = head.filter(|at| is_head(rows[*at].1)) else {
            return self.refuse(place(*first, 0, &rows[0].1[0].text), &FiguresFault::NoHead);
        };
        let (at, names) = rows[head];
        let rows = &rows[head + 1..];
        if rows.is_empty() {
            return self.refuse(place(at, 0, &names[0].text), &FiguresFault::NoRows);
        }
        if rows.len() > ROW_LIMIT {
            return self.refuse(
                place(rows[ROW_LIMIT].0, 0, ""),
                &FiguresFault::TooManyRows { rows: rows.len() },
            );
        }
        self.columns(at, names, rows, digest)
    }

    fn columns(&mut self, at: u32, names: &[Cell], rows: &[Row<'_>], digest: Digest) -> Option<Figures> {
        let width = |row: &[Cell]| {
            row.iter()
                .rposition(|cell| !cell.text.is_empty())
                .map_or(0, |last| last + 1)
        };
        let columns = rows
            .iter()
            .map(|(_, row)| width(row))
            .chain([width(names)])
            .max()
            .unwrap_or(0);
        if columns > COLUMN_LIMIT {
            return self.refuse(place(at, COLUMN_LIMIT, ""), &FiguresFault::TooManyColumns { columns });
        }
        let name = |column: usize| names.get(column).map_or("", |cell| &*cell.text);
        let is_ordinal = |column: &usize| {
            ORDINAL
                .iter()
                .any(|ordinal| name(*column).eq_ignore_ascii_case(ordinal))
        };
        let label = (0..columns).find(|column| !is_ordinal(column)).unwrap_or(0);
        let mut read = Vec::new();
        let mut places = Vec::new();
        for column in 0..columns {
            let is_filled = rows.iter().any(|(_, row)| !text(row, column).is_empty());
            if name(column).is_empty() && is_filled {
                self.tell(place(at, column, ""), &FiguresFault::NoName { column: column + 1 });
            }
            if !name(column).is_empty() || column == label {
                places.push(column);
                read.push(self.column(column, name(column), rows, column == label));
            }
        }
        Some(Figures {
            file: self.file.into(),
            label: places.iter().position(|column| *column == label)?,
            columns: read.into(),
            digest,
        })
    }

    fn column(&mut self, at: usize, name: &str, rows: &[Row<'_>], is_label: bool) -> Column {
        let name = one_line(name);
        let cells: Vec<Arc<str>> = rows.iter().map(|(_, row)| one_line(text(row, at))).collect();
        for ((row, _), cell) in rows.iter().zip(&cells) {
            let (row, length) = (*row, cell.chars().count());
            if length > CELL_LIMIT {
                self.tell(place(row, at, cell), &FiguresFault::LongCell { row, length });
            }
            if is_label && cell.is_empty() {
                self.tell(place(row, at, ""), &FiguresFault::NoLabel { row });
            }
        }
        let values: Vec<Read> = cells.iter().map(|cell| number::read(cell)).collect();
        let numbers = (!is_label && holds_numbers(&values)).then(|| self.numbers(at, &name, rows, &cells, &values));
        Column { name, cells, numbers }
    }

    fn numbers(
        &mut self,
        at: usize,
        name: &str,
        rows: &[Row<'_>],
        cells: &[Arc<str>],
        values: &[Read],
    ) -> Vec<Option<Number>> {
        let mut numbers = Vec::new();
        for (((row, _), cell), value) in rows.iter().zip(cells).zip(values) {
            let row = *row;
            numbers.push(match value {
                Read::Number(number) => Some(*number),
                Read::Blank => None,
                Read::Other => {
                    let (name, text) = (name.to_owned(), cell.to_string());
                    self.tell(place(row, at, cell), &FiguresFault::BadNumber { row, name, text });
                    None
                }
            });
        }
        numbers
    }

    fn refuse<T>(&mut self, at: Place, fault: &FiguresFault) -> Option<T> {
        self.tell(at, fault);
        None
    }

    fn tell(&mut self, at: Place, fault: &FiguresFault) {
        if self.diagnostics.len() < MOST {
            self.diagnostics.push(Diagnostic {
                place: Some(at),
                ..Diagnostic::of_file(self.file.into(), fault)
            });
        }
    }
}

/// Whether a row names columns: beside its first cell there is a word, or a year.
fn is_head(row: &[Cell]) -> bool {
    let is_name = |cell: &Cell| match number::read(&cell.text) {
        Read::Other => true,
        Read::Blank => false,
        Read::Number(number) => number.millionths % 1_000_000 == 0 && YEARS.contains(&(number.millionths / 1_000_000)),
    };
    row.iter().skip(1).any(is_name)
}

/// Whether at least half of what is filled in are numbers.
fn holds_numbers(values: &[Read]) -> bool {
    let count = |is: fn(&Read) -> bool| values.iter().filter(|value| is(value)).count();
    let numbers = count(|value| matches!(value, Read::Number(_)));
    numbers > 0 && numbers >= count(|value| matches!(value, Read::Other))
}

fn text(row: &[Cell], column: usize) -> &str {
    row.get(column).map_or("", |cell| &*cell.text)
}

fn one_line(text: &str) -> Arc<str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").into()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
