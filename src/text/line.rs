//! A line of set type: every character at its place.

use std::sync::Arc;

/// One line, set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// LEDs from the left edge of the box.
    pub x: u32,
    /// LEDs from the top edge of the box.
    pub y: u32,
    /// LEDs from the left edge of its first character to the right edge of its last one.
    pub width: u32,
    /// What it says.
    pub text: Arc<str>,
    /// Its characters, from left to right.
    pub glyphs: Arc<[Placed]>,
}

/// One character of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// LEDs from the line's left edge to the cell's; negative where the blank of an opening mark is trimmed away.
    pub x: i32,
    /// LEDs from the line's top edge; 0 but in columns.
    pub y: i32,
    /// Whether it lies on its side, its foot to the left.
    pub turned: bool,
    /// The character.
    pub character: char,
    /// The byte of the paragraph at which it stands.
    pub at: u32,
}
