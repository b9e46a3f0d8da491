//! Panel tests: test pictures in place of what plays, for whoever hangs the wall.
//!
//! ```text
//! yingbi panel test -> control socket -> Tests --AtomicU64, then a lock that is never held long--> every player
//!                                          \--> Chronicle
//! ```
//!
//! A test ends by itself, by content time and by the monotonic clock, whichever comes first. A stop ends it at once, and while the wall is
//! stopped none begins.

mod refusal;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;

use super::shared::Shared;
use crate::{
    panel::Pattern,
    site::{Screen, Site},
    units::{Level, Moment},
    wall::{PanelTest, history::Event},
};

pub use refusal::TestRefusal;

/// The test of each screen that has one.
#[derive(Debug, Default)]
pub(super) struct Tests {
    /// Grows with each change.
    turns: AtomicU64,
    running: Mutex<BTreeMap<Arc<str>, Running>>,
}

/// A test, and the moment at which it ends whatever the clock shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Running {
    pub(super) test: Arc<PanelTest>,
    pub(super) end: Moment,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The screen's identity; the site's first where none is given.
    pub(super) screen: Option<String>,
    /// The output, from 1.
    pub(super) output: Option<u32>,
    /// The patterns; all of them where none is given.
    pub(super) patterns: Vec<Pattern>,
    pub(super) length: Duration,
    pub(super) level: Option<Level>,
    pub(super) by: String,
}

impl Tests {
    /// The test of `screen`, where something has changed since the number `seen`. Waits for nobody: what cannot be had at once comes with the
    /// next tick.
    pub(super) fn glance(&self, screen: &str, seen: &mut u64) -> Option<Option<Running>> {
        let turns = self.turns.load(Ordering::Acquire);
        if turns == *seen {
            return None;
        }
        let running = self.running.try_lock().ok()?;
        *seen = turns;
        Some(running.get(screen).cloned())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Arc<str>, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn(&self) {
        self.turns.fetch_add(1, Ordering::Release);
    }
}

impl Wanted {
    /// The screen that is meant, and the number of its output from 0, where one is.
    fn find<'a>(&self, site: &'a Site) -> Result<(&'a Screen, Option<usize>), TestRefusal> {
        let known = || site.screens.iter().map(|screen| Arc::clone(&screen.id)).collect();
        let found = match &self.screen {
            Some(id) => site.screen(id),
            None => site.screens.first(),
        };
        let screen = found.ok_or_else(|| TestRefusal::NoScreen {
            screen: self.screen.clone().unwrap_or_default(),
            known: known(),
        })?;
        let Some(number) = self.output else {
            return Ok((screen, None));
        };
        let output = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        match output.filter(|output| *output < screen.outputs.len()) {
            Some(output) => Ok((screen, Some(output))),
            None => Err(TestRefusal::NoOutput {
                screen: Arc::clone(&screen.id),
                output: number,
                count: screen.outputs.len(),
            }),
        }
    }

    /// The test, and its screen's identity.
    ///
    /// # Errors
    /// The site has no such screen, or that no such output.
    pub(super) fn test(self, site: &Site, since: Timestamp) -> Result<(Arc<str>, PanelTest), TestRefusal> {
        let (screen, output) = self.find(site)?;
        let length = self.length.min(PanelTest::LONGEST);
        let test = PanelTest {
            since,
            until: since.saturating_add(length).unwrap_or(Timestamp::MAX),
            by: self.by.into(),
            output,
            patterns: Pattern::or_all(&self.patterns).into(),
            level: self.level,
        };
        Ok((Arc::clone(&screen.id), test))
    }
}

impl Shared {
    /// Begins a test, in place of the one that its screen has.
    pub(super) fn begin_test(&self, wanted: Wanted) -> Result<(Arc<str>, Arc<PanelTest>), TestRefusal> {
        let bill = self.bill().ok_or(TestRefusal::Starting)?;
        let (since, moment) = self.lead();
        let (screen, test) = wanted.test(bill.whole().site(), since)?;
        let test = Arc::new(test);
        // A stop that comes meanwhile ends it.
        let halted = self.halt.lock();
        if halted.stopped().is_some() {
            return Err(TestRefusal::Stopped);
        }
        let lasts = Duration::try_from(test.until.duration_since(since)).unwrap_or_default();
        let running = Running {
            test: Arc::clone(&test),
            end: moment + lasts,
        };
        let before = self.tests.lock().insert(Arc::clone(&screen), running);
        self.tests.turn();
        drop(halted);
        if let Some(before) = before {
            self.tell_end(&screen, &before.test, since);
        }
        self.tell_test(&screen, (*test).clone(), since);
        tracing::info!(%screen, until = %test.until, by = %test.by, "a panel test begins");
        Ok((screen, test))
    }

    /// Ends the tests of `screens`, of all where none is named, from `at` on; whether one was running.
    pub(super) fn end_tests(&self, screens: &[String], at: Timestamp) -> bool {
        let mut running = self.tests.lock();
        let is_meant = |screen: &str| screens.is_empty() || screens.iter().any(|one| one == screen);
        let ended: Vec<_> = running.extract_if(.., |screen, _| is_meant(screen)).collect();
        if !ended.is_empty() {
            self.tests.turn();
        }
        drop(running);
        let mut was_running = false;
        for (screen, running) in ended {
            was_running |= at < running.test.until;
            self.tell_end(&screen, &running.test, at);
        }
        was_running
    }

    /// Tells the journal that `test` ended at `at` rather than later.
    fn tell_end(&self, screen: &Arc<str>, test: &PanelTest, at: Timestamp) {
        if at < test.until {
            let until = at.max(test.since);
            self.tell_test(screen, PanelTest { until, ..test.clone() }, at);
            tracing::info!(%screen, "the panel test is ended");
        }
    }

    fn tell_test(&self, screen: &Arc<str>, test: PanelTest, at: Timestamp) {
        let screen = Arc::clone(screen);
        self.chronicle.note(at, Event::Test { screen, test });
    }
}
