//! What a programme is made of: playlists whose plays are measured.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{
    calendar::{Calendar, When},
    playlist::Priority,
    units::{Rate, Share, Ticks},
};

/// All screens of a site.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What each civil day is, and the zone of all civil times.
    pub calendar: Arc<Calendar>,
    /// What columns may and must have of an hour; each after the one that it is below.
    pub quotas: Arc<[Quota]>,
    /// In the site's order.
    pub screens: Vec<PlannedScreen>,
}

/// What the items of a column, and of the columns below it, may and must have of any hour in one loop.
///
/// It asks for nothing where none of them is in the loop. "Any hour" is any that lies within one segment of the loop, which begins anew
/// where its composition changes and at each edge of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// The column's identity.
    pub column: Arc<str>,
    /// The nearest column above it that has a quota too, as an earlier index in the plan's.
    pub above: Option<usize>,
    /// At least so much of any hour.
    pub least: Share,
    /// At most so much of any hour.
    pub most: Share,
    /// How often any one item may begin in an hour, at least 1; as often as comes, where there is none.
    pub repeats: Option<u16>,
}

/// One screen: when it is lit, and a track for each of its zones.
#[derive(Clone, Debug)]
pub struct PlannedScreen {
    /// The screen's identity.
    pub id: Arc<str>,
    /// Ticks a second.
    pub rate: Rate,
    /// When it is lit; always, where there is none.
    pub lit: Vec<When>,
    /// One a zone, in the site's order; the last one is that of `"*"`, the whole screen above all zones.
    pub tracks: Vec<Track>,
}

/// What plays in one zone.
#[derive(Clone, Debug)]
pub struct Track {
    /// The zone's identity, or `"*"`.
    pub zone: Arc<str>,
    /// The playlists of this zone, in path order.
    pub playlists: Vec<PlannedPlaylist>,
}

/// A playlist as one track sees it.
#[derive(Clone, Debug)]
pub struct PlannedPlaylist {
    /// Its file, relative to the site.
    pub file: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// Which playlists it gives way to.
    pub priority: Priority,
    /// When it is open; always, where there is none.
    pub when: Vec<When>,
    /// What it plays, in order.
    pub plays: Vec<PlannedPlay>,
}

/// A play with its entries measured for this track's zone.
#[derive(Clone, Debug)]
pub struct PlannedPlay {
    /// The entries in the order in which they play.
    pub entries: Vec<Entry>,
    /// At most so many of the entries that are in force.
    pub limit: Option<u32>,
    /// How often each comes in one round, at least 1.
    pub weight: u16,
    /// How long each of its pages takes to come in; zero for a cut.
    pub transition: Ticks,
}

/// One item (or clock) in one zone.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What is shown.
    pub material: Material,
    /// In force from this instant.
    pub from: Option<Timestamp>,
    /// No longer in force from this instant.
    pub until: Option<Timestamp>,
    /// Not in force on solemn days.
    pub is_festive: bool,
    /// The quota that it counts for, with those above it: an index in the plan's.
    pub quota: Option<usize>,
    /// How long each of its pages stays; at least one page, each at least one tick.
    pub pages: Arc<[Ticks]>,
}

/// The number under which the wall keeps what an entry shows. The programme only passes it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Material(pub u32);
