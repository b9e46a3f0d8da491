//! A text that stands still where it fits, and runs where it does not.
//!
//! The ladder: the largest size in which all fits the box, in as many lines as that holds; at the least size, lines that stand closer. A title has lines of its own where there are
//! two or more, else all is one text, broken by sense. Only what fits at no size runs, in one line as large as the box is high.

use embedded_graphics::pixelcolor::Rgb888;

use super::{
    boxes::Block,
    compose::characters,
    content::{Content, Extent},
    fit,
    join::{self, Piece},
    ticker::{CONTENT, NARROWEST},
};
use crate::{
    text::{Compositor, Line, Placed, Style, Type},
    units::Area,
};

/// So many characters may run for each page that the content may take.
const PAGE: usize = 40;

/// A text as it is set in its box.
#[derive(Clone, Debug)]
pub(super) struct Banner {
    pub(super) style: Style,
    /// Its type by colour, placed in the box; where it runs, from the box's left edge to far beyond its right one.
    pub(super) lines: Vec<(Line, Rgb888)>,
    /// LEDs by which it is longer than its box: it runs where that is not 0.
    pub(super) distance: u32,
    /// How many characters of it are shown.
    pub(super) characters: usize,
    /// How many pages all of it would take: more than one where some is left out.
    pub(super) whole: usize,
}

/// What is set.
struct Copy<'a> {
    compositor: &'a Compositor,
    block: &'a Block,
    area: Area,
}

/// Sets what `block` shows of `content` in a box of `area`; `None` where that is nothing.
pub(super) fn set(compositor: &Compositor, block: &Block, content: &Content, area: Area) -> Option<Banner> {
    let pieces = join::pieces(block, content);
    if pieces.is_empty() {
        return None;
    }
    let copy = Copy {
        compositor,
        block,
        area,
    };
    copy.still(&pieces)
        .or_else(|| Some(copy.running(&pieces, &content.extent)))
}

impl Copy<'_> {
    /// All of `pieces` in the box at the largest size in which they fit; `None` where they fit at none.
    fn still(&self, pieces: &[Piece]) -> Option<Banner> {
        let count = count(pieces);
        // No more characters than that stand in any box, so that a book is not set seven times to find out.
        let rows = (self.area.height / u32::from(Type::default().dots())).max(1);
        if count > (self.area.width / NARROWEST * rows) as usize {
            return None;
        }
        let sizes = self.block.sizes(self.area);
        let closer = sizes.last().map(|dots| Style {
            leading: self.block.least_leading(),
            ..self.block.style(*dots)
        });
        let styles = sizes.iter().map(|dots| self.block.style(*dots)).chain(closer);
        let mut set = styles.map(|style| {
            let lines = self.apart(pieces, &style).or_else(|| self.lines(pieces, &style))?;
            Some(self.banner(style, lines, count))
        });
        set.find_map(|banner| banner)
    }

    /// The title in lines of its own, and what follows it below; `None` where that is too much, or there is no such title.
    fn apart(&self, pieces: &[Piece], style: &Style) -> Option<Vec<(Line, Rgb888)>> {
        let (head, rest) = pieces
            .split_first()
            .filter(|(head, rest)| head.is_head() && !rest.is_empty())?;
        let mut lines = self.lines(std::slice::from_ref(head), style)?;
        let below = self.lines(rest, style)?;
        let top = bottom(&lines) + style.line_height() + style.leading;
        lines.extend(below.into_iter().map(|(line, colour)| (lowered(line, top), colour)));
        (bottom(&lines) + style.line_height() <= self.area.height).then_some(lines)
    }

    /// `pieces` as one text, from the top of the box; `None` where that is too much.
    fn lines(&self, pieces: &[Piece], style: &Style) -> Option<Vec<(Line, Rgb888)>> {
        let (text, spans) = joined(pieces, self.block.accent);
        let lines = self.compositor.lines(&text, style, self.area.width);
        let most = style.lines_in(self.area.height) as usize;
        if lines.len() > most || lines.iter().any(|line| line.width > self.area.width) {
            return None;
        }
        let pitch = style.line_height() + style.leading;
        let placed = (0..).zip(lines).map(|(row, line)| lowered(line, row * pitch));
        Some(placed.flat_map(|line| coloured(&line, &spans)).collect())
    }

    /// As much of `pieces` as may run, in one line.
    fn running(&self, pieces: &[Piece], extent: &Extent) -> Banner {
        let style = self.block.style(fit::size_for_line(self.block.size, self.area.height));
        let all = count(pieces);
        let least = Type::default().dots();
        let held = (self.area.width / u32::from(least)) as usize * (self.area.height / u32::from(least)) as usize;
        let pages = usize::from(extent.pages.clamp(1, Extent::LIMIT));
        let longest = (CONTENT / style.line_height()) as usize;
        let most = (pages * PAGE).max(held).min(longest.saturating_sub(PAGE));
        let shown = join::shorten(self.compositor, pieces, most, self.block, extent);
        let (text, spans) = joined(&shown, self.block.accent);
        let line = self.compositor.line(&text, style.kind);
        let whole = if all > most { all.div_ceil(PAGE).max(2) } else { 1 };
        Banner {
            distance: line.width.saturating_sub(self.area.width),
            whole,
            ..self.banner(style, coloured(&line, &spans), count(&shown))
        }
    }

    /// `lines` from the top of the box, moved to where it wants them.
    fn banner(&self, style: Style, lines: Vec<(Line, Rgb888)>, characters: usize) -> Banner {
        let height = bottom(&lines) + style.line_height();
        let down = fit::offset(self.block.valign, self.area.height, height);
        let lines = lines.into_iter().map(|(line, colour)| (lowered(line, down), colour));
        Banner {
            style,
            lines: lines.collect(),
            distance: 0,
            characters,
            whole: 1,
        }
    }
}

