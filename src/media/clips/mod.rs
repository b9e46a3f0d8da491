//! `clips/` in the state folder: what was made of videos, ready to be shown.
//!
//! ```text
//! Clips::make: NAME.PID.part -> FilmMaker -> proved whole -> on the disk -> NAME.clip, NAME.take -> folder on the disk
//! ```
//!
//! `NAME.clip` is a clip, under the digest of its video and of how it was made; `NAME.take` beside it says what it is. A clip counts only where both
//! are there and the one is as long as the other says. Deleting either loses the time that it took to make, nothing else: it is made again when
//! it is needed. The note of a clip that was let go stays, so that the programme knows how long the video plays.
//!
//! What plays soon is never let go; of the rest those that were not used for longest go first.

mod fault;
mod list;
mod make;
mod maker;
mod note;

use std::{
    collections::BTreeSet,
    fs::{self, File},
    path::{Path, PathBuf},
    time::SystemTime,
};

pub use fault::ClipFault;
pub use make::ClipJob;
pub use maker::{FilmMaker, FilmOrder, Studio};
pub use note::ClipNote;

use list::Kind;

use super::sealed;
use crate::{item::Take, stage::Rendition, units::Digest};

/// The most bytes of all clips, unless the site says otherwise.
pub const CLIP_SPACE: u64 = 8 << 30;

/// How clips are made; another number where the same video is to give other bytes.
const MAKE: &[u8] = b"clip 1";

/// The largest note.
const NOTE: u64 = 4 << 10;

/// The folder of the clips.
#[derive(Clone, Debug)]
pub struct Clips {
    folder: PathBuf,
    is_written: bool,
}

impl Clips {
    /// In the state folder `state`.
    pub fn new(state: &Path) -> Self {
        Self {
            folder: state.join("clips"),
            is_written: true,
        }
    }

    /// The same to read alone, for whoever does not own the state folder.
    pub fn read_only(state: &Path) -> Self {
        Self {
            is_written: false,
            ..Self::new(state)
        }
    }

    /// The name of the clip that is made in that way of the video of that digest.
    pub fn name(source: Digest, rendition: &Rendition) -> Digest {
        Digest::of_parts([MAKE, source.bytes(), &rendition.write()])
    }

    /// The folder itself, which need not be there yet.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the clip of that name is kept.
    pub fn path(&self, name: Digest) -> PathBuf {
        self.folder.join(format!("{name}.{}", list::CLIP))
    }

    /// The clip of that name, where it is there and known.
    pub fn take(&self, name: Digest) -> Option<Take> {
        self.note(name).filter(|note| self.has(note)).map(|note| note.take)
    }

    /// What is known of the clip of that name, whether it is there or was let go.
    pub fn note(&self, name: Digest) -> Option<ClipNote> {
        let note = ClipNote::read(&sealed::read(&self.note_path(name), NOTE)?)?;
        (note.take.clip == name).then_some(note)
    }

    /// What is known of all clips, whether they are there or were let go.
    pub fn notes(&self) -> Vec<ClipNote> {
        let files = list::files(&self.folder).filter(|file| file.kind == Kind::Take);
        files.filter_map(|file| self.note(file.name)).collect()
    }

    /// Whether the clip of that note is there.
    pub fn has(&self, note: &ClipNote) -> bool {
        let metadata = fs::symlink_metadata(self.path(note.take.clip));
        metadata.is_ok_and(|metadata| metadata.is_file() && metadata.len() == note.length)
    }

    /// Takes away what is left of clips that were being made by processes that are gone, and clips of which nothing is known. For whoever
    /// owns the state folder.
    pub fn sweep(&self) {
        for file in list::files(&self.folder) {
            let is_left = match file.kind {
                Kind::Part(process) => !Path::new("/proc").join(process.to_string()).exists(),
                Kind::Clip => self.note(file.name).is_none(),
                Kind::Take => false,
            };
            if is_left {
                // What stays takes room, which is told once that is short.
                let _ = fs::remove_file(file.path);
            }
        }
    }

    /// Notes that these clips are in use. One that cannot be noted merely goes sooner.
    pub fn touch<'a>(&self, names: impl IntoIterator<Item = &'a Digest>) {
        for name in names {
            let note = File::options().write(true).open(self.note_path(*name));
            let _ = note.and_then(|note| note.set_modified(SystemTime::now()));
        }
    }

    /// Lets go of clips that are not `protected`, those first that were not used for longest, until all together have no more than `most` bytes;
    /// how many bytes they have then. Their notes stay.
    pub fn evict(&self, protected: &BTreeSet<Digest>, most: u64) -> u64 {
        let mut clips: Vec<_> = self.sizes();
        let mut total = clips.iter().map(|(_, length)| length).sum();
        clips.retain(|(name, _)| !protected.contains(name));
        clips.sort_by_cached_key(|(name, _)| (self.used(*name), *name));
        for (name, length) in clips {
            if total <= most {
                break;
            }
            if fs::remove_file(self.path(name)).is_ok() {
                total -= length;
                tracing::info!(clip = ?name, "a clip is let go for want of room");
            }
        }
        total
    }

    /// Takes away the clip of that name. Its note stays.
    pub fn remove(&self, name: Digest) {
        if self.is_written {
            let _ = fs::remove_file(self.path(name));
        }
    }

    /// Forgets what `is_over` of clips that are no longer there.
    pub fn forget(&self, is_over: impl Fn(&ClipNote) -> bool) {
        for note in self.notes() {
            if !self.has(&note) && is_over(&note) {
                let _ = fs::remove_file(self.note_path(note.take.clip));
            }
        }
    }

    /// Every clip that is there, and its length in bytes.
    fn sizes(&self) -> Vec<(Digest, u64)> {
        let files = list::files(&self.folder).filter(|file| file.kind == Kind::Clip);
        let length = |file: list::Listed| Some((file.name, fs::symlink_metadata(file.path).ok()?.len()));
        files.filter_map(length).collect()
    }

    /// When a clip was used last.
    fn used(&self, name: Digest) -> Option<SystemTime> {
        fs::symlink_metadata(self.note_path(name)).ok()?.modified().ok()
    }

    fn note_path(&self, name: Digest) -> PathBuf {
        self.folder.join(format!("{name}.{}", list::TAKE))
    }
}
