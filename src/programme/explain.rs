//! Why a loop cannot do what its quotas ask for.

use std::collections::HashSet;

use super::{
    arrange::Arrangement,
    bits::Bits,
    cycle::Worst,
    judge::{divides, possible},
    shape::{Bounds, BranchKind, GRAIN, MILLE, Shape, Wish},
    tier::Tier,
};
use crate::units::{Share, Ticks};

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
        return crowded(&shape, &bounds, arrangement).into_iter().collect();
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

/// The demand that keeps items from coming at all, if any do not.
fn crowded(shape: &Shape<'_>, bounds: &Bounds, arrangement: &Arrangement) -> Option<Infeasible> {
    let materials = |items: &mut dyn Iterator<Item = usize>| -> HashSet<_> {
        items.map(|item| shape.items[item].material).collect()
    };
    let come = materials(&mut items(shape, arrangement).into_iter());
    let all = materials(&mut (0..shape.items.len()));
    let missing = all.difference(&come).count();
    let absent = (0..shape.items.len()).find(|item| !come.contains(&shape.items[*item].material))?;
    let column = |at: usize| match shape.branches[at].kind {
        BranchKind::Column(quota) => Some(quota),
        BranchKind::Whole | BranchKind::Repeated(_) => None,
    };
    let mut inner = shape.branches_of(absent).filter(|at| bounds.most[*at] < shape.hour);
    let most = inner.find_map(|at| Some((column(at)?, Demand::Most, bounds.most[at])));
    let mut all = 1..shape.branches.len();
    let least = || all.find_map(|at| Some((column(at)?, Demand::Least, bounds.least[at])).filter(|least| least.2 > 0));
    let Some((quota, demand, reach)) = most.or_else(least) else {
        // Nothing is asked of any column's time, so it is that others may not come more often.
        let quota = shape.quotas.iter().position(|quota| quota.repeats.is_some())?;
        return Some(Infeasible {
            asked: Asked {
                quota,
                demand: Demand::Repeats,
            },
            reach: shape.quotas[quota].repeats.map_or(0, u32::from),
            why: Obstacle::Crowded { missing },
        });
    };
    Some(Infeasible {
        asked: Asked { quota, demand },
        reach: whole(reach * MILLE / shape.hour),
        why: Obstacle::Crowded { missing },
    })
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
    /// What is asked, in the unit of [`Infeasible::reach`].
    pub fn wanted(&self, quotas: &[super::Quota]) -> u32 {
        let quota = &quotas[self.asked.quota];
        let mille = |share: Share| u32::from(share.percent()) * 10;
        match self.asked.demand {
            Demand::Least => mille(quota.least),
            Demand::Most => mille(quota.most),
            Demand::Repeats => quota.repeats.map_or(0, u32::from),
        }
    }
}
