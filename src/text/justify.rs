//! The place of every character of a line: squeezed where the line is too long, spread where it shall end at the right edge.
//!
//! What is too long loses the blanks of its marks first, then half of the spaces between hanzi and Latin. What is too short gains at
//! those spaces first, after marks next, and at last between all characters alike; where that would tear holes it stays as it is.

use std::ops::Range;

use super::{class::Class, line::Placed, run::Run};

/// The characters of the stretch `line` with their places, and its width in LEDs. Where it is wider than `room` it is squeezed as far as
/// it can be; where it shall be `full` it is spread to `room`.
pub(super) fn justify(run: &Run, line: Range<usize>, room: u32, full: bool) -> (Vec<Placed>, u32) {
    let line = line.start..run.trimmed(line.start, line.end);
    let width = run.width(line.start, line.end);
    let mut changes = vec![0i32; line.len()];
    if width > room {
        squeeze(run, &line, width - room, &mut changes);
    } else if full {
        spread(run, &line, room - width, &mut changes);
    }
    let mut placed = Vec::with_capacity(line.len());
    let mut x = -signed(run.cells.get(line.start).map_or(0, |cell| cell.before));
    for (index, change) in line.clone().zip(&changes) {
        let cell = &run.cells[index];
        placed.push(Placed {
            x,
            y: 0,
            turned: false,
            character: cell.character,
            at: cell.at,
        });
        x += signed(cell.advance + cell.gap) - signed(cell.tuck) + change;
    }
    let width = signed(width) + changes.iter().sum::<i32>();
    (placed, u32::try_from(width).unwrap_or(0))
}

/// Takes `excess` LEDs from between the cells, as far as there are.
fn squeeze(run: &Run, line: &Range<usize>, excess: u32, changes: &mut [i32]) {
    let joints = line.start..line.end.saturating_sub(1);
    let blanks: Vec<u32> = joints.clone().map(|index| run.slack(index).0).collect();
    let spaces: Vec<u32> = joints.map(|index| run.slack(index).1).collect();
    let mut rest = excess;
    for limits in [blanks, spaces] {
        rest = deal(rest, &limits, |joint, share| changes[joint] -= signed(share));
    }
}

/// Adds `missing` LEDs between the cells; nothing where there is no room for all of them.
fn spread(run: &Run, line: &Range<usize>, missing: u32, changes: &mut [i32]) {
    let joints = line.start..line.end.saturating_sub(1);
    let limits = |limit: &dyn Fn(usize) -> u32| joints.clone().map(limit).collect::<Vec<u32>>();
    let spaces = limits(&|index| match run.cells[index] {
        cell if cell.gap > 0 || cell.class == Class::Space => (run.em / 4).saturating_sub(cell.gap),
        _ => 0,
    });
    let marks = limits(&|index| match run.cells[index].class {
        Class::Closing | Class::Point if run.cells[index].after > 0 => run.em / 4,
        _ => 0,
    });
    let others = limits(&|index| if is_open(run, index) { (run.em / 8).max(1) } else { 0 });
    if [&spaces, &marks, &others].into_iter().flatten().sum::<u32>() < missing {
        return;
    }
    let mut rest = missing;
    for limits in [spaces, marks, others] {
        rest = deal(rest, &limits, |joint, share| changes[joint] += signed(share));
    }
}

/// Whether a little space after the cell disturbs nobody: it stands inside no word, no number, no 破折号.
fn is_open(run: &Run, index: usize) -> bool {
    let tight = |class| {
        matches!(
            class,
            Class::Letter | Class::Digit | Class::Dash | Class::Ellipsis | Class::Solidus
        )
    };
    let (cell, next) = (run.cells[index], run.cells[index + 1]);
    !(tight(cell.class) && tight(next.class))
}

/// Deals `amount` to the joints, at most `limits` to each and as evenly as that allows; what is left over.
fn deal(amount: u32, limits: &[u32], mut give: impl FnMut(usize, u32)) -> u32 {
    let mut shares = vec![0; limits.len()];
    let mut rest = amount;
    loop {
        let open: Vec<usize> = (0..limits.len())
            .filter(|joint| shares[*joint] < limits[*joint])
            .collect();
        if rest == 0 || open.is_empty() {
            break;
        }
        let count = open.len() as u32;
        if rest >= count {
            open.iter().for_each(|joint| shares[*joint] += 1);
            rest -= count;
        } else {
            // The last few, spaced out evenly.
            (0..rest).for_each(|one| shares[open[((2 * one + 1) * count / (2 * rest)) as usize]] += 1);
            rest = 0;
        }
    }
    shares.iter().enumerate().for_each(|(joint, share)| give(joint, *share));
    rest
}

/// LEDs of a line or a column, which are far fewer than two thousand million.
pub(super) fn signed(leds: u32) -> i32 {
    i32::try_from(leds).unwrap_or(i32::MAX)
}
