//! The way of a text that runs: the first screenful held, to the left until its last column is seen, the end held.

use crate::units::{Motion, Rate, Speed, Ticks};
use jiff::SignedDuration;

/// How long the first screenful is held at least.
const FIRST: SignedDuration = SignedDuration::from_secs(2);

/// How long the last one is held.
const LAST: SignedDuration = SignedDuration::from_secs(1);

/// One run of a text, again and again: where it is, tick by tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Course {
    /// LEDs that it runs.
    distance: u32,
    speed: Speed,
    first: Ticks,
    last: Ticks,
}

impl Course {
    /// The run of type of `dots` over `distance` LEDs, on a screen of `rate`.
    pub(super) fn new(distance: u32, dots: u16, motion: Motion, rate: Rate) -> Self {
        Self {
            distance,
            speed: motion.speed(dots, rate),
            first: rate.ticks(FIRST),
            last: rate.ticks(LAST),
        }
    }

    /// How far and how fast it runs, and how long it is held before and after.
    pub(super) const fn parts(&self) -> (u32, Speed, Ticks, Ticks) {
        (self.distance, self.speed, self.first, self.last)
    }

    /// How long one run takes.
    pub(super) fn length(&self) -> Ticks {
        self.first + self.speed.ticks(self.distance) + self.last
    }

    /// The column of the text at the left edge, `elapsed` ticks after its first run began: 0 before.
    pub(super) fn offset(&self, elapsed: Ticks) -> u32 {
        if elapsed < Ticks::ZERO {
            return 0;
        }
        let within = Ticks(elapsed.0 % self.length().0);
        let run = self.speed.run(within - self.first);
        // Between two `u32`s once it is clamped.
        run.clamp(0, self.distance.into()) as u32
    }
}
