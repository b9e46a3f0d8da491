//! Pictures made smaller or larger.
//!
//! Smaller: each pixel is the mean of the light that falls on its area, in exact parts of pixels, as an eye far away would see it. Larger: each
//! pixel becomes a square, since LEDs show what is sharp. All in integers.

use super::{
    CHANNELS, Frame,
    light::{light, values},
};
use crate::units::Size;

/// The most by which a picture is made larger, along each side.
pub const LARGEST: u32 = 4;

/// The size that a picture of `size` has in `room`, with its sides in the same proportion: as large as the room where it must be made
/// smaller, else the largest whole multiple up to [`LARGEST`]. At least 1x1; neither may be empty.
pub fn contained(size: Size, room: Size) -> Size {
    let most = (room.width / size.width).min(room.height / size.height);
    if most >= 1 {
        let times = most.min(LARGEST);
        return Size::new(size.width * times, size.height * times);
    }
    let (width, height) = (u64::from(size.width), u64::from(size.height));
    let (across, down) = (u64::from(room.width), u64::from(room.height));
    // The nearest whole number, and never more than there is room for.
    let side = |whole: u64, room: u64, other: u64| ((2 * whole * room + other) / (2 * other)).max(1);
    let narrow = |side: u64, most: u64| u32::try_from(side.min(most)).unwrap_or(u32::MAX);
    if width * down > height * across {
        Size::new(room.width, narrow(side(height, across, width), down))
    } else {
        Size::new(narrow(side(width, down, height), across), room.height)
    }
}

/// The pixels `source` (R, G, B, row by row) of a picture of `size`, made as small as `to`, which is not larger along either side. Sides have
/// at most 65,535 pixels.
pub fn shrink(source: &[u8], size: Size, to: Size) -> Vec<u8> {
    if size == to {
        return source.to_vec();
    }
    let stride = size.width as usize * CHANNELS;
    let across = spans(size.width, to.width);
    let values = values();
    let whole = u64::from(size.width) * u64::from(size.height);
    let mut made = Vec::with_capacity(to.leds() * CHANNELS);
    let mut sums = vec![0; stride];
    for down in spans(size.height, to.height) {
        sums.fill(0);
        for (y, weight) in down.weights() {
            add(&source[y as usize * stride..][..stride], weight, &mut sums);
        }
        let (columns, _) = sums.as_chunks::<CHANNELS>();
        for span in &across {
            // Below 65,536: the weights are `whole` in all.
            let value = |sum: u64| values[((sum + whole / 2) / whole) as usize];
            made.extend(span.sum(columns).map(value));
        }
    }
    made
}

/// Adds the light of a row, so many parts of it. 32 bits are enough for the parts of all rows, since they are as many as rows.
fn add(line: &[u8], weight: u32, sums: &mut [u32]) {
    for (sum, value) in sums.iter_mut().zip(line) {
        *sum = sum.wrapping_add(u32::from(light(*value)).wrapping_mul(weight));
    }
}

/// The pixels that fall on one pixel of a smaller row: the first and the last in part, what lies between as a whole.
#[derive(Clone, Copy)]
struct Span {
    first: u32,
    last: u32,
    /// What of the first and of the last falls there; where they are one, all of it is in `before`.
    before: u32,
    after: u32,
    /// What of each between.
    unit: u32,
}

impl Span {
    /// What of `pixels` falls there, in all.
    fn sum(self, pixels: &[[u32; CHANNELS]]) -> [u64; CHANNELS] {
        let (first, last) = (self.first as usize, self.last as usize);
        let mut sum = [0_u64; CHANNELS];
        for pixel in pixels.get(first + 1..last).unwrap_or_default() {
            for (sum, part) in sum.iter_mut().zip(pixel) {
                *sum += u64::from(*part);
            }
        }
        let parts = |pixel: usize, weight: u32| pixels[pixel].map(|part| u64::from(part) * u64::from(weight));
        let (before, after) = (parts(first, self.before), parts(last, self.after));
        std::array::from_fn(|at| sum[at] * u64::from(self.unit) + before[at] + after[at])
    }

    fn weights(self) -> impl Iterator<Item = (u32, u32)> {
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

/// How `from` pixels fall on `to`: in units of which a pixel of the many has `to`, one of the few `from`.
fn spans(from: u32, to: u32) -> Vec<Span> {
    let (many, few) = (u64::from(from), u64::from(to));
    let span = |at: u64| {
        let (start, end) = (at * many, (at + 1) * many);
        let (first, last) = (start / few, (end - 1) / few);
        let before = ((first + 1) * few).min(end) - start;
        let after = if last == first { 0 } else { end - last * few };
        let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        Span {
            first: narrow(first),
            last: narrow(last),
            before: narrow(before),
            after: narrow(after),
            unit: to,
        }
    };
    (0..few).map(span).collect()
}

impl Frame {
    /// Puts the pixels `source` (R, G, B, row by row) of a picture of `size` in the middle of this frame, as [`contained`] says; what is
    /// left around it stays as it is.
    pub fn put_picture(&mut self, source: &[u8], size: Size) {
        if size.leds() == 0 || self.size.leds() == 0 {
            return;
        }
        let to = contained(size, self.size);
        let (x, y) = ((self.size.width - to.width) / 2, (self.size.height - to.height) / 2);
        if to.width > size.width || to.height > size.height {
            return self.put_larger(source, size, (x, y), to.width / size.width);
        }
        let made = shrink(source, size, to);
        let stride = to.width as usize * CHANNELS;
        for (row, line) in (y..).zip(made.chunks_exact(stride)) {
            self.row_mut(row)[x as usize * CHANNELS..][..stride].copy_from_slice(line);
        }
    }

    fn put_larger(&mut self, source: &[u8], size: Size, (x, y): (u32, u32), times: u32) {
        let stride = size.width as usize * CHANNELS;
        for (row, line) in (0..).zip(source.chunks_exact(stride)) {
            for down in 0..times {
                let to = &mut self.row_mut(y + row * times + down)[x as usize * CHANNELS..];
                let squares = to.chunks_exact_mut(CHANNELS * times as usize);
                for (square, pixel) in squares.zip(line.chunks_exact(CHANNELS)) {
                    square
                        .chunks_exact_mut(CHANNELS)
                        .for_each(|led| led.copy_from_slice(pixel));
                }
            }
        }
    }
}
