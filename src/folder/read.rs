//! Reading one file without ever waiting for it.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{self, Read as _},
    os::unix::fs::{FileExt as _, MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use rustix::{
    fs::{CWD, Mode, OFlags, ResolveFlags},
    io::Errno,
};

use super::{
    scan::{FILE_LIMIT, PICTURE_FILE_LIMIT, SHEET_FILE_LIMIT, VIDEO_FILE_LIMIT},
    walk::Candidate,
};
use crate::{
    units::Digest,
    wall::{ReadFault, is_foreign, is_picture_file, is_video_file},
};

/// What is looked at of the end of a file that may still be being copied, in bytes.
const TAIL: usize = 4096;

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

    /// Both tokens, fresh and old.
    fn tokens(&self) -> [Digest; 2] {
        [self.token(false), self.token(true)]
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
        _ if is_video_file(path) => VIDEO_FILE_LIMIT,
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
    let wanted = Wanted::new(site, path)?;
    let Some((place, before)) = wanted.locate()? else {
        return Ok(None);
    };
    let Some(bytes) = read_most(&place, limit(path))? else {
        return Ok(None);
    };
    let after = wanted.locate()?.map(|(_, stamp)| stamp);
    let is_still = after == Some(before) && bytes.len() as u64 == before.length;
    Ok(is_still.then(|| Fetched {
        bytes,
        tokens: before.tokens(),
    }))
}

/// A file of the site that is too large to be read at once: whoever works on it reads it bit by bit.
#[derive(Debug)]
pub struct Opened {
    /// Open for reading, at its beginning.
    pub file: File,
    wanted: Wanted,
    stamp: Stamp,
}

/// What has become of a file while somebody worked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// It is what it was.
    Same,
    /// Something was written, or another file has its name.
    Changed,
    /// There is no such file any more.
    Gone,
}

impl Opened {
    /// Whether this is the version that a scan gave the digest `version`.
    pub fn is(&self, version: Digest) -> bool {
        self.stamp.tokens().contains(&version)
    }

    /// In bytes.
    pub const fn length(&self) -> u64 {
        self.stamp.length()
    }

    /// Whether the end of it is nothing but zeros, as in files that are still being copied.
    pub fn is_hollow(&self) -> bool {
        has_hollow_tail(&self.file, self.length()).unwrap_or(false)
    }

    /// What has become of it since it was opened.
    pub fn since(&self) -> Since {
        let own = self.file.metadata().map(|metadata| Stamp::of(&metadata));
        match self.wanted.locate() {
            Ok(Some((_, stamp))) if stamp == self.stamp && own.is_ok_and(|own| own == stamp) => Since::Same,
            Ok(None) => Since::Gone,
            Ok(Some(_)) | Err(_) => Since::Changed,
        }
    }
}

/// Opens the file at `path` of `site` for whoever makes something of it, as [`fetch`] does; `Ok(None)` where it is no longer there, or was
/// exchanged just now. It is never written.
///
/// # Errors
/// It cannot be read, leads out of the site, or is too large.
pub fn open(site: &Path, path: &str) -> Result<Option<Opened>, ReadFault> {
    let wanted = Wanted::new(site, path)?;
    let Some((place, stamp)) = wanted.locate()? else {
        return Ok(None);
    };
    let file = match open_place(&place) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&error)),
    };
    let metadata = file.metadata().map_err(|error| unreadable(&error))?;
    let is_it = Stamp::of(&metadata) == stamp;
    Ok(is_it.then_some(Opened { file, wanted, stamp }))
}

/// A file that somebody asks for by its path.
#[derive(Debug)]
struct Wanted {
    site: PathBuf,
    candidate: Candidate,
}

impl Wanted {
    fn new(site: &Path, path: &str) -> Result<Self, ReadFault> {
        let site = fs::canonicalize(site).map_err(|error| unreadable(&error))?;
        let candidate = Candidate {
            path: path.into(),
            place: site.join(path),
            is_utf8: true,
            foreign: None,
            // Any part of the way may have become a link since the scan.
            is_link: true,
        };
        Ok(Self { site, candidate })
    }

    fn locate(&self) -> Result<Option<(PathBuf, Stamp)>, ReadFault> {
        if self.candidate.place.exists() {
            locate(&self.site, &self.candidate)
        } else {
            Ok(None)
        }
    }
}

/// Whether the file at `place` of that length is empty, or ends in nothing but zeros.
pub(super) fn is_hollow(place: &Path, length: u64) -> bool {
    let look = || has_hollow_tail(&open_place(place)?, length);
    look().unwrap_or(false)
}

/// Whether `file` of that length is empty, or ends in nothing but zeros. Where it is read is left as it was.
fn has_hollow_tail(file: &File, length: u64) -> io::Result<bool> {
    let mut tail = [0; TAIL];
    let from = length.saturating_sub(TAIL as u64);
    let mut read = 0;
    while read < TAIL {
        match file.read_at(&mut tail[read..], from + read as u64)? {
            0 => break,
            count => read += count,
        }
    }
    Ok(tail[..read].iter().all(|byte| *byte == 0))
}

/// All bytes of the file at `place`, which was checked to be a file. `Ok(None)`: it is no longer there.
pub(super) fn read(place: &Path) -> Result<Option<Arc<[u8]>>, ReadFault> {
    Ok(read_most(place, FILE_LIMIT)?.map(Arc::from))
}

fn read_most(place: &Path, limit: u64) -> Result<Option<Vec<u8>>, ReadFault> {
    let file = match open_place(place) {
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
fn open_place(place: &Path) -> io::Result<File> {
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
