//! What is known of a card where its sheets are made: how much it holds, and how long that takes on the wire.

use std::time::Duration;

use crate::{
    controller::card::{Abilities, CardColour},
    site::{Card, Colour, Screen},
    units::{Area, Size},
};

/// A card as its dealer sees it.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) abilities: Abilities,
    colour: CardColour,
    baud: Option<u32>,
}

impl Known {
    /// The card of a screen.
    pub(super) fn new(screen: &Screen, card: &Card) -> Self {
        let colour = match screen.colour {
            Colour::Red | Colour::Green | Colour::Amber => CardColour::Single,
            Colour::RedGreen => CardColour::Dual,
            Colour::Full => CardColour::Full,
        };
        Self {
            abilities: abilities(card.region.size()),
            colour,
            baud: card.way.baud(),
        }
    }

    /// How many bytes of the card's memory a picture of that size takes in an area at `place`.
    pub(super) fn bytes_of_size(&self, place: Area, size: Size) -> usize {
        let cuts = size.width.div_ceil(place.width.max(1)).max(1) as usize;
        let row = match self.colour {
            CardColour::Single => place.width.div_ceil(8) as usize,
            CardColour::Dual => 2 * place.width.div_ceil(8) as usize,
            CardColour::Full => 3 * place.width as usize,
        };
        cuts * (32 + row * place.height as usize)
    }

    /// How many pages of so many bytes each the card has room for at `place`.
    pub(super) fn room(&self, place: Area, region: Area, bytes: usize) -> usize {
        (self.share(place, region) / bytes.max(1)).min(self.abilities.pages)
    }

    /// How many columns of a strip it has room for at `place`: at least those that are seen.
    pub(super) fn columns(&self, place: Area, region: Area) -> u32 {
        let cuts = self.share(place, region) / self.bytes_of_size(place, place.size()).max(1);
        let cuts = cuts.clamp(1, self.abilities.pages.max(1));
        u32::try_from(cuts).unwrap_or(u32::MAX).saturating_mul(place.width)
    }

    /// The part of its memory that an area may take, whatever the others hold: that of its LEDs.
    fn share(&self, place: Area, region: Area) -> usize {
        let (own, all) = (place.size().leds() as u64, region.size().leds().max(1) as u64);
        usize::try_from(self.abilities.memory as u64 * own / all).unwrap_or(usize::MAX)
    }

    /// How long an area takes on the wire whose pages take so many bytes of the card's memory.
    pub(super) fn wire(&self, bytes: usize) -> Duration {
        let bytes = (bytes + 160 + bytes / 32) as u64;
        match self.baud {
            Some(baud) => Duration::from_nanos(bytes.saturating_mul(10_000_000_000) / u64::from(baud.max(1))),
            None => Duration::from_millis(5) + Duration::from_micros(bytes),
        }
    }
}

const fn abilities(size: Size) -> Abilities {
    Abilities {
        areas: 4,
        memory: 300_000,
        pages: 65_535,
        takes_words: false,
        most: size,
    }
}
