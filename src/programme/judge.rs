//! Whether a loop can do what its quotas ask for, by rates: as though items could be cut as fine as one likes.

use super::shape::{Bounds, Shape};

/// Comings an hour, in parts of 2^-32, so that rates can be compared without dividing.
const FINE: u32 = 32;

/// So much of an hour for each item, that all bounds are kept and no item has more comings than all others together; `None` where
/// there is no such thing.
pub(super) fn possible(shape: &Shape<'_>, bounds: &Bounds) -> Option<Vec<i64>> {
    let any = allocate(shape, bounds, |item| i64::try_from(item).unwrap_or(i64::MAX))?;
    let Some(crowd) = crowd(shape, &any) else {
        return Some(any);
    };
    // Of several materials at most one can have more than half of all comings, and on the way from one division of the hour to
    // another there is a point at which it has just half: so it is enough to look at this one.
    let thinnest = thinnest(shape, bounds, crowd)?;
    between(shape, &any, &thinnest, crowd, 0)
}

/// Whether the hour can be divided within the bounds where an item may come twice running.
pub(super) fn divides(shape: &Shape<'_>, bounds: &Bounds) -> bool {
    allocate(shape, bounds, |_| 0).is_some()
}

/// The division of the hour that leaves `crowd` the least comings beside those of all others.
pub(super) fn thinnest(shape: &Shape<'_>, bounds: &Bounds, crowd: usize) -> Option<Vec<i64>> {
    allocate(shape, bounds, |item| {
        let item = &shape.items[item];
        if item.material == crowd {
            i64::MAX - item.length
        } else {
            item.length
        }
    })
}

/// The point on the way from `from`, where `crowd` has more comings than all others together, to `to`, at which it has `fewer` comings an
/// hour less than they, or the end; `None` where it has more even there.
pub(super) fn between(shape: &Shape<'_>, from: &[i64], to: &[i64], crowd: usize, fewer: i64) -> Option<Vec<i64>> {
    let (before, after) = (surplus(shape, from, crowd), surplus(shape, to, crowd));
    // Each rate is rounded by less than one part.
    let rounding = i64::try_from(shape.items.len()).unwrap_or(i64::MAX);
    if after > rounding {
        return None;
    }
    let walked = i128::from(before) + (i128::from(fewer) << FINE).min(-i128::from(after)).max(0);
    let way = (i128::from(before) - i128::from(after.min(0))).max(1);
    let mix = |(from, to): (&i64, &i64)| {
        let part = i128::from(to - from) * walked / way;
        from + i64::try_from(part).expect("it lies between the two")
    };
    Some(from.iter().zip(to).map(mix).collect())
}

/// The material that has more comings than all others together, where there are others.
pub(super) fn crowd(shape: &Shape<'_>, times: &[i64]) -> Option<usize> {
    let mut comings = vec![0; shape.materials.len()];
    for (item, time) in shape.items.iter().zip(times) {
        comings[item.material] += rate(*time, item.length);
    }
    let all: i64 = comings.iter().sum();
    let (material, most) = comings.iter().enumerate().max_by_key(|(_, comings)| **comings)?;
    let rounding = i64::try_from(shape.items.len()).ok()?;
    (comings.len() > 1 && 2 * most > all + rounding).then_some(material)
}

/// How many more comings an hour `crowd` has than all others together.
pub(super) fn surplus(shape: &Shape<'_>, times: &[i64], crowd: usize) -> i64 {
    let comings = shape.items.iter().zip(times).map(|(item, time)| {
        let rate = rate(*time, item.length);
        if item.material == crowd { rate } else { -rate }
    });
    comings.sum()
}

/// Comings an hour of an item of this length that has `time` of it: an hour has less than 2^28 grains, a tick more than 2^7, so
/// that the sum over all items stays below 2^53.
fn rate(time: i64, length: i64) -> i64 {
    (time << FINE) / length
}

/// A division of the hour that keeps all bounds and gives as much as they allow to the items with the smallest keys; `None` where
/// there is none that keeps them.
fn allocate(shape: &Shape<'_>, bounds: &Bounds, key: impl Fn(usize) -> i64) -> Option<Vec<i64>> {
    let mut times = vec![0; shape.items.len()];
    let mut offers: Vec<Vec<Offer>> = vec![Vec::new(); shape.branches.len()];
    let mut taken = vec![0; shape.branches.len()];
    for (item, of) in shape.items.iter().enumerate() {
        offers[of.branch].push(Offer {
            key: key(item),
            item,
            time: shape.hour,
        });
    }
    for at in (0..shape.branches.len()).rev() {
        let mut open = std::mem::take(&mut offers[at]);
        open.sort_unstable();
        let owed = (bounds.least[at] - taken[at]).max(0);
        taken[at] += owed;
        take(&mut open, owed, |offer| times[offer.item] += offer.time)?;
        let room = bounds.most[at] - taken[at];
        if room < 0 {
            return None;
        }
        let mut kept = Vec::with_capacity(open.len());
        // What is offered beyond the room is not offered any longer.
        let _ = take(&mut open, room, |offer| kept.push(offer));
        if at > 0 {
            let above = shape.branches[at].above;
            taken[above] += taken[at];
            offers[above].append(&mut kept);
        }
    }
    Some(times)
}

/// Time that an item could have more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Offer {
    key: i64,
    item: usize,
    time: i64,
}

/// Takes `time` off the front of `offers`; `None` where there is not as much.
fn take(offers: &mut Vec<Offer>, mut time: i64, mut each: impl FnMut(Offer)) -> Option<()> {
    let mut used = 0;
    for offer in offers.iter_mut() {
        if time == 0 {
            break;
        }
        let part = offer.time.min(time);
        each(Offer { time: part, ..*offer });
        offer.time -= part;
        time -= part;
        used += usize::from(offer.time == 0);
    }
    offers.drain(..used);
    (time == 0).then_some(())
}
