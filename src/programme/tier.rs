//! The playlists of one priority in one track, made ready for any day.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{
    bits::Bits,
    plan::{Entry, Material, PlannedPlay, Quota, Track},
};
use crate::{
    calendar::When,
    playlist::Priority,
    units::{Rate, Tick, Ticks},
};

/// The longest page in ticks, more than 200 days at any rate. No stretch lasts as long, so a longer page looks the same; sums of
/// such lengths stay far from the end of an `i64`.
const LONGEST_PAGE: i64 = 1 << 32;

/// The playlists of one priority in one track: its entries in written order, with all instants and lengths in ticks.
#[derive(Debug)]
pub(super) struct Tier {
    pub(super) priority: Priority,
    /// In path order.
    pub(super) playlists: Vec<TierPlaylist>,
    pub(super) plays: Vec<TierPlay>,
    /// In written order: by playlist, play and place in the play.
    pub(super) entries: Vec<TierEntry>,
    /// Each weight that there is, with its entries.
    pub(super) weights: Vec<(u16, Bits)>,
    /// The plan's.
    pub(super) quotas: Arc<[Quota]>,
    /// The entries whose column, or one above it, has a quota.
    pub(super) quoted: Bits,
    /// An hour in ticks.
    pub(super) hour: i64,
    /// The most that the weights of one material's entries add up to.
    pub(super) heaviest: u64,
    /// The ticks at which entries come into force or go out of it, in order, with the entry.
    pub(super) turns: Vec<(Tick, usize)>,
    /// Of the pages of each entry, one after the other, the offset of the page's end from the entry's beginning.
    page_ends: Vec<i64>,
}

#[derive(Debug)]
pub(super) struct TierPlaylist {
    /// Its index in the track's plan.
    pub(super) index: usize,
    pub(super) when: Vec<When>,
    plays: Range<usize>,
}

#[derive(Debug)]
pub(super) struct TierPlay {
    /// The playlist's index in the tier.
    pub(super) playlist: usize,
    /// Its index in the playlist.
    pub(super) index: usize,
    pub(super) entries: Range<usize>,
    /// At most so many of the entries in force; `usize::MAX` for all.
    pub(super) limit: usize,
    pub(super) weight: u16,
    pub(super) transition: Ticks,
}

#[derive(Debug)]
pub(super) struct TierEntry {
    pub(super) material: Material,
    /// The play's index in the tier.
    pub(super) play: usize,
    /// Not in force on solemn days.
    pub(super) is_festive: bool,
    pub(super) quota: Option<usize>,
    from: Tick,
    until: Tick,
    pages: Range<usize>,
}

impl Tier {
    /// The tier of `priority` in `track`; `None` where it would be empty.
    pub(super) fn new(track: &Track, priority: Priority, rate: Rate, quotas: &Arc<[Quota]>) -> Option<Self> {
        let mut tier = Self {
            priority,
            playlists: Vec::new(),
            plays: Vec::new(),
            entries: Vec::new(),
            weights: Vec::new(),
            quotas: Arc::clone(quotas),
            quoted: Bits::new(0),
            hour: 3600 * i64::from(rate.hertz()),
            heaviest: 0,
            turns: Vec::new(),
            page_ends: Vec::new(),
        };
        let mut weights = Vec::new();
        let playlists = track.playlists.iter().enumerate();
        for (index, playlist) in playlists.filter(|(_, playlist)| playlist.priority == priority) {
            let first = tier.plays.len();
            for (play_index, play) in playlist.plays.iter().enumerate() {
                tier.add_play(play_index, play, rate);
                weights.resize(tier.entries.len(), play.weight.max(1));
            }
            let (when, plays) = (playlist.when.clone(), first..tier.plays.len());
            tier.playlists.push(TierPlaylist { index, when, plays });
        }
        tier.sort_weights(&weights);
        tier.heaviest = tier.heaviest_of(&weights);
        tier.quoted = tier.find_quoted();
        tier.turns.sort_unstable();
        (!tier.entries.is_empty()).then_some(tier)
    }

    fn add_play(&mut self, index: usize, play: &PlannedPlay, rate: Rate) {
        let first = self.entries.len();
        for entry in play.entries.iter().filter(|entry| !entry.pages.is_empty()) {
            self.add_entry(entry, rate);
        }
        self.plays.push(TierPlay {
            playlist: self.playlists.len(),
            index,
            entries: first..self.entries.len(),
            limit: play.limit.map_or(usize::MAX, |limit| limit as usize),
            weight: play.weight.max(1),
            transition: play.transition,
        });
    }

    fn add_entry(&mut self, entry: &Entry, rate: Rate) {
        let first = self.page_ends.len();
        let mut end = 0;
        // A cue counts its pages in sixteen bits.
        for page in entry.pages.iter().take(usize::from(u16::MAX)) {
            end += page.0.clamp(1, LONGEST_PAGE);
            self.page_ends.push(end);
        }
        let tick = |instant| rate.tick_from(instant);
        let (from, until) = (entry.from.map(tick), entry.until.map(tick));
        let number = self.entries.len();
        self.turns
            .extend(from.into_iter().chain(until).map(|tick| (tick, number)));
        self.entries.push(TierEntry {
            material: entry.material,
            play: self.plays.len(),
            is_festive: entry.is_festive,
            quota: entry.quota.filter(|quota| *quota < self.quotas.len()),
            from: from.unwrap_or(Tick(i64::MIN)),
            until: until.unwrap_or(Tick(i64::MAX)),
            pages: first..self.page_ends.len(),
        });
    }

    fn sort_weights(&mut self, weights: &[u16]) {
        let mut distinct = weights.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let mut sets: Vec<(u16, Bits)> = distinct.into_iter().map(|w| (w, Bits::new(weights.len()))).collect();
        for (entry, weight) in weights.iter().enumerate() {
            let class = sets.partition_point(|(other, _)| other < weight);
            sets[class].1.set(entry, true);
        }
        self.weights = sets;
    }

    fn find_quoted(&self) -> Bits {
        let mut quoted = Bits::new(self.entries.len());
        for (entry, of) in self.entries.iter().enumerate() {
            quoted.set(entry, of.quota.is_some());
        }
        quoted
    }

    fn heaviest_of(&self, weights: &[u16]) -> u64 {
        let mut sums: HashMap<Material, u64> = HashMap::new();
        for (entry, weight) in self.entries.iter().zip(weights) {
            *sums.entry(entry.material).or_default() += u64::from(*weight);
        }
        sums.into_values().max().unwrap_or(0)
    }

    /// Whether a changed composition takes over in the middle of a page.
    pub(super) fn is_urgent(&self) -> bool {
        self.priority >= Priority::Alert
    }

    /// Whether any of its entries is off on solemn days.
    pub(super) fn has_festive(&self) -> bool {
        self.entries.iter().any(|entry| entry.is_festive)
    }

    /// The plays of a playlist of the tier, as indices into the tier's.
    pub(super) fn plays_of(&self, playlist: usize) -> Range<usize> {
        self.playlists[playlist].plays.clone()
    }

    /// The ends of an entry's pages, from the entry's beginning; never empty, and rising.
    pub(super) fn page_ends(&self, entry: usize) -> &[i64] {
        &self.page_ends[self.entries[entry].pages.clone()]
    }

    /// How long an entry lasts, all its pages together; at least one tick.
    pub(super) fn length(&self, entry: usize) -> i64 {
        self.page_ends[self.entries[entry].pages.end - 1]
    }
}

impl TierEntry {
    pub(super) fn in_force(&self, tick: Tick) -> bool {
        self.from <= tick && tick < self.until
    }
}
