//! The card's side: bytes of the line and moments in, answers and lit LEDs out.
//!
//! ```text
//! bytes -> packet -> Receiver (flash, RAM, clock) -> answer bytes
//!                                  \-> frame(now): the LEDs
//! ```
//!
//! It shares the framing with our session and nothing else: bodies, areas, files and bitmaps are read here by themselves, from the tables.
//! It never tidies up: what the tables do not allow is refused with the number that they give for it. It reads no clock: what it plays
//! follows from what came and when.
//!
//! What lies in flash survives a power cut: files, settings, and the clock, which has a battery. Dynamic areas, transfers and locks that are
//! not kept lie in RAM. Where the tables are silent, what was assumed is said at the place: search for "assumed".

mod area;
mod bitmap;
mod build;
mod clock;
mod fate;
mod files;
mod light;
mod mischief;
mod others;
mod page;
mod play;
mod program;
mod reader;
mod refusal;
mod region;
mod request;
mod screen;
mod serve;
mod settings;
mod state;
mod status;
mod storage;
mod tally;
mod words;

use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};

use jiff::civil::DateTime;

pub use build::{Build, FLASH, Lamps};
pub use mischief::{Intrusion, Mischief, Other, Reboot, Refuses, Spell};
pub use refusal::{Field, Refusal};
pub use tally::Tally;
pub use words::Words;

use super::packet::Deframer;
use crate::{
    frame::Frame,
    units::{Moment, Size},
};
use clock::Clock;
use fate::Fate;
use screen::Screen;
use state::{Flash, Ram};

/// The longest body of a frame: an area of 300 KB, and what stands around it, twice over.
pub const LONGEST: usize = 640 << 10;

/// The most answers that wait to be sent, where a card is slow; the oldest is dropped.
pub const ANSWERS: usize = 16;

/// A virtual card, with the LEDs behind it.
#[derive(Debug)]
pub struct Receiver {
    build: Build,
    screen: Screen,
    mischief: Mischief,
    fate: Fate,
    line: Deframer,
    flash: Flash,
    ram: Ram,
    clock: Clock,
    has_power: bool,
    /// It was told to begin anew, once it has answered.
    is_to_restart: bool,
    /// Answers that wait, and when they leave.
    later: VecDeque<(Moment, Vec<u8>)>,
    tally: Tally,
    refusal: Option<Refusal>,
    /// Display modes that came and are shown as a cut.
    as_cut: BTreeSet<u8>,
}

impl Receiver {
    /// A card as it left the factory, switched on at `now` for the first time.
    pub fn new(build: Build, mischief: Mischief, now: Moment) -> Self {
        let screen = Screen::of(&build);
        let flash = Flash::new(&build, mischief.secret);
        Self {
            ram: Ram::new(&flash, &screen),
            clock: Clock::new(build.clock, now),
            fate: Fate::new(now),
            line: Deframer::new(LONGEST),
            has_power: true,
            is_to_restart: false,
            later: VecDeque::new(),
            tally: Tally::default(),
            refusal: None,
            as_cut: BTreeSet::new(),
            build,
            screen,
            mischief,
            flash,
        }
    }

    /// What it is.
    pub const fn build(&self) -> &Build {
        &self.build
    }

    /// The LEDs behind it.
    pub const fn size(&self) -> Size {
        self.build.size
    }

    /// What it has counted.
    pub const fn tally(&self) -> Tally {
        self.tally
    }

