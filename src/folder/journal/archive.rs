//! Reading what is kept of the past. It needs no lock and disturbs nobody.

use std::{
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
        history::{History, Record},
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
        current(&self.folder)
    }
}

/// The programme of the state folder `folder` that was accepted last.
pub(super) fn current(folder: &Path) -> Option<Digest> {
    let bytes = whole::read(&folder.join(CURRENT), 100).ok()??;
    std::str::from_utf8(&bytes).ok()?.trim_end().parse().ok()
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
