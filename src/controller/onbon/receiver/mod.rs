//! The card's side: bytes of the line and moments in, answers and lit LEDs out.
//!
//! ```text
//! bytes -> packet -> Receiver (flash, RAM, clock) -> answer bytes
//!                                  \-> frame(now): the LEDs
//! ```
//!
//! It shares the framing with our session and nothing else: bodies, areas, files and bitmaps are read here by themselves, from the tables.
//! It never tidies up: what the tables do not allow is refused with the number that they give for it. It has no clock: what it plays
//! follows from what came and when.

mod build;
mod mischief;

pub use build::{Build, FLASH, Lamps};
pub use mischief::{Intrusion, Mischief, Other, Reboot, Refuses, Spell};

use crate::{
    frame::Frame,
    units::{Moment, Size},
};

/// A virtual card, with the LEDs behind it.
#[derive(Debug)]
pub struct Receiver {
    build: Build,
    mischief: Mischief,
    born: Moment,
}

impl Receiver {
    /// A card as it left the factory, switched on at `now` for the first time.
    pub fn new(build: Build, mischief: Mischief, now: Moment) -> Self {
        Self {
            build,
            mischief,
            born: now,
        }
    }

    /// The LEDs behind it.
    pub const fn size(&self) -> Size {
        self.build.size
    }

    /// Takes bytes of the line, in whatever pieces they come, and appends what the card says to `out`.
    pub fn handle(&mut self, _bytes: &[u8], now: Moment, out: &mut Vec<u8>) {
        self.poll(now, out);
    }

    /// Does what is due at `now`, and appends what the card says to `out`.
    pub fn poll(&mut self, _now: Moment, _out: &mut Vec<u8>) {}

    /// When to poll again though nothing came; `None` for never.
    pub fn poll_timeout(&self) -> Option<Moment> {
        None
    }

    /// The LEDs that are lit at `now`, each in its own colour at full brightness; see [`Receiver::brightness`].
    pub fn frame(&mut self, _now: Moment) -> Frame {
        Frame::new(self.build.size)
    }

    /// When the LEDs may next look otherwise though nothing comes; `None` for never.
    pub fn next_change(&mut self, _now: Moment) -> Option<Moment> {
        None
    }

    /// How bright the LEDs are at `now`, 0 to 15.
    pub fn brightness(&mut self, _now: Moment) -> u8 {
        15
    }

    /// Takes its power away: dark and deaf, with nothing left but what is in flash.
    pub fn power_cut(&mut self, _now: Moment) {}

    /// Gives its power back.
    pub fn power_back(&mut self, _now: Moment) {}
}
