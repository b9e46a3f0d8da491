//! All of the site's files at one moment.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use super::{
    fault::FolderError,
    read::{self, Stamp},
    walk::{self, Candidate},
};
use crate::{
    units::Digest,
    wall::{ReadFault, SourceFile},
};

/// The largest file that is read, in bytes. A text of this size takes days to show.
pub const FILE_LIMIT: u64 = 4_000_000;

/// The most bytes of all files together: what a small computer can hold twice.
pub const TOTAL_LIMIT: u64 = 256_000_000;

/// How long ago, in seconds, a file must have changed last so that an unchanged `stat` proves unchanged bytes: file systems keep
/// times as coarse as two seconds.
const FRESH: i64 = 2;

/// The site's files as they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// Every file that the wall wants, in the order of their paths, `site.toml` among them.
    pub files: Vec<SourceFile>,
    /// The folders that could not be seen: of the files below them nothing is known.
    pub unseen: Vec<Unseen>,
    /// How many files were opened and read; the others had not changed since the scan before.
    pub read: usize,
}

/// A folder that could not be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// Relative to the site.
    pub path: Arc<str>,
    /// Why.
    pub fault: FolderError,
}

impl Unseen {
    /// Whether the file at `path` would lie in this folder.
    pub fn hides(&self, path: &str) -> bool {
        path.strip_prefix(&*self.path).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// Scans one site's folder again and again, reading only what changed.
#[derive(Debug)]
pub struct Scanner {
    site: PathBuf,
    known: HashMap<Arc<str>, Known>,
}

/// A file as it was read last.
#[derive(Debug)]
struct Known {
    stamp: Stamp,
    /// Whether the stamp was old enough when the file was read to vouch for its bytes.
    is_proof: bool,
    file: SourceFile,
}

/// The files of the site in the folder `site`.
///
/// # Errors
/// The folder or its `site.toml` is missing, or holds more than [`ENTRY_LIMIT`](super::ENTRY_LIMIT) files or [`TOTAL_LIMIT`] bytes.
pub fn scan(site: &Path) -> Result<Scan, FolderError> {
    Scanner::new(site).scan(SystemTime::now())
}

impl Scanner {
    /// A scanner of the folder `site`, which need not be there yet.
    pub fn new(site: &Path) -> Self {
        Self {
            site: site.to_owned(),
            known: HashMap::new(),
        }
    }

    /// The folder, as it was named.
    pub fn site(&self) -> &Path {
        &self.site
    }

    /// The site's files; `now` is the time of the clock by which files are stamped.
    ///
    /// # Errors
    /// As [`scan`].
    pub fn scan(&mut self, now: SystemTime) -> Result<Scan, FolderError> {
        let site = canonical(&self.site)?;
        let walk = walk::walk(&site)?;
        let now = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let mut scan = Scan {
            unseen: walk.unseen,
            ..Scan::default()
        };
        let mut known = HashMap::with_capacity(walk.candidates.len());
        let mut total = 0;
        for candidate in &walk.candidates {
            let Some(found) = self.look(&site, candidate, now, &mut scan.read) else {
                continue;
            };
            total += found.file.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
            if total > TOTAL_LIMIT {
                return Err(FolderError::TooMuch { limit: TOTAL_LIMIT });
            }
            scan.files.push(found.file.clone());
            if let Some(remembered) = found.into_known() {
                known.insert(Arc::clone(&candidate.path), remembered);
            }
        }
        self.known = known;
        if !scan.files.iter().any(|file| &*file.path == "site.toml") {
            return Err(FolderError::SiteFileMissing(self.site.clone()));
        }
        Ok(scan)
    }

    /// Forgets what was read, so that the next scan reads every file anew.
    pub fn forget(&mut self) {
        self.known.clear();
    }

    /// `None`: the file went away while we looked.
    fn look(&self, site: &Path, candidate: &Candidate, now: u64, count: &mut usize) -> Option<Found> {
        if let Some(foreign) = candidate.foreign {
            return Some(Found::refused(candidate, ReadFault::Foreign(foreign)));
        }
        let (place, stamp) = match read::locate(site, candidate) {
            Ok(Some(located)) => located,
            Ok(None) => return None,
            Err(fault) => return Some(Found::refused(candidate, fault)),
        };
        let known = self.known.get(&candidate.path);
        if let Some(known) = known.filter(|known| known.is_proof && known.stamp == stamp) {
            return Some(Found {
                file: known.file.clone(),
                proof: Some((stamp, true)),
            });
        }
        *count += 1;
        match read::read(&place) {
            Ok(Some(bytes)) => {
                let is_proof = stamp.latest().saturating_add(FRESH) < i64::try_from(now).unwrap_or(i64::MAX);
                Some(Found::read(candidate, bytes, (stamp, is_proof)))
            }
            Ok(None) => None,
            Err(fault) => Some(Found::refused(candidate, fault)),
        }
    }
}

/// One file of a scan, and what to remember of it.
struct Found {
    file: SourceFile,
    proof: Option<(Stamp, bool)>,
}

impl Found {
    fn read(candidate: &Candidate, bytes: Arc<[u8]>, proof: (Stamp, bool)) -> Self {
        Self {
            file: SourceFile {
                path: Arc::clone(&candidate.path),
                digest: Digest::of(&bytes),
                bytes: Ok(bytes),
            },
            proof: Some(proof),
        }
    }

    fn refused(candidate: &Candidate, fault: ReadFault) -> Self {
        Self {
            file: SourceFile {
                path: Arc::clone(&candidate.path),
                bytes: Err(fault),
                digest: Digest::of(&[]),
            },
            proof: None,
        }
    }

    fn into_known(self) -> Option<Known> {
        let (stamp, is_proof) = self.proof?;
        Some(Known {
            stamp,
            is_proof,
            file: self.file,
        })
    }
}

/// The folder's own path, without links, so that links in it can be told to lead out of it.
fn canonical(site: &Path) -> Result<PathBuf, FolderError> {
    fs::canonicalize(site).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => FolderError::SiteMissing(site.to_owned()),
        io::ErrorKind::NotADirectory => FolderError::NotAFolder(site.to_owned()),
        _ => FolderError::Unlisted {
            path: ".".into(),
            reason: error.to_string(),
        },
    })
}
