//! Which versions of the files have come to rest.
//!
//! A file that is being written in place looks like a file. So a version counts only when it was found unchanged for [`REST`]; one
//! that came by rename was finished elsewhere and counts at once. A file counts as gone only when it is still missing after
//! [`REST`]; one that is found again under another name has moved, and the two swap at once.
//!
//! A slow writer pauses for longer than that. What gives it away lengthens the rest: the file is still open, its steps are far
//! apart, or it is hardly begun. Pure: scans and moments come in, the settled files and the next deadline go out.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
    time::Duration,
};

use super::scan::{Scan, Unseen};
use crate::{
    units::{Digest, Moment},
    wall::{ReadFault, SourceFile},
};

/// How long a file must be found unchanged, or missing, before that counts.
pub const REST: Duration = Duration::from_millis(500);

/// The same for a file that is empty or has NUL characters: copying programs make room first and fill it later. After this it counts
/// nevertheless, so that somebody is told. Whatever else is held against a file, it need not rest longer.
pub const BLANK_REST: Duration = Duration::from_secs(5);

/// The same for a file of less than [`THIN`] bytes: whoever writes ten bytes a second has written no more when it is first seen.
pub const THIN_REST: Duration = Duration::from_millis(1500);

/// Fewer bytes than this are hardly a text.
pub const THIN: usize = 16;

/// What the system has said of files since the scan before, by their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hinted {
    /// Files and folders that came by rename; of files, those that were not written since.
    pub renamed: BTreeSet<Arc<str>>,
    /// Files that were written.
    pub written: BTreeSet<Arc<str>>,
    /// Files that were written and are not closed yet, since whenever.
    pub open: BTreeSet<Arc<str>>,
}

impl Hinted {
    /// Whether the file at `path` came by rename as it is, alone or with a folder above it.
    fn is_finished(&self, path: &str) -> bool {
        let mut folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        let is_written = self.written.contains(path) || self.open.contains(path);
        self.renamed.contains(path) || !is_written && folders.any(|folder| self.renamed.contains(folder))
    }

    /// What was hinted at first, and what was after that, as though it had come together.
    #[must_use]
    pub fn and_then(mut self, later: Self) -> Self {
        self.renamed.retain(|path| !later.written.contains(path));
        self.renamed.extend(later.renamed);
        self.written.extend(later.written);
        self.open = later.open;
        self
    }
}

/// The settled files of one site.
#[derive(Clone, Debug, Default)]
pub struct Settle {
    settled: BTreeMap<Arc<str>, Settled>,
    pending: BTreeMap<Arc<str>, Pending>,
    has_begun: bool,
}

/// A version that counts.
#[derive(Clone, Debug)]
struct Settled {
    file: SourceFile,
    /// When it was seen first.
    since: Moment,
}

/// A change that does not count yet.
#[derive(Clone, Debug)]
struct Pending {
    /// The version found; `None` for a file that is missing.
    version: Option<SourceFile>,
    since: Moment,
    /// The longest time between two steps in which the file was seen to be written.
    pace: Duration,
    /// Whether somebody has not closed it yet.
    is_open: bool,
}

impl Pending {
    /// The version of `file` found at `now`, which was seen to be written at that pace.
    fn found(file: &SourceFile, now: Moment, pace: Duration) -> Self {
        Self {
            version: Some(file.clone()),
            since: now,
            pace,
            is_open: false,
        }
    }

    const fn missing(now: Moment) -> Self {
        Self {
            version: None,
            since: now,
            pace: Duration::ZERO,
            is_open: false,
        }
    }

    fn is(&self, file: &SourceFile) -> bool {
        self.version.as_ref().is_some_and(|version| is_same(version, file))
    }

    fn deadline(&self) -> Moment {
        self.since + self.version.as_ref().map_or(REST, |file| self.rest(file))
    }

