//! Content time as a line over the monotonic clock.

use jiff::{SignedDuration, Timestamp};

use crate::units::Moment;

/// While a difference is absorbed, content time runs faster or slower by one part in so many: 20 ms a second, a second in 50.
pub const SLEW: i128 = 50;

/// The largest difference that is absorbed; a larger one is a step.
pub const ABSORBED: SignedDuration = SignedDuration::from_secs(1);

/// The last nanosecond of content time that is given out. Beyond it no civil day has a day after, so there the wall stands still.
const LAST: i128 = 253_399_622_400 * 1_000_000_000;

/// The first one, for the same reason.
const FIRST: i128 = -377_700_000_000 * 1_000_000_000;

/// Content time as a function of the moment: as fast as the monotonic clock but for a difference that is still to be absorbed. It never
/// goes back. Counted in nanoseconds that no clock can run out of, so that nothing here can overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    from: Moment,
    /// Content time at `from`, in nanoseconds since the epoch.
    at: i128,
    /// What has to be added to it in all, little by little.
    owed: i128,
}

impl Line {
    /// The line that shows `instant` at `moment` and owes nothing.
    pub fn through(instant: Timestamp, moment: Moment) -> Self {
        Self {
            from: moment,
            at: instant.as_nanosecond(),
            owed: 0,
        }
    }

    /// Content time at `moment`, which is not before the moment from which the line holds (else it is as at that one).
    pub fn at(&self, moment: Moment) -> Timestamp {
        timestamp(self.nanoseconds(moment))
    }

    /// The first moment at which content time is `instant` or later.
    pub fn moment(&self, instant: Timestamp) -> Moment {
        let wanted = instant.as_nanosecond() - self.at;
        // Before all is absorbed `elapsed` nanoseconds bring `elapsed * (1 ± 1 / SLEW)`, afterwards `elapsed + owed`.
        let slewing = wanted * SLEW / (SLEW + self.owed.signum());
        let rough = if slewing / SLEW < self.owed.abs() {
            slewing
        } else {
            wanted - self.owed
        };
        // What was rounded is one or two nanoseconds.
        let mut elapsed = rough.max(0);
        while self.gained(elapsed) < wanted {
            elapsed += 1;
        }
        while elapsed > 0 && self.gained(elapsed - 1) >= wanted {
            elapsed -= 1;
        }
        let from = i128::from(self.from.nanoseconds());
        Moment::from_nanoseconds(u64::try_from(from + elapsed).unwrap_or(u64::MAX))
    }

    /// How far content time at `moment` is behind `instant`; negative where it is ahead.
    pub(crate) fn behind(&self, instant: Timestamp, moment: Moment) -> i128 {
        instant.as_nanosecond() - self.nanoseconds(moment)
    }

    /// The line that goes on from here and absorbs `owed` nanoseconds from `moment` on.
    pub(crate) fn bent(&self, owed: i128, moment: Moment) -> Self {
        Self {
            from: moment,
            at: self.nanoseconds(moment),
            owed,
        }
    }

    /// How far this line is behind what `other` will come to, once it has absorbed what it owes.
    pub(crate) fn behind_end_of(&self, other: &Self, moment: Moment) -> i128 {
        other.at + other.elapsed(moment) + other.owed - self.nanoseconds(moment)
    }

    /// How far this line is behind `other`.
    pub(crate) fn behind_line(&self, other: &Self, moment: Moment) -> i128 {
        other.nanoseconds(moment) - self.nanoseconds(moment)
    }

    fn nanoseconds(&self, moment: Moment) -> i128 {
        self.at + self.gained(self.elapsed(moment))
    }

    fn elapsed(&self, moment: Moment) -> i128 {
        i128::from(moment.nanoseconds().saturating_sub(self.from.nanoseconds()))
    }

    /// What content time gains in `elapsed` nanoseconds.
    fn gained(&self, elapsed: i128) -> i128 {
        let slewed = elapsed / SLEW;
        elapsed + self.owed.clamp(-slewed, slewed)
    }
}

/// The instant that lies `nanoseconds` after the epoch, or the nearest one that is given out.
pub(super) fn timestamp(nanoseconds: i128) -> Timestamp {
    Timestamp::from_nanosecond(nanoseconds.clamp(FIRST, LAST)).expect("both ends are instants")
}

/// Whether a difference of so many nanoseconds is absorbed.
pub(crate) fn is_absorbed(difference: i128) -> bool {
    difference.abs() <= ABSORBED.as_nanos()
}

/// The last instant that is given out.
pub(crate) fn last_instant() -> Timestamp {
    timestamp(LAST)
}
