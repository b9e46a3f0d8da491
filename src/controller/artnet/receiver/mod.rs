//! The controller's side of Art-Net: a node of a given row of universes, for the simulator.
//!
//! It does what the standard says and no more, and never tidies up for our own sender.

mod answer;
mod port;
mod refusal;

use std::{
    collections::VecDeque,
    net::{IpAddr, SocketAddr, SocketAddrV4},
    ops::Range,
    sync::Arc,
    time::Duration,
};

use super::packet::{Dmx, LAST_UNIVERSE, Packet, Poll};
use crate::{
    controller::{Counts, Universes},
    units::Moment,
};

use port::Port;

pub use port::{LATE, SOURCE_SILENCE};
pub use refusal::Refusal;

/// After how long without a sync a node shows again what comes as it comes.
pub const SYNC_SILENCE: Duration = Duration::from_secs(4);

/// How often silent sources are looked for.
const SWEEP: Duration = Duration::from_secs(1);

/// Answers kept for a caller that does not ask; then the oldest gives way.
const ANSWERS: usize = 4 * answer::PAGES;

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The universes that it puts out.
    pub universes: Universes,
    /// How many bytes they carry in all.
    pub bytes: usize,
    /// How it merges two sources.
    pub merge: Merge,
    /// The address that it tells those who ask.
    pub address: SocketAddrV4,
    /// The hardware address that it tells.
    pub mac: [u8; 6],
    /// The name that it tells.
    pub name: Arc<str>,
}

/// How a node merges two sources of one universe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Merge {
    /// Of each slot the higher value (HTP), as nodes do that nobody told otherwise.
    #[default]
    Highest,
    /// All slots of whoever sent last (LTP).
    Latest,
}

/// A node.
#[derive(Debug)]
pub struct Receiver {
    node: Node,
    ports: Vec<Port>,
    /// What is put out.
    picture: Vec<u8>,
    /// What came in, merged; more than is put out while a sync is waited for.
    held: Vec<u8>,
    is_pending: bool,
    /// How many ports have two sources.
    merging: usize,
    /// When the last sync was taken; `None` while what comes is shown as it comes.
    synced: Option<Moment>,
    /// Who sent the last data.
    sender: Option<IpAddr>,
    /// Of whom it is known that the universes of one picture have one sequence.
    alike: Option<IpAddr>,
    sweep: Option<Moment>,
    /// Who wants to hear of changes.
    listener: Option<SocketAddr>,
    answers: VecDeque<(SocketAddr, Vec<u8>)>,
    answered: u64,
    counts: Counts,
}

/// What came of a datagram.
#[derive(Debug, PartialEq, Eq)]
pub enum Received<'a> {
    /// Its data waits for a sync.
    Stored,
    /// This is put out now: the bytes of all universes one after the other.
    Shown(&'a [u8]),
    /// It was a question; where this node is meant, the answers are in [`Receiver::poll_answer`].
    Asked,
}

enum Served {
    Stored,
    Shown,
    Asked,
}

impl Receiver {
    /// A dark node.
    pub fn new(node: Node) -> Self {
        let most = usize::from(LAST_UNIVERSE + 1).saturating_sub(usize::from(node.universes.first));
        let count = node.universes.count(node.bytes).min(most);
        Self {
            ports: (0..count).map(|_| Port::default()).collect(),
            picture: vec![0; node.bytes],
            held: vec![0; node.bytes],
            is_pending: false,
            merging: 0,
            synced: None,
            sender: None,
            alike: None,
            sweep: None,
            listener: None,
            answers: VecDeque::new(),
            answered: 0,
            counts: Counts::default(),
            node,
        }
    }

    /// What it has seen.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// What it puts out.
    pub fn picture(&self) -> &[u8] {
        &self.picture
    }

