//! When an unchanged picture is due again.

use std::time::Duration;

use crate::units::Moment;

/// When an unchanged picture is due again: a period after the last pass began.
///
/// Whoever refreshes once a period is the keep-alive, at instants that two daemons share; after a refresh the session's own waits longer by
/// the grace, so that a next call which is late by a few milliseconds does not find that the session has just sent by itself.
#[derive(Debug)]
pub(super) struct KeepAlive {
    period: Duration,
    grace: Duration,
    due: Option<Moment>,
    refreshed: Option<Moment>,
}

impl KeepAlive {
    /// Of no picture yet.
    pub(super) const fn new(period: Duration, grace: Duration) -> Self {
        Self {
            period,
            grace,
            due: None,
            refreshed: None,
        }
    }

    /// When the picture is due; `None` while there is none.
    pub(super) const fn due(&self) -> Option<Moment> {
        self.due
    }

    /// Whether the picture is due.
    pub(super) fn is_due(&self, now: Moment) -> bool {
        self.due.is_some_and(|due| due <= now)
    }

    /// A pass begins.
    pub(super) fn begin(&mut self, now: Moment) {
        let ours = now + self.period;
        let theirs = self.refreshed.map(|refreshed| refreshed + self.period + self.grace);
        self.due = Some(theirs.map_or(ours, |theirs| ours.max(theirs)));
    }

    /// A pass ends that took long, in batches: it does not run into the next one, which comes at least `rest` later.
    pub(super) fn end(&mut self, now: Moment, rest: Duration) {
        self.due = self.due.map(|due| due.max(now + rest));
    }

    /// Somebody refreshes.
    pub(super) const fn refresh(&mut self, now: Moment) {
        self.refreshed = Some(now);
    }

    /// The picture is due at `moment` instead; `None` while there is none.
    pub(super) const fn set(&mut self, moment: Option<Moment>) {
        self.due = moment;
    }
}
