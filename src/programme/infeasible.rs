//! What a loop does not do of what is asked of it, as data.

use crate::units::Ticks;

/// Something that is asked of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Asked {
    /// Who asks: an index in the plan's quotas.
    pub quota: usize,
    /// What it asks for.
    pub demand: Demand,
}

/// What a quota can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Demand {
    /// At least its share of any hour.
    Least,
    /// At most its share of any hour.
    Most,
    /// Each item at most so often in any hour.
    Repeats,
}

/// A demand that a loop does not meet, and why. The loop plays on, in the order that misses its quotas by the least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Infeasible {
    /// What is asked.
    pub asked: Asked,
    /// How near the loop can come to it: thousandths of an hour, or comings an hour where repeats are asked about.
    pub reach: u32,
    /// What stands in the way.
    pub why: Obstacle,
}

/// What stands in the way of a demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It cannot be met together with these, however finely the hour is divided; where there are none, not by itself: there is nothing
    /// else in the loop to fill the hour with.
    Together {
        /// The other demands.
        with: Vec<Asked>,
        /// Whether it could be met if an item might come twice running.
        twice_running: bool,
    },
    /// It could be met were the items cut finer: some hours get too much or too little of items as long as these.
    Coarse {
        /// How long the longest item of the column lasts.
        longest: Ticks,
    },
    /// It is met only because items do not come that last longer than that share of an hour.
    TooLong {
        /// How long the longest of them lasts.
        longest: Ticks,
    },
    /// It is met, but leaves no room for all items of the loop: some do not come even once.
    Crowded {
        /// How many of the loop's items do not come.
        missing: usize,
    },
}

impl Infeasible {
    /// Takes another absence for the same reason in.
    pub(super) fn join(&mut self, other: &Self) {
        match (&mut self.why, &other.why) {
            (Obstacle::TooLong { longest }, Obstacle::TooLong { longest: other }) => *longest = *other.max(longest),
            (Obstacle::Crowded { missing }, Obstacle::Crowded { missing: more }) => *missing += more,
            // What is too long is the plainer reason.
            (Obstacle::Crowded { .. }, Obstacle::TooLong { .. }) => self.why = other.why.clone(),
            _ => {}
        }
        self.reach = self.reach.max(other.reach);
    }
}
