//! Sizes and places on a screen, counted in LEDs from its top left corner.

use std::fmt;

/// Width and height in LEDs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Size {
    /// Columns of LEDs.
    pub width: u32,
    /// Rows of LEDs.
    pub height: u32,
}

impl Size {
    /// The largest width or height that a screen may have, in LEDs: a 4K picture's width twice over.
    pub const LIMIT: u32 = 8192;

    /// A size of `width` by `height` LEDs.
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }

    /// The number of LEDs.
    pub const fn leds(self) -> usize {
        self.width as usize * self.height as usize
    }

    /// The whole of this size as an area at the origin.
    pub const fn area(self) -> Area {
        Area {
            x: 0,
            y: 0,
            width: self.width,
            height: self.height,
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

/// A rectangle of LEDs; `x` and `y` are its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Area {
    /// LEDs from the left edge.
    pub x: u32,
    /// LEDs from the top edge.
    pub y: u32,
    /// Columns of LEDs.
    pub width: u32,
    /// Rows of LEDs.
    pub height: u32,
}

impl Area {
    /// The area of `size` at (`x`, `y`).
    pub const fn new(x: u32, y: u32, width: u32, height: u32) -> Self {
        Self { x, y, width, height }
    }

    /// Width and height.
    pub const fn size(self) -> Size {
        Size::new(self.width, self.height)
    }

    /// The first column right of the area.
    pub const fn right(self) -> u32 {
        self.x.saturating_add(self.width)
    }

    /// The first row below the area.
    pub const fn bottom(self) -> u32 {
        self.y.saturating_add(self.height)
    }

    /// Whether every LED of the area lies on a screen of `size`.
    pub const fn fits(self, size: Size) -> bool {
        self.right() <= size.width && self.bottom() <= size.height
    }

    /// The area in Chinese, with the words for its keys: `左 8、上 0、宽 16、高 16`.
    pub fn chinese(self) -> String {
        let Self { x, y, width, height } = self;
        format!("左 {x}、上 {y}、宽 {width}、高 {height}")
    }

    /// Whether the two areas share at least one LED.
    pub const fn overlaps(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}+{}+{}", self.width, self.height, self.x, self.y)
    }
}
