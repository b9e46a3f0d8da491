//! How long a work that has been begun will still take: as long for the rest as for what is done, and no word before that says anything.

use std::time::{Duration, Instant};

use crate::{media::film::Progress, units::Share};

/// Before so much of the work is done nothing is estimated.
const LEAST_TIME: Duration = Duration::from_secs(2);
const LEAST_SHARE: f64 = 0.01;

/// One work.
#[derive(Clone, Copy, Debug)]
pub(super) struct Estimate {
    begun: Instant,
    /// When it was heard of last.
    now: Instant,
    /// How much of it was done then, 0 to 1; `None` where nobody can say.
    done: Option<f64>,
}

impl Estimate {
    pub(super) const fn begun(now: Instant) -> Self {
        Self {
            begun: now,
            now,
            done: None,
        }
    }

    pub(super) fn note(&mut self, progress: Progress, now: Instant) {
        let whole = progress.of.filter(|whole| !whole.is_zero());
        let done = whole.map(|whole| (progress.done.as_secs_f64() / whole.as_secs_f64()).min(1.0));
        // Containers that lie about their length shall not make it go back.
        (self.now, self.done) = (now, done.map(|done| done.max(self.done.unwrap_or(0.0))));
    }

    /// How much is done.
    pub(super) fn share(&self) -> Option<Share> {
        // Not 100 before it is at its end.
        self.done.and_then(|done| Share::new((done * 100.0).min(99.0) as u8))
    }

    /// About how many seconds are left.
    pub(super) fn seconds_left(&self) -> Option<u32> {
        let taken = self.now.saturating_duration_since(self.begun);
        let done = self.done.filter(|done| *done >= LEAST_SHARE && taken >= LEAST_TIME)?;
        Some((taken.as_secs_f64() * (1.0 - done) / done).ceil() as u32)
    }
}
