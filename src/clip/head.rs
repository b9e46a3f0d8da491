//! What a clip says of itself at its beginning.

use super::{ClipFault, frame_bytes};
use crate::units::{Digest, Rate, Size};

const FRAME: [u8; 4] = 0x184D_2A50_u32.to_le_bytes();
const MAGIC: [u8; 7] = *b"YBCLIP\0";
const VERSION: u8 = 1;
const BODY: usize = 84;

/// What a clip is, and of what it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Width and height of every frame.
    pub size: Size,
    /// Frames a second.
    pub rate: Rate,
    /// The digest of the video's file.
    pub source: Digest,
    /// The digest of the rendition.
    pub rendition: Digest,
}

impl Head {
    /// Its bytes at the beginning of a clip.
    pub const LENGTH: usize = 8 + BODY;

    /// It as bytes.
    pub fn write(&self) -> [u8; Self::LENGTH] {
        let mut bytes = [0; Self::LENGTH];
        let parts: [&[u8]; 9] = [
            &FRAME,
            &(BODY as u32).to_le_bytes(),
            &MAGIC,
            &[VERSION],
            &self.size.width.to_le_bytes(),
            &self.size.height.to_le_bytes(),
            &u32::from(self.rate.hertz()).to_le_bytes(),
            self.source.bytes(),
            self.rendition.bytes(),
        ];
        let mut at = 0;
        for part in parts {
            bytes[at..at + part.len()].copy_from_slice(part);
            at += part.len();
        }
        bytes
    }

    /// The head in the first bytes of a clip.
    ///
    /// # Errors
    /// They are those of something else, or say what no clip is.
    pub fn read(bytes: &[u8; Self::LENGTH]) -> Result<Self, ClipFault> {
        let (frame, body) = bytes.split_at(8);
        if frame[..4] != FRAME || frame[4..] != (BODY as u32).to_le_bytes() || body[..7] != MAGIC {
            return Err(ClipFault::Foreign);
        }
        if body[7] != VERSION {
            return Err(ClipFault::Version { version: body[7] });
        }
        let (numbers, digests) = body[8..].split_at(12);
        let (numbers, (digests, _)) = (numbers.as_chunks::<4>().0, digests.as_chunks::<32>());
        let number = |at: usize| u32::from_le_bytes(numbers[at]);
        let rate = u16::try_from(number(2)).ok().and_then(Rate::new);
        let size = Size::new(number(0), number(1));
        Ok(Self {
            size: frame_bytes(size).map(|_| size).ok_or(ClipFault::Head)?,
            rate: rate.ok_or(ClipFault::Head)?,
            source: Digest::from_bytes(digests[0]),
            rendition: Digest::from_bytes(digests[1]),
        })
    }

    /// What of it the sum of the index covers.
    pub(super) fn body(&self) -> [u8; BODY] {
        let mut body = [0; BODY];
        body.copy_from_slice(&self.write()[8..]);
        body
    }
}
