//! The colours of a template on the LEDs that there are.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};

use crate::{
    site::{Colour, Leds},
    units::{Area, BLACK, GOLD, WARM},
};

/// From the brightness of this channel on, a bar still counts as lit where there is one colour only.
const LIT: u8 = 128;

const RED: Rgb888 = Rgb888::new(255, 0, 0);
const GREEN: Rgb888 = Rgb888::new(0, 255, 0);

/// A bar is a rule where it is at most so thin, in LEDs.
const RULE: u32 = 2;

/// What the LEDs of one screen make of a template's colours.
///
/// In full colour of 256 steps everything stays as written. Where there are fewer colours, type is always at full brightness and never on a
/// ground of its own colour: what is behind it goes out, or, where type was meant to be dark on light, the type does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette(pub(super) Leds);

impl Palette {
    /// The colour of a page's ground.
    pub(super) fn page(self, colour: Rgb888) -> Rgb888 {
        if self.0.is_exact() { colour } else { BLACK }
    }

    /// The colour of a bar or rule that holds no type: type may come to lie on it, so only rules stay lit.
    pub(super) fn bar(self, colour: Rgb888, area: Area) -> Rgb888 {
        if self.0.is_exact() {
            return colour;
        }
        let thin = area.width <= RULE || area.height <= RULE;
        if thin && brightness(colour) >= LIT {
            self.full(colour)
        } else {
            BLACK
        }
    }

    /// The colours of type and of what lies right behind it.
    pub(super) fn pair(self, ink: Rgb888, ground: Option<Rgb888>) -> (Rgb888, Option<Rgb888>) {
        match ground {
            _ if self.0.is_exact() => (ink, ground),
            Some(ground) if luminance(ground) > luminance(ink) => (BLACK, Some(self.full(ground))),
            ground => (self.full(ink), ground.map(|_| BLACK)),
        }
    }

    /// `colour` by hue alone; of red and green LEDs, the three colours of a notice are told apart.
    fn full(self, colour: Rgb888) -> Rgb888 {
        if self.0.colour == Colour::RedGreen {
            match colour {
                GOLD => return RED,
                WARM => return GREEN,
                _ => {}
            }
        }
        let most = u32::from(brightness(colour));
        if most == 0 {
            return self.0.nearest(crate::units::WHITE);
        }
        // At most 255, since no channel is above `most`.
        let lift = |channel: u8| (u32::from(channel) * 255 / most) as u8;
        self.0
            .nearest(Rgb888::new(lift(colour.r()), lift(colour.g()), lift(colour.b())))
    }
}

/// The brightest channel.
fn brightness(colour: Rgb888) -> u8 {
    colour.r().max(colour.g()).max(colour.b())
}

/// How light a colour looks, 0 to 255,000: the weights of ITU-R BT.709.
fn luminance(colour: Rgb888) -> u32 {
    213 * u32::from(colour.r()) + 715 * u32::from(colour.g()) + 72 * u32::from(colour.b())
}
