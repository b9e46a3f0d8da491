//! Moving rows of LEDs from frame to frame: what fades, pushes and scrolls are made of. Nothing here allocates.

use super::{CHANNELS, Frame};
use crate::units::{Area, Size};

impl Frame {
    /// Copies the part of `source` at `from` to (`x`, `y`) here; whatever would fall outside of either frame is left out.
    pub fn copy_area(&mut self, source: &Self, from: Area, x: i64, y: i64) {
        self.copy_pixels((&source.bytes, source.size), from, x, y);
    }

    /// The same of a picture given as its pixels, R, G, B row by row, and their width and height; pixels that are fewer than that are no
    /// picture.
    pub fn copy_pixels(&mut self, (source, size): (&[u8], Size), from: Area, x: i64, y: i64) {
        if source.len() < size.leds() * CHANNELS {
            return;
        }
        let Some((width, from_x, to_x)) = overlap(from.x, from.width, size.width, x, self.size.width) else {
            return;
        };
        let Some((height, from_y, to_y)) = overlap(from.y, from.height, size.height, y, self.size.height) else {
            return;
        };
        let bytes = width as usize * CHANNELS;
        for row in 0..height {
            let start = (from_y + row) as usize * size.width as usize + from_x as usize;
            let source_row = &source[start * CHANNELS..][..bytes];
            self.row_mut(to_y + row)[to_x as usize * CHANNELS..][..bytes].copy_from_slice(source_row);
        }
    }

    /// Copies all of `source` to (`x`, `y`) here; whatever would fall outside is left out.
    pub fn copy_frame(&mut self, source: &Self, x: i64, y: i64) {
        self.copy_area(source, source.size.area(), x, y);
    }
}

/// Along one axis: how much of `length` LEDs from `start` (of `source`) lands at `target` (of `limit`), and from where to where.
fn overlap(start: u32, length: u32, source: u32, target: i64, limit: u32) -> Option<(u32, u32, u32)> {
    let start = i64::from(start);
    let skipped = (-target).max(0);
    let first = start + skipped;
    let end = (start + i64::from(length))
        .min(i64::from(source))
        .min(start - target + i64::from(limit));
    let count = u32::try_from(end - first).ok().filter(|count| *count > 0)?;
    let from = u32::try_from(first).ok()?;
    let to = u32::try_from(target + skipped).ok()?;
    Some((count, from, to))
}
