//! LEDs of one colour, or of red and green: less than three bytes each, one LED after the other. What the processor can do at once is in
//! `vbmi`.

use super::shade::Led;

/// From here on a channel is lit: half of its full value.
const HALF: u8 = 128;

/// LEDs whose bits are made at once. Their bytes are three lines of so many, and as 3 does not divide it, the first byte of an LED is in
/// each place of exactly one line.
const LINE: usize = 16;

/// One byte an LED: as bright as its brightest channel, through `table`.
pub(super) fn grey(table: &[u8; 256], leds: &[Led], out: &mut [u8]) {
    let pairs = leds.iter().zip(out);
    pairs.for_each(|([r, g, b], out)| *out = table[usize::from(*r.max(g).max(b))]);
}

/// One bit an LED: whether any channel is lit.
pub(super) fn one_bit(leds: &[Led], out: &mut [u8]) {
    let lines = leds.len().saturating_sub(1) / LINE;
    let (whole, out) = out.split_at_mut(lines * LINE / 8);
    let blocks = leds.array_windows().step_by(LINE);
    blocks
        .zip(whole.as_chunks_mut().0)
        .for_each(|(leds, out)| *out = line(leds));
    let leds = &leds[lines * LINE..];
    for (leds, out) in leds.chunks(8).zip(out) {
        let bits = leds.iter().zip([0x80, 0x40, 0x20, 0x10, 8, 4, 2, 1]);
        *out = bits.fold(0, |byte, ([r, g, b], bit)| {
            byte | if (r | g | b) >= HALF { bit } else { 0 }
        });
    }
}

/// The bits of a line of LEDs; another LED behind them is there to be read, not to count.
///
/// Every byte is joined with the two behind it, which is right where an LED begins; of the three lines those places are brought together, one
/// LED a byte; and of the bytes the highest bits. The compiler does all of that on sixteen bytes at once, with the instructions that every
/// processor has.
fn line(leds: &[Led; LINE + 1]) -> [u8; 2] {
    let bytes = leds.as_flattened();
    let any = |at: usize| bytes[at] | bytes[at + 1] | bytes[at + 2];
    let mut lit = [0; LINE];
    for (place, lit) in lit.iter_mut().enumerate() {
        let begun = |line: usize| any(line * LINE + place) & BEGINNINGS[line][place];
        *lit = begun(0) | begun(1) | begun(2);
    }
    let (halves, _) = lit.as_chunks();
    (ORDERED[0][highest(halves[0])] | ORDERED[1][highest(halves[1])]).to_be_bytes()
}

/// The highest bits of eight bytes that have no others, that of the first one lowest.
const fn highest(bytes: [u8; 8]) -> usize {
    // Each byte comes to the top, moved on by its place; no two meet on the way.
    const TO_THE_TOP: u64 = 0x0002_0408_1020_4081;
    (u64::from_le_bytes(bytes).wrapping_mul(TO_THE_TOP) >> 56) as usize
}

/// The highest bit of each byte of three lines that begins an LED.
const BEGINNINGS: [[u8; LINE]; 3] = {
    let mut beginnings = [[0; LINE]; 3];
    let mut led = 0;
    while led < LINE {
        beginnings[led * 3 / LINE][led * 3 % LINE] = HALF;
        led += 1;
    }
    beginnings
};

/// The bits of either half of a line, in the order of the bytes, put into that of the LEDs: the first LED highest.
const ORDERED: [[u16; 256]; 2] = {
    let mut ordered = [[0; 256]; 2];
    let mut at = 0;
    while at < 256 * LINE {
        let (bits, led) = (at / LINE, at % LINE);
        let place = led * 3 % LINE;
        if bits >> (place % 8) & 1 == 1 {
            ordered[place / 8][bits] |= 1 << (LINE - 1 - led);
        }
        at += 1;
    }
    ordered
};

/// Two bits an LED: whether red is lit, and green.
pub(super) fn two_bits(leds: &[Led], out: &mut [u8]) {
    for (leds, out) in leds.chunks(4).zip(out) {
        let bits = leds.iter().zip([0, 2, 4, 6]);
        *out = bits.fold(0, |byte, ([r, g, _], at)| {
            byte | (r & HALF) >> at | (g & HALF) >> (at + 1)
        });
    }
}
