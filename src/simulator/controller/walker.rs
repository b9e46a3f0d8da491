//! The way of a wire through a rectangle of cells, one step at a time.

use crate::{
    panel::{Axis, Corner, Walk},
    units::Size,
};

/// Somebody who follows the wire.
#[derive(Debug)]
pub(super) struct Walker {
    size: Size,
    x: i64,
    y: i64,
    /// A step along the line.
    along: (i64, i64),
    /// A step to the next line.
    across: (i64, i64),
    /// Where the walk began.
    home: (i64, i64),
    serpentine: bool,
}

impl Walker {
    /// At the beginning of `walk` through `size`.
    pub(super) fn new(walk: Walk, size: Size) -> Self {
        let is_right = matches!(walk.corner, Corner::TopRight | Corner::BottomRight);
        let is_low = matches!(walk.corner, Corner::BottomLeft | Corner::BottomRight);
        let sideways = if is_right { (-1, 0) } else { (1, 0) };
        let upright = if is_low { (0, -1) } else { (0, 1) };
        let (along, across) = match walk.axis {
            Axis::Rows => (sideways, upright),
            Axis::Columns => (upright, sideways),
        };
        let x = if is_right { i64::from(size.width) - 1 } else { 0 };
        let y = if is_low { i64::from(size.height) - 1 } else { 0 };
        Self {
            size,
            x,
            y,
            along,
            across,
            home: (x, y),
            serpentine: walk.serpentine,
        }
    }

    /// The cell; within the size until the last step.
    pub(super) const fn place(&self) -> (u32, u32) {
        (self.x as u32, self.y as u32)
    }

    /// On to the next cell.
    pub(super) fn step(&mut self) {
        let (x, y) = (self.x + self.along.0, self.y + self.along.1);
        if (0..i64::from(self.size.width)).contains(&x) && (0..i64::from(self.size.height)).contains(&y) {
            (self.x, self.y) = (x, y);
            return;
        }
        self.x += self.across.0;
        self.y += self.across.1;
        if self.serpentine {
            self.along = (-self.along.0, -self.along.1);
        } else if self.along.0 != 0 {
            self.x = self.home.0;
        } else {
            self.y = self.home.1;
        }
    }
}
