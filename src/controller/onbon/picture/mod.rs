//! What a card is given to show: bitmaps, dynamic areas, program files, words.
//!
//! ```text
//! CardArea (page: Frame) -> entrance (mode, speed) + bitmap (bytes) -> area (body of A7 00) -> session
//!                           fallback Frame -> bitmap -> file (P and D) -> session, in blocks
//!                           words -> GB2312 -> area of a card with fonts (body of A3 06)
//! ```
//!
//! Every form has both directions; the reader shares no code with the writer, so that `decode` and the vectors prove it. A card reads by
//! itself (`receiver`) and uses nothing of this.

pub mod area;
pub mod bitmap;
pub mod entrance;
mod error;
mod field;
pub mod file;
mod page;
mod reader;
pub mod words;

pub use error::PictureError;
pub use page::{Page, PagedArea};
