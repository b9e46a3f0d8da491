//! All of the site's files at one moment.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use super::{
    fault::FolderError,
    read::{self, Stamp},
    walk::{self, Candidate},
};
use crate::{
    units::{Digest, Moment},
    wall::{ReadFault, SourceFile, is_foreign},
};

/// The largest file that is read, in bytes. A text of this size takes days to show.
pub const FILE_LIMIT: u64 = 4_000_000;

/// The largest picture that is taken, in bytes: far more than a telephone makes of one.
pub const PICTURE_FILE_LIMIT: u64 = 32_000_000;

/// The largest workbook that is taken, in bytes.
pub const SHEET_FILE_LIMIT: u64 = 8_000_000;

/// The largest video that is taken, in bytes: ten minutes of a telephone's best pictures.
pub const VIDEO_FILE_LIMIT: u64 = 4 << 30;

/// The most bytes of all files together that are read: what a small computer can hold twice. Pictures, videos and workbooks do not count, since
/// their bytes are not kept.
pub const TOTAL_LIMIT: u64 = 256_000_000;

/// How long one stamp must have been seen before bytes that are read then are known by it: file systems keep times as coarse as two
/// seconds, and shares answer out of a memory of a second. It is counted by our own clock, since a share's may show anything.
const PROOF: Duration = Duration::from_secs(3);

/// A file is read anew after so long, whatever `stat` says of it: what is written through memory leaves no stamp before it is flushed,
/// and copying programs set times back.
pub const REREAD: Duration = Duration::from_secs(60);

/// So many bytes at most are read anew in one scan for that reason alone; at least one file is.
const REREAD_BYTES: u64 = 256_000;

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
    /// The bytes of all files that were read in the last scan.
    total: u64,
}

/// A file as it was read last.
#[derive(Debug)]
struct Known {
    stamp: Stamp,
    /// When this stamp was seen first.
    since: Moment,
    /// When the bytes were read.
    read: Moment,
    file: SourceFile,
}

impl Known {
    /// Whether the stamp vouches for the bytes.
    fn is_proof(&self) -> bool {
        self.read.since(self.since) >= PROOF
    }
}

/// The files of the site in the folder `site`.
///
/// # Errors
/// The folder or its `site.toml` is missing, or holds more than [`ENTRY_LIMIT`](super::ENTRY_LIMIT) files.
pub fn scan(site: &Path) -> Result<Scan, FolderError> {
    Scanner::new(site).scan(Moment::ZERO)
}

impl Scanner {
    /// A scanner of the folder `site`, which need not be there yet.
    pub fn new(site: &Path) -> Self {
        Self {
            site: site.to_owned(),
            known: HashMap::new(),
            total: 0,
        }
    }

    /// The folder, as it was named.
    pub fn site(&self) -> &Path {
        &self.site
    }

    /// The site's files, looked at at `now`.
    ///
    /// # Errors
    /// As [`scan`].
    pub fn scan(&mut self, now: Moment) -> Result<Scan, FolderError> {
        let scan = self.scan_unless(now, || false)?;
        Ok(scan.expect("nothing breaks it off"))
    }

    /// As [`scan`](Self::scan), but `None`, and nothing was learnt, as soon as `is_over`.
    ///
    /// # Errors
    /// As [`scan`].
    pub fn scan_unless(&mut self, now: Moment, is_over: impl Fn() -> bool) -> Result<Option<Scan>, FolderError> {
        let site = canonical(&self.site)?;
        let walk = walk::walk(&site)?;
        let mut scan = Scan {
            unseen: walk.unseen,
            ..Scan::default()
        };
        let mut known = HashMap::with_capacity(walk.candidates.len());
        let (mut total, mut spare) = (0, REREAD_BYTES);
        for candidate in by_need(&walk.candidates) {
            if is_over() {
                return Ok(None);
            }
            let Some(mut found) = self.look(&site, candidate, now, (&mut scan.read, &mut spare)) else {
                continue;
            };
            let length = found.file.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
            if total + length > TOTAL_LIMIT {
                found = Found::refused(candidate, ReadFault::Beyond { limit: TOTAL_LIMIT });
            } else {
                total += length;
            }
            scan.files.push(found.file.clone());
            if let Some(remembered) = found.into_known() {
                known.insert(Arc::clone(&candidate.path), remembered);
            }
        }
        self.known = known;
        self.total = total;
        scan.files.sort_by(|a, b| a.path.cmp(&b.path));
        if !scan.files.iter().any(|file| &*file.path == "site.toml") {
            return Err(FolderError::SiteFileMissing(self.site.clone()));
        }
        Ok(Some(scan))
    }

