//! Trying again: when a part may write next, and how long it has failed.

use std::time::Duration;

use super::fault::FeedbackFault;
use crate::units::Moment;

/// How long a part that failed is left alone.
const RETRY: Duration = Duration::from_secs(3);

/// How long what mostly passes by itself may last before it is told: a virus scanner holds a file for a second, a person for a day.
const PATIENCE: Duration = Duration::from_secs(20);

/// What became of one part's writing.
#[derive(Debug, Default)]
pub(super) struct Trial {
    /// What is wrong, since when, and when it is tried again.
    failing: Option<(FeedbackFault, Moment, Moment)>,
}

impl Trial {
    /// Whether to try at `now`.
    pub(super) fn is_due(&self, now: Moment) -> bool {
        self.failing.as_ref().is_none_or(|(_, _, retry)| *retry <= now)
    }

    /// Notes what became of a trial at `now`.
    pub(super) fn note(&mut self, result: Result<(), FeedbackFault>, now: Moment) {
        let since = self.failing.as_ref().map_or(now, |(_, since, _)| *since);
        self.failing = result.err().map(|fault| (fault, since, now + RETRY));
    }

    /// What is to be told at `now`.
    pub(super) fn fault(&self, now: Moment) -> Option<&FeedbackFault> {
        let (fault, since, _) = self.failing.as_ref()?;
        (!fault.is_passing() || now.since(*since) >= PATIENCE).then_some(fault)
    }
}
