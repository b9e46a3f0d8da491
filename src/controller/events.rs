//! What a session noticed, until somebody asks.

use std::collections::VecDeque;

use super::Event;

/// Events kept for a caller that does not ask; then the oldest gives way.
const MOST: usize = 16;

/// Events that nobody has asked for yet.
#[derive(Debug, Default)]
pub(super) struct Events(VecDeque<Event>);

impl Events {
    /// None yet.
    pub(super) const fn new() -> Self {
        Self(VecDeque::new())
    }

    /// Keeps `event` behind those before it.
    pub(super) fn note(&mut self, event: Event) {
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(event);
    }

    /// The oldest one.
    pub(super) fn next(&mut self) -> Option<Event> {
        self.0.pop_front()
    }
}
