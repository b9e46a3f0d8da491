//! 黑体 from the outlines of a Chinese font: hanzi and marks on whole cells, Latin letters beside them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    BakeError, How, Overrides,
    cut::Cut,
    form::{self, Drawn},
    letter::Letters,
    outline::{FINE, Ink, Outlines, REACH, clearest, near},
    wanted,
};
use crate::text::strike::Strike;

/// Thousandths of the em above the line on which hanzi stand, in the em square of Chinese fonts.
const ASCENT: i32 = 880;

/// What a strike is to hold, each as the text of its file.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Whole blocks, as [`super::Sources::blocks`] has them.
    pub blocks: &'a str,
    /// Lists of characters, each the characters themselves in one run.
    pub lists: &'a [&'a str],
    /// The overrides of the strike of 16 dots, for which marks are set on a whole cell.
    pub overrides: &'a str,
}

/// The strike of `cut` from `outlines`. Wanted characters for which they have no glyph are left out: the chain of a face goes on to
/// another strike.
///
/// # Errors
/// A line of the blocks or overrides that is not of its file's form, or more glyphs than a strike holds.
pub fn hei(outlines: &Outlines, cut: &Cut, wants: &Wanted<'_>) -> Result<Vec<u8>, BakeError> {
    let overrides = Overrides::parse(wants.overrides)?;
    let characters: BTreeSet<char> = wanted(wants.blocks, wants.lists)?;
    let glyphs: BTreeMap<char, Drawn> = characters
        .into_iter()
        .filter_map(|character| Some((character, glyph(outlines, cut, &overrides, character)?)))
        .collect();
    form::write(cut.dots, &glyphs)
}

fn glyph(outlines: &Outlines, cut: &Cut, overrides: &Overrides, character: char) -> Option<Drawn> {
    let ink = outlines.ink(character, cut.dots)?;
    let letters = Letters::of(outlines, cut);
    match character {
        // The font would leave a gap between two, and sets them too low beside hanzi.
        '—' | '―' => Some(dash(cut, cut.dots)),
        '–' => Some(dash(cut, cut.dots / 2)),
        // Marks that combine with what is before them stand on nothing here.
        _ if ink.advance == 0 => None,
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => Some(letters.letter(&ink, cut.dots)),
        _ if ink.advance == 1000 || is_whole(character, overrides) => Some(whole(&ink, cut, is_frame(character))),
        _ => Some(letters.proportional(character, &ink)),
    }
}

/// Whether Chinese sets it on a whole cell, though the font might not: what the strike of 16 dots widens, but for what is set close to a
/// digit.
pub(super) fn is_whole(character: char, overrides: &Overrides) -> bool {
    let wide = Strike::sixteen()
        .glyph(character)
        .is_some_and(|glyph| glyph.width == 16);
    wide && overrides.how(character) != Some(How::Left)
}

/// Whether it meets its neighbours, so that none may be moved by itself.
const fn is_frame(character: char) -> bool {
    matches!(character, '\u{2500}'..='\u{259f}' | '\u{25e2}'..='\u{25e5}')
}

/// A bar of `length` dots through the middle of a whole cell.
pub(super) fn dash(cut: &Cut, length: u8) -> Drawn {
    let stride = usize::from(cut.dots.div_ceil(8));
    let (top, left) = ((cut.dots - cut.dash) / 2, (cut.dots - length) / 2);
    let mut bar = vec![0; stride];
    (left..left + length).for_each(|dot| bar[usize::from(dot / 8)] |= 0x80 >> (dot % 8));
    let mut rows = vec![0; stride * usize::from(cut.dots)];
    let lit = rows.chunks_mut(stride).skip(top.into()).take(cut.dash.into());
    lit.for_each(|row| row.copy_from_slice(&bar));
    Drawn { width: cut.dots, rows }
}

/// A glyph on a whole cell, where its strokes fall on whole dots if it may move.
fn whole(ink: &Ink, cut: &Cut, frame: bool) -> Drawn {
    let side = i32::from(cut.dots) * FINE;
    let inset = (1000 - ink.advance) * side / 2000;
    let (left, top) = (-inset, -(side * ASCENT + 500) / 1000 + overhang(ink, side));
    let line = |from: i32| -> Vec<i32> { (0..=i32::from(cut.dots)).map(|dot| from + dot * FINE).collect() };
    if frame {
        return ink.lay(&line(left), &line(top), cut.cover);
    }
    let moves = near().flat_map(|dy| near().map(move |dx| (dx, dy)));
    let places = moves.map(|(dx, dy)| (line(left + dx), line(top + dy)));
    let (x, y) = clearest(places, ink, cut.cover);
    ink.lay(&x, &y, cut.cover)
}

/// How far down the cell must lie lower, or higher, for the ink to be in it.
fn overhang(ink: &Ink, side: i32) -> i32 {
    let (first, last) = ink.rows();
    let top = -(side * ASCENT + 500) / 1000;
    let (above, below) = (top - first, last - (top + side));
    if above > REACH {
        -above
    } else if below > REACH {
        below
    } else {
        0
    }
}
