//! How a terminal shows a character: in how many columns, and whether it may be let through at all.

use std::ops::RangeInclusive;

/// Characters that take two columns: hanzi, kana, hangul, their signs, full-width forms and pictures, by blocks of Unicode's East Asian
/// Width (UAX #11, `W` and `F`).
const WIDE: [RangeInclusive<u32>; 12] = [
    0x1100..=0x115f,
    0x2e80..=0x303e,
    0x3041..=0x33ff,
    0x3400..=0x4dbf,
    0x4e00..=0xa4cf,
    0xac00..=0xd7a3,
    0xf900..=0xfaff,
    0xfe30..=0xfe6f,
    0xff00..=0xff60,
    0xffe0..=0xffe6,
    0x1f300..=0x1faff,
    0x20000..=0x3fffd,
];

/// Marks that stand over the character before them.
const COMBINING: [RangeInclusive<u32>; 4] = [0x300..=0x36f, 0x1ab0..=0x1aff, 0x20d0..=0x20ff, 0xfe00..=0xfe0f];

/// Characters that change the direction of the text or cannot be seen.
const HIDDEN: [RangeInclusive<u32>; 5] = [
    0x80..=0x9f,
    0x200b..=0x200f,
    0x2028..=0x202e,
    0x2060..=0x206f,
    0xfeff..=0xfeff,
];

/// The columns that `character` takes on a terminal.
pub fn columns(character: char) -> usize {
    match u32::from(character) {
        code if is_in(&COMBINING, code) => 0,
        code if is_in(&WIDE, code) => 2,
        _ => 1,
    }
}

/// `character`, or the sign that is shown for one that would steer the terminal or not be seen.
pub fn tame(character: char) -> char {
    match u32::from(character) {
        0x09 => ' ',
        // The pictures of the control characters lie in their order.
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        code if is_in(&HIDDEN, code) => '\u{fffd}',
        _ => character,
    }
}

/// `text` with the signs of [`tame`] in place of what would steer whatever shows it.
pub fn tamed(text: &str) -> String {
    text.chars().map(tame).collect()
}

fn is_in(ranges: &[RangeInclusive<u32>], code: u32) -> bool {
    ranges.iter().any(|range| range.contains(&code))
}
