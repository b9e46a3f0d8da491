//! The cell of a font in one size: on which line hanzi stand, on which letters, and how large either are.

use fontdue::Font;

use super::{
    Drawn,
    ink::{Ink, advance, ink, reach},
};

/// Of so many hanzi one may lie outside what the others keep to; it is moved by itself.
const OUTLIERS: usize = 200;
/// From this part of the em on, a glyph is as wide as a hanzi.
const WHOLE: f32 = 0.9;
/// How much smaller a glyph becomes at each try to fit it.
const SMALLER: f32 = 0.96;
/// The letters whose reach decides where all letters stand.
const LETTERS: &str = "AEHMQTXZbdfghjklpqty0123456789()[],;";

/// Where glyphs lie in a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    dots: u8,
    hanzi: Line,
    letters: Line,
}

/// A line on which glyphs stand.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Line {
    /// Dots of the em.
    size: f32,
    /// Rows above the line.
    rise: i32,
}

impl Cell {
    /// For a font of these characters.
    pub(super) fn of(font: &Font, dots: u8, characters: &[char]) -> Self {
        let hanzi: Vec<char> = characters
            .iter()
            .copied()
            .filter(|character| is_hanzi(*character))
            .collect();
        let letters: Vec<char> = LETTERS.chars().filter(|letter| characters.contains(letter)).collect();
        let height = i32::from(dots);
        let whole = Line::filled(font, height, &hanzi, OUTLIERS);
        let alone = Line::filled(font, height, &letters, usize::MAX);
        let hanzi = whole.or(alone).unwrap_or_else(|| Line {
            size: f32::from(dots),
            rise: height * 7 / 8,
        });
        let letters = match whole {
            Some(line) => line.with_tails(font, height, &letters),
            None => hanzi,
        };
        Self { dots, hanzi, letters }
    }

    /// The glyph of `character`, its width and its rows; `None` where the font shows nothing for it, or it has no width.
    pub(super) fn glyph(&self, font: &Font, character: char) -> Option<Drawn> {
        let line = if is_letter(character) { self.letters } else { self.hanzi };
        let is_whole = !is_letter(character) && advance(font, character, 1.0) >= WHOLE;
        let width = |size| {
            if is_whole {
                f32::from(self.dots)
            } else {
                advance(font, character, size)
            }
        };
        let Some(mut drawn) = ink(font, character, line.size) else {
            let width = width(line.size).round() as u8;
            let rows = vec![0; usize::from(width.div_ceil(8)) * usize::from(self.dots)];
            // A hanzi that is blank is a hole that nobody would find.
            return (width > 0 && character.is_whitespace()).then_some(Drawn { width, rows });
        };
        let mut size = line.size;
        let room = if is_whole {
            usize::from(self.dots)
        } else {
            usize::from(u8::MAX)
        };
        while drawn.width > room || drawn.height > usize::from(self.dots) {
            size *= SMALLER;
            drawn = ink(font, character, size)?;
        }
        let mut drawn = self.set(&drawn, line.rise, is_whole, width(size));
        // Two of them are one stroke, which most fonts break in the middle.
        if is_whole && matches!(character, '—' | '―') {
            let rows = drawn.rows.chunks_exact_mut(usize::from(self.dots.div_ceil(8)));
            let lit = rows.filter(|row| row.iter().any(|byte| *byte != 0));
            lit.for_each(|row| fill(row, self.dots));
        }
        Some(drawn)
    }

    /// Puts the dots into the cell: where they belong, or as near to it as keeps them whole.
    fn set(&self, ink: &Ink, rise: i32, is_whole: bool, advance: f32) -> Drawn {
        let left = if is_whole {
            ink.left.clamp(0, i32::from(self.dots) - ink.width as i32)
        } else {
            ink.left.max(0)
        };
        let end = left as usize + ink.width;
        // Letters that touch are read as one.
        let width = if is_whole {
            usize::from(self.dots)
        } else {
            (advance.round() as usize).max(end + 1)
        };
        let width = u8::try_from(width.max(end)).unwrap_or(u8::MAX);
        let left = (left as usize).min(usize::from(width) - ink.width);
        let top = (rise - ink.top).clamp(0, i32::from(self.dots) - ink.height as i32);
        Drawn {
            width,
            rows: ink.rows((width, self.dots), left, top as usize),
        }
    }
}

impl Line {
    /// The line on which all of `characters` but one in `outliers` fill the cell, as large as they can be up to the full em; `None` without any.
    fn filled(font: &Font, height: i32, characters: &[char], outliers: usize) -> Option<Self> {
        let mut size = height as f32;
        loop {
            let (low, high) = extent(font, characters, size, outliers)?;
            let spare = height - (high - low);
            if spare >= 0 || size < 4.0 {
                // What is left over goes below and above alike, the odd dot below: the eye sees the middle there.
                let rise = high + spare.max(0) / 2;
                return Some(Self { size, rise });
            }
            size *= SMALLER;
        }
    }

    /// The line for letters beside hanzi that stand on this one: their tails lie in the cell. It is raised a little, and the letters are made
    /// smaller where that is not enough.
    fn with_tails(self, font: &Font, height: i32, letters: &[char]) -> Self {
        let most = (height / 12).max(1);
        let mut size = self.size;
        loop {
            let Some((low, high)) = extent(font, letters, size, usize::MAX) else {
                return self;
            };
            let raised = (-low - (height - self.rise)).max(0);
            let rise = self.rise - raised;
            if (raised <= most && high <= rise) || size < 4.0 {
                return Self { size, rise };
            }
            size *= SMALLER;
        }
    }
}

/// From the lowest dot of these glyphs to above the highest, but for one in `outliers` at either end.
fn extent(font: &Font, characters: &[char], size: f32, outliers: usize) -> Option<(i32, i32)> {
    let reaches = characters.iter().filter_map(|character| reach(font, *character, size));
    let (mut lows, mut highs): (Vec<i32>, Vec<i32>) = reaches.unzip();
    let passed_over = lows.len() / outliers;
    lows.sort_unstable();
    highs.sort_unstable_by(|a, b| b.cmp(a));
    Some((*lows.get(passed_over)?, *highs.get(passed_over)?))
}

/// Lights the whole row.
fn fill(row: &mut [u8], dots: u8) {
    for (byte, rest) in row.iter_mut().zip((1..=dots).rev().step_by(8)) {
        *byte = if rest >= 8 { 0xff } else { !(0xff >> rest) };
    }
}

/// Whether it stands on the line of the letters: Latin, Greek, Cyrillic, and the signs among them.
fn is_letter(character: char) -> bool {
    matches!(character, '\u{20}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}')
}

fn is_hanzi(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}
