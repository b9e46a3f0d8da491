//! What an installer says of one output's panel.

use super::wiring::Wiring;
use crate::units::{Area, Size};

/// One output's panel: which part of the screen it lights, how its LEDs are strung together, and how they shine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// The part of the screen that it lights.
    pub region: Area,
    /// In which order the LEDs of the region lie on the wire.
    pub wiring: Wiring,
    /// What one LED takes on the wire.
    pub format: Format,
    /// In which order the channels of an LED lie on the wire; of [`Format::Rgb`] only.
    pub order: Order,
    /// The gamma of the red, green and blue LEDs, in hundredths: 220 is 2.2, 100 is linear.
    pub gamma: [u16; 3],
    /// The colour temperature that white shall have, in kelvin, 1,667 to 25,000; `None` leaves white as the LEDs have it, which is taken for
    /// 6,500 K. Of [`Format::Rgb`] only.
    pub kelvin: Option<u16>,
    /// What the power supply carries; `None` where nobody says.
    pub supply: Option<Supply>,
}

/// What one LED takes on the wire.
///
/// LEDs of one colour take the brightest channel for their light, whatever colour it is: a red letter is as bright as a white one. A bit is
/// set from half of a channel's full value on, as the frame has it: gamma and brightness do not change which LEDs are lit, but for a
/// brightness of nought, which is dark. How bright lit ones are is the controller's own business.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Three bytes, one a channel, in the panel's [`Order`].
    #[default]
    Rgb,
    /// One byte: how bright it is, with the gamma of red. For LEDs of one colour.
    Grey,
    /// One bit, eight LEDs a byte, the first in the highest bit: lit or dark. For LEDs of one colour.
    OneBit,
    /// Two bits, red then green, four LEDs a byte, the first in the highest bits. For LEDs of red and green: yellow lights both, as does
    /// white, and what is blue alone stays dark.
    TwoBit,
}

/// In which order the channels of an LED lie on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Red, green, blue.
    #[default]
    Rgb,
    /// Red, blue, green.
    Rbg,
    /// Green, red, blue.
    Grb,
    /// Green, blue, red.
    Gbr,
    /// Blue, red, green.
    Brg,
    /// Blue, green, red.
    Bgr,
}

/// What the power supply of one output carries. A picture that would draw more is dimmed as a whole until it does not.
///
/// A channel draws in proportion to its value on the wire, all channels alike; see the top of `panel/supply.rs` for the whole model. Bits
/// cannot be dimmed, so [`Format::OneBit`] and [`Format::TwoBit`] need a supply that carries everything lit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Supply {
    /// What it carries, in milliamperes.
    pub carries: u32,
    /// What the whole region draws when all of it is white at full brightness, in milliamperes.
    pub draws: u32,
}

impl Spec {
    /// A panel whose controller knows its modules by itself: RGB, row by row, linear.
    pub const fn plain(region: Area) -> Self {
        Self {
            region,
            wiring: Wiring::Plain,
            format: Format::Rgb,
            order: Order::Rgb,
            gamma: [100; 3],
            kelvin: None,
            supply: None,
        }
    }

    /// How many LEDs lie on the wire.
    pub fn leds(&self) -> usize {
        self.wiring.leds(self.region.size())
    }

    /// How many bytes a picture takes on the wire.
    pub fn bytes(&self) -> usize {
        self.format.bytes_of(self.leds())
    }
}

impl Format {
    /// How many bits an LED takes.
    pub const fn bits(self) -> usize {
        match self {
            Self::Rgb => 24,
            Self::Grey => 8,
            Self::OneBit => 1,
            Self::TwoBit => 2,
        }
    }

    /// How many bytes so many LEDs take. The last byte of packed bits may be filled up with zeros.
    pub const fn bytes_of(self, leds: usize) -> usize {
        (leds * self.bits()).div_ceil(8)
    }

    /// How many bytes `size` takes. The last byte of packed bits may be filled up with zeros.
    pub const fn bytes(self, size: Size) -> usize {
        self.bytes_of(size.leds())
    }
}

impl Order {
    /// Which channel of a frame (0 red, 1 green, 2 blue) comes first, second and third on the wire.
    pub const fn channels(self) -> [usize; 3] {
        match self {
            Self::Rgb => [0, 1, 2],
            Self::Rbg => [0, 2, 1],
            Self::Grb => [1, 0, 2],
            Self::Gbr => [1, 2, 0],
            Self::Brg => [2, 0, 1],
            Self::Bgr => [2, 1, 0],
        }
    }
}
