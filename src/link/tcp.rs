//! TCP connections that wait for nothing.
//!
//! A peer that vanishes says nothing. While bytes are on their way, the system gives up after [`SILENCE`]; while none are, it asks the
//! peer now and then whether it is still there, and gives up after as long.

use std::{
    collections::VecDeque,
    io,
    net::SocketAddr,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
    net::{
        AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, connect, ipproto, recv, send, socket_with,
        sockopt,
    },
};

use super::{ConnectionError, LinkError};
use crate::units::Moment;

/// How long a peer may take to answer a call: the system calls again after one and three seconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long bytes may stay unacknowledged, or a peer unheard of.
const SILENCE: Duration = Duration::from_secs(8);

/// How long nothing is on its way until the peer is asked whether it is still there, and how often then.
const IDLE: Duration = Duration::from_secs(4);
const EVERY: Duration = Duration::from_secs(2);

/// A connection that is being made, to the first of several addresses of a host that answers.
#[derive(Debug)]
pub(super) struct Connecting {
    socket: Tcp,
    others: VecDeque<SocketAddr>,
    until: Moment,
}

/// How a connection stands that is being made.
#[derive(Debug)]
pub(super) enum Progress {
    /// Nobody has answered yet.
    UnderWay(Connecting),
    /// It is made.
    Made(Tcp),
    /// It will not be made, at the last address for that reason.
    Failed(LinkError),
}

/// A connection.
#[derive(Debug)]
pub(super) struct Tcp {
    socket: OwnedFd,
    peer: SocketAddr,
}

impl Connecting {
    /// Begins to connect to the first of `peers` (never empty) to which a way leads.
    ///
    /// # Errors
    /// No way leads to any of them: why not to the last one.
    pub(super) fn begin(peers: impl IntoIterator<Item = SocketAddr>, now: Moment) -> Result<Self, LinkError> {
        let mut others: VecDeque<SocketAddr> = peers.into_iter().collect();
        let mut failure = LinkError::NoPeer;
        while let Some(peer) = others.pop_front() {
            match Tcp::call(peer) {
                Ok(socket) => {
                    let until = now + PATIENCE;
                    return Ok(Self { socket, others, until });
                }
                Err(error) => failure = LinkError::connecting(peer, &error),
            }
        }
        Err(failure)
    }

    /// How it stands. Goes over to the host's next address where this one does not answer.
    pub(super) fn proceed(self, now: Moment) -> Progress {
        let peer = self.socket.peer;
        let failure = match self.socket.is_connected() {
            Ok(true) => return Progress::Made(self.socket),
            Ok(false) if now < self.until => return Progress::UnderWay(self),
            Ok(false) => ConnectionError::Silent { peer }.into(),
            Err(error) => LinkError::connecting(peer, &error),
        };
        if self.others.is_empty() {
            return Progress::Failed(failure);
        }
        Self::begin(self.others, now).map_or_else(Progress::Failed, Progress::UnderWay)
    }

    /// When the peer has had its time.
    pub(super) const fn until(&self) -> Moment {
        self.until
    }
}

impl AsFd for Connecting {
    /// Becomes writable when the peer has answered.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

impl Tcp {
    /// A socket that is connecting to `peer`.
    fn call(peer: SocketAddr) -> io::Result<Self> {
        let family = match peer {
            SocketAddr::V4(_) => AddressFamily::INET,
            SocketAddr::V6(_) => AddressFamily::INET6,
        };
        let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
        let socket = socket_with(family, SocketType::STREAM, flags, Some(ipproto::TCP))?;
        // A message is small, and its answer is waited for.
        sockopt::set_tcp_nodelay(&socket, true)?;
        sockopt::set_socket_keepalive(&socket, true)?;
        sockopt::set_tcp_keepidle(&socket, IDLE)?;
        sockopt::set_tcp_keepintvl(&socket, EVERY)?;
        sockopt::set_tcp_user_timeout(&socket, u32::try_from(SILENCE.as_millis()).unwrap_or(u32::MAX))?;
        match connect(&socket, &peer) {
            Ok(()) | Err(Errno::INPROGRESS | Errno::INTR) => Ok(Self { socket, peer }),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the peer has answered.
    ///
    /// # Errors
    /// It refused, or no way leads there.
    fn is_connected(&self) -> io::Result<bool> {
        let mut asked = [PollFd::new(&self.socket, PollFlags::OUT)];
        match poll(&mut asked, Some(&Timespec::default())) {
            Ok(0) | Err(Errno::INTR) => return Ok(false),
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        sockopt::socket_error(&self.socket)??;
        Ok(true)
    }

    /// With whom it is.
    pub(super) const fn peer(&self) -> SocketAddr {
        self.peer
    }

    /// Reads what is there; 0 where the peer has ended the connection.
    pub(super) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(recv(&self.socket, buffer, RecvFlags::empty())?.0)
    }

    /// Writes as much as there is room for.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        Ok(send(&self.socket, bytes, SendFlags::NOSIGNAL)?)
    }

    /// Ends it at once, whatever is still on its way: a card that serves one at a time is then free for the next.
    pub(super) fn abort(self) {
        let _ = sockopt::set_socket_linger(&self.socket, Some(Duration::ZERO));
    }
}

impl AsFd for Tcp {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}
