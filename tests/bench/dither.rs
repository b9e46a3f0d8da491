//! Shades to lit and dark LEDs, of one channel of 512x256, beside a plain threshold of the same bytes.
//!
//! On a processor of the Sapphire Rapids kind 5 us and 0.68 ms, the threshold 2.5 us; the same in C, by the book and packed into bits, takes
//! 50 us and 0.9 ms there, Pillow's error diffusion 0.8 ms. A picture is dithered once, when its page is made, and never for a frame.

use yingbi::{
    panel::{Dither, dither},
    units::Size,
};

use super::harness::{Budget, Harness};

const SIZE: Size = Size::new(512, 256);

/// Times both ways of dithering.
pub(crate) fn run(harness: &mut Harness) {
    let shades: Vec<u8> = (0..SIZE.leds()).map(|at| (at * 31 % 256) as u8).collect();
    let (mut lit, mut plain) = (shades.clone(), shades.clone());
    for (name, how) in [
        ("dither: 512x256, ordered", Dither::Ordered),
        ("dither: 512x256, diffusion", Dither::Diffusion),
    ] {
        let floor = || {
            plain.copy_from_slice(&shades);
            plain
                .iter_mut()
                .for_each(|value| *value = if *value >= 128 { 255 } else { 0 });
        };
        harness.compare(name, Budget::None, ("a copy and a threshold", floor), || {
            lit.copy_from_slice(&shades);
            dither(&mut lit, SIZE.width as usize, how);
        });
    }
}
