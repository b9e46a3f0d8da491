//! Reading one file without ever waiting for it.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{self, Read as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use rustix::{
    fs::{CWD, Mode, OFlags, ResolveFlags},
    io::Errno,
};

use super::{scan::FILE_LIMIT, walk::Candidate};
use crate::wall::ReadFault;

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

    /// How many bytes the file has.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }
}

/// Where a candidate's bytes are, and what `stat` says of them. `Ok(None)`: it is no longer there.
pub(super) fn locate(site: &Path, candidate: &Candidate) -> Result<Option<(PathBuf, Stamp)>, ReadFault> {
    if !candidate.is_utf8 {
        return Err(ReadFault::Unreadable("its name is not UTF-8".into()));
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
    check(&metadata)?;
    Ok(Some((place, Stamp::of(&metadata))))
}

/// All bytes of the file at `place`, which was checked to be a file. `Ok(None)`: it is no longer there.
pub(super) fn read(place: &Path) -> Result<Option<Arc<[u8]>>, ReadFault> {
    let file = match open(place) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&error)),
    };
    let metadata = file.metadata().map_err(|error| unreadable(&error))?;
    check(&metadata)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    let read = file.take(FILE_LIMIT + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(&error))?;
    // It may have grown since it was opened.
    check_length(bytes.len() as u64)?;
    Ok(Some(bytes.into()))
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

fn check(metadata: &Metadata) -> Result<(), ReadFault> {
    if !metadata.is_file() {
        return Err(ReadFault::Unreadable("it is not a regular file".into()));
    }
    check_length(metadata.len())
}

fn check_length(size: u64) -> Result<(), ReadFault> {
    if size > FILE_LIMIT {
        return Err(ReadFault::TooLarge {
            size,
            limit: FILE_LIMIT,
        });
    }
    Ok(())
}

fn unreadable(error: &io::Error) -> ReadFault {
    ReadFault::Unreadable(error.to_string())
}
