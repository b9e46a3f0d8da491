//! Files that are there whole or not at all.

use std::{
    ffi::OsString,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use crate::units::Digest;

/// Puts a file of these bytes at `path`: written beside it, brought to the disk, and then renamed. Whoever reads finds the old file or
/// the new one, also after a power cut. The folder's own entry is brought to the disk by [`sync_folder`].
pub(crate) fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(path, bytes, File::sync_all)
}

/// The same without waiting for the disk: a process that dies leaves the file, and a power cut may take it.
pub(super) fn put_soon(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(path, bytes, |_| Ok(()))
}

fn replace(path: &Path, bytes: &[u8], settle: impl FnOnce(&File) -> io::Result<()>) -> io::Result<()> {
    let beside = beside(path);
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)?;
    let written = file.write_all(bytes).and_then(|()| settle(&file));
    let put = written.and_then(|()| fs::rename(&beside, path));
    if put.is_err() {
        // A full disk shall not stay full of halves.
        let _ = fs::remove_file(&beside);
    }
    put
}

/// Takes the file at `path` away; whether it was there.
pub(crate) fn remove(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        // A disk that is read-only refuses first, also what is not there.
        Err(_) if is_missing(path) => Ok(false),
        Err(error) => Err(error),
    }
}

fn is_missing(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// Brings the entries of `folder` to the disk.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Makes `folder`, for its owner alone, where it is missing, and those above it; each is on the disk before anything is put into it.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty());
    let above = above.unwrap_or_else(|| Path::new("."));
    make_folder(above)?;
    match DirBuilder::new().mode(0o700).create(folder) {
        // Somebody else may have made it meanwhile.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        made => made.and_then(|()| {
            // One that is not on the disk shall not be taken for one that is.
            sync_folder(above).inspect_err(|_| drop(fs::remove_dir(folder)))
        }),
    }
}

/// The bytes of the file at `path`, at most `limit`; `None` where there is no file. Anything but a file is an error: reading it might
/// never end.
pub(crate) fn read(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
        Ok(metadata) if !metadata.is_file() => return Err(not_a_file()),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

pub(super) fn not_a_file() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "not a file")
}

/// The first eight hexadecimal digits of the SHA-256 of `text`: what tells that it is what was written.
pub(super) fn sum(text: &str) -> String {
    Digest::of(text.as_bytes()).to_string()[..8].to_owned()
}

/// The name under which [`put`] writes; what a power cut leaves of it is written over the next time.
pub(super) fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(NEW);
    path.with_file_name(name)
}

/// How the names of unfinished files end.
pub(super) const NEW: &str = ".new";
