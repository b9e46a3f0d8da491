//! The figures of a data file `data/*.csv`: a label a row, and columns of numbers or words beside it.
//!
//! Bytes in, [`Figures`] and diagnostics out. The first row with two cells or more names the columns; the first column (but for 序号) says
//! what each row is of. Here the file is the unit: where one number is bad the file's last good version stays. A place in it is a row and a
//! column, as the sheet counts them.

mod fault;
mod number;
mod read;

use std::sync::Arc;

pub use number::Number;
pub use read::figures;

use crate::units::Digest;

/// The most rows of a data file, its head not counted.
const ROW_LIMIT: usize = 500;

/// The most columns of a data file.
const COLUMN_LIMIT: usize = 20;

/// The most characters of a cell.
const CELL_LIMIT: usize = 60;

/// What offices number their rows by.
const ORDINAL: [&str; 4] = ["序号", "编号", "序", "no."];

/// What a data file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The file, relative to the site.
    pub file: Arc<str>,
    /// Its columns, at least one, each with a cell a row.
    pub columns: Arc<[Column]>,
    /// Which of them says what each row is of.
    label: usize,
    /// The digest of its bytes.
    pub digest: Digest,
}

/// One column of a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub name: Arc<str>,
    /// Its cells from the top, the head not among them; blank ones are empty.
    pub cells: Vec<Arc<str>>,
    /// The numbers in its cells, `None` where one is blank; none at all where it holds words.
    pub numbers: Option<Vec<Option<Number>>>,
}

impl Figures {
    /// The column that says what each row is of.
    pub fn label(&self) -> &Column {
        &self.columns[self.label]
    }

    /// All that it says, for whoever asks whether it can be set.
    pub fn texts(&self) -> impl Iterator<Item = &Arc<str>> {
        self.columns
            .iter()
            .flat_map(|column| std::iter::once(&column.name).chain(&column.cells))
    }
}

impl Column {
    /// Whether it only numbers the rows.
    pub fn is_ordinal(&self) -> bool {
        ORDINAL.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }
}
