//! Outlines looked at eight times finer than dots, and laid on dots so that strokes fall on whole ones.

use fontdue::{Font, FontSettings};

use super::{error::BakeError, form::Drawn};

/// Parts of a dot, each way, in which outlines are looked at.
pub(super) const FINE: i32 = 8;

/// How far a glyph is moved, in parts of a dot, to find where its strokes fall on whole dots.
pub(super) const REACH: i32 = 3;

/// The rise of letters in thousandths of the em, where a font has no Latin ones to measure.
const CAPITAL: i32 = 733;
const SMALL: i32 = 543;
/// The dots of the em in which they are measured.
const MEASURED: u8 = 100;

/// A font of outlines: TTF, OTF, or one of a TTC. It takes hundreds of megabytes, so it is read for a bake and dropped.
#[derive(Debug)]
pub struct Outlines {
    font: Font,
    /// Thousandths of the em that Latin capitals rise above their line.
    pub(super) capital: i32,
    /// The same of small letters.
    pub(super) small: i32,
}

/// The ink of one glyph on the fine grid, summed, so that the ink of any box is four reads. Columns count from the glyph's origin to the
/// right, rows from its baseline down.
pub(super) struct Ink {
    /// Thousandths of the em from this glyph's origin to that of the next.
    pub(super) advance: i32,
    left: i32,
    top: i32,
    width: i32,
    height: i32,
    sums: Vec<u32>,
}

impl Outlines {
    /// Reads font `index` of a collection, or the only one of a file, index 0.
    ///
    /// # Errors
    /// The file is no such font.
    pub fn read(bytes: &[u8], index: u32) -> Result<Self, BakeError> {
        let settings = FontSettings {
            collection_index: index,
            // Curves become lines once, fine enough for this many dots an em.
            scale: 400.0,
            load_substitutions: false,
        };
        let font = Font::from_bytes(bytes, settings).map_err(|_| BakeError::Outlines { index })?;
        let mut outlines = Self {
            font,
            capital: CAPITAL,
            small: SMALL,
        };
        let rise = |letter: char| {
            let ink = outlines.ink(letter, MEASURED)?;
            let rise = -ink.rows().0 * 1000 / (i32::from(MEASURED) * FINE);
            (rise > 0).then_some(rise)
        };
        if let Some((capital, small)) = rise('H').zip(rise('x')).filter(|(capital, small)| capital > small) {
            (outlines.capital, outlines.small) = (capital, small);
        }
        Ok(outlines)
    }

    /// The ink of `character` in an em of `dots`; `None` where the font has no glyph.
    pub(super) fn ink(&self, character: char, dots: u8) -> Option<Ink> {
        let index = self.font.lookup_glyph_index(character);
        let em = i32::from(dots) * FINE;
        let (metrics, grey) = (index != 0).then(|| self.font.rasterize_indexed(index, em as f32))?;
        let advance = (metrics.advance_width * 1000.0 / em as f32).round() as i32;
        let top = -(metrics.ymin + metrics.height as i32);
        Some(Ink::of(advance, (metrics.xmin, top), metrics.width, &grey))
    }
}

impl Ink {
    fn of(advance: i32, (left, top): (i32, i32), width: usize, grey: &[u8]) -> Self {
        let stride = width + 1;
        let mut sums = vec![0; stride];
        for row in grey.chunks_exact(width.max(1)) {
            let above = sums.len() - stride;
            let mut sum = 0;
            sums.push(0);
            for (x, ink) in row.iter().enumerate() {
                sum += u32::from(*ink);
                sums.push(sums[above + x + 1] + sum);
            }
        }
        let height = sums.len() / stride - 1;
        Self {
            advance,
            left,
            top,
            width: width as i32,
            height: height as i32,
            sums,
        }
    }

    /// Its columns from the first with ink to behind the last.
    pub(super) fn columns(&self) -> (i32, i32) {
        (self.left, self.left + self.width)
    }

    /// Its rows from the first with ink to behind the last.
    pub(super) fn rows(&self) -> (i32, i32) {
        (self.top, self.top + self.height)
    }

    /// How much of the box is covered, 0 to 255.
    fn cover(&self, x: &[i32], y: &[i32]) -> u32 {
        let at = |x: i32, y: i32| {
            let column = (x - self.left).clamp(0, self.width) as usize;
            let row = (y - self.top).clamp(0, self.height) as usize;
            self.sums[row * (self.width as usize + 1) + column]
        };
        let area = ((x[1] - x[0]) * (y[1] - y[0])).max(1);
        (at(x[1], y[1]) + at(x[0], y[0]) - at(x[0], y[1]) - at(x[1], y[0])) / area as u32
    }

    /// How clearly dots between the lines `x` and `y` are covered or not: the more of them are full or empty, the less a stroke straddles two.
    pub(super) fn clearness(&self, x: &[i32], y: &[i32], cover: u8) -> u64 {
        let rows = y.windows(2).flat_map(|y| x.windows(2).map(move |x| self.cover(x, y)));
        rows.map(|ink| u64::from(ink.abs_diff(u32::from(cover)).min(128).pow(2)))
            .sum()
    }

    /// The dots between the lines `x` and `y` that are covered enough.
    pub(super) fn lay(&self, x: &[i32], y: &[i32], cover: u8) -> Drawn {
        let width = x.len() - 1;
        let mut rows = vec![0; width.div_ceil(8) * (y.len() - 1)];
        for (row, y) in rows.chunks_mut(width.div_ceil(8)).zip(y.windows(2)) {
            for (dot, x) in x.windows(2).enumerate() {
                let lit = self.cover(x, y) >= u32::from(cover);
                row[dot / 8] |= u8::from(lit) << (7 - dot % 8);
            }
        }
        Drawn {
            width: width as u8,
            rows,
        }
    }
}

/// The moves to try, the least first.
pub(super) fn near() -> impl Iterator<Item = i32> {
    (0..=2 * REACH).map(|index| if index % 2 == 0 { index / 2 } else { -(index + 1) / 2 })
}

/// The first of the places with the clearest dots.
pub(super) fn clearest(
    places: impl Iterator<Item = (Vec<i32>, Vec<i32>)>,
    ink: &Ink,
    cover: u8,
) -> (Vec<i32>, Vec<i32>) {
    let mut best = None;
    for (x, y) in places {
        let clearness = ink.clearness(&x, &y, cover);
        if best.as_ref().is_none_or(|(most, _)| clearness > *most) {
            best = Some((clearness, (x, y)));
        }
    }
    best.expect("every glyph has a place that it is not moved from").1
}
