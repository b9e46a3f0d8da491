//! A machine whose clocks a test moves, and daemons that look at them.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use yingbi::{
    daemon::{Course, Floor, Look, Reading, Timekeeper, Word},
    units::Moment,
};

pub(super) const LOOK: Duration = Duration::from_millis(250);

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The build time of all daemons here.
pub(super) fn built() -> Timestamp {
    at("2026-01-01T00:00:00Z")
}

/// The two clocks of a machine and what it says of the first. They go together until somebody sets the one.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub(super) moment: Moment,
    pub(super) word: Word,
    /// What the wall clock shows at moment 0, in nanoseconds since the epoch.
    origin: i128,
}

impl Machine {
    /// Switched on at `wall`, in a world where nobody keeps its clock.
    pub(super) fn at(wall: Timestamp) -> Self {
        Self {
            moment: Moment::ZERO,
            word: Word::Absent,
            origin: wall.as_nanosecond(),
        }
    }

    /// The wall clock, at the end of its range where it would run out of it.
    pub(super) fn wall(&self) -> Timestamp {
        let nanoseconds = self.origin + i128::from(self.moment.nanoseconds());
        let (first, last) = (Timestamp::MIN.as_nanosecond(), Timestamp::MAX.as_nanosecond());
        Timestamp::from_nanosecond(nanoseconds.clamp(first, last)).unwrap()
    }

    pub(super) fn reading(&self) -> Reading {
        Reading {
            wall: self.wall(),
            moment: self.moment,
            word: self.word,
        }
    }

    pub(super) fn pass(&mut self, time: Duration) {
        self.moment = self.moment + time;
    }

    /// Sets the wall clock forward, or back.
    pub(super) fn set(&mut self, by: SignedDuration) {
        self.origin += by.as_nanos();
    }

    /// Sets the wall clock to `wall`.
    pub(super) fn set_to(&mut self, wall: Timestamp) {
        self.origin = wall.as_nanosecond() - i128::from(self.moment.nanoseconds());
    }

    /// Sets it right over the network, as it says from then on.
    pub(super) fn synchronise(&mut self, wall: Timestamp) {
        self.set_to(wall);
        self.word = Word::Synchronised(wall);
    }
}

/// A machine with a daemon's timekeeper, which looks every quarter of a second.
#[derive(Clone, Debug)]
pub(super) struct House {
    pub(super) machine: Machine,
    pub(super) keeper: Timekeeper,
}

impl House {
    /// Started at `wall` with nothing stored.
    pub(super) fn at(wall: Timestamp) -> Self {
        Self::with(Machine::at(wall), None)
    }

    pub(super) fn with(machine: Machine, stored: Option<Timestamp>) -> Self {
        let keeper = Timekeeper::new(Floor::new(built(), stored), machine.reading());
        Self { machine, keeper }
    }

    pub(super) fn look(&mut self) -> Look {
        self.keeper.look(self.machine.reading())
    }

    pub(super) fn course(&self) -> Course {
        self.keeper.course()
    }

    /// Lets `time` pass, with all looks that fall into it.
    pub(super) fn pass(&mut self, time: Duration) {
        let end = self.machine.moment + time;
        while self.machine.moment < end {
            self.machine.pass(LOOK.min(end.since(self.machine.moment)));
            self.look();
        }
    }

    /// Content time now.
    pub(super) fn content(&self) -> Timestamp {
        self.course().line.at(self.machine.moment)
    }
}
