//! How bright a screen shines, remembered for the half hour, so that a frame costs a comparison.

use crate::{
    units::{Digest, Level, Tick},
    wall::Wall,
};

/// What was worked out last.
#[derive(Debug, Default)]
pub(super) struct Remembered(Option<Held>);

/// A brightness, and the wall and the ticks for which it holds.
#[derive(Clone, Copy, Debug)]
struct Held {
    wall: Digest,
    from: Tick,
    until: Tick,
    level: Level,
}

impl Remembered {
    /// How bright the screen at that place in the wall's site shines at `tick`.
    pub(super) fn at(&mut self, wall: &Wall, screen: impl FnOnce() -> Option<usize>, tick: Tick) -> Option<Level> {
        let holds = |held: &Held| held.wall == wall.digest() && held.from <= tick && tick < held.until;
        if let Some(held) = self.0.filter(holds) {
            return Some(held.level);
        }
        let shine = wall.shine(screen()?, tick);
        self.0 = Some(Held {
            wall: wall.digest(),
            from: tick,
            until: shine.until,
            level: shine.level,
        });
        Some(shine.level)
    }
}
