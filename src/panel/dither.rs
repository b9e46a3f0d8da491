//! Pictures of many shades on LEDs that are either lit or dark: how many of them are lit stands for how light the picture is.
//!
//! One channel at a time: a byte an LED, row by row, in; 0 or 255 in each, out. Shades are compared as light, not as the numbers that
//! stand for it: an LED that is lit one time in five sends out a fifth of the light, which is what the number 124 of 255 means. So a
//! picture is as light from afar as on LEDs of 256 steps, and as its preview on a display. Type is never dithered: it has no shades.

use std::sync::LazyLock;

use crate::frame::light;

/// How shades become lit and dark LEDs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dither {
    /// By error diffusion: what an LED is too light or too dark goes on to those not yet decided. Fine shades, for photographs.
    #[default]
    Diffusion,
    /// By a fixed pattern of 8 x 8 thresholds: even areas get even patterns, for drawings and for what moves.
    Ordered,
    /// Not at all: what is at least half as bright as can be is lit.
    None,
}

/// The light of a lit LED.
const WHOLE: i32 = 65_535;

/// From this number of 255 on an LED is lit where nothing is dithered.
const HALF: u8 = 128;

/// LEDs along one side of the pattern.
const SIDE: usize = 8;

/// In which order the LEDs of the pattern are lit as it grows lighter: Bayer's matrix.
const ORDER: [[u16; SIDE]; SIDE] = {
    let mut order = [[0; SIDE]; SIDE];
    let mut at = 0;
    while at < SIDE * SIDE {
        let (x, y) = (at % SIDE, at / SIDE);
        // From the bits of x xor y and of y in turn, the lowest ones first.
        let mut bit = 0;
        while bit < 3 {
            let (down, either) = (y >> bit & 1, (x ^ y) >> bit & 1);
            order[y][x] |= ((either << 1 | down) as u16) << (2 * (2 - bit));
            bit += 1;
        }
        at += 1;
    }
    order
};

/// From which number of 255 on each LED of the pattern is lit.
static LEAST: LazyLock<[[u8; SIDE]; SIDE]> = LazyLock::new(|| {
    ORDER.map(|row| {
        row.map(|place| {
            let threshold = (2 * u32::from(place) + 1) * WHOLE as u32 / (2 * (SIDE * SIDE) as u32);
            // There is one: the light of 255 is above all thresholds.
            (0..=u8::MAX)
                .find(|value| u32::from(light(*value)) > threshold)
                .unwrap_or(u8::MAX)
        })
    })
});

/// Makes each byte of `channel`, which has rows of `width` LEDs, 0 or 255. A width of 0 changes nothing.
pub fn dither(channel: &mut [u8], width: usize, how: Dither) {
    if width == 0 {
        return;
    }
    match how {
        Dither::Diffusion => diffuse(channel, width),
        Dither::Ordered => order(channel, width),
        Dither::None => channel.iter_mut().for_each(|value| *value = lit(*value >= HALF)),
    }
}

const fn lit(is_lit: bool) -> u8 {
    if is_lit { u8::MAX } else { 0 }
}

fn order(channel: &mut [u8], width: usize) {
    for (y, row) in channel.chunks_mut(width).enumerate() {
        let least = &LEAST[y % SIDE];
        let (patterns, rest) = row.as_chunks_mut::<SIDE>();
        for pattern in patterns {
            for (value, least) in pattern.iter_mut().zip(least) {
                *value = lit(*value >= *least);
            }
        }
        for (value, least) in rest.iter_mut().zip(least) {
            *value = lit(*value >= *least);
        }
    }
}

/// Floyd and Steinberg's: of an error 7/16 go on, 3/16, 5/16 and 1/16 to the row below. Every other row goes back, so that no pattern
/// leans one way. What would fall off the side of the picture stays in it, straight below.
fn diffuse(channel: &mut [u8], width: usize) {
    // One more on either side, so that nothing has to be asked at the edges.
    let mut owed = vec![0; width + 2];
    let mut below = vec![0; width + 2];
    for (y, row) in channel.chunks_mut(width).enumerate() {
        if y % 2 == 0 {
            go(row.iter_mut().enumerate(), &owed, &mut below, 1);
        } else {
            go(row.iter_mut().enumerate().rev(), &owed, &mut below, -1);
        }
        below[1] += below[0];
        below[width] += below[width + 1];
        std::mem::swap(&mut owed, &mut below);
        below.fill(0);
    }
}

/// One row in one direction: `owed` is what the row above left to it, `below` what it leaves to the next one. Errors stay below twice
/// the light of an LED, so 32 bits are plenty.
fn go<'a>(row: impl Iterator<Item = (usize, &'a mut u8)>, owed: &[i32], below: &mut [i32], ahead: isize) {
    let mut carried = 0;
    for (x, value) in row {
        let at = x + 1;
        let wanted = i32::from(light(*value)) + owed[at] + carried;
        let is_lit = wanted > WHOLE / 2;
        *value = lit(is_lit);
        let error = wanted - if is_lit { WHOLE } else { 0 };
        let [behind, under, before] = [error * 3 / 16, error * 5 / 16, error / 16];
        below[at.wrapping_add_signed(-ahead)] += behind;
        below[at] += under;
        below[at.wrapping_add_signed(ahead)] += before;
        // The rest, so that nothing is lost by rounding.
        carried = error - behind - under - before;
    }
    let end = if ahead > 0 { below.len() - 2 } else { 1 };
    below[end] += carried;
}
