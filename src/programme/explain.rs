//! Why a loop does not do what its quotas ask for.

use std::collections::{BTreeMap, HashSet};

use super::{
    arrange::Arrangement,
    bits::Bits,
    conflict::conflicts,
    cycle::Worst,
    infeasible::{Asked, Demand, Infeasible, Obstacle},
    judge::possible,
    shape::{Bounds, BranchKind, GRAIN, MILLE, Shape},
    tier::Tier,
};
use crate::units::Ticks;

/// What the loop of the entries `playing`, in its order, does not do.
pub(super) fn explain(tier: &Tier, playing: &Bits, arrangement: &Arrangement) -> Vec<Infeasible> {
    let shape = Shape::new(tier, playing);
    let wishes = shape.wishes();
    let bounds = shape.bounds(&wishes);
    if arrangement.holds {
        return absences(&shape, &bounds, arrangement);
    }
    if possible(&shape, &bounds).is_some() {
        return coarse(&shape, &bounds, arrangement);
    }
    conflicts(&shape, wishes)
}

/// The demands that are missed although they could be met were the items finer.
fn coarse(shape: &Shape<'_>, bounds: &Bounds, arrangement: &Arrangement) -> Vec<Infeasible> {
    let worst = Worst::of(shape, &items(shape, arrangement));
    let missed = (0..shape.branches.len()).flat_map(|at| {
        let longest = Ticks(shape.branches[at].longest / GRAIN);
        missed(shape, bounds, &worst, at)
            .into_iter()
            .flatten()
            .map(move |(quota, demand, reach)| Infeasible {
                asked: Asked { quota, demand },
                reach: whole(reach),
                why: Obstacle::Coarse { longest },
            })
    });
    let mut missed: Vec<Infeasible> = missed.collect();
    let mut told: HashSet<Asked> = HashSet::new();
    missed.sort_by_key(|miss| (miss.asked, std::cmp::Reverse(miss.reach)));
    missed.retain(|miss| told.insert(miss.asked));
    missed
}

/// Who is missed in a branch, in what, and how near the worst hour comes.
fn missed(shape: &Shape<'_>, bounds: &Bounds, worst: &Worst, at: usize) -> [Option<(usize, Demand, i64)>; 2] {
    let (least, most, times) = (worst.least[at], worst.most[at], worst.times[at]);
    match shape.branches[at].kind {
        BranchKind::Whole => [None, None],
        BranchKind::Column(quota) => [
            (least < bounds.least[at]).then(|| (quota, Demand::Least, least * MILLE / shape.hour)),
            (most > bounds.most[at]).then(|| (quota, Demand::Most, (most * MILLE + shape.hour - 1) / shape.hour)),
        ],
        BranchKind::Repeated(quota) => {
            let missed = times > bounds.times[at];
            [missed.then(|| (limiting(shape, quota), Demand::Repeats, times)), None]
        }
    }
}

/// Of a quota and those above it, the one that lets items come the least.
fn limiting(shape: &Shape<'_>, quota: usize) -> usize {
    let repeats = |quota: &usize| shape.quotas[*quota].repeats.map_or(i64::MAX, i64::from);
    shape.chain(quota).min_by_key(repeats).unwrap_or(quota)
}

/// The demands that keep items from coming at all, if any do not.
fn absences(shape: &Shape<'_>, bounds: &Bounds, arrangement: &Arrangement) -> Vec<Infeasible> {
    let come: HashSet<usize> = items(shape, arrangement)
        .into_iter()
        .map(|item| shape.items[item].material)
        .collect();
    let mut told: BTreeMap<Asked, Infeasible> = BTreeMap::new();
    let mut counted: HashSet<usize> = HashSet::new();
    let absent = shape
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| !come.contains(&item.material));
    for (at, item) in absent {
        let too_long = too_long(shape, bounds, at);
        let Some(asked) = too_long.or_else(|| crowding(shape, bounds, at)) else {
            continue;
        };
        let (reach, why) = if too_long.is_some() {
            let longest = Ticks(item.length / GRAIN);
            (item.length * MILLE / shape.hour, Obstacle::TooLong { longest })
        } else if counted.insert(item.material) {
            (wanted(shape, asked), Obstacle::Crowded { missing: 1 })
        } else {
            continue;
        };
        let fresh = Infeasible {
            asked,
            reach: whole(reach),
            why,
        };
        told.entry(asked)
            .and_modify(|known| known.join(&fresh))
            .or_insert(fresh);
    }
    told.into_values().collect()
}

/// The share of an hour, of a column that an item is in, that it is longer than.
fn too_long(shape: &Shape<'_>, bounds: &Bounds, item: usize) -> Option<Asked> {
    let branches = shape
        .branches_of(item)
        .filter(|at| shape.items[item].length > bounds.most[*at]);
    branches.filter_map(|at| shape.column(at)).next().map(|quota| Asked {
        quota,
        demand: Demand::Most,
    })
}

/// What leaves no room for an item: the most of its column, or else the least of another, or else that others may come only so often.
fn crowding(shape: &Shape<'_>, bounds: &Bounds, item: usize) -> Option<Asked> {
    let asked = |quota, demand| Asked { quota, demand };
    let own = shape.branches_of(item).filter(|at| bounds.most[*at] < shape.hour);
    let most = own.filter_map(|at| shape.column(at)).next();
    let least = || {
        (1..shape.branches.len())
            .filter(|at| bounds.least[*at] > 0)
            .find_map(|at| shape.column(at))
    };
    let repeats = || shape.quotas.iter().position(|quota| quota.repeats.is_some());
    most.map(|quota| asked(quota, Demand::Most))
        .or_else(|| least().map(|quota| asked(quota, Demand::Least)))
        .or_else(|| repeats().map(|quota| asked(quota, Demand::Repeats)))
}

fn wanted(shape: &Shape<'_>, asked: Asked) -> i64 {
    let wish = &shape.wishes()[asked.quota];
    match asked.demand {
        Demand::Least => wish.least,
        Demand::Most => wish.most,
        Demand::Repeats => wish.repeats,
    }
}

fn items(shape: &Shape<'_>, arrangement: &Arrangement) -> Vec<usize> {
    let item = |entry: &usize| shape.items.binary_search_by_key(entry, |item| item.entry).ok();
    arrangement.order.iter().filter_map(item).collect()
}

/// Shares and comings are small, and none is negative.
pub(super) fn whole(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
