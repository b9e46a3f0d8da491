//! Chinese bitmap type: glyphs, lines, pages.

mod baking;
mod breaks;
mod faces;
mod glyphs;
mod masks;
mod pages;
mod setting;
mod vertical;

use yingbi::text::{self, Align, Bond, Compositor, Mask, Page, Style, Type};

/// Sixteen dots, at the left edge, nothing between lines.
fn plain() -> Style {
    Style {
        kind: Type::default(),
        leading: 0,
        align: Align::Left,
        indent: 0,
        hang: 0,
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

/// What each line says when `text` is broken by the rules alone, `width` hanzi wide: no mark is squeezed, no line shared out. ASCII takes
/// half a cell, everything else a whole one.
fn lines(text: &str, width: u32) -> Vec<String> {
    text.split('\n').flat_map(|part| broken(part, 2 * width)).collect()
}

fn broken(part: &str, room: u32) -> Vec<String> {
    let characters: Vec<char> = part.chars().collect();
    let halves = |from: &[char]| from.iter().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>();
    let solid = |line: &[char]| line.iter().collect::<String>().trim_end().chars().count();
    let fits = |line: &[char]| halves(&line[..solid(line)]) <= room;
    let mut bonds = text::bonds(part);
    let mut start = 0;
    while start < characters.len() {
        // A word that no line holds breaks inside.
        let end = start + bonds[start..].iter().take_while(|bond| **bond >= Bond::Word).count();
        if !fits(&characters[start..=end]) {
            let words = bonds[start..end].iter_mut().filter(|bond| **bond == Bond::Word);
            words.for_each(|bond| *bond = Bond::Free);
        }
        start = end + 1;
    }
    let (mut lines, mut start) = (Vec::new(), 0);
    while start < characters.len() || lines.is_empty() {
        let ends = (start + 1..=characters.len()).take_while(|end| *end == start + 1 || fits(&characters[start..*end]));
        let bond = |end: usize| bonds.get(end - 1).copied().filter(|_| end < characters.len());
        let end = ends.min_by_key(|end| (bond(*end), std::cmp::Reverse(*end)));
        let end = end.unwrap_or(characters.len());
        let line = &characters[start..end];
        lines.push(line[..solid(line)].iter().collect());
        start = end;
    }
    lines
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
