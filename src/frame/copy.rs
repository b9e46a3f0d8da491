//! Moving rows of LEDs from frame to frame: what fades, pushes and scrolls are made of. Nothing here allocates.

use super::{CHANNELS, Frame};
use crate::units::Area;

impl Frame {
    /// Copies the part of `source` at `from` to (`x`, `y`) here; whatever would fall outside of either frame is left out.
    pub fn copy_area(&mut self, source: &Self, from: Area, x: i64, y: i64) {
        let Some((width, from_x, to_x)) = overlap(from.x, from.width, source.size.width, x, self.size.width) else {
            return;
        };
        let Some((height, from_y, to_y)) = overlap(from.y, from.height, source.size.height, y, self.size.height) else {
            return;
        };
        let bytes = width as usize * CHANNELS;
        for row in 0..height {
            let source_row = &source.row(from_y + row)[from_x as usize * CHANNELS..][..bytes];
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
