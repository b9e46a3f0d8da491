//! Files that people write: encodings, the TOML tree with its places, and one table of fields per kind of file.
//!
//! A [`Table`](table::Table) of fields yields the reader with its hints, the JSON Schema and the reference page, so none of them can
//! say what the others do not. Bytes come in; values and diagnostics go out. This room opens no file.

mod encoding;

pub use encoding::{Decoded, Encoding, EncodingError, decode};
