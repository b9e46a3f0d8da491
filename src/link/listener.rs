//! A UDP port that receives: the wire's other end, for virtual controllers.

use std::{io, net::SocketAddr, time::Duration};

use super::{LinkError, socket::Socket};

/// A bound UDP port.
#[derive(Debug)]
pub struct UdpListener {
    socket: Socket,
    address: SocketAddr,
}

impl UdpListener {
    /// Listens on `address`; port 0 takes a free one.
    ///
    /// # Errors
    /// The port is in use, or the address is not this machine's.
    pub fn bind(address: SocketAddr) -> Result<Self, LinkError> {
        let failed = |error: io::Error| LinkError::listening(address, &error);
        let socket = Socket::bind(address).map_err(failed)?;
        let address = socket.address().map_err(failed)?;
        Ok(Self { socket, address })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
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
        self.socket.send(peer, datagram, datagram.len().max(1))
    }
}
