//! `plains/` in the state folder: plain forms that were made, so that a start makes none again.
//!
//! A file is a plain form, sealed (see `media::sealed`); its name says of which bytes and how it was made. The oldest go first.

use std::path::{Path, PathBuf};

use crate::{media::sealed, units::Digest};

/// The most bytes that the folder takes.
const LIMIT: u64 = 512 << 20;
/// The largest file that is read back.
const LARGEST: u64 = 16 << 20;

/// The folder of the plain forms.
#[derive(Clone, Debug)]
pub struct Plains {
    folder: PathBuf,
    is_written: bool,
}

impl Plains {
    /// In the state folder `state`.
    pub fn new(state: &Path) -> Self {
        Self {
            folder: state.join("plains"),
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

    /// The plain form of that name; `None` where there is none, or not what was written.
    pub(super) fn get(&self, name: Digest) -> Option<Vec<u8>> {
        sealed::read(&self.path(name), LARGEST)
    }

    /// Keeps a plain form under that name. That it cannot be kept is no problem of anybody's: it is made again after a start.
    pub(super) fn put(&self, name: Digest, plain: &[u8]) {
        if !self.is_written {
            return;
        }
        match sealed::put(&self.path(name), plain) {
            Ok(()) => sealed::tidy(&self.folder, LIMIT),
            Err(error) => tracing::debug!(%error, "a plain form is not kept"),
        }
    }

    fn path(&self, name: Digest) -> PathBuf {
        self.folder.join(format!("{name}.plain"))
    }
}
