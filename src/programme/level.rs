//! How the hour of a loop is shared out: by weight and length, and within what the quotas allow.

use super::{
    judge::{between, crowd, surplus, thinnest},
    shape::{Bounds, BranchKind, Shape},
};

/// A level is comings an hour for each unit of weight, in parts of 2^-24.
const FINE: u32 = 24;
/// No level is needed beyond this: it has an item of one tick come in each tick of an hour at the highest rate.
const HIGHEST: i64 = 1 << 45;

/// How many comings an hour the others shall have more than one that can hardly be parted.
const SPARE: i64 = 4;

/// So much of each hour for each item.
///
/// All items come as often as their weights say in proportion, but for columns that would have more or less than they may and items
/// that may not come as often: these have what they may, and one level is found for all others. No item comes more often than all
/// others together, as far as the bounds let that be. Where the bounds leave too much or too little for the hour, everything is
/// scaled to it.
pub(super) fn share_out(shape: &Shape<'_>, bounds: &Bounds) -> Vec<i64> {
    let mut caps = vec![i64::MAX; shape.items.len()];
    let times = fill(shape, bounds, &caps);
    let Some(crowd) = crowd(shape, &times) else {
        return scaled(shape, times);
    };
    // The highest ceiling for it at which the others have as many comings.
    let (mut low, mut high) = (0, HIGHEST);
    while high - low > 1 {
        let ceiling = low + (high - low) / 2;
        set_caps(shape, &mut caps, crowd, ceiling);
        let filled = fill(shape, bounds, &caps);
        if surplus(shape, &filled, crowd) > 0 {
            high = ceiling;
        } else {
            low = ceiling;
        }
    }
    set_caps(shape, &mut caps, crowd, low);
    let capped = fill(shape, bounds, &caps);
    if surplus(shape, &capped, crowd) <= 0 && is_whole(shape, &capped) {
        return scaled(shape, capped);
    }
    scaled(shape, parted(shape, bounds, &times, crowd).unwrap_or(capped))
}

/// Gives more to others that are short, as only they can part the crowd often enough: somewhat more often than need be, for what whole
/// comings take from it, unless that makes another crowd.
fn parted(shape: &Shape<'_>, bounds: &Bounds, times: &[i64], of: usize) -> Option<Vec<i64>> {
    let thinnest = thinnest(shape, bounds, of)?;
    let mut ways = [SPARE, 0]
        .into_iter()
        .filter_map(|fewer| between(shape, times, &thinnest, of, fewer));
    ways.find(|times| crowd(shape, times).is_none())
}

/// Whether the hour is full, but for what rounding takes.
fn is_whole(shape: &Shape<'_>, times: &[i64]) -> bool {
    let rounding = i64::try_from(times.len()).unwrap_or(i64::MAX);
    times.iter().sum::<i64>() >= shape.hour - rounding
}

/// Lets the entries of `crowd` have, by weight, `ceiling` comings together.
fn set_caps(shape: &Shape<'_>, caps: &mut [i64], crowd: usize, ceiling: i64) {
    let of_crowd = || {
        shape
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.material == crowd)
    };
    let weight: i64 = of_crowd().map(|(_, item)| item.weight).sum();
    for (at, item) in of_crowd() {
        caps[at] = ticks(item.weight, item.length, ceiling / weight.max(1));
    }
}

/// Fills the whole loop.
fn fill(shape: &Shape<'_>, bounds: &Bounds, caps: &[i64]) -> Vec<i64> {
    let mut times = vec![0; shape.items.len()];
    Basin { shape, bounds, caps }.fill(0, shape.hour, &mut times);
    times
}

#[derive(Clone, Copy, Debug)]
struct Basin<'a> {
    shape: &'a Shape<'a>,
    bounds: &'a Bounds,
    caps: &'a [i64],
}

impl Basin<'_> {
    /// Shares `time` out in a branch: finds its level, then fills by it what hangs on the level, and by a level of its own each column
    /// that its bounds keep above or below.
    fn fill(&self, branch: usize, time: i64, times: &mut [i64]) {
        let (mut low, mut high) = (0, HIGHEST);
        while low < high {
            let level = low + (high - low) / 2;
            if self.inflow(branch, level) < time {
                low = level + 1;
            } else {
                high = level;
            }
        }
        for item in &self.shape.branches[branch].items {
            times[*item] = self.item(*item, low);
        }
        for below in &self.shape.branches[branch].below {
            let (time, of) = (self.bounded(*below, low), &self.shape.branches[*below]);
            match (of.kind, &of.items[..]) {
                (BranchKind::Repeated(_), [item]) => times[*item] = time,
                _ => self.fill(*below, time, times),
            }
        }
    }

    /// What flows into a branch at this level, were it not for its own bounds.
    fn inflow(&self, branch: usize, level: i64) -> i64 {
        let of = &self.shape.branches[branch];
        let items: i64 = of.items.iter().map(|item| self.item(*item, level)).sum();
        let below: i64 = of.below.iter().map(|below| self.bounded(*below, level)).sum();
        items + below
    }

    /// What flows into a branch at this level.
    fn bounded(&self, branch: usize, level: i64) -> i64 {
        let (least, most) = (self.bounds.least[branch], self.bounds.most[branch]);
        self.inflow(branch, level).min(most).max(least.min(most))
    }

    fn item(&self, item: usize, level: i64) -> i64 {
        let of = &self.shape.items[item];
        ticks(of.weight, of.length, level)
            .min(self.caps[item])
            .min(self.shape.hour)
    }
}

/// What an item of this weight and length takes of an hour at this level; saturates far beyond an hour. None of them is negative.
fn ticks(weight: i64, length: i64, level: i64) -> i64 {
    let ticks = u128::from(weight.saturating_mul(length).unsigned_abs()) * u128::from(level.unsigned_abs());
    i64::try_from(ticks >> FINE).unwrap_or(i64::MAX)
}

/// The same proportions for a whole hour.
fn scaled(shape: &Shape<'_>, mut times: Vec<i64>) -> Vec<i64> {
    let sum: i128 = times.iter().map(|time| i128::from(*time)).sum();
    if sum == 0 {
        return times;
    }
    for time in &mut times {
        let share = i128::from(*time) * i128::from(shape.hour) / sum;
        *time = i64::try_from(share).expect("a part of an hour");
    }
    times
}
