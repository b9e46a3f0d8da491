//! Frames as picture files: PNG for one, APNG and GIF for many.
//!
//! Pure over bytes: the same frames give the same file. [`Look`] says how large an LED is drawn, and whether as a square or as a
//! round dot.

mod apng;
mod gif;
mod look;
mod png;
mod steps;

pub use self::{
    apng::apng,
    gif::gif,
    png::{labelled, png},
};
pub use look::{Look, Scale};

use super::SimulatorError;
use crate::units::Size;

/// The most dots of a picture: as many as browsers and offices open without trouble.
const DOTS: u64 = 1 << 26;

/// The width and height in dots of `size` LEDs in `look`, or why there is no such picture; `side` is the longest side of the format.
fn dimensions(size: Size, look: Look, side: u64) -> Result<(u32, u32), SimulatorError> {
    let [width, height] = [size.width, size.height].map(|leds| u64::from(leds) * u64::from(look.scale()));
    let refused = SimulatorError::PictureSize { width, height };
    if width == 0 || height == 0 || width.max(height) > side || width * height > DOTS {
        return Err(refused);
    }
    match (u32::try_from(width), u32::try_from(height)) {
        (Ok(width), Ok(height)) => Ok((width, height)),
        _ => Err(refused),
    }
}
