//! The site's folder over time: when to look, and what has come to rest.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use notify::RecommendedWatcher;

use super::{
    fault::FolderError,
    hints::{self, Hints, When},
    scan::{Scan, Scanner},
    settle::{Hinted, Settle},
};
use crate::{diagnostic::Diagnostic, units::Moment, wall::SourceFile};

/// The folder is looked at so often though nothing hints at a change: shares send no hints.
const POLL: Duration = Duration::from_secs(1);

/// From the first hint to the look: one save makes several hints.
const DEBOUNCE: Duration = Duration::from_millis(20);

/// The same where something came by rename, which is one event, and finished.
const RENAMED: Duration = Duration::from_millis(2);

/// Looking takes at most one part in so many of the time: a folder that takes 200 ms to look through is still looked at every second,
/// so that what is withdrawn is gone within two.
const SHARE: u32 = 5;

/// Watches one site's folder.
#[derive(Debug)]
pub struct Watch {
    scanner: Scanner,
    settle: Settle,
    hints: Arc<Hints>,
    /// Held for its effect; `None` where the system gives no hints.
    subscription: Option<RecommendedWatcher>,
    problems: Vec<Diagnostic>,
    origin: Instant,
    last: Look,
}

/// When the folder was looked at last, and how long that took.
#[derive(Clone, Copy, Debug)]
struct Look {
    end: Instant,
    took: Duration,
}

/// What is new in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// All settled files, in the order of their paths; `None` where they are the same as before, and nobody asked.
    pub files: Option<Vec<SourceFile>>,
    /// What is wrong with the folder itself, all of it.
    pub problems: Vec<Diagnostic>,
}

/// Ends a watch from another thread, or asks it for all files.
#[derive(Clone, Debug)]
pub struct Stopper(Arc<Hints>);

impl Stopper {
    /// How many hints of changes the system has given.
    pub fn hints(&self) -> u64 {
        self.0.count()
    }

    /// Makes the watch end: its next change is `None`.
    pub fn stop(&self) {
        self.0.stop();
    }

    /// Makes the watch give all settled files once more, changed or not.
    pub fn ask(&self) {
        self.0.ask();
    }
}

impl Watch {
    /// Begins to watch `site`; what is in it counts at once.
    ///
    /// # Errors
    /// As [`scan`](super::scan()).
    pub fn begin(site: &Path) -> Result<(Self, Seen), FolderError> {
        let mut watch = Self::new(site);
        let scan = watch.look()?;
        watch.settle.observe(&scan, &Hinted::default(), watch.now());
        watch.problems = problems_of(&scan);
        let seen = Seen {
            files: Some(watch.settle.files()),
            problems: watch.problems.clone(),
        };
        Ok((watch, seen))
    }

    /// Begins to watch a folder of which nothing can be seen, or not everything, for these `problems`. The files `before` were in it;
    /// they are held until they are seen to be otherwise.
    pub fn resume(site: &Path, before: &[SourceFile], problems: Vec<Diagnostic>) -> Self {
        Self {
            settle: Settle::resume(before),
            problems,
            ..Self::new(site)
        }
    }

    fn new(site: &Path) -> Self {
        let hints = Arc::new(Hints::default());
        let now = Instant::now();
        Self {
            // Before the scan, so that no change falls between the two.
            subscription: hints::subscribe(site, &hints),
            scanner: Scanner::new(site),
            settle: Settle::default(),
            hints,
            problems: Vec::new(),
            origin: now,
            last: Look {
                end: now,
                took: Duration::ZERO,
            },
        }
    }

    /// A handle that ends the watch.
    pub fn stopper(&self) -> Stopper {
        Stopper(Arc::clone(&self.hints))
    }

    fn look(&mut self) -> Result<Scan, FolderError> {
        let begin = Instant::now();
        let scan = self.scanner.scan(self.now());
        match &scan {
            // The folder may have come back as another one, which the old subscription does not know.
            Err(_) => {
                self.subscription = None;
                self.hints.forget();
            }
            Ok(_) if self.subscription.is_none() && !self.problems.is_empty() => {
                self.subscription = hints::subscribe(self.scanner.site(), &self.hints);
            }
            Ok(_) => {}
        }
        let end = Instant::now();
        self.last = Look { end, took: end - begin };
        scan
    }

    fn now(&self) -> Moment {
        Moment::ZERO + self.origin.elapsed()
    }
}

impl Iterator for Watch {
    type Item = Seen;

    /// Waits for the next change, with a deadline for each look; `None` once stopped. The caller has a thread for it.
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (last, origin, rest) = (self.last, self.origin, self.settle.deadline());
            let hinted = self
                .hints
                .wait(|hint| due(last, hint, rest.map(|rest| instant(origin, rest))))?;
            let is_asked = self.hints.was_asked();
            let (has_changed, problems) = match self.look() {
                Ok(scan) => {
                    let now = self.now();
                    (self.settle.observe(&scan, &hinted, now), problems_of(&scan))
                }
                Err(fault) => {
                    self.settle.interrupt();
                    (false, vec![fault.diagnostic()])
                }
            };
            if has_changed || is_asked || problems != self.problems {
                self.problems.clone_from(&problems);
                let files = (has_changed || is_asked).then(|| self.settle.files());
                return Some(Seen { files, problems });
            }
        }
    }
}

/// When to look next: at a hint, when something pending may have come to rest, or because it is time; but never so often that
/// looking becomes a load.
fn due(last: Look, hint: When, rest: Option<Instant>) -> Instant {
    let poll = last.end + POLL.max(last.took * SHARE);
    let soonest = last.end + last.took * 4;
    let When { first, renamed } = hint;
    let hint = first.map(|first| first + DEBOUNCE);
    let renamed = renamed.map(|renamed| renamed + RENAMED);
    let wanted = [hint, renamed, rest].into_iter().flatten();
    wanted.map(|at| at.max(soonest)).fold(poll, Instant::min)
}

fn instant(origin: Instant, moment: Moment) -> Instant {
    origin + moment.since(Moment::ZERO)
}

fn problems_of(scan: &Scan) -> Vec<Diagnostic> {
    scan.unseen.iter().map(|unseen| unseen.fault.diagnostic()).collect()
}
