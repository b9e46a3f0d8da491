//! Why a loop cannot do what its quotas ask for.

use std::collections::{BTreeMap, HashSet};

use super::{
    arrange::Arrangement,
    bits::Bits,
    cycle::Worst,
    judge::{divides, possible},
    plan::Material,
    shape::{Bounds, BranchKind, GRAIN, MILLE, Shape, Wish},
    tier::Tier,
};
use crate::units::Ticks;

/// Something that is asked of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Asked {
    /// Who asks: an index in the plan's quotas.
    pub quota: usize,
    /// What it asks for.
    pub demand: Demand,
}

/// What a quota can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Demand {
    /// At least its share of any hour.
    Least,
    /// At most its share of any hour.
    Most,
    /// Each item at most so often in any hour.
    Repeats,
}

/// A demand that a loop does not meet, and why. The loop plays on, in the order that misses its quotas by the least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Infeasible {
    /// What is asked.
    pub asked: Asked,
    /// How near the loop can come to it: thousandths of an hour, or comings an hour where repeats are asked about.
    pub reach: u32,
    /// What stands in the way.
    pub why: Obstacle,
}

/// What stands in the way of a demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It cannot be met together with these, however finely the hour is divided; where there are none, not by itself: there is nothing
    /// else in the loop to fill the hour with.
    Together {
        /// The other demands.
        with: Vec<Asked>,
        /// Whether it could be met if an item might come twice running.
        twice_running: bool,
    },
    /// It could be met were the items cut finer: some hours get too much or too little of items as long as these.
    Coarse {
        /// How long the longest item of the column lasts.
        longest: Ticks,
    },
    /// It is met only because items do not come that last longer than that share of an hour.
    TooLong {
        /// How long the longest of them lasts.
        longest: Ticks,
    },
    /// It is met, but leaves no room for all items of the loop: some do not come even once.
    Crowded {
        /// How many of the loop's items do not come.
        missing: usize,
    },
}

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
    let mut missed: Vec<Infeasible> = Vec::new();
    for (at, branch) in shape.branches.iter().enumerate() {
        let why = Obstacle::Coarse {
            longest: Ticks(branch.longest / GRAIN),
        };
        let mut miss = |quota, demand, reach: i64| {
            missed.push(Infeasible {
                asked: Asked { quota, demand },
                reach: whole(reach),
                why: why.clone(),
            });
        };
        match branch.kind {
            BranchKind::Whole => {}
            BranchKind::Column(quota) => {
                if worst.least[at] < bounds.least[at] {
                    miss(quota, Demand::Least, worst.least[at] * MILLE / shape.hour);
                }
                if worst.most[at] > bounds.most[at] {
                    miss(
                        quota,
                        Demand::Most,
                        (worst.most[at] * MILLE + shape.hour - 1) / shape.hour,
                    );
                }
            }
            BranchKind::Repeated(quota) => {
                if worst.times[at] > bounds.times[at] {
                    miss(limiting(shape, quota), Demand::Repeats, worst.times[at]);
                }
            }
        }
    }
    let mut told: HashSet<Asked> = HashSet::new();
    missed.sort_by_key(|miss| (miss.asked, std::cmp::Reverse(miss.reach)));
    missed.retain(|miss| told.insert(miss.asked));
    missed
}

/// Of a quota and those above it, the one that lets items come the least.
fn limiting(shape: &Shape<'_>, quota: usize) -> usize {
    let repeats = |quota: &usize| shape.quotas[*quota].repeats.map_or(i64::MAX, i64::from);
    shape.chain(quota).min_by_key(repeats).unwrap_or(quota)
}

