//! How a link goes on: opening, failing, coming back, and looking now and then whether all is as it was.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use super::{Change, Opened, State, UdpLink, push};
use crate::{
    link::{
        Ends, LinkError,
        interface::Interface,
        resolve::{Lookup, is_host_and_port},
        socket::{Options, Socket},
    },
    units::Moment,
};

/// How long sends must go unanswered by errors until a problem counts as gone: longer than the system looks for a neighbour.
const SETTLED: Duration = Duration::from_secs(5);

/// How often it is looked whether the interface is still there, and whether a port that was taken has become free.
const LOOK: Duration = Duration::from_secs(5);

/// How often a name is looked up again though all seems well: UDP does not tell when a receiver has moved to another address.
const RENAME: Duration = Duration::from_secs(180);

impl UdpLink {
    /// Goes on by one step where one is due.
    pub(super) fn advance(&mut self, now: Moment) {
        match &self.state {
            State::Waiting { until } if *until <= now => self.begin(now),
            State::Waiting { .. } => {}
            State::Looking(lookup) => match lookup.poll() {
                Some(Ok(peers)) => self.connect(&peers, now),
                Some(Err(error)) => self.fail(error, now),
                None => {}
            },
            State::Open(_) => {
                self.forget(now);
                self.look(now);
                self.rename(now);
            }
        }
    }

