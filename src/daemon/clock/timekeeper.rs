//! What time it is for everything that is shown.

use std::time::Duration;

use jiff::Timestamp;

use super::{
    confidence::{Confidence, Trust, Word},
    event::Jump,
    floor::Floor,
    line::{Line, is_absorbed},
};
use crate::units::Moment;

/// The machine's two clocks, read together, and what the system says of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The time of day, which may step.
    pub wall: Timestamp,
    /// The moment at which it was read.
    pub moment: Moment,
    /// What the system says.
    pub word: Word,
}

/// What all screens of a daemon go by: small enough to be copied at every tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// Content time.
    pub line: Line,
    /// How many times the machine's clock has stepped. The lines before and after a step have nothing in common.
    pub steps: u64,
    /// How far it can be believed.
    pub confidence: Confidence,
    /// Before this it cannot be.
    pub floor: Timestamp,
}

/// What one look at the clocks brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The clock has stepped.
    pub jump: Option<Jump>,
    /// What the confidence was, where it is another one now.
    pub before: Option<Confidence>,
}

/// One decision for all screens of a daemon: content time, and how far it can be believed. A pure value: it is fed with readings, one
/// every quarter of a second or so, and asked for its [`Course`].
///
/// - Content time goes by the monotonic clock, towards the machine's time of day. What that differs by, up to a second, is absorbed
///   at 20 ms a second, so a clock that is slewed, or a leap second, is followed without a step.
/// - A larger difference is a step: the course goes on from the new time at once, and each screen leaves the old one where its page
///   ends ([`Pacer`](crate::daemon::Pacer)). A machine that was suspended has stepped forward.
#[derive(Clone, Debug)]
pub struct Timekeeper {
    line: Line,
    steps: u64,
    confidence: Confidence,
    trust: Trust,
    floor: Floor,
    looked: Moment,
    stepped: Option<Moment>,
}

impl Timekeeper {
    /// Takes the first reading as it is.
    pub fn new(floor: Floor, first: Reading) -> Self {
        let mut this = Self {
            line: Line::through(first.wall, first.moment),
            steps: 0,
            confidence: Confidence::Unknown,
            trust: Trust::new(first.moment),
            floor,
            looked: first.moment,
            stepped: None,
        };
        this.look(first);
        this
    }

    /// Takes in a later reading.
    pub fn look(&mut self, reading: Reading) -> Look {
        let Reading { wall, moment, word } = reading;
        let jump = self.steer(wall, moment);
        self.trust.hear(word, wall, moment, jump.is_some());
        let before = self.judge(wall);
        let since_step = self.stepped.map_or(Duration::MAX, |stepped| moment.since(stepped));
        let passed = moment.since(self.looked);
        self.floor.follow(wall, self.confidence, passed, since_step);
        self.looked = moment;
        Look { jump, before }
    }

    /// What the screens go by from now on.
    pub const fn course(&self) -> Course {
        Course {
            line: self.line,
            steps: self.steps,
            confidence: self.confidence,
            floor: self.floor.at(),
        }
    }

    /// The floor.
    pub const fn floor(&self) -> &Floor {
        &self.floor
    }

    /// Whether somebody keeps the clock and has not set it right for longer than [`UNHEARD`](super::UNHEARD).
    pub fn is_unheard(&self) -> bool {
        self.confidence == Confidence::Holding && self.trust.is_unheard(self.looked)
    }

    fn steer(&mut self, wall: Timestamp, moment: Moment) -> Option<Jump> {
        let behind = self.line.behind(wall, moment);
        if is_absorbed(behind) {
            self.line = self.line.bent(behind, moment);
            return None;
        }
        let from = self.line.at(moment);
        self.line = Line::through(wall, moment);
        self.steps += 1;
        self.stepped = Some(moment);
        Some(Jump { from, to: wall })
    }

    /// Judges a clock that shows `wall`; the confidence before, where that changes it.
    fn judge(&mut self, wall: Timestamp) -> Option<Confidence> {
        let confidence = if wall < self.floor.at() {
            Confidence::Unknown
        } else if self.trust.is_trusted() {
            Confidence::Trusted
        } else {
            Confidence::Holding
        };
        let before = std::mem::replace(&mut self.confidence, confidence);
        (before != confidence).then_some(before)
    }
}
