//! Small pictures as letters, and the scenes that show them.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use jiff::civil::{DateTime, date};
use yingbi::{
    frame::Frame,
    stage::{Now, Scene},
    units::{Size, Tick},
};

/// The colours that have a letter.
const LETTERS: [(char, Rgb888); 5] = [
    ('.', Rgb888::BLACK),
    ('R', Rgb888::RED),
    ('G', Rgb888::GREEN),
    ('B', Rgb888::BLUE),
    ('W', Rgb888::WHITE),
];

/// The frame that the rows of letters describe.
pub(super) fn frame(rows: &[&str]) -> Frame {
    let size = Size::new(rows[0].chars().count() as u32, rows.len() as u32);
    let led = |letter: char| {
        let found = LETTERS.iter().find(|(known, _)| *known == letter);
        let colour = found.expect("a letter of a colour").1;
        [colour.r(), colour.g(), colour.b()]
    };
    let bytes = rows.iter().flat_map(|row| row.chars()).flat_map(led).collect();
    Frame::from_bytes(size, bytes).expect("rows of one length")
}

/// The rows of letters that describe `frame`; `?` for a colour without one.
pub(super) fn letters(frame: &Frame) -> Vec<String> {
    let letter = |x, y| {
        let colour = frame.led(x, y).expect("inside");
        LETTERS
            .iter()
            .find(|(_, known)| *known == colour)
            .map_or('?', |(letter, _)| *letter)
    };
    let size = frame.size();
    (0..size.height)
        .map(|y| (0..size.width).map(|x| letter(x, y)).collect())
        .collect()
}

/// The scene that shows the rows of letters.
pub(super) fn still(rows: &[&str]) -> Scene {
    Scene::still(frame(rows))
}

/// A frame whose bytes follow from `seed` alone.
pub(super) fn noise(size: Size, seed: u32) -> Frame {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut byte = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 11) as u8
    };
    let bytes = (0..size.leds() * 3).map(|_| byte()).collect();
    Frame::from_bytes(size, bytes).expect("the size's bytes")
}

/// The civil time of tests: 2026年5月8日 星期五 09:30:05.
pub(super) fn civil() -> DateTime {
    date(2026, 5, 8).at(9, 30, 5, 0)
}

/// Tick `tick` at that time.
pub(super) fn at(tick: i64) -> Now {
    Now {
        tick: Tick(tick),
        civil: civil(),
    }
}
