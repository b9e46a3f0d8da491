//! A UDP port that receives: the wire's other end, for virtual controllers.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket},
    sync::Arc,
    time::Duration,
};

use rustix::{io::Errno, net::sockopt};

use super::{
    LinkError,
    interface::Interface,
    socket::{Options, Socket},
};

/// A bound UDP port. What is sent to all of a network (broadcast) arrives where the address is unspecified (0.0.0.0).
#[derive(Debug)]
pub struct UdpListener {
    socket: Socket,
    address: SocketAddr,
    /// Sockets that do nothing but be members of groups: the system lets one be in 20 of them, and gives what is sent to a group that
    /// anybody here is in to all that listen on the port.
    members: Vec<UdpSocket>,
}

impl UdpListener {
    /// Listens on `address` alone; port 0 takes a free one.
    ///
    /// # Errors
    /// The port is in use, or the address is not this machine's.
    pub fn bind(address: SocketAddr) -> Result<Self, LinkError> {
        Self::open(&Options::at(address))
    }

    /// Listens on `address` beside other programs that share the port too, as is usual for sACN (5568) and Art-Net (6454). Multicast
    /// and broadcast reach all of them; what is sent to this machine alone reaches the one that was there last.
    ///
    /// # Errors
    /// A program has the port that does not share it, or the address is not this machine's.
    pub fn share(address: SocketAddr) -> Result<Self, LinkError> {
        Self::open(&Options {
            shares: true,
            ..Options::at(address)
        })
    }

    fn open(options: &Options<'_>) -> Result<Self, LinkError> {
        let failed = |error: io::Error| LinkError::listening(options.local, &error);
        let socket = Socket::open(options).map_err(failed)?;
        let address = socket.address().map_err(failed)?;
        Ok(Self {
            socket,
            address,
            members: Vec::new(),
        })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on receives what is sent to the IPv4 multicast `group`, by the `interface` of that name or address; by the one to which
    /// the system's routes lead, where none is named. As many groups as there are may be joined.
    ///
    /// # Errors
    /// There is no such interface; `group` is none; the system has no memory for more groups.
    pub fn join(&mut self, group: Ipv4Addr, interface: Option<&Arc<str>>) -> Result<(), LinkError> {
        let index = index(interface)?;
        for member in &self.members {
            match add(member, group, index) {
                Err(Errno::NOBUFS) => {}
                Ok(()) | Err(Errno::ADDRINUSE) => return Ok(()),
                Err(error) => return Err(failed(group, &error.into())),
            }
        }
        let member = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).map_err(|error| failed(group, &error))?;
        add(&member, group, index).map_err(|error| failed(group, &error.into()))?;
        self.members.push(member);
        Ok(())
    }

    /// No longer receives what is sent to `group`, if it was joined by that interface.
    ///
    /// # Errors
    /// There is no such interface.
    pub fn leave(&mut self, group: Ipv4Addr, interface: Option<&Arc<str>>) -> Result<(), LinkError> {
        let index = index(interface)?;
        for member in &self.members {
            // Those that are not in it say so.
            let _ = sockopt::set_ip_drop_membership_with_ifindex(member, &group, &Ipv4Addr::UNSPECIFIED, index);
        }
        Ok(())
    }

    /// Waits at most `patience` for datagrams and gives those that have come together, with their sender, to `take`; it may be
    /// that none has.
    ///
    /// # Errors
    /// The system's, such as a network that went down.
    pub fn receive(&mut self, patience: Duration, take: impl FnMut(SocketAddr, &[u8])) -> io::Result<()> {
        self.socket.wait_readable(patience)?;
        match self.socket.receive(take) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(()),
            other => other,
        }
    }

    /// Sends one datagram to `peer`.
    ///
    /// # Errors
    /// The system's.
    pub fn send(&self, peer: SocketAddr, datagram: &[u8]) -> io::Result<()> {
        self.socket.send_to(peer, datagram)
    }
}

fn add(member: &UdpSocket, group: Ipv4Addr, index: u32) -> Result<(), Errno> {
    sockopt::set_ip_add_membership_with_ifindex(member, &group, &Ipv4Addr::UNSPECIFIED, index)
}

/// The system's number for the interface; 0 leaves it to the system.
fn index(interface: Option<&Arc<str>>) -> Result<u32, LinkError> {
    interface.map_or(Ok(0), |written| Interface::find(written).map(|found| found.index))
}

fn failed(group: Ipv4Addr, error: &io::Error) -> LinkError {
    LinkError::Group {
        group: IpAddr::V4(group),
        reason: error.to_string(),
    }
}
