//! Chinese bitmap type: glyphs, lines, pages.

mod baking;
mod bitmap;
mod breaks;
mod every;
mod faces;
mod gate;
mod glyphs;
mod masks;
mod pages;
mod phrases;
mod pictures;
mod setting;
mod strikes;
mod vertical;

use yingbi::text::{Align, Compositor, Mask, Page, Style, Type};

/// Sixteen dots, at the left edge, nothing between lines.
fn plain() -> Style {
    Style {
        kind: Type::default(),
        leading: 0,
        align: Align::Left,
        indent: 0,
        hang: 0,
        vertical: false,
    }
}

/// The pages of some paragraphs.
fn pages<'a>(paragraphs: impl IntoIterator<Item = &'a str>, style: &Style, width: u32, height: u32) -> Vec<Page> {
    Compositor::default().pages(paragraphs, style, width, height)
}

/// A text in one line, as a mask.
fn line(text: &str, style: &Style) -> Mask {
    let compositor = Compositor::default();
    compositor.mask(&compositor.line(text, style.kind), style.kind)
}

/// A character in the whole of its cell.
fn cell(character: char) -> Mask {
    let shape = Type::default().shape(character).expect("a glyph");
    let mut mask = Mask::new(shape.advance.into(), 16);
    mask.ink(shape.x.into(), shape.y.into(), shape.glyph, shape.scale);
    mask
}

/// The first character that is neither drawn nor dropped.
fn missing(text: &str) -> Option<(usize, char)> {
    Compositor::default().missing(text)
}

/// What each line says when `text` is set `width` hanzi wide.
fn lines(text: &str, width: u32) -> Vec<String> {
    texts(&pages([text], &plain(), width * 16, 16))
}

/// What each line of the pages says.
fn texts(pages: &[Page]) -> Vec<String> {
    let lines = pages.iter().flat_map(|page| &page.lines);
    lines.map(|line| line.text.to_string()).collect()
}

/// The mask as rows of `#` and `.`.
fn drawn(mask: &Mask) -> String {
    let row = |y| (0..mask.width()).map(move |x| if mask.dot(x, y) { '#' } else { '.' });
    (0..mask.height())
        .map(|y| row(y).chain(['\n']).collect::<String>())
        .collect()
}
