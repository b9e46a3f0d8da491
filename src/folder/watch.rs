//! The site's folder over time: when to look, and what has come to rest.

use std::{
    collections::BTreeSet,
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

/// So many files at most are glimpsed at; a look at everything takes more of them as well.
const GLIMPSE: usize = 100;

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
    /// What was hinted at since the last look at everything, where such a look is owed: a glimpse has to be confirmed, or it was too soon.
    owed: Option<Hinted>,
}

/// When the folder was looked at last, and how long that took.
#[derive(Clone, Copy, Debug)]
struct Look {
    end: Instant,
    took: Duration,
    /// Whether the folder could be seen.
    is_good: bool,
}

impl Look {
    /// When to look at everything again at the soonest.
    fn soonest(&self) -> Instant {
        self.end + self.took * 4
    }
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
                is_good: false,
            },
            owed: None,
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
        self.last = Look {
            end,
            took: end - begin,
            is_good: scan.is_ok(),
        };
        scan
    }

    /// What may be glimpsed at: the files that were hinted at, and those that may have come to rest. Nothing while a look at everything is
    /// owed.
    fn glimpsable(&self, hinted: &Hinted) -> BTreeSet<Arc<str>> {
        if !self.last.is_good || self.owed.is_some() {
            return BTreeSet::new();
        }
        let hinted = hinted.renamed.iter().chain(&hinted.written);
        hinted.chain(self.settle.due(self.now())).cloned().collect()
    }

    /// Takes these files without looking at anything else, so that news need not wait for a large folder; a look at everything follows.
    /// `true` where the settled files changed.
    fn glimpse(&mut self, paths: &BTreeSet<Arc<str>>, hinted: Hinted) -> bool {
        let files = self.scanner.glimpse(paths.iter(), self.now());
        let now = self.now();
        let has_changed = self.settle.glimpse(&files, &hinted, now);
        self.owed = Some(hinted);
        has_changed
    }

    /// Looks at everything. What is new, where anything is.
    fn look_and_tell(&mut self, hinted: &Hinted) -> Option<Seen> {
        let is_asked = self.hints.was_asked();
        let (has_changed, problems) = match self.look() {
            Ok(scan) => {
                let now = self.now();
                (self.settle.observe(&scan, hinted, now), problems_of(&scan))
            }
            Err(fault) => {
                self.settle.interrupt();
                (false, vec![fault.diagnostic()])
            }
        };
        if !has_changed && !is_asked && problems == self.problems {
            return None;
        }
        self.problems.clone_from(&problems);
        let files = (has_changed || is_asked).then(|| self.settle.files());
        Some(Seen { files, problems })
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
            let plan = Plan {
                last: self.last,
                rest: self.settle.deadline().map(|rest| instant(self.origin, rest)),
                is_owed: self.owed.is_some(),
            };
            let hinted = self.hints.wait(|hint| plan.due(hint))?;
            let paths = self.glimpsable(&hinted);
            if (1..=GLIMPSE).contains(&paths.len()) {
                if self.glimpse(&paths, hinted) {
                    let (files, problems) = (Some(self.settle.files()), self.problems.clone());
                    return Some(Seen { files, problems });
                }
                continue;
            }
            let hinted = match self.owed.take() {
                Some(before) => before.and_then(hinted),
                None => hinted,
            };
            if Instant::now() < self.last.soonest() && !self.hints.is_asked() {
                self.owed = Some(hinted);
                continue;
            }
            if let Some(seen) = self.look_and_tell(&hinted) {
                return Some(seen);
            }
        }
    }
}

/// What decides when to look next.
#[derive(Clone, Copy, Debug)]
struct Plan {
    last: Look,
    rest: Option<Instant>,
    /// Whether a look at everything is owed.
    is_owed: bool,
}

impl Plan {
    /// When to look next: at a hint, when something pending may have come to rest, or because it is time; but never so often that
    /// looking becomes a load. Between two looks at everything there is one glimpse, which need not wait for that.
    fn due(&self, When { first, renamed }: When) -> Instant {
        let Look { end, took, is_good } = self.last;
        let may_glimpse = is_good && !self.is_owed;
        let soonest = if may_glimpse { end } else { self.last.soonest() };
        let hint = first.map(|first| first + DEBOUNCE);
        let renamed = renamed.map(|renamed| renamed + RENAMED);
        let owed = self.is_owed.then_some(soonest);
        let wanted = [hint, renamed, self.rest, owed].into_iter().flatten();
        let poll = end + POLL.max(took * SHARE);
        wanted.map(|at| at.max(soonest)).fold(poll, Instant::min)
    }
}

fn instant(origin: Instant, moment: Moment) -> Instant {
    origin + moment.since(Moment::ZERO)
}

fn problems_of(scan: &Scan) -> Vec<Diagnostic> {
    scan.unseen.iter().map(|unseen| unseen.fault.diagnostic()).collect()
}
