//! The whole way from bytes to a frame: the one path that the daemon and the command line both call.
//!
//! ```text
//! SourceFile -> Library (the last good version of each file) -> Wall (referenced, measured) -> Projector -> Frame
//! ```
//!
//! Pure: files come in as bytes, instants as ticks. What is kept between calls ([`Library`], [`Projector`]) is what was worked out
//! already, never something that would make the next answer another one; the one exception is a change of wall, which takes
//! over zone by zone and so depends on when it came.

mod build;
mod calendar;
mod called;
mod card;
mod content;
mod copies;
mod explain;
mod filing;
mod film;
mod foreign;
mod headline;
pub mod history;
mod imports;
mod kind;
mod lane;
mod levels;
mod library;
mod manifest;
mod measure;
mod named;
mod natural;
mod order;
mod panel_test;
mod problem;
mod projector;
mod proof;
mod quotas;
mod references;
mod remarks;
mod rounds;
mod rung;
mod scene;
mod shelf;
mod shine;
mod shrunk;
mod source;
mod stopped;
mod term;
mod timeline;
mod undated;
mod view;
mod want;
mod whole;
mod witness;

pub use called::is_stop;
pub use card::{CardAreaView, CardView, Dealer};
pub use explain::{ItemView, PlayView, Standing};
pub use film::FilmView;
pub use foreign::Foreign;
pub use imports::{ImportStage, ImportView};
pub use kind::{PHRASES, is_data_file, is_foreign, is_picture_file, is_sheet_file, is_strike_file, is_video_file};
pub use library::Library;
pub use manifest::Manifest;
pub use panel_test::{PanelTest, TestView};
pub use projector::Projector;
pub use proof::Proof;
pub use rounds::{Rounds, ZoneRound};
pub use rung::Rung;
pub use shine::Shine;
pub use source::{ReadFault, SourceFile};
pub use stopped::{SafePage, StopView, Stopped};
pub use term::{End, Term};
pub use timeline::{Row, Shown, Timeline};
pub use view::{CueView, ScreenView, ZoneView};
pub use want::ClipWant;
pub use whole::{Edition, Wall};
pub(crate) use witness::words;
pub use witness::{Task, Witness, Work, witness};
