//! Our side of Art-Net: the newest picture as universes, at once when it changes and again before nodes forget it; and the nodes
//! themselves, asked for all the time.

use std::{net::SocketAddr, time::Duration};

use super::{
    Settings,
    nodes::{Leg, Nodes},
    packet::{DMX_HEADER, Dmx, LAST_UNIVERSE, PORT, Packet, Poll, SYNC},
};
use crate::{
    controller::{Controller, Event, To, Transmit, events::Events, keep_alive::KeepAlive},
    units::Moment,
};

pub use super::nodes::NODE_SILENCE;

/// The longest time from the start of one pass of an unchanged picture to the start of the next; the standard allows 4 s.
pub const KEEP_ALIVE: Duration = Duration::from_secs(1);

/// The least time from the end of a pass to the next one of the same picture; and how much longer the session's own keep-alive waits after a
/// [`Sender::refresh`].
pub const GRACE: Duration = Duration::from_millis(100);

/// From one question for nodes to the next; the standard wants 2.5 to 3 s.
pub const POLL_PERIOD: Duration = Duration::from_millis(2750);

/// How long nodes have to answer the first question before universes are told that nobody puts out; the standard gives them 3 s.
const PATIENCE: Duration = Duration::from_millis(3500);

/// Datagrams in one batch: as many as one segmented send can carry. The largest ones make 33,920 bytes, of the 65,507 that it may have.
pub const BATCH: usize = 64;

/// Where a session that discovers its nodes asks for them.
const EVERYBODY: To = To::At(SocketAddr::new(
    std::net::IpAddr::V4(std::net::Ipv4Addr::BROADCAST),
    PORT,
));

/// A session with one controller, or with all nodes that answer.
#[derive(Debug)]
pub struct Sender {
    settings: Settings,
    /// The picture of the pass under way, and of its repetitions.
    picture: Vec<u8>,
    /// The picture of the next pass, where that is another one.
    waiting: Vec<u8>,
    is_waiting: bool,
    pass: Pass,
    /// The sequence of the pass under way. Every pass has every universe, so one number counts for all of them.
    sequence: u8,
    keep_alive: KeepAlive,
    /// To whom which universes go, node after node.
    legs: Vec<Leg>,
    nodes: Nodes,
    is_closed: bool,
    /// Whether `legs` are older than the picture's length or the nodes.
    is_stale: bool,
    search: Search,
    events: Events,
}

/// How far a pass has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    /// All is sent.
    Done,
    /// It begins next.
    Due,
    /// This universe of this leg is next.
    Data { leg: usize, universe: u16 },
    /// All data is sent; the sync to this leg's node is next.
    Sync { leg: usize },
}

/// The search for nodes.
#[derive(Debug, Default)]
struct Search {
    /// When the next question is due; at once where there was none.
    due: Option<Moment>,
    /// From when on universes count as unserved.
    patient: Option<Moment>,
    /// The universes that were told last as unserved.
    told: String,
    /// Whether it must be worked out anew.
    is_stale: bool,
}

