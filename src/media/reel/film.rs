//! A clip that is open: its file, its index, and what it takes to unpack its pictures.

use std::{
    fs::{File, OpenOptions},
    os::unix::fs::{FileExt as _, MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use rustix::fs::{Advice, OFlags, fadvise};

use super::fault::{FileIs, Ledger, Trouble};
use crate::{
    clip::{self, Clip, ClipFault, Unpacker},
    units::Digest,
};

/// How far ahead the system is asked to have packed pictures in its own memory, in bytes.
const AHEAD: u64 = 4 << 20;

#[derive(Debug)]
pub(super) struct Film {
    name: Digest,
    path: PathBuf,
    file: File,
    file_is: FileIs,
    clip: Arc<Clip>,
    unpacker: Unpacker,
    packed: Vec<u8>,
    /// A bit for each picture that is bad.
    bad: Vec<u64>,
    /// Up to where the system was asked to read, and from where on.
    asked: std::ops::Range<u64>,
    ledger: Arc<Ledger>,
}

impl Film {
    /// The clip at `path`; what is wrong with it goes to the ledger.
    pub(super) fn open(name: Digest, path: &Path, ledger: &Arc<Ledger>) -> Result<Self, Trouble> {
        let film = Self::try_open(name, path, ledger);
        match &film {
            Ok(film) => ledger.opened(name, film.file_is),
            Err(trouble) => ledger.refuse(name, path, trouble.clone()),
        }
        film
    }

    fn try_open(name: Digest, path: &Path, ledger: &Arc<Ledger>) -> Result<Self, Trouble> {
        let file = open(path)?;
        let metadata = file.metadata()?;
        let clip = Clip::open(metadata.len(), |at, into| read(&file, at, into))?;
        Ok(Self {
            name,
            path: path.to_owned(),
            unpacker: Unpacker::new()?,
            packed: vec![0; clip.longest()],
            bad: vec![0; clip.index.stored().len().div_ceil(64)],
            asked: 0..0,
            clip: Arc::new(clip),
            file_is: FileIs(metadata.dev(), metadata.ino()),
            file,
            ledger: Arc::clone(ledger),
        })
    }

    pub(super) const fn clip(&self) -> &Arc<Clip> {
        &self.clip
    }

    /// The pixels of that picture, or of the one that stands for it, into `pixels`, which is as long as a frame. `false`: no picture of the clip
    /// is sound, or `is_over` says that nobody wants it any more.
    pub(super) fn unpack(&mut self, picture: u32, pixels: &mut [u8], is_over: impl Fn() -> bool) -> bool {
        self.ask_ahead(picture);
        if self.is_sound(picture, pixels) {
            return true;
        }
        let clip = Arc::clone(&self.clip);
        let mut stand_ins = clip.index.stand_ins(picture);
        stand_ins.any(|other| is_over() || self.is_sound(other, pixels)) && !is_over()
    }

    /// Unpacks that picture. One that was bad is not read again: a disk that fails takes seconds to say so.
    fn is_sound(&mut self, picture: u32, pixels: &mut [u8]) -> bool {
        let (word, bit) = (picture as usize / 64, 1 << (picture % 64));
        if self.bad[word] & bit != 0 {
            return false;
        }
        let is_sound = self.try_unpack(picture, pixels).is_ok();
        if !is_sound {
            self.bad[word] |= bit;
            let shown = self.clip.index.shown(picture);
            self.ledger.note(self.name, (&self.path, self.file_is), picture, shown);
        }
        is_sound
    }

    fn try_unpack(&mut self, picture: u32, pixels: &mut [u8]) -> Result<(), Trouble> {
        let stored = self.clip.index.stored()[picture as usize];
        let packed = &mut self.packed[..stored.length as usize];
        read(&self.file, stored.at, packed)?;
        Ok(self.unpacker.unpack(packed, (picture, &stored), pixels)?)
    }

    /// Has the system read what is behind `picture`, in large pieces and without waiting, so that a slow card is asked early.
    fn ask_ahead(&mut self, picture: u32) {
        let at = self.clip.index.stored()[picture as usize].at;
        let is_near = self.asked.contains(&at) && self.asked.end - at > AHEAD / 2;
        if !is_near {
            self.asked = at..at + AHEAD;
            // It is a hint; where it is not taken, reading takes longer.
            let _ = fadvise(&self.file, at, std::num::NonZeroU64::new(AHEAD), Advice::WillNeed);
        }
    }
}

/// Opens a file, and nothing else: a pipe of that name would let its reader wait.
fn open(path: &Path) -> Result<File, Trouble> {
    let flags = OFlags::NONBLOCK.bits().cast_signed();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(ClipFault::Foreign.into())
    }
}

fn read(file: &File, at: u64, into: &mut [u8]) -> Result<(), Trouble> {
    Ok(file.read_exact_at(into, at)?)
}

pub(super) fn verify(file: &File) -> Result<Clip, Trouble> {
    clip::verify(file.metadata()?.len(), |at, into| read(file, at, into))
}
