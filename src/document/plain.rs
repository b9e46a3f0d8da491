//! From what people type to plain TOML, with the way back.
//!
//! TOML's bare keys are ASCII, and a Chinese keyboard yields `＝`, `“` and `，` where it wants `=`, `"` and `,`. Outside strings and
//! comments, bare Chinese keys are put between quotes (that is a courtesy, no problem), and full-width signs are replaced by the
//! signs that belong there, each told once. Inside strings and comments nothing is touched. Everything keeps its line.

use std::ops::Range;

use super::syntax::SyntaxFault;

mod scan;
mod sign;

/// Plain TOML made of a part of a text.
pub(super) struct Plain {
    text: String,
    /// From each plain offset on, the offset in the user's text; ascending in both.
    steps: Vec<(usize, usize)>,
    end: usize,
    faults: Vec<(Range<usize>, SyntaxFault)>,
}

impl Plain {
    /// The plain form of the bytes `part` of `text`.
    pub(super) fn of(text: &str, part: Range<usize>) -> Self {
        scan::scan(&text[part.clone()], part.start)
    }

    /// The plain form of a text of `length` bytes that is no TOML at all: every place is its own.
    pub(super) fn none(length: usize) -> Self {
        Self {
            text: String::new(),
            steps: vec![(0, 0)],
            end: length,
            faults: Vec::new(),
        }
    }

    /// The plain TOML.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What was repaired, at its bytes of the user's text.
    pub(super) fn faults(&self) -> &[(Range<usize>, SyntaxFault)] {
        &self.faults
    }

    /// The bytes of the user's text that `span` came from.
    pub(super) fn origin(&self, span: Range<usize>) -> Range<usize> {
        let start = self.back(span.start);
        start..self.back(span.end).max(start)
    }

    fn back(&self, at: usize) -> usize {
        let step = self.steps.partition_point(|(plain, _)| *plain <= at);
        let (plain, origin) = self.steps[step.saturating_sub(1)];
        let next = self.steps.get(step).map_or(self.end, |(_, origin)| *origin);
        (origin + at.saturating_sub(plain)).min(next)
    }
}
