//! Chinese bitmap type: glyphs, lines, pages.

mod baking;
mod bitmap;
mod breaks;
mod cases;
mod faces;
mod glyphs;
mod masks;
mod pages;
mod strikes;

use yingbi::text::{Align, Mask, Page, Strike, Style, pages};

/// Sixteen dots, at the left edge, nothing between lines.
fn plain() -> Style {
    Style {
        strike: Strike::sixteen(),
        scale: 1,
        leading: 0,
        align: Align::Left,
        indent: 0,
    }
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
