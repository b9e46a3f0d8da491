//! Writes a clip from front to back, to a pipe if need be.

use std::io::{self, Write};

use zstd::bulk::Compressor;

use super::{FRAME_LIMIT, Head, Index, Stored, frame_bytes, index::longest_packed, seek};
use crate::units::Digest;

/// How hard pictures are packed: the first level that leaves out the entropy coding of literals, which costs playing more than it saves.
///
/// Measured at 512 x 256 on one processor, pictures packed one by one, in MB of packed pixels a second of 25 frames and GB/s of unpacking:
///
/// | level | test card | Mandelbrot | noise |
/// |---|---|---|---|
/// | -4 | 1.0, 7.8 | 6.1, 2.0 | 7.6, 2.1 |
/// | -1 | 1.0, 6.4 | 5.6, 1.7 | 7.1, 2.0 |
/// | 1 | 0.9, 2.9 | 5.2, 1.1 | 5.0, 1.4 |
/// | 3 | 0.9, 3.3 | 4.6, 1.0 | 4.9, 1.2 |
const LEVEL: i32 = -1;

/// Takes the frames of a clip one after the other. Holds one of them, and the index.
pub struct Writer<W> {
    out: W,
    head: Head,
    /// Bytes of a frame.
    bytes: usize,
    /// How much has been written.
    at: u64,
    frames: u32,
    stored: Vec<Stored>,
    last: Vec<u8>,
    packed: Vec<u8>,
    compressor: Compressor<'static>,
}

/// What has been written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many frames, at least 1.
    pub frames: u32,
    /// How many pictures that are stored.
    pub stored: u32,
    /// Bytes of the whole clip.
    pub length: u64,
    /// The digest of the index.
    pub contents: Digest,
}

impl<W: Write> Writer<W> {
    /// Begins a clip with that head.
    ///
    /// # Errors
    /// No clip has such a size, or `out` does not take it.
    pub fn new(mut out: W, head: &Head) -> io::Result<Self> {
        let bytes = frame_bytes(head.size).ok_or_else(|| refused("no clip has frames of that size"))?;
        out.write_all(&head.write())?;
        Ok(Self {
            out,
            head: *head,
            bytes,
            at: Head::LENGTH as u64,
            frames: 0,
            stored: Vec::new(),
            last: Vec::new(),
            packed: Vec::with_capacity(longest_packed(bytes)),
            compressor: Compressor::new(LEVEL)?,
        })
    }

    /// The next frame: R, G, B of each pixel, row by row from the top. One that is equal to that before it is not stored again.
    ///
    /// # Errors
    /// It has another length than a frame, the clip has become too long, or `out` does not take it.
    pub fn frame(&mut self, pixels: &[u8]) -> io::Result<()> {
        if pixels.len() != self.bytes {
            return Err(refused("a frame of another size"));
        }
        if self.frames == FRAME_LIMIT {
            return Err(refused("too many frames"));
        }
        if self.last != pixels {
            self.store(pixels)?;
            self.last.clear();
            self.last.extend_from_slice(pixels);
        }
        self.frames += 1;
        Ok(())
    }

    fn store(&mut self, pixels: &[u8]) -> io::Result<()> {
        self.packed.clear();
        self.compressor.compress_to_buffer(pixels, &mut self.packed)?;
        self.out.write_all(&self.packed)?;
        self.stored.push(Stored {
            at: self.at,
            length: self.packed.len() as u32,
            sum: crc32fast::hash(&self.packed),
            first: self.frames,
            stand_in: (self.stored.len() as u32).saturating_sub(1),
        });
        self.at += self.packed.len() as u64;
        Ok(())
    }

    /// Ends the clip. One that is dropped without that is not whole, and nobody reads it.
    ///
    /// # Errors
    /// It has no frame, or `out` does not take the end.
    pub fn finish(mut self) -> io::Result<Summary> {
        if self.frames == 0 {
            return Err(refused("a clip without frames"));
        }
        let (index, bytes) = Index::write(&self.head, self.frames, self.stored);
        let table = seek::of_clip(&index, self.bytes);
        self.out.write_all(&bytes)?;
        self.out.write_all(&table)?;
        self.out.flush()?;
        Ok(Summary {
            frames: index.frames(),
            stored: index.stored().len() as u32,
            length: self.at + (bytes.len() + table.len()) as u64,
            contents: index.contents(),
        })
    }
}

fn refused(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}
