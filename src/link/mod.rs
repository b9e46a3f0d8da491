//! The wires: sockets and serial ports now, raw Ethernet later.
//!
//! A link moves bytes and knows deadlines and back-off; it understands none of what it carries. Nothing here may be waited for by
//! the player. Moments come in as arguments: a link reads no clock.
//!
//! ```text
//! session's bytes -> UdpLink    -> network -> UdpListener -> a virtual controller
//! session's bytes -> StreamLink -> TCP, or a serial line  -> a card
//! ```
//!
//! A link is never given up: whatever is wrong is told once and tried again, first after a quarter of a second, later every second.
//! [`Ends`] say with whom it speaks, `site::Route` by which interface. Runs of datagrams to one address leave in one call and are
//! cut by the system (`UDP_SEGMENT`); where it cannot, and for what goes to many addresses, many datagrams leave in one call.

mod backoff;
mod ends;
mod errand;
mod error;
mod interface;
mod listener;
mod resolve;
mod serial;
mod socket;
mod stream;
mod tcp;
mod udp;

pub use backoff::{Backoff, BackoffError};
pub use ends::{Ends, Segmentation};
pub use error::{ConnectionError, LinkError, PortError};
pub use listener::UdpListener;
pub use serial::serial_ports;
pub use stream::{Given, StreamLink, StreamState};
pub use udp::{Change, Sent, UdpLink};
