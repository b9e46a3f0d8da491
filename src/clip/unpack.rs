//! From the packed bytes of a picture to its pixels.

use std::{fmt, io};

use super::{ClipFault, Stored};

/// Unpacks pictures, one by one; what it needs for that it keeps.
pub struct Unpacker(zstd::bulk::Decompressor<'static>);

impl Unpacker {
    /// # Errors
    /// There is no memory.
    pub fn new() -> io::Result<Self> {
        zstd::bulk::Decompressor::new().map(Self)
    }

    /// Unpacks the `packed` bytes of the stored picture of that number into `pixels`, which is as long as a frame. Where that fails, what is in
    /// `pixels` is of no use. Allocates nothing.
    ///
    /// # Errors
    /// They do not bear their sum, or are no frame of zstd of that length.
    pub fn unpack(
        &mut self,
        packed: &[u8],
        (picture, stored): (u32, &Stored),
        pixels: &mut [u8],
    ) -> Result<(), ClipFault> {
        if crc32fast::hash(packed) != stored.sum {
            return Err(ClipFault::Sum { picture });
        }
        match self.0.decompress_to_buffer(packed, pixels) {
            Ok(length) if length == pixels.len() => Ok(()),
            _ => Err(ClipFault::Packed { picture }),
        }
    }
}

impl fmt::Debug for Unpacker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unpacker")
    }
}