/// The demands that keep items from coming at all, if any do not.
fn absences(shape: &Shape<'_>, bounds: &Bounds, arrangement: &Arrangement) -> Vec<Infeasible> {
    let come: HashSet<Material> = items(shape, arrangement)
        .into_iter()
        .map(|item| shape.items[item].material)
        .collect();
    let mut told: BTreeMap<Asked, Infeasible> = BTreeMap::new();
    let mut counted: HashSet<Material> = HashSet::new();
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

/// Sets of demands that cannot be met together, each as small as can be, until the others can.
fn conflicts(shape: &Shape<'_>, mut wishes: Vec<Wish>) -> Vec<Infeasible> {
    let mut told = Vec::new();
    while possible(shape, &shape.bounds(&wishes)).is_none() {
        let conflict = conflict(shape, wishes.clone());
        if conflict.is_empty() {
            break;
        }
        for asked in &conflict {
            wishes[asked.quota].drop(asked.demand);
        }
        told.extend(conflict.iter().map(|asked| infeasible(shape, &conflict, *asked)));
    }
    told
}

/// A set of demands that cannot be met together, while without any one of them the others can.
fn conflict(shape: &Shape<'_>, mut wishes: Vec<Wish>) -> Vec<Asked> {
    let mut needed = Vec::new();
    for asked in demands(&wishes) {
        let before = wishes[asked.quota].clone();
        wishes[asked.quota].drop(asked.demand);
        if possible(shape, &shape.bounds(&wishes)).is_some() {
            wishes[asked.quota] = before;
            needed.push(asked);
        }
    }
    needed
}

fn infeasible(shape: &Shape<'_>, conflict: &[Asked], asked: Asked) -> Infeasible {
    let written = shape.wishes();
    let mut wishes = vec![Wish::NONE; written.len()];
    for other in conflict {
        wishes[other.quota].copy(&written[other.quota], other.demand);
    }
    let twice_running = divides(shape, &shape.bounds(&wishes));
    let with = conflict.iter().copied().filter(|other| *other != asked).collect();
    Infeasible {
        asked,
        reach: whole(reach(shape, wishes, asked)),
        why: Obstacle::Together { with, twice_running },
    }
}

/// How near the loop can come to a demand while `wishes` are met otherwise.
fn reach(shape: &Shape<'_>, mut wishes: Vec<Wish>, asked: Asked) -> i64 {
    // From a value that can be reached to one that cannot.
    let (mut can, mut cannot) = match asked.demand {
        Demand::Least => (0, wishes[asked.quota].least),
        Demand::Most => (MILLE, wishes[asked.quota].most),
        Demand::Repeats => (shape.hour / GRAIN, wishes[asked.quota].repeats),
    };
    while (can - cannot).abs() > 1 {
        let middle = i64::midpoint(can, cannot);
        wishes[asked.quota].set(asked.demand, middle);
        if possible(shape, &shape.bounds(&wishes)).is_some() {
            can = middle;
        } else {
            cannot = middle;
        }
    }
    can
}

fn whole(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// Everything that is asked, in order.
fn demands(wishes: &[Wish]) -> Vec<Asked> {
    let asked = wishes.iter().enumerate().flat_map(|(quota, wish)| {
        let least = (wish.least > 0).then_some(Demand::Least);
        let most = (wish.most < MILLE).then_some(Demand::Most);
        let repeats = (wish.repeats < i64::MAX).then_some(Demand::Repeats);
        let demands = [least, most, repeats].into_iter().flatten();
        demands.map(move |demand| Asked { quota, demand })
    });
    asked.collect()
}

impl Wish {
    /// Nothing.
    const NONE: Self = Self {
        least: 0,
        most: MILLE,
        repeats: i64::MAX,
    };

    fn drop(&mut self, demand: Demand) {
        self.copy(&Self::NONE, demand);
    }

    fn copy(&mut self, other: &Self, demand: Demand) {
        let value = match demand {
            Demand::Least => other.least,
            Demand::Most => other.most,
            Demand::Repeats => other.repeats,
        };
        self.set(demand, value);
    }

    const fn set(&mut self, demand: Demand, value: i64) {
        match demand {
            Demand::Least => self.least = value,
            Demand::Most => self.most = value,
            Demand::Repeats => self.repeats = value,
        }
    }
}

impl Infeasible {
    /// Takes another absence for the same reason in.
    fn join(&mut self, other: &Self) {
        match (&mut self.why, &other.why) {
            (Obstacle::TooLong { longest }, Obstacle::TooLong { longest: other }) => *longest = *other.max(longest),
            (Obstacle::Crowded { missing }, Obstacle::Crowded { missing: more }) => *missing += more,
            // What is too long is the plainer reason.
            (Obstacle::Crowded { .. }, Obstacle::TooLong { .. }) => self.why = other.why.clone(),
            _ => {}
        }
        self.reach = self.reach.max(other.reach);
    }
}
