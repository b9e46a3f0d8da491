//! `strikes/` in the state folder: strikes that were made of fonts, each under the digest of its font and of how it was made.
//!
//! A file is a strike in its baked form and, behind it, the SHA-256 of that. They are tidied as they grow. Deleting the folder loses the time that it took, nothing else.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Explain, Severity},
    folder::whole,
    units::Digest,
};

/// The largest file that is read back, in bytes: what the index and the rows of a strike can reach, and the digest.
const LIMIT: u64 = 32 << 20;
/// Bytes of the digest behind a strike.
const SUM: usize = 32;

/// The most bytes of all strikes together: some forty fonts of all sizes.
const MOST: u64 = 256 << 20;

/// The folder of the strikes.
#[derive(Clone, Debug)]
pub struct Strikes {
    folder: PathBuf,
}

/// Why a strike could not be stored. It was made, and can be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("the strike {} cannot be written: {reason}", file.display())]
pub struct StrikeFileFault {
    /// Where it was to be.
    pub file: PathBuf,
    /// The system's words.
    pub reason: String,
}

impl Strikes {
    /// In the state folder `state`.
    pub fn new(state: &Path) -> Self {
        Self {
            folder: state.join("strikes"),
        }
    }

    /// Where the strike of that name is kept.
    pub fn path(&self, name: Digest) -> PathBuf {
        let name = name.to_string();
        self.folder.join(&name[..2]).join(format!("{}.strike", &name[2..]))
    }

    /// The strike of that name in its baked form; `None` where there is none, or not what was written.
    pub fn get(&self, name: Digest) -> Option<Vec<u8>> {
        let mut bytes = whole::read(&self.path(name), LIMIT).ok()??;
        let at = bytes.len().checked_sub(SUM)?;
        let is_whole = Digest::of(&bytes[..at]).bytes()[..] == bytes[at..];
        bytes.truncate(at);
        self.touch(name);
        is_whole.then_some(bytes)
    }

    /// Keeps a strike under that name; returns once it is on the disk.
    ///
    /// # Errors
    /// It cannot be written. What was there before is still there.
    pub fn put(&self, name: Digest, strike: &[u8]) -> Result<(), StrikeFileFault> {
        let file = self.path(name);
        let folder = file.parent().expect("a strike lies in a folder");
        let bytes = [strike, Digest::of(strike).bytes()].concat();
        let written = whole::make_folder(folder)
            .and_then(|()| whole::put(&file, &bytes))
            .and_then(|()| whole::sync_folder(folder));
        if written.is_ok() {
            self.tidy();
        }
        written.map_err(|error: io::Error| StrikeFileFault {
            reason: error.to_string(),
            file,
        })
    }

    /// Notes that a strike was used. One that cannot be noted merely goes sooner.
    fn touch(&self, name: Digest) {
        let file = File::options().write(true).open(self.path(name));
        let _ = file.and_then(|file| file.set_modified(SystemTime::now()));
    }

    /// Lets go of the strikes that were not used for longest, until all together are no more than [`MOST`]; and of what was never finished.
    fn tidy(&self) {
        let mut files: Vec<_> = entries(&self.folder)
            .flat_map(|folder| entries(&folder))
            .filter_map(used)
            .collect();
        files.sort_unstable_by(|a, b| b.cmp(a));
        let mut total = 0;
        for (_, length, path) in files {
            total += length;
            if total > MOST {
                // What stays in spite of that is tried again with the next strike.
                let _ = fs::remove_file(path);
            }
        }
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

impl Explain for StrikeFileFault {
    fn chinese(&self) -> String {
        format!("字模 {} 无法写入：{}", self.file.display(), self.reason)
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(
            "请检查状态文件夹的权限和磁盘空间；字模已可使用，但下次启动须重新制作",
            "see whether the state folder may be written and the disk is full; the strike can be used, but must be made again after a start",
        )
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }
}