    /// Takes one datagram, which came from `from`.
    ///
    /// # Errors
    /// Why it changed nothing.
    pub fn handle(&mut self, from: SocketAddr, datagram: &[u8], now: Moment) -> Result<Received<'_>, Refusal> {
        self.counts.datagrams += 1;
        match self.serve(from, datagram, now) {
            Ok(Served::Stored) => Ok(Received::Stored),
            Ok(Served::Shown) => Ok(Received::Shown(&self.picture)),
            Ok(Served::Asked) => Ok(Received::Asked),
            Err(refusal) => {
                match refusal {
                    Refusal::Malformed(_) => self.counts.malformed += 1,
                    Refusal::Late { .. } => self.counts.late += 1,
                    _ => self.counts.refused += 1,
                }
                Err(refusal)
            }
        }
    }

    fn serve(&mut self, from: SocketAddr, datagram: &[u8], now: Moment) -> Result<Served, Refusal> {
        match Packet::parse(datagram)? {
            Packet::Dmx(dmx) => self.take(from.ip(), &dmx, now),
            Packet::Sync => self.sync(from.ip(), now),
            Packet::Poll(poll) => {
                self.ask(from, &poll);
                Ok(Served::Asked)
            }
            Packet::Reply(_) => Err(Refusal::Reply),
        }
    }

    fn take(&mut self, from: IpAddr, dmx: &Dmx<'_>, now: Moment) -> Result<Served, Refusal> {
        let first = self.node.universes.first;
        let place = dmx.universe.checked_sub(first).map(usize::from);
        let Some(place) = place.filter(|place| *place < self.ports.len()) else {
            return Err(Refusal::Universe {
                found: dmx.universe,
                first,
                last: first.saturating_add(self.ports.len().saturating_sub(1) as u16),
            });
        };
        let port = &mut self.ports[place];
        let was_merging = port.is_merging();
        self.counts.lost += port.take(from, dmx, now)?;
        self.merging += usize::from(port.is_merging() && !was_merging);
        self.sender = Some(from);
        self.sweep.get_or_insert(now + SWEEP);
        self.put_out(place);
        self.tell(place);
        if self.is_held() {
            return Ok(Served::Stored);
        }
        self.counts.pictures += u64::from(place + 1 == self.ports.len());
        self.release(place);
        Ok(Served::Shown)
    }

    /// Whether what comes waits for a sync.
    fn is_held(&self) -> bool {
        self.synced.is_some() && self.merging == 0
    }

    /// Where the slots of a port lie in the picture.
    fn range(&self, place: usize) -> Range<usize> {
        let slots = usize::from(self.node.universes.slots);
        place * slots..self.held.len().min((place + 1) * slots)
    }

    fn put_out(&mut self, place: usize) {
        let range = self.range(place);
        self.ports[place].put_out(self.node.merge, &mut self.held[range]);
        self.is_pending |= self.is_held();
    }

    /// Shows the port that has just changed, and all others where something of them was held.
    fn release(&mut self, place: usize) {
        if std::mem::take(&mut self.is_pending) {
            self.picture.copy_from_slice(&self.held);
        } else {
            let range = self.range(place);
            self.picture[range.clone()].copy_from_slice(&self.held[range]);
        }
    }

    fn sync(&mut self, from: IpAddr, now: Moment) -> Result<Served, Refusal> {
        if self.sender != Some(from) {
            return Err(Refusal::Stranger { from });
        }
        if self.merging > 0 {
            return Err(Refusal::Merging);
        }
        self.synced = Some(now);
        self.is_pending = false;
        self.picture.copy_from_slice(&self.held);
        self.counts.pictures += 1;
        self.counts.partial += u64::from(!self.is_whole(from));
        Ok(Served::Shown)
    }

    /// Whether all universes are of one picture, as far as their sequences tell. A sender that numbers pictures gives all of them one
    /// sequence; of others it is known only that each universe came once since the last sync.
    fn is_whole(&mut self, from: IpAddr) -> bool {
        let mut seen = self.ports.iter_mut().map(Port::freshness);
        let Some((count, sequence)) = seen.next() else {
            return true;
        };
        let (mut is_once, mut is_fresh, mut is_alike) = (count == 1, count > 0, sequence != 0);
        for (count, other) in seen {
            is_once &= count == 1;
            is_fresh &= count > 0;
            is_alike &= other == sequence;
        }
        if is_fresh && is_alike {
            self.alike = Some(from);
            return true;
        }
        is_once && self.alike != Some(from)
    }

    fn ask(&mut self, from: SocketAddr, poll: &Poll) {
        self.listener = poll.wants_changes().then_some(from);
        // A question that is repeated before it was answered is one question.
        self.answers.retain(|(to, _)| *to != from);
        let (first, count) = (self.node.universes.first, self.ports.len() as u16);
        for (index, universes) in answer::pages(first, count).enumerate() {
            if answer::is_asked(poll, &universes) {
                self.answer(from, index, &universes);
            }
        }
    }

    fn answer(&mut self, to: SocketAddr, index: usize, universes: &Range<u16>) {
        let first = self.node.universes.first;
        let place = |universe: u16| usize::from(universe - first);
        let ports = &mut self.ports[place(universes.start)..place(universes.end)];
        for port in &mut *ports {
            port.told = port.good(self.node.merge);
        }
        let datagram = answer::page(&self.node, index, universes, ports, self.answered);
        self.answered += 1;
        if self.answers.len() == ANSWERS {
            self.answers.pop_front();
        }
        self.answers.push_back((to, datagram));
    }

    /// Answers once more whoever wants to hear of changes, where a port fares otherwise than was told.
    fn tell(&mut self, place: usize) {
        let Some(listener) = self.listener else { return };
        let port = &mut self.ports[place];
        let good = port.good(self.node.merge);
        if std::mem::replace(&mut port.told, good) == good {
            return;
        }
        let universe = self.node.universes.first + place as u16;
        let (first, count) = (self.node.universes.first, self.ports.len() as u16);
        let page = answer::pages(first, count)
            .enumerate()
            .find(|(_, page)| page.contains(&universe));
        if let Some((index, universes)) = page {
            self.answer(listener, index, &universes);
        }
    }

    /// The next answer to send, and where to.
    pub fn poll_answer(&mut self) -> Option<(SocketAddr, Vec<u8>)> {
        self.answers.pop_front()
    }

    /// Does what is due by `now`; what is put out, where that changed.
    pub fn poll(&mut self, now: Moment) -> Option<&[u8]> {
        if self.synced.is_some_and(|synced| now.since(synced) >= SYNC_SILENCE) {
            self.synced = None;
        }
        if self.sweep.is_some_and(|sweep| sweep <= now) {
            self.expire(now);
        }
        if self.is_pending && !self.is_held() {
            self.is_pending = false;
            self.picture.copy_from_slice(&self.held);
            return Some(&self.picture);
        }
        None
    }

    /// Lets silent sources go.
    fn expire(&mut self, now: Moment) {
        let mut is_any = false;
        for place in 0..self.ports.len() {
            if self.ports[place].expire(now) {
                self.put_out(place);
                self.is_pending = true;
                self.tell(place);
            }
            is_any |= self.ports[place].live() > 0;
        }
        self.merging = self.ports.iter().filter(|port| port.is_merging()).count();
        self.sweep = is_any.then_some(now + SWEEP);
    }

    /// When to poll again though nothing came; `None` for never.
    pub fn poll_timeout(&self) -> Option<Moment> {
        let synced = self.synced.map(|synced| synced + SYNC_SILENCE);
        [synced, self.sweep].into_iter().flatten().min()
    }
}
