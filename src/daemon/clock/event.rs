//! What happens to the clock, for whoever keeps a record of it.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};

use super::confidence::Confidence;

/// A step of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jump {
    /// What time it was before.
    pub from: Timestamp,
    /// What time it was at the same moment after.
    pub to: Timestamp,
}

impl Jump {
    /// How far it went; negative where it went back.
    pub fn by(&self) -> SignedDuration {
        self.to.duration_since(self.from)
    }
}

/// A step that a screen has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepTaken {
    /// From which content time to which.
    pub jump: Jump,
    /// How long it had waited for its page to end.
    pub waited: Duration,
}

/// Something that happened to the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClockEvent {
    /// The machine's clock has stepped by more than a second; the screens will follow.
    Stepped(Jump),
    /// A screen has followed: what it showed before goes by `from`, what it shows from now on by `to`.
    Taken {
        /// The screen's identity.
        screen: Arc<str>,
        /// The step, and how long it waited.
        step: StepTaken,
    },
    /// The clock is believed more or less than before.
    Judged {
        /// What it showed.
        at: Timestamp,
        /// How far it was believed before; `None` at the start.
        before: Option<Confidence>,
        /// How far it is believed now.
        now: Confidence,
    },
}
