//! What the players are told, and from when on it holds.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;

use crate::{
    units::{Moment, Rate, Tick},
    wall::Stopped,
};

/// An order is given so much before it holds, so that every player has it in time and all change at the same instant.
pub(super) const LEAD: Duration = Duration::from_millis(20);

/// A player that goes by another time obeys so long after the others at the latest.
const GRACE: Duration = Duration::from_millis(100);

/// That the wall shall show the safe page, or go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The stop; `None` where the wall shall go on.
    pub stopped: Option<Arc<Stopped>>,
    /// From when on, in content time.
    pub at: Timestamp,
    /// The same on the monotonic clock.
    pub moment: Moment,
}

impl Order {
    /// Whether a screen of `rate` obeys at `tick`, which comes at `moment`: at its first tick at or after the instant. One that still goes
    /// by the time before a step of the clock does not wait for an instant that may be hours ahead of it.
    pub fn holds(&self, rate: Rate, tick: Tick, moment: Moment) -> bool {
        rate.tick_from(self.at) <= tick || self.moment + GRACE <= moment
    }
}
