//! Reading one file without ever waiting for it.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{self, Read as _, Seek as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use rustix::{
    fs::{CWD, Mode, OFlags, ResolveFlags},
    io::Errno,
};

use super::{
    scan::{FILE_LIMIT, PICTURE_FILE_LIMIT, SHEET_FILE_LIMIT},
    walk::Candidate,
};
use crate::{
    units::Digest,
    wall::{ReadFault, is_foreign, is_picture_file},
};

/// What is looked at of the end of a file that may still be being copied, in bytes.
const TAIL: u64 = 4096;

/// What `stat` says of a file's content: while it is the same, and was so for long enough, the content is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    device: u64,
    inode: u64,
    length: u64,
    /// Seconds and nanoseconds.
    modified: (i64, i64),
    /// Seconds and nanoseconds. Copying tools set the time of modification; nobody can set this one.
    changed: (i64, i64),
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            length: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    /// What tells this version of a file from the others without reading it; `is_proof` where the stamp is old enough to vouch for the bytes, so
    /// that a version that settled while it was fresh is looked at once more. Neither device nor number: shares give a file another one when they
    /// like.
    pub(super) fn token(&self, is_proof: bool) -> Digest {
        let numbers = [
            i64::try_from(self.length).unwrap_or(i64::MAX),
            self.modified.0,
            self.modified.1,
            self.changed.0,
            self.changed.1,
            i64::from(is_proof),
        ];
        let bytes: Vec<u8> = numbers.into_iter().flat_map(i64::to_le_bytes).collect();
        Digest::of(&bytes)
    }

    /// In bytes.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }
}

/// Where a candidate's bytes are, and what `stat` says of them. `Ok(None)`: it is no longer there.
pub(super) fn locate(site: &Path, candidate: &Candidate) -> Result<Option<(PathBuf, Stamp)>, ReadFault> {
    if !candidate.is_utf8 {
        return Err(ReadFault::BadName);
    }
    let place = if candidate.is_link {
        follow(site, &candidate.place)?
    } else {
        candidate.place.clone()
    };
    let metadata = match fs::symlink_metadata(&place) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&error)),
    };
    check(&metadata, limit(&candidate.path))?;
    Ok(Some((place, Stamp::of(&metadata))))
}

/// The most bytes that the file at `path`, relative to the site, may have.
fn limit(path: &str) -> u64 {
    match path {
        _ if !is_foreign(path) => FILE_LIMIT,
        _ if is_picture_file(path) => PICTURE_FILE_LIMIT,
        _ => SHEET_FILE_LIMIT,
    }
}

/// A file of the site that is read apart from any scan: its bytes, and what `Stamp::token` was before and after, fresh and old.
#[derive(Debug)]
pub struct Fetched {
    /// All of its bytes.
    pub bytes: Vec<u8>,
    tokens: [Digest; 2],
}

impl Fetched {
    /// Whether this is the version that a scan gave the digest `version`.
    pub fn is(&self, version: Digest) -> bool {
        self.tokens.contains(&version)
    }
}

/// Reads the file at `path` of `site` for whoever makes a plain form of it; `Ok(None)` where it is no longer there, or changes while it is
/// being read.
///
/// # Errors
/// It cannot be read, leads out of the site, or is too large.
pub fn fetch(site: &Path, path: &str) -> Result<Option<Fetched>, ReadFault> {
    let site = fs::canonicalize(site).map_err(|error| unreadable(&error))?;
    let candidate = Candidate {
        path: path.into(),
        place: site.join(path),
        is_utf8: true,
        foreign: None,
        // Any part of the way may have become a link since the scan.
        is_link: true,
    };
    if !candidate.place.exists() {
        return Ok(None);
    }
    let Some((place, before)) = locate(&site, &candidate)? else {
        return Ok(None);
    };
    let Some(bytes) = read_most(&place, limit(path))? else {
        return Ok(None);
    };
    let after = locate(&site, &candidate)?.map(|(_, stamp)| stamp);
    let is_still = after == Some(before) && bytes.len() as u64 == before.length;
    Ok(is_still.then(|| Fetched {
        bytes,
        tokens: [before.token(false), before.token(true)],
    }))
}

/// Whether the file at `place` of that length is empty, or ends in nothing but zeros.
pub(super) fn is_hollow(place: &Path, length: u64) -> bool {
    let tail = || -> io::Result<Vec<u8>> {
        let mut file = open(place)?;
        file.seek(io::SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut tail = Vec::new();
        file.take(TAIL).read_to_end(&mut tail)?;
        Ok(tail)
    };
    tail().is_ok_and(|tail| tail.iter().all(|byte| *byte == 0))
}

/// All bytes of the file at `place`, which was checked to be a file. `Ok(None)`: it is no longer there.
pub(super) fn read(place: &Path) -> Result<Option<Arc<[u8]>>, ReadFault> {
    Ok(read_most(place, FILE_LIMIT)?.map(Arc::from))
}

fn read_most(place: &Path, limit: u64) -> Result<Option<Vec<u8>>, ReadFault> {
    let file = match open(place) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&error)),
    };
    let metadata = file.metadata().map_err(|error| unreadable(&error))?;
    check(&metadata, limit)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    let read = file.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(&error))?;
    // It may have grown since it was opened.
    check_length(bytes.len() as u64, limit)?;
    Ok(Some(bytes))
}

/// Opens without following a link, be it the file or a folder above it, and without waiting, should something else have been put there
/// since it was checked. A place has no links when it is checked.
fn open(place: &Path) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    match rustix::fs::openat2(CWD, place, flags, Mode::empty(), ResolveFlags::NO_SYMLINKS) {
        // A kernel or a sandbox that does not know the call: then the file alone is no link.
        Err(Errno::NOSYS | Errno::PERM) => {
            let flags = i32::try_from((flags | OFlags::NOFOLLOW).bits()).expect("open flags fit in an i32");
            OpenOptions::new().read(true).custom_flags(flags).open(place)
        }
        opened => Ok(opened?.into()),
    }
}

/// The end of the link at `place`, which must lie in the site.
fn follow(site: &Path, place: &Path) -> Result<PathBuf, ReadFault> {
    let target = fs::canonicalize(place).map_err(|error| unreadable(&error))?;
    if target.starts_with(site) {
        Ok(target)
    } else {
        Err(ReadFault::Outside(target.display().to_string()))
    }
}

fn check(metadata: &Metadata, limit: u64) -> Result<(), ReadFault> {
    if !metadata.is_file() {
        return Err(ReadFault::NoFile);
    }
    check_length(metadata.len(), limit)
}

const fn check_length(size: u64, limit: u64) -> Result<(), ReadFault> {
    if size > limit {
        return Err(ReadFault::TooLarge { size, limit });
    }
    Ok(())
}

fn unreadable(error: &io::Error) -> ReadFault {
    ReadFault::Unreadable(error.to_string())
}
