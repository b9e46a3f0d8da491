//! A segment: one loop, repeated from its anchor until something changes.

use super::{bits::Bits, plan::Material, tier::Tier, weave::Weave};
use crate::units::Tick;

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
}

/// A segment that is still being wound up.
#[derive(Debug)]
pub(super) struct Reel<'a> {
    tier: &'a Tier,
    weave: Weave<'a>,
    start: Tick,
    after: Option<Material>,
    slots: Vec<Slot>,
    /// The round's length once it is whole; until then, so much that nothing comes round.
    round: i64,
}

impl<'a> Reel<'a> {
    /// The loop of the entries `playing`, at least one, from `start` on, where the tier shows `after` until then.
    pub(super) fn new(tier: &'a Tier, playing: &Bits, start: Tick, after: Option<Material>) -> Self {
        Self {
            tier,
            weave: Weave::new(tier, playing.clone(), after),
            start,
            after,
            slots: Vec::new(),
            round: i64::MAX,
        }
    }

    /// The entries of the loop.
    pub(super) const fn playing(&self) -> &Bits {
        self.weave.playing()
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
            slots: self.slots.into_boxed_slice(),
            round: self.round,
        }
    }

    /// Winds until the page at `tick` is on the reel, or the whole round.
    fn wind_past(&mut self, tick: Tick) {
        let wanted = tick.since(self.start).0;
        while self.round == i64::MAX && self.end() <= wanted {
            match self.weave.next() {
                Some(entry) => self.slots.push(Slot {
                    until: self.end() + self.tier.length(entry),
                    entry: u32::try_from(entry).expect("a track has fewer than 2^32 entries"),
                }),
                None => self.round = self.end(),
            }
        }
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
