//! One civil day of one screen, compiled.

use std::sync::Arc;

use jiff::civil::Date;

use super::plan::{Material, Plan};
use crate::units::{Tick, Ticks};

/// One civil day of one screen. Immutable; a look-up is a binary search.
#[derive(Clone, Debug)]
pub struct Day {
    start: Tick,
    end: Tick,
}

/// What one zone shows at one tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// What is shown.
    pub material: Material,
    /// Its page, from 0.
    pub page: u16,
    /// How many pages it has.
    pub pages: u16,
    /// The first tick of this page here.
    pub since: Tick,
    /// The first tick after it.
    pub until: Tick,
    /// The playlist that it comes from: its index in the track's plan.
    pub playlist: usize,
    /// The play of that playlist, by index.
    pub play: usize,
    /// The page before, while it is still going out: present exactly while the tick is before `since` + the play's transition.
    pub outgoing: Option<Outgoing>,
}

/// The page that is going out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// What was shown.
    pub material: Material,
    /// Its page, from 0.
    pub page: u16,
    /// The first tick on which it was shown.
    pub since: Tick,
    /// How long the change takes from the incoming cue's `since`.
    pub transition: Ticks,
}

/// The loop that a track runs at one tick: what a ticker needs to join its strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The tick at which this segment's first round began.
    pub anchor: Tick,
    /// How long one round takes.
    pub length: Ticks,
    /// What comes in one round, in order, with the offset of each from the round's start.
    pub materials: Arc<[(Material, Ticks)]>,
}

/// Whether the screen is lit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    /// Lit until the tick given.
    Lit(Tick),
    /// Dark for the reason given until the tick given.
    Dark(Dark, Tick),
}

/// Why a screen is dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dark {
    /// Outside the `lit` windows.
    Hours,
}

impl Day {
    pub(super) fn compile(plan: &Plan, screen: usize, date: Date) -> Self {
        let _ = (plan, screen, date);
        Self {
            start: Tick(0),
            end: Tick(0),
        }
    }

    /// The day's first tick.
    pub const fn start(&self) -> Tick {
        self.start
    }

    /// The first tick after the day.
    pub const fn end(&self) -> Tick {
        self.end
    }

    /// What the track at `track` shows at `tick`, which must lie in the day; `None` where nothing plays there.
    pub fn at(&self, track: usize, tick: Tick) -> Option<Cue> {
        let _ = (track, tick);
        None
    }

    /// The loop that the track at `track` runs at `tick`.
    pub fn round(&self, track: usize, tick: Tick) -> Option<Round> {
        let _ = (track, tick);
        None
    }

    /// Whether the screen is lit at `tick`.
    pub fn light(&self, tick: Tick) -> Light {
        Light::Lit(tick)
    }

    /// The first tick after `tick` at which any track or the light changes; at most the day's end.
    pub fn next_change(&self, tick: Tick) -> Tick {
        tick.next()
    }

    /// Every cue of the track that begins before `until` and ends after `from`, in order.
    pub fn cues(&self, track: usize, from: Tick, until: Tick) -> impl Iterator<Item = Cue> + '_ {
        let _ = (track, from, until);
        std::iter::empty()
    }
}
