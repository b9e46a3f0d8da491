//! Clips that a wall would show and does not have.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{stage::Rendition, units::Digest};

/// A clip that is to be made: of which video, and how. Until it is there the video is not part of the programme in that place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClipWant {
    /// The video's file, relative to the site.
    pub path: Arc<str>,
    /// The digest of its bytes.
    pub source: Digest,
    /// How the clip is to be made.
    pub rendition: Rendition,
    /// The first instant at which the video may show; always, where there is none.
    pub from: Option<Timestamp>,
    /// The first instant at which it may no longer; never, where there is none. Nobody needs the clip from then on.
    pub until: Option<Timestamp>,
}
