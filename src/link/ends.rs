//! With whom a link speaks.

use std::sync::Arc;

/// With whom a link speaks, and from which port.
///
/// | what | ends |
/// |---|---|
/// | DDP, sACN to one controller | `Peer` |
/// | sACN to its multicast groups | `Any` |
/// | Art-Net | `Port` with 6454 |
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ends {
    /// With the controller at that address (host:port), from any port. It hears at once where nothing listens there. What a session
    /// sends elsewhere leaves too, but no answer from there arrives.
    Peer(Arc<str>),
    /// With whatever addresses the session gives, from any port.
    Any,
    /// With whatever addresses the session gives, from that port, which it shares with other programs that share it; answers and
    /// broadcasts to that port arrive. Where the port cannot be had, that is a problem, and sending goes on from any port.
    Port {
        /// The port.
        port: u16,
        /// The address (host:port) of the peer, where there is one. It too may be a broadcast.
        peer: Option<Arc<str>>,
    },
}

/// Whether the system is asked to cut runs of datagrams by itself (`UDP_SEGMENT`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Segmentation {
    /// Where it takes them; where it refuses one, no more are offered until the link is opened anew.
    #[default]
    Offered,
    /// Never: each datagram goes to the system by itself, many in one call.
    Never,
}

impl Ends {
    /// The address of the peer as written.
    pub const fn peer(&self) -> Option<&Arc<str>> {
        match self {
            Self::Peer(address) => Some(address),
            Self::Any => None,
            Self::Port { peer, .. } => peer.as_ref(),
        }
    }
}
