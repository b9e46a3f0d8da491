//! The list of an archive's files, and how much an archive may hold.

use std::{
    collections::BTreeMap,
    io::{self, Read},
    path::Path,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::folder::walk;

/// The version of the list that we write, and the newest that we read.
pub(super) const VERSION: u32 = 1;

/// How much an archive may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Files and folders.
    pub entries: usize,
    /// Folders on the way to a file.
    pub depth: usize,
    /// Bytes of all files together.
    pub bytes: u64,
    /// How many times larger than the archive its files may be, once they are larger than `free`.
    pub ratio: u64,
    /// Bytes that may come of an archive however small.
    pub free: u64,
}

/// The limits of a site: far more than any has.
pub const LIMITS: Limits = Limits {
    entries: 100_000,
    depth: 32,
    bytes: 64 << 30,
    ratio: 100,
    free: 64 << 20,
};

/// The longest list that is read, in bytes.
pub(super) const LONGEST_LIST: u64 = 64 << 20;

/// The list as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct List {
    /// [`VERSION`].
    pub(super) v: u32,
    /// The files by their paths in the archive; of a name that is not UTF-8 each other byte is written as `\xNN`.
    pub(super) files: BTreeMap<String, Listed>,
}

/// One file of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Listed {
    /// Its length in bytes.
    pub(super) size: u64,
    /// What `sha256sum` prints.
    pub(super) sha256: String,
}

/// Takes length and digest of what is read through it.
pub(super) struct Measured<R> {
    inner: R,
    hasher: Sha256,
    size: u64,
}

impl<R: Read> Measured<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            hasher: Sha256::new(),
            size: 0,
        }
    }

    pub(super) fn done(self) -> Listed {
        let digest = self.hasher.finalize();
        Listed {
            size: self.size,
            sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        self.size += count as u64;
        Ok(count)
    }
}

/// A path as the list and messages write it.
pub(super) fn written(path: &Path) -> String {
    walk::written(path.as_os_str())
}
