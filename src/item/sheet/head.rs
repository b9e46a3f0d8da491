//! The row that names the columns.

use super::{Cell, SheetFault, place, tell};
use crate::{
    diagnostic::Diagnostic,
    document::{FieldInfo, nearest},
    item::table,
};

/// What a column holds.
#[derive(Clone, Copy)]
pub(super) enum Column {
    /// A key of an item.
    Key(&'static dyn FieldInfo),
    /// What the item says.
    Body,
    /// What is for people only, or unknown.
    Nothing,
}

/// What each of the columns holds, from the left.
pub(super) struct Head {
    pub(super) columns: Vec<Column>,
}

const BODY: [&str; 4] = ["内容", "正文", "content", "body"];
/// What offices number and annotate their rows with.
const FOR_PEOPLE: [&str; 4] = ["序号", "编号", "备注", "说明"];
/// What people add to the name of a date.
const ENDINGS: [&str; 2] = ["时间", "日期"];

/// Whether `row` names columns.
pub(super) fn is_head(row: &[Cell]) -> bool {
    row.iter().any(is_title)
}

/// Whether the cell names the column of titles.
pub(super) fn is_title(cell: &Cell) -> bool {
    key(name(cell)).is_some_and(|field| field.key() == table::TITLE.key)
}

/// What the columns hold that the row of that number names, and what is wrong with their names.
pub(super) fn read(file: &str, number: u32, row: &[Cell]) -> (Head, Vec<Diagnostic>) {
    let mut head = Head { columns: Vec::new() };
    let mut diagnostics = Vec::new();
    let mut seen = Vec::new();
    for (at, cell) in row.iter().enumerate() {
        let name = name(cell);
        let (column, identity) = match key(name) {
            Some(field) => (Column::Key(field), field.key()),
            None if BODY.contains(&name) => (Column::Body, BODY[0]),
            None => (Column::Nothing, ""),
        };
        let written = name.to_owned();
        let fault = match column {
            Column::Nothing if name.is_empty() || FOR_PEOPLE.contains(&name) => None,
            Column::Nothing => Some(SheetFault::UnknownColumn {
                hint: hint(name).map(Into::into),
                name: written,
            }),
            _ if seen.contains(&identity) => Some(SheetFault::DoubleColumn { name: written }),
            _ => None,
        };
        let is_left_out = fault.is_some();
        seen.push(identity);
        head.columns.push(if is_left_out { Column::Nothing } else { column });
        diagnostics.extend(fault.map(|fault| tell(file, place(number, at, &cell.text), &fault)));
    }
    (head, diagnostics)
}

/// The name in a cell, without the star of what must be filled in.
fn name(cell: &Cell) -> &str {
    cell.text
        .trim_matches(|sign: char| sign.is_whitespace() || matches!(sign, '*' | '＊' | ':' | '：'))
}

/// The key that `name` means: itself, or with what people add to dates.
fn key(name: &str) -> Option<&'static dyn FieldInfo> {
    // A sheet of items has no charts, and 单位 and 来源 are columns of many another.
    let is_of_charts = |field: &&'static dyn FieldInfo| table::OF_CHARTS.iter().any(|other| other.key() == field.key());
    let field = |name: &str| table::ITEM.field(name).filter(|field| !is_of_charts(field));
    let shorter = || {
        ENDINGS
            .iter()
            .find_map(|ending| name.strip_suffix(ending).and_then(field))
    };
    field(name).or_else(shorter)
}

fn hint(name: &str) -> Option<&'static str> {
    let keys = table::ITEM.fields.iter().flat_map(|field| [field.alias(), field.key()]);
    nearest(name, keys.chain(BODY))
}
