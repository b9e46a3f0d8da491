//! Who makes clips of videos: a child of ours, or what a test puts in its place.

use std::{fmt::Debug, fs::File};

use thiserror::Error;

use crate::{
    media::{
        child::ChildFault,
        film::{Filmed, Progress},
    },
    stage::Rendition,
    units::Digest,
};

/// A clip that is to be made.
#[derive(Clone, Copy, Debug)]
pub struct FilmOrder<'a> {
    /// The video, open for reading, at its beginning.
    pub source: &'a File,
    /// The digest of its bytes.
    pub digest: Digest,
    /// How the clip is made.
    pub rendition: &'a Rendition,
    /// Where the clip goes: an empty file, open for reading and writing.
    pub output: &'a File,
    /// The most bytes that the clip may have.
    pub most: u64,
}

/// Makes clips of videos.
pub trait FilmMaker: Debug + Send + Sync {
    /// Makes the clip of `order`, which may take minutes; `tell` hears how far it has come, and says with `false` that nobody wants the clip
    /// any more.
    ///
    /// # Errors
    /// There is no clip. What has been written then is none.
    fn film(&self, order: &FilmOrder<'_>, tell: &mut dyn FnMut(Progress) -> bool) -> Result<Filmed, FilmError>;

    /// Whether the clip of `order` that was said to be `filmed` is one from end to end.
    fn is_sound(&self, order: &FilmOrder<'_>, filmed: &Filmed) -> bool;
}

/// Why there is no clip.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FilmError {
    /// Nobody wanted it any more.
    #[error("nobody wants it any more")]
    GivenUp,
    /// It would have more bytes than it may.
    #[error("the clip is larger than it may be")]
    TooLarge,
    /// The disk has no more room.
    #[error("the disk is full")]
    DiskFull,
    /// The child failed, or refused the video.
    #[error(transparent)]
    Child(#[from] ChildFault),
}
