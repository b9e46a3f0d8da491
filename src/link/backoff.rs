//! How long to leave a receiver in peace that cannot be reached.
//!
//! Without jitter: one wall has one sender, and a test must be able to say when it tries again.

use std::time::Duration;

use crate::units::Moment;

/// Waits that double from failure to failure, up to a cap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The wait after the first failure.
    first: Duration,
    /// The longest wait.
    cap: Duration,
    /// Failures since the last success.
    failures: u32,
}

/// Why waits cannot be as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackoffError {
    /// The cap is above [`Backoff::LIMIT`].
    #[error("a longest wait of {cap:?} is above {:?}", Backoff::LIMIT)]
    CapTooLong {
        /// The cap that was asked for.
        cap: Duration,
    },
    /// The first wait is longer than the longest.
    #[error("a first wait of {first:?} is longer than the longest, {cap:?}")]
    FirstAboveCap {
        /// The first wait that was asked for.
        first: Duration,
        /// The cap that was asked for.
        cap: Duration,
    },
    /// The first wait is zero, so that none of them would ever be longer.
    #[error("a first wait of zero never grows")]
    FirstZero,
}

impl Backoff {
    /// No wait is longer: whoever plugs the controller in again sees the wall lit before doubting the plug.
    pub const LIMIT: Duration = Duration::from_secs(5);

    /// Waits of `first`, twice that, four times that, up to `cap`.
    ///
    /// # Errors
    /// Unless zero < `first` <= `cap` <= [`Backoff::LIMIT`].
    pub fn new(first: Duration, cap: Duration) -> Result<Self, BackoffError> {
        if first.is_zero() {
            return Err(BackoffError::FirstZero);
        }
        if first > cap {
            return Err(BackoffError::FirstAboveCap { first, cap });
        }
        if cap > Self::LIMIT {
            return Err(BackoffError::CapTooLong { cap });
        }
        Ok(Self {
            first,
            cap,
            failures: 0,
        })
    }

    /// Counts a failure at `now`; gives the moment from which to try again.
    pub fn fail(&mut self, now: Moment) -> Moment {
        // Beyond 2^20 every valid first wait has long reached the cap.
        let factor = 1 << self.failures.min(20);
        self.failures = self.failures.saturating_add(1);
        now + self.first.saturating_mul(factor).min(self.cap)
    }

    /// Forgets the failures.
    pub const fn reset(&mut self) {
        self.failures = 0;
    }
}

impl Default for Backoff {
    /// A quarter of a second at first, one second at most: a controller that has started anew is lit within two, with a second for
    /// a standing picture's next turn.
    fn default() -> Self {
        Self {
            first: Duration::from_millis(250),
            cap: Duration::from_secs(1),
            failures: 0,
        }
    }
}
