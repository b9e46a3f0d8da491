//! Whether a card can drive the LEDs that it is to light: their colours, their steps, their number.

use super::{
    fault::CardFault,
    keys::{PORT, REGION},
};
use crate::{
    controller::{
        card::CardColour,
        onbon::{Model, picture::bitmap},
    },
    document::{Located, Record},
    site::{Colour, Depth, output::OnScreen},
    units::Area,
};

/// Tells of LEDs that a card of that model cannot drive, and of a line that it does not have; `None` where it cannot.
pub(super) fn check(
    record: &Record<'_>,
    model: &Located<&'static Model>,
    region: Area,
    screen: OnScreen,
) -> Option<()> {
    let (own, place) = (model.value, model.span.clone());
    if let Some(port) = record.written(&PORT).filter(|_| !own.has_serial.value) {
        record.problem_at(port, CardFault::NoSerial { model: own.name });
    }
    let Some(colour) = screen.colour else {
        return Some(());
    };
    if !drives(own, colour) {
        let fault = CardFault::OtherColour {
            model: own.name,
            is_full: own.colours == [CardColour::Full],
            colour: colour.word(),
        };
        record.problem_at(place, fault);
        return None;
    }
    let needs = colour.of_card();
    if needs != CardColour::Full && screen.depth == Some(Depth::EightBits) {
        record.problem_at(place, CardFault::OtherDepth { model: own.name });
        return None;
    }
    let (takes, holds) = (page(own, region, needs), own.memory.value as usize);
    if takes > holds {
        let fault = CardFault::TooManyLeds {
            model: own.name,
            holds,
            takes,
            region: region.size(),
            cards: takes.div_ceil(holds.max(1)),
        };
        record.problem_at(record.written(&REGION).unwrap_or(place), fault);
        return None;
    }
    Some(())
}

/// Whether cards of that model drive LEDs of that colour. Amber is one colour, or red and green together.
fn drives(model: &Model, colour: Colour) -> bool {
    let has_both = colour == Colour::Amber && model.colours.contains(&CardColour::Dual);
    has_both || model.colours.contains(&colour.of_card())
}

/// How many bytes of the card's memory a page of all its LEDs takes; nothing where it takes words.
fn page(model: &Model, region: Area, colour: CardColour) -> usize {
    let place = Area::new(0, 0, region.width, region.height);
    model.layout(colour).map_or(0, |layout| bitmap::length(layout, place))
}
