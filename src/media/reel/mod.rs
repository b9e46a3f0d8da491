//! Plays the clips of a folder: each in a file of its own, whose name is the clip's.
//!
//! ```text
//! open -> Reel, a thread of its own: Film (file, index) -> unpack -> ring -> show
//! open, patient -> Still: Film -> unpack, in the caller's thread
//! ```
//!
//! A [`Film`](film::Film) is a clip that is open, and gives the pixels of any of its pictures, or of the one that stands for a bad one. A
//! [`Reel`] reads ahead, so that the display path finds what it asks for in memory: it waits for no disk, and no lock is held while
//! something is read or unpacked. `open` waits at most 2 ms to learn whether there is such a clip, `show` at most 5 ms for a picture that is on its
//! way, and not again before the reader has brought something. Nothing is mapped into memory: a disk that fails under a mapped file ends the process.
//!
//! A clip that is deleted while it plays plays on: its file stays until it is closed.

mod cursors;
mod fault;
mod film;
#[expect(clippy::module_inception, reason = "it is one")]
mod reel;
mod ring;
mod still;

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    clip::{Clip, Footage, Footages},
    units::Digest,
};

use fault::Ledger;
pub use fault::{ReelFault, Trouble};
use reel::Reel;
use still::Still;

/// The clips of a folder.
#[derive(Clone, Debug)]
pub struct Reels {
    folder: PathBuf,
    is_patient: bool,
    ledger: Arc<Ledger>,
}

impl Reels {
    /// Those in `folder`, for the display path: each clip that is opened reads ahead in a thread of its own.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            is_patient: false,
            ledger: Arc::default(),
        }
    }

    /// Those in `folder`, for who can wait: every frame is read and unpacked when it is asked for.
    pub fn patient(folder: &Path) -> Self {
        Self {
            is_patient: true,
            ..Self::new(folder)
        }
    }

    /// Where the clip of that name lies in `folder`.
    pub fn file(folder: &Path, clip: Digest) -> PathBuf {
        folder.join(format!("{clip}.clip"))
    }

    /// What is wrong with clips that were to be opened, or are open, in the order of their names. It stays until the clip is opened and sound, or
    /// [forgotten](Self::forget). Reads nothing, and may be called as often as somebody likes.
    pub fn faults(&self) -> Vec<ReelFault> {
        self.ledger.faults()
    }

    /// Nobody need hear of what was wrong with that clip any more: it has been made anew, or is not to be shown again.
    pub fn forget(&self, clip: Digest) {
        self.ledger.forget(clip);
    }
}

impl Footages for Reels {
    fn open(&self, clip: Digest) -> Option<Arc<dyn Footage>> {
        let file = Self::file(&self.folder, clip);
        if self.is_patient {
            Some(Arc::new(Still::open(clip, &file, &self.ledger)?))
        } else {
            Some(Arc::new(Reel::open(clip, &file, &self.ledger)?))
        }
    }

    fn open_patiently(&self, clip: Digest) -> Option<Arc<dyn Footage>> {
        let file = Self::file(&self.folder, clip);
        Some(Arc::new(Still::open(clip, &file, &self.ledger)?))
    }
}

/// Looks through the clip in `file` from end to end: every picture, every sum.
///
/// # Errors
/// The first thing that is wrong with it, or that it cannot be read.
pub fn verify(file: &File) -> Result<Clip, Trouble> {
    film::verify(file)
}
