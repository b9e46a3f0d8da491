//! Our side of the conversation with a card: it is told what it lacks, asked how it is, and kept true.
//!
//! ```text
//! Sheet -> wanted -\
//!                   plan -> one request -> Exchange -> bytes of the line
//! answers -> known -/
//! ```
//!
//! There is no script. Whenever nothing is outstanding, what is wanted is compared with what is known of the card, and the most urgent
//! difference becomes the next request. Whatever goes wrong makes something unknown, and so it is asked or sent again. No clock, no I/O:
//! bytes and moments come in, bytes and deadlines go out.

mod fault;
mod order;
mod standing;
mod timers;

pub use fault::Fault;
pub use order::{Order, Thing};
pub use standing::{AreaStanding, Standing, Told, Trust};
pub use timers::Timers;

use jiff::civil::Date;

use super::Settings;
use crate::{
    controller::{Controller, Event, Transmit, card::Sheet, events::Events},
    units::Moment,
};

/// A session with one card.
#[derive(Debug)]
pub struct Session {
    settings: Settings,
    events: Events,
    is_connected: bool,
}

impl Session {
    /// A session with a card that is not connected yet, and that nothing is to be shown on yet.
    pub const fn new(settings: Settings) -> Self {
        Self {
            settings,
            events: Events::new(),
            is_connected: false,
        }
    }

    /// What it was told.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The link is there, be it for the first time or again: the card is asked who it is, and everything is asserted anew.
    pub fn connected(&mut self, _now: Moment) {
        self.is_connected = true;
    }

    /// The link is gone. Nothing is sent until it is there again.
    pub fn disconnected(&mut self, _now: Moment) {
        self.is_connected = false;
    }

    /// Whether the link ought to be opened anew, though it believes to be there: over a network, a card that has said nothing for long.
    pub fn is_lost(&self, _now: Moment) -> bool {
        false
    }

    /// Whether a request is outstanding, so that nobody else may speak on the line.
    pub fn is_waiting(&self) -> bool {
        false
    }

    /// Does what a technician orders, before all else. Of orders that wait there are eight at most; `false` for one more.
    pub fn order(&mut self, _order: Order, _now: Moment) -> bool {
        false
    }

    /// How often flash was written on that day before this session was made, as its [`Standing`] told: the day's limit goes on from there.
    pub fn spent(&mut self, _day: Date, _writes: u32) {}

    /// How the card stands.
    pub fn standing(&self, _now: Moment) -> Standing {
        Standing::default()
    }

    /// What is wrong at present, the worst first.
    pub fn faults(&self, _now: Moment) -> Vec<Fault> {
        Vec::new()
    }
}

impl Controller for Session {
    type Picture = Sheet;

    /// Makes `sheet` what the card ought to show and know from now on. What of it the card has already is not sent. The newest sheet wins.
    fn show(&mut self, _sheet: &Sheet, _now: Moment) {}

    /// Makes all that cannot be read back due again. The session does so by itself every 60 s.
    fn refresh(&mut self, _now: Moment) {}

    /// Says farewell: a request that is outstanding is the last one. What the card shows stays.
    fn close(&mut self, _now: Moment) {}

    fn handle(&mut self, _bytes: &[u8], _now: Moment) {}

    fn poll_transmit(&mut self, _now: Moment, _out: &mut Vec<u8>) -> Option<Transmit> {
        None
    }

    /// Whether the card does not show yet what it ought to.
    fn is_under_way(&self) -> bool {
        false
    }

    fn poll_timeout(&self) -> Option<Moment> {
        None
    }

    fn poll_event(&mut self) -> Option<Event> {
        self.events.next()
    }
}
