//! What cannot stay together in any line.

use std::ops::Range;

use super::Bond;

/// What may part, in the order in which it does.
const LEVELS: [Bond; 6] = [Bond::Seam, Bond::Pair, Bond::Unit, Bond::Part, Bond::Word, Bond::Phrase];

/// Lets what is held together but wider than `room` part at its weakest bonds, so that it begins where it stands and fills its lines.
///
/// `bonds` are those of a run of text, `width` tells how wide the characters of a range are on a line of their own.
pub(in crate::text) fn loosen(bonds: &mut [Bond], room: u32, width: impl Fn(Range<usize>) -> u32) {
    part(bonds, 0..bonds.len() + 1, &LEVELS, room, &width);
}

/// Goes through what the first of `levels` and stronger ones hold together in `range`; what is too wide loses that level's bonds, and
/// what is still too wide between them those of the next.
fn part(bonds: &mut [Bond], range: Range<usize>, levels: &[Bond], room: u32, width: &impl Fn(Range<usize>) -> u32) {
    let Some((level, stronger)) = levels.split_first() else {
        return;
    };
    let mut start = range.start;
    while start < range.end {
        let end = (start..range.end - 1)
            .find(|at| bonds[*at] < *level)
            .map_or(range.end, |at| at + 1);
        if end - start > 1 && width(start..end) > room {
            let held = bonds[start..end - 1].iter_mut();
            held.filter(|bond| **bond == *level).for_each(|bond| *bond = Bond::Free);
            part(bonds, start..end, stronger, room, width);
        }
        start = end;
    }
}
