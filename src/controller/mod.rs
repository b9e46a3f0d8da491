//! The languages of controllers, without any I/O.
//!
//! A session takes pictures, received bytes and the moment; it gives back bytes to send, the next deadline and events. It never
//! reads a clock or touches a socket, so that a test can be the network. One folder a protocol, each with the same files:
//! `packet` (both directions of the wire form), `sender` (our session), `receiver` (the controller's side, for the simulator),
//! `README.md` (wire table, timing, peers).
//!
//! After every `show` or `handle`, drain `poll_transmit` until it returns `None`, then sleep until `poll_timeout`.

use std::net::SocketAddr;

use crate::units::Moment;

pub mod artnet;
pub mod card;
mod counts;
pub mod ddp;
mod events;
mod keep_alive;
pub mod onbon;
mod protocol;
pub mod sacn;
mod stream;
mod universe;

pub use counts::Counts;
pub use protocol::Protocol;
pub use stream::Stream;
pub use universe::{SLOTS, Universes, runs};

/// A session with one controller.
pub trait Controller {
    /// What it shows: packed panel bytes for a stream, pages for a card.
    type Picture: ?Sized;

    /// Makes `picture` the one to show.
    fn show(&mut self, picture: &Self::Picture, now: Moment);

    /// Makes the picture due again though it did not change. Called once a second at the same instants, it keeps two daemons'
    /// repetitions together, whenever each of them was started.
    fn refresh(&mut self, now: Moment);

    /// Says farewell: a pass under way is finished, and what is polled then ends the stream, where the protocol has a way to say so. The wall
    /// is no longer ours: nothing follows, whatever is shown or refreshed.
    fn close(&mut self, now: Moment);

    /// Takes one datagram, or some bytes of a stream, from the controller.
    fn handle(&mut self, bytes: &[u8], now: Moment);

    /// Appends the next transmission to `out`; `None` when there is nothing to send before [`Controller::poll_timeout`].
    fn poll_transmit(&mut self, now: Moment, out: &mut Vec<u8>) -> Option<Transmit>;

    /// Whether a pass has begun and not ended. A picture that is shown meanwhile waits; at any other time it takes the place of what is due.
    fn is_under_way(&self) -> bool;

    /// When to poll again though nothing was received; `None` for never.
    fn poll_timeout(&self) -> Option<Moment>;

    /// What happened since the last call, oldest first.
    fn poll_event(&mut self) -> Option<Event>;
}

/// One batch of datagrams (or one run of stream bytes) for the link, appended to the caller's buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transmit {
    /// How many bytes were appended.
    pub length: usize,
    /// The size of every datagram in the batch but the last, which may be shorter; `None` for a single one.
    pub segment: Option<usize>,
    /// Where to.
    pub to: To,
}

/// Where a transmission goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum To {
    /// The peer that the link was opened to.
    #[default]
    Peer,
    /// An address that the protocol itself gives: a multicast group, a broadcast, a node that was found.
    At(SocketAddr),
}

/// What a session noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The controller answered, with what it said of itself.
    Answered(String),
    /// Bytes that are not of the protocol, with the reason.
    Malformed(String),
    /// A controller that answered before does not any more, by its name; it is still sent its part.
    Silent(String),
    /// Of the picture these universes, as `5-7, 12`, are put out by no controller that answered; empty where each has one again.
    Unserved(String),
}
