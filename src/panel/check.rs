//! Whether a list of modules is a panel: each within the region, no two on the same LEDs, none missing.
//!
//! The region is cut into bands of rows, at every upper and lower edge of a module. Within a band all modules are intervals, so gaps and
//! overlaps are found between neighbours.

use std::collections::BTreeSet;

use super::{
    fault::WiringFault,
    wiring::{Module, Wiring},
};
use crate::units::{Area, Size};

/// So many faults of a kind are told; who has corrected those will see the others.
const MOST: usize = 16;

impl Wiring {
    /// What is wrong with it on a region of that size; empty where nothing is.
    pub fn faults(&self, region: Size) -> Vec<WiringFault> {
        let modules = match self {
            Self::Plain => return Vec::new(),
            Self::Modules(modules) => modules,
        };
        let mut faults = strays(modules, region);
        let bands = bands(modules, region);
        faults.extend(overlaps(modules, &bands));
        faults.extend(gap(modules, &bands, region));
        faults
    }
}

/// The modules that have no LEDs, or some outside of the region.
fn strays(modules: &[Module], region: Size) -> Vec<WiringFault> {
    let stray = |(at, module): (usize, &Module)| {
        let (module, area) = (at + 1, module.area);
        if area.size().leds() == 0 {
            return Some(WiringFault::Empty { module });
        }
        (!area.fits(region)).then_some(WiringFault::Outside { module, area, region })
    };
    modules.iter().enumerate().filter_map(stray).take(MOST).collect()
}

/// Rows in which no module begins or ends, and the modules that lie on them, from left to right.
struct Band {
    top: u32,
    bottom: u32,
    modules: Vec<usize>,
}

fn bands(modules: &[Module], region: Size) -> Vec<Band> {
    let edges = modules.iter().flat_map(|module| [module.area.y, module.area.bottom()]);
    let edges: BTreeSet<u32> = edges
        .filter(|edge| *edge < region.height)
        .chain([0, region.height])
        .collect();
    let edges: Vec<u32> = edges.into_iter().collect();
    let mut order: Vec<usize> = (0..modules.len()).collect();
    order.sort_by_key(|at| modules[*at].area.x);
    let band = |edges: &[u32]| Band {
        top: edges[0],
        bottom: edges[1],
        modules: Vec::new(),
    };
    let mut bands: Vec<Band> = edges.windows(2).map(band).collect();
    // Each module is put where it lies: to look for the modules of each band would take modules times bands.
    for at in order {
        let area = modules[at].area;
        let first = edges.partition_point(|edge| *edge < area.y);
        let end = edges.partition_point(|edge| *edge <= area.bottom()).saturating_sub(1);
        if area.size().leds() > 0
            && let Some(bands) = bands.get_mut(first..end)
        {
            bands.iter_mut().for_each(|band| band.modules.push(at));
        }
    }
    bands
}

fn overlaps(modules: &[Module], bands: &[Band]) -> Vec<WiringFault> {
    let mut pairs = BTreeSet::new();
    for band in bands {
        for (place, left) in band.modules.iter().enumerate() {
            let right = modules[*left].area.right();
            let others = band.modules[place + 1..].iter();
            let overlapping = others.take_while(|other| modules[**other].area.x < right);
            pairs.extend(overlapping.map(|other| (*left.min(other), *left.max(other))).take(MOST));
            if pairs.len() >= MOST {
                break;
            }
        }
    }
    let overlap = |(first, second): (usize, usize)| WiringFault::Overlap {
        first: first + 1,
        second: second + 1,
        area: common(modules[first].area, modules[second].area),
    };
    pairs.into_iter().map(overlap).take(MOST).collect()
}

/// What two areas that overlap share.
fn common(one: Area, other: Area) -> Area {
    let (x, y) = (one.x.max(other.x), one.y.max(other.y));
    let (right, bottom) = (one.right().min(other.right()), one.bottom().min(other.bottom()));
    Area::new(x, y, right - x, bottom - y)
}

/// The LEDs that no module has, all of them in one.
fn gap(modules: &[Module], bands: &[Band], region: Size) -> Option<WiringFault> {
    let (mut leds, mut first) = (0, None);
    for band in bands {
        let mut covered = 0;
        let ends = band
            .modules
            .iter()
            .map(|at| (modules[*at].area.x, modules[*at].area.right()));
        for (left, right) in ends.chain([(region.width, region.width)]) {
            let left = left.min(region.width);
            if left > covered {
                leds += u64::from(left - covered) * u64::from(band.bottom - band.top);
                first = first.or(Some((covered, band.top)));
            }
            covered = covered.max(right);
        }
    }
    first.map(|(x, y)| WiringFault::Gap { leds, x, y })
}
