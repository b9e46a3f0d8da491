//! Demands that cannot be met together, however finely the hour is divided.

use super::{
    explain::whole,
    infeasible::{Asked, Demand, Infeasible, Obstacle},
    judge::{divides, possible},
    shape::{GRAIN, MILLE, Shape, Wish},
};

/// Sets of demands that cannot be met together, each as small as can be, until the others can.
pub(super) fn conflicts(shape: &Shape<'_>, mut wishes: Vec<Wish>) -> Vec<Infeasible> {
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