    fn begin(&mut self, now: Moment) {
        let Some(address) = self.ends.peer().cloned() else {
            return self.open_towards(None, now);
        };
        if let Ok(peer) = address.parse() {
            return self.open_towards(Some(peer), now);
        }
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
            match self.opening(Some(peer), now) {
                Ok(opened) => return self.up(opened),
                Err(error) => failure = Some(error),
            }
        }
        if let Some(error) = failure {
            self.fail(error, now);
        }
    }

    fn open_towards(&mut self, peer: Option<SocketAddr>, now: Moment) {
        match self.opening(peer, now) {
            Ok(opened) => self.up(opened),
            Err(error) => self.fail(error, now),
        }
    }

    /// A socket as the ends need it, towards `peer`. What is wrong though it will send becomes a notice.
    fn opening(&mut self, peer: Option<SocketAddr>, now: Moment) -> Result<Opened, LinkError> {
        let mut notices = Vec::new();
        let interface = match self.interface.as_ref().map(Interface::ready).transpose() {
            Ok(found) => found,
            // Routes lead to a single host, whether there is such an interface or not.
            Err(error) if is_one_host(peer) => {
                notices.push(error);
                None
            }
            Err(error) => return Err(error),
        };
        let options = |port| Options {
            interface: interface.as_ref(),
            ttl: self.ttl,
            hears_errors: true,
            ..Options::towards(peer, port)
        };
        let socket = match self.ends {
            Ends::Peer(_) => Socket::open(&Options { peer, ..options(0) }),
            Ends::Any => Socket::open(&options(0)),
            Ends::Port { port, .. } => {
                let shares = true;
                Socket::open(&Options {
                    shares,
                    ..options(port)
                })
                .or_else(|_| {
                    notices.push(LinkError::PortTaken { port });
                    Socket::open(&options(0))
                })
            }
        };
        let mut socket = socket.map_err(|error| cannot_open(peer, &error))?;
        socket.set_segmentation(self.segmentation);
        self.notices.retain(|notice| notices.contains(notice));
        for notice in notices {
            self.notice(notice);
        }
        Ok(Opened {
            socket,
            peer,
            interface,
            since: now,
            look: now + LOOK,
            rename: now + RENAME,
            lookup: None,
        })
    }

    fn up(&mut self, opened: Opened) {
        let peer = opened.peer;
        self.state = State::Open(opened);
        if self.problem.is_none() {
            self.tell_up(peer);
        }
    }

    /// Counts a failure. The socket is given up: the way back may lead through another address or interface.
    pub(super) fn fail(&mut self, error: LinkError, now: Moment) {
        self.retreat(now);
        if self.problem.as_ref() != Some(&error) {
            self.problem = Some(error.clone());
            self.tell_down(error);
        }
    }

    /// Closes the socket for a while.
    pub(super) fn retreat(&mut self, now: Moment) {
        self.state = State::Waiting {
            until: self.backoff.fail(now),
        };
    }

    /// A problem that is there until the socket is opened anew, though it sends.
    pub(super) fn notice(&mut self, error: LinkError) {
        if !self.notices.contains(&error) {
            self.notices.push(error.clone());
            self.tell_down(error);
        }
    }

    /// Something came from `from`: whatever was wrong with it is over.
    pub(super) fn answered(&mut self, from: Option<SocketAddr>) {
        let peer = self.opened().and_then(|opened| opened.peer);
        self.settle(peer);
        if let Some(from) = from.filter(|&from| self.troubles.end(from)) {
            self.told = None;
            self.tell_up(Some(from));
        }
    }

    /// Forgets problems after which all has been quiet for long enough.
    fn forget(&mut self, now: Moment) {
        let Some(opened) = self.opened() else { return };
        let (peer, since) = (opened.peer, opened.since);
        if now.since(since) < SETTLED {
            return;
        }
        self.settle(peer);
        while let Some(address) = self.troubles.end_one_before(now - SETTLED) {
            self.told = None;
            self.tell_up(Some(address));
        }
    }

    fn settle(&mut self, peer: Option<SocketAddr>) {
        self.backoff.reset();
        if self.problem.take().is_some() {
            self.tell_up(peer);
        }
    }

    /// Looks whether the interface is what it was, and tries again for what was not to be had.
    fn look(&mut self, now: Moment) {
        let State::Open(opened) = &mut self.state else { return };
        if now < opened.look {
            return;
        }
        opened.look = now + LOOK;
        let (peer, was) = (opened.peer, opened.interface.clone());
        let is_it = match self.interface.as_ref().map(Interface::ready).transpose() {
            Ok(is) => is == was,
            Err(_) if is_one_host(peer) => was.is_none(),
            Err(error) => return self.fail(error, now),
        };
        let was_taken = self
            .notices
            .iter()
            .any(|notice| matches!(notice, LinkError::PortTaken { .. }));
        if !is_it || was_taken {
            self.open_towards(peer, now);
        }
    }

    /// Looks names up again, and goes over to another address where the name no longer leads to the present one.
    fn rename(&mut self, now: Moment) {
        let State::Open(opened) = &mut self.state else { return };
        if let Some(lookup) = &opened.lookup {
            let Some(answer) = lookup.poll() else { return };
            opened.lookup = None;
            let present = opened.peer;
            // A name server that is away for a while is no reason to leave a receiver.
            if let Ok(peers) = answer
                && !peers.iter().any(|&peer| Some(peer) == present)
            {
                self.connect(&peers, now);
            }
        } else if now >= opened.rename {
            opened.rename = now + RENAME;
            let address = self
                .ends
                .peer()
                .filter(|address| address.parse::<SocketAddr>().is_err());
            opened.lookup = address.and_then(|address| Lookup::begin(Arc::clone(address)).ok());
        }
    }

    fn tell_up(&mut self, peer: Option<SocketAddr>) {
        if self.told != Some(peer) {
            self.told = Some(peer);
            push(&mut self.changes, Change::Up(peer));
        }
    }

    fn tell_down(&mut self, error: LinkError) {
        self.told = None;
        push(&mut self.changes, Change::Down(error));
    }
}

/// Whether `peer` is one machine, to which a route leads, rather than all of an interface's.
fn is_one_host(peer: Option<SocketAddr>) -> bool {
    peer.is_some_and(|peer| !peer.ip().is_multicast() && peer.ip() != Ipv4Addr::BROADCAST)
}

fn cannot_open(peer: Option<SocketAddr>, error: &io::Error) -> LinkError {
    match peer {
        Some(peer) => LinkError::sending(peer, 0, error),
        None => LinkError::Other {
            peer: "*".into(),
            reason: error.to_string(),
        },
    }
}
