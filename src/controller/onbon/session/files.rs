//! The program files of a card: the fallback picture that survives a power cut.
//!
//! Program 0 and program 1 take turns. A new picture goes where the old one is not, and the old one is deleted once the card has the new one
//! whole: wherever the power is cut, each program is wholly old or wholly new. Flash is spared: nothing is written whose checksum the
//! card's own directory already has, and no more than [`WRITES`] times a day.

use std::time::Duration;

use jiff::civil::{Date, DateTime};

use super::{part::Retry, timers::Timers};
use crate::{
    controller::onbon::{
        message::{Directory, DirectoryEntry, DirectorySize, FileName, Request, Volume},
        picture::file::{CardFile, DATA, PROGRAM, crc32},
    },
    units::Moment,
};

/// How often flash is written on one civil day, at most.
pub const WRITES: u32 = 24;

/// From so many writes of a day on, they are an hour apart, so that the day's last picture is not hours old.
const FREE: u32 = 12;
const APART: Duration = Duration::from_secs(60 * 60);

/// The type of playlists, which say which programs are played.
const PLAYLIST: u8 = 3;

/// The most files of a card that are looked at.
const MOST: usize = 4096;

/// What comes next of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Count,
    List { offset: u16 },
    Room,
    Begin,
    Start { file: usize },
    Block { file: usize, offset: usize },
    End,
    Clear,
}

/// The program files of a card.
#[derive(Debug)]
pub(super) struct Files {
    /// What program 0 ought to be; empty where nothing is wanted.
    wanted: Vec<CardFile>,
    stage: Stage,
    entries: Vec<DirectoryEntry>,
    expected: usize,
    /// Bytes that are free, as far as the card said.
    free: Option<u32>,
    /// Which program the card has of what is wanted; read back.
    pub(super) verified: Option<u16>,
    pub(super) retry: Retry,
    /// When the directory is looked at again.
    pub(super) look: Moment,
    pub(super) writes: Writes,
    /// What flash lacks for it, if it does.
    pub(super) lacks: Option<(u32, Option<u32>)>,
    /// Whether the day's writes are used up and something is to be written.
    pub(super) is_spared: bool,
    /// Whether what was read is not what was written.
    pub(super) was_changed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    Rest,
    Doing(Step),
    /// The same, while the files of program `number` go over.
    Writing {
        step: Step,
        number: u16,
    },
}

/// How often flash was written on a civil day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Writes {
    day: Option<Date>,
    count: u32,
    last: Option<Moment>,
}

impl Writes {
    pub(super) fn spent(&mut self, day: Date, count: u32) {
        *self = Self {
            day: Some(day),
            count,
            last: None,
        };
    }

    pub(super) const fn spent_so_far(&self) -> Option<(Date, u32)> {
        match self.day {
            Some(day) => Some((day, self.count)),
            None => None,
        }
    }

    pub(super) fn on(&self, day: Date) -> u32 {
        if self.day == Some(day) { self.count } else { 0 }
    }

    fn may(&self, civil: DateTime, now: Moment) -> bool {
        let count = self.on(civil.date());
        let is_apart = self.last.is_none_or(|last| last + APART <= now);
        count < FREE || count < WRITES && is_apart
    }

    fn note(&mut self, civil: DateTime, now: Moment) {
        let count = self.on(civil.date()) + 1;
        *self = Self {
            day: Some(civil.date()),
            count,
            last: Some(now),
        };
    }
}

impl Files {
    pub(super) fn new() -> Self {
        Self {
            wanted: Vec::new(),
            stage: Stage::Rest,
            entries: Vec::new(),
            expected: 0,
            free: None,
            verified: None,
            retry: Retry::NOW,
            look: Moment::ZERO,
            writes: Writes::default(),
            lacks: None,
            is_spared: false,
            was_changed: false,
        }
    }

