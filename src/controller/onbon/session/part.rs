//! One thing that a card is told once and then keeps: what it has of it, and how well that is known.

use std::time::Duration;

use super::standing::Trust;
use crate::units::Moment;

/// When something that failed is tried again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Retry {
    pub(super) at: Moment,
    pub(super) failures: u32,
}

impl Retry {
    pub(super) const NOW: Self = Self {
        at: Moment::ZERO,
        failures: 0,
    };

    /// It failed: it is tried again after `first`, twice that, and so on to `most`.
    pub(super) fn fail(&mut self, now: Moment, first: Duration, most: Duration) {
        let wait = first * 2_u32.pow(self.failures.min(16));
        self.at = now + wait.min(most);
        self.failures = self.failures.saturating_add(1);
    }
}

impl Retry {
    /// It was not answered. Waiting for that cost the line more than a refusal does, so from the second time on it is tried seldom.
    pub(super) fn unheard(&mut self, now: Moment, first: Duration, most: Duration) {
        let first = if self.failures == 0 { first } else { UNHEARD };
        self.fail(now, first, most);
    }
}

/// The measure of the time to the next try of what was not answered twice.
const UNHEARD: Duration = Duration::from_secs(5);

/// One thing that a card is told once and then keeps.
#[derive(Debug)]
pub(super) struct Part<T> {
    /// What it was told, and confirmed.
    pub(super) has: Option<T>,
    pub(super) trust: Trust,
    pub(super) retry: Retry,
    /// How often in a row it confirmed one thing and told another.
    disagreed: u32,
}

/// What became of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// As it ought to be, or nothing is known to compare with.
    Same,
    /// It was right, and is not any more: the card lost it, or somebody changed it.
    Changed,
    /// It was confirmed, and never was so.
    Disagrees,
}

/// After a confirmation that was none: tried again after so long, first.
const DISAGREED: Duration = Duration::from_secs(3);

impl<T: PartialEq> Part<T> {
    pub(super) const NEW: Self = Self {
        has: None,
        trust: Trust::Unsent,
        retry: Retry::NOW,
        disagreed: 0,
    };

    /// When `wanted` is to be sent; `None` where the card has it.
    pub(super) fn due(&self, wanted: &T) -> Option<Moment> {
        (self.has.as_ref() != Some(wanted)).then_some(self.retry.at)
    }

    /// The card confirmed `value`.
    pub(super) fn done(&mut self, value: T) {
        self.has = Some(value);
        self.trust = Trust::Sent;
        self.retry = Retry::NOW;
    }

    /// The card refused, or did not answer.
    pub(super) fn failed(&mut self, now: Moment, first: Duration, most: Duration) {
        self.has = None;
        self.trust = Trust::Refused;
        self.retry.fail(now, first, most);
    }

    /// The card did not answer.
    pub(super) fn unheard(&mut self, now: Moment, first: Duration, most: Duration) {
        self.forget();
        self.retry.unheard(now, first, most);
    }

    /// Nothing is known of it any more.
    pub(super) fn forget(&mut self) {
        self.has = None;
        if self.trust != Trust::Refused {
            self.trust = Trust::Unsent;
        }
    }

    /// What was read is as it was told, or not.
    /// Where it never was so, it is told again after a while, at most `most`.
    pub(super) fn read(&mut self, is_same: bool, now: Moment, most: Duration) -> Reading {
        if self.has.is_none() {
            return Reading::Same;
        }
        if is_same {
            self.trust = Trust::Verified;
            self.disagreed = 0;
            return Reading::Same;
        }
        let was = self.trust;
        self.forget();
        if was == Trust::Verified {
            return Reading::Changed;
        }
        let wait = DISAGREED * 2_u32.pow(self.disagreed.min(8));
        self.retry.at = now + wait.min(most);
        self.disagreed += 1;
        Reading::Disagrees
    }
}
