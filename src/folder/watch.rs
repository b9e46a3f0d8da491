//! The site's folder over time: when to look, and what has come to rest.
//!
//! ```text
//! hint: these files --glimpse--> at them alone, at once      a file that came by rename counts, one that was written begins to rest
//!                   \--look-----> at everything, soon after  confirms it; what is gone, moved or unseen is told by looks alone
//! ```
//!
//! Between two looks there is one glimpse, and one look at most is broken off for it: no stream of hints keeps the whole folder from
//! being looked at.

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
    /// What was hinted at since the last look at everything, where such a look is owed.
    owed: Option<Hinted>,
    /// Whether there was a glimpse since then.
    has_glimpsed: bool,
    /// Whether a look was broken off since then: the next one goes on to its end, whatever comes.
    was_broken_off: bool,
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
        let scan = watch.look(|_| false)?.expect("nothing breaks it off");
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
            has_glimpsed: false,
            was_broken_off: false,
        }
    }

    /// A handle that ends the watch.
    pub fn stopper(&self) -> Stopper {
        Stopper(Arc::clone(&self.hints))
    }

    /// `None` where the look was broken off, since news came that are better glimpsed at: nothing has happened then.
    fn look(&mut self, is_over: impl Fn(&Hints) -> bool) -> Result<Option<Scan>, FolderError> {
        let begin = Instant::now();
        let now = self.now();
        let scan = self.scanner.scan_unless(now, || is_over(&self.hints));
        if let Ok(None) = scan {
            return scan;
        }
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

    /// What may be glimpsed at: the files that were hinted at, and those that may have come to rest. Between two looks at everything there
    /// is one glimpse.
    fn glimpsable(&self, hinted: &Hinted) -> BTreeSet<Arc<str>> {
        if !self.last.is_good || self.has_glimpsed {
            return BTreeSet::new();
        }
        let hinted = hinted.renamed.iter().chain(&hinted.written);
        hinted.chain(self.settle.due(self.now())).cloned().collect()
    }

    /// Takes these files without looking at anything else, so that news need not wait for a large folder; a look at everything is owed then.
    /// `true` where the settled files changed.
    fn glimpse(&mut self, paths: &BTreeSet<Arc<str>>, hinted: Hinted) -> bool {
        let files = self.scanner.glimpse(paths.iter(), self.now());
        let now = self.now();
        let has_changed = self.settle.glimpse(&files, &hinted, now);
        // Also where nothing came of it, as of a picture, which only a look at everything takes in: that is next.
        self.has_glimpsed = true;
        self.owe(hinted);
        has_changed
    }

    fn owe(&mut self, hinted: Hinted) {
        self.owed = Some(self.with_owed(hinted));
    }

    /// All that was hinted at since the last look at everything.
    fn with_owed(&mut self, hinted: Hinted) -> Hinted {
        match self.owed.take() {
            Some(before) => before.and_then(hinted),
            None => hinted,
        }
    }

    /// Looks at everything. What is new, where anything is.
    fn look_and_tell(&mut self, hinted: Hinted) -> Option<Seen> {
        let may_break_off = self.last.is_good && !self.has_glimpsed && !self.was_broken_off;
        let (has_changed, problems) = match self.look(|hints| may_break_off && hints.is_renamed()) {
            Ok(Some(scan)) => {
                let now = self.now();
                (self.settle.observe(&scan, &hinted, now), problems_of(&scan))
            }
            Ok(None) => {
                self.was_broken_off = true;
                self.owe(hinted);
                return None;
            }
            Err(fault) => {
                self.settle.interrupt();
                (false, vec![fault.diagnostic()])
            }
        };
        self.has_glimpsed = false;
        self.was_broken_off = false;
        let is_asked = self.hints.was_asked();
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
                has_glimpsed: self.has_glimpsed,
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
            if Instant::now() < self.last.soonest() && !self.hints.is_asked() {
                self.owe(hinted);
                continue;
            }
            let hinted = self.with_owed(hinted);
            if let Some(seen) = self.look_and_tell(hinted) {
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
    /// Whether there was a glimpse since the last one.
    has_glimpsed: bool,
}

impl Plan {
    /// When to look next: at a hint, when something pending may have come to rest, or because it is time; but never so often that
    /// looking becomes a load. A glimpse need not wait for that, and breaks a look off that has begun.
    fn due(&self, When { first, renamed }: When) -> Instant {
        let Look { end, took, is_good } = self.last;
        let soonest = self.last.soonest();
        let may_glimpse = is_good && !self.has_glimpsed;
        let hint = first.map(|first| first + DEBOUNCE);
        let renamed = renamed.map(|renamed| renamed + RENAMED);
        let [hint, renamed] = [hint, renamed].map(|at| at.map(|at| if may_glimpse { at } else { at.max(soonest) }));
        let is_free = may_glimpse && !self.is_owed;
        let rest = self.rest.map(|rest| if is_free { rest } else { rest.max(soonest) });
        let owed = self.is_owed.then_some(soonest);
        let poll = end + POLL.max(took * SHARE);
        [hint, renamed, rest, owed]
            .into_iter()
            .flatten()
            .fold(poll, Instant::min)
    }
}

fn instant(origin: Instant, moment: Moment) -> Instant {
    origin + moment.since(Moment::ZERO)
}

fn problems_of(scan: &Scan) -> Vec<Diagnostic> {
    scan.unseen.iter().map(|unseen| unseen.fault.diagnostic()).collect()
}
