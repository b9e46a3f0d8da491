//! A run of text without forced breaks, measured: how wide any stretch of it is, and how much narrower it can be made.

use super::{
    bonds::{self, Bond},
    cells::{Cell, cells},
    class::{Class, dropped},
    compositor::Compositor,
    face::Type,
};

/// A run of text without forced breaks. A stretch of it is named by the cell at which it begins and the one before which it ends.
pub(super) struct Run {
    pub(super) cells: Vec<Cell>,
    /// How each cell holds to the next one; one fewer.
    pub(super) bonds: Vec<Bond>,
    /// The height of the type.
    pub(super) em: u32,
    /// LEDs from the left edge of the first cell to that of each, squeezed nowhere.
    lefts: Vec<u32>,
    /// LEDs that can go before each cell.
    slacks: Vec<u32>,
}

impl Run {
    /// Measures `text`, whose first byte is the `offset`th of its paragraph.
    pub(super) fn new(compositor: &Compositor, kind: Type, text: &str, offset: usize) -> Self {
        let kept = text.char_indices().filter(|(_, character)| !dropped(*character));
        let spaced = |character| {
            if matches!(character, '\t' | '\n') {
                ' '
            } else {
                character
            }
        };
        let characters: Vec<(u32, char)> = kept.map(|(at, sign)| ((offset + at) as u32, spaced(sign))).collect();
        let signs: Vec<char> = characters.iter().map(|(_, character)| *character).collect();
        let bonds = compositor.bonds(&signs);
        let cells = cells(compositor, kind, &characters, &bonds);
        let (mut lefts, mut slacks) = (Vec::with_capacity(cells.len()), Vec::with_capacity(cells.len()));
        let (mut left, mut slack) = (0u32, 0u32);
        for (index, cell) in cells.iter().enumerate() {
            lefts.push(left);
            slacks.push(slack);
            left = left.saturating_add(cell.advance + cell.gap - cell.tuck.min(cell.advance));
            slack = slack.saturating_add(blank(&cells, index) + loose(cell));
        }
        Self {
            bonds,
            cells,
            em: u32::from(kind.dots()),
            lefts,
            slacks,
        }
    }

    /// The width in LEDs of the stretch from `start` to `end`, without the spaces at its end and the blanks at its edges.
    pub(super) fn width(&self, start: usize, end: usize) -> u32 {
        let end = self.trimmed(start, end);
        let Some(last) = end.checked_sub(1).filter(|last| *last >= start) else {
            return 0;
        };
        let whole = self.lefts[last] - self.lefts[start] + self.cells[last].advance;
        whole.saturating_sub(self.cells[start].before + self.cells[last].after)
    }

    /// The least width to which that stretch can be squeezed.
    pub(super) fn least(&self, start: usize, end: usize) -> u32 {
        let last = self.trimmed(start, end).saturating_sub(1).max(start);
        let slack = self.slacks.get(last).map_or(0, |slack| slack - self.slacks[start]);
        self.width(start, end).saturating_sub(slack)
    }

    /// LEDs that can go between the cells `index` and `index` + 1: of the blanks of marks, and of the space between hanzi and Latin.
    pub(super) fn slack(&self, index: usize) -> (u32, u32) {
        (blank(&self.cells, index), loose(&self.cells[index]))
    }

    /// The end of the stretch without the spaces at its end.
    pub(super) fn trimmed(&self, start: usize, end: usize) -> usize {
        let is_space = |cell: &&Cell| cell.class == Class::Space;
        end - self.cells[start..end].iter().rev().take_while(is_space).count()
    }

    /// Whether the cell can make a line too long: a space hangs over its end, and what has no glyph needs no room.
    pub(super) fn takes_room(&self, index: usize) -> bool {
        self.cells[index].advance > 0 && self.cells[index].class != Class::Space
    }

    /// Lets what is held together but wider than `room` break inside, so that it begins where it stands and fills its lines.
    pub(super) fn loosen(&mut self, room: u32) {
        let mut bonds = std::mem::take(&mut self.bonds);
        bonds::loosen(&mut bonds, room, |range| self.least(range.start, range.end));
        self.bonds = bonds;
    }
}

/// The blank that marks still have between the cells `index` and `index` + 1.
fn blank(cells: &[Cell], index: usize) -> u32 {
    let given = |cell: &Cell, side: u32| if side > 0 { cell.give } else { 0 };
    let next = cells.get(index + 1).map_or(0, |next| given(next, next.before));
    (given(&cells[index], cells[index].after) + next).saturating_sub(cells[index].tuck)
}

/// What of the space after it can go.
const fn loose(cell: &Cell) -> u32 {
    cell.gap / 2
}
