//! From text to lines and pages.

use std::sync::Arc;

use super::{mask::Mask, strike::Strike};

/// How text is set.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The glyphs.
    pub strike: Strike,
    /// Every dot becomes `scale` by `scale` LEDs, 1 to 8.
    pub scale: u8,
    /// LEDs between two lines.
    pub leading: u32,
    /// Where lines lie in the width.
    pub align: Align,
    /// LEDs by which the first line of a paragraph is indented.
    pub indent: u32,
}

/// Where a line lies in the width that it is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle, rounded to the left.
    Centre,
    /// At the right edge.
    Right,
}

/// Lines that fit one height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Top down.
    pub lines: Vec<Line>,
}

/// One line of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// LEDs from the left edge of the box to its first dot's cell.
    pub x: u32,
    /// LEDs from the top edge of the box.
    pub y: u32,
    /// Its width in LEDs.
    pub width: u32,
    /// What it says.
    pub text: Arc<str>,
}

/// Breaks `paragraphs` (each may hold forced breaks, `\n`) into pages of `width` by `height` LEDs.
///
/// There is at least one page, and at least one line a page however low the box. Characters without a glyph take no room; see
/// [`missing`].
pub fn pages<'a>(paragraphs: impl IntoIterator<Item = &'a str>, style: &Style, width: u32, height: u32) -> Vec<Page> {
    let _ = (paragraphs.into_iter().count(), style, width, height);
    Vec::new()
}

/// The whole of `text` as one line of type, as a ticker needs it; `\n` becomes a space.
pub fn line(text: &str, style: &Style) -> Mask {
    let _ = (text, style);
    Mask::new(0, 0)
}

/// The first character of `text` that is neither drawn nor dropped by rule, with its byte offset.
pub fn missing(text: &str, strike: Strike) -> Option<(usize, char)> {
    let _ = (text, strike);
    None
}

impl Page {
    /// The page's type on a mask of `width` by `height` LEDs.
    pub fn mask(&self, style: &Style, width: u32, height: u32) -> Mask {
        let _ = style;
        Mask::new(width, height)
    }
}
