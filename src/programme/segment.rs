//! A segment: one loop, repeated from its anchor until something changes.

use std::{collections::HashMap, sync::Arc};

use super::{arrange::Arrangement, bits::Bits, plan::Material, tier::Tier, weave::Weave};
use crate::units::{Tick, Ticks};

/// A loop that a tier runs from `start` until `until`.
///
/// Only as much of the round is written down as is shown, at most one whole round; a look-up takes the rest of a division by the
/// round's length and two binary searches.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// The anchor: the first round's first tick.
    pub(super) start: Tick,
    /// The first tick after the segment.
    pub(super) until: Tick,
    /// What the tier showed just before it.
    pub(super) after: Option<Material>,
    /// Its order where quotas decide it; then its slots are the whole round.
    pub(super) arrangement: Option<Arc<Arrangement>>,
    slots: Box<[Slot]>,
    round: i64,
}

/// One entry in the round, all its pages, by the offset of its end.
#[derive(Clone, Copy, Debug)]
struct Slot {
    until: i64,
    entry: u32,
}

/// A page in its tier's own timeline.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) entry: usize,
    pub(super) page: usize,
    /// Its first tick.
    pub(super) began: Tick,
    /// The first tick after it, at most the segment's end.
    pub(super) until: Tick,
}

impl Segment {
    /// The page at `tick`, which must lie in the segment.
    pub(super) fn locate(&self, tier: &Tier, tick: Tick) -> Place {
        let place = locate(&self.slots, self.round, tier, self.start, tick);
        Place {
            until: place.until.min(self.until),
            ..place
        }
    }

    /// The entries of its whole round in order, where it is made of the entries `playing`.
    pub(super) fn round(&self, tier: &Tier, playing: &Bits) -> Vec<usize> {
        if self.arrangement.is_some() {
            return self.slots.iter().map(|slot| slot.entry as usize).collect();
        }
        Weave::new(tier, playing.clone(), self.after).collect()
    }

    /// The time within which every item of the entries `playing` comes: one round, or where quotas decide the order, the longest
    /// wait for one of them from one coming to the next.
    pub(super) fn longest_wait(&self, tier: &Tier, playing: &Bits) -> Ticks {
        if self.arrangement.is_none() {
            return Ticks(Weave::length(tier, playing));
        }
        let round = self.round(tier, playing);
        let mut longest = 0;
        let mut last: HashMap<Material, i64> = HashMap::new();
        let mut now = 0;
        for entry in round.iter().chain(&round) {
            if let Some(before) = last.insert(tier.entries[*entry].material, now) {
                longest = longest.max(now - before);
            }
            now += tier.length(*entry);
        }
        Ticks(longest)
    }
}

/// A segment that is still being wound up.
#[derive(Debug)]
pub(super) struct Reel<'a> {
    tier: &'a Tier,
    playing: Bits,
    order: Order<'a>,
    start: Tick,
    after: Option<Material>,
    slots: Vec<Slot>,
    /// The round's length once it is whole; until then, so much that nothing comes round.
    round: i64,
}

/// What decides the order of a round.
#[derive(Debug)]
enum Order<'a> {
    /// Weights alone; worked out as far as it is shown.
    Woven(Weave<'a>),
    /// Quotas too; worked out at once.
    Arranged(Arc<Arrangement>),
}

impl<'a> Reel<'a> {
    /// The loop of the entries `playing`, at least one, from `start` on, where the tier shows `after` until then. It goes by
    /// `arrangement`, if there is one.
    pub(super) fn new(
        tier: &'a Tier,
        playing: &Bits,
        start: Tick,
        after: Option<Material>,
        arrangement: Option<Arc<Arrangement>>,
    ) -> Self {
        let order = match arrangement {
            Some(arrangement) => Order::Arranged(arrangement),
            None => Order::Woven(Weave::new(tier, playing.clone(), after)),
        };
        let mut reel = Self {
            tier,
            playing: playing.clone(),
            order,
            start,
            after,
            slots: Vec::new(),
            round: i64::MAX,
        };
        reel.wind_arranged();
        reel
    }

    /// The entries of the loop.
    pub(super) const fn playing(&self) -> &Bits {
        &self.playing
    }

    /// Takes the whole of an arranged order at once. Where it begins with what was just shown, it begins with the second instead.
    fn wind_arranged(&mut self) {
        let Order::Arranged(arrangement) = &self.order else {
            return;
        };
        let order = Arc::clone(arrangement);
        let begin = usize::from(self.after == Some(self.tier.entries[order.order[0]].material)) % order.order.len();
        let (last, first) = order.order.split_at(begin);
        first.iter().chain(last).for_each(|entry| self.push(*entry));
        self.round = self.end();
    }

    /// The first tick at or after `tick` at which a page begins.
    pub(super) fn boundary(&mut self, tick: Tick) -> Tick {
        self.wind_past(tick);
        let place = locate(&self.slots, self.round, self.tier, self.start, tick);
        if place.began == tick { tick } else { place.until }
    }

    /// The segment that ends at `until`, after at least one tick.
    pub(super) fn finish(mut self, until: Tick) -> Segment {
        self.wind_past(Tick(until.0 - 1));
        Segment {
            start: self.start,
            until,
            after: self.after,
            arrangement: match self.order {
                Order::Woven(_) => None,
                Order::Arranged(arrangement) => Some(arrangement),
            },
            slots: self.slots.into_boxed_slice(),
            round: self.round,
        }
    }

    /// Winds until the page at `tick` is on the reel, or the whole round.
    fn wind_past(&mut self, tick: Tick) {
        let wanted = tick.since(self.start).0;
        while self.round == i64::MAX && self.end() <= wanted {
            let next = match &mut self.order {
                Order::Woven(weave) => weave.next(),
                Order::Arranged(_) => None,
            };
            match next {
                Some(entry) => self.push(entry),
                None => self.round = self.end(),
            }
        }
    }

    fn push(&mut self, entry: usize) {
        self.slots.push(Slot {
            until: self.end() + self.tier.length(entry),
            entry: u32::try_from(entry).expect("a track has fewer than 2^32 entries"),
        });
    }

    fn end(&self) -> i64 {
        self.slots.last().map_or(0, |slot| slot.until)
    }
}

/// Where in the round `tick` falls; the slots must reach beyond it, or be the whole round.
fn locate(slots: &[Slot], round: i64, tier: &Tier, start: Tick, tick: Tick) -> Place {
    let offset = tick.since(start).0;
    let within = offset.rem_euclid(round);
    let at = slots.partition_point(|slot| slot.until <= within);
    let entry = slots[at].entry as usize;
    let begin = slots[at].until - tier.length(entry);
    let ends = tier.page_ends(entry);
    let page = ends.partition_point(|end| begin + end <= within);
    let page_start = if page == 0 { begin } else { begin + ends[page - 1] };
    let round_start = start.0 + (offset - within);
    Place {
        entry,
        page,
        began: Tick(round_start + page_start),
        until: Tick(round_start + begin + ends[page]),
    }
}