    /// Why it did not do the latest of what it did not do.
    pub const fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }

    /// Display modes that came and are shown as a cut, since their dots are in no table.
    pub fn shown_as_cut(&self) -> impl Iterator<Item = u8> {
        self.as_cut.iter().copied()
    }

    /// What its clock says at `now`.
    pub fn civil(&self, now: Moment) -> DateTime {
        self.clock.civil(now)
    }

    /// Whether its clock was not lost.
    pub const fn has_good_clock(&self) -> bool {
        self.clock.is_good
    }

    /// Its address.
    pub const fn number(&self) -> u16 {
        self.flash.number
    }

    /// Whether it has power.
    pub const fn has_power(&self) -> bool {
        self.has_power
    }

    /// The ids of its dynamic areas.
    pub fn areas(&self) -> impl Iterator<Item = u8> {
        self.ram.areas.keys().chain(self.ram.words.keys()).copied()
    }

    /// The names, lengths and sums of its files.
    pub fn files(&self) -> impl Iterator<Item = ([u8; 4], u32, u32)> {
        let files = self.flash.store.files.iter();
        files.map(|(name, file)| (*name, file.length(), file.sum()))
    }

    /// The words on a card with fonts of its own.
    pub fn words(&self) -> impl Iterator<Item = Words> {
        self.ram.words.iter().map(|(id, area)| area.words(*id))
    }

    /// How bright the LEDs are at `now`, 0 to 15.
    pub fn brightness(&self, now: Moment) -> u8 {
        self.flash.brightness.level(self.clock.civil(now))
    }

    /// Whether the screen is switched on at `now`, by hand or by the card's clock.
    pub fn is_lit(&self, now: Moment) -> bool {
        self.has_power && light::is_lit(&self.flash.windows, self.ram.by_hand, &self.clock, now)
    }

    /// The LEDs that are lit at `now`, each in its own colour at full brightness; see [`Receiver::brightness`]. What is due by then must have
    /// been done ([`Receiver::poll`]).
    pub fn frame(&mut self, now: Moment) -> Frame {
        if !self.is_lit(now) {
            return Frame::new(self.build.size);
        }
        if !self.ram.is_locked {
            return self.compose(now);
        }
        if let Some(frozen) = &self.ram.frozen {
            return frozen.clone();
        }
        let frame = self.compose(now);
        self.ram.frozen = Some(frame.clone());
        frame
    }

    /// When the LEDs may next look otherwise though nothing comes; `None` for never.
    pub fn next_change(&mut self, now: Moment) -> Option<Moment> {
        if !self.has_power {
            return None;
        }
        let mut next = if self.ram.is_locked {
            u64::MAX
        } else {
            self.changes(now)
        };
        if !self.flash.windows.is_empty() {
            // Windows begin and end at whole minutes of the card's clock.
            let civil = self.clock.civil(now);
            let within = civil.second() as u64 * 1_000 + civil.millisecond() as u64;
            next = next.min(60_000 - within.min(59_999));
        }
        (next < u64::MAX).then(|| now + Duration::from_millis(next))
    }

    /// Takes its power away: dark and deaf, with nothing left but what is in flash.
    pub fn power_cut(&mut self, now: Moment) {
        if !self.has_power {
            return;
        }
        self.has_power = false;
        self.tally.reboots += 1;
        self.forget();
        if !self.build.has_battery {
            self.clock = Clock::lost(now);
        }
    }

    /// Gives its power back.
    pub fn power_back(&mut self, now: Moment) {
        if self.has_power {
            return;
        }
        self.has_power = true;
        self.fate.is_back();
        self.forget();
        if !self.build.has_battery {
            self.clock = Clock::lost(now);
        }
    }

    /// What is in RAM, on the line and on the way is gone.
    fn forget(&mut self) {
        self.ram = Ram::new(&self.flash, &self.screen);
        self.line.reset();
        self.later.clear();
        self.is_to_restart = false;
    }

    /// What is shown is not what it was: a locked screen stands still again upon that.
    fn changed(&mut self, now: Moment) {
        if self.ram.is_locked {
            self.ram.frozen = Some(self.compose(now));
        }
    }

    /// Remembers which display modes are shown as a cut.
    fn note(&mut self, modes: impl IntoIterator<Item = u8>) {
        self.as_cut
            .extend(modes.into_iter().filter(|mode| !page::is_drawn(*mode)));
    }
}
