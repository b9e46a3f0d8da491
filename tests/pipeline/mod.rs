//! From decoded pictures to a clip.

mod colour;
mod flashes;
mod making;
mod scaling;

use std::{sync::Arc, time::Duration};

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use yingbi::{
    frame::{CHANNELS, Fit, Fitting, Frame},
    media::film::{About, Colour, Decoder, FilmFault, Pixels, Plane, Shot, Turn},
    panel::Dither,
    site::{Colour as Leds, Depth},
    stage::Rendition,
    units::{Rate, Size},
};

/// A video whose pictures are at hand.
struct Reel {
    about: About,
    shots: Vec<(Duration, Option<Duration>, Still)>,
    next: usize,
}

/// A picture of one.
#[derive(Clone)]
enum Still {
    Rgb(Arc<[u8]>),
    Yuv([Vec<u8>; 3], [usize; 3], Colour),
}

impl Still {
    fn pixels(&self) -> Pixels<'_> {
        match self {
            Self::Rgb(bytes) => Pixels::Rgb(bytes),
            Self::Yuv(planes, strides, colour) => {
                let plane = |at: usize| Plane {
                    bytes: &planes[at],
                    stride: strides[at],
                };
                Pixels::Yuv420 {
                    planes: [plane(0), plane(1), plane(2)],
                    colour: *colour,
                }
            }
        }
    }
}

impl Decoder for Reel {
    fn about(&self) -> &About {
        &self.about
    }

    fn next(&mut self) -> Result<Option<Shot<'_>>, FilmFault> {
        let shot = self.shots.get(self.next);
        self.next += 1;
        Ok(shot.map(|(at, lasts, still)| Shot {
            at: *at,
            lasts: *lasts,
            pixels: still.pixels(),
        }))
    }
}

/// A video of that size, of which nothing is unusual.
fn about(size: Size) -> About {
    About {
        size,
        aspect: (1, 1),
        turn: Turn::None,
        duration: None,
        codec: "test".into(),
        has_sound: false,
    }
}

/// A video of these pictures (R, G, B), so many of them a second.
fn reel(size: Size, rate: u32, pictures: impl IntoIterator<Item = Vec<u8>>) -> Reel {
    let shots = (0..).zip(pictures).map(|(number, pixels)| {
        let at = Duration::from_secs(number) / rate;
        let next = Duration::from_secs(number + 1) / rate;
        (at, Some(next - at), Still::Rgb(pixels.into()))
    });
    Reel {
        about: about(size),
        shots: shots.collect(),
        next: 0,
    }
}

/// How clips are made for a place of that size on good LEDs.
fn rendition(size: Size, hertz: u16) -> Rendition {
    Rendition {
        size,
        rate: Rate::new(hertz).unwrap(),
        fitting: Fitting::default(),
        leds: Leds::Full.into(),
        may_flash: false,
    }
}

fn with_fit(rendition: Rendition, fit: Fit) -> Rendition {
    let fitting = Fitting {
        fit,
        ..rendition.fitting
    };
    Rendition { fitting, ..rendition }
}

/// The same on LEDs of one bit.
fn on_one_bit(rendition: Rendition, colour: Leds, dither: Dither) -> Rendition {
    let mut leds = yingbi::site::Leds::from(colour);
    (leds.depth, leds.dither) = (Depth::OneBit, dither);
    Rendition { leds, ..rendition }
}

/// A picture of one colour.
fn plain(size: Size, colour: Rgb888) -> Vec<u8> {
    [colour.r(), colour.g(), colour.b()].repeat(size.leds())
}

/// A picture of `size` whose bytes follow from `seed` alone.
fn noise(size: Size, seed: u32) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut byte = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 11) as u8
    };
    (0..size.leds() * CHANNELS).map(|_| byte()).collect()
}

/// The light of a channel's value, from 0 to 1, by the book.
fn light(value: u8) -> f64 {
    let part = f64::from(value) / 255.0;
    if part <= 0.04045 {
        part / 12.92
    } else {
        ((part + 0.055) / 1.055).powf(2.4)
    }
}

/// The value of a channel of that light.
fn value(light: f64) -> f64 {
    let part = if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    };
    part * 255.0
}

/// A frame of these bytes.
fn frame(size: Size, bytes: &[u8]) -> Frame {
    Frame::from_bytes(size, bytes.to_vec()).unwrap()
}
