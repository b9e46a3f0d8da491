//! 宋体 of 24 dots: hanzi and marks as drawn by hand for GB/T 2312, and letters with serifs beside them.

use std::collections::BTreeMap;

use encoding_rs::GBK;

use super::{
    BakeError, How, Overrides, blocks,
    cut::Cut,
    form::{self, Drawn},
    hei::{dash, is_whole},
    letter::Letters,
    outline::Outlines,
    pcf::{self, Bitmap},
};

/// Dots of the cell above the line that the bitmaps stand on.
const ASCENT: i32 = 22;

/// The strike of 宋体 from the `bitmaps` of a font in the encoding of GB/T 2312 and compiled form, and from the letters in the `wanted` blocks that
/// `outlines` have. `overrides` are those of the strike of 16 dots.
///
/// # Errors
/// A file that is not of its form.
pub fn song(bitmaps: &[u8], outlines: &Outlines, wanted: &str, overrides: &str) -> Result<Vec<u8>, BakeError> {
    let overrides = Overrides::parse(overrides)?;
    let cut = &Cut::SONG24;
    let mut glyphs = hanzi(bitmaps, cut)?;
    let marks = overrides
        .characters()
        .filter(|mark| overrides.how(*mark) == Some(How::Left));
    let letters = blocks(wanted)?.into_iter().chain(marks);
    for character in letters.filter(|character| !is_whole(*character, &overrides)) {
        let ink = outlines.ink(character, cut.dots);
        if let Some(ink) = ink.filter(|ink| ink.advance != 0 && ink.advance != 1000) {
            glyphs.insert(character, Letters::of(outlines, cut).proportional(character, &ink));
        }
    }
    // The font would leave a gap between two.
    glyphs.insert('—', dash(cut, cut.dots));
    // What files made by way of another table hold in their place.
    for (alias, character) in [('―', '—'), ('・', '·')] {
        if let Some(glyph) = glyphs.get(&character).cloned() {
            glyphs.insert(alias, glyph);
        }
    }
    form::write(cut.dots, &glyphs)
}

/// The bitmaps by character, each on its cell.
fn hanzi(bitmaps: &[u8], cut: &Cut) -> Result<BTreeMap<char, Drawn>, BakeError> {
    let bitmaps = pcf::bitmaps(bitmaps).ok_or(BakeError::Bitmaps)?;
    let glyphs = bitmaps.iter().filter_map(|(code, bitmap)| {
        let bytes = code.to_be_bytes().map(|byte| byte | 0x80);
        let text = GBK.decode_without_bom_handling_and_without_replacement(&bytes)?;
        let mut characters = text.chars();
        let character = characters.next().filter(|_| characters.next().is_none())?;
        Some((character, drawn(bitmap, cut)))
    });
    Ok(glyphs.collect())
}

fn drawn(bitmap: &Bitmap, cut: &Cut) -> Drawn {
    let stride = usize::from(cut.dots.div_ceil(8));
    let mut rows = vec![0; stride * usize::from(cut.dots)];
    for (y, row) in (ASCENT - bitmap.ascent..).zip(&bitmap.rows) {
        let lit = (bitmap.left..).zip(row).filter(|(_, lit)| **lit);
        for (x, _) in lit.filter(|(x, _)| (0..cut.dots.into()).contains(x) && (0..cut.dots.into()).contains(&y)) {
            rows[y as usize * stride + x as usize / 8] |= 0x80 >> (x % 8);
        }
    }
    Drawn { width: cut.dots, rows }
}
