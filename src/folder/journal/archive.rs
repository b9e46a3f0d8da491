//! Reading what is kept of the past. It needs no lock and disturbs nobody.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;

use super::{
    ALIVE, CURRENT, JOURNAL,
    compact::Bounds,
    fault::JournalFault,
    line::{self, Unread},
    store::Store,
    whole,
};
use crate::{
    units::Digest,
    wall::{
        SourceFile,
        history::{Event, History, Record},
    },
};

/// A daemon that was alive so long ago still is: it says so every minute, unless its disk is slow.
const PULSE: Duration = Duration::from_secs(150);

/// What is kept of the past.
#[derive(Clone, Debug)]
pub struct Archive {
    folder: PathBuf,
    /// In the order in which they were written.
    pub records: Vec<Record>,
    /// What could not be read of the journal.
    pub damage: Damage,
    alive: Option<Timestamp>,
}

/// What could not be read of a journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    /// Its last line is not whole: the power was cut, or it is being written.
    pub is_torn: bool,
    /// How many other lines are not what was written.
    pub damaged: usize,
    /// How many lines are of a newer version of the program.
    pub newer: usize,
}

impl Archive {
    /// Reads the journal of the state folder `folder`; `None` where there is none.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(folder: &Path) -> Result<Option<Self>, JournalFault> {
        let path = folder.join(JOURNAL);
        let Some(bytes) = whole::read(&path, 2 * Bounds::default().journal).map_err(JournalFault::unread(&path))?
        else {
            return Ok(None);
        };
        let mut archive = Self {
            folder: folder.to_owned(),
            records: Vec::new(),
            damage: Damage::default(),
            alive: instant(folder),
        };
        for (_, record) in lines(&bytes) {
            match record {
                Ok(record) => archive.records.push(record),
                Err(Unread::Newer) => archive.damage.newer += 1,
                Err(Unread::Damaged) => archive.damage.damaged += 1,
            }
        }
        if bytes.last().is_some_and(|last| *last != b'\n') {
            let is_whole = lines(&bytes)
                .last()
                .is_some_and(|(_, record)| record != Err(Unread::Damaged));
            archive.damage.is_torn = !is_whole;
            archive.damage.damaged -= usize::from(!is_whole);
        }
        Ok(Some(archive))
    }

    /// What the records tell, seen from `now`.
    pub fn history(&self, now: Timestamp) -> History {
        let last = self.records.last().map(|record| record.at);
        let alive = self.alive.max(last);
        let is_alive = self
            .alive
            .is_some_and(|alive| alive.duration_since(now).unsigned_abs() <= PULSE);
        History::new(&self.records, alive.filter(|_| !is_alive))
    }

    /// When the daemon last was alive, as far as it could say so.
    pub const fn alive(&self) -> Option<Timestamp> {
        self.alive
    }

    /// The files of the programme of that digest, as they were accepted; each is what its digest says.
    ///
    /// # Errors
    /// They are not kept, or not whole.
    pub fn files(&self, programme: Digest) -> Result<Vec<SourceFile>, JournalFault> {
        Store::new(&self.folder).files(programme)
    }

    /// The programme that was accepted last.
    pub fn current(&self) -> Option<Digest> {
        current(&self.folder).map(|(digest, _)| digest)
    }
}

/// The files of the programme that was accepted last of the site in the folder `site`, by the state folder `state`; none where there is
/// no such programme, or it is not whole.
pub fn last_good(state: &Path, site: &Path) -> Vec<SourceFile> {
    last_good_but(state, site, |_| false)
}

