//! Why bytes cannot leave or arrive.

mod connection;
mod port;
mod words;

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use rustix::io::Errno;

pub use connection::ConnectionError;
pub use port::PortError;

/// Why a link is down, or cannot be opened, or does less than it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The address is not of the form host:port.
    #[error("{address:?} is not of the form host:port")]
    Address {
        /// The address as written.
        address: Arc<str>,
    },
    /// The host's name leads to no address.
    #[error("cannot look up {address}: {reason}")]
    Name {
        /// The address as written.
        address: Arc<str>,
        /// What the system said.
        reason: String,
    },
    /// The session sends to the peer of a link that was opened without one.
    #[error("no address says where to send to")]
    NoPeer,
    /// The host is there, but nothing listens on the port.
    #[error("nothing listens at {peer}")]
    Refused {
        /// The peer.
        peer: SocketAddr,
    },
    /// No way leads to the host, or nothing answers there.
    #[error("no way leads to {peer}: {reason}")]
    Unreachable {
        /// The peer.
        peer: SocketAddr,
        /// What the system said.
        reason: String,
    },
    /// The network does not carry datagrams of that size.
    #[error(
        "datagrams of {datagram} bytes make IP packets of {} bytes, {}",
        packet(*peer, *datagram),
        words::carried(*peer, *mtu, interface.as_deref())
    )]
    TooLarge {
        /// The peer.
        peer: SocketAddr,
        /// The bytes of the datagram.
        datagram: usize,
        /// The largest IP packet that leaves towards the peer, where the system says so.
        mtu: Option<u32>,
        /// The interface by which it would leave, where that is known.
        interface: Option<Arc<str>>,
    },
    /// A packet filter of this machine keeps the datagrams back.
    #[error("this machine's firewall forbids datagrams to {peer}")]
    Forbidden {
        /// The peer.
        peer: SocketAddr,
    },
    /// This machine's own address has changed since the link was opened.
    #[error("this machine no longer has the address {local}, from which it sent to {peer}")]
    Moved {
        /// The address that it had.
        local: IpAddr,
        /// The peer.
        peer: SocketAddr,
    },
    /// There is no such interface.
    #[error("this machine has no interface {interface:?}, only {known}")]
    Interface {
        /// Its name or address as written.
        interface: Arc<str>,
        /// Those that there are, with their addresses.
        known: String,
    },
    /// The interface has no address.
    #[error("the interface {interface} has no IP address")]
    NoAddress {
        /// Its name or address as written.
        interface: Arc<str>,
    },
    /// The interface is down, or its cable hangs loose.
    #[error("the interface {interface} is down, or its cable is not plugged in")]
    InterfaceDown {
        /// Its name or address as written.
        interface: Arc<str>,
    },
    /// The port to send from is taken: sending goes on from another, but answers do not arrive.
    #[error("UDP port {port} is in use by another program, so that answers of the controllers do not arrive")]
    PortTaken {
        /// The port.
        port: u16,
    },
    /// The port to listen on is taken.
    #[error("UDP port {} of {} is in use by another program", address.port(), address.ip())]
    InUse {
        /// The address to listen on.
        address: SocketAddr,
    },
    /// Only a privileged program may listen on the port.
    #[error("UDP port {} may be used by privileged programs only", address.port())]
    Privileged {
        /// The address to listen on.
        address: SocketAddr,
    },
    /// The address to listen on is not this machine's, or may not be used.
    #[error("cannot listen on {address}: {reason}")]
    Listen {
        /// The address to listen on.
        address: SocketAddr,
        /// What the system said.
        reason: String,
    },
    /// The multicast group cannot be joined.
    #[error("cannot join the multicast group {group}: {reason}")]
    Group {
        /// The group.
        group: IpAddr,
        /// What the system said.
        reason: String,
    },
    /// Something is wrong with a TCP connection.
    #[error(transparent)]
    Connection(#[from] ConnectionError),
    /// Something is wrong with a serial port.
    #[error(transparent)]
    Port(#[from] PortError),
    /// Anything else.
    #[error("cannot send to {peer}: {reason}")]
    Other {
        /// The peer, as far as known.
        peer: Arc<str>,
        /// What the system said.
        reason: String,
    },
}

impl LinkError {
    /// What a failure on the way of a datagram to `peer` means.
    pub(super) fn sending(peer: SocketAddr, datagram: usize, error: &io::Error) -> Self {
        let reason = error.to_string();
        match error.raw_os_error().map(Errno::from_raw_os_error) {
            Some(Errno::MSGSIZE) => Self::TooLarge {
                peer,
                datagram,
                mtu: None,
                interface: None,
            },
            Some(Errno::CONNREFUSED) => Self::Refused { peer },
            Some(Errno::PERM | Errno::ACCESS) => Self::Forbidden { peer },
            Some(
                Errno::ADDRNOTAVAIL
                | Errno::HOSTUNREACH
                | Errno::HOSTDOWN
                | Errno::NETDOWN
                | Errno::NETUNREACH
                | Errno::NODEV,
            ) => Self::Unreachable { peer, reason },
            _ => Self::Other {
                peer: peer.to_string().into(),
                reason,
            },
        }
    }

    /// What a failure to listen on `address` means.
    pub(crate) fn listening(address: SocketAddr, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AddrInUse => Self::InUse { address },
            io::ErrorKind::PermissionDenied => Self::Privileged { address },
            _ => Self::Listen {
                address,
                reason: error.to_string(),
            },
        }
    }
}

/// The bytes of the IP packet that a datagram to `peer` makes: 20 of IPv4's header or 40 of IPv6's, and 8 of UDP's.
const fn packet(peer: SocketAddr, datagram: usize) -> usize {
    datagram + if peer.is_ipv4() { 28 } else { 48 }
}
