//! Which versions of files this program has failed on, and leaves alone until they are others.
//!
//! ```text
//! work on a file --Witness--> Marker      the process is lost; the next one finds the mark
//!                                v
//!                           Quarantine    the second mark on one version: it is left out
//! ```
//!
//! A mark alone proves little, for a process may be killed at any time. So one mark makes a version a suspect; it is one no more once the
//! very work at which it was left has been done. A panic, which is caught, proves enough.

use std::{
    io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    folder::{Marker, Note},
    units::Digest,
    wall::{ReadFault, SourceFile, Task, Witness, Work},
};

/// How many marks it takes.
const ENOUGH: u32 = 2;

/// How many versions are remembered; the oldest are let go.
const MOST: usize = 256;

/// The versions that are suspects, or left out.
#[derive(Debug)]
pub struct Quarantine {
    note: Note,
    entries: Mutex<Vec<Entry>>,
    /// Whether there is a suspect: whoever sets a page asks only this.
    has_suspects: AtomicBool,
    is_unsaved: AtomicBool,
    /// Whether a version was added since somebody last asked.
    has_grown: AtomicBool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    count: u32,
    /// Whether the next process shall know of it: a panic is forgiven with the program.
    is_kept: bool,
    mark: Mark,
}

/// What a mark says: the version, and what was done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    digest: Digest,
    task: String,
    path: String,
}

impl Mark {
    fn of(work: &Work<'_>) -> Self {
        let task = match work.task {
            Task::Read => "read".to_owned(),
            Task::Measure(size) => format!("measure {}x{}", size.width, size.height),
            Task::Prepare(size, page) => format!("prepare {}x{} {page}", size.width, size.height),
        };
        Self {
            digest: work.digest,
            task,
            path: work.path.to_owned(),
        }
    }

    /// As one line: a path may have a line break in it.
    fn line(&self) -> String {
        let parts = (self.digest.to_string(), &self.task, &self.path);
        serde_json::to_string(&parts).expect("texts alone can be written")
    }

    fn read(line: &str) -> Option<Self> {
        let (digest, task, path): (String, String, String) = serde_json::from_str(line).ok()?;
        Some(Self {
            digest: digest.parse().ok()?,
            task,
            path,
        })
    }

    fn is_of(&self, path: &str, digest: Digest) -> bool {
        self.digest == digest && self.path == path
    }
}

impl Quarantine {
    /// What `note` says, and the marks that the process before has left.
    pub fn new(note: Note, marks: &[String]) -> Self {
        let lines = note.lines();
        let known = lines.iter().filter_map(|line| {
            let (count, mark) = line.split_once(' ')?;
            Some(Entry {
                count: count.parse().ok()?,
                is_kept: true,
                mark: Mark::read(mark)?,
            })
        });
        let this = Self {
            note,
            entries: Mutex::new(known.take(MOST).collect()),
            has_suspects: AtomicBool::new(false),
            is_unsaved: AtomicBool::new(false),
            has_grown: AtomicBool::new(false),
        };
        marks
            .iter()
            .filter_map(|mark| Mark::read(mark))
            .for_each(|mark| this.add(mark, 1, true));
        this.has_grown.store(false, Ordering::Relaxed);
        this.look();
        this
    }

    /// Whether this version is left out.
    pub fn holds(&self, file: &SourceFile) -> bool {
        let entries = self.lock();
        entries
            .iter()
            .any(|entry| entry.count >= ENOUGH && entry.mark.is_of(&file.path, file.digest))
    }

    /// The files, without the bytes of those that are left out.
    pub fn without(&self, files: &[SourceFile]) -> Vec<SourceFile> {
        let keep = |file: &SourceFile| {
            let mut file = file.clone();
            if file.bytes.is_ok() && self.holds(&file) {
                file.bytes = Err(ReadFault::Quarantined);
            }
            file
        };
        files.iter().map(keep).collect()
    }

    /// Whether a version was added since this was last called.
    pub fn has_grown(&self) -> bool {
        self.has_grown.swap(false, Ordering::Relaxed)
    }

    /// Brings to the state folder what has changed.
    ///
    /// # Errors
    /// It cannot be written; the next call tries again.
    pub fn save(&self) -> io::Result<()> {
        if !self.is_unsaved.swap(false, Ordering::Relaxed) {
            return Ok(());
        }
        let line = |entry: &Entry| format!("{} {}", entry.count, entry.mark.line());
        let lines: Vec<String> = self.lock().iter().filter(|entry| entry.is_kept).map(line).collect();
        let saved = if lines.is_empty() {
            self.note.clear()
        } else {
            self.note.write(&lines)
        };
        if saved.is_err() {
            self.is_unsaved.store(true, Ordering::Relaxed);
        }
        saved
    }

    /// A witness of the work of one thread, which leaves its marks with `marker`.
    pub fn witness(self: &Arc<Self>, marker: Marker) -> Box<dyn Witness> {
        let quarantine = Arc::clone(self);
        Box::new(Attendant { quarantine, marker })
    }

    /// Counts marks on a version.
    fn add(&self, mark: Mark, count: u32, is_kept: bool) {
        let mut entries = self.lock();
        let known = entries
            .iter()
            .position(|entry| entry.mark.is_of(&mark.path, mark.digest));
        let before = known.map(|at| entries.remove(at));
        let before = before.map_or((0, false), |entry| (entry.count, entry.is_kept));
        if entries.len() == MOST {
            entries.remove(0);
        }
        entries.push(Entry {
            count: before.0.saturating_add(count),
            is_kept: is_kept || before.1,
            mark,
        });
        drop(entries);
        self.has_grown.store(true, Ordering::Relaxed);
        self.is_unsaved.fetch_or(is_kept, Ordering::Relaxed);
    }

    /// Work at which a suspect was left is done.
    fn acquit(&self, work: &Work<'_>) {
        let mark = Mark::of(work);
        let is_cleared = |entry: &mut Entry| entry.count < ENOUGH && entry.mark == mark;
        let cleared = self.lock().extract_if(.., is_cleared).count();
        if cleared > 0 {
            self.is_unsaved.store(true, Ordering::Relaxed);
            self.look();
        }
    }

    fn look(&self) {
        let has_suspects = self.lock().iter().any(|entry| entry.count < ENOUGH);
        self.has_suspects.store(has_suspects, Ordering::Relaxed);
    }

    /// Nobody holds this while he waits for anything.
    fn lock(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The witness of one thread.
struct Attendant {
    quarantine: Arc<Quarantine>,
    marker: Marker,
}

impl Witness for Attendant {
    fn begins(&self, work: &Work<'_>) {
        self.marker.begin(&Mark::of(work).line());
    }

    fn ends(&self, work: &Work<'_>) {
        self.marker.end();
        if self.quarantine.has_suspects.load(Ordering::Relaxed) {
            self.quarantine.acquit(work);
        }
    }

    fn broke(&self, work: &Work<'_>, words: &str) {
        self.marker.end();
        tracing::error!(file = %work.path, task = ?work.task, "the program fails on a file: {words}");
        // What cannot be read or measured was left out already, by the one who found it so.
        if let Task::Prepare(..) = work.task {
            self.quarantine.add(Mark::of(work), ENOUGH, false);
        }
    }
}
