//! `strikes/` in the state folder: strikes that were made of fonts, each under the digest of its font and of how it was made.
//!
//! A file is a strike in its baked form, sealed (see `sealed`); they are tidied as they grow.

use std::{
    fs::File,
    path::{Path, PathBuf},
    time::SystemTime,
};

use thiserror::Error;

use super::sealed;
use crate::{
    diagnostic::{Bilingual, Explain, Severity},
    folder::whole,
    units::Digest,
};

/// The largest file that is read back, in bytes: what the index and the rows of a strike can reach, and the digest.
const LIMIT: u64 = 32 << 20;

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
        let strike = sealed::read(&self.path(name), LIMIT)?;
        self.touch(name);
        Some(strike)
    }

    /// Keeps a strike under that name; returns once it is on the disk.
    ///
    /// # Errors
    /// It cannot be written. What was there before is still there.
    pub fn put(&self, name: Digest, strike: &[u8]) -> Result<(), StrikeFileFault> {
        let file = self.path(name);
        let folder = file.parent().expect("a strike lies in a folder");
        let written = sealed::put(&file, strike).and_then(|()| whole::sync_folder(folder));
        if written.is_ok() {
            sealed::tidy(&self.folder, MOST);
        }
        written.map_err(|error| StrikeFileFault {
            reason: error.to_string(),
            file,
        })
    }

    /// Notes that a strike was used. One that cannot be noted merely goes sooner.
    fn touch(&self, name: Digest) {
        let file = File::options().write(true).open(self.path(name));
        let _ = file.and_then(|file| file.set_modified(SystemTime::now()));
    }
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
