//! The floor on its way to the disk.

use std::time::Duration;

use jiff::Timestamp;

use super::floor::Floor;
use crate::{
    folder::{FloorError, FloorFile},
    units::Moment,
};

/// How often the floor is written at most. What a power cut takes from it is no more than it lags behind the clock anyway.
const PERIOD: Duration = Duration::from_secs(10 * 60);

/// The floor's file, and what was last written.
#[derive(Debug)]
pub struct Stored {
    file: FloorFile,
    written: Option<Timestamp>,
    tried: Moment,
    problem: Option<FloorError>,
}

impl Stored {
    /// Reads the floor of a program of that build time. What is garbled is a problem, and the build time stands.
    pub fn read(file: FloorFile, built: Timestamp, now: Moment) -> (Self, Floor) {
        let (written, problem) = match file.read(|stored| Floor::is_plausible(built, stored)) {
            Ok(written) => (written, None),
            Err(problem) => (None, Some(problem)),
        };
        let this = Self {
            file,
            written,
            tried: now,
            problem,
        };
        (this, Floor::new(built, written))
    }

    /// Writes `floor` where it has risen and the last attempt is long enough ago.
    pub fn keep(&mut self, floor: &Floor, now: Moment) {
        if now.since(self.tried) >= PERIOD {
            self.tried = now;
            self.write(floor);
        }
    }

    /// Writes `floor` where it has risen.
    pub fn write(&mut self, floor: &Floor) {
        let has_risen = self.written.is_none_or(|written| floor.at() > written);
        if !floor.is_stored() || !has_risen {
            return;
        }
        self.problem = self.file.write(floor.at()).err();
        if self.problem.is_none() {
            self.written = Some(floor.at());
        }
    }

    /// What is wrong with the file.
    pub const fn problem(&self) -> Option<&FloorError> {
        self.problem.as_ref()
    }
}
