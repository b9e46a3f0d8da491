//! How a video is made ready for one place: with the video's file this decides every byte of the clip.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};

use crate::{
    frame::{Fit, Fitting, Focus},
    panel::Dither,
    site::{Colour, Depth, Leds},
    units::{Digest, Rate, Size},
};

/// Its length as bytes.
const LENGTH: usize = 20;

const FITS: [Fit; 3] = [Fit::Contain, Fit::Cover, Fit::Stretch];
const COLOURS: [Colour; 5] = [
    Colour::Red,
    Colour::Green,
    Colour::Amber,
    Colour::RedGreen,
    Colour::Full,
];
const DEPTHS: [Depth; 2] = [Depth::OneBit, Depth::EightBits];
const DITHERS: [Dither; 3] = [Dither::Diffusion, Dither::Ordered, Dither::None];

/// How a clip is made of a video.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rendition {
    /// Width and height of its place.
    pub size: Size,
    /// The screen's rate.
    pub rate: Rate,
    /// How it fills its place.
    pub fitting: Fitting,
    /// What the LEDs can show.
    pub leds: Leds,
    /// Whether somebody owns up to it that it flashes more than three times a second.
    pub may_flash: bool,
}

impl Rendition {
    /// The name of this way of making clips.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.write())
    }

    /// It as bytes: width and height (4 each, little-endian), rate (2), and a byte each for the fit, the focus across and down, R, G and B of the
    /// bars, the colour, the depth and the dithering of the LEDs, and whether it may flash.
    pub fn write(&self) -> Vec<u8> {
        let Fitting { fit, focus, ground } = self.fitting;
        let mut bytes = [self.size.width.to_le_bytes(), self.size.height.to_le_bytes()].concat();
        bytes.extend(self.rate.hertz().to_le_bytes());
        bytes.extend([number(&FITS, fit), focus.x, focus.y, ground.r(), ground.g(), ground.b()]);
        bytes.extend([
            number(&COLOURS, self.leds.colour),
            number(&DEPTHS, self.leds.depth),
            number(&DITHERS, self.leds.dither),
            self.may_flash.into(),
        ]);
        bytes
    }

    /// The rendition in `bytes`; `None` for what is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; LENGTH] = bytes.try_into().ok()?;
        let side = |at: usize| Some(u32::from_le_bytes(*bytes[at..].first_chunk()?)).filter(|side| *side > 0);
        let flag = |byte: u8| (byte <= 1).then_some(byte == 1);
        let share = |byte: u8| (byte <= 100).then_some(byte);
        Some(Self {
            size: Size::new(side(0)?, side(4)?),
            rate: Rate::new(u16::from_le_bytes([bytes[8], bytes[9]]))?,
            fitting: Fitting {
                fit: *FITS.get(usize::from(bytes[10]))?,
                focus: Focus {
                    x: share(bytes[11])?,
                    y: share(bytes[12])?,
                },
                ground: Rgb888::new(bytes[13], bytes[14], bytes[15]),
            },
            leds: Leds {
                colour: *COLOURS.get(usize::from(bytes[16]))?,
                depth: *DEPTHS.get(usize::from(bytes[17]))?,
                dither: *DITHERS.get(usize::from(bytes[18]))?,
            },
            may_flash: flag(bytes[19])?,
        })
    }
}

/// Its place among `all`.
fn number<T: Copy + PartialEq>(all: &[T], one: T) -> u8 {
    all.iter().position(|other| *other == one).unwrap_or(0) as u8
}
