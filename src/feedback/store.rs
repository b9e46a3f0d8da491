//! The folder 反馈 on the disk or share: files that are there whole, and nothing that is not ours touched.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::fault::FeedbackFault;
use crate::folder::{FEEDBACK, whole};

/// The label of every picture that is written here.
const LABEL: (&str, &str) = ("Software", "Yingbi 影壁 反馈");

/// The keyword of the label that says where a picture belongs: a copy that somebody has made is not ours.
const PLACE: &str = "Description";

/// How much of a picture is read to find the labels: they stand before the picture itself.
const HEAD: u64 = 1024;

/// The largest file that is compared with what would take its place.
const LARGEST: u64 = 16 << 20;

/// Whoever fills the share may read, whatever the daemon's mask says; nobody but the daemon needs to write.
const FILE_MODE: u32 = 0o644;
const FOLDER_MODE: u32 = 0o755;

/// The folder of one site's feedback. Paths are relative to it, with `/` between their parts.
#[derive(Clone, Debug)]
pub(super) struct Store {
    site: PathBuf,
    root: PathBuf,
}

/// By what a change of a file is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// The file's length in bytes.
    pub(super) const fn length(self) -> u64 {
        self.length
    }
}

/// What lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) is_folder: bool,
}

impl Store {
    pub(super) fn new(site: &Path) -> Self {
        Self {
            site: site.to_owned(),
            root: site.join(FEEDBACK),
        }
    }

    /// Whether the site is there: into the empty place where a share is no longer mounted nothing is written. What is left of a site whose
    /// files are gone is: then somebody looks here for what is wrong.
    pub(super) fn has_site(&self) -> bool {
        self.site.join("site.toml").is_file() || self.root.is_dir()
    }

    /// By what a change of the file at `path` is known; `None` where no file is there.
    pub(super) fn stamp(&self, path: &str) -> Option<Stamp> {
        let metadata = fs::symlink_metadata(self.place(path)).ok()?;
        metadata.is_file().then(|| Stamp {
            length: metadata.len(),
            modified: metadata.modified().ok(),
        })
    }

    /// Puts a file of these bytes at `path`, unless one is there.
    pub(super) fn renew(&self, path: &str, bytes: &[u8]) -> Result<(), FeedbackFault> {
        if self.read(path).as_deref() == Some(bytes) {
            return Ok(());
        }
        self.put(path, bytes)
    }

    /// Puts a file of these bytes at `path`, and makes the folders that it lies in.
    pub(super) fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FeedbackFault> {
        self.make_way(path)?;
        let place = self.place(path);
        let beside = beside(&place);
        let failed = |error: &io::Error| FeedbackFault::of(path, error);
        if let Err(error) = write(&beside, bytes) {
            // A full disk shall not stay full of halves.
            let _ = fs::remove_file(&beside);
            return Err(failed(&error));
        }
        fs::rename(&beside, &place).map_err(|error| {
            let _ = fs::remove_file(&beside);
            match error.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => {
                    FeedbackFault::in_use(path)
                }
                _ => failed(&error),
            }
        })
    }

    /// Says that the file at `path` holds at `now` too.
    pub(super) fn touch(&self, path: &str, now: SystemTime) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(self.place(path))?;
        file.set_modified(now)
    }

    /// The file at `path`; `None` where there is none that could be ours.
    pub(super) fn read(&self, path: &str) -> Option<Vec<u8>> {
        let place = self.place(path);
        let metadata = fs::symlink_metadata(&place).ok()?;
        if !metadata.is_file() || metadata.len() > LARGEST {
            return None;
        }
        fs::read(place).ok()
    }

    /// Whether something is at `path`.
    pub(super) fn has(&self, path: &str) -> bool {
        fs::symlink_metadata(self.place(path)).is_ok()
    }

    /// Whether the file at `path` is a picture that was written here.
    pub(super) fn is_ours(&self, path: &str) -> bool {
        let place = self.place(path);
        if !fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.is_file()) {
            return false;
        }
        let mut head = Vec::new();
        let read = File::open(place).and_then(|file| file.take(HEAD).read_to_end(&mut head));
        let says = |text: &str| head.windows(text.len()).any(|words| words == text.as_bytes());
        read.is_ok() && labels(path).iter().all(|(_, text)| says(text))
    }

    /// Removes the file at `path`.
    pub(super) fn remove(&self, path: &str) -> Result<(), FeedbackFault> {
        let removed = whole::remove(&self.place(path));
        removed.map(drop).map_err(|error| FeedbackFault::of(path, &error))
    }

    /// Removes the folder at `path` where nothing is in it.
    pub(super) fn remove_empty(&self, path: &str) {
        let _ = fs::remove_dir(self.place(path));
    }

    /// What lies in the folder at `path`, at most `most`, in no order; nothing where there is no folder.
    pub(super) fn list(&self, path: &str, most: usize) -> Vec<Listed> {
        let Ok(entries) = fs::read_dir(self.place(path)) else {
            return Vec::new();
        };
        let listed = |entry: fs::DirEntry| {
            let is_folder = entry.file_type().ok()?.is_dir();
            let name = entry.file_name().into_string().ok()?;
            Some(Listed { name, is_folder })
        };
        entries.take(most).flatten().filter_map(listed).collect()
    }

    /// Where the file or folder at `path` is. No slash follows the folder's own name: it would lead through a link.
    fn place(&self, path: &str) -> PathBuf {
        if path.is_empty() {
            self.root.clone()
        } else {
            self.root.join(path)
        }
    }

    /// Makes the folders in which the file at `path` lies. The site's own is never made.
    fn make_way(&self, path: &str) -> Result<(), FeedbackFault> {
        let ends = path.match_indices('/').map(|(at, _)| at);
        for folder in std::iter::once("").chain(ends.map(|at| &path[..at])) {
            let place = self.place(folder);
            match fs::symlink_metadata(&place) {
                Ok(metadata) if metadata.is_dir() => {}
                Ok(_) => return Err(FeedbackFault::not_a_folder(folder)),
                Err(_) => {
                    let made = DirBuilder::new().mode(FOLDER_MODE).create(&place);
                    made.map_err(|error| FeedbackFault::of(folder, &error))?;
                    let _ = fs::set_permissions(&place, Permissions::from_mode(FOLDER_MODE));
                }
            }
        }
        Ok(())
    }
}

/// The labels by which the picture at `path` is known to be ours.
pub(super) const fn labels(path: &str) -> [(&str, &str); 2] {
    [LABEL, (PLACE, path)]
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let options = options.write(true).create(true).truncate(true).mode(FILE_MODE);
    options.open(path)?.write_all(bytes)?;
    // Some shares keep no modes: then they have their own.
    let _ = fs::set_permissions(path, Permissions::from_mode(FILE_MODE));
    Ok(())
}

/// The name under which a file is written: hidden, and passed over by every reader of a site.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Half of a long name: it must not become longer than names may be.
    let short: String = name.chars().take(60).collect();
    path.with_file_name(format!(".{short}.tmp"))
}
