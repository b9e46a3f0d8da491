//! What is told of a clip beside it, so that nobody has to decode a video, or read a clip, to know it again.
//!
//! | bytes | |
//! |---|---|
//! | 8 | the length of the clip's file |
//! | 4 | the length of the rendition |
//! | … | the rendition |
//! | … | the video in plain form, with this take alone |
//!
//! Numbers are little-endian. The file is sealed (see `media::sealed`).

use crate::{
    item::{Take, Video},
    stage::Rendition,
    units::Digest,
};

/// What is known of a clip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClipNote {
    /// The digest of the video that it was made of.
    pub source: Digest,
    /// How it was made.
    pub rendition: Rendition,
    /// It, as the plain form of the video names it.
    pub take: Take,
    /// The length of its file, in bytes.
    pub length: u64,
}

impl ClipNote {
    pub(super) fn write(&self) -> Vec<u8> {
        let rendition = self.rendition.write();
        [
            &self.length.to_le_bytes()[..],
            &(rendition.len() as u32).to_le_bytes(),
            &rendition,
            &Video::write(self.source, std::slice::from_ref(&self.take)),
        ]
        .concat()
    }

    /// `None` for what is no note.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk()?;
        let (count, rest) = rest.split_first_chunk()?;
        let (rendition, video) = rest.split_at_checked(u32::from_le_bytes(*count) as usize)?;
        let video = Video::read(video)?;
        let [take] = &*video.takes else { return None };
        Some(Self {
            source: video.source,
            rendition: Rendition::read(rendition)?,
            take: take.clone(),
            length: u64::from_le_bytes(*length),
        })
    }
}
