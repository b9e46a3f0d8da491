//! From text to pages.

use std::sync::Arc;

use super::{
    class::dropped,
    fill::{Filled, fill},
    mask::Mask,
    strike::Strike,
    style::{Align, Style, shown},
};

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
/// There is at least one page, at least one line a page however low the box, and at least one character a line however narrow.
/// Joined, the lines are the text without: white space at a line's end, white space at the start of a paragraph where the style
/// indents it, and characters dropped by rule (controls, zero-width and direction marks, variation selectors). Characters without
/// a glyph take no room; see [`missing`].
pub fn pages<'a>(paragraphs: impl IntoIterator<Item = &'a str>, style: &Style, width: u32, height: u32) -> Vec<Page> {
    let mut lines: Vec<Line> = paragraphs
        .into_iter()
        .flat_map(|paragraph| paragraph_lines(paragraph, style, width))
        .collect();
    if lines.is_empty() {
        lines = paragraph_lines("", style, width);
    }
    let pitch = style.line_height().saturating_add(style.leading);
    lines
        .chunks_mut(style.lines_in(height) as usize)
        .map(|lines| {
            let tops = (0u32..).map(|index| index.saturating_mul(pitch));
            lines.iter_mut().zip(tops).for_each(|(line, top)| line.y = top);
            Page { lines: lines.to_vec() }
        })
        .collect()
}

/// The lines of one paragraph, each still at the top.
fn paragraph_lines(paragraph: &str, style: &Style, width: u32) -> Vec<Line> {
    let indent = indent(style, width);
    let paragraph = if indent > 0 { paragraph.trim_start() } else { paragraph };
    let mut lines = Vec::new();
    for (index, part) in paragraph.split('\n').enumerate() {
        let first = if index == 0 { indent } else { 0 };
        for (number, filled) in fill(part, style, width - first, width).into_iter().enumerate() {
            lines.push(placed(filled, style.align, if number == 0 { first } else { 0 }, width));
        }
    }
    lines
}

/// The indent that the style asks for, where lines begin at the left edge and a character still fits beside it.
fn indent(style: &Style, width: u32) -> u32 {
    let fits = style.indent.saturating_add(style.line_height()) <= width;
    if style.align == Align::Left && fits {
        style.indent
    } else {
        0
    }
}

fn placed(filled: Filled, align: Align, indent: u32, width: u32) -> Line {
    Line {
        x: indent + align.offset(filled.width, width - indent),
        y: 0,
        width: filled.width,
        text: filled.text,
    }
}

/// The whole of `text` as one line of type, as a ticker needs it; `\n` becomes a space.
pub fn line(text: &str, style: &Style) -> Mask {
    let mut mask = Mask::new(style.width(text), style.line_height());
    style.draw(text, 0, 0, &mut mask);
    mask
}

/// The first character of `text` that is neither drawn nor dropped by rule, with its byte offset.
pub fn missing(text: &str, strike: Strike) -> Option<(usize, char)> {
    text.char_indices()
        .find(|(_, character)| shown(strike, *character).is_none() && !dropped(*character))
}

impl Page {
    /// The page's type on a mask of `width` by `height` LEDs.
    pub fn mask(&self, style: &Style, width: u32, height: u32) -> Mask {
        let mut mask = Mask::new(width, height);
        for line in &self.lines {
            style.draw(&line.text, line.x, line.y, &mut mask);
        }
        mask
    }
}
