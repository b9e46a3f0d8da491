//! What is known of each kind of card, and how well.
//!
//! Facts as data: sessions, files and pictures ask here instead of knowing models by name, and `wall` asks here what a card can do and how
//! long a picture takes on its way. Nothing here speaks or draws.

mod able;
mod fact;
mod table;
mod wire;

pub use fact::{Evidence, Fact, Quirk, Reads};
pub use table::{ABSOLUTE_ROWS, AREAS_IN_DOUBT, COLOUR_CODEC, EIGHTS, MODELS, OFFSET_FROM_ONE, SHORT_LOCK};
pub use wire::{on_wire, wire_time};

use std::time::Duration;

use super::super::card::CardColour;

/// Cards that speak and draw alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// BX-5A, 5E, 5M, 5U: one or two colours.
    Five,
    /// BX-5Q: full colour, RGB565.
    FiveQ,
    /// BX-6A, 6E, 6M, 6U, 6W: one or two colours.
    Six,
    /// BX-6Q: full colour.
    SixQ,
    /// BX-5K, 5MK: fonts of its own.
    FiveK,
    /// BX-6K: fonts of its own.
    SixK,
}

/// The two forms that areas and program files have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Each page with its bitmap behind it.
    Five,
    /// All pages, then all bitmaps.
    Six,
}

/// How the LEDs of a page are written as bytes. In the first four a bit that is 0 is a lit LED.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Rows of bytes, the most significant bit left; bytes begin where the card's own x is a multiple of 8.
    Bytes,
    /// The same, a byte for red and one for green in turn.
    BytePairs,
    /// Rows of 32-bit little-endian words, the most significant bit left; words begin where the card's own x is a multiple of 32.
    Words,
    /// The same: all of red, then all of green.
    WordPlanes,
    /// Two bytes an LED, the low one first: five bits of red, six of green, five of blue. The maker's software of BX-5 writes it so.
    Rgb565Low,
    /// The same, the high byte first. The maker's software of BX-6 writes it so.
    Rgb565High,
    /// Three bytes an LED: red, green, blue.
    Rgb888,
}

/// One kind of card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Model {
    /// Its name, as printed on it: `BX-6E2`.
    pub name: &'static str,
    /// How it speaks and draws.
    pub family: Family,
    /// Its type, as it stands on the wire; of cards with fonts the first byte alone counts. What a card says of itself counts more.
    pub wire: [u8; 2],
    /// How that is known.
    pub wire_evidence: Evidence,
    /// How many dynamic areas it has at a time.
    pub areas: Fact<u8>,
    /// How many bytes of pages one dynamic area holds.
    pub memory: Fact<u32>,
    /// What each dynamic area says of the programs, be it one or several at a time: 1, they stop.
    pub immediate: Fact<u8>,
    /// How many bytes of a file go into one block; 0 where it takes no files from us.
    pub block: Fact<u16>,
    /// What its LEDs can be.
    pub colours: &'static [CardColour],
    /// Whether it has RS-232 or RS-485.
    pub has_serial: Fact<bool>,
    /// The greatest speed number, which is the slowest; 0 is the fastest.
    pub slowest: Fact<u8>,
    /// How long a picture that moves takes for one LED at speed 0, and how much longer at each number more.
    pub step: Fact<Duration>,
    /// What can be read back, so that what was sent is proved.
    pub reads: Reads,
    /// What differs from what one would expect.
    pub quirks: &'static [Quirk],
}

impl Family {
    /// The form of its areas and program files; `None` for cards with fonts, which take words.
    pub const fn form(self) -> Option<Form> {
        match self {
            Self::Five | Self::FiveQ => Some(Form::Five),
            Self::Six | Self::SixQ => Some(Form::Six),
            Self::FiveK | Self::SixK => None,
        }
    }

    /// Whether the card sets words by itself, in fonts of its own.
    pub const fn takes_words(self) -> bool {
        self.form().is_none()
    }
}

impl Model {
    /// The kind of that name, however it is written: `BX-6E2`, `bx6e2`, `6E2`.
    pub fn named(name: &str) -> Option<&'static Self> {
        let wanted = plain(name);
        MODELS.iter().find(|model| plain(model.name) == wanted)
    }

    /// The names nearest to one that is not known, for "did you mean": the best first, three at most; none where nothing is near.
    pub fn nearest(name: &str) -> Vec<&'static str> {
        const MOST: usize = 3;
        let wanted = plain(name);
        // An edit distance costs length squared; nothing that long is a slip of the hand.
        if wanted.is_empty() || wanted.len() > 16 {
            return Vec::new();
        }
        let mut scored: Vec<_> = MODELS
            .iter()
            .map(|model| (strsim::damerau_levenshtein(&wanted, &plain(model.name)), model.name))
            .collect();
        scored.sort_by_key(|(slips, _)| *slips);
        let best = scored.first().map_or(0, |(slips, _)| *slips);
        if best > 2 {
            return Vec::new();
        }
        let near = scored.into_iter().take_while(|(slips, _)| *slips == best);
        near.map(|(_, name)| name).take(MOST).collect()
    }

    /// The kind that has the type `wire` in the framings of BX-5 and BX-6.
    pub fn of_wire(wire: [u8; 2]) -> Option<&'static Self> {
        MODELS
            .iter()
            .find(|model| !model.family.takes_words() && model.wire == wire)
    }

    /// The kind that has the type `wire` in the framing of cards with fonts.
    pub fn of_font_wire(wire: u8) -> Option<&'static Self> {
        MODELS
            .iter()
            .find(|model| model.family.takes_words() && model.wire[0] == wire)
    }

    /// How LEDs of that colour are written for it; `None` where it has no such LEDs, or takes words. A BX-6Q may say of itself that it
    /// wants [`Layout::Rgb565High`] instead.
    pub fn layout(&self, colour: CardColour) -> Option<Layout> {
        if !self.colours.contains(&colour) {
            return None;
        }
        Some(match (self.family, colour) {
            (Family::Five, CardColour::Single) => Layout::Bytes,
            (Family::Five, CardColour::Dual) => Layout::BytePairs,
            (Family::Six, CardColour::Single) => Layout::Words,
            (Family::Six, CardColour::Dual) => Layout::WordPlanes,
            (Family::FiveQ, CardColour::Full) => Layout::Rgb565Low,
            (Family::SixQ, CardColour::Full) => Layout::Rgb888,
            _ => return None,
        })
    }

    /// Whether the pixels of its programs lie in files of their own (D files).
    pub fn has_data_files(&self) -> bool {
        self.family.form() == Some(Form::Six)
    }

    /// Whether it is known to have that quirk.
    pub fn has(&self, quirk: &Quirk) -> bool {
        self.quirks.contains(quirk)
    }
}

/// A name without what people write one way or the other.
fn plain(name: &str) -> String {
    let kept = name.chars().filter(|char| char.is_alphanumeric() || *char == '+');
    let low: String = kept.flat_map(char::to_lowercase).collect();
    match low.strip_prefix("bx") {
        Some(rest) => rest.to_owned(),
        None => low,
    }
}
