//! `[[screen.card]]`: from its records to a [`Card`], and whether the cards of a site get in each other's way.
//!
//! ```text
//! keys, kinds -> way, light -> Card -> check (all cards of a site together)
//! ```
//!
//! A table of its own rather than one more protocol of `[[screen.output]]`: nothing that an installer says of modules, gamma, universes or
//! pacing is of a card, and nothing of a card's model, number and serial line is of a stream. Every key is read before anything is given up, so
//! that all problems are told at once.

mod check;
mod fault;
mod keys;
mod kinds;
mod light;

use std::ops::Range;

pub(super) use check::{Placed, check};
pub(super) use keys::CARD_TABLE;

use super::{Card, CardWay, output::OnScreen, read::area};
use crate::{
    controller::onbon,
    document::Record,
    units::{Area, Level, Size},
};
use fault::CardFault;

/// A card and where it stands in the file.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) card: Card,
    /// Its table.
    pub(super) span: Range<usize>,
}

/// The card that `record` describes, on that screen.
pub(super) fn card(record: &Record<'_>, screen: OnScreen) -> Option<Written> {
    let model = record.located(&keys::MODEL);
    let (region, way) = (region(record, screen.size), way(record));
    let number = record.optional(&keys::NUMBER);
    let brightness = record.get(&keys::BRIGHTNESS);
    let (model, region) = (model?, region?);
    light::check(record, &model, region, screen)?;
    let number = match number? {
        Some(number) => u16::try_from(number).ok()?,
        None => onbon::ANY,
    };
    let card = Card {
        model: model.value,
        way: way?,
        number,
        region,
        brightness: Level::new(u8::try_from(brightness?).ok()?)?,
    };
    let span = record.span();
    Some(Written { card, span })
}

/// The one way to the card.
fn way(record: &Record<'_>) -> Option<CardWay> {
    let (address, port) = (record.optional(&keys::ADDRESS), record.optional(&keys::PORT));
    let (baud, turnaround) = (record.get(&keys::BAUD), record.get(&keys::TURNAROUND));
    let has_port = record.written(&keys::PORT);
    if has_port.is_none() && record.written(&keys::ADDRESS).is_some() {
        let keys = [
            (record.written(&keys::BAUD), keys::BAUD.key, keys::BAUD.alias),
            (
                record.written(&keys::TURNAROUND),
                keys::TURNAROUND.key,
                keys::TURNAROUND.alias,
            ),
        ];
        for (written, key, alias) in keys {
            if let Some(span) = written {
                record.problem_at(span, CardFault::OfSerial { key, alias });
            }
        }
    }
    match (address?, port?) {
        (Some(_), Some(_)) => {
            record.problem_at(has_port.unwrap_or_else(|| record.span()), CardFault::TwoWays);
            None
        }
        (None, None) => {
            record.absence(CardFault::NoWay);
            None
        }
        (Some(address), None) => Some(CardWay::Tcp {
            address: address.with_port(onbon::PORT),
        }),
        (None, Some(port)) => Some(CardWay::Serial {
            port,
            baud: baud?,
            turnaround: std::time::Duration::from_millis(u64::try_from(turnaround?).ok()?),
        }),
    }
}

/// The part of the screen that it lights.
fn region(record: &Record<'_>, screen: Option<Size>) -> Option<Area> {
    match record.table(&keys::REGION) {
        Some(region) => area(&region, screen),
        // Where something else stands there, that was told.
        None if record.written(&keys::REGION).is_some() => None,
        None => screen.map(Size::area),
    }
}
