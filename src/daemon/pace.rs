//! Which tick comes next, and when.
//!
//! Each tick is worked out anew from the time of day, so that nothing adds up over the years and a step of the clock is taken at the
//! very next tick, forward or back. Between two ticks we sleep by the monotonic clock. A tick that we come too late for is
//! skipped; late frames are never shown in a bunch.

use jiff::Timestamp;

use crate::units::{Moment, Rate, Tick};

/// Paces one screen.
#[derive(Clone, Debug)]
pub struct Pacer {
    rate: Rate,
    last: Option<Tick>,
    skipped: u64,
}

impl Pacer {
    /// A pacer that has given out no tick yet.
    pub const fn new(rate: Rate) -> Self {
        Self {
            rate,
            last: None,
            skipped: 0,
        }
    }

    /// The next tick and the moment at which it comes, when the time of day is `now` and the moment `moment`. The first tick is the
    /// present one, at once: a screen that was just started waits for nothing.
    pub fn plan(&mut self, now: Timestamp, moment: Moment) -> (Tick, Moment) {
        let present = self.rate.tick_at(now);
        let Some(last) = self.last else {
            return (present, moment);
        };
        // A sleep may end a little before its tick by a clock that is being slewed; that tick was given out already.
        let next = if present.next() == last {
            last.next()
        } else {
            present.next()
        };
        let left = self.rate.timestamp(next).duration_since(now).unsigned_abs();
        (next, moment + left)
    }

    /// The tick to paint after the sleep for `planned` ended at `now`: a later one where we come too late.
    pub fn wake(&mut self, planned: Tick, now: Timestamp) -> Tick {
        let present = self.rate.tick_at(now);
        if self.last.is_some() && present > planned {
            self.skipped += present.since(planned).0.unsigned_abs();
        }
        let tick = planned.max(present);
        self.last = Some(tick);
        tick
    }

    /// How many ticks were skipped; those that a step of the clock leaves out count too.
    pub const fn skipped(&self) -> u64 {
        self.skipped
    }
}