/// One text of all `pieces`, and its colours, each up to a byte of it.
fn joined(pieces: &[Piece], accent: Rgb888) -> (String, Vec<(usize, Rgb888)>) {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        let start = text.len();
        text.push_str(&piece.text);
        if let Some(next) = pieces.get(at + 1) {
            text.push_str(join::joint(piece, next));
        }
        let colours = piece.colours(accent).into_iter();
        spans.extend(colours.map(|(end, colour)| (end.saturating_add(start).min(text.len()), colour)));
    }
    (text, spans)
}

/// `line` in parts of one colour each, every one at its place.
fn coloured(line: &Line, spans: &[(usize, Rgb888)]) -> Vec<(Line, Rgb888)> {
    let colour_of = |glyph: &Placed| spans[spans.partition_point(|(end, _)| *end <= glyph.at as usize)].1;
    let mut parts = Vec::new();
    let mut start = 0;
    for glyphs in line.glyphs.chunk_by(|one, next| colour_of(one) == colour_of(next)) {
        let end = start + glyphs.len();
        let (left, right) = (left(line, start), left(line, end));
        let shifted = |glyph: &Placed| Placed {
            x: glyph.x - left,
            ..*glyph
        };
        let part = Line {
            x: line.x.saturating_add_signed(left),
            y: line.y,
            width: u32::try_from(right - left).unwrap_or(0),
            text: glyphs.iter().map(|glyph| glyph.character).collect::<String>().into(),
            glyphs: glyphs.iter().map(shifted).collect(),
        };
        parts.push((part, colour_of(&glyphs[0])));
        start = end;
    }
    parts
}

/// Where the glyph at `at` begins; its line's edges before the first and past the last one.
fn left(line: &Line, at: usize) -> i32 {
    match line.glyphs.get(at) {
        Some(_) if at == 0 => 0,
        Some(glyph) => glyph.x,
        None => i32::try_from(line.width).unwrap_or(i32::MAX),
    }
}

/// The top of the lowest line.
fn bottom(lines: &[(Line, Rgb888)]) -> u32 {
    lines.iter().map(|(line, _)| line.y).max().unwrap_or(0)
}

fn lowered(line: Line, down: u32) -> Line {
    Line {
        y: line.y + down,
        ..line
    }
}

fn count(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| characters(&piece.text)).sum()
}
