//! What was in force at one instant of a run.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    record::Maker,
    run::{Held, Programme, Run},
};
use crate::{
    units::{Rate, Tick},
    wall::{Edition, PanelTest, Stopped},
};

/// What was in force at an instant at which a daemon was running.
#[derive(Clone, Copy, Debug)]
pub struct Stand<'a> {
    pub(super) run: &'a Run,
    pub(super) span: usize,
    pub(super) instant: Timestamp,
}

/// What was done to a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A programme took over.
    Take(TakeOver),
    /// The clock stepped.
    Jump {
        /// What it showed before.
        from: Timestamp,
        /// What it showed after.
        to: Timestamp,
    },
}

/// A time through which the safe page was on every screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What was said of it.
    pub stopped: Stopped,
    /// From when on, while the clock went forward and this daemon ran.
    pub from: Timestamp,
    /// Until when; `None` while it lasts.
    pub until: Option<Timestamp>,
}

impl Stop {
    /// Whether a screen of `rate` shows the safe page at `tick`: from its first tick at or after the stop on.
    pub fn holds(&self, rate: Rate, tick: Tick) -> bool {
        rate.tick_from(self.from) <= tick && self.until.is_none_or(|until| tick < rate.tick_from(until))
    }
}

/// A programme that took over on a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakeOver {
    /// Which version of it.
    pub edition: Edition,
    /// From which tick on.
    pub tick: Tick,
    /// Ticks a second.
    pub rate: Rate,
    /// Nothing older was shown beside it.
    pub is_anew: bool,
}

impl TakeOver {
    /// The instant of its tick.
    pub fn instant(&self) -> Timestamp {
        self.rate.timestamp(self.tick)
    }
}

impl<'a> Stand<'a> {
    /// The instant.
    pub const fn instant(&self) -> Timestamp {
        self.instant
    }

    /// The site's folder that was played.
    pub const fn site(&self) -> &'a Arc<str> {
        &self.run.site
    }

    /// The program that ran.
    pub const fn maker(&self) -> &'a Maker {
        &self.run.maker
    }

    /// Since when it had been running.
    pub const fn since(&self) -> Timestamp {
        self.run.started
    }

    /// How many records of this run could not be kept.
    pub const fn dropped(&self) -> u64 {
        self.run.dropped
    }

    /// The stop that was in force, where one was.
    pub fn stopped(&self) -> Option<Stopped> {
        let in_force = |stop: &Stop| stop.from <= self.instant && stop.until.is_none_or(|until| self.instant < until);
        self.stops().into_iter().rfind(in_force).map(|stop| stop.stopped)
    }

    /// The stops before the instant and after it, while the clock went forward.
    pub fn stops(&self) -> Vec<Stop> {
        self.run.stops(self.span)
    }

    /// The panel tests of the screen, before the instant and after it.
    pub fn tests(&self, screen: &str) -> impl Iterator<Item = &'a PanelTest> {
        self.run.tests(screen)
    }

    /// The screens that were played, in the order of their identities.
    pub fn screens(&self) -> Vec<Arc<str>> {
        let played = |screen: &&Arc<str>| !self.steps(screen).is_empty();
        self.run.screens().filter(played).cloned().collect()
    }

    /// What was done to the screen up to the instant, oldest first, since it was last begun anew as far as that is known; nothing
    /// where it was not played.
    pub fn steps(&self, screen: &str) -> Vec<Step> {
        self.run.steps(screen, self.span, self.instant)
    }

    /// What took over on the screen later, while the clock went forward and it was played.
    pub fn later(&self, screen: &str) -> Vec<TakeOver> {
        self.run.later(screen, self.span, self.instant)
    }

    /// What took over last on the screen, at or before the instant.
    pub fn last(&self, screen: &str) -> Option<TakeOver> {
        self.steps(screen).into_iter().rev().find_map(|step| match step {
            Step::Take(take) => Some(take),
            Step::Jump { .. } => None,
        })
    }

    /// The programme of a take-over as it was accepted; `None` where that is not told.
    pub fn programme(&self, take: &TakeOver) -> Option<&'a Programme> {
        let of_digest = self.run.programmes.iter().rev();
        let mut of_digest = of_digest.filter(|programme| programme.digest == take.edition.programme);
        let latest = of_digest.clone().next();
        of_digest
            .find(|programme| programme.accepted <= take.instant())
            .or(latest)
    }

    /// The times in which frames of the screen were held and among which is the instant.
    pub fn held(&self, screen: &str) -> impl Iterator<Item = &'a Held> {
        let instant = self.instant;
        let all = self.run.held(screen);
        all.filter(move |held| held.since <= instant && instant < held.until)
    }
}
