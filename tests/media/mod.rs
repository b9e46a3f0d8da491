//! What strangers made, read in a child process: the child, its limits, fonts of outlines, and what is kept of them.

mod admission;
mod child;
mod child_films;
mod clips;
mod films;
mod fonts;
mod forms;
pub(crate) mod hostile;
mod import;
mod import_films;
mod jail;
mod mutants;
mod pictures;
mod reels;
mod taking;
mod workbooks;

use yingbi::{
    frame::Fitting,
    media::Child,
    panel::Dither,
    site::{Colour, Depth, Leds},
    stage::Rendition,
    units::{Rate, Size},
};

use crate::support::ttf::{self, Outline};

/// A small place on a screen of `rate` ticks a second.
fn rendition(rate: u16) -> Rendition {
    Rendition {
        size: Size::new(64, 32),
        rate: Rate::new(rate).unwrap(),
        fitting: Fitting::default(),
        leds: Leds {
            colour: Colour::Full,
            depth: Depth::EightBits,
            dither: Dither::None,
        },
        may_flash: true,
    }
}

/// The program as a child.
fn child() -> Child {
    Child::of(env!("CARGO_BIN_EXE_yingbi"), ["child"])
}

/// Hanzi that fill their cell down to 2 dots below the line, letters of which one hangs deeper, a space, a blank and a narrow mark.
const GLYPHS: [Outline<'static>; 8] = [
    (' ', 240, &[]),
    ('A', 600, &[[60, 0, 540, 60], [60, 60, 120, 720]]),
    ('g', 480, &[[60, -240, 420, -180], [360, -180, 420, 480]]),
    ('\u{3000}', 960, &[]),
    ('一', 960, &[[0, 360, 960, 480]]),
    (
        '国',
        960,
        &[
            [0, -120, 960, 0],
            [0, 720, 960, 840],
            [0, 0, 120, 720],
            [840, 0, 960, 720],
        ],
    ),
    ('空', 960, &[]),
    ('，', 960, &[[120, -60, 240, 120]]),
];

/// A sound font.
fn font() -> Vec<u8> {
    ttf::ttf("Test Hei", &GLYPHS)
}
