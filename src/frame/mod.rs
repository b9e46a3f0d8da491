//! One picture of the screen: RGB, 8 bits a channel, row-major, no padding.
//!
//! The stage paints frames, panels pack them, the simulator shows them. A frame knows its size and its bytes; what they mean is
//! other rooms' business. Anything that draws with embedded-graphics can draw here.

mod blend;
mod copy;
mod fitting;
mod grey;
mod light;
pub mod mean;
pub mod scale;
mod stack;
mod target;

pub use fitting::{Fit, Fitting, Focus, Placed};
pub use light::{light, luma, over_black};

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor};

use crate::units::{Area, Digest, Size};

/// Bytes of one LED.
pub const CHANNELS: usize = 3;

/// A picture of the size of a screen, a zone or a strip.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    size: Size,
    bytes: Vec<u8>,
}

impl Frame {
    /// A black frame.
    pub fn new(size: Size) -> Self {
        Self {
            size,
            bytes: vec![0; size.leds() * CHANNELS],
        }
    }

    /// A frame of the given bytes; `None` unless there are exactly width x height x 3 of them.
    pub fn from_bytes(size: Size, bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() == size.leds() * CHANNELS).then_some(Self { size, bytes })
    }

    /// Width and height in LEDs.
    pub const fn size(&self) -> Size {
        self.size
    }

    /// All bytes: R, G, B of the top left LED, then to the right, then down.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// All bytes, to be changed.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    /// The bytes of row `y`, which must be below the height.
    pub fn row(&self, y: u32) -> &[u8] {
        let stride = self.stride();
        &self.bytes[y as usize * stride..][..stride]
    }

    /// The bytes of row `y`, which must be below the height, to be changed.
    pub fn row_mut(&mut self, y: u32) -> &mut [u8] {
        let stride = self.stride();
        &mut self.bytes[y as usize * stride..][..stride]
    }

    /// The colour of the LED at (`x`, `y`); `None` outside.
    pub fn led(&self, x: u32, y: u32) -> Option<Rgb888> {
        if x >= self.size.width || y >= self.size.height {
            return None;
        }
        let at = (y as usize * self.size.width as usize + x as usize) * CHANNELS;
        Some(Rgb888::new(self.bytes[at], self.bytes[at + 1], self.bytes[at + 2]))
    }

    /// Makes every LED `colour`.
    pub fn fill(&mut self, colour: Rgb888) {
        self.fill_area(self.size.area(), colour);
    }

    /// Makes every LED of `area` that lies on the frame `colour`.
    pub fn fill_area(&mut self, area: Area, colour: Rgb888) {
        let right = area.right().min(self.size.width) as usize;
        let left = (area.x as usize).min(right);
        let led = [colour.r(), colour.g(), colour.b()];
        for y in area.y..area.bottom().min(self.size.height) {
            let row = &mut self.row_mut(y)[left * CHANNELS..right * CHANNELS];
            row.chunks_exact_mut(CHANNELS)
                .for_each(|bytes| bytes.copy_from_slice(&led));
        }
    }

    /// The digest of size and bytes: two frames are the same picture exactly when their digests are equal.
    pub fn digest(&self) -> Digest {
        let width = self.size.width.to_le_bytes();
        let height = self.size.height.to_le_bytes();
        Digest::of_parts([&width[..], &height[..], &self.bytes])
    }

    fn stride(&self) -> usize {
        self.size.width as usize * CHANNELS
    }
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Frame({}, {:?})", self.size, self.digest())
    }
}
