//! LEDs to bytes, and back.
//!
//! A LED counts as lit in a colour where that channel is at least half; of a card of one colour, where any channel is. Rows of bits are
//! filled up with 1, which is dark, to where the card's own x is a multiple of 8 (bytes) or 32 (words), on both sides.

use super::{super::model::Layout, PictureError};
use crate::{
    frame::{CHANNELS, Frame},
    units::{Area, Size},
};

/// From this value on a channel is lit.
pub const LIT: u8 = 0x80;

/// How many bytes the LEDs of `place` take.
pub const fn length(layout: Layout, place: Area) -> usize {
    let leds = place.size().leds();
    match layout {
        Layout::Bytes => row_groups(place, 8) * place.height as usize,
        Layout::BytePairs => 2 * row_groups(place, 8) * place.height as usize,
        Layout::Words => 4 * row_groups(place, 32) * place.height as usize,
        Layout::WordPlanes => 8 * row_groups(place, 32) * place.height as usize,
        Layout::Rgb565 => 2 * leds,
        Layout::Rgb888 => 3 * leds,
    }
}

/// The bytes of `frame`, whose top left LED is that of `place` on the card. What the frame lacks of the place is dark; what it has more is
/// left out.
pub fn pack(layout: Layout, place: Area, frame: &Frame) -> Vec<u8> {
    pack_from(layout, place, frame, 0)
}

/// The same of a strip, from its column `from` on.
pub fn pack_from(layout: Layout, place: Area, frame: &Frame, from: u32) -> Vec<u8> {
    let rows = || (0..place.height).map(|y| part(frame, y, from, place.width));
    let mut out = Vec::with_capacity(length(layout, place));
    match layout {
        Layout::Bytes => {
            for row in rows() {
                groups(row, place, 8, any, |byte| out.push(byte as u8));
            }
        }
        Layout::BytePairs => {
            for row in rows() {
                let start = out.len();
                groups(row, place, 8, red, |byte| out.extend([byte as u8, 0xff]));
                let mut at = start + 1;
                groups(row, place, 8, green, |byte| {
                    out[at] = byte as u8;
                    at += 2;
                });
            }
        }
        Layout::Words => plane(rows(), place, any, &mut out),
        Layout::WordPlanes => {
            plane(rows(), place, red, &mut out);
            plane(rows(), place, green, &mut out);
        }
        Layout::Rgb565 => rows().for_each(|row| {
            let leds = row.iter().flat_map(|led| short(*led).to_le_bytes());
            fill(leds, 2 * place.width as usize, &mut out);
        }),
        Layout::Rgb888 => rows().for_each(|row| {
            fill(row.iter().flatten().copied(), CHANNELS * place.width as usize, &mut out);
        }),
    }
    out
}

/// The LEDs that the bytes of `place` light: red, green or both; of one colour white; of full colour as near as the bytes say.
///
/// # Errors
/// Another number of bytes than the place takes.
pub fn unpack(layout: Layout, place: Area, bytes: &[u8]) -> Result<Frame, PictureError> {
    let needed = length(layout, place);
    if bytes.len() != needed {
        let found = bytes.len();
        return Err(PictureError::Bitmap { found, needed });
    }
    let mut frame = Frame::new(Size::new(place.width, place.height));
    for y in 0..place.height {
        for (x, led) in frame.row_mut(y).chunks_exact_mut(CHANNELS).enumerate() {
            led.copy_from_slice(&led_at(layout, place, bytes, x, y as usize));
        }
    }
    Ok(frame)
}

/// The groups of `bits` that one row takes.
const fn row_groups(place: Area, bits: u32) -> usize {
    if place.width == 0 {
        return 0;
    }
    (place.x % bits + place.width).div_ceil(bits) as usize
}

/// At most `width` LEDs of row `y` of the frame, from column `from` on.
fn part(frame: &Frame, y: u32, from: u32, width: u32) -> &[[u8; CHANNELS]] {
    if y >= frame.size().height {
        return &[];
    }
    let (leds, _) = frame.row(y).as_chunks::<CHANNELS>();
    let leds = leds.get(from as usize..).unwrap_or_default();
    &leds[..leds.len().min(width as usize)]
}

