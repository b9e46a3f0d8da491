//! The order of a round: entries of different weights spread evenly.

use std::cmp::Ordering;

use super::{bits::Bits, tier::Tier};

/// The entries of one round in order, each as often as its weight says.
///
/// Occurrence `k` of the `i`-th of `n` entries of weight `w` stands at (k + i / n) / w of the round; of two at one place the earlier
/// entry comes first. So a heavy entry comes at even distances, and where all weights are 1 the round is as written.
#[derive(Debug)]
pub(super) struct Weave<'a> {
    playing: Bits,
    count: u64,
    strands: Vec<Strand<'a>>,
}

/// The occurrences of all entries of one weight that are still to come, by the next of them.
#[derive(Debug)]
struct Strand<'a> {
    members: &'a Bits,
    weight: u64,
    /// How often each of the members has come.
    turn: u64,
    first: Member,
    next: Member,
}

/// An entry, and how many of those that play stand before it.
#[derive(Clone, Copy, Debug)]
struct Member {
    entry: usize,
    rank: u64,
}

impl<'a> Weave<'a> {
    /// The round of the entries `playing`.
    pub(super) fn new(tier: &'a Tier, playing: Bits) -> Self {
        let all = 0..tier.entries.len();
        let strands = tier.weights.iter().filter_map(|(weight, members)| {
            let entry = playing.next_in_both(members, 0)?;
            let rank = playing.count(&(0..entry));
            let first = Member { entry, rank };
            Some(Strand {
                members,
                weight: u64::from(*weight),
                turn: 0,
                first,
                next: first,
            })
        });
        Self {
            strands: strands.collect(),
            count: playing.count(&all),
            playing,
        }
    }

    /// The entries that play in this round.
    pub(super) const fn playing(&self) -> &Bits {
        &self.playing
    }
}

impl Iterator for Weave<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let count = self.count;
        let strands = self.strands.iter_mut().enumerate();
        let (at, strand) = strands.min_by(|(_, one), (_, other)| one.order(other, count))?;
        let entry = strand.next.entry;
        if !strand.step(&self.playing) {
            self.strands.swap_remove(at);
        }
        Some(entry)
    }
}

impl Strand<'_> {
    /// Compares (turn + rank / count) / weight as integers. Entries and weights are far from 2^24 and 2^16, so nothing overflows.
    fn order(&self, other: &Self, count: u64) -> Ordering {
        let place = |one: &Self, by: &Self| (one.turn * count + one.next.rank) * by.weight;
        place(self, other)
            .cmp(&place(other, self))
            .then(self.next.rank.cmp(&other.next.rank))
    }

    /// Goes on to the next occurrence; `false` where there is none.
    fn step(&mut self, playing: &Bits) -> bool {
        let Member { entry, rank } = self.next;
        if let Some(next) = playing.next_in_both(self.members, entry + 1) {
            let rank = rank + playing.count(&(entry..next));
            self.next = Member { entry: next, rank };
            return true;
        }
        self.turn += 1;
        self.next = self.first;
        self.turn < self.weight
    }
}
