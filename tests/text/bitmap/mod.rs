//! Bitmap fonts that a user brings, and glyphs that a site draws itself.

mod bdf;
mod own;
mod pcf;

use yingbi::text::Glyph;

/// A font of three glyphs, 16 dots high.
const THREE: &str = include_str!("../../fuzz/cases/bdf/three.bdf");

/// The glyph as rows of `#` and `.`.
fn drawn(glyph: Glyph<'_>) -> Vec<String> {
    let rows = glyph.rows.chunks(usize::from(glyph.width.div_ceil(8)));
    let dot = |row: &[u8], x: u8| {
        if row[usize::from(x / 8)] & (0x80 >> (x % 8)) == 0 {
            '.'
        } else {
            '#'
        }
    };
    rows.map(|row| (0..glyph.width).map(|x| dot(row, x)).collect())
        .collect()
}
