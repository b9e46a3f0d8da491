//! How one page gives way to the next: fades in integers, pushes by whole LEDs.

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
}

/// Paints `area` of `frame` as it looks at `step` of `effect`; `outgoing` and `incoming` have the area's size. Allocates nothing.
pub(super) fn paint(effect: Effect, step: Step, outgoing: &Frame, incoming: &Frame, frame: &mut Frame, area: Area) {
    let (x, y) = (i64::from(area.x), i64::from(area.y));
    match effect {
        Effect::Cut => frame.copy_frame(incoming, x, y),
        Effect::Fade => {
            frame.copy_frame(outgoing, x, y);
            let weight = step.part(u32::from(Frame::WHOLE));
            frame.blend(incoming, area, u16::try_from(weight).unwrap_or(Frame::WHOLE));
        }
        Effect::Push => {
            let moved = step.part(area.width);
            let rest = Area::new(moved, 0, area.width - moved, area.height);
            frame.copy_area(outgoing, rest, x, y);
            let seen = Area::new(0, 0, moved, area.height);
            frame.copy_area(incoming, seen, x + i64::from(area.width - moved), y);
        }
        Effect::Rise => {
            let moved = step.part(area.height);
            let rest = Area::new(0, moved, area.width, area.height - moved);
            frame.copy_area(outgoing, rest, x, y);
            let seen = Area::new(0, 0, area.width, moved);
            frame.copy_area(incoming, seen, x, y + i64::from(area.height - moved));
        }
    }
}