    /// The files at `paths` alone, as a scan at `now` would find them: those that are there, can be read, and do not make it too much. What
    /// this passes over, and everything else, the next scan tells.
    pub fn glimpse<'a>(&mut self, paths: impl Iterator<Item = &'a Arc<str>>, now: Moment) -> Vec<SourceFile> {
        let Ok(site) = canonical(&self.site) else {
            return Vec::new();
        };
        if fs::metadata(site.join("site.toml")).is_err() {
            return Vec::new();
        }
        let mut files = Vec::new();
        for candidate in paths.filter_map(|path| walk::find(&site, path)) {
            let (mut count, mut spare) = (0, 0);
            let Some(found) = self.look(&site, &candidate, now, (&mut count, &mut spare)) else {
                continue;
            };
            let Ok(bytes) = &found.file.bytes else { continue };
            // What the file had before is counted as well: the next scan counts anew.
            let total = self.total + bytes.len() as u64;
            if total <= TOTAL_LIMIT {
                self.total = total;
                files.push(found.file.clone());
                self.known
                    .extend(found.into_known().map(|known| (Arc::clone(&candidate.path), known)));
            }
        }
        files
    }

    /// A picture, a video or a workbook: it is not read here, since a folder may hold gigabytes of them, and reading them would delay the texts. Its
    /// stamp stands for it until somebody makes a plain form of it.
    fn glance(&self, candidate: &Candidate, place: &Path, stamp: Stamp, now: Moment) -> Found {
        let known = self.known.get(&candidate.path).filter(|known| known.stamp == stamp);
        let since = known.map_or(now, |known| known.since);
        let digest = stamp.token(now.since(since) >= PROOF);
        let known = known.filter(|known| known.file.digest == digest);
        let fresh = || SourceFile {
            path: Arc::clone(&candidate.path),
            bytes: Err(ReadFault::Waiting {
                is_hollow: read::is_hollow(place, stamp.length()),
            }),
            digest,
        };
        Found {
            file: known.map_or_else(fresh, |known| known.file.clone()),
            proof: Some((stamp, since, now)),
        }
    }

    /// `None`: the file went away while we looked. `count` counts what is read; `spare` is how many bytes may still be read for their age.
    fn look(
        &self,
        site: &Path,
        candidate: &Candidate,
        now: Moment,
        (count, spare): (&mut usize, &mut u64),
    ) -> Option<Found> {
        if let Some(foreign) = candidate.foreign {
            return Some(Found::refused(candidate, ReadFault::Foreign(foreign)));
        }
        let (place, stamp) = match read::locate(site, candidate) {
            Ok(Some(located)) => located,
            Ok(None) => return None,
            Err(fault) => return Some(Found::refused(candidate, fault)),
        };
        if is_foreign(&candidate.path) {
            return Some(self.glance(candidate, &place, stamp, now));
        }
        let known = self.known.get(&candidate.path).filter(|known| known.stamp == stamp);
        if let Some(known) = known.filter(|known| known.is_proof()) {
            let is_due = now.since(known.read) >= REREAD && *spare > 0;
            if !is_due {
                return Some(Found::again(known));
            }
            *spare = spare.saturating_sub(stamp.length());
        }
        *count += 1;
        match read::read(&place) {
            Ok(Some(bytes)) => {
                let since = known.map_or(now, |known| known.since);
                Some(Found::read(candidate, bytes, (stamp, since, now)))
            }
            Ok(None) => None,
            Err(fault) => Some(Found::refused(candidate, fault)),
        }
    }
}

/// The candidates with what a site cannot do without before its items: where there is too much, an item is left out, never the site itself.
fn by_need(candidates: &[Candidate]) -> impl Iterator<Item = &Candidate> {
    let is_item = |candidate: &&Candidate| candidate.path.starts_with("items/");
    let rest = candidates.iter().filter(move |candidate| !is_item(candidate));
    rest.chain(candidates.iter().filter(is_item))
}

/// One file of a scan, and what to remember of it: its stamp, since when that is seen, and when the bytes were read.
struct Found {
    file: SourceFile,
    proof: Option<(Stamp, Moment, Moment)>,
}

impl Found {
    fn again(known: &Known) -> Self {
        Self {
            file: known.file.clone(),
            proof: Some((known.stamp, known.since, known.read)),
        }
    }

    fn read(candidate: &Candidate, bytes: Arc<[u8]>, proof: (Stamp, Moment, Moment)) -> Self {
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
        let (stamp, since, read) = self.proof?;
        Some(Known {
            stamp,
            since,
            read,
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
