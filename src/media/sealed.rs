//! Files of the state folder that save work: what was made of something, and behind it the SHA-256 of that.
//!
//! Whoever reads one gets what was written, or nothing. A folder of them has a limit, at which those that were not used for longest go.
//! Deleting any loses the time that it took to make, nothing else.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{folder::whole, units::Digest};

/// Bytes of the digest behind what was made.
const SUM: usize = 32;

/// What was put at `path`; `None` where nothing was, it has more than `limit` bytes, or is not what was written.
pub(super) fn read(path: &Path, limit: u64) -> Option<Vec<u8>> {
    let mut bytes = whole::read(path, limit).ok()??;
    let at = bytes.len().checked_sub(SUM)?;
    let is_whole = Digest::of(&bytes[..at]).bytes()[..] == bytes[at..];
    bytes.truncate(at);
    is_whole.then_some(bytes)
}

/// Puts what was `made` at `path`, on the disk but for the folder's own entry; what was there before is there until then.
pub(super) fn put(path: &Path, made: &[u8]) -> io::Result<()> {
    whole::make_folder(path.parent().unwrap_or_else(|| Path::new(".")))?;
    whole::put(path, &[made, Digest::of(made).bytes()].concat())
}

/// Lets go of the files in `folder`, and in the folders in it, that were not used for longest, until all together have no more than
/// `most` bytes.
pub(super) fn tidy(folder: &Path, most: u64) {
    let mut files: Vec<_> = entries(folder).flat_map(below).filter_map(used).collect();
    files.sort_unstable_by(|a, b| b.cmp(a));
    let mut total = 0;
    for (_, length, path) in files {
        total += length;
        if total > most {
            // What stays in spite of that is tried again with the next file.
            let _ = fs::remove_file(path);
        }
    }
}

/// The file itself, or what is in the folder.
fn below(path: PathBuf) -> Vec<PathBuf> {
    if path.is_dir() {
        entries(&path).collect()
    } else {
        vec![path]
    }
}

/// What is in `folder`; nothing where it cannot be listed.
fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
}

/// When a file was used last, and its length.
fn used(path: PathBuf) -> Option<(SystemTime, u64, PathBuf)> {
    let metadata = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
    Some((metadata.modified().ok()?, metadata.len(), path))
}
