//! What whoever makes sheets must know of a card.

use crate::{
    controller::card::{Abilities, CardColour},
    units::{Area, Size},
};

use super::Model;

impl Model {
    /// What a card of this kind can show with that many LEDs. A colour that it cannot drive leaves all else as it is.
    pub fn abilities(&self, size: Size, colour: CardColour) -> Abilities {
        let takes_words = self.family.takes_words();
        Abilities {
            areas: usize::from(self.areas.value).max(1),
            // The manuals give it for each area; that all have as much at once is not said, so no more than one's is counted on.
            memory: self.memory.value as usize,
            // A card with fonts makes pages of its words by itself.
            pages: if takes_words { 1 } else { usize::from(u16::MAX) },
            takes_words,
            most: self.most(size, colour),
        }
    }

    /// As much of `size` as one area holds: all of its width, and as many rows as there is room for.
    fn most(&self, size: Size, colour: CardColour) -> Size {
        let bytes = |rows| self.bytes_of_size(Area::new(0, 0, size.width, rows), colour, size);
        let (none, row) = (bytes(0), bytes(1) - bytes(0));
        let room = (self.memory.value as usize).saturating_sub(none);
        let rows = room.checked_div(row).and_then(|rows| u32::try_from(rows).ok());
        Size::new(size.width, rows.map_or(size.height, |rows| rows.min(size.height)))
    }
}
