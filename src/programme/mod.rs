//! What plays at an instant, and why.
//!
//! A [`Programme`] is an immutable plan of playlists, windows and measured entries. Any civil day is compiled alone, on demand, to
//! an immutable [`Day`] that the caller keeps; a look-up in it takes a binary search. Everything is counted in ticks of the
//! screen's rate. This room may not read a clock and does not know what a page looks like.

mod day;
mod plan;

pub use day::{Cue, Dark, Day, Light, Outgoing, Round};
pub use plan::{Entry, Material, Plan, PlannedPlay, PlannedPlaylist, PlannedScreen, Track};

use jiff::civil::Date;

/// The compiled form of all playlists of a site.
#[derive(Clone, Debug)]
pub struct Programme {
    plan: Plan,
}

impl Programme {
    /// The programme of `plan`.
    pub const fn new(plan: Plan) -> Self {
        Self { plan }
    }

    /// What it was made of.
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// One civil day of the screen at `screen` in the plan.
    pub fn compile(&self, screen: usize, date: Date) -> Day {
        Day::compile(&self.plan, screen, date)
    }
}
