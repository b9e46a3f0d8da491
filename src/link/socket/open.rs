//! Opening a socket as its use needs it.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket},
};

use quinn_udp::{UdpSockRef, UdpSocketState};
use rustix::net::{AddressFamily, SocketFlags, SocketType, bind, ipproto, socket_with, sockopt};

use super::Socket;
use crate::link::{Segmentation, interface::Interface};

/// Kernel buffers to ask for: a pass of a 1920x1080 screen. The system may grant less.
const BUFFER: usize = 8 << 20;

/// How a socket is opened.
#[derive(Clone, Copy, Debug)]
pub(in crate::link) struct Options<'a> {
    /// Where it is bound; port 0 takes a free one.
    pub(in crate::link) local: SocketAddr,
    /// Whether other programs that say the same may have that port too.
    pub(in crate::link) shares: bool,
    /// The one address that it is connected to: it then hears of nobody else.
    pub(in crate::link) peer: Option<SocketAddr>,
    /// The interface by which multicast and broadcast leave.
    pub(in crate::link) interface: Option<&'a Interface>,
    /// How many routers multicast may pass, plus one.
    pub(in crate::link) ttl: u8,
    /// Whether it hears what the network says of datagrams that have left. Only for sockets that ask for it when a call fails.
    pub(in crate::link) hears_errors: bool,
}

impl Options<'static> {
    /// A socket on `local`, and nothing more.
    pub(in crate::link) const fn at(local: SocketAddr) -> Self {
        Self {
            local,
            shares: false,
            peer: None,
            interface: None,
            ttl: 1,
            hears_errors: false,
        }
    }

    /// A socket on any port, in the family of addresses of `peer`; of IPv4 without one.
    pub(in crate::link) fn towards(peer: Option<SocketAddr>, port: u16) -> Self {
        let any: IpAddr = match peer {
            Some(SocketAddr::V6(_)) => Ipv6Addr::UNSPECIFIED.into(),
            Some(SocketAddr::V4(_)) | None => Ipv4Addr::UNSPECIFIED.into(),
        };
        Self::at(SocketAddr::new(any, port))
    }
}

impl Socket {
    /// A socket of those `options`.
    ///
    /// # Errors
    /// The system's.
    pub(in crate::link) fn open(options: &Options<'_>) -> io::Result<Self> {
        let inner = bound(options)?;
        let state = UdpSocketState::new(UdpSockRef::from(&inner))?;
        // Smaller buffers than asked for are no error: they only make a burst more likely to be cut.
        let _ = state.set_send_buffer_size(UdpSockRef::from(&inner), BUFFER);
        let _ = state.set_recv_buffer_size(UdpSockRef::from(&inner), BUFFER);
        sockopt::set_socket_broadcast(&inner, true)?;
        leaving(&inner, options)?;
        if options.hears_errors {
            state.enable_transport_errors(UdpSockRef::from(&inner))?;
        }
        if let Some(peer) = options.peer {
            inner.connect(peer)?;
        }
        Ok(Self {
            inner,
            state,
            buffer: vec![0; usize::from(u16::MAX)].into(),
            peer: options.peer,
            source: options.interface.and_then(|interface| interface.address),
            segmentation: Segmentation::Offered,
        })
    }
}

/// A bound socket. The standard library binds before anything can be set.
fn bound(options: &Options<'_>) -> io::Result<UdpSocket> {
    let family = match options.local {
        SocketAddr::V4(_) => AddressFamily::INET,
        SocketAddr::V6(_) => AddressFamily::INET6,
    };
    let socket = socket_with(family, SocketType::DGRAM, SocketFlags::CLOEXEC, Some(ipproto::UDP))?;
    sockopt::set_socket_reuseaddr(&socket, options.shares)?;
    bind(&socket, &options.local)?;
    Ok(socket.into())
}

/// By which interface, and through how many routers, multicast leaves. What this machine sends to a group, it also receives: the
/// system's default, on which a simulator beside us depends.
fn leaving(inner: &UdpSocket, options: &Options<'_>) -> io::Result<()> {
    let ttl = u32::from(options.ttl);
    match options.local {
        SocketAddr::V4(_) => {
            sockopt::set_ip_multicast_ttl(inner, ttl)?;
            if let Some(interface) = options.interface {
                let any = Ipv4Addr::UNSPECIFIED;
                sockopt::set_ip_multicast_if_with_ifindex(inner, &any, &any, interface.index)?;
            }
        }
        SocketAddr::V6(_) => {
            sockopt::set_ipv6_multicast_hops(inner, ttl)?;
            if let Some(interface) = options.interface {
                sockopt::set_ipv6_multicast_if(inner, interface.index)?;
            }
        }
    }
    Ok(())
}
