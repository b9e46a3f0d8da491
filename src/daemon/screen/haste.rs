//! A player's precedence, and what is told of it: nothing as long as frames come in time.

use std::{sync::Arc, time::Duration};

use crate::{
    daemon::{
        clock,
        precedence::{Claim, Precedence, PrecedenceFault},
        problems::Origin,
        shared::Shared,
    },
    diagnostic::Diagnostic,
    units::Moment,
};

/// So many times within [`HOUR`] frames come late before that is told.
const OFTEN: u32 = 20;

/// How long late frames are counted, and how long it is told of them.
const HOUR: Duration = Duration::from_secs(3600);

/// The precedence of one player's thread.
#[derive(Debug)]
pub(super) struct Haste {
    screen: Arc<str>,
    claim: Claim,
    has_given_up: bool,
    /// How many frames were late so far.
    skipped: u64,
    /// How often there were some since the hour began.
    times: u32,
    hour: Moment,
    is_told: bool,
}

impl Haste {
    /// Asks for precedence for the calling thread, which plays `screen`, and says what was granted.
    pub(super) fn claim(screen: Arc<str>) -> Self {
        let claim = Claim::first();
        match claim.precedence() {
            Precedence::RealTime => tracing::info!(%screen, "plays with real-time priority"),
            Precedence::Nice => tracing::info!(%screen, "plays with niceness; real-time priority is not granted"),
            Precedence::Ordinary => tracing::info!(%screen, "plays with ordinary priority; no other is granted"),
        }
        Self {
            screen,
            claim,
            has_given_up: false,
            skipped: 0,
            times: 0,
            hour: clock::moment(),
            is_told: false,
        }
    }

    /// Looks once a tick how things stand; `skipped` frames were late so far.
    pub(super) fn look(&mut self, skipped: u64, shared: &Shared) {
        let now = clock::moment();
        if self.claim.gives_up(now) {
            self.has_given_up = true;
            self.tell(Some(&PrecedenceFault::GivenUp(Arc::clone(&self.screen))), shared);
        }
        if now.since(self.hour) >= HOUR {
            if self.is_told && !self.has_given_up && self.times < OFTEN {
                self.tell(None, shared);
            }
            (self.hour, self.times) = (now, 0);
        }
        if skipped == self.skipped {
            return;
        }
        self.skipped = skipped;
        self.times = self.times.saturating_add(1);
        if self.times == OFTEN && !self.is_told && self.claim.precedence() != Precedence::RealTime {
            self.tell(Some(&PrecedenceFault::NotGranted(Arc::clone(&self.screen))), shared);
        }
    }

    /// The player ends: what was told of it no longer matters.
    pub(super) fn end(self, shared: &Shared) {
        shared.problems.forget(&Origin::Precedence(self.screen));
    }

    fn tell(&mut self, fault: Option<&PrecedenceFault>, shared: &Shared) {
        self.is_told = fault.is_some();
        let problem = fault.map(|fault| Diagnostic::of_file(format!("screen {}", self.screen).into(), fault));
        let origin = Origin::Precedence(Arc::clone(&self.screen));
        shared.problems.set(&origin, problem.as_slice());
    }
}
