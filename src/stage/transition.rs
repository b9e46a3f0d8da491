//! How one page gives way to the next: fades in integers, pushes by whole LEDs.

use super::window::Window;
use crate::{
    frame::Frame,
    playlist::Effect,
    units::{Area, Ticks},
};

/// How far a change has come.
///
/// A change of `n` ticks has `n` pictures between the old page and the new one, evenly spaced: on its `k`-th tick (from 0) it has
/// come `(k + 1) / (n + 1)` of the way, so that the steps from the old page and to the new one are as long as those between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    done: i64,
    of: i64,
}

impl Step {
    /// The step `elapsed` ticks after the first one of a change of `length`; `None` once it is over. Before its first tick it
    /// has not moved.
    pub(super) fn new(elapsed: Ticks, length: Ticks) -> Option<Self> {
        (elapsed.0 < length.0).then(|| Self {
            done: (elapsed.0.saturating_add(1)).max(0),
            of: length.0.saturating_add(1),
        })
    }

    /// That much of `whole`, rounded down.
    fn part(self, whole: u32) -> u32 {
        let part = i128::from(whole) * i128::from(self.done) / i128::from(self.of);
        u32::try_from(part).unwrap_or(whole).min(whole)
    }

    /// The parts of [`Frame::WHOLE`] that a fade shows of the new page.
    pub(super) fn weight(self) -> u16 {
        u16::try_from(self.part(u32::from(Frame::WHOLE))).unwrap_or(Frame::WHOLE)
    }

    /// Where the old page and the new one lie in `area`: the new one comes from below for [`Effect::Rise`], from the right otherwise.
    pub(super) fn windows(self, effect: Effect, area: Area) -> [Window; 2] {
        let (whole, mut old, mut new) = (Window::of(area), area, area);
        if effect == Effect::Rise {
            new.height = self.part(area.height);
            old.height -= new.height;
            new.y += old.height;
            let gone = whole.y - i64::from(new.height);
            return [
                Window {
                    y: gone,
                    clip: old,
                    ..whole
                },
                Window::of(new),
            ];
        }
        new.width = self.part(area.width);
        old.width -= new.width;
        new.x += old.width;
        let gone = whole.x - i64::from(new.width);
        [
            Window {
                x: gone,
                clip: old,
                ..whole
            },
            Window::of(new),
        ]
    }
}
