//! The LEDs of a page, as a card keeps them: the bytes that came, and where in them each LED stands.

use std::sync::Arc;

use super::{
    build::{Build, Lamps},
    refusal::{Field, Refusal},
};
use crate::{controller::onbon::Family, units::Area};

/// In which order LEDs stand in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// BX-5 with one or two colours: row by row, of each 8 LEDs a byte a colour, the leftmost LED in the highest bit, 0 is lit. Bytes begin
    /// at multiples of 8 of the screen's own x, and what is beside the area is 1 (the vendor's manual of dynamic areas, appendix 2; the
    /// vendor's software does so).
    Bytes {
        /// 1 or 2.
        colours: usize,
    },
    /// BX-6 with one or two colours: the whole of one colour, then of the other; of each 32 LEDs a little-endian word, otherwise as bytes.
    Words {
        /// 1 or 2.
        colours: usize,
    },
    /// 5 bits of red, 6 of green, 5 of blue, low byte first (BX-5Q, as the vendor's software writes it).
    LowFirst565,
    /// The same, high byte first (BX-6Q, as the vendor's software writes it).
    HighFirst565,
    /// A byte of red, green and blue each.
    Rgb888,
}

/// The LEDs of a page.
#[derive(Clone, Debug)]
pub(super) struct Bitmap {
    bytes: Arc<[u8]>,
    layout: Layout,
    lamps: Lamps,
    place: Area,
}

impl Layout {
    /// How a card takes LEDs.
    pub(super) const fn of(build: &Build) -> Self {
        let colours = match build.lamps {
            Lamps::Red | Lamps::Green | Lamps::Amber => 1,
            Lamps::RedGreen | Lamps::Full => 2,
        };
        match build.model.family {
            Family::Five | Family::FiveK => Self::Bytes { colours },
            Family::Six | Family::SixK => Self::Words { colours },
            Family::FiveQ => Self::LowFirst565,
            Family::SixQ if build.has_565 => Self::HighFirst565,
            Family::SixQ => Self::Rgb888,
        }
    }

    /// How many bytes the LEDs of `place` take.
    pub(super) const fn length(self, place: Area) -> usize {
        let leds = place.size().leds();
        match self {
            Self::Bytes { colours } => row(place, 8) * colours * place.height as usize,
            Self::Words { colours } => row(place, 32) * 4 * colours * place.height as usize,
            Self::LowFirst565 | Self::HighFirst565 => 2 * leds,
            Self::Rgb888 => 3 * leds,
        }
    }
}

/// How many units of `unit` LEDs a row of `place` has, which begin at the screen's own multiples of `unit`.
const fn row(place: Area, unit: u32) -> usize {
    (place.x % unit + place.width).div_ceil(unit) as usize
}

impl Bitmap {
    /// The LEDs of `place` in `bytes`, of which there must be as many as it takes, and no others lit than those of the area.
    pub(super) fn read(bytes: &[u8], layout: Layout, lamps: Lamps, place: Area) -> Result<Self, Refusal> {
        if bytes.len() != layout.length(place) {
            return Err(Field::BitmapLength.refuse(u32::try_from(bytes.len()).unwrap_or(u32::MAX)));
        }
        let bitmap = Self {
            bytes: bytes.into(),
            layout,
            lamps,
            place,
        };
        bitmap.is_padded()?;
        Ok(bitmap)
    }

    /// All LEDs of `place` lit.
    pub(super) fn lit(layout: Layout, lamps: Lamps, place: Area) -> Self {
        let fill = match layout {
            Layout::Bytes { .. } | Layout::Words { .. } => 0,
            _ => 0xff,
        };
        let mut bytes = vec![fill; layout.length(place)];
        if let Layout::Bytes { colours } | Layout::Words { colours } = layout {
            darken_beside(&mut bytes, layout, colours, place);
        }
        Self {
            bytes: bytes.into(),
            layout,
            lamps,
            place,
        }
    }

    /// Its bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The colour of the LED at (`x`, `y`) of the area.
    pub(super) fn led(&self, x: u32, y: u32) -> [u8; 3] {
        let leds = (y * self.place.width + x) as usize;
        match self.layout {
            Layout::Bytes { colours } | Layout::Words { colours } => {
                let [red, green] = [0, colours - 1].map(|colour| self.is_lit(colour, x + self.left(), y));
                self.lamps.lit(red, green)
            }
            Layout::LowFirst565 => rgb(u16::from_le_bytes([self.bytes[2 * leds], self.bytes[2 * leds + 1]])),
            Layout::HighFirst565 => rgb(u16::from_be_bytes([self.bytes[2 * leds], self.bytes[2 * leds + 1]])),
            Layout::Rgb888 => [0, 1, 2].map(|channel| self.bytes[3 * leds + channel]),
        }
    }

    /// How many LEDs of the first unit stand left of the area.
    const fn left(&self) -> u32 {
        match self.layout {
            Layout::Bytes { .. } => self.place.x % 8,
            Layout::Words { .. } => self.place.x % 32,
            _ => 0,
        }
    }

    /// Whether the LED `bit` of a row is lit, counted from the beginning of the row's first unit.
    fn is_lit(&self, colour: usize, bit: u32, y: u32) -> bool {
        let (bit, y) = (bit as usize, y as usize);
        let at = match self.layout {
            Layout::Bytes { colours } => (y * row(self.place, 8) + bit / 8) * colours + colour,
            Layout::Words { .. } => {
                let words = row(self.place, 32);
                let word = (colour * self.place.height as usize + y) * words + bit / 32;
                word * 4 + 3 - bit % 32 / 8
            }
            _ => return false,
        };
        self.bytes[at] & (0x80 >> (bit % 8)) == 0
    }

    /// No LED beside the area may be lit.
    fn is_padded(&self) -> Result<(), Refusal> {
        let (unit, colours) = match self.layout {
            Layout::Bytes { colours } => (8, colours),
            Layout::Words { colours } => (32, colours),
            _ => return Ok(()),
        };
        let (left, bits) = (self.left(), row(self.place, unit) as u32 * unit);
        let mut beside = (0..left).chain(left + self.place.width..bits);
        let lit =
            beside.find(|bit| (0..colours).any(|colour| (0..self.place.height).any(|y| self.is_lit(colour, *bit, y))));
        lit.map_or(Ok(()), |bit| Err(Field::Padding.refuse(bit)))
    }
}

/// Darkens what is beside the area in its first and last units.
fn darken_beside(bytes: &mut [u8], layout: Layout, colours: usize, place: Area) {
    let unit = if matches!(layout, Layout::Words { .. }) { 32 } else { 8 };
    let (units, left) = (row(place, unit), place.x % unit);
    let rows = colours * place.height as usize;
    let beside = (0..left).chain(left + place.width..units as u32 * unit);
    for (bit, row) in beside.flat_map(|bit| (0..rows).map(move |row| (bit as usize, row))) {
        let at = match layout {
            Layout::Words { .. } => (row * units + bit / 32) * 4 + 3 - bit % 32 / 8,
            // A row has the bytes of both colours in turn.
            _ => (row / colours * units + bit / 8) * colours + row % colours,
        };
        bytes[at] |= 0x80 >> (bit % 8);
    }
}

/// 565 as three bytes: the highest bits fill up the lowest.
const fn rgb(value: u16) -> [u8; 3] {
    let [red, green, blue] = [value >> 11, value >> 5 & 63, value & 31];
    [
        (red << 3 | red >> 2) as u8,
        (green << 2 | green >> 4) as u8,
        (blue << 3 | blue >> 2) as u8,
    ]
}
