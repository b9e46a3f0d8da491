//! What whoever makes sheets must know of a card.

use crate::{
    controller::card::{Abilities, CardColour},
    units::Size,
};

use super::Model;

impl Model {
    /// What a card of this kind can show with that many LEDs. A colour that it cannot drive leaves all else as it is.
    pub fn abilities(&self, size: Size, _colour: CardColour) -> Abilities {
        let takes_words = self.family.takes_words();
        Abilities {
            areas: usize::from(self.areas.value).max(1),
            // The manuals give it for each area; that all have as much at once is not said, so no more than one's is counted on.
            memory: self.memory.value as usize,
            // A card with fonts makes pages of its words by itself.
            pages: if takes_words { 1 } else { usize::from(u16::MAX) },
            takes_words,
            most: size,
        }
    }
}
