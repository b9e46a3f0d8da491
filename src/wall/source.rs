//! A file of the site as it was read.

use std::sync::Arc;

use super::foreign::Foreign;
use crate::{diagnostic::Bilingual, units::Digest};

/// One file of the site, with its bytes or the reason why there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path relative to the site, with `/` between its parts.
    pub path: Arc<str>,
    /// What it holds.
    pub bytes: Result<Arc<[u8]>, ReadFault>,
    /// The digest of the bytes; of nothing, where there are none, or of what tells one version of a file that is [`ReadFault::Waiting`]
    /// from another.
    pub digest: Digest,
}

impl SourceFile {
    /// The file at `path` that holds `bytes`.
    pub fn new(path: impl Into<Arc<str>>, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self {
            path: path.into(),
            digest: Digest::of(&bytes),
            bytes: Ok(bytes),
        }
    }
}

/// Why a file's bytes are not at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFault {
    /// The system refused, in its words: permission denied.
    Unreadable(String),
    /// Its name is not UTF-8.
    BadName,
    /// It is no file: a folder, a pipe, a device.
    NoFile,
    /// A link that leads out of the site.
    Outside(String),
    /// The program failed on these bytes, and leaves them alone; the digest is theirs nevertheless.
    Quarantined,
    /// Larger than a file of its kind may be.
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// The largest that is read, in bytes.
        limit: u64,
    },
    /// Beyond what all files together may have.
    Beyond {
        /// The most of all files, in bytes.
        limit: u64,
    },
    /// A picture or a sheet that is still to be decoded, in a process of its own. Until then its last good version is in force.
    Waiting {
        /// Whether it is empty or ends in nothing but zeros, as files do that are still being copied.
        is_hollow: bool,
    },
    /// A picture or a sheet that was refused where it was decoded.
    Refused {
        /// What is wrong with it.
        message: Bilingual,
        /// What to do.
        help: Bilingual,
    },
    /// Not read at all: it is nothing that can be shown.
    Foreign(Foreign),
}
