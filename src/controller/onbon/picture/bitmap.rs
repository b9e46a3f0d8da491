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
        Layout::Rgb565Low | Layout::Rgb565High => 2 * leds,
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
    let mut out = vec![0; length(layout, place)];
    let rows = || (0..place.height).map(|y| part(frame, y, from, place.width));
    match layout {
        Layout::Bytes => plane(rows(), place, 8, any, &mut out, |byte| byte),
        Layout::BytePairs => {
            plane(rows(), place, 8, red, &mut out, |byte| 2 * byte);
            plane(rows(), place, 8, green, &mut out, |byte| 2 * byte + 1);
        }
        Layout::Words => plane(rows(), place, 32, any, &mut out, |byte| byte ^ 3),
        Layout::WordPlanes => {
            let half = out.len() / 2;
            let (reds, greens) = out.split_at_mut(half);
            plane(rows(), place, 32, red, reds, |byte| byte ^ 3);
            plane(rows(), place, 32, green, greens, |byte| byte ^ 3);
        }
        Layout::Rgb565Low => colours(rows(), place, &mut out, |led| short(led).to_le_bytes()),
        Layout::Rgb565High => colours(rows(), place, &mut out, |led| short(led).to_be_bytes()),
        Layout::Rgb888 => colours(rows(), place, &mut out, |led| led),
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

/// One colour of all rows, in groups of `unit` bits. The eight LEDs that make byte n of a row go to byte `at(n)` of that row in `out`, which
/// has as many rows as there are.
fn plane<'f>(
    rows: impl ExactSizeIterator<Item = &'f [[u8; CHANNELS]]>,
    place: Area,
    unit: u32,
    lit: impl Fn([u8; CHANNELS]) -> u8,
    out: &mut [u8],
    at: impl Fn(usize) -> usize,
) {
    let stride = out.len() / rows.len().max(1);
    if stride == 0 {
        return;
    }
    // A whole row with what fills it up, which stays dark.
    let mut lits = vec![0; row_groups(place, unit) * unit as usize];
    let phase = (place.x % unit) as usize;
    for (row, out) in rows.zip(out.chunks_exact_mut(stride)) {
        let (shown, beyond) = lits[phase..phase + place.width as usize].split_at_mut(row.len());
        shown.iter_mut().zip(row).for_each(|(value, led)| *value = lit(*led));
        beyond.fill(0);
        for (byte, eight) in lits.as_chunks().0.iter().enumerate() {
            out[at(byte)] = dark(*eight);
        }
    }
}

/// A bit for each of eight channels, the first in the highest, 1 where it is not lit. The product brings the highest bits of all eight, which are
/// all that is left, side by side into the highest byte.
const fn dark(eight: [u8; 8]) -> u8 {
    const HIGHEST: u64 = u64::from_be_bytes([LIT; 8]);
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let bits = (u64::from_be_bytes(eight) & HIGHEST) >> 7;
    !((bits.wrapping_mul(GATHER) >> 56) as u8)
}

/// `N` bytes for each LED of all rows; what a row lacks stays 0.
fn colours<'f, const N: usize>(
    rows: impl Iterator<Item = &'f [[u8; CHANNELS]]>,
    place: Area,
    out: &mut [u8],
    bytes: impl Fn([u8; CHANNELS]) -> [u8; N],
) {
    let (leds, _) = out.as_chunks_mut::<N>();
    for (row, out) in rows.zip(leds.chunks_exact_mut((place.width as usize).max(1))) {
        out.iter_mut().zip(row).for_each(|(out, led)| *out = bytes(*led));
    }
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
    let of_led = |bytes_each: usize| bytes_each * (y * width + x);
    let channel = |is_lit: bool| if is_lit { 0xff } else { 0 };
    match layout {
        Layout::Bytes => [channel(of_byte(1, 0)); CHANNELS],
        Layout::BytePairs => [channel(of_byte(2, 0)), channel(of_byte(2, 1)), 0],
        Layout::Words => [channel(of_word(0)); CHANNELS],
        Layout::WordPlanes => [channel(of_word(0)), channel(of_word(1)), 0],
        Layout::Rgb565Low => long([bytes[of_led(2) + 1], bytes[of_led(2)]]),
        Layout::Rgb565High => long([bytes[of_led(2)], bytes[of_led(2) + 1]]),
        Layout::Rgb888 => [0, 1, 2].map(|channel| bytes[of_led(3) + channel]),
    }
}

/// What [`short`] made of a colour, as near as it says.
const fn long([high, low]: [u8; 2]) -> [u8; CHANNELS] {
    let green = (high & 7) << 3 | low >> 5;
    [widen(high >> 3, 5), widen(green, 6), widen(low & 31, 5)]
}

/// A channel of few bits as one of eight, its highest bits again below.
const fn widen(value: u8, bits: u32) -> u8 {
    value << (8 - bits) | value >> (2 * bits - 8)
}
