//! A UDP link to one controller, which may be absent for years.
//!
//! UDP tells of a failure late or never: a refusal comes back with the next send, a host that is not there after some three
//! seconds. So a link that was down counts as up again only when it has been quiet for [`SETTLED`], or when the controller answers.

use std::{collections::VecDeque, io, net::SocketAddr, sync::Arc, time::Duration};

use super::{
    Backoff, LinkError,
    resolve::{Lookup, is_host_and_port},
    socket::Socket,
};
use crate::{controller::Transmit, units::Moment};

/// How long sends must go unanswered by errors until a problem counts as gone: longer than the system looks for a neighbour.
const SETTLED: Duration = Duration::from_secs(5);

/// Receive calls at a time, so that a flood of replies cannot hold up the pictures.
const RECEIVES: usize = 16;

/// Changes kept for a caller that does not ask; then the oldest gives way.
const CHANGES: usize = 8;

/// A link to the controller at one address.
#[derive(Debug)]
pub struct UdpLink {
    address: Arc<str>,
    state: State,
    backoff: Backoff,
    problem: Option<LinkError>,
    changes: VecDeque<Change>,
    dropped: u64,
}

#[derive(Debug)]
enum State {
    Looking(Lookup),
    Open {
        socket: Socket,
        peer: SocketAddr,
        since: Moment,
    },
    Waiting {
        until: Moment,
    },
}

/// What became of a transmission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It left this machine.
    All,
    /// The system's buffers stayed full: the rest of it is dropped.
    Cut,
    /// The link is down: all of it is dropped.
    Not,
}

/// A turn for the better or the worse. One failure makes one change, however many frames it lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It sends to the peer: for the first time, or again.
    Up(SocketAddr),
    /// It cannot send, or can no longer for another reason than before.
    Down(LinkError),
}

impl UdpLink {
    /// A link to `address`, written host:port. Whatever is wrong with it shows as a change; it is tried again and again.
    pub fn open(address: impl Into<Arc<str>>, now: Moment) -> Self {
        let mut link = Self {
            address: address.into(),
            state: State::Waiting { until: now },
            backoff: Backoff::default(),
            problem: None,
            changes: VecDeque::new(),
            dropped: 0,
        };
        link.advance(now);
        link
    }

    /// The address as written.
    pub const fn address(&self) -> &Arc<str> {
        &self.address
    }

    /// What is wrong at present.
    pub const fn problem(&self) -> Option<&LinkError> {
        self.problem.as_ref()
    }

    /// Transmissions dropped in whole or in part since the link was opened.
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The next change, oldest first.
    pub fn poll_change(&mut self) -> Option<Change> {
        self.changes.pop_front()
    }

    /// Sends the last `transmit.length` bytes of `bytes`, where a session has appended them. Waits at most 20 ms for room for
    /// each 64 KiB, and for nothing else.
    pub fn send(&mut self, transmit: &Transmit, bytes: &[u8], now: Moment) -> Sent {
        self.advance(now);
        let sent = self.try_send(transmit, bytes, now);
        if sent != Sent::All {
            self.dropped += 1;
        }
        sent
    }

    /// Gives every datagram that has come from the controller to `take`.
    pub fn receive(&mut self, now: Moment, mut take: impl FnMut(&[u8])) {
        self.advance(now);
        for _ in 0..RECEIVES {
            let State::Open { socket, peer, .. } = &mut self.state else {
                return;
            };
            let peer = *peer;
            match socket.receive(|_, datagram| take(datagram)) {
                Ok(()) => self.settle(peer),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) => return self.fail(LinkError::sending(peer, &error), now),
            }
        }
    }

    fn try_send(&mut self, transmit: &Transmit, bytes: &[u8], now: Moment) -> Sent {
        let State::Open { socket, peer, .. } = &self.state else {
            return Sent::Not;
        };
        let batch = &bytes[bytes.len().saturating_sub(transmit.length)..];
        let segment = transmit.segment.unwrap_or(batch.len()).max(1);
        match socket.send(*peer, batch, segment) {
            Ok(()) => Sent::All,
            Err(error) if is_full(&error) => Sent::Cut,
            Err(error) => {
                self.fail(LinkError::sending(*peer, &error), now);
                Sent::Not
            }
        }
    }

    /// Goes on by one step where one is due: tries again, takes a look-up's answer, forgets a problem.
    fn advance(&mut self, now: Moment) {
        match &self.state {
            State::Waiting { until } if *until <= now => self.begin(now),
            State::Looking(lookup) => match lookup.poll() {
                Some(Ok(peers)) => self.connect(&peers, now),
                Some(Err(error)) => self.fail(error, now),
                None => {}
            },
            State::Open { peer, since, .. } if self.problem.is_some() && now.since(*since) >= SETTLED => {
                self.settle(*peer);
            }
            State::Open { .. } | State::Waiting { .. } => {}
        }
    }

    fn begin(&mut self, now: Moment) {
        if let Ok(peer) = self.address.parse::<SocketAddr>() {
            return self.connect(&[peer], now);
        }
        let address = Arc::clone(&self.address);
        if !is_host_and_port(&address) {
            return self.fail(LinkError::Address { address }, now);
        }
        match Lookup::begin(address) {
            Ok(lookup) => self.state = State::Looking(lookup),
            Err(error) => self.fail(error, now),
        }
    }

    /// Opens a socket to the first of `peers` (never empty) to which a way leads.
    fn connect(&mut self, peers: &[SocketAddr], now: Moment) {
        let mut failure = None;
        for &peer in peers {
            match Socket::connect(peer) {
                Ok(socket) => {
                    let since = now;
                    self.state = State::Open { socket, peer, since };
                    if self.problem.is_none() {
                        self.note(Change::Up(peer));
                    }
                    return;
                }
                Err(error) => failure = Some(LinkError::sending(peer, &error)),
            }
        }
        if let Some(error) = failure {
            self.fail(error, now);
        }
    }

    /// Counts a failure. The socket is given up: the way back may lead through another address or interface.
    fn fail(&mut self, error: LinkError, now: Moment) {
        let until = self.backoff.fail(now);
        self.state = State::Waiting { until };
        if self.problem.as_ref() != Some(&error) {
            self.problem = Some(error.clone());
            self.note(Change::Down(error));
        }
    }

    fn settle(&mut self, peer: SocketAddr) {
        self.backoff.reset();
        if self.problem.take().is_some() {
            self.note(Change::Up(peer));
        }
    }

    fn note(&mut self, change: Change) {
        if self.changes.len() == CHANGES {
            self.changes.pop_front();
        }
        self.changes.push_back(change);
    }
}

/// Whether the system merely has no room at present.
fn is_full(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::WouldBlock || error.raw_os_error() == Some(rustix::io::Errno::NOBUFS.raw_os_error())
}
