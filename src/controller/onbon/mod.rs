//! ONBON (仰邦) BX: cards that keep pages and play them by themselves, over RS-232, RS-485 and TCP.
//!
//! ```text
//! Sheet -> Session -> message -> packet -> bytes of the line -> packet -> Receiver (a card)
//! ```
//!
//! `packet` is the framing that both ends share; `message` what stands in it, `picture` the bitmaps and files of pages, `model` what is known of
//! each kind of card, with its evidence. `session` is our side: it asks, waits, tries again and keeps the card true. `line` lets several
//! sessions take turns on one wire. `receiver` is the card's side, for the simulator: it reads bodies by itself.

pub mod line;
pub mod message;
pub mod model;
pub mod packet;
pub mod picture;
pub mod receiver;
pub mod session;

pub use line::Line;
pub use model::{Family, Form, Layout, MODELS, Model};
pub use receiver::Receiver;
pub use session::Session;

/// The address that every card answers to.
pub const ANY: u16 = 0xfffe;

/// The TCP port at which cards listen.
pub const PORT: u16 = 5005;

/// What a session must be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What the card is.
    pub model: &'static Model,
    /// Its address; [`ANY`] for a card that is alone.
    pub number: u16,
    /// Bits a second of the line; `None` over a network.
    pub baud: Option<u32>,
    /// How long a half-duplex line is left alone before we speak.
    pub turnaround: std::time::Duration,
    /// The LEDs that the card lights.
    pub size: crate::units::Size,
    /// What they can show.
    pub colour: super::card::CardColour,
}
