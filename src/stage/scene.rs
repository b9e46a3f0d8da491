//! A prepared cue: all that painting needs, at hand.

use jiff::civil::DateTime;

use crate::{frame::Frame, units::Tick};

/// The instant that is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The tick.
    pub tick: Tick,
    /// The same as civil time in the site's zone, for clocks.
    pub civil: DateTime,
}

/// A prepared page, strip or clock, of the size of its zone.
#[derive(Clone, Debug, Default)]
pub struct Scene {}

impl Scene {
    /// Paints the scene on `frame`, which has the zone's size, as it looks at `now`; `since` is the tick at which it came on
    /// (for a ticker, the tick at which its segment's first round began). Allocates nothing.
    pub fn paint(&self, now: Now, since: Tick, frame: &mut Frame) {
        let _ = (now, since, frame);
    }
}
