//! Stretches of a rule's text that know where they stand in it.

use std::ops::Range;

use super::fault::{Problem, RuleFault};

/// The longest quotation in a message, in characters.
const QUOTED: usize = 40;

/// A stretch of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Piece<'t> {
    /// The whole of `text`.
    pub(super) const fn whole(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) const fn text(self) -> &'t str {
        self.text
    }

    /// Its bytes in the whole text.
    pub(super) const fn span(self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    /// The bytes from `start` to `end` of this one.
    pub(super) fn part(self, part: Range<usize>) -> Self {
        Self {
            at: self.at + part.start,
            text: &self.text[part],
        }
    }

    /// Without the blanks at its ends.
    pub(super) fn trimmed(self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        self.part(start..start.max(self.text.trim_end().len()))
    }

    /// What stands between each `sign` and the next, trimmed.
    pub(super) fn split(self, sign: char) -> impl Iterator<Item = Self> {
        let mut at = self.at;
        self.text.split(sign).map(move |text| {
            let piece = Self { text, at }.trimmed();
            at += text.len() + sign.len_utf8();
            piece
        })
    }

    /// What stands before and after the first `sign`, trimmed.
    pub(super) fn divided(self, sign: char) -> Option<(Self, Self)> {
        let at = self.text.find(sign)?;
        let after = self.part(at + sign.len_utf8()..self.text.len());
        Some((self.part(0..at).trimmed(), after.trimmed()))
    }

    /// Whether it is `word`, in capitals or not.
    pub(super) fn is(self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    /// Its beginning, for a message.
    pub(super) fn quoted(self) -> String {
        self.text.chars().take(QUOTED).collect()
    }

    /// `problem` of it.
    pub(super) fn fault(self, problem: Problem) -> RuleFault {
        RuleFault {
            span: self.span(),
            problem,
        }
    }
}
