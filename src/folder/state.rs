//! The state folder: where the daemon keeps what happened (see [`journal`](super::journal)), and the lock that makes it the only one.
//!
//! Deleting it loses history, never the screen.
//!
//! `version` says in which format the folder is kept. A program that finds a newer one than its own reads and writes nothing of it, but
//! keeps house in a folder of its own within: after an upgrade is taken back the screen is lit, and nothing of the newer one is spoilt.

use std::{
    ffi::OsString,
    fs::{DirBuilder, File, OpenOptions},
    io::{self, Read as _, Seek as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use rustix::fs::FlockOperation;

use super::{
    fault::FolderError,
    note::{Found, Note},
    whole,
};

/// Says in which format the folder is kept.
const VERSION: &str = "version";

/// What we keep in a folder of a newer format.
const OWN: &str = "format-1";

/// A state folder that is ours for as long as this value lives.
#[derive(Debug)]
pub struct StateFolder {
    root: PathBuf,
    path: PathBuf,
    newer: Option<FolderError>,
    /// Held for its lock, which the system takes back when the process ends, however it ends. `None` where the disk has no room for
    /// one: then nothing else can be written either.
    _lock: Option<File>,
}

impl StateFolder {
    /// Where the state is: `stated` (`--state`), else `$STATE_DIRECTORY` (systemd; the first of several), else
    /// `$XDG_STATE_HOME/yingbi`, else `~/.local/state/yingbi`. `variable` looks up the environment; relative XDG paths do not count.
    ///
    /// # Errors
    /// None of them is given.
    pub fn locate(stated: Option<&Path>, variable: impl Fn(&str) -> Option<OsString>) -> Result<PathBuf, FolderError> {
        let of_systemd = || given("STATE_DIRECTORY", &variable);
        let of_xdg = || given("XDG_STATE_HOME", &variable).filter(|path| path.is_absolute());
        let of_home = || Some(given("HOME", &variable)?.join(".local/state"));
        stated
            .map(Path::to_owned)
            .or_else(of_systemd)
            .or_else(|| Some(of_xdg().or_else(of_home)?.join("yingbi")))
            .ok_or(FolderError::NoStatePlace)
    }

    /// Makes the folder where it is missing, for its owner alone, and takes its lock. A disk that is full, broken, or was made
    /// read-only by a power cut is no reason not to light the screen: on such a one there may be no lock.
    ///
    /// # Errors
    /// The folder cannot be made or written for another reason, or another daemon has it.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let fault = |error: io::Error| FolderError::State {
            folder: path.to_owned(),
            reason: error.to_string(),
        };
        let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
        let mut lock = match made.and_then(|()| open_lock(path)) {
            Ok(lock) => lock,
            Err(error) if is_of_the_disk(&error) => return Ok(Self::new(path, None)),
            Err(error) => return Err(fault(error)),
        };
        match rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => {
                return Err(FolderError::Held {
                    folder: path.to_owned(),
                    pid: holder(&mut lock),
                });
            }
            Err(error) => return Err(fault(error.into())),
        }
        // Whoever finds the lock held without a name just does not learn whose it is.
        let _ = sign(&mut lock);
        Ok(Self::new(path, Some(lock)))
    }

    fn new(root: &Path, lock: Option<File>) -> Self {
        let version = Note::new(root, VERSION);
        if version.read() == Found::Nothing {
            // Who cannot write it down can write nothing else either, and tells of that.
            let _ = version.write(&[]);
        }
        let (path, newer) = Self::place(root);
        if newer.is_some() {
            let _ = whole::make_folder(&path);
        }
        Self {
            root: root.to_owned(),
            path,
            newer,
            _lock: lock,
        }
    }

    /// Where this program keeps its state in the state folder `folder`: in a folder within, where that is of a newer format, which is
    /// what is told.
    pub fn place(folder: &Path) -> (PathBuf, Option<FolderError>) {
        match Note::new(folder, VERSION).read() {
            Found::Newer(format) => {
                let newer = FolderError::Newer {
                    folder: folder.to_owned(),
                    format,
                };
                (folder.join(OWN), Some(newer))
            }
            Found::Nothing | Found::Lines(_) => (folder.to_owned(), None),
        }
    }

    /// The folder in which this program keeps its state.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder itself. What people ask of a daemon, whatever its version, is there: a stop, and the way to ask for one.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// That the folder is of a newer format, where it is.
    pub const fn newer(&self) -> Option<&FolderError> {
        self.newer.as_ref()
    }
}

/// The folder that the variable of the environment of that name gives; the first of several, as systemd lists them.
pub fn given(name: &str, variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let several = variable(name).filter(|value| !value.is_empty())?;
    std::env::split_paths(&several).next()
}

fn open_lock(folder: &Path) -> io::Result<File> {
    let path = folder.join("lock");
    let opened = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path);
    // A lock that is there can be taken without being written.
    opened.or_else(|error| File::open(path).map_err(|_| error))
}

/// Whether the disk is to blame, rather than whoever named the folder.
fn is_of_the_disk(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let is_broken = error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error());
    is_broken
        || matches!(
            error.kind(),
            FileTooLarge | QuotaExceeded | ReadOnlyFilesystem | StorageFull
        )
}

/// Writes our process down in the lock, for whoever finds it held.
fn sign(lock: &mut File) -> io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "{}", std::process::id())
}

/// The process that has the lock, as it wrote it down.
fn holder(lock: &mut File) -> Option<u32> {
    let mut written = String::new();
    lock.take(32).read_to_string(&mut written).ok()?;
    written.trim().parse().ok()
}