    fn rest(&self, file: &SourceFile) -> Duration {
        let length = file.bytes.as_ref().map_or(THIN, |bytes| bytes.len());
        if is_blank(file) || self.is_open {
            BLANK_REST
        } else {
            let least = if length < THIN { THIN_REST } else { REST };
            (self.pace * 2).clamp(least, BLANK_REST)
        }
    }
}

impl Settle {
    /// Goes on where `files` had settled before: they are held until they are seen to be otherwise.
    pub fn resume(files: &[SourceFile]) -> Self {
        let settle = |file: &SourceFile| Settled {
            file: file.clone(),
            since: Moment::ZERO,
        };
        let settled = files.iter().map(|file| (Arc::clone(&file.path), settle(file)));
        Self {
            settled: settled.collect(),
            has_begun: true,
            ..Self::default()
        }
    }

    /// Takes a scan made at `now`, with what was hinted at since the scan before. The first scan counts whole: there is nothing older
    /// to hold on to. `true` where the settled files changed.
    pub fn observe(&mut self, scan: &Scan, hinted: &Hinted, now: Moment) -> bool {
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        let mut has_changed = is_first;
        let present: BTreeSet<&str> = scan.files.iter().map(|file| &*file.path).collect();
        let mut left = self.left(&present, &scan.unseen);
        for file in &scan.files {
            let is_moved = !self.settled.contains_key(&file.path) && self.has_moved(file, &mut left);
            let counts_at_once = is_first || is_moved || hinted.is_finished(&file.path);
            has_changed |= self.found(file, counts_at_once, hinted.open.contains(&file.path), now);
        }
        has_changed | self.missed(&present, &scan.unseen, now)
    }

    /// Takes `files`, seen at `now` apart from any scan, with what was hinted at: as [`observe`](Self::observe), but of all other files nothing
    /// is known. A text under a new name that says what another one says is left to the next scan, which can tell whether it has moved.
    pub fn glimpse(&mut self, files: &[SourceFile], hinted: &Hinted, now: Moment) -> bool {
        let mut has_changed = false;
        let files = if self.has_begun { files } else { &[] };
        for file in files {
            let is_new = !self.settled.contains_key(&file.path);
            let may_have_moved = is_new && self.settled.values().any(|settled| settled.file.digest == file.digest);
            if !may_have_moved {
                let (is_finished, is_open) = (hinted.renamed.contains(&file.path), hinted.open.contains(&file.path));
                has_changed |= self.found(file, is_finished, is_open, now);
            }
        }
        has_changed
    }

    /// The files that will have come to rest by `now` if they are found unchanged.
    pub fn due(&self, now: Moment) -> impl Iterator<Item = &Arc<str>> {
        let due = move |(_, pending): &(_, &Pending)| pending.version.is_some() && pending.deadline() <= now;
        self.pending.iter().filter(due).map(|(path, _)| path)
    }

    /// Nothing could be scanned: everything is held, and what was changing or missing before has to come to rest anew. Until the next
    /// scan there is no deadline.
    pub fn interrupt(&mut self) {
        self.pending.clear();
    }

    /// The settled files, in the order of their paths.
    pub fn files(&self) -> Vec<SourceFile> {
        self.settled.values().map(|settled| settled.file.clone()).collect()
    }

    /// When to scan again though nothing hints at a change; `None` where nothing is pending.
    pub fn deadline(&self) -> Option<Moment> {
        self.pending.values().map(Pending::deadline).min()
    }

    /// The paths that settled texts have left, by what they said.
    fn left(&self, present: &BTreeSet<&str>, unseen: &[Unseen]) -> HashMap<Digest, Arc<str>> {
        let left = self.settled.iter().filter(|(path, settled)| {
            let is_hidden = || unseen.iter().any(|folder| folder.hides(path));
            !present.contains(&***path) && settled.file.bytes.is_ok() && !is_blank(&settled.file) && !is_hidden()
        });
        left.map(|(path, settled)| (settled.file.digest, Arc::clone(path)))
            .collect()
    }

