//! When what goes wrong goes wrong.

use std::time::Duration;

use super::{
    Receiver,
    mischief::{Reboot, Refuses},
    refusal::Refusal,
};
use crate::units::Moment;

/// How far the mischief has come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fate {
    born: Moment,
    /// When its power comes back by itself.
    back: Option<Moment>,
    /// How often it was rebooted.
    reboots: u32,
    /// How many of the others have written.
    others: usize,
    /// How many requests were counted towards a refusal.
    counted: u32,
}

/// What happens by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    Back,
    Down,
    Other,
    Answer,
}

/// The shortest time between two reboots.
const SHORTEST: Duration = Duration::from_millis(100);

impl Fate {
    pub(super) const fn new(now: Moment) -> Self {
        Self {
            born: now,
            back: None,
            reboots: 0,
            others: 0,
            counted: 0,
        }
    }

    /// Its power is back, whoever gave it.
    pub(super) const fn is_back(&mut self) {
        self.back = None;
    }
}

impl Receiver {
    /// Does what is due at `now`, each at its own moment, and appends what the card says to `out`.
    pub fn poll(&mut self, now: Moment, out: &mut Vec<u8>) {
        while let Some((at, happening)) = self.happening().filter(|(at, _)| *at <= now) {
            match happening {
                Happening::Back => self.power_back(at),
                Happening::Down => self.go_down(at),
                Happening::Other => {
                    let other = self.mischief.others[self.fate.others];
                    self.fate.others += 1;
                    if self.has_power {
                        self.intrude(other.what, at);
                    }
                }
                Happening::Answer => {
                    if let Some((_, answer)) = self.later.pop_front() {
                        out.extend_from_slice(&answer);
                        self.tally.answers += 1;
                    }
                }
            }
        }
    }

    /// When to poll again though nothing came; `None` for never.
    pub fn poll_timeout(&self) -> Option<Moment> {
        self.happening().map(|(at, _)| at)
    }

    /// What happens next by itself.
    fn happening(&self) -> Option<(Moment, Happening)> {
        let answer = self.later.front().map(|(at, _)| (*at, Happening::Answer));
        let other = self.mischief.others.get(self.fate.others);
        let other = other.map(|other| (self.fate.born + other.at, Happening::Other));
        let power = if self.has_power {
            self.goes_down().map(|at| (at, Happening::Down))
        } else {
            self.fate.back.map(|at| (at, Happening::Back))
        };
        [answer, other, power].into_iter().flatten().min()
    }

    /// When the clock next brings a reboot.
    fn goes_down(&self) -> Option<Moment> {
        match self.mischief.reboot? {
            Reboot::At(at) if self.fate.reboots == 0 => Some(self.fate.born + at),
            Reboot::Every(every) => Some(self.fate.born + every.max(SHORTEST) * (self.fate.reboots + 1)),
            _ => None,
        }
    }

    /// Loses its power until the outage is over.
    pub(super) fn go_down(&mut self, now: Moment) {
        self.fate.reboots = self.fate.reboots.saturating_add(1);
        self.power_cut(now);
        self.fate.back = Some(now + self.mischief.outage);
    }

    /// How many of `bytes` come before its power fails.
    pub(super) fn before_reboot(&self, bytes: usize) -> usize {
        match self.mischief.reboot {
            Some(Reboot::AtByte(at)) if self.fate.reboots == 0 => {
                let left = at.saturating_sub(self.tally.bytes);
                usize::try_from(left).map_or(bytes, |left| left.min(bytes))
            }
            _ => bytes,
        }
    }

    /// Whether so many bytes, or blocks, have come that its power fails now.
    pub(super) fn is_to_go_down(&self) -> bool {
        self.fate.reboots == 0
            && match self.mischief.reboot {
                Some(Reboot::AtByte(at)) => self.tally.bytes >= at,
                Some(Reboot::AfterBlocks(blocks)) => self.tally.blocks >= blocks,
                _ => false,
            }
    }

    /// Whether it hears nothing at `now`.
    pub(super) fn is_deaf(&self, now: Moment) -> bool {
        let age = now.since(self.fate.born);
        self.mischief.deaf.is_some_and(|spell| spell.holds(age))
    }

    /// Refuses a request as it was asked to, whatever it is.
    pub(super) fn refuses(&mut self, group: u8, command: u8, now: Moment) -> Result<(), Refusal> {
        let age = now.since(self.fate.born);
        if self.mischief.busy.is_some_and(|spell| spell.holds(age)) {
            return Err(Refusal::Busy);
        }
        let Some(Refuses {
            code,
            command: only,
            every,
        }) = self.mischief.refuses
        else {
            return Ok(());
        };
        if only.is_some_and(|only| only != (group, command)) {
            return Ok(());
        }
        self.fate.counted = self.fate.counted.wrapping_add(1);
        if self.fate.counted.is_multiple_of(every.max(1)) {
            return Err(Refusal::Asked(code));
        }
        Ok(())
    }
}
