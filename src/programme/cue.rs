//! What a day answers.

use std::sync::Arc;

use super::{infeasible::Infeasible, plan::Material};
use crate::{
    calendar::Occurrence,
    playlist::Priority,
    units::{Tick, Ticks},
};

/// What one zone shows at one tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// What is shown.
    pub material: Material,
    /// Its page, from 0.
    pub page: u16,
    /// How many pages it has.
    pub pages: u16,
    /// The first tick of this page here, as it is seen: where it comes back after an interruption, the tick at which it does.
    pub since: Tick,
    /// The first tick after it, as it is seen.
    pub until: Tick,
    /// The tick at which the page began in its own loop; before `since` where something higher hid its beginning. Motion counted
    /// from here is where it would have been without the interruption.
    pub began: Tick,
    /// The tick at which the loop's first round began: [`Round::anchor`].
    pub anchor: Tick,
    /// The playlist that it comes from: its index in the track's plan.
    pub playlist: usize,
    /// The play of that playlist, by index.
    pub play: usize,
    /// The page before, while it is still going out: present exactly while the tick is before `since` + the play's transition.
    /// None where nothing was shown, nor where an alert or a stop comes or goes, which is a cut.
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
    /// The tick at which the page began in its own loop, as [`Cue::began`].
    pub began: Tick,
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

/// The same page by page: what whoever plays a round by himself needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagedRound {
    /// The tick at which this segment's first round began.
    pub anchor: Tick,
    /// How long one round takes: the sum of its pages.
    pub length: Ticks,
    /// All pages of one round, in order.
    pub pages: Arc<[RoundPage]>,
}

/// One page of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundPage {
    /// What is shown.
    pub material: Material,
    /// Its page, from 0.
    pub page: u16,
    /// The playlist that it comes from: its index in the track's plan.
    pub playlist: usize,
    /// The play of that playlist, by index.
    pub play: usize,
    /// How long it stays.
    pub length: Ticks,
    /// How long it takes to come in, within that.
    pub transition: Ticks,
}

/// One loop that a track runs on a day: what comes round from when its composition begins until it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loop {
    /// The priority of its playlists.
    pub priority: Priority,
    /// The first tick at which it is seen on the day.
    pub since: Tick,
    /// The first tick after which it is no longer seen on the day.
    pub until: Tick,
    /// How many items are in it.
    pub items: usize,
    /// The time within which every item has come: one round; where quotas decide the order, the longest wait for any of them.
    pub round: Ticks,
    /// What its quotas ask for and do not get.
    pub infeasible: Vec<Infeasible>,
}

/// Why a cue plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Why {
    /// The priority that won.
    pub priority: Priority,
    /// The window that holds its playlist open; `None` where the playlist is always open.
    pub window: Option<OpenWindow>,
}

/// What one priority of a track would show if nothing lay above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiered {
    /// What it would show, in its own timeline; without what goes out.
    pub cue: Cue,
    /// Why.
    pub why: Why,
    /// The loop that it runs.
    pub round: Round,
}

/// Whether a playlist is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// At every hour.
    Always,
    /// By this window.
    Open(OpenWindow),
    /// Not now; when it opens next, if that is before the end of the next day.
    Closed(Option<OpenWindow>),
}

/// A window, and its opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenWindow {
    /// Which of the playlist's windows, in the order written.
    pub when: usize,
    /// From when until when it is open this time.
    pub occurrence: Occurrence,
}

/// Whether the screen is lit, and the first tick at which that changes: at most the end of the next day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Light {
    /// Lit by its hours.
    Lit(Tick),
    /// Dark for the reason given.
    Dark(Dark, Tick),
    /// Dark for the reason given, but for what an alert or a stop shows.
    Alarm(Dark, Tick),
}

/// Why a screen is dark; of several reasons the first of these is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dark {
    /// Minutes of silence, by name.
    Silence(Arc<str>),
    /// Work on the screen, by name.
    Maintenance(Arc<str>),
    /// A holiday that keeps its `lit` windows closed, by name.
    Holiday(Arc<str>),
    /// Outside the `lit` windows.
    Hours,
}

impl Light {
    /// The first tick at which it changes.
    pub const fn until(&self) -> Tick {
        let (Self::Lit(until) | Self::Dark(_, until) | Self::Alarm(_, until)) = self;
        *until
    }
}
