//! How often each item comes in one cycle: rates made whole.

use std::{cmp::Reverse, collections::BTreeMap};

use super::shape::{Bounds, Shape};

/// How often each item comes in a cycle that lasts as long as the least of the whole loop, or as little longer as can be.
///
/// `times` is what each of them has of an hour; `bounds` is what the branches must and may have of the cycle. They are kept as far as
/// whole comings let them be.
pub(super) fn tally(shape: &Shape<'_>, times: &[i64], bounds: &Bounds) -> Vec<i64> {
    let mut tally = Tally::new(shape, times, bounds);
    for branch in (0..shape.branches.len()).rev() {
        tally.raise(branch);
    }
    tally.trim();
    tally.fit();
    tally.comings
}

/// Places are counted in parts of 2^-33 of an hour.
const FINE: u32 = 32;

#[derive(Debug)]
struct Tally<'a> {
    shape: &'a Shape<'a>,
    times: &'a [i64],
    bounds: &'a Bounds,
    /// How often each item comes.
    comings: Vec<i64>,
    /// How often each material comes.
    of_material: Vec<i64>,
    /// How much time and how many comings each branch has.
    branches: Vec<(i64, i64)>,
}

impl<'a> Tally<'a> {
    /// Each item as often as comes whole.
    fn new(shape: &'a Shape<'a>, times: &'a [i64], bounds: &'a Bounds) -> Self {
        let mut tally = Self {
            shape,
            times,
            bounds,
            comings: vec![0; shape.items.len()],
            of_material: vec![0; shape.materials.len()],
            branches: vec![(0, 0); shape.branches.len()],
        };
        let cycle = i128::from(bounds.least[0]);
        for (at, (item, time)) in shape.items.iter().zip(times).enumerate() {
            let whole = i128::from(*time) * cycle / (i128::from(shape.hour) * i128::from(item.length));
            tally.change(at, i64::try_from(whole).expect("a cycle has fewer than 2^63 ticks"));
        }
        tally
    }

    fn change(&mut self, item: usize, by: i64) {
        let of = &self.shape.items[item];
        self.comings[item] += by;
        self.of_material[of.material] += by;
        for branch in self.shape.branches_of(item) {
            let (time, comings) = &mut self.branches[branch];
            *time += by * of.length;
            *comings += by;
        }
    }

    /// Adds comings in a branch, those first that are furthest behind, until it has its least.
    fn raise(&mut self, branch: usize) {
        let mut items = self.shape.items_in(branch);
        let mut goes_on = true;
        while goes_on && self.branches[branch].0 < self.bounds.least[branch] {
            items.sort_by_cached_key(|item| self.place(*item, 1));
            goes_on = false;
            for item in &items {
                if self.branches[branch].0 < self.bounds.least[branch] && self.has_room(*item) {
                    self.change(*item, 1);
                    goes_on = true;
                }
            }
        }
    }

    /// Takes comings away, those first that are furthest ahead, while the cycle stays as long as it must be.
    fn trim(&mut self) {
        let mut items = self.shape.items_in(0);
        items.sort_by_cached_key(|item| Reverse(self.place(*item, -1)));
        for item in items {
            if self.over() >= self.shape.items[item].length && self.can_spare(item) {
                self.change(item, -1);
            }
        }
    }

    /// Lets one item come once less for another that is shorter by what the cycle is too long, if there are two such.
    fn fit(&mut self) {
        let over = self.over();
        if over <= 0 {
            return;
        }
        let mut by_length: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (at, item) in self.shape.items.iter().enumerate() {
            by_length.entry(item.length).or_default().push(at);
        }
        for item in 0..self.shape.items.len() {
            let shorter = by_length.get(&(self.shape.items[item].length - over));
            if let Some(shorter) = shorter.filter(|_| self.can_spare(item)) {
                self.change(item, -1);
                if let Some(other) = shorter.iter().find(|other| self.has_room(**other)) {
                    self.change(*other, 1);
                    return;
                }
                self.change(item, 1);
            }
        }
    }

    /// What the cycle is longer than it must be.
    fn over(&self) -> i64 {
        self.branches[0].0 - self.bounds.least[0]
    }

    /// Whether an item may come once more.
    fn has_room(&self, item: usize) -> bool {
        let of = &self.shape.items[item];
        let alike = self.of_material[of.material];
        let stands_apart = self.of_material.len() == 1 || alike < self.branches[0].1 - alike;
        let mut inner = self.shape.branches_of(item).filter(|branch| *branch > 0);
        stands_apart
            && inner.all(|branch| {
                let (time, comings) = self.branches[branch];
                time + of.length <= self.bounds.most[branch] && comings < self.bounds.times[branch]
            })
    }

    /// Whether an item may come once less: not the last time, and not where a branch would have too little or another item could no
    /// longer stand apart.
    fn can_spare(&self, item: usize) -> bool {
        let of = &self.shape.items[item];
        let materials = self.of_material.iter().enumerate();
        let others = materials.filter(|(material, _)| *material != of.material);
        let most = others.map(|(_, comings)| *comings).max().unwrap_or(0);
        let mut inner = self.shape.branches_of(item).filter(|branch| *branch > 0);
        self.comings[item] > 1
            && 2 * most < self.branches[0].1
            && inner.all(|branch| self.branches[branch].0 - of.length >= self.bounds.least[branch])
    }

    /// The place of the next (`1`) or the last (`-1`) coming of an item, were they spread evenly over the cycle. What has no time has
    /// none, and comes last.
    fn place(&self, item: usize, half: i128) -> (bool, i128) {
        let time = i128::from(self.times[item]);
        let middle = (2 * i128::from(self.comings[item]) + half) * i128::from(self.shape.items[item].length);
        (time == 0, (middle << FINE) / time.max(1))
    }
}
