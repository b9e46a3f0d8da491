//! One UDP socket that never blocks: segmented sends where the system can, one datagram at a time where it cannot.

use std::{
    io::{self, IoSliceMut},
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket},
    time::Duration,
};

use quinn_udp::{RecvMeta, Transmit, UdpSockRef, UdpSocketState};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// The largest UDP payload over IPv4, segmented or not.
const PAYLOAD: usize = 65_507;

/// Kernel buffers to ask for: a pass of a 1920x1080 screen. The system may grant less.
const BUFFER: usize = 8 << 20;

/// How long to wait for room in the send buffer, and how often, before the rest of a batch is given up.
const ROOM: Duration = Duration::from_millis(5);
const PATIENCE: u32 = 4;

/// A socket with its receive buffer.
#[derive(Debug)]
pub(super) struct Socket {
    inner: UdpSocket,
    state: UdpSocketState,
    buffer: Box<[u8]>,
}

impl Socket {
    /// A socket that sends to `peer` and hears of its refusals.
    pub(super) fn connect(peer: SocketAddr) -> io::Result<Self> {
        let any: SocketAddr = match peer {
            SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
            SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
        };
        let inner = UdpSocket::bind(any)?;
        inner.connect(peer)?;
        Self::new(inner)
    }

    /// A socket that receives on `address`.
    pub(super) fn bind(address: SocketAddr) -> io::Result<Self> {
        Self::new(UdpSocket::bind(address)?)
    }

    fn new(inner: UdpSocket) -> io::Result<Self> {
        let state = UdpSocketState::new(UdpSockRef::from(&inner))?;
        // Smaller buffers than asked for are no error: they only make a burst more likely to be cut.
        let _ = state.set_send_buffer_size(UdpSockRef::from(&inner), BUFFER);
        let _ = state.set_recv_buffer_size(UdpSockRef::from(&inner), BUFFER);
        Ok(Self {
            inner,
            state,
            buffer: vec![0; usize::from(u16::MAX)].into(),
        })
    }

    pub(super) fn address(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }

    /// Sends `bytes` to `peer` as datagrams of `segment` bytes, the last of which may be shorter.
    ///
    /// # Errors
    /// The system's. `WouldBlock` where there was no room within 20 ms; then the rest is not sent.
    pub(super) fn send(&self, peer: SocketAddr, bytes: &[u8], segment: usize) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let together = self.state.max_gso_segments();
            let run = (segment * together.min(PAYLOAD / segment).max(1)).min(rest.len());
            match self.send_run(peer, &rest[..run], segment) {
                Ok(()) => rest = &rest[run..],
                // The attempt itself showed that this device cannot segment; the state has taken note.
                Err(_) if self.state.max_gso_segments() < together => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Sends one run that the system can segment by itself.
    fn send_run(&self, peer: SocketAddr, bytes: &[u8], segment: usize) -> io::Result<()> {
        let transmit = Transmit {
            destination: peer,
            ecn: None,
            contents: bytes,
            segment_size: Some(segment),
            src_ip: None,
        };
        let mut patience = PATIENCE;
        loop {
            match self.state.try_send(UdpSockRef::from(&self.inner), &transmit) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock && patience > 0 => {
                    patience -= 1;
                    self.wait(PollFlags::OUT, ROOM)?;
                }
                other => return other,
            }
        }
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

    /// Waits until something can be received, at most `patience`.
    pub(super) fn wait_readable(&self, patience: Duration) -> io::Result<()> {
        self.wait(PollFlags::IN, patience)
    }

    fn wait(&self, what: PollFlags, patience: Duration) -> io::Result<()> {
        let patience = Timespec::try_from(patience).map_err(io::Error::other)?;
        match poll(&mut [PollFd::new(&self.inner, what)], Some(&patience)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
