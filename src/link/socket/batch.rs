//! Datagrams that leave in one call though no two of them need have the same size or address.

use std::{
    array,
    io::{self, IoSlice},
    net::{Ipv4Addr, SocketAddr, SocketAddrV4, UdpSocket},
    slice,
};

use rustix::net::{MMsgHdr, SendAncillaryBuffer, SendFlags, SocketAddrAny, send, sendmmsg, sendto};

/// Datagrams in one call: beyond that the call itself no longer counts.
pub(super) const TOGETHER: usize = 64;

/// Stands where there is no datagram.
const NOWHERE: SocketAddr = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, 0));

/// Up to [`TOGETHER`] datagrams, each with its address.
pub(super) struct Batch<'a> {
    /// The address that the socket is connected to; the system knows the way there already.
    peer: Option<SocketAddr>,
    datagrams: [IoSlice<'a>; TOGETHER],
    to: [SocketAddr; TOGETHER],
    count: usize,
}

impl<'a> Batch<'a> {
    /// Without any, for a socket that is connected to `peer`.
    pub(super) fn new(peer: Option<SocketAddr>) -> Self {
        Self {
            peer,
            datagrams: array::from_fn(|_| IoSlice::new(&[])),
            to: [NOWHERE; TOGETHER],
            count: 0,
        }
    }

    /// Adds one; the batch must not be full.
    pub(super) fn push(&mut self, to: SocketAddr, datagram: &'a [u8]) {
        self.datagrams[self.count] = IoSlice::new(datagram);
        self.to[self.count] = to;
        self.count += 1;
    }

    pub(super) const fn is_full(&self) -> bool {
        self.count == TOGETHER
    }

    pub(super) const fn count(&self) -> usize {
        self.count
    }

    pub(super) const fn clear(&mut self) {
        self.count = 0;
    }

    /// Where the datagram of that number goes.
    pub(super) const fn to(&self, number: usize) -> SocketAddr {
        self.to[number]
    }

    /// The bytes of the datagram of that number.
    pub(super) fn length(&self, number: usize) -> usize {
        self.datagrams[number].len()
    }

    /// Sends those from number `from` (below the count) on; how many left, at least one.
    ///
    /// # Errors
    /// The system's, for the first of them.
    pub(super) fn send(&self, socket: &UdpSocket, from: usize) -> io::Result<usize> {
        if self.count - from == 1 {
            return self.send_one(socket, from);
        }
        let addresses: [SocketAddrAny; TOGETHER] = self.to.map(Into::into);
        let mut controls: [SendAncillaryBuffer<'_, '_, '_>; TOGETHER] = array::from_fn(|_| Default::default());
        let mut controls = controls.iter_mut();
        let mut messages: [MMsgHdr<'_>; TOGETHER] = array::from_fn(|number| {
            let datagram = slice::from_ref(&self.datagrams[number]);
            let control = controls.next().expect("there are as many as messages");
            match self.is_connected(number) {
                true => MMsgHdr::new(datagram, control),
                false => MMsgHdr::new_with_addr(&addresses[number], datagram, control),
            }
        });
        Ok(sendmmsg(socket, &mut messages[from..self.count], SendFlags::empty())?)
    }

    fn send_one(&self, socket: &UdpSocket, number: usize) -> io::Result<usize> {
        let datagram = &self.datagrams[number];
        match self.is_connected(number) {
            true => send(socket, datagram, SendFlags::empty())?,
            false => sendto(socket, datagram, SendFlags::empty(), &self.to[number])?,
        };
        Ok(1)
    }

    fn is_connected(&self, number: usize) -> bool {
        self.peer == Some(self.to[number])
    }
}
