//! What a virtual card is made of.

use jiff::civil::{DateTime, date};

use super::super::model::{Family, Model};
use crate::{controller::card::CardColour, units::Size};

/// The LEDs behind a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lamps {
    /// One LED a place, red.
    Red,
    /// One LED a place, green.
    Green,
    /// One LED a place, amber.
    Amber,
    /// A red and a green LED a place; amber where both are lit.
    RedGreen,
    /// A red, a green and a blue LED a place, with levels.
    Full,
}

/// What a card is, before its power is switched on for the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build {
    /// The kind of card.
    pub model: &'static Model,
    /// The LEDs behind it.
    pub size: Size,
    /// Their colours.
    pub lamps: Lamps,
    /// Its address, until somebody gives it another.
    pub number: u16,
    /// What its clock says when it is switched on for the first time.
    pub clock: DateTime,
    /// Whether its clock goes on through a power cut. Without a battery it begins again with the year 2000, and the card says so.
    pub has_battery: bool,
    /// Bytes of flash for files.
    pub flash: u32,
    /// Whether a full-colour BX-6 takes 16 bits an LED and not 24.
    pub has_565: bool,
    /// What it says to whoever asks for its barcode.
    pub barcode: [u8; 16],
}

/// Bytes of flash of a card of which nothing else is known. Assumed: the tables tell no number; 4 MB is what such cards are sold with.
pub const FLASH: u32 = 4 << 20;

impl Lamps {
    /// What of colours can be shown.
    pub const fn colour(self) -> CardColour {
        match self {
            Self::Red | Self::Green | Self::Amber => CardColour::Single,
            Self::RedGreen => CardColour::Dual,
            Self::Full => CardColour::Full,
        }
    }

    /// The lamps that fit a family best: full colour where it has nothing else, else red and green.
    pub const fn of(family: Family) -> Self {
        match family {
            Family::FiveQ | Family::SixQ => Self::Full,
            Family::Five | Family::Six => Self::RedGreen,
            Family::FiveK | Family::SixK => Self::Red,
        }
    }

    /// The light of a place, by which of its red and green LEDs are lit; a single colour has one bit, the first.
    pub(super) const fn lit(self, red: bool, green: bool) -> [u8; 3] {
        match self {
            Self::Red if red => [255, 0, 0],
            Self::Green if red => [0, 255, 0],
            Self::Amber if red => [255, 255, 0],
            Self::RedGreen | Self::Full => [if red { 255 } else { 0 }, if green { 255 } else { 0 }, 0],
            _ => [0, 0, 0],
        }
    }
}

impl Build {
    /// A card of `model` with `size` LEDs, address 1, a battery, and a clock that was never set.
    pub fn new(model: &'static Model, size: Size, lamps: Lamps) -> Self {
        Self {
            model,
            size,
            lamps,
            number: 1,
            clock: date(2000, 1, 1).at(0, 0, 0, 0),
            has_battery: true,
            flash: FLASH,
            has_565: false,
            barcode: *b"YINGBI0000000001",
        }
    }
}
