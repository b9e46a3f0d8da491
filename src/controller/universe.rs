//! DMX universes: how a picture is cut into runs of at most 512 slots.

use std::ops::Range;

/// The slots of a full universe.
pub const SLOTS: u16 = 512;

/// A row of consecutive universes that carry one picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Universes {
    /// The number of the first one, in the protocol's own counting.
    pub first: u16,
    /// How many bytes of the picture each of them carries, 1 to [`SLOTS`]; the last one may carry fewer. A whole number of LEDs where the
    /// receiver begins each universe with a whole LED, as nearly all do: 510 for RGB.
    pub slots: u16,
}

impl Universes {
    /// How many of them a picture of `bytes` takes.
    pub const fn count(self, bytes: usize) -> usize {
        bytes.div_ceil(self.slots as usize)
    }
}

/// Ascending numbers as `1-3, 7`; one that comes twice counts once.
pub fn runs(numbers: impl Iterator<Item = u16>) -> String {
    let mut runs: Vec<Range<u32>> = Vec::new();
    for number in numbers.map(u32::from) {
        match runs.last_mut() {
            Some(run) if run.end == number => run.end += 1,
            Some(run) if run.end == number + 1 => {}
            _ => runs.push(number..number + 1),
        }
    }
    let written: Vec<String> = runs
        .into_iter()
        .map(|run| match run.end - run.start {
            1 => run.start.to_string(),
            _ => format!("{}-{}", run.start, run.end - 1),
        })
        .collect();
    written.join(", ")
}