/// As [`last_good`], but without the versions that are `out`: of such a file the newest other version that is kept takes the place,
/// where there is one. Where the current programme is not named, or not whole, an older one of the site takes its place.
pub fn last_good_but(state: &Path, site: &Path, out: impl Fn(&SourceFile) -> bool) -> Vec<SourceFile> {
    let (site, store) = (site_name(site), Store::new(state));
    let mut programmes = Programmes::new(state, &site);
    let whole = programmes.find_map(|programme| store.files(programme).ok());
    let (gone, mut files): (Vec<_>, Vec<_>) = whole.unwrap_or_default().into_iter().partition(out_of(&out));
    for file in gone {
        let mut versions = programmes.by_ref().take(LOOKED_THROUGH).filter_map(|programme| {
            let manifest = store.manifest(programme).ok()??;
            let version = manifest.files().find(|(path, _)| **path == file.path)?.1;
            store.file(&file.path, version).filter(|version| !out(version))
        });
        files.extend(versions.next());
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// How many programmes are looked through for another version of a file.
const LOOKED_THROUGH: usize = 200;

fn out_of(out: &impl Fn(&SourceFile) -> bool) -> impl Fn(&SourceFile) -> bool {
    move |file| out(file)
}

/// The programmes of a site, the current one first, then from the newest to the oldest as the journal has them. The journal is not
/// read before the current one has been asked for.
struct Programmes<'a> {
    state: &'a Path,
    site: &'a str,
    current: Option<Digest>,
    older: Option<std::vec::IntoIter<Digest>>,
}

impl<'a> Programmes<'a> {
    fn new(state: &'a Path, site: &'a str) -> Self {
        let current = current(state).filter(|(_, of)| of == site);
        Self {
            state,
            site,
            current: current.map(|(digest, _)| digest),
            older: None,
        }
    }

    fn journalled(&self) -> Vec<Digest> {
        let archive = Archive::read(self.state).ok().flatten();
        let mut is_ours = false;
        let mut digests = Vec::new();
        for record in archive.into_iter().flat_map(|archive| archive.records) {
            match record.event {
                Event::Started { site, .. } => is_ours = *site == *self.site,
                Event::Programme { digest, .. } if is_ours => digests.push(digest),
                _ => {}
            }
        }
        digests.reverse();
        digests.dedup();
        digests
    }
}

impl Iterator for Programmes<'_> {
    type Item = Digest;

    fn next(&mut self) -> Option<Digest> {
        if let Some(current) = self.current.take() {
            return Some(current);
        }
        if self.older.is_none() {
            self.older = Some(self.journalled().into_iter());
        }
        self.older.as_mut()?.next()
    }
}

/// The site's folder as the journal writes it down: without links.
pub fn site_name(site: &Path) -> String {
    resolve(site, LINKS).to_string_lossy().into_owned()
}

/// How many links that lead nowhere are followed.
const LINKS: u32 = 8;

/// The path without links as far as it is there: a folder that is missing has the name that it had.
fn resolve(path: &Path, links: u32) -> PathBuf {
    if let Ok(canonical) = path.canonicalize() {
        return canonical;
    }
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return path;
    };
    match fs::read_link(&path) {
        Ok(target) if links > 0 => resolve(&parent.join(target), links - 1),
        _ => resolve(parent, links).join(name),
    }
}

/// The programme of the state folder `folder` that was accepted last, and the site that it is of.
pub(super) fn current(folder: &Path) -> Option<(Digest, String)> {
    let bytes = whole::read(&folder.join(CURRENT), 10_000).ok()??;
    let (digest, site) = std::str::from_utf8(&bytes).ok()?.split_once('\n')?;
    let site = site.strip_suffix('\n').unwrap_or(site);
    Some((digest.parse().ok()?, site.to_owned()))
}

/// The lines of a journal, without their line breaks, and what each says.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = (&[u8], Result<Record, Unread>)> {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let lines = (!bytes.is_empty()).then(|| bytes.split(|byte| *byte == b'\n'));
    lines.into_iter().flatten().map(|line| (line, line::decode(line)))
}

/// When the daemon of the state folder `folder` last was alive.
fn instant(folder: &Path) -> Option<Timestamp> {
    let bytes = whole::read(&folder.join(ALIVE), 100).ok()??;
    std::str::from_utf8(&bytes).ok()?.trim().parse().ok()
}
