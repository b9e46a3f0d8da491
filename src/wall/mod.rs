//! The whole way from bytes to a frame: the one path that the daemon and the command line both call.
//!
//! ```text
//! SourceFile -> Library (the last good version of each file) -> Wall (measured, referenced) -> Projector -> Frame
//! ```
//!
//! Pure: files come in as bytes, instants as ticks.

mod library;
mod projector;
mod source;
mod view;

pub use library::{Library, Wall};
pub use projector::Projector;
pub use source::{ReadFault, SourceFile};
pub use view::{CueView, ScreenView, ZoneView};