impl Sender {
    /// A session that has nothing to show yet, and so sends nothing but the question who is there.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            picture: Vec::new(),
            waiting: Vec::new(),
            is_waiting: false,
            pass: Pass::Done,
            sequence: 0,
            keep_alive: KeepAlive::new(KEEP_ALIVE, GRACE),
            legs: Vec::new(),
            nodes: Nodes::default(),
            is_closed: false,
            is_stale: true,
            search: Search::default(),
            events: Events::new(),
        }
    }

    /// How many universes `bytes` take; what lies beyond the last port address there is goes nowhere.
    fn count(&self, bytes: usize) -> u16 {
        let first = self.settings.universes.first;
        let most = (LAST_UNIVERSE + 1).saturating_sub(first);
        let count = self.settings.universes.count(bytes);
        u16::try_from(count).unwrap_or(u16::MAX).min(most)
    }

    fn is_poll_due(&self, now: Moment) -> bool {
        !self.is_closed && !self.is_under_way() && self.search.due.is_none_or(|due| due <= now)
    }

    /// Appends the question who is there.
    fn ask(&mut self, now: Moment, out: &mut Vec<u8>) -> Transmit {
        self.search.due = Some(now + POLL_PERIOD);
        self.search.patient.get_or_insert(now + PATIENCE);
        let start = out.len();
        Packet::Poll(Poll::PLAIN).encode(out);
        Transmit {
            length: out.len() - start,
            segment: None,
            to: if self.settings.discover { EVERYBODY } else { To::Peer },
        }
    }

    fn begin(&mut self, now: Moment) {
        if std::mem::take(&mut self.is_waiting) {
            self.is_stale |= self.picture.len() != self.waiting.len();
            std::mem::swap(&mut self.picture, &mut self.waiting);
        }
        if std::mem::take(&mut self.is_stale) {
            self.route();
        }
        self.sequence = self.sequence % 255 + 1;
        self.keep_alive.begin(now);
        self.pass = self.data(0);
    }

    fn route(&mut self) {
        let (first, count) = (self.settings.universes.first, self.count(self.picture.len()));
        if self.settings.discover {
            self.nodes.legs(first, count, &mut self.legs);
        } else {
            self.legs.clear();
            self.legs.extend((count > 0).then_some(Leg {
                to: To::Peer,
                universes: 0..count,
            }));
        }
        self.search.is_stale = true;
    }

    /// The pass at the beginning of `leg`, or behind the last one.
    fn data(&self, leg: usize) -> Pass {
        match self.legs.get(leg) {
            Some(next) => Pass::Data {
                leg,
                universe: next.universes.start,
            },
            None if self.settings.sync && self.count(self.picture.len()) > 1 => self.sync(0),
            None => self.end(),
        }
    }

    /// The pass at the sync of `leg`, or behind the last one.
    fn sync(&self, leg: usize) -> Pass {
        if leg < self.legs.len() {
            Pass::Sync { leg }
        } else {
            self.end()
        }
    }

    const fn end(&self) -> Pass {
        if self.is_waiting { Pass::Due } else { Pass::Done }
    }

    /// Appends the universes from `universe` of `leg` on that go to one address, at most a batch of them.
    fn encode(&mut self, mut leg: usize, mut universe: u16, out: &mut Vec<u8>) -> Transmit {
        let slots = usize::from(self.settings.universes.slots);
        let segment = DMX_HEADER + slots.next_multiple_of(2);
        let (start, to) = (out.len(), self.legs[leg].to);
        out.reserve(BATCH * segment);
        let mut packets = 0;
        while packets < BATCH {
            let before = out.len();
            self.put(universe, slots, out);
            packets += 1;
            universe += 1;
            if universe == self.legs[leg].universes.end {
                leg += 1;
                match self.legs.get(leg) {
                    Some(next) if next.to == to => universe = next.universes.start,
                    _ => {
                        self.pass = self.data(leg);
                        break;
                    }
                }
            }
            self.pass = Pass::Data { leg, universe };
            // A shorter one can only be the last of a batch.
            if out.len() - before < segment {
                break;
            }
        }
        Transmit {
            length: out.len() - start,
            segment: (packets > 1).then_some(segment),
            to,
        }
    }

    /// Appends one universe of the picture, counted from the first one.
    fn put(&self, universe: u16, slots: usize, out: &mut Vec<u8>) {
        let from = usize::from(universe) * slots;
        let data = &self.picture[from..self.picture.len().min(from + slots)];
        Dmx {
            sequence: self.sequence,
            physical: 0,
            universe: self.settings.universes.first + universe,
            data,
        }
        .encode(out);
    }

    /// Appends the sync to the node of `leg`.
    fn encode_sync(&mut self, leg: usize, out: &mut Vec<u8>) -> Transmit {
        let to = self.legs[leg].to;
        Packet::Sync.encode(out);
        let others = self.legs[leg..].iter().take_while(|next| next.to == to).count();
        self.pass = self.sync(leg + others);
        Transmit {
            length: SYNC,
            segment: None,
            to,
        }
    }

    /// Tells which nodes have fallen silent, and which universes nobody puts out, where that is new.
    fn look(&mut self, now: Moment) {
        for name in self.nodes.silent(now) {
            self.is_stale = true;
            self.search.is_stale = true;
            self.events.note(Event::Silent(name));
        }
        let is_patient = self.search.patient.is_none_or(|patient| now < patient);
        if !self.settings.discover || self.picture.is_empty() || is_patient || !self.search.is_stale {
            return;
        }
        self.search.is_stale = false;
        let count = self.count(self.picture.len());
        let unserved = self.nodes.unserved(self.settings.universes.first, count);
        if unserved != self.search.told {
            self.search.told.clone_from(&unserved);
            self.events.note(Event::Unserved(unserved));
        }
    }

    /// Takes what a node said of itself.
    fn hear(&mut self, reply: &super::packet::Reply<'_>, now: Moment) {
        match self.nodes.take(reply, now) {
            Ok(None) => {}
            Ok(Some(said)) => {
                self.events.note(Event::Answered(said));
                self.is_stale = true;
                self.search.is_stale = true;
                // Who is new shall not wait for the next repetition.
                if self.settings.discover && !self.picture.is_empty() && !self.is_closed {
                    self.keep_alive.set(Some(now));
                }
            }
            Err(reason) => self.events.note(Event::Malformed(reason)),
        }
    }
}

