//! Bitmap fonts that a user brings, as [`bdf`] and [`pcf`] read them, and single glyphs of a site's own.
//!
//! Bytes in, a [`BitmapFont`] or the fault out: no byte of a file makes a reader panic, wait, or take memory beyond 64 MB. A font has one cell, 8 to 64 dots high; every glyph lies in it whole. Nothing is ever cut: what sticks out of the cell is moved into
//! it, and what is too tall for it is left out and named. `build` does that, `charset` turns a file's codes into characters.

pub mod bdf;
mod build;
mod charset;
mod fault;
pub mod own;
pub mod pcf;

use std::collections::BTreeMap;

pub use fault::{BitmapFault, Unfit};

use super::{bake, strike::Glyph};

/// The largest file that is read, in bytes: every hanzi of GB 18030-2022 in 48 dots takes no more. With what is made of it, 64 MB are never
/// reached.
pub const FILE_LIMIT: usize = 24 << 20;
/// The tallest and the widest glyph, in dots.
pub const DOTS_LIMIT: u8 = 64;
/// The lowest cell, in dots.
pub const DOTS_LEAST: u8 = 8;
/// The most glyphs of a font: all of Unicode that has been given out, and a third more.
pub const GLYPH_LIMIT: usize = 200_000;
/// The most bytes of rows: what the offsets of a strike reach.
pub const ROWS_LIMIT: usize = 1 << 24;

/// The glyphs of one size, each in a cell of one height, by their characters.
#[derive(Clone, Debug)]
pub struct BitmapFont {
    height: u8,
    ascent: u8,
    glyphs: BTreeMap<char, Slot>,
    rows: Vec<u8>,
    left_out: LeftOut,
}

/// Where a glyph's rows lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    width: u8,
    start: u32,
}

/// Glyphs of the file that are not in the font, since they are taller than its cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How many.
    pub count: usize,
    /// The names of the first ones, as the file gives them.
    pub names: Vec<String>,
}

impl BitmapFont {
    /// The height of the cell in dots, [`DOTS_LEAST`] to [`DOTS_LIMIT`].
    pub const fn height(&self) -> u8 {
        self.height
    }

    /// The rows above the baseline.
    pub const fn ascent(&self) -> u8 {
        self.ascent
    }

    /// How many characters it has a glyph for; at least one.
    pub fn count(&self) -> usize {
        self.glyphs.len()
    }

    /// What the file has besides.
    pub const fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// The glyph of `character`.
    pub fn glyph(&self, character: char) -> Option<Glyph<'_>> {
        self.glyphs.get(&character).map(|slot| self.at(*slot))
    }

    /// Every glyph, in the order of the characters.
    pub fn glyphs(&self) -> impl Iterator<Item = (char, Glyph<'_>)> + Clone {
        self.glyphs.iter().map(|(character, slot)| (*character, self.at(*slot)))
    }

    /// The font in the baked form of a [`Strike`](super::Strike).
    pub fn strike(&self) -> Vec<u8> {
        bake::pack(self.height, self.glyphs())
            .expect("its glyphs are as the form wants them, and were counted as they came in")
    }

    fn at(&self, slot: Slot) -> Glyph<'_> {
        let start = slot.start as usize;
        let length = usize::from(slot.width.div_ceil(8)) * usize::from(self.height);
        Glyph {
            width: slot.width,
            rows: &self.rows[start..start + length],
        }
    }
}

/// Two fonts are equal that show the same, in whatever order their files have it.
impl PartialEq for BitmapFont {
    fn eq(&self, other: &Self) -> bool {
        let cells = |font: &Self| (font.height, font.ascent, font.left_out.clone());
        cells(self) == cells(other) && self.glyphs().eq(other.glyphs())
    }
}

impl Eq for BitmapFont {}

/// Reads a BDF or a PCF file, whichever it is by its first bytes.
///
/// # Errors
/// What is wrong with it, and where.
pub fn read(bytes: &[u8]) -> Result<BitmapFont, BitmapFault> {
    if bytes.starts_with(&pcf::MAGIC) {
        pcf::read(bytes).map_err(BitmapFault::Pcf)
    } else {
        bdf::read(bytes).map_err(BitmapFault::Bdf)
    }
}
