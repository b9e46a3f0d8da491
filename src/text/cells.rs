//! The characters of a run as cells: how wide each is, how much of that is blank, and what stands between two of them.
//!
//! Full-width marks carry a blank that belongs to nobody: it goes at a line's edges, half an em of it goes between two marks, and the
//! rest may go where a line is a little too long. Blanks are counted in the glyph's own columns, never taken for half a cell: what is
//! inked differs from strike to strike. Between hanzi and Latin letters or digits stands a narrow space, but a number stands close to
//! its unit, and a space that was typed is all there is.

use super::{
    bonds::{self, Bond},
    class::Class,
    compositor::Compositor,
    face::Type,
};

/// One character of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) character: char,
    /// The byte of the text at which it stands.
    pub(super) at: u32,
    pub(super) class: Class,
    /// LEDs of its cell; 0 where it has no glyph.
    pub(super) advance: u32,
    /// LEDs at the left of an opening mark that may go.
    pub(super) before: u32,
    /// LEDs at the right of a closing mark or a point that may go.
    pub(super) after: u32,
    /// LEDs of that blank that may go inside a line: what is left is never narrower than the mark's other side.
    pub(super) give: u32,
    /// LEDs of blank by which the next cell overlaps it, where both are marks.
    pub(super) tuck: u32,
    /// LEDs between it and the next cell: between hanzi and Latin.
    pub(super) gap: u32,
}

/// The cells of `characters` (with their places in the text) in `kind`; `bonds` are those between them.
pub(super) fn cells(compositor: &Compositor, kind: Type, characters: &[(u32, char)], bonds: &[Bond]) -> Vec<Cell> {
    let signs: Vec<char> = characters.iter().map(|(_, character)| *character).collect();
    let classes = bonds::classes(&signs);
    let mut cells: Vec<Cell> = characters
        .iter()
        .zip(&classes)
        .map(|((at, character), class)| cell(compositor, kind, *at, *character, *class))
        .collect();
    let em = u32::from(kind.dots());
    let (mut close, mut counted) = (false, false);
    for index in 1..cells.len() {
        let (before, next) = (cells[index - 1], cells[index]);
        let is_free = bonds[index - 1] == Bond::Free;
        cells[index - 1].tuck = tuck(before, next, em);
        // A number that stands close to what is before it does so to what is after it.
        close = match (before.class, next.class) {
            (Class::Digit | Class::Point, _) => close,
            (_, Class::Digit) => !is_free || counted,
            _ => false,
        };
        // What counts belongs to its number, and the next number to it: 2026年5月.
        counted = !is_free && (counted || before.class == Class::Digit);
        let apart = is_free && !close;
        cells[index - 1].gap = if is_spaced(before, next, apart, em) { em / 8 } else { 0 };
    }
    cells
}

fn cell(compositor: &Compositor, kind: Type, at: u32, character: char, class: Class) -> Cell {
    let advance = compositor.advance(kind, character);
    let (mut before, mut after, mut give) = (0, 0, 0);
    if advance >= u32::from(kind.dots()) && !matches!(class, Class::Ideograph) {
        let ink = compositor.ink(kind, character);
        let blank = |columns: u32| columns.saturating_sub(1).min(u32::from(kind.dots()) / 2);
        let (left, right) = (ink.start, advance.saturating_sub(ink.end));
        match class {
            Class::Opening => (before, give) = (blank(left), left.saturating_sub(right)),
            Class::Closing | Class::Point => (after, give) = (blank(right), right.saturating_sub(left)),
            _ => {}
        }
        give = give.min(before.max(after));
    }
    Cell {
        character,
        at,
        class,
        advance,
        before,
        after,
        give,
        tuck: 0,
        gap: 0,
    }
}

/// Two marks in a row take an em and a half.
fn tuck(cell: Cell, next: Cell, em: u32) -> u32 {
    let is_mark = |cell: Cell| matches!(cell.class, Class::Opening | Class::Closing | Class::Point);
    if is_mark(cell) && is_mark(next) {
        (cell.after + next.before).min(em / 2)
    } else {
        0
    }
}

/// Whether a narrow space stands between the two: between hanzi and a letter always, between hanzi and a digit where these are `apart`.
fn is_spaced(cell: Cell, next: Cell, apart: bool, em: u32) -> bool {
    let hanzi = |cell: Cell| cell.character >= '\u{2e80}' && cell.class == Class::Ideograph;
    let latin =
        |cell: Cell| cell.advance > 0 && cell.advance < em && matches!(cell.class, Class::Letter | Class::Digit);
    let is_digit = cell.class == Class::Digit || next.class == Class::Digit;
    let meet = hanzi(cell) && latin(next) || latin(cell) && hanzi(next);
    meet && (apart || !is_digit)
}