    /// Whether `file` says what a file that is missing said: then it is that file under another name, and takes its place at once, for
    /// neither shall both be shown nor none.
    fn has_moved(&mut self, file: &SourceFile, left: &mut HashMap<Digest, Arc<str>>) -> bool {
        let old = file.bytes.as_ref().ok().and_then(|_| left.remove(&file.digest));
        if let Some(old) = &old {
            self.settled.remove(old);
            self.pending.remove(old);
        }
        old.is_some()
    }

    fn found(&mut self, file: &SourceFile, counts_at_once: bool, is_open: bool, now: Moment) -> bool {
        let settled = self.settled.get(&file.path);
        if settled.is_some_and(|settled| is_same(&settled.file, file)) {
            self.pending.remove(&file.path);
            return false;
        }
        if !counts_at_once && !self.has_rested(file, is_open, now) {
            return false;
        }
        let pending = self.pending.remove(&file.path);
        let since = pending
            .filter(|pending| pending.is(file))
            .map_or(now, |pending| pending.since);
        let settled = Settled {
            file: file.clone(),
            since,
        };
        self.settled.insert(Arc::clone(&file.path), settled);
        true
    }

    /// Whether this version was pending and its time has come; if it is a new one, its time begins.
    fn has_rested(&mut self, file: &SourceFile, is_open: bool, now: Moment) -> bool {
        let known = self.pending.remove(&file.path);
        let (mut pending, is_known) = match known {
            Some(pending) if pending.is(file) => (pending, true),
            Some(Pending {
                version: Some(_),
                since,
                pace,
                ..
            }) => (Pending::found(file, now, now.since(since).max(pace)), false),
            Some(_) | None => (Pending::found(file, now, self.pace_of_settled(file, now)), false),
        };
        pending.is_open = is_open;
        let is_over = is_known && pending.deadline() <= now;
        self.pending.insert(Arc::clone(&file.path), pending);
        is_over
    }

    /// The pace at which a file is written that was taken for finished too early: it goes on in the middle of a line, soon after.
    fn pace_of_settled(&self, file: &SourceFile, now: Moment) -> Duration {
        let goes_on = |settled: &&Settled| match (&settled.file.bytes, &file.bytes) {
            (Ok(before), Ok(bytes)) => !before.ends_with(b"\n") && bytes.starts_with(before),
            _ => false,
        };
        let settled = self.settled.get(&file.path).filter(goes_on);
        let pace = settled.map(|settled| now.since(settled.since));
        pace.filter(|pace| *pace < BLANK_REST).unwrap_or_default()
    }

    fn missed(&mut self, present: &BTreeSet<&str>, unseen: &[Unseen], now: Moment) -> bool {
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
            has_changed |= self.miss(&path, unseen, now);
        }
        has_changed
    }

    fn miss(&mut self, path: &Arc<str>, unseen: &[Unseen], now: Moment) -> bool {
        if unseen.iter().any(|folder| folder.hides(path)) {
            self.pending.remove(path);
            return false;
        }
        let missing = self.pending.entry(Arc::clone(path));
        let is_over = missing.or_insert_with(|| Pending::missing(now)).deadline() <= now;
        if is_over {
            self.pending.remove(path);
            self.settled.remove(path);
        }
        is_over
    }
}

/// Compared by digest, and by fault where there are no bytes.
fn is_same(a: &SourceFile, b: &SourceFile) -> bool {
    a.digest == b.digest && a.bytes.as_ref().err() == b.bytes.as_ref().err()
}

/// Empty, or with a NUL where no text has one. UTF-16 has zero bytes in every second place, so only a zero pair counts there.
fn is_blank(file: &SourceFile) -> bool {
    let bytes = match &file.bytes {
        Ok(bytes) => bytes,
        Err(ReadFault::Waiting { is_hollow }) => return *is_hollow,
        Err(_) => return false,
    };
    match bytes.get(..2) {
        Some([0xFF, 0xFE] | [0xFE, 0xFF]) => bytes.chunks_exact(2).any(|unit| unit == [0, 0]),
        _ => bytes.is_empty() || bytes.contains(&0),
    }
}
