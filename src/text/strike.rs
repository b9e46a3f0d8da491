//! A strike: the glyphs of one size, as rows of bits.
//!
//! # The baked form
//! One run of bytes that is used where it lies; numbers are little-endian.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `YBSTRIKE` |
//! | 1 | the form's version, 1 |
//! | 1 | height of the cell in dots |
//! | 2 | F: blocks of 64 code points in the first level |
//! | 2 | S: blocks in the second level |
//! | 2 | zero |
//! | 2 F | first level: for each 64 code points from U+0000 on, which block of the second level; block 0 is empty |
//! | 256 S | second level: for each code point of a block, width in dots << 24 + offset of its rows; 0 where there is no glyph |
//! | rest | rows: each glyph's rows top down, each packed to whole bytes, the leftmost dot in the highest bit |
//!
//! So a look-up is two array accesses, and rows are at most 16 MiB. [`super::bake()`] writes the form.

use std::fmt;

/// Code points of one block of the index.
pub(super) const BLOCK: usize = 64;
/// Bytes before the first level.
pub(super) const HEADER: usize = 16;
/// What a strike begins with; its version follows.
pub(super) const MAGIC: [u8; 8] = *b"YBSTRIKE";
/// The version of the form written on this page.
pub(super) const VERSION: u8 = 1;

static SIXTEEN: Strike = Strike::baked(include_bytes!("../../fonts/sixteen/sixteen.strike"));

/// The glyphs of one size, baked into the binary.
#[derive(Clone, Copy)]
pub struct Strike {
    height: u8,
    first: &'static [[u8; 2]],
    second: &'static [[[u8; 4]; BLOCK]],
    rows: &'static [u8],
}

/// One glyph: rows packed to whole bytes, the leftmost dot in the highest bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// Its advance and width in dots.
    pub width: u8,
    /// Its rows, top down, each `width` rounded up to whole bytes.
    pub rows: &'a [u8],
}

impl Glyph<'_> {
    /// The columns from its leftmost set dot to its rightmost one; empty where it has none.
    pub fn ink(self) -> std::ops::Range<u8> {
        let stride = usize::from(self.width.div_ceil(8)).max(1);
        let lit = |dot: &u8| {
            let rows = self.rows.chunks_exact(stride);
            rows.fold(0, |all, row| all | row[usize::from(dot / 8)]) & (0x80 >> (dot % 8)) != 0
        };
        let first = (0..self.width).find(lit).unwrap_or(0);
        let end = (0..self.width).rev().find(lit).map_or(0, |last| last + 1);
        first..end
    }
}

impl Strike {
    /// The strike of 16 dots: GB 18030-2022 level 2, ASCII and symbols, full-width Chinese punctuation.
    pub fn sixteen() -> Self {
        SIXTEEN
    }

    /// The height of its cell in dots.
    pub const fn height(self) -> u8 {
        self.height
    }

    /// The glyph of `character`; `None` where the strike has none.
    pub fn glyph(self, character: char) -> Option<Glyph<'static>> {
        let code = character as usize;
        let block = u16::from_le_bytes(*self.first.get(code / BLOCK)?);
        let entry = u32::from_le_bytes(self.second.get(usize::from(block))?[code % BLOCK]);
        let [.., width] = entry.to_le_bytes();
        let start = (entry & 0x00ff_ffff) as usize;
        let length = usize::from(width.div_ceil(8)) * usize::from(self.height);
        (width > 0)
            .then(|| self.rows.get(start..start + length))
            .flatten()
            .map(|rows| Glyph { width, rows })
    }

    /// Reads the form; refuses what is not one. For the constants of this room, where a refusal ends the build.
    const fn baked(bytes: &'static [u8]) -> Self {
        let (header, body) = bytes.split_at(HEADER);
        let mut at = 0;
        while at < MAGIC.len() {
            assert!(header[at] == MAGIC[at], "not a strike");
            at += 1;
        }
        assert!(header[8] == VERSION, "a strike of another version");
        let first = u16::from_le_bytes([header[10], header[11]]) as usize;
        let second = u16::from_le_bytes([header[12], header[13]]) as usize;
        let (first, body) = body.split_at(first * 2);
        let (second, rows) = body.split_at(second * BLOCK * 4);
        Self {
            height: header[9],
            first: first.as_chunks().0,
            second: second.as_chunks().0.as_chunks().0,
            rows,
        }
    }
}

impl fmt::Debug for Strike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Strike({})", self.height)
    }
}
