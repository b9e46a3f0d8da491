//! The instant before which it cannot be.
//!
//! A clock whose battery is dead starts in 1970 or in its maker's year, and a daemon that believed it would show what was on then. Two
//! things are certain: it is later than when the program was built, and later than what a good clock of this machine has shown before.

use std::time::Duration;

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time, date},
    tz::Offset,
};

use super::{confidence::Confidence, line::timestamp};

/// No build of this version is older than this day. It goes with the version in `Cargo.toml`.
const RELEASED: Date = date(2026, 11, 25);

/// How far the floor stays behind a good clock: a real-time clock that comes back after a power cut may be slow by minutes.
pub const LAG: SignedDuration = SignedDuration::from_mins(10);

/// How long after a step a clock that is trusted must have gone on before the floor follows it.
pub const SETTLED: Duration = Duration::from_secs(10 * 60);

/// A stored floor so long after the build was never shown by a good clock.
const LIFETIME: SignedDuration = SignedDuration::from_hours(50 * 366 * 24);

/// The floor: max(build time, stored floor). It never goes back.
///
/// - Where the clock is trusted, and has not stepped for [`SETTLED`], the floor follows it at a distance of [`LAG`].
/// - Where it is only held, the floor rises by the time that has really passed by the monotonic clock, and comes no nearer than
///   that. So a clock that jumps to 2099 takes the floor nowhere.
/// - Where the clock is below it, it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Floor {
    built: Timestamp,
    at: Timestamp,
}

impl Floor {
    /// The floor of a program of that build time, with what was `stored` before.
    pub fn new(built: Timestamp, stored: Option<Timestamp>) -> Self {
        Self {
            built,
            at: stored.map_or(built, |stored| stored.max(built)),
        }
    }

    /// The floor.
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Whether what was stored, rather than the build time, decides.
    pub fn is_stored(&self) -> bool {
        self.at > self.built
    }

    /// Whether a floor may have been stored by a program of that build time: none that lies 50 years after it.
    pub fn is_plausible(built: Timestamp, stored: Timestamp) -> bool {
        stored.duration_since(built) <= LIFETIME
    }

    /// Follows a clock that shows `wall`, `passed` after the last call and `since_step` after its last step.
    pub(super) fn follow(&mut self, wall: Timestamp, confidence: Confidence, passed: Duration, since_step: Duration) {
        let reach = match confidence {
            Confidence::Trusted if since_step >= SETTLED => i128::MAX,
            Confidence::Trusted | Confidence::Holding => {
                let passed = i128::try_from(passed.as_nanos()).unwrap_or(i128::MAX);
                self.at.as_nanosecond().saturating_add(passed)
            }
            Confidence::Unknown => return,
        };
        let near = wall.as_nanosecond() - LAG.as_nanos();
        self.at = self.at.max(timestamp(near.min(reach)));
    }
}

/// When the program was built, as far as that is certain: `SOURCE_DATE_EPOCH` of the build, where it was stated, and never before the
/// version's own date.
pub fn built() -> Timestamp {
    let midnight = RELEASED.to_datetime(Time::midnight());
    let released = Offset::UTC.to_timestamp(midnight).expect("the date is in this age");
    let stated = option_env!("SOURCE_DATE_EPOCH").and_then(|seconds| seconds.parse().ok());
    let stated = stated.and_then(|seconds| Timestamp::from_second(seconds).ok());
    stated.map_or(released, |stated| stated.max(released))
}
