//! Files that people write: encodings, the TOML tree with its places, and one table of fields per kind of file.
//!
//! A [`Table`] of [`Field`]s yields the reader with its hints, the JSON Schema and the reference page, so none of them can say what
//! the others do not. The way of a file:
//!
//! ```text
//! bytes -> Source -> plain TOML (Chinese keys quoted, full-width signs replaced) -> tree -> Record of a Table -> the room's value
//! ```
//!
//! Every step tells its problems to one [`Reader`], which knows the way back to the user's own text; a problem of one step never
//! hides those of another. Bytes come in; values and diagnostics go out. This room opens no file.

mod encoding;
mod fault;
pub mod kind;
mod nearest;
mod pairs;
mod parsed;
mod plain;
mod reader;
mod record;
pub mod reference;
pub mod schema;
mod syntax;
mod table;
mod tree;
mod window;

use std::ops::Range;

use toml::de::DeTable;

pub use encoding::{Decoded, Encoding, EncodingError, decode};
pub use fault::{Fault, Refusal};
pub use nearest::nearest;
pub use pairs::{Pair, read_pairs};
pub use parsed::Parsed;
pub use reader::{Reader, Spot};
pub use record::{Located, Record};
pub use table::{Describe, Doc, Field, FieldInfo, Kind, Presence, Table};
pub use window::{WHEN, Window, when};

use crate::diagnostic::{Diagnostic, Place, Source};

/// The longest TOML document that is read, in bytes: far more than any person writes, little enough to be read at once.
pub const LONGEST: usize = 4 << 20;

/// The longest line of a TOML document that is read, in bytes.
pub const LONGEST_LINE: usize = 64 << 10;

/// The text of a file, or why it has none.
pub fn source(file: &str, bytes: &[u8]) -> Result<Source, Box<Diagnostic>> {
    match decode(bytes) {
        Ok(decoded) => Ok(Source::new(file, with_line_feeds(decoded.text))),
        Err(error) => {
            let place = Some(place_of(bytes, &error));
            Err(Box::new(Diagnostic {
                place,
                ..Diagnostic::of_file(file.into(), &error)
            }))
        }
    }
}

/// The text with a line feed for every carriage return that stands alone, as old Macs and what was made for them end their lines. It
/// stays as long as it was.
fn with_line_feeds(mut text: String) -> String {
    let mut from = 0;
    while let Some(at) = text[from..].find('\r').map(|at| from + at) {
        from = at + 1;
        if !text[from..].starts_with('\n') {
            text.replace_range(at..from, "\n");
        }
    }
    text
}

/// The place of bytes that are no text: the line is known; the column only where all before it is UTF-8.
fn place_of(bytes: &[u8], error: &EncodingError) -> Place {
    let (EncodingError::Nul { offset, line } | EncodingError::Malformed { offset, line, .. }) = error;
    let start = bytes[..*offset]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let before = std::str::from_utf8(&bytes[start..*offset]).unwrap_or_default();
    let place = Source::new("", before).place(before.len()..before.len());
    Place {
        line: u32::try_from(*line).unwrap_or(u32::MAX),
        ..place
    }
}

/// Reads a whole file as a TOML document of `table`; `build` makes the value of its root.
pub fn read<T>(
    file: &str,
    bytes: &[u8],
    table: &'static Table,
    build: impl FnOnce(&Record<'_>) -> Option<T>,
) -> Parsed<T> {
    match source(file, bytes) {
        Ok(source) => read_part(&source, 0..source.text().len(), table, build),
        Err(diagnostic) => Parsed::refused(*diagnostic),
    }
}

/// Reads the bytes `part` of `source` as a TOML document of `table`.
///
/// The value is there if nothing was refused: the file is the unit.
pub fn read_part<T>(
    source: &Source,
    part: Range<usize>,
    table: &'static Table,
    build: impl FnOnce(&Record<'_>) -> Option<T>,
) -> Parsed<T> {
    if let Some((at, fault)) = too_long(source, &part) {
        return Parsed::refused(Diagnostic::at(source, at..at, &fault));
    }
    let reader = Reader::new(source, part);
    let value = {
        let (text, sound) = tree::sound_part(&reader);
        let (tree, _) = DeTable::parse_recoverable(&text);
        build(&Record::root(&reader, table, tree.get_ref(), sound))
    };
    reader.finish(value)
}

/// Where the document is longer than any person's, so that reading it costs no more than looking.
fn too_long(source: &Source, part: &Range<usize>) -> Option<(usize, Fault)> {
    if part.len() > LONGEST {
        let length = part.len();
        return Some((part.start, Fault::FileTooLong { length }));
    }
    let mut at = part.start;
    for line in source.text()[part.clone()].split_inclusive('\n') {
        let length = line.len();
        if length > LONGEST_LINE {
            return Some((at, Fault::LineTooLong { length }));
        }
        at += length;
    }
    None
}
