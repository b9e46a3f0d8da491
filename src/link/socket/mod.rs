//! One UDP socket that never blocks.

mod batch;
mod open;
mod send;

use std::{
    io::{self, IoSliceMut},
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    time::Duration,
};

pub(super) use open::Options;
use quinn_udp::{RecvMeta, UdpSockRef, UdpSocketState};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
    net::{RecvAncillaryBuffer, RecvFlags, recvmsg, sockopt},
};
pub(super) use send::{Failure, Outcome, Verdict};

use super::Segmentation;

/// Errors of earlier datagrams that are taken from the system at a time.
const LATE: usize = 64;

/// A socket with its receive buffer.
#[derive(Debug)]
pub(super) struct Socket {
    inner: UdpSocket,
    state: UdpSocketState,
    buffer: Box<[u8]>,
    /// The one address that it is connected to.
    peer: Option<SocketAddr>,
    /// The own address from which broadcasts to all networks leave, and so their interface.
    source: Option<Ipv4Addr>,
    segmentation: Segmentation,
}

impl Socket {
    /// Where it is bound.
    pub(super) fn address(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }

    /// Sends one datagram.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn send_to(&self, peer: SocketAddr, datagram: &[u8]) -> io::Result<()> {
        self.inner.send_to(datagram, peer).map(drop)
    }

    /// Gives every datagram of one receive call, with its sender, to `take`.
    ///
    /// # Errors
    /// The system's; `WouldBlock` where there is nothing.
    pub(super) fn receive(&mut self, mut take: impl FnMut(SocketAddr, &[u8])) -> io::Result<()> {
        let mut metas = [RecvMeta::default()];
        let mut buffers = [IoSliceMut::new(&mut self.buffer)];
        let count = self
            .state
            .recv(UdpSockRef::from(&self.inner), &mut buffers, &mut metas)?;
        let [meta] = metas;
        if count == 0 {
            return Ok(());
        }
        if meta.len == 0 {
            take(meta.addr, &[]);
        }
        for datagram in self.buffer[..meta.len].chunks(meta.stride.max(1)) {
            take(meta.addr, datagram);
        }
        Ok(())
    }

    /// Gives to `late` what the network said of datagrams that had already left: where each should have gone, and why it did not, as
    /// far as the system still knows. `error` is what it said first, where it said anything. Whether there was anything.
    pub(super) fn late_errors(&self, error: Option<&io::Error>, mut late: impl FnMut(SocketAddr, &io::Error)) -> bool {
        let again = |error: &io::Error| error.raw_os_error().map(io::Error::from_raw_os_error);
        let mut current = error.and_then(again);
        for count in 0..LATE {
            let answer = recvmsg(
                &self.inner,
                &mut [IoSliceMut::new(&mut [0; 1])],
                &mut RecvAncillaryBuffer::default(),
                RecvFlags::ERRQUEUE | RecvFlags::DONTWAIT,
            );
            let Ok(answer) = answer else {
                return count > 0;
            };
            let error = current.unwrap_or_else(|| Errno::HOSTUNREACH.into());
            if let Some(to) = answer.address.and_then(|address| SocketAddr::try_from(address).ok()) {
                late(to, &error);
            }
            // The system now has the error of the next one there.
            current = match sockopt::socket_error(&self.inner) {
                Ok(Err(next)) => Some(next.into()),
                Ok(Ok(())) | Err(_) => None,
            };
        }
        true
    }

    /// The largest IP packet that leaves by the way to the connected peer, as far as the system knows.
    pub(super) fn mtu(&self) -> Option<u32> {
        match self.peer? {
            SocketAddr::V4(_) => sockopt::ip_mtu(&self.inner).ok(),
            SocketAddr::V6(_) => sockopt::ipv6_mtu(&self.inner).ok(),
        }
    }

    /// Waits until something can be received, at most `patience`.
    pub(super) fn wait_readable(&self, patience: Duration) -> io::Result<()> {
        self.wait(PollFlags::IN, patience)
    }

    fn wait(&self, what: PollFlags, patience: Duration) -> io::Result<()> {
        wait(&mut [PollFd::new(&self.inner, what)], patience)
    }
}

/// Waits for one of `what`, at most `patience`.
fn wait(what: &mut [PollFd<'_>], patience: Duration) -> io::Result<()> {
    let patience = Timespec::try_from(patience).map_err(io::Error::other)?;
    match poll(what, Some(&patience)) {
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
