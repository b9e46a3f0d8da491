//! From byte offsets to lines and columns.

use std::{ops::Range, sync::Arc};

/// A place in a file, as an editor counts it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The character of the line, from 1.
    pub column: u32,
    /// How many characters of the line are meant, at least 1.
    pub length: u32,
    /// The line's text around the place, at most [`Place::EXCERPT`] characters of it.
    pub excerpt: Arc<str>,
    /// Which character of the excerpt is the first one meant, from 0.
    pub offset: u32,
}

impl Place {
    /// The longest excerpt, in characters: one terminal line, however long the file's line is.
    pub const EXCERPT: usize = 76;
}

/// A decoded text with the name of its file: what spans refer to.
#[derive(Clone, Debug)]
pub struct Source {
    file: Arc<str>,
    text: Arc<str>,
}

impl Source {
    /// The text of `file`.
    pub fn new(file: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self {
            file: file.into(),
            text: text.into(),
        }
    }

    /// The file's name, relative to the site.
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// The whole text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The place of the bytes `span`; offsets past the end or inside a character are moved back to the nearest boundary.
    pub fn place(&self, span: Range<usize>) -> Place {
        let start = self.boundary(span.start);
        let end = self.boundary(span.end).max(start);
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.text[line_start..].lines().next().unwrap_or_default();
        let column = self.text[line_start..start].chars().count();
        let length = self.text[start..end]
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            .max(1);
        let skipped = column.saturating_sub(Place::EXCERPT / 2);
        let excerpt: String = line.chars().skip(skipped).take(Place::EXCERPT).collect();
        Place {
            line: count(before.matches('\n').count() + 1),
            column: count(column + 1),
            length: count(length.min(Place::EXCERPT - (column - skipped).min(Place::EXCERPT - 1))),
            excerpt: excerpt.into(),
            offset: count(column - skipped),
        }
    }

    fn boundary(&self, at: usize) -> usize {
        self.text.floor_char_boundary(at.min(self.text.len()))
    }
}

fn count(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
