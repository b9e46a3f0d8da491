//! One bit a dot: type before it has a colour.

/// A one-bit picture, rows packed to whole bytes, the leftmost dot in the highest bit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    width: u32,
    height: u32,
    rows: Vec<u8>,
}

impl Mask {
    /// An empty mask of `width` by `height` dots.
    pub fn new(width: u32, height: u32) -> Self {
        let stride = width.div_ceil(8) as usize;
        Self {
            width,
            height,
            rows: vec![0; stride * height as usize],
        }
    }

    /// Width in dots.
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Height in dots.
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// Row `y`, which must be below the height: whole bytes, unused bits zero.
    pub fn row(&self, y: u32) -> &[u8] {
        let stride = self.width.div_ceil(8) as usize;
        &self.rows[y as usize * stride..][..stride]
    }

    /// Whether the dot at (`x`, `y`) is set; outside it is not.
    pub fn dot(&self, x: u32, y: u32) -> bool {
        x < self.width && y < self.height && self.row(y)[x as usize / 8] & (0x80 >> (x % 8)) != 0
    }
}
