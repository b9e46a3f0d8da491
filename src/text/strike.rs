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
//! So a look-up is two array accesses, and rows are at most 16 MiB. [`super::bake()`] and its siblings write the form; a strike from
//! elsewhere is proven whole by [`Sheet::read`] before its first look-up.

use std::{fmt, ops::Range, sync::Arc};

use super::fault::StrikeFault;

/// Code points of one block of the index.
pub(super) const BLOCK: usize = 64;
/// Bytes before the first level.
pub(super) const HEADER: usize = 16;
/// What a strike begins with; its version follows.
pub(super) const MAGIC: [u8; 8] = *b"YBSTRIKE";
/// Code points that there are.
const UNICODE: usize = 0x11_0000;
/// The version of the form written on this page.
pub(super) const VERSION: u8 = 1;

pub(super) static SIXTEEN: Strike = Strike::baked(include_bytes!("../../fonts/sixteen/sixteen.strike"));
pub(super) static HEI24: Strike = Strike::baked(include_bytes!("../../fonts/hei24/hei24.strike"));
pub(super) static HEI32: Strike = Strike::baked(include_bytes!("../../fonts/hei32/hei32.strike"));
pub(super) static HEI48: Strike = Strike::baked(include_bytes!("../../fonts/hei48/hei48.strike"));
pub(super) static SONG24: Strike = Strike::baked(include_bytes!("../../fonts/song24/song24.strike"));

/// A strike that is baked into the binary.
pub type Strike = Sheet<'static>;

/// The glyphs of one size, read where their bytes lie.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    height: u8,
    first: &'a [[u8; 2]],
    second: &'a [[[u8; 4]; BLOCK]],
    rows: &'a [u8],
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
    /// Its height in dots.
    pub const fn height(self) -> usize {
        self.rows.len() / self.stride()
    }

    /// The columns from its first lit dot to its last; `None` where it is blank.
    pub fn ink(self) -> Option<Range<u8>> {
        let mut columns = [0u8; 32];
        for row in self.rows.chunks_exact(self.stride()) {
            columns.iter_mut().zip(row).for_each(|(all, bits)| *all |= bits);
        }
        let first = columns.iter().position(|bits| *bits != 0)?;
        let last = columns.iter().rposition(|bits| *bits != 0)?;
        let start = first as u32 * 8 + columns[first].leading_zeros();
        let end = last as u32 * 8 + 8 - columns[last].trailing_zeros();
        Some(start as u8..end as u8)
    }

    /// Whether the bits beyond its width are zero.
    pub(super) fn is_clean(self) -> bool {
        let unused = self.stride() as u32 * 8 - u32::from(self.width);
        let mut lasts = self.rows.chunks_exact(self.stride()).filter_map(<[u8]>::last);
        lasts.all(|last| last.trailing_zeros() >= unused)
    }

    /// Bytes of one row; one even for no glyph at all.
    pub(super) const fn stride(self) -> usize {
        if self.width == 0 {
            1
        } else {
            self.width.div_ceil(8) as usize
        }
    }
}

impl Strike {
    /// 16 dots: GB 18030-2022 level 2, ASCII and symbols, full-width Chinese punctuation.
    pub const fn sixteen() -> Self {
        SIXTEEN
    }

    /// 24 dots, 黑体: the hanzi of Unicode's first block, the 通用规范汉字表, and what of the symbols of `sixteen` its outlines have.
    pub const fn hei24() -> Self {
        HEI24
    }

    /// 32 dots, 黑体: the 通用规范汉字表, GB/T 2312, the common traditional hanzi, and the commoner symbols.
    pub const fn hei32() -> Self {
        HEI32
    }

    /// 48 dots, 黑体: the 通用规范汉字表, GB/T 2312, and the commoner symbols.
    pub const fn hei48() -> Self {
        HEI48
    }

    /// 24 dots, 宋体: GB/T 2312, and letters with serifs.
    pub const fn song24() -> Self {
        SONG24
    }
}

impl<'a> Sheet<'a> {
    /// The height of its cell in dots.
    pub const fn height(self) -> u8 {
        self.height
    }

