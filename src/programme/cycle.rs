//! What a cycle gives its columns in each of its hours.

use super::shape::{Bounds, Shape};

/// What each branch of a loop has in the worst of its hours.
#[derive(Clone, Debug)]
pub(super) struct Worst {
    /// The least time that it has in any hour.
    pub(super) least: Vec<i64>,
    /// The most time.
    pub(super) most: Vec<i64>,
    /// The most comings of its items in any hour; counted of branches of one material only.
    pub(super) times: Vec<i64>,
}

impl Worst {
    /// What the cycle of these items, which comes round and round, does. Between two edges of pages what an hour gives changes evenly,
    /// so it is enough to look at the hours that begin or end at an edge.
    pub(super) fn of(shape: &Shape<'_>, order: &[usize]) -> Self {
        let cycle = Cycle::new(shape, order);
        let mut worst = Self {
            least: vec![shape.hour; shape.branches.len()],
            most: vec![shape.hour; shape.branches.len()],
            times: vec![0; shape.branches.len()],
        };
        let slots = cycle.slots();
        for (at, branch) in shape.branches.iter().enumerate().skip(1) {
            if branch.is_column() {
                (worst.least[at], worst.most[at]) = cycle.extremes(&cycle.members(at));
            } else {
                worst.times[at] = cycle.comings(&slots[at]);
            }
        }
        worst
    }

    /// By how much time the worst hours miss `bounds`, all branches together; 0 where they are kept.
    pub(super) fn misses(&self, shape: &Shape<'_>, bounds: &Bounds) -> i64 {
        let branches = shape.branches.iter().enumerate().skip(1);
        let missed = branches.map(|(at, branch)| {
            if branch.is_column() {
                (bounds.least[at] - self.least[at]).max(0) + (self.most[at] - bounds.most[at]).max(0)
            } else {
                (self.times[at] - bounds.times[at]).max(0) * branch.longest
            }
        });
        missed.fold(0, i64::saturating_add)
    }
}

#[derive(Debug)]
struct Cycle<'a> {
    shape: &'a Shape<'a>,
    order: &'a [usize],
    /// Where each page group begins, and the cycle's length at the end.
    edges: Vec<i64>,
    /// Where the hour from each edge ends, and where the hour to each edge begins.
    after: Vec<Place>,
    before: Vec<Place>,
}

/// A place in the cycle as it comes round.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// How many whole cycles are before it, from the one that is looked at; negative for earlier ones.
    round: i64,
    slot: usize,
    /// From the slot's beginning.
    offset: i64,
}

impl<'a> Cycle<'a> {
    fn new(shape: &'a Shape<'a>, order: &'a [usize]) -> Self {
        let mut edges = vec![0];
        let mut end = 0;
        for item in order {
            end += shape.items[*item].length;
            edges.push(end);
        }
        let (after, before) = (places(&edges, shape.hour), places(&edges, -shape.hour));
        Self {
            shape,
            order,
            edges,
            after,
            before,
        }
    }

    /// Of each slot, whether its item is in the branch.
    fn members(&self, branch: usize) -> Vec<bool> {
        let mut is_in = vec![false; self.shape.items.len()];
        for item in self.shape.items_in(branch) {
            is_in[item] = true;
        }
        self.order.iter().map(|item| is_in[*item]).collect()
    }

    /// The least and the most time that the members have in an hour.
    fn extremes(&self, is_in: &[bool]) -> (i64, i64) {
        let mut had = vec![0];
        for (slot, is_in) in is_in.iter().enumerate() {
            let length = self.edges[slot + 1] - self.edges[slot];
            had.push(had[slot] + if *is_in { length } else { 0 });
        }
        let until = |place: &Place| {
            let part = if is_in[place.slot] { place.offset } else { 0 };
            place.round * had[is_in.len()] + had[place.slot] + part
        };
        let (mut least, mut most) = (i64::MAX, 0);
        for (slot, (after, before)) in self.after.iter().zip(&self.before).enumerate() {
            for time in [until(after) - had[slot], had[slot] - until(before)] {
                least = least.min(time);
                most = most.max(time);
            }
        }
        (least, most)
    }

    /// Of each branch, the slots of the items that are in no branch below it.
    fn slots(&self) -> Vec<Vec<usize>> {
        let mut slots = vec![Vec::new(); self.shape.branches.len()];
        for (slot, item) in self.order.iter().enumerate() {
            slots[self.shape.items[*item].branch].push(slot);
        }
        slots
    }

    /// The most comings in an hour of what stands in these slots; such an hour begins with one of them.
    fn comings(&self, slots: &[usize]) -> i64 {
        let before = |slot: usize| slots.partition_point(|other| *other < slot) as i64;
        let comings = slots.iter().enumerate().map(|(come, slot)| {
            let end = self.after[*slot];
            let begun = before(if end.offset > 0 { end.slot + 1 } else { end.slot });
            end.round * slots.len() as i64 + begun - come as i64
        });
        comings.max().unwrap_or(0)
    }
}

/// Where each slot's beginning comes to lie when it is moved by so much; `edges` are the beginnings, and the cycle's length.
fn places(edges: &[i64], by: i64) -> Vec<Place> {
    let (last, length) = (edges.len() - 1, edges[edges.len() - 1]);
    let (mut round, within) = (by.div_euclid(length), by.rem_euclid(length));
    let mut slot = edges.partition_point(|edge| *edge <= within) - 1;
    let moved = edges[..last].iter().map(|edge| {
        let tick = edge + by;
        while round * length + edges[slot + 1] <= tick {
            slot += 1;
            if slot == last {
                (round, slot) = (round + 1, 0);
            }
        }
        Place {
            round,
            slot,
            offset: tick - round * length - edges[slot],
        }
    });
    moved.collect()
}
