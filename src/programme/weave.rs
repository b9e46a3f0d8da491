//! The order of a round: entries of different weights spread evenly, nothing beside itself.

use std::{cmp::Ordering, collections::VecDeque, vec};

use super::{
    apart::{Ends, apart},
    bits::Bits,
    plan::Material,
    tier::Tier,
};

/// The entries of one round in order, each as often as its weight says.
///
/// Occurrence `k` of the `i`-th of `n` entries of weight `w` stands at (k + i / n) / w of the round; of two at one place the earlier
/// entry comes first. So a heavy entry comes at even distances, and where all weights are 1 the round is as written. What would come
/// beside its own material waits for the next other one, as [`apart`] says.
///
/// A round is wound only as far as it is asked for: no material can have to come before its turn while more is left than twice what
/// the heaviest has in a whole round; the end is put apart at once.
#[derive(Debug)]
pub(super) struct Weave<'a> {
    tier: &'a Tier,
    playing: Bits,
    strands: Strands<'a>,
    /// How many occurrences are to come.
    left: u64,
    /// Occurrences whose place has come but beside their own material; all of one.
    held: VecDeque<usize>,
    ends: Ends,
    /// The end of the round, once it is put apart.
    end: Option<vec::IntoIter<usize>>,
    /// What the track shows just before the round, until the round has begun.
    after: Option<Material>,
    /// What the round would have begun with, had it not just been shown; it comes last.
    put_off: Option<usize>,
}

impl<'a> Weave<'a> {
    /// The round of the entries `playing` that follows `after`: where it would begin with just that, it begins with the second.
    pub(super) fn new(tier: &'a Tier, playing: Bits, after: Option<Material>) -> Self {
        let strands = Strands::new(tier, &playing);
        Self {
            tier,
            left: strands.left(&playing),
            strands,
            playing,
            held: VecDeque::new(),
            ends: Ends::default(),
            end: None,
            after,
            put_off: None,
        }
    }

    /// How long the round of the entries `playing` lasts.
    pub(super) fn length(tier: &'a Tier, playing: &Bits) -> i64 {
        let strands = Strands::new(tier, playing);
        if strands.left(playing) < 2 * tier.heaviest {
            let round = Self::new(tier, playing.clone(), None);
            return round.map(|entry| tier.length(entry)).sum();
        }
        // No material outnumbers all others, so none is left out.
        let weight = |entry: usize| i64::from(tier.plays[tier.entries[entry].play].weight);
        playing.iter().map(|entry| weight(entry) * tier.length(entry)).sum()
    }

    /// The next of the round as it is where nothing was shown before.
    fn next_in_round(&mut self) -> Option<usize> {
        if self.left <= 2 * self.tier.heaviest + 1 && self.end.is_none() {
            self.end = Some(self.rest().into_iter());
        }
        if let Some(end) = &mut self.end {
            return end.next();
        }
        let entry = self.wind()?;
        self.left -= 1;
        let material = self.material(entry);
        self.ends.first.get_or_insert(material);
        self.ends.last = Some(material);
        Some(entry)
    }

    /// The next occurrence of another material than the last; there is one, as much is left.
    fn wind(&mut self) -> Option<usize> {
        if let Some(entry) = self.held.front().copied().filter(|entry| self.differs(*entry)) {
            self.held.pop_front();
            return Some(entry);
        }
        loop {
            let entry = self.strands.next(&self.playing)?;
            if self.differs(entry) {
                return Some(entry);
            }
            self.held.push_back(entry);
        }
    }

    fn differs(&self, entry: usize) -> bool {
        self.ends.last != Some(self.material(entry))
    }

    fn material(&self, entry: usize) -> Material {
        self.tier.entries[entry].material
    }

    /// What is left, put apart.
    fn rest(&mut self) -> Vec<usize> {
        let mut rest: Vec<usize> = self.held.drain(..).collect();
        rest.extend(std::iter::from_fn(|| self.strands.next(&self.playing)));
        let materials: Vec<Material> = rest.iter().map(|entry| self.material(*entry)).collect();
        apart(&materials, self.ends).into_iter().map(|at| rest[at]).collect()
    }
}

impl Iterator for Weave<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let entry = self.next_in_round().or_else(|| self.put_off.take())?;
        let after = self.after.take();
        if after != Some(self.material(entry)) {
            return Some(entry);
        }
        let second = self.next_in_round();
        self.put_off = second.map(|_| entry);
        second.or(Some(entry))
    }
}

/// All occurrences of a round by place.
#[derive(Debug)]
struct Strands<'a> {
    /// How many entries play.
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

impl<'a> Strands<'a> {
    fn new(tier: &'a Tier, playing: &Bits) -> Self {
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
            count: playing.count(&(0..tier.entries.len())),
        }
    }

    /// How many occurrences a round of which nothing has come has.
    fn left(&self, playing: &Bits) -> u64 {
        let strands = self.strands.iter();
        strands
            .map(|strand| strand.weight * playing.count_in_both(strand.members))
            .sum()
    }

    fn next(&mut self, playing: &Bits) -> Option<usize> {
        let count = self.count;
        let strands = self.strands.iter_mut().enumerate();
        let (at, strand) = strands.min_by(|(_, one), (_, other)| one.order(other, count))?;
        let entry = strand.next.entry;
        if !strand.step(playing) {
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
