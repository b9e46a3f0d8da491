//! A picture without its colours, for days of mourning. Nothing here allocates.

use super::{CHANNELS, Frame};

/// What each channel adds to the luma, in parts of 256: the weights of ITU-R BT.709, whose primaries are near those of LEDs.
const WEIGHTS: [u16; CHANNELS] = [54, 183, 19];

impl Frame {
    /// Makes every LED as light as it is in grey: all three channels become `(54 R + 183 G + 19 B + 128) / 256`, the luma of BT.709 in
    /// integers, so every machine makes the same picture. What is grey already stays as it is. Only for LEDs of full colour: on LEDs of
    /// one colour there is nothing to take away, and type would only grow dim.
    pub fn grey(&mut self) {
        let (leds, _) = self.bytes.as_chunks_mut::<CHANNELS>();
        leds.iter_mut().for_each(|led| *led = [luma(*led); CHANNELS]);
    }
}

/// Sixteen bits are enough: 255 x 256 + 128 < 65,536.
fn luma([red, green, blue]: [u8; CHANNELS]) -> u8 {
    let weighed = |channel: u8, at: usize| u16::from(channel).wrapping_mul(WEIGHTS[at]);
    let sum = weighed(red, 0)
        .wrapping_add(weighed(green, 1))
        .wrapping_add(weighed(blue, 2))
        .wrapping_add(128);
    (sum >> 8) as u8
}
