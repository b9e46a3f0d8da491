//! Our own glyphs, where the source draws on half a cell what Chinese sets on a whole one.

use std::collections::BTreeMap;

use super::{error::BakeError, source::Bits};

/// How an override comes to its glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Drawn by hand.
    Draw,
    /// The source's half cell, four dots to the right.
    Centre,
    /// The source's half cell, and nothing to its right.
    Left,
    /// Centred, its outer columns continued to the edges.
    Stretch,
    /// The source's half cell twice.
    Repeat,
    /// Every dot of the source's half cell twice as wide.
    Double,
}

/// One override: how, and the rows where it is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Override {
    how: How,
    drawn: [u16; 16],
}

/// All overrides of a strike, by character.
#[derive(Clone, Debug, Default)]
pub struct Overrides(BTreeMap<char, Override>);

impl Overrides {
    /// Reads the overrides from their text; its head in `fonts/sixteen/overrides.txt` explains the form.
    ///
    /// # Errors
    /// The first line that is not of the form.
    pub fn parse(text: &str) -> Result<Self, BakeError> {
        let mut overrides = BTreeMap::new();
        let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
        let mut lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with(';'));
        while let Some((line, head)) = lines.next() {
            let (character, how) = parse_head(head).ok_or(BakeError::Override { line })?;
            let mut drawn = [0; 16];
            if how == How::Draw {
                for row in &mut drawn {
                    let dots = lines.next().and_then(|(_, dots)| parse_row(dots));
                    *row = dots.ok_or(BakeError::Drawing { line })?;
                }
            }
            if overrides.insert(character, Override { how, drawn }).is_some() {
                return Err(BakeError::Twice { line, character });
            }
        }
        Ok(Self(overrides))
    }

    /// How `character` comes to its glyph, if by an override.
    pub fn how(&self, character: char) -> Option<How> {
        self.0.get(&character).map(|over| over.how)
    }

    /// The characters that have one, in order.
    pub fn characters(&self) -> impl Iterator<Item = char> + '_ {
        self.0.keys().copied()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (char, &Override)> {
        self.0.iter().map(|(character, over)| (*character, over))
    }
}

impl Override {
    /// The glyph, from the source's one where it is not drawn.
    pub(super) fn apply(&self, character: char, source: Option<&Bits>) -> Result<Bits, BakeError> {
        if self.how == How::Draw {
            return Ok(Bits {
                width: 16,
                rows: self.drawn,
            });
        }
        let source = source
            .filter(|bits| bits.width == 8)
            .ok_or(BakeError::NothingToWiden { character })?;
        Ok(Bits {
            width: 16,
            rows: source.rows.map(|row| self.how.widen(row)),
        })
    }
}

impl How {
    /// A row of 16 dots from one of 8, which lies in the high byte.
    fn widen(self, half: u16) -> u16 {
        let (leftmost, rightmost) = (half >> 15, (half >> 8) & 1);
        match self {
            Self::Draw | Self::Left => half,
            Self::Centre => half >> 4,
            Self::Stretch => (half >> 4) | (leftmost * 0xf000) | (rightmost * 0x000f),
            Self::Repeat => half | (half >> 8),
            Self::Double => (0..8).fold(0, |row, dot| row | (((half >> (8 + dot)) & 1) * 3) << (2 * dot)),
        }
    }
}

/// `U+XXXX c HOW`, where the character must be the one of the code.
fn parse_head(line: &str) -> Option<(char, How)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [code, shown, how] = words[..] else { return None };
    let character = char::from_u32(u32::from_str_radix(code.strip_prefix("U+")?, 16).ok()?)?;
    let how = match how {
        "draw" => How::Draw,
        "centre" => How::Centre,
        "left" => How::Left,
        "stretch" => How::Stretch,
        "repeat" => How::Repeat,
        "double" => How::Double,
        _ => return None,
    };
    shown.chars().eq([character]).then_some((character, how))
}

/// One drawn row: 16 dots, `#` is lit.
fn parse_row(line: &str) -> Option<u16> {
    let fits = line.len() == 16 && line.bytes().all(|dot| matches!(dot, b'.' | b'#'));
    fits.then(|| line.bytes().fold(0, |row, dot| (row << 1) | u16::from(dot == b'#')))
}
