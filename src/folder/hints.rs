//! What the system says of changes in a folder: a hint when to look, and which files came by rename.
//!
//! Hints may be lost, late or never sent (shares send none), so nothing depends on them but how soon we look.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{ModifyKind, RenameMode},
};

/// The folder of a site in which the daemon tells the clerk how things stand: written by us, never read, never watched.
pub const FEEDBACK: &str = "反馈";

/// How many renamed paths are kept between two scans; the files of further ones have to rest like any other.
const RENAMED_LIMIT: usize = 10_000;

/// The hints since the last scan, shared with the system's watcher.
#[derive(Debug, Default)]
pub(super) struct Hints {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    first: Option<Instant>,
    renamed: BTreeSet<Arc<str>>,
    is_stopped: bool,
    /// How many hints there were in all.
    count: u64,
}

impl Hints {
    /// How many hints there were so far.
    pub(super) fn count(&self) -> u64 {
        self.lock().count
    }

    /// Waits until `due`, given the first hint's instant, has come, or until told to stop: then `None`. Else the renamed paths.
    pub(super) fn wait(&self, due: impl Fn(Option<Instant>) -> Instant) -> Option<BTreeSet<Arc<str>>> {
        let mut state = self.lock();
        loop {
            if state.is_stopped {
                return None;
            }
            let left = due(state.first).saturating_duration_since(Instant::now());
            if left.is_zero() {
                state.first = None;
                return Some(std::mem::take(&mut state.renamed));
            }
            let woken = self.changed.wait_timeout(state, left);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Ends the present wait and every later one.
    pub(super) fn stop(&self) {
        self.lock().is_stopped = true;
        self.changed.notify_all();
    }

    fn take(&self, site: &Path, event: &notify::Result<Event>) {
        if let Ok(event) = event
            && (matches!(event.kind, EventKind::Access(_)) || is_our_own(site, event))
        {
            return;
        }
        let mut state = self.lock();
        state.first.get_or_insert_with(Instant::now);
        state.count += 1;
        if let Some(path) = event.as_ref().ok().and_then(arrival)
            && let Some(path) = path.strip_prefix(site).ok().and_then(Path::to_str)
            && state.renamed.len() < RENAMED_LIMIT
        {
            state.renamed.insert(path.into());
        }
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether nothing but what we write ourselves has changed.
fn is_our_own(site: &Path, event: &Event) -> bool {
    let feedback = site.join(FEEDBACK);
    !event.need_rescan() && !event.paths.is_empty() && event.paths.iter().all(|path| path.starts_with(&feedback))
}

/// Where something arrived by rename.
fn arrival(event: &Event) -> Option<&PathBuf> {
    match event.kind {
        EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => event.paths.last(),
        _ => None,
    }
}

/// Asks the system to hint at changes below `site`; `None`, with a warning, where it will not: then we look by the clock alone.
pub(super) fn subscribe(site: &Path, hints: &Arc<Hints>) -> Option<RecommendedWatcher> {
    let site = site.canonicalize().ok()?;
    let (root, hints) = (site.clone(), Arc::clone(hints));
    let watcher = notify::recommended_watcher(move |event| hints.take(&root, &event)).and_then(|mut watcher| {
        watcher.watch(&site, RecursiveMode::Recursive)?;
        Ok(watcher)
    });
    watcher
        .inspect_err(|error| tracing::warn!(%error, "the system does not report changes; looking every second instead"))
        .ok()
}
