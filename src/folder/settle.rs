//! Which versions of the files have come to rest.
//!
//! A file that is being written in place looks like a file. So a version counts only when it was found unchanged for [`REST`]; one
//! that came by rename was finished elsewhere and counts at once. A file counts as gone only when it is still missing after
//! [`REST`]. Pure: scans and moments come in, the settled files and the next deadline go out.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use super::scan::{Scan, Unseen};
use crate::{units::Moment, wall::SourceFile};

/// How long a file must be found unchanged, or missing, before that counts.
pub const REST: Duration = Duration::from_millis(500);

/// The same for a file that is empty or has NUL characters: copying programs make room first and fill it later. After this it counts
/// nevertheless, so that somebody is told.
pub const BLANK_REST: Duration = Duration::from_secs(5);

/// The settled files of one site.
#[derive(Clone, Debug, Default)]
pub struct Settle {
    settled: BTreeMap<Arc<str>, SourceFile>,
    pending: BTreeMap<Arc<str>, Pending>,
    has_begun: bool,
}

/// A change that does not count yet.
#[derive(Clone, Debug)]
struct Pending {
    /// The version found; `None` for a file that is missing.
    version: Option<SourceFile>,
    since: Moment,
}

impl Pending {
    fn deadline(&self) -> Moment {
        self.since
            + match &self.version {
                Some(file) if is_blank(file) => BLANK_REST,
                _ => REST,
            }
    }
}

impl Settle {
    /// Goes on where `files` had settled before: they are held until they are seen to be otherwise.
    pub fn resume(files: &[SourceFile]) -> Self {
        let settled = files.iter().map(|file| (Arc::clone(&file.path), file.clone()));
        Self {
            settled: settled.collect(),
            pending: BTreeMap::new(),
            has_begun: true,
        }
    }

    /// Takes a scan made at `now`, with the paths of files and folders that came by rename since the scan before. The first scan
    /// counts whole: there is nothing older to hold on to. `true` where the settled files changed.
    pub fn observe(&mut self, scan: &Scan, renamed: &BTreeSet<Arc<str>>, now: Moment) -> bool {
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        let mut has_changed = is_first;
        for file in &scan.files {
            has_changed |= self.found(file, is_first || came_by_rename(&file.path, renamed), now);
        }
        has_changed | self.missed(scan, now)
    }

    /// Nothing could be scanned: everything is held, and what was changing or missing before has to come to rest anew. Until the next
    /// scan there is no deadline.
    pub fn interrupt(&mut self) {
        self.pending.clear();
    }

    /// The settled files, in the order of their paths.
    pub fn files(&self) -> Vec<SourceFile> {
        self.settled.values().cloned().collect()
    }

    /// When to scan again though nothing hints at a change; `None` where nothing is pending.
    pub fn deadline(&self) -> Option<Moment> {
        self.pending.values().map(Pending::deadline).min()
    }

    fn found(&mut self, file: &SourceFile, counts_at_once: bool, now: Moment) -> bool {
        if self
            .settled
            .get(&file.path)
            .is_some_and(|settled| is_same(settled, file))
        {
            self.pending.remove(&file.path);
            return false;
        }
        if counts_at_once || self.has_rested(file, now) {
            self.pending.remove(&file.path);
            self.settled.insert(Arc::clone(&file.path), file.clone());
            return true;
        }
        false
    }

    /// Whether this version was pending and its time has come; if it is a new one, its time begins.
    fn has_rested(&mut self, file: &SourceFile, now: Moment) -> bool {
        let pending = self.pending.get(&file.path);
        let is_known = |pending: &&Pending| pending.version.as_ref().is_some_and(|version| is_same(version, file));
        if let Some(pending) = pending.filter(is_known) {
            return pending.deadline() <= now;
        }
        let version = Some(file.clone());
        let path = Arc::clone(&file.path);
        self.pending.insert(path, Pending { version, since: now });
        false
    }

    fn missed(&mut self, scan: &Scan, now: Moment) -> bool {
        let present: BTreeSet<&str> = scan.files.iter().map(|file| &*file.path).collect();
        self.pending
            .retain(|path, pending| pending.version.is_none() || present.contains(&**path));
        let missing: Vec<Arc<str>> = self
            .settled
            .keys()
            .filter(|path| !present.contains(&***path))
            .cloned()
            .collect();
        let mut has_changed = false;
        for path in missing {
            has_changed |= self.miss(&path, &scan.unseen, now);
        }
        has_changed
    }

    fn miss(&mut self, path: &Arc<str>, unseen: &[Unseen], now: Moment) -> bool {
        if unseen.iter().any(|folder| folder.hides(path)) {
            self.pending.remove(path);
            return false;
        }
        let missing = Pending {
            version: None,
            since: now,
        };
        let is_over = self.pending.entry(Arc::clone(path)).or_insert(missing).deadline() <= now;
        if is_over {
            self.pending.remove(path);
            self.settled.remove(path);
        }
        is_over
    }
}

fn came_by_rename(path: &str, renamed: &BTreeSet<Arc<str>>) -> bool {
    let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
    folders.chain([path]).any(|part| renamed.contains(part))
}

/// Compared by digest, and by fault where there are no bytes.
fn is_same(a: &SourceFile, b: &SourceFile) -> bool {
    a.digest == b.digest && a.bytes.as_ref().err() == b.bytes.as_ref().err()
}

/// Empty, or with a NUL where no text has one. UTF-16 has zero bytes in every second place, so only a zero pair counts there.
fn is_blank(file: &SourceFile) -> bool {
    let Ok(bytes) = &file.bytes else { return false };
    match bytes.get(..2) {
        Some([0xFF, 0xFE] | [0xFE, 0xFF]) => bytes.chunks_exact(2).any(|unit| unit == [0, 0]),
        _ => bytes.is_empty() || bytes.contains(&0),
    }
}
