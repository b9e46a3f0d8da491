//! One glyph as dots: what of its outline covers enough of a dot.

use fontdue::Font;

use super::COVER;

/// How much larger than its em a glyph may be, for it to be looked at.
const WILD: f32 = 6.0;

/// The lit dots of a glyph, without what is blank around them.
#[derive(Clone, Debug)]
pub(super) struct Ink {
    /// Dots from the origin to the leftmost one.
    pub(super) left: i32,
    /// Dots from the baseline up to above the highest one.
    pub(super) top: i32,
    pub(super) width: usize,
    pub(super) height: usize,
    lit: Vec<bool>,
}

/// The lowest and the highest dot of a glyph, from the baseline up, before it is drawn; `None` where it is blank or beyond all measure.
pub(super) fn reach(font: &Font, character: char, size: f32) -> Option<(i32, i32)> {
    let metrics = font.metrics_indexed(font.lookup_glyph_index(character), size);
    let bounds = metrics.bounds;
    let is_sane = metrics.width > 0
        && bounds.height.is_finite()
        && bounds.height.abs() < WILD * size
        && bounds.ymin.abs() < WILD * size;
    // A row of which less than half is reached stays dark.
    is_sane.then(|| (bounds.ymin.round() as i32, (bounds.ymin + bounds.height).round() as i32))
}

/// The width of a glyph in dots with what is blank around it; 0 for one beyond all measure.
pub(super) fn advance(font: &Font, character: char, size: f32) -> f32 {
    let advance = font
        .metrics_indexed(font.lookup_glyph_index(character), size)
        .advance_width;
    if advance.is_finite() && advance > 0.0 && advance < WILD * size {
        advance
    } else {
        0.0
    }
}

/// The dots of a glyph; `None` where it is blank or beyond all measure.
pub(super) fn ink(font: &Font, character: char, size: f32) -> Option<Ink> {
    let index = font.lookup_glyph_index(character);
    let metrics = font.metrics_indexed(index, size);
    let most = (WILD * size) as usize;
    if metrics.width == 0 || metrics.height == 0 || metrics.width > most || metrics.height > most {
        return None;
    }
    let (metrics, grey) = font.rasterize_indexed(index, size);
    let most = grey.iter().copied().max().filter(|most| *most > 0)?;
    // A font of hairlines is drawn by what it has rather than not at all.
    let cover = COVER.min(most / 2 + 1);
    let rows: Vec<&[u8]> = grey.chunks_exact(metrics.width).collect();
    let is_lit = |dot: &u8| *dot >= cover;
    let first = rows.iter().position(|row| row.iter().any(is_lit))?;
    let last = rows.iter().rposition(|row| row.iter().any(is_lit))?;
    let rows = &rows[first..=last];
    let left = rows.iter().filter_map(|row| row.iter().position(is_lit)).min()?;
    let right = rows.iter().filter_map(|row| row.iter().rposition(is_lit)).max()?;
    Some(Ink {
        left: metrics.xmin.checked_add(left as i32)?,
        top: metrics.ymin.checked_add(metrics.height as i32 - first as i32)?,
        width: right + 1 - left,
        height: rows.len(),
        lit: rows
            .iter()
            .flat_map(|row| row[left..=right].iter().map(is_lit))
            .collect(),
    })
}

impl Ink {
    /// Its rows in a cell of `width` by `height` dots, packed to whole bytes; its leftmost dot in `column`, its highest one in `row`. It must lie
    /// within.
    pub(super) fn rows(&self, (width, height): (u8, u8), column: usize, row: usize) -> Vec<u8> {
        let stride = usize::from(width.div_ceil(8));
        let mut rows = vec![0; stride * usize::from(height)];
        for (y, dots) in self.lit.chunks_exact(self.width).enumerate() {
            for (x, _) in dots.iter().enumerate().filter(|(_, lit)| **lit) {
                let dot = column + x;
                rows[(row + y) * stride + dot / 8] |= 0x80 >> (dot % 8);
            }
        }
        rows
    }
}
