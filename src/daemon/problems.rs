//! The problems in force, of all parts of the daemon, for the page and the log.
//!
//! Each part says what is wrong with it whenever that changes. A problem is logged once when it comes and once when it is gone, not
//! as long as it lasts.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{diagnostic::Diagnostic, simulator::Hub};

/// Which part of the daemon a problem is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The site's folder as a whole.
    Folder,
    /// What the files say.
    Files,
    /// Videos of which no clip could be made, beside what is told of them as files.
    Videos,
    /// What the files will lack before long.
    Outlook,
    /// Taking in a changed site.
    Reload,
    /// The machine's clock.
    Clock,
    /// How the daemon came to be started.
    Start,
    /// The state folder as a whole.
    State,
    /// The clips and their store.
    Clips,
    /// The page.
    Page,
    /// The journal.
    Journal,
    /// What is told on the share.
    Feedback,
    /// A stop.
    Stop,
    /// The control socket.
    Control,
    /// The player of the screen of that identity.
    Player(Arc<str>),
    /// The precedence of that screen's player.
    Precedence(Arc<str>),
    /// The output of that number, from 0, of the screen of that identity.
    Output(Arc<str>, usize),
    /// The card of that number, from 0, of the screen of that identity.
    Card(Arc<str>, usize),
}

impl Origin {
    /// Whether it is about what a clerk has put into the folder, rather than about the machine.
    pub const fn is_of_clerks(&self) -> bool {
        matches!(self, Self::Folder | Self::Files | Self::Videos)
    }

    /// Whether it is a way to LEDs. Of such a one a new problem takes the place of the last, as when a port first breaks off and then is not
    /// there: nothing is solved by that.
    const fn is_way(&self) -> bool {
        matches!(self, Self::Output(..) | Self::Card(..))
    }

    /// Whether it is our fault or the world's.
    const fn is_ours(&self) -> bool {
        matches!(self, Self::Player(_) | Self::Reload)
    }
}

/// The problems in force.
#[derive(Debug)]
pub struct Problems {
    hub: Arc<Hub>,
    by_origin: Mutex<BTreeMap<Origin, Vec<Diagnostic>>>,
}

impl Problems {
    /// None yet; `hub` is told of every change.
    pub const fn new(hub: Arc<Hub>) -> Self {
        Self {
            hub,
            by_origin: Mutex::new(BTreeMap::new()),
        }
    }

    /// Makes `problems` what is wrong with `origin`: all of it, or nothing any more. What came and what is solved goes to the log.
    pub fn set(&self, origin: &Origin, problems: &[Diagnostic]) {
        // The log may be read slowly. Nobody else waits for that: it is written once the lock is free.
        let Some(before) = self.put(origin, problems) else {
            return;
        };
        // Thousands of files may have one each.
        let (old, new): (HashSet<_>, HashSet<_>) = (before.iter().collect(), problems.iter().collect());
        let mut is_replaced = false;
        for problem in problems.iter().filter(|problem| !old.contains(problem)) {
            log(origin, problem);
            is_replaced = origin.is_way();
        }
        if is_replaced {
            return;
        }
        for problem in before.iter().filter(|problem| !new.contains(problem)) {
            tracing::info!(file = %problem.file, "solved: {}", problem.message.en);
        }
    }

    /// Notes that `origin` is no more: what was wrong with it is gone, though not solved.
    pub fn forget(&self, origin: &Origin) {
        self.put(origin, &[]);
    }

    /// Puts `problems` in place of those of `origin`, which come back; `None` where they are the same.
    fn put(&self, origin: &Origin, problems: &[Diagnostic]) -> Option<Vec<Diagnostic>> {
        let mut by_origin = self.by_origin.lock().unwrap_or_else(PoisonError::into_inner);
        if by_origin.get(origin).map_or(&[][..], Vec::as_slice) == problems {
            return None;
        }
        let before = match problems {
            [] => by_origin.remove(origin),
            _ => by_origin.insert(origin.clone(), problems.to_vec()),
        };
        self.hub.report(by_origin.values().flatten().cloned().collect());
        Some(before.unwrap_or_default())
    }

    /// All problems, each with the part that it is of.
    pub fn parts(&self) -> Vec<(Origin, Diagnostic)> {
        let by_origin = self.by_origin.lock().unwrap_or_else(PoisonError::into_inner);
        let of_part = |(origin, problems): (&Origin, &Vec<Diagnostic>)| {
            let each = problems.iter().map(|problem| (origin.clone(), problem.clone()));
            each.collect::<Vec<_>>()
        };
        by_origin.iter().flat_map(of_part).collect()
    }

    /// All problems, part by part.
    pub fn all(&self) -> Vec<Diagnostic> {
        let by_origin = self.by_origin.lock().unwrap_or_else(PoisonError::into_inner);
        by_origin.values().flatten().cloned().collect()
    }
}

fn log(origin: &Origin, problem: &Diagnostic) {
    let place = problem
        .place
        .as_ref()
        .map(|place| format!(":{}:{}", place.line, place.column));
    let place = format!("{}{}", problem.file, place.unwrap_or_default());
    let (message, help) = (&problem.message.en, &problem.help.en);
    if origin.is_ours() {
        tracing::error!("{place}: {message}; {help}");
    } else {
        tracing::warn!("{place}: {message}; {help}");
    }
}
