//! From one-bit masks to lit LEDs: the only place where type gets a colour.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};

use crate::{
    frame::{CHANNELS, Frame},
    text::Mask,
    units::Area,
};

/// The set dots of a mask as horizontal runs, in one colour: what is painted tick by tick without looking at bits again.
#[derive(Clone, Debug, Default)]
pub(super) struct Ink {
    width: u32,
    runs: Vec<Run>,
    /// One row of the colour, as long as the longest run.
    colour: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    x: u32,
    y: u32,
    length: u32,
}

impl Ink {
    /// The set dots of `mask` in `colour`.
    pub(super) fn new(mask: &Mask, colour: Rgb888) -> Self {
        let runs: Vec<Run> = (0..mask.height()).flat_map(|y| runs_of(mask, y)).collect();
        let longest = runs.iter().map(|run| run.length as usize).max().unwrap_or(0);
        Self {
            width: mask.width(),
            runs,
            colour: [colour.r(), colour.g(), colour.b()].repeat(longest),
        }
    }

    /// The width of its cell in LEDs, blank columns included.
    pub(super) const fn width(&self) -> u32 {
        self.width
    }

    /// The rows down to its lowest dot, that one included; 0 where there is none.
    pub(super) fn bottom(&self) -> u32 {
        self.runs.iter().map(|run| run.y + 1).max().unwrap_or(0)
    }

    /// The same `down` rows lower.
    pub(super) fn lowered(mut self, down: u32) -> Self {
        self.runs.iter_mut().for_each(|run| run.y += down);
        self
    }

    /// Paints the runs with their top left corner at (`x`, `y`) of `frame`, as far as they lie in `clip`. Allocates nothing.
    pub(super) fn paint(&self, frame: &mut Frame, clip: Area, x: i64, y: i64) {
        let size = frame.size();
        let (left, right) = (i64::from(clip.x), i64::from(clip.right().min(size.width)));
        let (top, bottom) = (i64::from(clip.y), i64::from(clip.bottom().min(size.height)));
        for run in &self.runs {
            let row = y + i64::from(run.y);
            let start = (x + i64::from(run.x)).max(left);
            let end = (x + i64::from(run.x + run.length)).min(right);
            if row < top || row >= bottom || start >= end {
                continue;
            }
            // Both lie inside the frame now, so they fit.
            let (row, start, bytes) = (row as u32, start as usize * CHANNELS, (end - start) as usize * CHANNELS);
            frame.row_mut(row)[start..start + bytes].copy_from_slice(&self.colour[..bytes]);
        }
    }
}

/// The runs of set dots in row `y`.
fn runs_of(mask: &Mask, y: u32) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut start = None;
    for x in 0..=mask.width() {
        match (mask.dot(x, y), start) {
            (true, None) => start = Some(x),
            (false, Some(from)) => {
                runs.push(Run {
                    x: from,
                    y,
                    length: x - from,
                });
                start = None;
            }
            _ => {}
        }
    }
    runs
}
