//! Pictures without colour.

use super::{CHANNELS, Frame};

/// What red, green and blue add to the brightness that an eye sees, in parts of 256: Rec. 709.
const WEIGHTS: [u32; CHANNELS] = [54, 183, 19];

impl Frame {
    /// Takes the colour out of every LED and leaves its brightness. Allocates nothing.
    pub fn grey(&mut self) {
        for led in self.bytes.chunks_exact_mut(CHANNELS) {
            let sum: u32 = led
                .iter()
                .zip(WEIGHTS)
                .map(|(level, weight)| u32::from(*level) * weight)
                .sum();
            // The weights add up to 256, so that white stays white.
            led.fill((sum / 256) as u8);
        }
    }
}
