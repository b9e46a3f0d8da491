//! `plains/` in the state folder: plain forms that were made, so that a start makes none again.
//!
//! A file is a plain form and, behind it, the SHA-256 of that; its name says of which bytes and how it was made. The folder has a limit, at
//! which the oldest go. Deleting it loses the time that it took, nothing else.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{folder::whole, units::Digest};

/// The most bytes that the folder takes.
const LIMIT: u64 = 512 << 20;
/// The largest file that is read back.
const LARGEST: u64 = 16 << 20;
/// Bytes of the digest behind a plain form.
const SUM: usize = 32;

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
        let mut bytes = whole::read(&self.path(name), LARGEST).ok()??;
        let at = bytes.len().checked_sub(SUM)?;
        let is_whole = Digest::of(&bytes[..at]).bytes()[..] == bytes[at..];
        bytes.truncate(at);
        is_whole.then_some(bytes)
    }

    /// Keeps a plain form under that name. That it cannot be kept is no problem of anybody's: it is made again after a start.
    pub(super) fn put(&self, name: Digest, plain: &[u8]) {
        if !self.is_written {
            return;
        }
        let bytes = [plain, Digest::of(plain).bytes()].concat();
        self.make_room(bytes.len() as u64);
        let written = whole::make_folder(&self.folder).and_then(|()| whole::put(&self.path(name), &bytes));
        if let Err(error) = written {
            tracing::debug!(%error, "a plain form is not kept");
        }
    }

    /// Lets the oldest go until there is room for so many bytes.
    fn make_room(&self, more: u64) {
        let Ok(listing) = fs::read_dir(&self.folder) else {
            return;
        };
        let mut files: Vec<(SystemTime, u64, PathBuf)> = listing
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let metadata = entry.metadata().ok()?;
                Some((metadata.modified().ok()?, metadata.len(), entry.path()))
            })
            .collect();
        files.sort();
        let mut total: u64 = files.iter().map(|(_, length, _)| length).sum();
        for (_, length, path) in files {
            if total + more <= LIMIT {
                return;
            }
            // One that does not go is in nobody's way but its own.
            let _ = fs::remove_file(path);
            total -= length;
        }
    }

    fn path(&self, name: Digest) -> PathBuf {
        self.folder.join(format!("{name}.plain"))
    }
}
