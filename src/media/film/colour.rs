//! Y, Cb and Cr of a video to R, G and B, row by row, in integers, so that every machine makes the same picture.
//!
//! In 16 bits, of which five are behind the point: eight numbers at a time on any processor of the last twenty years, and never more than one
//! from what exact arithmetic gives. Two pixels across and two down have one colour; it is taken for all four, since what follows takes the mean.

use super::{Colour, Matrix};

/// Bits behind the point.
const POINT: u32 = 5;

/// Makes rows of R, G and B.
#[derive(Debug)]
pub(super) struct Converter {
    /// What is added to R, G and B of each pixel of two rows for their colour.
    added: [Vec<i16>; 3],
    /// The values of the row that was made last, channel by channel.
    rows: [Vec<u8>; 3],
}

/// Numbers to multiply with, in 2^-16 of what goes in (see [`scaled`]).
#[derive(Clone, Copy)]
struct Weights {
    /// What Y begins at.
    black: i16,
    light: i16,
    red: i16,
    /// Of Cb and of Cr.
    green: [i16; 2],
    blue: i16,
}

impl Converter {
    /// For rows of `width` pixels.
    pub(super) fn new(width: usize) -> Self {
        Self {
            added: std::array::from_fn(|_| vec![0; width + 1]),
            rows: std::array::from_fn(|_| vec![0; width]),
        }
    }

    /// Takes the colours of the next two rows, which have one for each two pixels.
    pub(super) fn colours(&mut self, colour: Colour, blues: &[u8], reds: &[u8]) {
        let weights = Weights::of(colour);
        let [red, green, blue] = self.added.each_mut().map(|added| added.as_chunks_mut::<2>().0);
        let pairs = red.iter_mut().zip(green).zip(blue);
        for (((red, green), blue), (cb, cr)) in pairs.zip(blues.iter().zip(reds)) {
            let [cb, cr] = [*cb, *cr].map(|value| i16::from(value).wrapping_sub(128) << 8);
            *red = [times(cr, weights.red); 2];
            *green = [times(cb, weights.green[0]).wrapping_add(times(cr, weights.green[1])); 2];
            *blue = [times(cb, weights.blue); 2];
        }
    }

    /// R, G and B, each for itself, of a row of that light; its colours are those that were taken last.
    pub(super) fn row(&mut self, colour: Colour, light: &[u8]) -> [&[u8]; 3] {
        let weights = Weights::of(colour);
        for (row, added) in self.rows.iter_mut().zip(&self.added) {
            fill(row, light, added, &weights);
        }
        self.rows.each_ref().map(Vec::as_slice)
    }
}

impl Weights {
    fn of(Colour { matrix, is_full }: Colour) -> Self {
        // Of Y, the shares of red and of blue, in ten-thousandths.
        let (red, blue) = match matrix {
            Matrix::Bt601 => (2990, 1140),
            Matrix::Bt709 => (2126, 722),
            Matrix::Bt2020 => (2627, 593),
        };
        let green = 10_000 - red - blue;
        // Y has 219 steps and the colours 224 where they do not have all 255.
        let (steps, shades) = if is_full { (255, 255) } else { (219, 224) };
        let colour = |share: i64, of: i64| scaled(8, 255 * share, shades * of);
        Self {
            black: if is_full { 0 } else { 16 },
            light: scaled(7, 255, steps),
            red: colour(2 * (10_000 - red), 10_000),
            green: [
                colour(-2 * blue * (10_000 - blue), green * 10_000),
                colour(-2 * red * (10_000 - red), green * 10_000),
            ],
            blue: colour(2 * (10_000 - blue), 10_000),
        }
    }
}

/// One channel of a row. Nothing overflows: it is written so that eight numbers go at a time.
fn fill(row: &mut [u8], light: &[u8], added: &[i16], weights: &Weights) {
    let (black, weight) = (weights.black, weights.light);
    for ((to, light), added) in row.iter_mut().zip(light).zip(added) {
        let light = times(i16::from(*light).wrapping_sub(black) << 7, weight);
        // Two products were rounded down, by half on the mean.
        let value = light.wrapping_add(*added).wrapping_add((1 << (POINT - 1)) + 1) >> POINT;
        *to = value.clamp(0, 255) as u8;
    }
}

/// The number with which [`times`] multiplies what has been shifted by `shift` so that `above`/`below` of it come out, with [`POINT`] bits
/// behind the point.
const fn scaled(shift: u32, above: i64, below: i64) -> i16 {
    let doubled = above * (1 << (16 + POINT - shift + 1)) / below;
    ((doubled + if doubled < 0 { -1 } else { 1 }) / 2) as i16
}

/// The upper half of the product.
#[inline]
const fn times(number: i16, weight: i16) -> i16 {
    ((number as i32 * weight as i32) >> 16) as i16
}
