//! What a virtual card does wrong, on request.
//!
//! All of it is a function of what comes and when: the same bytes at the same moments meet the same fate.

use std::time::Duration;

use crate::units::Size;

/// What goes wrong. Times count from when the card was switched on for the first time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mischief {
    /// It refuses requests that are in order.
    pub refuses: Option<Refuses>,
    /// It is busy (error 3) for a while.
    pub busy: Option<Spell>,
    /// It answers so much later.
    pub slow: Duration,
    /// It hears nothing for a while.
    pub deaf: Option<Spell>,
    /// It loses its power.
    pub reboot: Option<Reboot>,
    /// How long it is then without power.
    pub outage: Duration,
    /// Its answers to ping and status tell of a card that is on, idle and at full brightness, with a good clock, whatever is so.
    pub lies: bool,
    /// It confirms a new program, and plays the old one.
    pub keeps_program: bool,
    /// There is no memory left (error 4), neither for files nor for dynamic areas.
    pub is_full: bool,
    /// Its clock cannot be set (error 14).
    pub refuses_clock: bool,
    /// It was never told what LEDs it has.
    pub lacks_parameters: bool,
    /// It says that it is a card of this type, and is addressed as such.
    pub wrong_type: Option<[u8; 2]>,
    /// It says that it has so many LEDs.
    pub wrong_size: Option<Size>,
    /// Somebody has set this secret.
    pub secret: Option<[u8; 6]>,
    /// Somebody else writes to it, at those times; in order of time.
    pub others: Vec<Other>,
}

/// Which requests are refused, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refuses {
    /// The error code that it answers.
    pub code: u8,
    /// Only requests of this group and command; any if `None`.
    pub command: Option<(u8, u8)>,
    /// Of those every how-manieth; 0 and 1 are every one.
    pub every: u32,
}

/// A while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell {
    /// When it begins.
    pub from: Duration,
    /// How long it lasts.
    pub long: Duration,
}

/// When the power fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reboot {
    /// After so many bytes came in all, once.
    AtByte(u64),
    /// After so many blocks of files were taken in all, before the next, once.
    AfterBlocks(u64),
    /// At a time, once.
    At(Duration),
    /// Again and again, so far apart.
    Every(Duration),
}

/// What another master does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Other {
    /// When.
    pub at: Duration,
    /// What.
    pub what: Intrusion,
}

/// What somebody else can do to a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intrusion {
    /// Lights the whole screen with a dynamic area of his own, with id 0, in place of all others.
    Area,
    /// Deletes all dynamic areas.
    Delete,
    /// Puts program P000 of his own, the whole screen lit, in place of all others.
    Program,
    /// Sets the clock back by so many seconds.
    Clock(i32),
    /// Sets the brightness to a level, 0 to 15.
    Brightness(u8),
    /// Switches the screen off.
    Off,
}

impl Spell {
    /// Whether it is so at `age`, counted as the spell is.
    pub fn holds(self, age: Duration) -> bool {
        age >= self.from && age - self.from < self.long
    }
}
