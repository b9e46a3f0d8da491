//! How outlines are cut to the dots of one size.

/// How the outlines of a Chinese font are cut to the dots of one size.
///
/// Hanzi fill the cell as the font's em square does. Latin letters in that square would hang out of it below, so they are set on a line
/// of their own: capitals, small letters and what hangs below each get a whole number of dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The height of the cell.
    pub dots: u8,
    /// How much of a dot an outline must cover for it to be lit, of 255.
    pub cover: u8,
    /// Dots above the line on which letters stand; the rest of the cell is below it.
    pub baseline: u8,
    /// The height of capitals and digits in dots.
    pub capital: u8,
    /// The height of small letters without what rises above them, in dots.
    pub small: u8,
    /// The thickness of the dash in dots.
    pub dash: u8,
}

impl Cut {
    /// 24 dots, for strokes of two.
    pub const HEI24: Self = Self {
        dots: 24,
        cover: 110,
        baseline: 20,
        capital: 17,
        small: 13,
        dash: 2,
    };
    /// 32 dots, for strokes of three.
    pub const HEI32: Self = Self {
        dots: 32,
        cover: 112,
        baseline: 26,
        capital: 22,
        small: 16,
        dash: 2,
    };
    /// 48 dots, for strokes of five.
    pub const HEI48: Self = Self {
        dots: 48,
        cover: 118,
        baseline: 39,
        capital: 33,
        small: 24,
        dash: 4,
    };
    /// 24 dots with hairlines of one, for the letters of 宋体.
    pub const SONG24: Self = Self {
        dots: 24,
        cover: 97,
        baseline: 20,
        capital: 17,
        small: 12,
        dash: 1,
    };
}
