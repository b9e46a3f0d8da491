//! From an archive to a folder.

use std::{
    cell::Cell,
    collections::BTreeMap,
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{self, Read},
    os::unix::ffi::OsStrExt as _,
    path::{Component, Path, PathBuf},
    rc::Rc,
    time::{Duration, SystemTime},
};

use flate2::read::GzDecoder;
use tar::{Archive, Entry};

use super::{
    HISTORY, LIST, Limits, SITE,
    fault::BackupFault,
    list::{LONGEST_LIST, List, Listed, Measured, VERSION, written},
    place::Staging,
};

/// What shall be unpacked.
#[derive(Clone, Debug)]
pub struct Restore<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// The folder that shall hold the site.
    pub to: &'a Path,
    /// The folder that shall hold the history, where the archive has one; `None` leaves it out.
    pub history: Option<&'a Path>,
    /// Whether folders that hold something are used all the same; that is then put aside.
    pub force: bool,
    /// How much an archive may hold.
    pub limits: Limits,
}

/// What was unpacked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// How many files of the site.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// How many files of the history; 0 where none was asked for.
    pub history: usize,
    /// How many files of a history the archive holds.
    pub history_there: usize,
    /// Where what was in the folder has been put.
    pub aside: Option<PathBuf>,
}

impl Restore<'_> {
    /// Unpacks the archive beside, compares it with its list, and puts it in place.
    ///
    /// # Errors
    /// A folder holds something (and this is not forced), the archive is cut off, damaged, larger than it may be or holds what no backup
    /// holds, or the folders cannot be written. Then they are what they were.
    pub fn run(&self) -> Result<Restored, BackupFault> {
        let file = File::open(self.archive).map_err(|error| BackupFault::read(self.archive, &error))?;
        let site = Staging::open(self.to, self.force)?;
        let history = match self.history {
            Some(folder) => Some(Staging::open(folder, self.force)?),
            None => None,
        };
        let mut unpack = Unpack {
            limits: self.limits,
            archive: self.archive,
            site: site.path(),
            history: history.as_ref().map(Staging::path),
            found: BTreeMap::new(),
            entries: 0,
            bytes: 0,
            consumed: Rc::default(),
        };
        let found = unpack.all(file)?;
        let below = |root: &'static str| {
            let is_below = move |path: &String| Path::new(path).starts_with(root);
            found.iter().filter(move |(path, _)| is_below(path))
        };
        let history_there = below(HISTORY).count();
        let restored = Restored {
            files: below(SITE).count(),
            bytes: below(SITE).map(|(_, listed)| listed.size).sum(),
            history: if history.is_some() { history_there } else { 0 },
            history_there,
            aside: None,
        };
        // The history first: a site in place is one that may be played.
        if let Some(history) = history {
            history.put()?;
        }
        let aside = site.put()?;
        Ok(Restored { aside, ..restored })
    }
}

struct Unpack<'a> {
    limits: Limits,
    archive: &'a Path,
    site: &'a Path,
    history: Option<&'a Path>,
    /// The files so far, by their paths as the list writes them.
    found: BTreeMap<String, Listed>,
    entries: usize,
    bytes: u64,
    /// How much of the archive has been read.
    consumed: Rc<Cell<u64>>,
}

/// Counts what is read of the archive.
struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count.set(self.count.get() + count as u64);
        Ok(count)
    }
}