/// One plane of words, all rows.
fn plane<'f>(
    rows: impl Iterator<Item = &'f [[u8; CHANNELS]]>,
    place: Area,
    lit: impl Fn([u8; CHANNELS]) -> u8 + Copy,
    out: &mut Vec<u8>,
) {
    for row in rows {
        groups(row, place, 32, lit, |word| out.extend(word.to_le_bytes()));
    }
}

/// Puts the groups of `bits` of one row, the leftmost LED in the highest bit. The bits above `bits` are 1 as well.
fn groups(
    row: &[[u8; CHANNELS]],
    place: Area,
    bits: u32,
    lit: impl Fn([u8; CHANNELS]) -> u8,
    mut put: impl FnMut(u32),
) {
    let bits = bits as usize;
    let phase = place.x as usize % bits;
    let mut group = |leds: &[[u8; CHANNELS]], rest: usize| {
        let word = leds
            .iter()
            .fold(u32::MAX, |word, led| word << 1 | u32::from(lit(*led) < LIT));
        // A group that has no LED at all leaves all its bits free: 32 of them are more than a shift can be.
        put(word
            .checked_shl(rest as u32)
            .map_or(u32::MAX, |word| word | ((1 << rest) - 1)));
    };
    let (first, rest) = row.split_at(row.len().min(bits - phase));
    let count = row_groups(place, bits as u32);
    if count == 0 {
        return;
    }
    group(first, bits - phase - first.len());
    let mut chunks = rest.chunks(bits);
    for _ in 1..count {
        let leds = chunks.next().unwrap_or_default();
        group(leds, bits - leds.len());
    }
}

/// Appends `bytes`, and zeros up to `length` of them.
fn fill(bytes: impl Iterator<Item = u8>, length: usize, out: &mut Vec<u8>) {
    let end = out.len() + length;
    out.extend(bytes);
    out.resize(end, 0);
}

const fn any([red, green, blue]: [u8; CHANNELS]) -> u8 {
    red | green | blue
}

const fn red([red, ..]: [u8; CHANNELS]) -> u8 {
    red
}

const fn green([_, green, _]: [u8; CHANNELS]) -> u8 {
    green
}

/// Five bits of red, six of green, five of blue: the highest, as the manual says.
const fn short([red, green, blue]: [u8; CHANNELS]) -> u16 {
    ((red as u16) >> 3) << 11 | ((green as u16) >> 2) << 5 | (blue as u16) >> 3
}

/// One LED, looked up by itself.
fn led_at(layout: Layout, place: Area, bytes: &[u8], x: usize, y: usize) -> [u8; CHANNELS] {
    let (width, height, left) = (place.width as usize, place.height as usize, place.x as usize);
    let of_byte = |per_group: usize, nth: usize| {
        let in_row = left % 8 + x;
        let per_row = (left % 8 + width).div_ceil(8);
        let byte = bytes[(y * per_row + in_row / 8) * per_group + nth];
        byte & (0x80 >> (in_row % 8)) == 0
    };
    let of_word = |nth: usize| {
        let in_row = left % 32 + x;
        let per_row = (left % 32 + width).div_ceil(32) * 4;
        let bit = 31 - in_row % 32;
        let byte = bytes[(nth * height + y) * per_row + in_row / 32 * 4 + bit / 8];
        byte >> (bit % 8) & 1 == 0
    };
    let channel = |is_lit: bool| if is_lit { 0xff } else { 0 };
    match layout {
        Layout::Bytes => [channel(of_byte(1, 0)); CHANNELS],
        Layout::BytePairs => [channel(of_byte(2, 0)), channel(of_byte(2, 1)), 0],
        Layout::Words => [channel(of_word(0)); CHANNELS],
        Layout::WordPlanes => [channel(of_word(0)), channel(of_word(1)), 0],
        Layout::Rgb565 => {
            let at = 2 * (y * width + x);
            let [low, high] = [bytes[at], bytes[at + 1]];
            let green = (high & 7) << 3 | low >> 5;
            [widen(high >> 3, 5), widen(green, 6), widen(low & 31, 5)]
        }
        Layout::Rgb888 => {
            let at = 3 * (y * width + x);
            [bytes[at], bytes[at + 1], bytes[at + 2]]
        }
    }
}

/// A channel of few bits as one of eight, its highest bits again below.
const fn widen(value: u8, bits: u32) -> u8 {
    value << (8 - bits) | value >> (2 * bits - 8)
}
