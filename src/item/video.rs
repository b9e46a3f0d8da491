//! A video in its plain form: which file it is, and which clips have been made of it. The frames are in the clips, not here.
//!
//! | bytes | |
//! |---|---|
//! | 8 | `YBVID`, zeros, the version 1 |
//! | 32 | SHA-256 of the video's file |
//! | 4 | how many takes |
//! | 109 each | SHA-256 of the rendition, the clip's name, SHA-256 of its contents; frames; width and height of the video; 1 where its sound was dropped, else 0 |
//!
//! Numbers are little-endian.

use std::sync::Arc;

use crate::units::{Digest, Size};

const MAGIC: [u8; 8] = *b"YBVID\0\0\x01";
const HEAD: usize = 44;
const TAKE: usize = 109;

/// A video: its file, and what has been made of it so far. It plays where there is a take of the rendition that a place wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Video {
    /// The digest of its file's bytes.
    pub source: Digest,
    /// The clips that have been made of it.
    pub takes: Arc<[Take]>,
    /// The digest of its plain form.
    pub digest: Digest,
}

/// A clip that has been made of a video.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Take {
    /// The digest of the rendition: how it was made.
    pub rendition: Digest,
    /// The clip's name, which follows from the video and the rendition.
    pub clip: Digest,
    /// The digest of what is in it.
    pub contents: Digest,
    /// How many frames it has, at least 1.
    pub frames: u32,
    /// Width and height of the video, upright and with square pixels.
    pub original: Size,
    /// Whether the video had sound, which no wall plays.
    pub had_sound: bool,
}

impl Video {
    /// The video in `bytes`; `None` for what is none in plain form.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (head, rest) = bytes.split_first_chunk::<HEAD>()?;
        let (magic, head) = head.split_first_chunk::<8>()?;
        let (source, count) = head.split_first_chunk::<32>()?;
        let count = u32::from_le_bytes(*count.first_chunk()?) as usize;
        if *magic != MAGIC || count.checked_mul(TAKE) != Some(rest.len()) {
            return None;
        }
        let takes: Option<Arc<[Take]>> = rest.chunks_exact(TAKE).map(Take::read).collect();
        Some(Self {
            source: Digest::from_bytes(*source),
            takes: takes?,
            digest: Digest::of(bytes),
        })
    }

    /// The plain form of the video whose file has the digest `source`, of which `takes` were made.
    pub fn write(source: Digest, takes: &[Take]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(source.bytes());
        bytes.extend((takes.len() as u32).to_le_bytes());
        takes.iter().for_each(|take| take.write(&mut bytes));
        bytes
    }

    /// What was made of it in that way.
    pub fn take(&self, rendition: Digest) -> Option<&Take> {
        self.takes.iter().find(|take| take.rendition == rendition)
    }
}

impl Take {
    fn read(bytes: &[u8]) -> Option<Self> {
        let (digests, rest) = bytes.split_first_chunk::<96>()?;
        let (digests, _) = digests.as_chunks::<32>();
        let (numbers, sound) = rest.split_first_chunk::<12>()?;
        let (numbers, _) = numbers.as_chunks::<4>();
        let number = |at: usize| u32::from_le_bytes(numbers[at]);
        let take = Self {
            rendition: Digest::from_bytes(digests[0]),
            clip: Digest::from_bytes(digests[1]),
            contents: Digest::from_bytes(digests[2]),
            frames: number(0),
            original: Size::new(number(1), number(2)),
            had_sound: *sound == [1],
        };
        let is_sound = take.frames > 0 && take.original.width > 0 && take.original.height > 0;
        (is_sound && matches!(sound, [0 | 1])).then_some(take)
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        for digest in [self.rendition, self.clip, self.contents] {
            bytes.extend(digest.bytes());
        }
        for number in [self.frames, self.original.width, self.original.height] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.push(self.had_sound.into());
    }
}
