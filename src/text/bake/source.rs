//! The glyphs of GNU Unifont's hex form.

use std::collections::{BTreeMap, BTreeSet};

use super::{error::BakeError, form::Drawn};

/// One glyph on its way: 16 rows, the leftmost dot in the highest bit, unused bits zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bits {
    /// 8 or 16 dots.
    pub(super) width: u8,
    pub(super) rows: [u16; 16],
}

impl Bits {
    /// The same as a strike takes it.
    pub(super) fn drawn(&self) -> Drawn {
        let bytes = usize::from(self.width / 8);
        Drawn {
            width: self.width,
            rows: self
                .rows
                .iter()
                .flat_map(|row| row.to_be_bytes().into_iter().take(bytes))
                .collect(),
        }
    }
}

/// The glyphs of the `wanted` characters that `hex` has.
pub(super) fn glyphs(hex: &str, wanted: &BTreeSet<char>) -> Result<BTreeMap<char, Bits>, BakeError> {
    let mut glyphs = BTreeMap::new();
    for (index, line) in hex.lines().enumerate() {
        let wrong = BakeError::Hex { line: index + 1 };
        let (code, rows) = line.split_once(':').ok_or(wrong)?;
        let code = u32::from_str_radix(code, 16).map_err(|_| wrong)?;
        // The source also draws surrogates, as boxes: no character.
        if let Some(character) = char::from_u32(code).filter(|character| wanted.contains(character)) {
            glyphs.insert(character, bits(rows).ok_or(wrong)?);
        }
    }
    Ok(glyphs)
}

/// The rows of one glyph: 32 digits for half a cell, 64 for a whole one.
fn bits(hex: &str) -> Option<Bits> {
    let digits = match hex.len() {
        32 => 2,
        64 => 4,
        _ => return None,
    };
    let mut rows = [0; 16];
    for (index, row) in rows.iter_mut().enumerate() {
        let word = u16::from_str_radix(hex.get(index * digits..(index + 1) * digits)?, 16).ok()?;
        *row = if digits == 2 { word << 8 } else { word };
    }
    Some(Bits {
        width: digits as u8 * 4,
        rows,
    })
}
