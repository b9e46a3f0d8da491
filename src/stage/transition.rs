//! How one page gives way to the next: fades in integers, pushes by whole LEDs.

use crate::{
    frame::Frame,
    playlist::Effect,
    units::{Area, Size, Ticks},
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

/// Mixes `incoming`, which has the area's size, into what is on `area` of `frame`. Allocates nothing.
pub(super) fn fade(step: Step, incoming: &Frame, frame: &mut Frame, area: Area) {
    let weight = step.part(u32::from(Frame::WHOLE));
    frame.blend(incoming, area, u16::try_from(weight).unwrap_or(Frame::WHOLE));
}

/// Paints `area` of `frame` with a part of `outgoing` and, moving in below it for [`Effect::Rise`] and on its right otherwise, a part
/// of `incoming`; both have the area's size. Allocates nothing.
pub(super) fn shift(effect: Effect, step: Step, outgoing: &Frame, incoming: &Frame, frame: &mut Frame, area: Area) {
    let Size { width, height } = area.size();
    let (rest, seen) = if effect == Effect::Rise {
        let moved = step.part(height);
        (
            Area::new(0, moved, width, height - moved),
            Area::new(0, 0, width, moved),
        )
    } else {
        let moved = step.part(width);
        (
            Area::new(moved, 0, width - moved, height),
            Area::new(0, 0, moved, height),
        )
    };
    let (right, down) = (width - seen.width, height - seen.height);
    frame.copy_area(outgoing, rest, area.x.into(), area.y.into());
    frame.copy_area(incoming, seen, (area.x + right).into(), (area.y + down).into());
}
