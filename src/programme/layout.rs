//! The order of a cycle: each item as often as it is to come, every column spread smoothly.

use super::{
    apart::{Ends, apart},
    plan::Material,
    shape::Shape,
};

/// The items of a cycle in order, where each comes so often.
///
/// In each column, its own items are woven by place as in a round without quotas; then they and the columns below it are joined by
/// time: each time comes, of those that are not ahead of their share, the one whose next item would be over first, and of two such the item written first. So none is ever ahead
/// of its share of the column's time, or behind it, by more than about an item. In the end nothing stands beside itself.
pub(super) fn lay_out(shape: &Shape<'_>, comings: &[i64]) -> Vec<usize> {
    let order = joined(shape, comings, 0);
    let materials: Vec<Material> = order
        .iter()
        .map(|item| shape.materials[shape.items[*item].material])
        .collect();
    let apart = apart(&materials, Ends::default());
    apart.into_iter().map(|at| order[at]).collect()
}

/// The order of a column by itself.
fn joined(shape: &Shape<'_>, comings: &[i64], column: usize) -> Vec<usize> {
    let mut strands = vec![woven(shape, comings, column)];
    let below = shape.branches[column].below.iter();
    let columns = below.filter(|below| shape.branches[**below].is_column());
    strands.extend(columns.map(|below| joined(shape, comings, *below)));
    strands.retain(|strand| !strand.is_empty());
    if strands.len() == 1 {
        return strands.swap_remove(0);
    }
    join(shape, &strands)
}

/// A column's own items: occurrence `k` of the `i`-th of `n` that comes `c` times stands at (k + i / n) / c.
fn woven(shape: &Shape<'_>, comings: &[i64], column: usize) -> Vec<usize> {
    let own = own_items(shape, comings, column);
    let count = own.len() as i128;
    let mut places: Vec<(i128, usize, usize)> = Vec::new();
    for (rank, item) in own.iter().enumerate() {
        places.extend((0..comings[*item]).map(|k| (i128::from(k) * count + rank as i128, rank, *item)));
    }
    let place = |one: &(i128, usize, usize), by: usize| one.0 * i128::from(comings[by]);
    places.sort_by(|one, other| place(one, other.2).cmp(&place(other, one.2)).then(one.1.cmp(&other.1)));
    places.into_iter().map(|place| place.2).collect()
}

/// The items of a column that come and are in no column below it, in written order.
fn own_items(shape: &Shape<'_>, comings: &[i64], column: usize) -> Vec<usize> {
    let of = &shape.branches[column];
    let below = of.below.iter().map(|below| &shape.branches[*below]);
    let repeated = below.filter(|below| !below.is_column()).flat_map(|below| &below.items);
    let mut own: Vec<usize> = of.items.iter().chain(repeated).copied().collect();
    own.retain(|item| comings[*item] > 0);
    own.sort_unstable();
    own
}

/// A strand of the join. Places are parts of 2^32 of all that it is to have.
struct Progress<'a> {
    shape: &'a Shape<'a>,
    rest: std::slice::Iter<'a, usize>,
    /// The next item, while there is one.
    next: Option<usize>,
    had: i64,
    all: i64,
    /// How far it is.
    begun: u64,
    /// How far it will be after its next item.
    over: u64,
}

fn join(shape: &Shape<'_>, strands: &[Vec<usize>]) -> Vec<usize> {
    let mut progress: Vec<Progress<'_>> = strands.iter().map(|strand| Progress::new(shape, strand)).collect();
    let whole = progress.iter().map(|strand| strand.all).sum();
    let mut order = Vec::with_capacity(strands.iter().map(Vec::len).sum());
    let mut now = 0;
    loop {
        let place = part(now, whole);
        let open = progress.iter().enumerate();
        let due = open.filter_map(|(at, strand)| Some((strand.begun > place, strand.over, strand.next?, at)));
        let Some((_, _, item, at)) = due.min() else { break };
        order.push(item);
        now += shape.items[item].length;
        progress[at].step();
    }
    order
}

impl<'a> Progress<'a> {
    fn new(shape: &'a Shape<'a>, strand: &'a [usize]) -> Self {
        let mut progress = Self {
            shape,
            rest: strand.iter(),
            next: None,
            had: 0,
            all: strand.iter().map(|item| shape.items[*item].length).sum(),
            begun: 0,
            over: 0,
        };
        progress.step();
        progress
    }

    /// Goes on to its next item.
    fn step(&mut self) {
        let length = |item: Option<usize>| item.map_or(0, |item| self.shape.items[item].length);
        self.had += length(self.next);
        self.next = self.rest.next().copied();
        self.begun = part(self.had, self.all);
        self.over = part(self.had + length(self.next), self.all);
    }
}

/// How much `time` is of `all`, in parts of 2^32.
fn part(time: i64, all: i64) -> u64 {
    let (time, all) = (time.unsigned_abs(), all.unsigned_abs().max(1));
    if time < 1 << 32 {
        (time << 32) / all
    } else {
        // It is no more than all.
        u64::try_from((u128::from(time) << 32) / u128::from(all)).unwrap_or(u64::MAX)
    }
}
