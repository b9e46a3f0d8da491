//! LEDs of one colour, or of red and green: less than three bytes each, one LED after the other. What the processor can do at once is in
//! `vbmi`.

use super::shade::Led;

/// From here on a channel is lit: half of its full value.
const HALF: u8 = 128;

/// One byte an LED: as bright as its brightest channel, through `table`.
pub(super) fn grey(table: &[u8; 256], leds: &[Led], out: &mut [u8]) {
    let pairs = leds.iter().zip(out);
    pairs.for_each(|([r, g, b], out)| *out = table[usize::from(*r.max(g).max(b))]);
}

/// One bit an LED: whether any channel is lit.
pub(super) fn one_bit(leds: &[Led], out: &mut [u8]) {
    for (leds, out) in leds.chunks(8).zip(out) {
        let bits = leds.iter().zip([0x80, 0x40, 0x20, 0x10, 8, 4, 2, 1]);
        *out = bits.fold(0, |byte, ([r, g, b], bit)| {
            byte | if (r | g | b) >= HALF { bit } else { 0 }
        });
    }
}

/// Two bits an LED: whether red is lit, and green.
pub(super) fn two_bits(leds: &[Led], out: &mut [u8]) {
    for (leds, out) in leds.chunks(4).zip(out) {
        let bits = leds.iter().zip([0, 2, 4, 6]);
        *out = bits.fold(0, |byte, ([r, g, _], at)| {
            byte | (r & HALF) >> at | (g & HALF) >> (at + 1)
        });
    }
}
