//! How far the machine's clock can be believed.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::units::Moment;

/// How long after it was last set right a clock is still trusted. A quartz crystal loses a few seconds in that time.
pub const TRUST: SignedDuration = SignedDuration::from_hours(24);

/// How far ahead of the clock its last synchronisation may seem to lie: what sets it and what reads it are two programs.
const AHEAD: SignedDuration = SignedDuration::from_secs(60);

/// How long a clock that somebody should set right may go without that before it is a problem. A week survives a long holiday's cable
/// that hangs loose, and costs a crystal less than half a minute.
pub const UNHEARD: Duration = Duration::from_secs(7 * 24 * 3600);

/// How far the machine's clock can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Confidence {
    /// It was set right over the network within a day, and has not been set otherwise since.
    Trusted,
    /// It stands at or above its floor, and nobody says that it is right.
    Holding,
    /// It stands below its floor: it is certainly wrong.
    Unknown,
}

impl Confidence {
    /// Its name for logs and records.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Holding => "holding",
            Self::Unknown => "unknown",
        }
    }

    /// Its Chinese name.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Trusted => "可信",
            Self::Holding => "守时",
            Self::Unknown => "不可信",
        }
    }
}

/// What the system says of its clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Word {
    /// Nobody here is known to keep it right.
    #[default]
    Absent,
    /// Somebody keeps it, and has not set it right yet.
    Unsynchronised,
    /// It was last set right at this instant of its own.
    Synchronised(Timestamp),
}

/// What is made of the system's word.
#[derive(Clone, Debug)]
pub(super) struct Trust {
    /// The last synchronisation that was told.
    told: Option<Timestamp>,
    /// The one before the clock was set by somebody: it says nothing of the clock as it goes now.
    stale: Option<Timestamp>,
    /// When the clock was last trusted, or nobody was there to make it so.
    trusted: Moment,
    is_trusted: bool,
}

impl Trust {
    /// Nothing was told yet.
    pub(super) const fn new(moment: Moment) -> Self {
        Self {
            told: None,
            stale: None,
            trusted: moment,
            is_trusted: false,
        }
    }

    /// Takes in what the system says when its clock shows `wall`, and has just stepped or not.
    pub(super) fn hear(&mut self, word: Word, wall: Timestamp, moment: Moment, has_stepped: bool) {
        if has_stepped {
            self.stale = self.told;
        }
        self.is_trusted = match word {
            Word::Synchronised(at) => {
                self.told = Some(at);
                let age = wall.duration_since(at);
                self.stale != self.told && -AHEAD <= age && age <= TRUST
            }
            Word::Absent | Word::Unsynchronised => false,
        };
        if self.is_trusted || word == Word::Absent {
            self.trusted = moment;
        }
    }

    pub(super) const fn is_trusted(&self) -> bool {
        self.is_trusted
    }

    /// Whether somebody keeps the clock and has not set it right for longer than [`UNHEARD`].
    pub(super) fn is_unheard(&self, moment: Moment) -> bool {
        moment.since(self.trusted) > UNHEARD
    }
}
