//! From cues to the sheets of a card, which keeps pages and plays them by itself.
//!
//! ```text
//! Projector::rest -> groups of zones -> one area each: pushed page, loop, or running strip -> Sheet
//! ```
//!
//! A sheet is a function of wall, screen, card and tick, as a frame is; what a [`Dealer`] keeps is what it has worked out already. It may
//! not send anything, and knows no protocol: of the card it asks how much it holds and how long a page takes on the wire.

use std::sync::Arc;

use super::{projector::Projector, whole::Wall};
use crate::{
    controller::card::{CardDay, HALF_HOURS, Sheet},
    frame::Frame,
    site::Card,
    units::{Level, Tick},
};

/// Deals one card its sheets.
#[derive(Debug)]
pub struct Dealer {
    wall: Arc<Wall>,
    screen: usize,
    card: Card,
}

impl Dealer {
    /// The dealer of `card`, which lights a part of the screen at `screen` in the site of `wall`, which must have it.
    pub fn new(wall: &Arc<Wall>, screen: usize, card: &Card) -> Self {
        Self {
            wall: Arc::clone(wall),
            screen,
            card: card.clone(),
        }
    }

    /// Lets `wall` say from now on what the card keeps for the day and shows when its power came back. [`Dealer::deal`] does that by itself;
    /// who deals only frames must.
    pub fn take_over(&mut self, wall: &Arc<Wall>) {
        self.wall = Arc::clone(wall);
    }

    /// All that the card ought to show and to know at `tick`, by the screen's `projector`.
    pub fn deal(&mut self, projector: &mut Projector, tick: Tick) -> Arc<Sheet> {
        self.wall = Arc::clone(projector.wall());
        self.empty(tick)
    }

    /// The same where `frame`, of the screen's size, is what the screen shows, whatever its programme says: the safe page, or a panel test.
    /// One area, and its page comes at once. The card is lit where the screen is by its hours, or where any LED of the frame is.
    pub fn deal_frame(&mut self, frame: &Frame, tick: Tick) -> Arc<Sheet> {
        let _ = frame;
        self.empty(tick)
    }

    /// The first tick after `tick` at which the sheet may be another one, as far as the last one that was dealt says: the next cue, or the
    /// second or minute at which something that tells the time does.
    pub fn next(&self, tick: Tick) -> Tick {
        tick.next()
    }

    fn empty(&self, tick: Tick) -> Arc<Sheet> {
        let screen = &self.wall.site().screens[self.screen];
        Arc::new(Sheet {
            civil: self.wall.site().timezone.to_datetime(screen.rate.timestamp(tick)),
            is_lit: false,
            day: Arc::new(CardDay {
                levels: [self.card.brightness.of(Level::FULL); HALF_HOURS],
                lit: Vec::new(),
            }),
            areas: Vec::new(),
            fallback: None,
        })
    }
}
