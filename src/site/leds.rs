//! What the LEDs of a screen make of colours and of pictures.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};

use super::{Colour, Depth, Screen};
use crate::panel::Dither;

/// What the LEDs of a screen can show, and how pictures of many shades become that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Leds {
    /// Their colours.
    pub colour: Colour,
    /// How many bits they take a channel.
    pub depth: Depth,
    /// How pictures become lit and dark LEDs where they take one bit.
    pub dither: Dither,
}

/// From this share of its brightest channel on, of 255, another channel is lit too where LEDs take one bit.
const HALF: u8 = 128;

impl From<Colour> for Leds {
    /// LEDs of 256 steps.
    fn from(colour: Colour) -> Self {
        Self {
            colour,
            depth: Depth::EightBits,
            dither: Dither::default(),
        }
    }
}

impl Screen {
    /// What its LEDs can show.
    pub const fn leds(&self) -> Leds {
        Leds {
            colour: self.colour,
            depth: self.depth,
            dither: self.dither,
        }
    }
}

impl Leds {
    /// Whether they show every colour as it is written.
    pub const fn is_exact(self) -> bool {
        matches!((self.colour, self.depth), (Colour::Full, Depth::EightBits))
    }

    /// The nearest thing to `colour` that they can show: see [`Colour::nearest`]. LEDs of one bit show its hue at full brightness; what
    /// is lit stays lit.
    pub fn nearest(self, colour: Rgb888) -> Rgb888 {
        if self.depth == Depth::EightBits {
            return self.colour.nearest(colour);
        }
        let most = u16::from(colour.r().max(colour.g()).max(colour.b()));
        // At most 255, since no channel is above `most`.
        let lift = |channel: u8| (u16::from(channel) * 255).checked_div(most).unwrap_or(0) as u8;
        let bright = Rgb888::new(lift(colour.r()), lift(colour.g()), lift(colour.b()));
        if self.colour != Colour::Full {
            return self.colour.nearest(bright);
        }
        let on = |channel: u8| if channel >= HALF { u8::MAX } else { 0 };
        Rgb888::new(on(bright.r()), on(bright.g()), on(bright.b()))
    }
}
