//! One playlist: what plays, where, when and how urgently.
//!
//! Bytes in, a [`Playlist`] and diagnostics out. References (items, columns, zones, screens) stay names here; whether they lead
//! anywhere is found where all files are at hand, in the wall.

mod fault;
mod read;
mod table;
mod transition;

use std::{ops::Range, sync::Arc};

use jiff::SignedDuration;

pub use table::PLAYLIST;

use crate::{
    calendar::When,
    document::{self, Parsed},
};

/// Reads the bytes of the playlist `file`.
pub fn parse(file: &str, bytes: &[u8]) -> Parsed<Playlist> {
    document::read(file, bytes, &PLAYLIST, |root| read::playlist(root, file))
}

/// One `*.toml` of the playlists.
#[derive(Clone, Debug)]
pub struct Playlist {
    /// The file, relative to the site; loops take playlists of one priority in the order of these paths.
    pub file: Arc<str>,
    /// A name for people; the file's name unless written.
    pub title: Arc<str>,
    /// Which playlists it gives way to.
    pub priority: Priority,
    /// The zones it plays in.
    pub zones: Zones,
    /// The screens it plays on; every one unless written.
    pub screens: Option<Vec<Reference>>,
    /// When it is open: in any of these; always, where none is written.
    pub when: Vec<When>,
    /// The seasons that its windows name.
    pub seasons: Vec<Reference>,
    /// The holidays and festivals that its windows name.
    pub holidays: Vec<Reference>,
    /// What it plays, in order.
    pub plays: Vec<Play>,
}

/// How urgent a playlist is, low to high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// When there is nothing else.
    Filler,
    /// Day by day.
    Routine,
    /// A week or a theme.
    Campaign,
    /// What visitors must see today.
    Notice,
    /// At once, everywhere.
    Alert,
    /// The safe page.
    Stop,
}

impl Priority {
    /// All of them, low to high.
    pub const ALL: [Self; 6] = [
        Self::Filler,
        Self::Routine,
        Self::Campaign,
        Self::Notice,
        Self::Alert,
        Self::Stop,
    ];

    /// Its name, as playlists write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Filler => "filler",
            Self::Routine => "routine",
            Self::Campaign => "campaign",
            Self::Notice => "notice",
            Self::Alert => "alert",
            Self::Stop => "stop",
        }
    }

    /// Its Chinese name, as playlists write it.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Filler => "垫播",
            Self::Routine => "日常",
            Self::Campaign => "专题",
            Self::Notice => "通知",
            Self::Alert => "紧急",
            Self::Stop => "停播",
        }
    }
}

/// The zones that a playlist plays in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Zones {
    /// `"*"`: the whole screen, above all zones.
    Whole,
    /// The named ones.
    Named(Vec<Reference>),
}

/// A name that leads elsewhere, and the bytes of the file where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The identity that is meant.
    pub name: Arc<str>,
    /// Where it stands in the playlist's text.
    pub span: Range<usize>,
}

/// One `[[play]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Play {
    /// What is shown.
    pub source: PlaySource,
    /// How long each page stays, where neither the item nor the reading speed shall decide.
    pub dwell: Option<SignedDuration>,
    /// How its pages come in.
    pub transition: Transition,
    /// How often each of its items comes in one round, 1 to 20.
    pub weight: u16,
}

/// What a play shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaySource {
    /// One item, by identity.
    Item(Reference),
    /// The items of a column and of the columns below it.
    Column {
        /// The column, by identity.
        column: Reference,
        /// Which of its items come first.
        order: Order,
        /// At most so many items at a time.
        limit: Option<u32>,
    },
    /// The clock, with date and weekday.
    Clock,
}

/// Which items of a column come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// The latest published first.
    #[default]
    Newest,
    /// The earliest published first.
    Oldest,
    /// By path.
    Path,
}

/// How a page comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Transition {
    /// What is seen.
    pub effect: Effect,
    /// How long it takes; zero for a cut.
    pub duration: SignedDuration,
}

/// What is seen while a page comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// At once.
    Cut,
    /// The old page dims into the new one.
    Fade,
    /// The new page pushes the old one to the left.
    Push,
    /// The new page pushes the old one up.
    Rise,
}
