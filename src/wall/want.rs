//! Clips that a wall would show and does not have.

use std::sync::Arc;

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
}
