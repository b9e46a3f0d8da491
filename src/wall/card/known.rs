//! What is known of a card where its sheets are made: how much it holds, and how long that takes on the wire.

use std::time::Duration;

use crate::{
    controller::{
        card::{Abilities, CardColour},
        onbon::{
            Model,
            model::{on_wire, wire_time},
        },
    },
    site::{Card, Screen},
    units::{Area, Size},
};

/// A card as its dealer sees it.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) abilities: Abilities,
    card: Card,
    colour: CardColour,
}

impl Known {
    /// The card of a screen.
    pub(super) fn new(screen: &Screen, card: &Card) -> Self {
        let colour = screen.colour.of_card();
        Self {
            abilities: card.model.abilities(card.region.size(), colour),
            card: card.clone(),
            colour,
        }
    }

    /// Its kind.
    pub(super) const fn model(&self) -> &'static Model {
        self.card.model
    }

    /// How many bytes of the card's memory a picture of that size takes in an area at `place` of the screen.
    pub(super) fn bytes(&self, place: Area, size: Size) -> usize {
        // Some cards begin words where their own x is a multiple of 32.
        let own = Area {
            x: place.x.saturating_sub(self.card.region.x),
            y: place.y.saturating_sub(self.card.region.y),
            ..place
        };
        self.card.model.bytes_of_size(own, self.colour, size)
    }

    /// How long an area takes on the wire whose pages take so many bytes of the card's memory.
    pub(super) fn wire(&self, bytes: usize) -> Duration {
        let turnaround = self.card.way.turnaround();
        wire_time(on_wire(bytes), self.card.way.baud()) + turnaround
    }

    /// How many pages of so many bytes each the card has room for at `place`.
    pub(super) fn room(&self, place: Area, bytes: usize) -> usize {
        (self.share(place) / bytes.max(1)).min(self.abilities.pages)
    }

    /// How many columns of a strip it has room for at `place`: at least those that are seen.
    pub(super) fn columns(&self, place: Area) -> u32 {
        let cuts = self.share(place) / self.bytes(place, place.size()).max(1);
        let cuts = cuts.clamp(1, self.abilities.pages.max(1));
        u32::try_from(cuts).unwrap_or(u32::MAX).saturating_mul(place.width)
    }

    /// The part of its memory that an area may take, whatever the others hold: that of its LEDs.
    pub(super) fn share(&self, place: Area) -> usize {
        let leds = |area: Area| area.size().leds() as u64;
        let share = self.abilities.memory as u64 * leds(place) / leds(self.card.region).max(1);
        usize::try_from(share).unwrap_or(usize::MAX)
    }
}
