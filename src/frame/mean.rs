//! Pictures of any size brought to any other: each pixel is the mean of the light that falls on its area.
//!
//! In exact parts of pixels, as an eye far away would see it. Where there are more pixels than before, the same rule makes a square of each,
//! with an edge of mixed light where squares do not end between two LEDs: LEDs show what is sharp. All in integers; what can be reckoned
//! beforehand is, so that one picture after the other is made without allocating anything.

use super::{
    CHANNELS,
    light::{light, values},
};
use crate::units::Size;

/// Brings pictures of one size to another.
#[derive(Debug)]
pub struct Resizer {
    to: Size,
    across: Vec<Span>,
    down: Vec<Span>,
    scale: Scale,
    /// The light of the row that was asked for last.
    row: Vec<[u16; CHANNELS]>,
    /// The light of all rows that fall on one, each as much as falls there.
    sums: Vec<[u32; CHANNELS]>,
    /// The row that is made.
    made: Vec<u8>,
}

impl Resizer {
    /// From pictures of size `from` to such of size `to`. No side is 0, or longer than 65,535 pixels.
    pub fn new(from: Size, to: Size) -> Self {
        let ((across, wide), (down, high)) = (spans(from.width, to.width), spans(from.height, to.height));
        Self {
            to,
            across,
            down,
            scale: Scale::new(wide * high),
            row: vec![[0; CHANNELS]; from.width as usize],
            sums: vec![[0; CHANNELS]; from.width as usize],
            made: vec![0; to.width as usize * CHANNELS],
        }
    }

    /// The size of what is made.
    pub const fn to(&self) -> Size {
        self.to
    }

    /// Makes one picture: `light` writes the light of a row of it, each row at most once, from the top; `put` gets each row that was made.
    pub fn resize(&mut self, mut light: impl FnMut(u32, &mut [[u16; CHANNELS]]), mut put: impl FnMut(u32, &[u8])) {
        let mut at_hand = None;
        for (y, span) in (0..).zip(&self.down) {
            for (at, weight) in span.weights() {
                if at_hand != Some(at) {
                    light(at, &mut self.row);
                    at_hand = Some(at);
                }
                if at == span.first {
                    set(&self.row, weight, &mut self.sums);
                } else {
                    add(&self.row, weight, &mut self.sums);
                }
            }
            self.scale.row(&self.across, &self.sums, &mut self.made);
            put(y, &self.made);
        }
    }
}

/// The light of each pixel of a row of R, G, B.
pub fn light_of(line: &[u8], row: &mut [[u16; CHANNELS]]) {
    let (pixels, _) = line.as_chunks::<CHANNELS>();
    for (to, pixel) in row.iter_mut().zip(pixels) {
        *to = pixel.map(light);
    }
}

/// The light of a row, so many parts of it. 32 bits are enough for the parts of all rows, since they are no more than there are rows.
fn set(row: &[[u16; CHANNELS]], weight: u16, sums: &mut [[u32; CHANNELS]]) {
    for (sum, light) in sums.as_flattened_mut().iter_mut().zip(row.as_flattened()) {
        *sum = u32::from(*light) * u32::from(weight);
    }
}

/// The same, added to what is there.
fn add(row: &[[u16; CHANNELS]], weight: u16, sums: &mut [[u32; CHANNELS]]) {
    for (sum, light) in sums.as_flattened_mut().iter_mut().zip(row.as_flattened()) {
        *sum = sum.wrapping_add(u32::from(*light) * u32::from(weight));
    }
}

/// From sums of light to the values of a pixel.
#[derive(Clone, Copy, Debug)]
struct Scale {
    /// Half of all parts that a pixel has.
    half: u64,
    /// By which a sum is multiplied, in 2^-63: the processor divides ten times as slowly.
    factor: u64,
    values: &'static [u8],
}

impl Scale {
    fn new(parts: u64) -> Self {
        Self {
            half: parts / 2,
            factor: (1_u64 << 63).div_ceil(parts),
            values: values(),
        }
    }

    fn row(self, across: &[Span], sums: &[[u32; CHANNELS]], made: &mut [u8]) {
        let (pixels, _) = made.as_chunks_mut::<CHANNELS>();
        for (pixel, span) in pixels.iter_mut().zip(across) {
            *pixel = span.sum(sums).map(|sum| self.value(sum));
        }
    }

    fn value(self, sum: u64) -> u8 {
        // Less than 65,536: a sum has as many parts as a pixel. The factor is too large by less than a part in 2^37.
        let mean = (u128::from(sum + self.half) * u128::from(self.factor)) >> 63;
        self.values[mean as usize & 0xFFFF]
    }
}

/// The pixels that fall on one pixel of another row: the first and the last in part, what lies between as a whole.
#[derive(Clone, Copy, Debug)]
struct Span {
    first: u32,
    last: u32,
    /// What of the first and of the last falls there; where they are one, all of it is in `before`.
    before: u16,
    after: u16,
    /// What of each between.
    unit: u16,
}

impl Span {
    /// What of `pixels` falls there, in all.
    #[inline]
    fn sum(self, pixels: &[[u32; CHANNELS]]) -> [u64; CHANNELS] {
        let (first, last) = (self.first as usize, self.last as usize);
        let mut sum = [0_u64; CHANNELS];
        for pixel in pixels.get(first + 1..last).unwrap_or_default() {
            for (sum, part) in sum.iter_mut().zip(pixel) {
                *sum += u64::from(*part);
            }
        }
        let parts = |pixel: usize, weight: u16| pixels[pixel].map(|part| u64::from(part) * u64::from(weight));
        let (before, after) = (parts(first, self.before), parts(last, self.after));
        std::array::from_fn(|at| sum[at] * u64::from(self.unit) + before[at] + after[at])
    }

    fn weights(self) -> impl Iterator<Item = (u32, u16)> {
        (self.first..=self.last).map(move |at| {
            let weight = match at {
                _ if at == self.first => self.before,
                _ if at == self.last => self.after,
                _ => self.unit,
            };
            (at, weight)
        })
    }
}

/// How `from` pixels fall on `to`, and in how many parts each of the latter is counted; each of the former has `unit` of those.
fn spans(from: u32, to: u32) -> (Vec<Span>, u64) {
    let common = common(from, to);
    let (parts, unit) = (u64::from(from / common), u64::from(to / common));
    let narrow = |number: u64| u16::try_from(number).unwrap_or(u16::MAX);
    let span = |at: u64| {
        let (start, end) = (at * parts, (at + 1) * parts);
        let (first, last) = (start / unit, (end - 1) / unit);
        let before = ((first + 1) * unit).min(end) - start;
        let after = if last == first { 0 } else { end - last * unit };
        Span {
            first: first as u32,
            last: last as u32,
            before: narrow(before),
            after: narrow(after),
            unit: narrow(unit),
        }
    };
    ((0..u64::from(to)).map(span).collect(), parts)
}

/// The greatest common divisor.
const fn common(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { common(b, a % b) }
}
