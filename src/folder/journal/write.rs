//! Writing the journal.

use std::{
    collections::VecDeque,
    fs::{File, OpenOptions},
    io::{self, Read as _, Seek as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{
    ALIVE, CURRENT, JOURNAL,
    archive::{self, Archive},
    compact::{self, Bounds},
    fault::JournalFault,
    line,
    store::Store,
    whole,
};
use crate::{
    units::Digest,
    wall::{
        Manifest, SourceFile,
        history::{Event, Maker, Record},
    },
};

/// How many lines wait for a disk that takes none; later ones are counted and dropped.
const WAITING: usize = 1_000;

/// The journal, for the one that writes it: whoever has the state folder's lock. Nothing is on the disk before [`sync`](Self::sync).
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    /// The site that is played.
    site: String,
    store: Store,
    bounds: Bounds,
    /// Open once it was written to.
    file: Option<Tail>,
    waiting: VecDeque<String>,
    dropped: u64,
    /// The newest programme, while it could not be kept.
    owed: Option<Vec<SourceFile>>,
}

/// The journal's file, at its end.
#[derive(Debug)]
struct Tail {
    file: File,
    /// How long it is; every line up to there is whole.
    length: u64,
}

impl Journal {
    /// The journal of the state folder `folder`, which is touched by nobody else.
    pub fn new(folder: &Path, bounds: Bounds) -> Self {
        Self {
            folder: folder.to_owned(),
            site: String::new(),
            store: Store::new(folder),
            bounds,
            file: None,
            waiting: VecDeque::new(),
            dropped: 0,
            owed: None,
        }
    }

    /// Notes that a daemon of this program starts at `now` and plays the site of that [name](super::site_name), and that the one before
    /// it ended without a word, where it did.
    pub fn start(&mut self, now: Timestamp, site: &str, pid: u32) {
        self.site = site.to_owned();
        if let Ok(Some(archive)) = Archive::read(&self.folder)
            && let Some(last) = lost(&archive)
        {
            let event = Event::Lost { last };
            self.add(&Record { at: now, event });
        }
        let event = Event::Started {
            maker: Maker::this(),
            site: site.into(),
            pid,
        };
        self.add(&Record { at: now, event });
    }

    /// Adds a record.
    pub fn add(&mut self, record: &Record) {
        if self.waiting.len() < WAITING {
            self.waiting.push_back(line::encode(record));
        } else {
            self.dropped += 1;
        }
    }

    /// Counts records that were lost before they came here.
    pub fn add_dropped(&mut self, count: u64) {
        self.dropped += count;
    }

    /// Keeps the files of a programme that this program has accepted at `now`, and notes that. Where they cannot be kept, that is
    /// tried again with each [`sync`](Self::sync) as long as no other programme comes.
    pub fn accept(&mut self, now: Timestamp, files: Vec<SourceFile>) {
        let event = Event::Programme {
            digest: Manifest::of(&files).digest(),
            maker: Maker::this(),
        };
        self.add(&Record { at: now, event });
        // Its files come before what speaks of them.
        self.owed = Some(files);
        let _ = self.pay();
    }

    /// Brings everything to the disk at `now`.
    ///
    /// # Errors
    /// It could not be written; it will be tried again by the next call.
    pub fn sync(&mut self, now: Timestamp) -> Result<(), JournalFault> {
        let paid = self.pay();
        if self.dropped > 0 || !self.waiting.is_empty() {
            let path = self.folder.join(JOURNAL);
            self.append(now).map_err(JournalFault::unwritten(&path))?;
        }
        paid
    }

    /// Notes that the daemon is alive at `now`.
    ///
    /// # Errors
    /// It could not be written.
    pub fn beat(&mut self, now: Timestamp) -> Result<(), JournalFault> {
        let path = self.folder.join(ALIVE);
        beat(&path, now).map_err(JournalFault::unwritten(&path))
    }

    /// Lets go of what is older than the bounds allow, seen from `now`.
    ///
    /// # Errors
    /// It could not be read or written; what is there stays whole.
    pub fn compact(&mut self, now: Timestamp) -> Result<(), JournalFault> {
        self.sync(now)?;
        let path = self.folder.join(JOURNAL);
        let bytes = whole::read(&path, u64::MAX).map_err(JournalFault::unread(&path))?;
        let mut lines: Vec<_> = archive::lines(bytes.as_deref().unwrap_or_default()).collect();
        if let Some(shorter) = compact::shorten(&lines, &self.bounds, now) {
            // From here on the old file is another one.
            self.file = None;
            whole::put(&path, &shorter)
                .and_then(|()| whole::sync_folder(&self.folder))
                .map_err(JournalFault::unwritten(&path))?;
            lines = archive::lines(&shorter).collect();
            return self.sweep(&compact::programmes(&lines));
        }
        self.sweep(&compact::programmes(&lines))
    }

    /// Whether the journal has grown beyond its bounds.
    pub fn is_too_long(&self) -> bool {
        self.file.as_ref().is_some_and(|tail| tail.length > self.bounds.journal)
    }

    /// Lets go of the objects that neither the current programme has nor any of `programmes`; of those, the newest first, only as many
    /// stay as the bounds allow.
    fn sweep(&mut self, programmes: &[Digest]) -> Result<(), JournalFault> {
        let current = self
            .store
            .last()
            .or_else(|| archive::current(&self.folder).map(|(digest, _)| digest));
        let programmes: Vec<Digest> = current.into_iter().chain(programmes.iter().copied()).collect();
        let kept = compact::kept(&self.store, &programmes, self.bounds.objects)?;
        self.store.sweep(|object| !kept.contains(&object))
    }

    /// Keeps the programme that is owed.
    fn pay(&mut self) -> Result<(), JournalFault> {
        let Some(files) = &self.owed else { return Ok(()) };
        let digest = self.store.keep(files)?;
        let current = self.folder.join(CURRENT);
        whole::put(&current, format!("{digest}\n{}\n", self.site).as_bytes())
            .and_then(|()| whole::sync_folder(&self.folder))
            .map_err(JournalFault::unwritten(&current))?;
        self.owed = None;
        Ok(())
    }

    /// Writes the lines that wait; those that came to the disk wait no more.
    fn append(&mut self, now: Timestamp) -> io::Result<()> {
        let mut tail = match self.file.take() {
            Some(tail) => tail,
            None => Tail::open(&self.folder)?,
        };
        let mut text: String = self.waiting.iter().map(String::as_str).collect();
        if self.dropped > 0 {
            let event = Event::Dropped { count: self.dropped };
            text += &line::encode(&Record { at: now, event });
        }
        let written = tail
            .file
            .write_all(text.as_bytes())
            .and_then(|()| tail.file.sync_data());
        if let Err(error) = written {
            // Half a line is taken back. Where that fails too, opening the file anew will do it.
            if tail.file.set_len(tail.length).is_ok() {
                self.file = Some(tail);
            }
            return Err(error);
        }
        tail.length += text.len() as u64;
        self.file = Some(tail);
        self.waiting.clear();
        self.dropped = 0;
        Ok(())
    }
}

impl Tail {
    /// Opens the journal at its end. A last line that a power cut has torn is taken away.
    fn open(folder: &Path) -> io::Result<Self> {
        let path = folder.join(JOURNAL);
        if path.exists() && !path.is_file() {
            return Err(whole::not_a_file());
        }
        whole::make_folder(folder)?;
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .mode(0o600)
            .open(&path)?;
        // Also of an old one: whoever made it, or put it in place of another, may not have come to that.
        whole::sync_folder(folder)?;
        let length = mend(&mut file)?;
        Ok(Self { file, length })
    }
}

/// Makes the file end with a whole line; its length.
fn mend(file: &mut File) -> io::Result<u64> {
    let length = file.metadata()?.len();
    let mut last = [b'\n'];
    if length > 0 {
        file.seek(io::SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    if last == [b'\n'] {
        return Ok(length);
    }
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    let begin = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    if line::decode(&bytes[begin..]) == Err(line::Unread::Damaged) {
        file.set_len(begin as u64)?;
        return Ok(begin as u64);
    }
    file.write_all(b"\n")?;
    Ok(bytes.len() as u64 + 1)
}

/// Writes `now` over the instant at `path`. It always takes the same room, so a full disk does not matter.
fn beat(path: &Path, now: Timestamp) -> io::Result<()> {
    if path.exists() && !path.is_file() {
        return Err(whole::not_a_file());
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)?;
    file.write_all(format!("{now:.3}\n").as_bytes())?;
    file.sync_data()
}

/// When the last daemon of `archive` was known to run, where its end is not told.
fn lost(archive: &Archive) -> Option<Timestamp> {
    let is_open = archive.records.iter().rev().find_map(|record| match record.event {
        Event::Started { .. } => Some(true),
        Event::Ended | Event::Lost { .. } => Some(false),
        _ => None,
    });
    let last = archive.records.last().map(|record| record.at);
    last.max(archive.alive()).filter(|_| is_open == Some(true))
}