impl Controller for Sender {
    type Picture = [u8];

    /// Makes `picture` (the LEDs' channels in the order of the wire) the one to show. One that is already shown is not sent anew; one
    /// that comes while another is being sent waits until that is done.
    fn show(&mut self, picture: &[u8], _now: Moment) {
        if self.is_closed {
            return;
        }
        if self.is_under_way() {
            picture.clone_into(&mut self.waiting);
            self.is_waiting = self.waiting != self.picture;
            return;
        }
        // One that waited when the pass ended has not begun: this one is newer.
        self.is_waiting = false;
        if picture == self.picture {
            return;
        }
        self.is_stale |= picture.len() != self.picture.len();
        picture.clone_into(&mut self.picture);
        self.pass = if picture.is_empty() { Pass::Done } else { Pass::Due };
        self.keep_alive.set(None);
    }

    fn refresh(&mut self, now: Moment) {
        self.keep_alive.refresh(now);
        if !self.picture.is_empty() && !self.is_under_way() && !self.is_closed {
            self.pass = Pass::Due;
        }
    }

    /// A node is not told: it keeps what it has.
    fn close(&mut self, _now: Moment) {
        self.is_closed = true;
        self.is_waiting = false;
        self.keep_alive.set(None);
        if !self.is_under_way() {
            self.pass = Pass::Done;
        }
    }

    /// Takes one datagram. What other controllers send, and our own questions that come back, are nothing to us.
    fn handle(&mut self, bytes: &[u8], now: Moment) {
        match Packet::parse(bytes) {
            Ok(Packet::Reply(reply)) => self.hear(&reply, now),
            Ok(Packet::Dmx(_) | Packet::Sync | Packet::Poll(_)) => {}
            Err(super::packet::PacketError::Operation { .. }) => {}
            Err(error) => self.events.note(Event::Malformed(error.to_string())),
        }
    }

    fn poll_transmit(&mut self, now: Moment, out: &mut Vec<u8>) -> Option<Transmit> {
        if self.is_poll_due(now) {
            self.look(now);
            return Some(self.ask(now, out));
        }
        if self.pass == Pass::Done && self.keep_alive.is_due(now) {
            self.pass = Pass::Due;
        }
        if self.pass == Pass::Due {
            self.begin(now);
            self.look(now);
        }
        let transmit = match self.pass {
            Pass::Data { leg, universe } => self.encode(leg, universe, out),
            Pass::Sync { leg } => self.encode_sync(leg, out),
            Pass::Done | Pass::Due => return None,
        };
        if self.pass == Pass::Done {
            self.keep_alive.end(now, GRACE);
        }
        Some(transmit)
    }

    fn is_under_way(&self) -> bool {
        matches!(self.pass, Pass::Data { .. } | Pass::Sync { .. })
    }

    fn poll_timeout(&self) -> Option<Moment> {
        let pass = match self.pass {
            Pass::Done => self.keep_alive.due(),
            Pass::Due | Pass::Data { .. } | Pass::Sync { .. } => Some(Moment::ZERO),
        };
        if self.is_closed {
            return pass;
        }
        let search = self.search.due.unwrap_or(Moment::ZERO);
        Some(pass.map_or(search, |pass| pass.min(search)))
    }

    fn poll_event(&mut self) -> Option<Event> {
        self.events.next()
    }
}
