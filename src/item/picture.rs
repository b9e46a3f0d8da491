//! A picture in its plain form: what is left of a file from outside once it has been decoded. Whoever reads it needs no decoder.
//!
//! | bytes | |
//! |---|---|
//! | 8 | `YBPIC`, two zeros, the version 1 |
//! | 4, 4 | width and height |
//! | 4, 4 | width and height of the picture that it was made from |
//! | … | R, G, B of each pixel, row by row from the top |
//!
//! Numbers are little-endian. A picture that was larger than the wall has been made smaller already: as small as still covers the wall, so that it
//! is sharp there however it fills its place.

use std::{fmt, sync::Arc};

use crate::{
    frame::{CHANNELS, scale::covering},
    units::{Digest, Size},
};

/// The largest wall that pictures in plain form are made for: a screen of full high definition.
pub const PICTURE_LIMIT: Size = Size::new(1920, 1080);
/// The most pixels of a picture in plain form: those of a photograph of 4:3 that covers such a screen.
pub const PICTURE_PIXELS: u32 = 1920 * 1440;
/// The longest side of a picture in plain form.
pub const PICTURE_SIDE: u32 = Size::LIMIT;

const MAGIC: [u8; 8] = *b"YBPIC\0\0\x01";
const HEAD: usize = 24;

/// A picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    size: Size,
    original: Size,
    bytes: Arc<[u8]>,
    digest: Digest,
}

impl Picture {
    /// The picture in `bytes`, which stay where they are; `None` for what is none in plain form.
    pub fn read(bytes: &Arc<[u8]>) -> Option<Self> {
        let (head, pixels) = bytes.split_first_chunk::<HEAD>()?;
        let (magic, numbers) = head.split_first_chunk::<8>()?;
        let numbers = numbers.as_chunks::<4>().0;
        let size = |at: usize| Size::new(u32::from_le_bytes(numbers[at]), u32::from_le_bytes(numbers[at + 1]));
        let (size, original) = (size(0), size(2));
        let is_in = |side: u32| (1..=PICTURE_SIDE).contains(&side);
        let is_sound = *magic == MAGIC
            && is_in(size.width)
            && is_in(size.height)
            && size.leds() <= PICTURE_PIXELS as usize
            && pixels.len() == size.leds() * CHANNELS;
        is_sound.then(|| Self {
            size,
            original,
            bytes: Arc::clone(bytes),
            digest: Digest::of(bytes),
        })
    }

    /// The plain form of the `pixels` of a picture of `size` that was made from one of `original` size.
    pub fn write(size: Size, original: Size, pixels: &[u8]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for number in [size.width, size.height, original.width, original.height] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(pixels);
        bytes
    }

    /// The size in plain form of a picture of `original` size for a wall of the size `bounds`; neither may be empty.
    pub fn size_for(original: Size, bounds: Size) -> Size {
        let size = covering(original, bounds);
        let (most, longest) = (u64::from(PICTURE_PIXELS), u64::from(PICTURE_SIDE));
        let (width, height) = (u64::from(size.width), u64::from(size.height));
        if width * height <= most && width.max(height) <= longest {
            return size;
        }
        let side = (most * width / height).isqrt();
        let side = side.min(longest).min(longest * width / height).max(1);
        let other = (side * height / width).min(longest).min(most / side).max(1);
        // Both are at most the longest side.
        Size::new(side as u32, other as u32)
    }

    /// Width and height in pixels.
    pub const fn size(&self) -> Size {
        self.size
    }

    /// Those of the picture that it was made from.
    pub const fn original(&self) -> Size {
        self.original
    }

    /// R, G, B of each pixel, row by row from the top.
    pub fn pixels(&self) -> &[u8] {
        &self.bytes[HEAD..]
    }

    /// The digest of its plain form.
    pub const fn digest(&self) -> Digest {
        self.digest
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({}, {:?})", self.size, self.digest)
    }
}
