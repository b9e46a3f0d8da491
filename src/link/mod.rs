//! The wires: sockets now, serial ports and raw Ethernet later.
//!
//! A link moves bytes and knows deadlines and back-off; it understands none of what it carries. Nothing here may be waited for by
//! the player. Moments come in as arguments: a link reads no clock.
//!
//! ```text
//! session's bytes -> UdpLink -> network -> UdpListener -> a virtual controller
//! ```
//!
//! A link is never given up: whatever is wrong is told once and tried again, first after a quarter of a second, later every second.
//! [`Ends`] say with whom it speaks, `site::Route` by which interface. Runs of datagrams to one address leave in one call and are
//! cut by the system (`UDP_SEGMENT`); where it cannot, and for what goes to many addresses, many datagrams leave in one call.

mod backoff;
mod ends;
mod error;
mod interface;
mod listener;
mod resolve;
mod socket;
mod udp;

pub use backoff::{Backoff, BackoffError};
pub use ends::{Ends, Segmentation};
pub use error::LinkError;
pub use listener::UdpListener;
pub use udp::{Change, Sent, UdpLink};