    /// Whether anything is wanted.
    pub(super) fn is_wanted(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// Makes `files` what program 0 ought to be. What is on its way is given up.
    pub(super) fn want(&mut self, files: Vec<CardFile>) {
        if self.wanted == files {
            return;
        }
        self.wanted = files;
        self.retry = Retry::NOW;
        self.forget();
    }

    /// Nothing is known of what the card has.
    pub(super) fn forget(&mut self) {
        self.stage = Stage::Rest;
        self.verified = None;
        self.look = Moment::ZERO;
    }

    /// What comes next, or when something does.
    pub(super) fn next(&mut self, civil: DateTime, now: Moment, wake: &mut Moment) -> Option<Step> {
        if !self.is_wanted() {
            return None;
        }
        let due = match self.stage {
            Stage::Rest => self.look.max(self.retry.at),
            Stage::Doing(_) | Stage::Writing { .. } => self.retry.at,
        };
        if due > now {
            *wake = (*wake).min(due);
            return None;
        }
        match self.stage.clone() {
            Stage::Rest => {
                self.stage = Stage::Doing(Step::Count);
                Some(Step::Count)
            }
            Stage::Doing(Step::Room) if !self.writes.may(civil, now) => {
                self.is_spared = true;
                self.rest(now + Duration::from_secs(60));
                *wake = (*wake).min(self.look);
                None
            }
            Stage::Doing(step) | Stage::Writing { step, .. } => Some(step),
        }
    }

    fn rest(&mut self, until: Moment) {
        self.stage = Stage::Rest;
        self.look = until;
    }

    /// Whether files are on their way.
    pub(super) const fn is_writing(&self) -> bool {
        matches!(self.stage, Stage::Writing { .. })
    }

    /// The request of a step. `block` bytes go into one.
    pub(super) fn with_request<T>(&self, step: Step, block: usize, then: impl FnOnce(&Request<'_>) -> T) -> Option<T> {
        let number = match self.stage {
            Stage::Writing { number, .. } => number,
            Stage::Rest | Stage::Doing(_) => 0,
        };
        Some(match step {
            // What the maker's software sends.
            Step::Count => then(&Request::StartDirectory { kind: 0, size: 5 }),
            Step::List { offset } => then(&Request::DirectoryBlock { offset }),
            Step::Room => then(&Request::Volume),
            Step::Begin => then(&Request::BeginTransfer),
            Step::End => then(&Request::EndTransfer),
            Step::Start { file } => {
                let file = numbered(self.wanted.get(file)?, number);
                then(&Request::StartWrite {
                    is_fixed: false,
                    name: FileName(file.name),
                    kind: file.kind,
                    length: u32::try_from(file.bytes.len()).ok()?,
                    overwrites: true,
                    crc: file.crc(),
                })
            }
            Step::Block { file, offset } => {
                let file = numbered(self.wanted.get(file)?, number);
                let rest = file.bytes.get(offset..)?;
                let data = &rest[..rest.len().min(block.max(1))];
                then(&Request::WriteBlock {
                    is_fixed: false,
                    name: FileName(file.name),
                    is_last: data.len() == rest.len(),
                    offset: u32::try_from(offset).ok()?,
                    data,
                })
            }
            Step::Clear => then(&Request::Delete {
                is_fixed: false,
                names: self.strangers().take(255).collect(),
            }),
        })
    }

    /// A step was answered.
    pub(super) fn done(
        &mut self,
        step: Step,
        data: &[u8],
        block: usize,
        civil: DateTime,
        now: Moment,
        timers: &Timers,
    ) {
        match (step, self.stage.clone()) {
            (_, Stage::Rest) => {}
            (Step::Count, _) => self.counted(data, now, timers),
            (Step::List { offset }, _) => self.listed(offset, data, now, timers),
            (Step::Room, _) => self.roomy(data, now, timers),
            (Step::Begin, Stage::Writing { number, .. }) => {
                self.writes.note(civil, now);
                self.write(number, Step::Start { file: 0 });
            }
            (Step::Start { file }, Stage::Writing { number, .. }) => {
                self.write(number, Step::Block { file, offset: 0 });
            }
            (Step::Block { file, offset }, Stage::Writing { number, .. }) => {
                let length = self.wanted.get(file).map_or(0, |file| file.bytes.len());
                let end = offset + block.max(1);
                self.write(
                    number,
                    match () {
                        () if end < length => Step::Block { file, offset: end },
                        () if file + 1 < self.wanted.len() => Step::Start { file: file + 1 },
                        () => Step::End,
                    },
                );
            }
            (Step::End | Step::Clear, _) => self.rest(now),
            (Step::Begin | Step::Start { .. } | Step::Block { .. }, Stage::Doing(_)) => self.rest(now),
        }
    }

    /// A step was refused, or not answered: everything is looked at anew, a little later.
    pub(super) fn failed(&mut self, step: Step, now: Moment, timers: &Timers) {
        self.retry.fail(now, timers.refused, timers.refused_rest);
        self.verified = None;
        self.rest(self.retry.at);
        // A transfer that some other time was begun and not ended may be in the way.
        if step == Step::Begin {
            self.stage = Stage::Doing(Step::End);
        }
    }

    /// A step was not answered, or cut off.
    pub(super) fn unheard(&mut self, now: Moment, timers: &Timers) {
        self.retry.unheard(now, timers.refused, timers.refused_rest);
        self.verified = None;
        self.rest(self.retry.at);
    }

    fn write(&mut self, number: u16, step: Step) {
        self.stage = Stage::Writing { step, number };
    }

    fn counted(&mut self, data: &[u8], now: Moment, timers: &Timers) {
        let Ok(size) = DirectorySize::parse(data) else {
            return self.failed(Step::Count, now, timers);
        };
        self.entries.clear();
        self.expected = usize::from(size.files).min(MOST);
        if self.expected == 0 {
            self.compare(now, timers);
        } else {
            self.stage = Stage::Doing(Step::List { offset: 0 });
        }
    }

    fn listed(&mut self, offset: u16, data: &[u8], now: Moment, timers: &Timers) {
        let directory = match Directory::parse(data) {
            Ok(directory) if directory.offset == offset => directory,
            _ => return self.failed(Step::Count, now, timers),
        };
        let room = MOST - self.entries.len().min(MOST);
        self.entries.extend(directory.entries.iter().take(room));
        let is_all = self.entries.len() >= self.expected;
        if directory.is_last || is_all || directory.entries.is_empty() {
            self.compare(now, timers);
        } else {
            let offset = u16::try_from(self.entries.len()).unwrap_or(u16::MAX);
            self.stage = Stage::Doing(Step::List { offset });
        }
    }

    /// What the card has against what is wanted.
    fn compare(&mut self, now: Moment, timers: &Timers) {
        let was = self.verified;
        self.verified = [0, 1].into_iter().find(|number| self.has(*number));
        self.was_changed |= was.is_some() && self.verified != was;
        if self.verified.is_none() {
            self.stage = Stage::Doing(Step::Room);
            return;
        }
        self.lacks = None;
        self.is_spared = false;
        if self.strangers().next().is_some() {
            self.stage = Stage::Doing(Step::Clear);
            return;
        }
        self.retry = Retry::NOW;
        self.rest(now + timers.files);
    }

    fn has(&self, number: u16) -> bool {
        self.wanted.iter().all(|file| {
            let file = numbered(file, number);
            self.entries.iter().any(|entry| {
                (entry.name, entry.kind, entry.crc) == (FileName(file.name), file.kind, file.crc())
                    && entry.length as usize == file.bytes.len()
            })
        })
    }

    /// What the card plays besides, or instead.
    fn strangers(&self) -> impl Iterator<Item = FileName> {
        let names = self
            .verified
            .map(|number| [FileName::program(number), FileName::data(number)]);
        let is_ours = move |name: FileName| names.is_some_and(|names| names.contains(&name));
        self.entries
            .iter()
            .filter(move |entry| matches!(entry.kind, PROGRAM | DATA | PLAYLIST) && !is_ours(entry.name))
            .map(|entry| entry.name)
    }

    fn roomy(&mut self, data: &[u8], now: Moment, timers: &Timers) {
        self.free = Volume::parse(data).ok().map(|volume| volume.free);
        let needed = self.wanted.iter().map(|file| file.bytes.len()).sum::<usize>();
        let needed = u32::try_from(needed).unwrap_or(u32::MAX);
        if self.free.is_none_or(|free| free >= needed) {
            self.lacks = None;
            let number = self.unused();
            self.write(number, Step::Begin);
            return;
        }
        // There is room for one only: what is there goes first, once.
        if self.lacks.is_none() && self.strangers().next().is_some() {
            self.lacks = Some((needed, self.free));
            self.stage = Stage::Doing(Step::Clear);
            return;
        }
        self.lacks = Some((needed, self.free));
        self.failed(Step::Room, now, timers);
    }

    /// The program that the card does not have, so that it keeps the one that it has until the other is whole.
    fn unused(&self) -> u16 {
        let has = |number| self.entries.iter().any(|entry| entry.name == FileName::program(number));
        u16::from(has(0))
    }

    /// There was no memory for a file.
    pub(super) fn full(&mut self) {
        let needed = self.wanted.iter().map(|file| file.bytes.len()).sum::<usize>();
        self.lacks = Some((u32::try_from(needed).unwrap_or(u32::MAX), self.free));
    }
}

/// The file as one of program `number`.
fn numbered(file: &CardFile, number: u16) -> CardFile {
    let name = if file.kind == DATA {
        FileName::data(number)
    } else {
        FileName::program(number)
    };
    let mut bytes = file.bytes.clone();
    let end = bytes.len().saturating_sub(4);
    if end >= 5 {
        bytes[1..5].copy_from_slice(&name.0);
        let sum = crc32(&bytes[..end]);
        bytes[end..].copy_from_slice(&sum.to_le_bytes());
    }
    CardFile {
        name: name.0,
        kind: file.kind,
        bytes,
    }
}