    /// The glyph of `character`; `None` where the strike has none.
    #[inline]
    pub fn glyph(self, character: char) -> Option<Glyph<'a>> {
        let code = character as usize;
        let block = u16::from_le_bytes(*self.first.get(code / BLOCK)?);
        self.entry(u32::from_le_bytes(self.second.get(usize::from(block))?[code % BLOCK]))
    }

    /// The glyph that an entry of the second level stands for.
    #[inline]
    fn entry(self, entry: u32) -> Option<Glyph<'a>> {
        let [.., width] = entry.to_le_bytes();
        let start = (entry & 0x00ff_ffff) as usize;
        let length = usize::from(width.div_ceil(8)) * usize::from(self.height);
        (width > 0)
            .then(|| self.rows.get(start..start + length))
            .flatten()
            .map(|rows| Glyph { width, rows })
    }

    /// Reads a strike of whatever origin. Every count and offset is looked at, so that no look-up can go wrong afterwards.
    ///
    /// # Errors
    /// The first thing wrong, and the byte where it is.
    pub fn read(bytes: &'a [u8]) -> Result<Self, StrikeFault> {
        let header: &[u8; HEADER] = bytes.first_chunk().ok_or(StrikeFault::Short { at: bytes.len() })?;
        if header[..MAGIC.len()] != MAGIC {
            return Err(StrikeFault::Magic);
        }
        if header[8] != VERSION {
            return Err(StrikeFault::Version { found: header[8] });
        }
        if header[9] == 0 || header[14..] != [0, 0] {
            return Err(StrikeFault::Header {
                at: if header[9] == 0 { 9 } else { 14 },
            });
        }
        let (first, second) = levels(header);
        if first > UNICODE.div_ceil(BLOCK) || second == 0 {
            return Err(StrikeFault::Header {
                at: if second == 0 { 12 } else { 10 },
            });
        }
        if bytes.len() < HEADER + first * 2 + second * BLOCK * 4 {
            return Err(StrikeFault::Short { at: bytes.len() });
        }
        let sheet = Self::split(bytes);
        sheet.prove()?;
        Ok(sheet)
    }

    /// That every block and every glyph that the index names is there.
    fn prove(self) -> Result<(), StrikeFault> {
        let blocks = self.first.iter().map(|block| usize::from(u16::from_le_bytes(*block)));
        if let Some(index) = blocks.clone().position(|block| block >= self.second.len()) {
            return Err(StrikeFault::Block { at: HEADER + index * 2 });
        }
        let entries = self
            .second
            .as_flattened()
            .iter()
            .map(|entry| u32::from_le_bytes(*entry));
        for (index, entry) in entries.enumerate().filter(|(_, entry)| *entry != 0) {
            let at = HEADER + self.first.len() * 2 + index * 4;
            // Block 0 stands for every block without a glyph.
            let glyph = self.entry(entry).filter(|_| index >= BLOCK);
            let glyph = glyph.ok_or(StrikeFault::Glyph { at })?;
            if !glyph.is_clean() {
                return Err(StrikeFault::Glyph { at });
            }
        }
        Ok(())
    }

    /// The parts of the form, whose length must have been looked at.
    const fn split(bytes: &'a [u8]) -> Self {
        let (header, body) = bytes.split_first_chunk().expect("the caller has seen the header");
        let (first, second) = levels(header);
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

/// The blocks of the first level and of the second.
const fn levels(header: &[u8; HEADER]) -> (usize, usize) {
    let first = u16::from_le_bytes([header[10], header[11]]);
    let second = u16::from_le_bytes([header[12], header[13]]);
    (first as usize, second as usize)
}

impl Strike {
    /// Reads one of this room's constants. A file of another form ends the build; that the rest is whole is for a test to say.
    const fn baked(bytes: &'static [u8]) -> Self {
        let mut at = 0;
        while at < MAGIC.len() {
            assert!(bytes[at] == MAGIC[at], "not a strike");
            at += 1;
        }
        assert!(bytes[8] == VERSION, "a strike of another version");
        Self::split(bytes)
    }
}

impl fmt::Debug for Sheet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Strike({})", self.height)
    }
}

/// A strike of its own bytes, which many may hold: one that a site has added.
#[derive(Clone)]
pub struct SharedStrike(Arc<[u8]>);

impl SharedStrike {
    /// Reads a strike of whatever origin, as [`Sheet::read`] does.
    ///
    /// # Errors
    /// The first thing wrong, and the byte where it is.
    pub fn read(bytes: Arc<[u8]>) -> Result<Self, StrikeFault> {
        Sheet::read(&bytes)?;
        Ok(Self(bytes))
    }

    /// Its glyphs; this costs next to nothing.
    pub fn sheet(&self) -> Sheet<'_> {
        Sheet::split(&self.0)
    }
}

impl PartialEq for SharedStrike {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl Eq for SharedStrike {}

impl fmt::Debug for SharedStrike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sheet().fmt(f)
    }
}
