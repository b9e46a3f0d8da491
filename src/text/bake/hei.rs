//! 黑体 from the outlines of a Chinese font: hanzi and marks on whole cells, Latin letters beside them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    BakeError, How, Overrides,
    cut::Cut,
    form::{self, Drawn},
    outline::{FINE, Ink, Outlines},
    wanted,
};
use crate::text::strike::Strike;

/// Thousandths of the em above the line on which hanzi stand, in the em square of Chinese fonts.
const ASCENT: i32 = 880;
/// Thousandths of the em that Latin capitals and small letters rise above their line.
const CAPITAL: i32 = 733;
const SMALL: i32 = 543;
/// How far a glyph is moved, in parts of a dot, to find where its strokes fall on whole dots.
const REACH: i32 = 3;
/// Hundredths by which a letter is made wider or narrower for the same end.
const STRETCHES: [i32; 5] = [100, 98, 102, 96, 104];

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
    match character {
        // The font would leave a gap between two, and sets them too low beside hanzi.
        '—' | '―' => Some(dash(cut)),
        // Marks that combine with what is before them stand on nothing here.
        _ if ink.advance == 0 => None,
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => Some(letter(&ink, cut, cut.dots)),
        _ if ink.advance == 1000 || is_whole(character, overrides) => Some(whole(&ink, cut, is_frame(character))),
        '0'..='9' => Some(letter(&ink, cut, cut.dots / 2)),
        _ => Some(letter(&ink, cut, natural_width(&ink, cut))),
    }
}

/// Whether Chinese sets it on a whole cell, though the font might not: what the strike of 16 dots widens, but for what is set close to a
/// digit.
fn is_whole(character: char, overrides: &Overrides) -> bool {
    let wide = Strike::sixteen()
        .glyph(character)
        .is_some_and(|glyph| glyph.width == 16);
    wide && overrides.how(character) != Some(How::Left)
}

/// Whether it meets its neighbours, so that none may be moved by itself.
const fn is_frame(character: char) -> bool {
    matches!(character, '\u{2500}'..='\u{259f}' | '\u{25e2}'..='\u{25e5}')
}

/// A bar through the middle of the cell.
fn dash(cut: &Cut) -> Drawn {
    let stride = usize::from(cut.dots / 8);
    let top = usize::from((cut.dots - cut.dash) / 2);
    let mut rows = vec![0; stride * usize::from(cut.dots)];
    rows[top * stride..(top + usize::from(cut.dash)) * stride].fill(0xff);
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

/// The moves to try, the least first.
fn near() -> impl Iterator<Item = i32> {
    (0..=2 * REACH).map(|index| if index % 2 == 0 { index / 2 } else { -(index + 1) / 2 })
}

/// The first of the places with the clearest dots.
fn clearest(places: impl Iterator<Item = (Vec<i32>, Vec<i32>)>, ink: &Ink, cover: u8) -> (Vec<i32>, Vec<i32>) {
    let mut best = None;
    for (x, y) in places {
        let clearness = ink.clearness(&x, &y, cover);
        if best.as_ref().is_none_or(|(most, _)| clearness > *most) {
            best = Some((clearness, (x, y)));
        }
    }
    best.expect("every glyph has a place that it is not moved from").1
}

/// The width of a letter as wide as its height makes it.
fn natural_width(ink: &Ink, cut: &Cut) -> u8 {
    let width = (ink.advance * i32::from(cut.capital) + CAPITAL / 2) / CAPITAL;
    width.clamp(1, 255) as u8
}

/// A letter `width` dots wide, standing on the line of letters.
fn letter(ink: &Ink, cut: &Cut, width: u8) -> Drawn {
    let y = letter_rows(ink, cut);
    let em = i32::from(cut.dots) * FINE;
    // Fine columns of the em a hundred dots, as wide as letters are high; narrower where the width is less than natural.
    let natural = 100 * em * CAPITAL / (1000 * i32::from(cut.capital));
    let narrow = 100 * em * ink.advance / (1000 * i32::from(width));
    let pitch = if narrow > natural + natural / 50 {
        narrow
    } else {
        natural
    };
    let middle = em * ink.advance / 2000;
    let lines = |stretch: i32, dx: i32| -> Vec<i32> {
        let from = |dot: i32| (2 * dot - i32::from(width)) * pitch / (2 * stretch);
        (0..=i32::from(width)).map(|dot| middle + dx + from(dot)).collect()
    };
    let (first, last) = ink.columns();
    let holds = |x: &[i32]| x[0] <= first + 2 && last - 2 <= x[x.len() - 1];
    let places = STRETCHES
        .into_iter()
        .flat_map(|stretch| near().map(move |dx| (stretch, dx)));
    let places = places.map(|(stretch, dx)| (lines(stretch, dx), y.clone()));
    let mut holding = places.filter(|(x, _)| holds(x)).peekable();
    let (x, y) = match holding.peek() {
        Some(_) => clearest(holding, ink, cut.cover),
        None => (squeezed(ink.columns(), width), y),
    };
    ink.lay(&x, &y, cut.cover)
}

/// The fine rows between which a letter's dots lie: capitals and small letters on their heights, and what would hang out of the cell
/// pressed into it.
fn letter_rows(ink: &Ink, cut: &Cut) -> Vec<i32> {
    let em = i32::from(cut.dots) * FINE;
    let (small, capital) = (i32::from(cut.small), i32::from(cut.capital));
    let (first, last) = ink.rows();
    let above = |height: i32| {
        let thousandths = if height <= small {
            SMALL * height / small
        } else if height <= capital {
            SMALL + (CAPITAL - SMALL) * (height - small) / (capital - small)
        } else {
            CAPITAL * height / capital
        };
        em * thousandths / 1000
    };
    let (rise, fall) = (i32::from(cut.baseline), i32::from(cut.dots - cut.baseline));
    let tallest = above(rise);
    let natural = em * CAPITAL * fall / (1000 * capital);
    (0..=i32::from(cut.dots))
        .map(|row| match rise - row {
            height if height >= 0 => -above(height) * (-first).max(tallest) / tallest,
            depth => -depth * last.max(natural) / fall,
        })
        .collect()
}

/// Lines that press the columns between `first` and `last` into `width` dots.
fn squeezed((first, last): (i32, i32), width: u8) -> Vec<i32> {
    (0..=i32::from(width))
        .map(|dot| first + (last - first) * dot / i32::from(width))
        .collect()
}
