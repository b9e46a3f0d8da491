//! How often the daemon has been started without living long, and when that is too often.
//!
//! Whoever starts us again does so without end, which is right: a wall must not stay dark because a disk was full five times. But a
//! start that always ends in the same crash shows nothing but the first second of everything. After [`BUDGET`] of them the daemon
//! plays the safe page alone, tries its programme again after a while, and never gives up.

use std::time::Duration;

use crate::{folder::Note, units::Moment};

/// How many starts may go wrong in a row.
pub const BUDGET: usize = 5;

/// Within which time.
pub const SPAN: Duration = Duration::from_secs(300);

/// A start has gone well once the daemon has played its programme for so long.
pub const LIVED: Duration = Duration::from_secs(60);

/// How long the safe page plays before the programme is tried again.
pub const REFUGE: Duration = Duration::from_secs(600);

/// The starts that have not gone well, of this run of the machine: they are told by its monotonic clock, which nobody can set.
#[derive(Debug)]
pub struct Budget {
    note: Note,
    /// The name of this run of the machine.
    boot: String,
    starts: Vec<Moment>,
}

impl Budget {
    /// What `note` says, seen from `now`.
    pub fn new(note: Note, boot: &str, now: Moment) -> Self {
        let starts = note.lines().into_iter().filter_map(|line| {
            let (of, at) = line.split_once(' ')?;
            let at = Moment::from_nanoseconds(at.parse().ok()?);
            (of == boot && at <= now && now.since(at) <= SPAN).then_some(at)
        });
        Self {
            starts: starts.collect(),
            boot: boot.to_owned(),
            note,
        }
    }

    /// Whether too many starts have gone wrong.
    pub const fn is_spent(&self) -> bool {
        self.starts.len() >= BUDGET
    }

    /// The programme is tried at `now`.
    pub fn try_at(&mut self, now: Moment) {
        if self.is_spent() {
            // One more that goes wrong, and it is the safe page again.
            self.starts = vec![now; BUDGET];
        } else {
            self.starts.push(now);
        }
        self.write();
    }

    /// The daemon has played its programme for long enough.
    pub fn lived(&mut self) {
        self.starts.clear();
        self.write();
    }

    /// The daemon ends because it was told to: this start has not gone wrong.
    pub fn ended(&mut self) {
        self.starts.pop();
        self.write();
    }

    /// What cannot be written is not counted: then the safe page comes later, or never.
    fn write(&self) {
        let line = |at: &Moment| format!("{} {}", self.boot, at.nanoseconds());
        let lines: Vec<String> = self.starts.iter().map(line).collect();
        let written = if lines.is_empty() {
            self.note.clear()
        } else {
            self.note.write(&lines)
        };
        if let Err(error) = written {
            tracing::debug!(%error, "starts cannot be counted");
        }
    }
}
