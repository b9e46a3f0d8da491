//! Filling lines: where each line of a run ends.
//!
//! A line takes what fits. Where a mark that may not begin the next line does not fit, the blanks of the line's marks are squeezed to
//! pull it in; only where they are not enough is the character before it pushed out (先挤进，后推出). The last line is not left with
//! one character alone.

use std::ops::Range;

use super::{bonds::Bond, class::Class, run::Run};

/// From so many ems on a line gives one of its characters to a last line that has only one.
const GENEROUS: u32 = 4;

/// The stretches of `run` that are its lines: at least one. `first` is the room of the first line, `room` that of the others, in LEDs. A
/// line takes at least one character however narrow its room.
pub(super) fn fill(run: &mut Run, first: u32, room: u32) -> Vec<Range<usize>> {
    run.loosen(room);
    let mut lines = Vec::new();
    let mut start = 0;
    while start < run.cells.len() || lines.is_empty() {
        let end = line_end(run, start, if lines.is_empty() { first } else { room });
        lines.push(start..end);
        start = end;
    }
    share(run, &mut lines, room);
    lines
}

/// Where a line may end, and how strongly its last character holds to the next.
#[derive(Clone, Copy)]
struct End {
    bond: Bond,
    at: usize,
}

impl End {
    /// The weaker bond counts, and of equal ones the later.
    fn take(&mut self, other: Self) {
        if other.bond <= self.bond {
            *self = other;
        }
    }
}

/// Where the line that begins at `start` ends: at the weakest bond within `room`, and of equal ones at the last.
fn line_end(run: &Run, start: usize, room: u32) -> usize {
    let torn = End {
        bond: Bond::Prohibited,
        at: (start + 1).min(run.cells.len()),
    };
    let (mut natural, mut squeezed) = (torn, torn);
    for at in start + 1..=run.cells.len() {
        if at > start + 1 && run.takes_room(at - 1) && run.least(start, at) > room {
            break;
        }
        let bond = run.bonds.get(at - 1).copied().unwrap_or(Bond::Free);
        if at == start + 1 || run.width(start, at) <= room {
            natural.take(End { bond, at });
        }
        squeezed.take(End { bond, at });
    }
    let rest = room.saturating_sub(run.width(start, natural.at));
    let pulls = squeezed.at > natural.at && (squeezed.bond < natural.bond || rest >= run.em / 2);
    if pulls { squeezed.at } else { natural.at }
}

/// Gives a last line of one character another one from the line before.
fn share(run: &Run, lines: &mut [Range<usize>], room: u32) {
    let [.., before, last] = lines else { return };
    if characters(run, last) > 1 || room < GENEROUS * run.em || before.start + 2 >= before.end {
        return;
    }
    let bond = run.bonds[before.end - 1];
    let earlier = (before.start + 2..before.end)
        .rev()
        .find(|end| run.bonds[end - 1] <= bond && run.width(*end, last.end) <= room);
    if let Some(end) = earlier.filter(|end| 2 * run.width(before.start, *end) >= room) {
        (before.end, last.start) = (end, end);
    }
}

/// How many characters of a stretch are more than marks and spaces.
fn characters(run: &Run, line: &Range<usize>) -> usize {
    let is_mark = |class| {
        matches!(
            class,
            Class::Opening | Class::Closing | Class::Point | Class::Space | Class::Dash | Class::Ellipsis
        )
    };
    run.cells[line.clone()]
        .iter()
        .filter(|cell| !is_mark(cell.class))
        .count()
}
