//! How often a controller takes a picture.

use std::time::Duration;

use super::outbox::next;
use crate::units::{Moment, Rate};

const SECOND: Duration = Duration::from_secs(1);

/// At most so many pictures a second, evenly: the next one may come at a moment that is counted from the one before, not from when that came.
#[derive(Debug)]
pub(super) struct Allowance {
    period: Duration,
    opens: Moment,
}

impl Allowance {
    /// So many a second; `None` sets no limit.
    pub(super) fn new(most: Option<Rate>) -> Self {
        Self {
            period: most.map_or(Duration::ZERO, |most| SECOND / u32::from(most.hertz())),
            opens: Moment::ZERO,
        }
    }

    /// From when on the next picture may be taken.
    pub(super) const fn opens(&self) -> Moment {
        self.opens
    }

    /// Counts the picture that is taken at `now`.
    pub(super) fn take(&mut self, now: Moment) {
        self.opens = next(self.opens, self.period, now);
    }
}
