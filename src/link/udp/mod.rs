//! A UDP link to controllers, which may be absent for years.
//!
//! UDP tells of a failure late or never: a refusal comes back with the next send, a host that is not there after some three
//! seconds. So a link that was down counts as up again only when it has been quiet for five seconds, or when the controller answers.
//!
//! Towards one peer a failure takes the link down: the socket is given up and opened again after a while, for the way back may lead
//! through another address or interface. Towards many, those that fail are told, and the others are served.

mod life;
mod opened;
mod troubles;

use std::{collections::VecDeque, io, net::SocketAddr, sync::Arc};

use opened::Opened;
use troubles::Troubles;

use super::{
    Backoff, Ends, LinkError, Segmentation,
    resolve::Lookup,
    socket::{Outcome, Verdict},
};
use crate::{
    controller::{To, Transmit},
    site::Route,
    units::Moment,
};

/// Receive calls at a time, so that a flood of replies cannot hold up the pictures.
const RECEIVES: usize = 16;

/// Changes kept for a caller that does not ask; then the oldest gives way.
const CHANGES: usize = 16;

/// A link to one controller or to many.
#[derive(Debug)]
pub struct UdpLink {
    ends: Ends,
    interface: Option<Arc<str>>,
    ttl: u8,
    segmentation: Segmentation,
    state: State,
    backoff: Backoff,
    /// Why it is down, or was until lately.
    problem: Option<LinkError>,
    /// What is wrong though it sends, since it was opened.
    notices: Vec<LinkError>,
    /// What is wrong with single addresses though it sends.
    troubles: Troubles,
    /// The peer of the last [`Change::Up`] that no failure followed.
    told: Option<Option<SocketAddr>>,
    changes: VecDeque<Change>,
    dropped: u64,
}

#[derive(Debug)]
enum State {
    Looking(Lookup),
    Open(Opened),
    Waiting { until: Moment },
}

/// What became of transmissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// All of them left this machine.
    All,
    /// Some could not be sent to their addresses, as the link's problems tell; the others left.
    Some,
    /// The system's buffers stayed full: the rest is dropped.
    Cut,
    /// The link is down: all is dropped.
    Not,
}

/// A turn for the better or the worse. One failure makes one change, however many frames it lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It sends to that peer, or (`None`) to whatever addresses the session gives: for the first time, or again.
    Up(Option<SocketAddr>),
    /// Something is wrong that was not before.
    Down(LinkError),
}

impl UdpLink {
    /// A link between `ends`, by the interface and with the TTL of `route`. Whatever is wrong with them shows as a change; it is
    /// tried again and again.
    pub fn open(ends: Ends, route: &Route, now: Moment) -> Self {
        let mut link = Self {
            ends,
            interface: route.interface.clone(),
            ttl: route.ttl,
            segmentation: Segmentation::default(),
            state: State::Waiting { until: now },
            backoff: Backoff::default(),
            problem: None,
            notices: Vec::new(),
            troubles: Troubles::default(),
            told: None,
            changes: VecDeque::new(),
            dropped: 0,
        };
        link.advance(now);
        link
    }

    /// The same, sending so.
    #[must_use]
    pub fn with_segmentation(mut self, segmentation: Segmentation) -> Self {
        self.segmentation = segmentation;
        if let State::Open(opened) = &mut self.state {
            opened.socket.set_segmentation(segmentation);
        }
        self
    }

    /// With whom it speaks.
    pub const fn ends(&self) -> &Ends {
        &self.ends
    }

    /// Where it is bound while it is open: the port to which controllers answer.
    pub fn local(&self) -> Option<SocketAddr> {
        self.opened().and_then(|opened| opened.socket.address().ok())
    }

    /// Whether the system cuts runs of datagrams by itself on the present way, as far as is known.
    pub fn segments(&self) -> bool {
        self.opened().is_some_and(|opened| opened.socket.segments())
    }

    /// What is wrong at present: the first of [`UdpLink::problems`].
    pub fn problem(&self) -> Option<&LinkError> {
        self.problems().next()
    }

    /// All that is wrong at present: why it is down, or what and which addresses (16 at most) are amiss though it sends.
    pub fn problems(&self) -> impl Iterator<Item = &LinkError> {
        self.problem.iter().chain(&self.notices).chain(self.troubles.all())
    }

