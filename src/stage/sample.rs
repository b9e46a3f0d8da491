//! A text in parts, set as a whole: how each part looks there, and what lies between two of them.

use std::{borrow::Cow, ops::Range};

use embedded_graphics::pixelcolor::Rgb888;

use super::ink::Ink;
use crate::text::{Compositor, Line, Placed, Type};

/// A text that changes, as it is set at some instant: from it come the pieces that do not, and the spaces between all of them.
pub(super) struct Sample<'a> {
    compositor: &'a Compositor,
    kind: Type,
    line: Line,
    /// The glyphs of each part.
    parts: Vec<Range<usize>>,
}

impl<'a> Sample<'a> {
    /// `parts` set as one line of `kind`.
    pub(super) fn new(compositor: &'a Compositor, kind: Type, parts: impl Iterator<Item = Cow<'a, str>>) -> Self {
        let mut text = String::new();
        let ends: Vec<usize> = parts
            .map(|part| {
                text.push_str(&part);
                text.len()
            })
            .collect();
        let line = compositor.line(&text, kind);
        let mut start = 0;
        let glyphs = |end: &usize| {
            let end = line.glyphs.partition_point(|glyph| (glyph.at as usize) < *end);
            let range = start..end;
            start = end;
            range
        };
        let parts = ends.iter().map(glyphs).collect();
        Self {
            compositor,
            kind,
            line,
            parts,
        }
    }

    /// The part at `at`, up to where the next one begins.
    pub(super) fn ink(&self, at: usize, colour: Rgb888) -> Ink {
        let range = self.parts[at].clone();
        let (left, right) = (self.left(range.start), self.left(range.end));
        let shift = |placed: &Placed| Placed {
            x: placed.x - left,
            ..*placed
        };
        let part = Line {
            width: u32::try_from(right - left).unwrap_or(0),
            glyphs: self.line.glyphs[range].iter().map(shift).collect(),
            ..Line::default()
        };
        Ink::new(&self.compositor.mask(&part, self.kind), colour)
    }

    /// LEDs after the part at `at` that are neither its own nor the next one's.
    pub(super) fn space(&self, at: usize) -> u32 {
        let range = self.parts[at].clone();
        let Some(last) = range.end.checked_sub(1).filter(|last| range.contains(last)) else {
            return 0;
        };
        let glyph = self.line.glyphs[last];
        let advance = self
            .compositor
            .shape(self.kind, glyph.character)
            .map_or(0, |shape| shape.advance);
        u32::try_from(self.left(range.end) - glyph.x - i32::from(advance)).unwrap_or(0)
    }

    /// Where the glyph at `at` begins: the first one at the line's edge, whatever blank of it is trimmed; past the last one, its end.
    fn left(&self, at: usize) -> i32 {
        match self.line.glyphs.get(at) {
            Some(_) if at == 0 => 0,
            Some(glyph) => glyph.x,
            None => i32::try_from(self.line.width).unwrap_or(i32::MAX),
        }
    }
}
