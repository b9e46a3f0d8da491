//! Whether a card can drive the LEDs that it is to light: their colours, their steps, their number.

use super::{
    fault::CardFault,
    keys::{MODEL, REGION},
};
use crate::{
    controller::{
        card::CardColour,
        onbon::{self, Family, Model},
    },
    document::{Located, Record},
    site::{Colour, Depth, output::OnScreen},
    units::{Area, Size},
};

/// Tells of LEDs that a card of that model cannot drive; `None` where it cannot.
pub(super) fn check(
    record: &Record<'_>,
    model: &Located<&'static Model>,
    region: Area,
    screen: OnScreen,
) -> Option<()> {
    let (own, place) = (model.value, model.span.clone());
    if let Some(colour) = screen.colour {
        if !drives(own.family, colour) {
            let fault = CardFault::OtherColour {
                model: own.name,
                colour: colour.word(),
                family: own.family,
            };
            record.problem_at(place, fault);
            return None;
        }
        let is_lit_or_dark = colour.of_card() != CardColour::Full;
        if is_lit_or_dark && screen.depth == Some(Depth::EightBits) {
            record.problem_at(place, CardFault::OtherDepth { model: own.name });
            return None;
        }
    }
    Some(())
}

/// Whether cards of that family drive LEDs of that colour.
fn drives(family: Family, colour: Colour) -> bool {
    let is_full = matches!(family, Family::FiveQ | Family::SixQ);
    is_full == (colour.of_card() == CardColour::Full)
}
