//! The wires: sockets now, serial ports and raw Ethernet later.
//!
//! A link moves bytes and knows deadlines and back-off; it understands none of what it carries. Nothing here may be waited for by
//! the player. Moments come in as arguments: a link reads no clock.
//!
//! ```text
//! session's bytes -> UdpLink -> network -> UdpListener -> a virtual controller
//! ```

mod backoff;
mod error;
mod listener;
mod resolve;
mod socket;
mod udp;

pub use backoff::{Backoff, BackoffError};
pub use error::LinkError;
pub use listener::UdpListener;
pub use udp::{Change, Sent, UdpLink};
