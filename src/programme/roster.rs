//! Who plays: the entries of a tier that are in force in open playlists, limits applied, followed through time.

use super::{
    bits::Bits,
    openings::Openings,
    tier::{Tier, TierEntry},
};
use crate::units::Tick;

/// The composition of a tier at one tick, which can be moved forward.
///
/// A step costs the entries that turn and, for each, a word per 64 entries of its play.
#[derive(Debug)]
pub(super) struct Roster<'a> {
    tier: &'a Tier,
    open: Vec<bool>,
    /// Whether what is festive is off.
    solemn: bool,
    in_force: Bits,
    playing: Bits,
    /// Where it stands.
    now: Tick,
    /// The first of the tier's turns that is still to come.
    next: usize,
}

impl<'a> Roster<'a> {
    /// The composition at `tick`, as `openings` have it.
    pub(super) fn at(tier: &'a Tier, tick: Tick, openings: &Openings) -> Self {
        let count = tier.entries.len();
        let mut roster = Self {
            tier,
            open: (0..tier.playlists.len())
                .map(|playlist| openings.is_open(playlist, tick))
                .collect(),
            solemn: openings.is_solemn(tick),
            in_force: Bits::new(count),
            playing: Bits::new(count),
            now: tick,
            next: tier.turns.partition_point(|(turn, _)| *turn <= tick),
        };
        for (number, entry) in tier.entries.iter().enumerate() {
            roster.in_force.set(number, roster.is_in_force(entry, tick));
        }
        (0..tier.plays.len()).for_each(|play| roster.refresh(play));
        roster
    }

    /// The entries that play.
    pub(super) const fn playing(&self) -> &Bits {
        &self.playing
    }

    /// The next tick at which an entry comes into force or goes out of it.
    pub(super) fn next_turn(&self) -> Option<Tick> {
        self.tier.turns.get(self.next).map(|(tick, _)| *tick)
    }

    /// Goes on to `tick`, which must not be earlier than where it stands.
    pub(super) fn advance(&mut self, tick: Tick) {
        while let Some((_, entry)) = self.tier.turns.get(self.next).filter(|(turn, _)| *turn <= tick) {
            let entry_now = &self.tier.entries[*entry];
            if self.in_force.set(*entry, self.is_in_force(entry_now, tick)) {
                self.refresh(entry_now.play);
            }
            self.next += 1;
        }
        self.now = tick;
    }

    /// Opens or closes a playlist.
    pub(super) fn set_open(&mut self, playlist: usize, open: bool) {
        self.open[playlist] = open;
        self.tier.plays_of(playlist).for_each(|play| self.refresh(play));
    }

    /// Begins or ends solemn days, on which nothing festive is in force.
    pub(super) fn set_solemn(&mut self, solemn: bool) {
        self.solemn = solemn;
        let tier = self.tier;
        for (number, entry) in tier.entries.iter().enumerate().filter(|(_, entry)| entry.is_festive) {
            if self.in_force.set(number, self.is_in_force(entry, self.now)) {
                self.refresh(entry.play);
            }
        }
    }

    fn is_in_force(&self, entry: &TierEntry, tick: Tick) -> bool {
        entry.in_force(tick) && !(self.solemn && entry.is_festive)
    }

    fn refresh(&mut self, play: usize) {
        let play = &self.tier.plays[play];
        let limit = if self.open[play.playlist] { play.limit } else { 0 };
        self.playing.copy_lowest(&self.in_force, &play.entries, limit);
    }
}