impl Unpack<'_> {
    /// Unpacks everything and gives back the files, which are those of the list.
    fn all(&mut self, file: File) -> Result<BTreeMap<String, Listed>, BackupFault> {
        let counted = Counted {
            inner: io::BufReader::new(file),
            count: Rc::clone(&self.consumed),
        };
        let mut archive = Archive::new(GzDecoder::new(counted));
        let mut list = None;
        let mut long = None;
        // Raw entries: a name longer than the header's is an entry before, which we read ourselves, for we know how long one may be.
        let entries = archive.entries().map_err(|error| self.damaged(&error))?.raw(true);
        for entry in entries {
            let mut entry = entry.map_err(|error| self.damaged(&error))?;
            if list.is_some() {
                return Err(BackupFault::AfterList(self.archive.into()));
            }
            if entry.header().entry_type().is_gnu_longname() && long.is_none() {
                long = Some(self.long_name(&mut entry)?);
                continue;
            }
            let path = long.take().unwrap_or_else(|| entry.path_bytes().into_owned());
            let path = PathBuf::from(OsStr::from_bytes(&path));
            if path == Path::new(LIST) {
                list = Some(self.list(&mut entry)?);
            } else {
                self.entry(&path, &mut entry)?;
            }
        }
        let list = list.ok_or_else(|| BackupFault::NoList(self.archive.into()))?;
        // What is left is padding; reading it checks the sum of the whole.
        let rest = archive.into_inner();
        let drained = io::copy(&mut rest.take(1 << 20), &mut io::sink());
        drained.map_err(|error| self.damaged(&error))?;
        compare(&self.found, &list)?;
        Ok(std::mem::take(&mut self.found))
    }

    fn damaged(&self, error: &io::Error) -> BackupFault {
        BackupFault::Damaged {
            archive: self.archive.into(),
            reason: error.to_string(),
        }
    }

    fn long_name<R: Read>(&self, entry: &mut Entry<'_, R>) -> Result<Vec<u8>, BackupFault> {
        const LONGEST: u64 = 4096;
        if entry.size() > LONGEST {
            return Err(BackupFault::BadPath("…".into()));
        }
        let mut name = Vec::new();
        entry.read_to_end(&mut name).map_err(|error| self.damaged(&error))?;
        while name.last() == Some(&0) {
            name.pop();
        }
        Ok(name)
    }

    fn list<R: Read>(&self, entry: &mut Entry<'_, R>) -> Result<List, BackupFault> {
        if entry.size() > LONGEST_LIST {
            return Err(BackupFault::TooMuch(self.limits));
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(|error| self.damaged(&error))?;
        let list: List = serde_json::from_slice(&bytes).map_err(|error| self.damaged(&error.into()))?;
        if list.v > VERSION {
            return Err(BackupFault::Newer(list.v));
        }
        Ok(list)
    }

    fn entry<R: Read>(&mut self, path: &Path, entry: &mut Entry<'_, R>) -> Result<(), BackupFault> {
        let told = written(path);
        self.entries += 1;
        if self.entries > self.limits.entries {
            return Err(BackupFault::TooMuch(self.limits));
        }
        let kind = entry.header().entry_type();
        let place = self.place(path, kind.is_dir())?;
        if kind.is_dir() {
            return match &place {
                Some(place) => fs::create_dir_all(place).map_err(|error| BackupFault::write(place, &error)),
                None => Ok(()),
            };
        }
        if !kind.is_file() {
            return Err(BackupFault::BadKind(told));
        }
        if self.found.contains_key(&told) {
            return Err(BackupFault::Twice(told));
        }
        let (size, modified) = (entry.size(), entry.header().mtime().unwrap_or(0));
        if self.bytes.saturating_add(size) > self.limits.bytes {
            return Err(BackupFault::TooMuch(self.limits));
        }
        let mut measured = Measured::new(Bounded {
            inner: entry,
            limits: self.limits,
            produced: &mut self.bytes,
            consumed: &self.consumed,
        });
        let copied = match &place {
            Some(place) => write(place, &mut measured, modified),
            None => io::copy(&mut measured, &mut io::sink()).map(drop),
        };
        let listed = measured.done();
        copied.map_err(|error| match error.kind() {
            io::ErrorKind::QuotaExceeded if error.get_ref().is_some() => BackupFault::TooMuch(self.limits),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                self.damaged(&error)
            }
            _ => BackupFault::write(place.as_deref().unwrap_or(path), &error),
        })?;
        if listed.size != size {
            return Err(self.damaged(&io::ErrorKind::UnexpectedEof.into()));
        }
        self.found.insert(told, listed);
        Ok(())
    }

    /// Where `path` of the archive goes, a folder or not; `None` where it is not wanted. What leads out, and what a backup never holds,
    /// is refused.
    fn place(&self, path: &Path, is_folder: bool) -> Result<Option<PathBuf>, BackupFault> {
        let bad = || BackupFault::BadPath(written(path));
        let mut names = Vec::new();
        for component in path.components() {
            match component {
                Component::Normal(name) if !name.as_bytes().starts_with(b".") && !name.as_bytes().contains(&0) => {
                    names.push(name);
                }
                _ => return Err(bad()),
            }
        }
        if names.len() > self.limits.depth + 2 {
            return Err(bad());
        }
        let (root, below) = names.split_first().ok_or_else(bad)?;
        let root = match root.to_str() {
            Some(SITE) => Some(self.site),
            Some(HISTORY) => self.history,
            _ => return Err(bad()),
        };
        if below.is_empty() && !is_folder {
            return Err(bad());
        }
        Ok(root.map(|root| below.iter().fold(root.to_owned(), |place, name| place.join(name))))
    }
}

/// Writes a new file, its folders with it: nothing that is there is opened, so no link is followed.
fn write(place: &Path, data: &mut impl Read, modified: u64) -> io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(place)?;
    io::copy(data, &mut file)?;
    // A time that the disk cannot hold is no reason to lose the file.
    let _ = SystemTime::UNIX_EPOCH
        .checked_add(Duration::from_secs(modified))
        .map(|time| file.set_modified(time));
    file.sync_all()
}

/// Ends with an error where much more comes out than went in.
struct Bounded<'a, R> {
    inner: R,
    limits: Limits,
    /// The bytes of all files so far.
    produced: &'a mut u64,
    consumed: &'a Cell<u64>,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        *self.produced += count as u64;
        let most = self
            .limits
            .ratio
            .saturating_mul(self.consumed.get())
            .max(self.limits.free);
        if *self.produced > most {
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, "a bomb"));
        }
        Ok(count)
    }
}

fn compare(found: &BTreeMap<String, Listed>, list: &List) -> Result<(), BackupFault> {
    for (path, listed) in &list.files {
        match found.get(path) {
            None => return Err(BackupFault::Missing(path.clone())),
            Some(found) if found != listed => return Err(BackupFault::Differs(path.clone())),
            Some(_) => {}
        }
    }
    match found.keys().find(|path| !list.files.contains_key(*path)) {
        Some(path) => Err(BackupFault::Unlisted(path.clone())),
        None => Ok(()),
    }
}
