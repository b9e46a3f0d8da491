//! Which parts of a paragraph are emphasised, noted while it is read.

use std::{ops::Range, sync::Arc};

/// The emphasis of the paragraph that is being read.
#[derive(Default)]
pub(super) struct Emphasis {
    /// What has ended, in order.
    spans: Vec<Range<usize>>,
    /// Where what has not begins, and how many begin there or inside.
    open: Option<usize>,
    depth: u32,
}

impl Emphasis {
    /// Emphasis begins at the byte `at`.
    pub(super) fn begin(&mut self, at: usize) {
        self.open.get_or_insert(at);
        self.depth += 1;
    }

    /// Emphasis ends before the byte `at`.
    pub(super) fn end(&mut self, at: usize) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 {
            self.close(at);
        }
    }

    /// The text is no longer than `length` bytes now.
    pub(super) fn truncate(&mut self, length: usize) {
        self.open = self.open.map(|at| at.min(length));
        for span in &mut self.spans {
            *span = span.start.min(length)..span.end.min(length);
        }
    }

    /// What a paragraph of `length` bytes has of it; what has not ended goes on in the next one.
    pub(super) fn take(&mut self, length: usize) -> Self {
        self.close(length);
        Self {
            spans: std::mem::take(&mut self.spans),
            open: std::mem::replace(&mut self.open, (self.depth > 0).then_some(0)),
            depth: self.depth,
        }
    }

    /// The same in the text of `length` bytes that begins at the byte `lead` and now stands after `before` others.
    pub(super) fn moved(&self, lead: usize, before: usize, length: usize) -> Arc<[Range<u32>]> {
        let inside = |at: usize| u32::try_from(at.saturating_sub(lead).min(length) + before).unwrap_or(u32::MAX);
        let mut moved: Vec<Range<u32>> = Vec::new();
        for span in self.spans.iter().map(|span| inside(span.start)..inside(span.end)) {
            match moved.last_mut() {
                _ if span.is_empty() => {}
                Some(last) if last.end == span.start => last.end = span.end,
                _ => moved.push(span),
            }
        }
        moved.into()
    }

    fn close(&mut self, at: usize) {
        if let Some(start) = self.open.take() {
            self.spans.push(start..at);
        }
    }
}
