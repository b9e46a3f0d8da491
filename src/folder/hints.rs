//! What the system says of changes in a folder: a hint when to look, which files came by rename, and which are being written.
//!
//! Hints may be lost, late or never sent (shares send none), so nothing depends on them but how soon we look and how soon a file counts.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode, ModifyKind, RenameMode},
};

use super::settle::Hinted;

/// The folder of a site in which the daemon tells the clerk how things stand: written by us, never read, never watched.
pub const FEEDBACK: &str = "反馈";

/// How many paths of each kind are kept; the files of further ones have to rest like any other.
const LIMIT: usize = 10_000;

/// The hints since the last scan, shared with the system's watcher.
#[derive(Debug, Default)]
pub(super) struct Hints {
    state: Mutex<State>,
    changed: Condvar,
}

/// When the system has hinted at a change since the last scan.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct When {
    /// The first hint of any kind.
    pub(super) first: Option<Instant>,
    /// The first of something that came by rename, and so is finished.
    pub(super) renamed: Option<Instant>,
}

#[derive(Debug, Default)]
struct State {
    is_asked: bool,
    when: When,
    hinted: Hinted,
    is_stopped: bool,
    /// How many hints there were in all.
    count: u64,
}

impl Hints {
    /// How many hints there were so far.
    pub(super) fn count(&self) -> u64 {
        self.lock().count
    }

    /// Waits until `due`, given when there was a hint, has come, or until told to stop: then `None`. Else what was hinted at.
    pub(super) fn wait(&self, due: impl Fn(When) -> Instant) -> Option<Hinted> {
        let mut state = self.lock();
        loop {
            if state.is_stopped {
                return None;
            }
            let left = due(state.when).saturating_duration_since(Instant::now());
            if left.is_zero() || state.is_asked {
                state.when = When::default();
                return Some(state.hinted.hand_over());
            }
            let woken = self.changed.wait_timeout(state, left);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Ends the present wait, and asks for all files, changed or not.
    pub(super) fn ask(&self) {
        self.lock().is_asked = true;
        self.changed.notify_all();
    }

    /// Whether all files are asked for.
    pub(super) fn is_asked(&self) -> bool {
        self.lock().is_asked
    }

    /// Whether something came by rename since the last wait.
    pub(super) fn is_renamed(&self) -> bool {
        self.lock().when.renamed.is_some()
    }

    /// Whether all files were asked for since this was last called.
    pub(super) fn was_asked(&self) -> bool {
        std::mem::take(&mut self.lock().is_asked)
    }

    /// Ends the present wait and every later one.
    pub(super) fn stop(&self) {
        self.lock().is_stopped = true;
        self.changed.notify_all();
    }

    /// Forgets what is being written: from here on, nobody may say when that ends.
    pub(super) fn forget(&self) {
        self.lock().hinted.open.clear();
    }

    fn take(&self, site: &Path, event: &notify::Result<Event>) {
        let Ok(event) = event else {
            return self.hint(Instant::now());
        };
        if is_our_own(site, event) {
            return;
        }
        let path = |path: &PathBuf| path.strip_prefix(site).ok().and_then(Path::to_str).map(Arc::from);
        let Some(path) = event.paths.last().and_then(path) else {
            return self.lost_some(event);
        };
        let mut state = self.lock();
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => drop(state.hinted.open.remove(&path)),
            EventKind::Access(_) => return,
            EventKind::Modify(ModifyKind::Data(_)) => state.hinted.write(path),
            EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => {
                state.hinted.rename(path);
                state.when.renamed.get_or_insert_with(Instant::now);
            }
            EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => drop(state.hinted.open.remove(&path)),
            _ => {}
        }
        drop(state);
        self.hint(Instant::now());
    }

    /// An event without a path in the site: the site itself moved, or the queue ran over.
    fn lost_some(&self, event: &Event) {
        if event.need_rescan() {
            tracing::info!("more changed in the folder than the system keeps; all of it is looked at anew");
            self.forget();
        }
        if !matches!(event.kind, EventKind::Access(_)) {
            self.hint(Instant::now());
        }
    }

    fn hint(&self, now: Instant) {
        let mut state = self.lock();
        state.when.first.get_or_insert(now);
        state.count += 1;
        drop(state);
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

impl Hinted {
    /// What a scan is told; what is still being written stays known.
    fn hand_over(&mut self) -> Self {
        let open = self.open.clone();
        std::mem::replace(
            self,
            Self {
                open,
                ..Self::default()
            },
        )
    }

    /// Somebody has written into the file at `path`, and may not be through.
    fn write(&mut self, path: Arc<str>) {
        self.renamed.remove(&path);
        if self.written.len() < LIMIT && self.open.len() < LIMIT {
            self.written.insert(Arc::clone(&path));
            self.open.insert(path);
        }
    }

    fn rename(&mut self, path: Arc<str>) {
        self.open.remove(&path);
        if self.renamed.len() < LIMIT {
            self.renamed.insert(path);
        }
    }
}

/// Asks the system to hint at changes below `site`; `None`, with a warning, where it will not: then we look by the clock alone.
pub(super) fn subscribe(site: &Path, hints: &Arc<Hints>) -> Option<RecommendedWatcher> {
    let site = site.canonicalize().ok()?;
    let (root, hints) = (site.clone(), Arc::clone(hints));
    let watcher = notify::recommended_watcher(move |event| {
        if let Err(error) = &event {
            tracing::warn!(%error, "the system does not report all changes; looking every second as well");
        }
        hints.take(&root, &event);
    })
    .and_then(|mut watcher| {
        watcher.watch(&site, RecursiveMode::Recursive)?;
        Ok(watcher)
    });
    watcher
        .inspect_err(|error| tracing::warn!(%error, "the system does not report changes; looking every second instead"))
        .ok()
}
