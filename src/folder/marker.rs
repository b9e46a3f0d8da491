//! What a thread is at work on, for whoever starts after the process was lost in the midst of it.
//!
//! A marker is one file, kept open and written in place: a line when work begins, an empty line when it is done. Nothing is brought
//! to the disk, for the system keeps what a lost process has written; and the folder is one in memory wherever the machine has one.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    os::unix::fs::{DirBuilderExt as _, FileExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use super::{state::given, whole};
use crate::units::Digest;

/// How the names of markers begin.
const PREFIX: &str = "mark-";

/// The longest marker that is read, in bytes.
const LIMIT: u64 = 32 * 1024;

/// The most markers that are read.
const MOST: usize = 1_000;

/// The folder of the markers of one state folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markers {
    folder: PathBuf,
}

impl Markers {
    /// The markers of the state folder `state`: in `$RUNTIME_DIRECTORY` (systemd; the first of several) or `$XDG_RUNTIME_DIR`, where one
    /// is given, else in the state folder itself. `variable` looks up the environment.
    pub fn locate(state: &Path, variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let folder = |name| given(name, &variable).filter(|path| path.is_absolute());
        let runtime = folder("RUNTIME_DIRECTORY").or_else(|| folder("XDG_RUNTIME_DIR"));
        // Two daemons with a state folder each may have one such folder between them.
        let name = state.canonicalize().unwrap_or_else(|_| state.to_owned());
        let name = Digest::of(name.as_os_str().as_encoded_bytes()).to_string();
        let folder = runtime.map_or_else(
            || state.join("marks"),
            |runtime| runtime.join(format!("yingbi-{}", &name[..8])),
        );
        Self { folder }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the process before was at work on when it was lost; forgets it.
    pub fn gather(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let marks = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
        let lines = marks.take(MOST).filter_map(|entry| {
            let bytes = whole::read(&entry.path(), LIMIT).ok().flatten();
            let _ = fs::remove_file(entry.path());
            let text = String::from_utf8(bytes?).ok()?;
            let (line, _) = text.split_once('\n')?;
            (!line.is_empty()).then(|| line.to_owned())
        });
        lines.collect()
    }

    /// A marker of its own for the thread of that name. Where none can be made, it marks nothing.
    pub fn open(&self, name: &str) -> Marker {
        let path = self.folder.join(format!("{PREFIX}{name}"));
        let _ = fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder);
        let mut options = OpenOptions::new();
        let file = options.write(true).create(true).truncate(true).mode(0o600).open(&path);
        Marker { path, file: file.ok() }
    }
}

/// One thread's marker. Its file goes with it.
#[derive(Debug)]
pub struct Marker {
    path: PathBuf,
    file: Option<File>,
}

impl Marker {
    /// Work begins on what `line`, which has no line break, says.
    pub fn begin(&self, line: &str) {
        // What cannot be marked is worked on all the same.
        if let Some(file) = &self.file {
            let _ = file.write_all_at(format!("{line}\n").as_bytes(), 0);
        }
    }

    /// It is done.
    pub fn end(&self) {
        if let Some(file) = &self.file {
            let _ = file.write_all_at(b"\n", 0);
        }
    }
}

impl Drop for Marker {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}