    /// Calls of [`UdpLink::send_all`] that dropped anything since the link was opened.
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The next change, oldest first.
    pub fn poll_change(&mut self) -> Option<Change> {
        self.changes.pop_front()
    }

    /// Sends one transmission: the last `transmit.length` bytes of `bytes`, where a session has appended them.
    pub fn send(&mut self, transmit: &Transmit, bytes: &[u8], now: Moment) -> Sent {
        let these = &bytes[bytes.len().saturating_sub(transmit.length)..];
        self.send_all(std::slice::from_ref(transmit), these, now)
    }

    /// Sends `transmits`, which lie in `bytes` one after the other, in their order. Waits at most 20 ms for room for each 64 KiB, and
    /// for nothing else. Allocates nothing unless something fails.
    ///
    /// Fastest in portions of 64 KiB or so, which stay in the processor's cache from the session to the system.
    pub fn send_all(&mut self, transmits: &[Transmit], bytes: &[u8], now: Moment) -> Sent {
        self.advance(now);
        let sent = self.try_send(transmits, bytes, now);
        if sent != Sent::All {
            self.dropped += 1;
        }
        sent
    }

    /// Gives every datagram that has come to `take`: from the controller alone where the ends are [`Ends::Peer`].
    pub fn receive(&mut self, now: Moment, mut take: impl FnMut(&[u8])) {
        self.advance(now);
        for _ in 0..RECEIVES {
            let State::Open(opened) = &mut self.state else {
                return;
            };
            let mut from = None;
            let received = opened.socket.receive(|peer, datagram| {
                from = Some(peer);
                take(datagram);
            });
            match received {
                Ok(()) => self.answered(from),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) => self.receiving_failed(&error, now),
            }
        }
    }

    /// The network said something of datagrams that had left, or the system cannot receive.
    fn receiving_failed(&mut self, error: &io::Error, now: Moment) {
        let State::Open(opened) = &self.state else { return };
        if let (Ends::Peer(_), Some(peer)) = (&self.ends, opened.peer) {
            return self.fail(LinkError::sending(peer, 0, error), now);
        }
        let (troubles, changes) = (&mut self.troubles, &mut self.changes);
        opened.socket.late_errors(Some(error), |to, error| {
            if let Some(news) = troubles.note(to, now, || LinkError::sending(to, 0, error)) {
                push(changes, Change::Down(news));
            }
        });
    }

    const fn opened(&self) -> Option<&Opened> {
        match &self.state {
            State::Open(opened) => Some(opened),
            State::Looking(_) | State::Waiting { .. } => None,
        }
    }

    fn try_send(&mut self, transmits: &[Transmit], bytes: &[u8], now: Moment) -> Sent {
        let State::Open(opened) = &self.state else {
            return Sent::Not;
        };
        let is_alone = matches!(self.ends, Ends::Peer(_));
        let mut fatal = None;
        let (troubles, changes) = (&mut self.troubles, &mut self.changes);
        let outcome = opened.socket.send_all(transmits, bytes, opened.peer, |failure| {
            if is_alone && opened.peer == Some(failure.to) {
                fatal = Some(opened.explain(failure));
                return Verdict::Stop;
            }
            if let Some(error) = troubles.note(failure.to, now, || opened.explain(failure)) {
                push(changes, Change::Down(error));
            }
            Verdict::Others
        });
        if let Some(error) = fatal {
            self.fail(error, now);
            return Sent::Not;
        }
        if opened.peer.is_none() && transmits.iter().any(|transmit| transmit.to == To::Peer) {
            self.notice(LinkError::NoPeer);
        }
        self.judge(outcome, now)
    }

    fn judge(&mut self, outcome: Outcome, now: Moment) -> Sent {
        match outcome {
            Outcome { cut: true, .. } => Sent::Cut,
            Outcome { failed: false, .. } => Sent::All,
            Outcome { left: true, .. } => Sent::Some,
            // Not one left: perhaps another socket fares better, by an interface that has come back or with another address.
            Outcome { .. } => {
                self.retreat(now);
                Sent::Not
            }
        }
    }
}

/// Keeps a change, at the cost of the oldest.
fn push(changes: &mut VecDeque<Change>, change: Change) {
    if changes.len() == CHANGES {
        changes.pop_front();
    }
    changes.push_back(change);
}
