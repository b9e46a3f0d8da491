//! The device's side of sACN: datagrams of a row of universes put together to pictures.
//!
//! It takes what the standard allows and refuses the rest with a reason. It never tidies up: a universe that was lost leaves the old
//! picture's bytes in its place, as it would on the wall, unless it was asked to show whole pictures only.

mod port;
mod refusal;
mod streams;

use std::num::NonZeroU16;

use super::packet::{Data, Packet, Sync};
use crate::{
    controller::{Counts, Universes},
    units::Moment,
};

use port::{Order, Port};
use streams::Streams;

pub use port::{Merge, SOURCES, TIMEOUT};
pub use refusal::Refusal;

/// A device behind a row of universes.
#[derive(Debug)]
pub struct Receiver {
    universes: Universes,
    merge: Merge,
    whole_only: bool,
    picture: Vec<u8>,
    ports: Vec<Port>,
    /// Ports that are not fresh.
    stale: usize,
    streams: Streams,
    /// No source is lost before; `None` where there is none.
    deadline: Option<Moment>,
    arrivals: u64,
    whole: bool,
    counts: Counts,
}

/// What came of a datagram.
#[derive(Debug, PartialEq, Eq)]
pub enum Received<'a> {
    /// Its slots are lit, and the picture has not yet had something new of every universe.
    Stored,
    /// Its slots wait for their synchronisation.
    Held,
    /// The picture is shown: the slots of all universes, one after the other. Without synchronisation that is told when every universe
    /// has brought something, or one of them brings more before another has brought anything.
    Shown(&'a [u8]),
    /// A synchronisation came for a picture that is not whole, and whole ones only are shown.
    Withheld,
    /// A source ended its universe. Where there is no other, the last slots stay lit.
    Ended,
    /// It changes nothing.
    Ignored(Ignored),
}

/// Why a datagram that is in order changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ignored {
    /// It was overtaken, or came twice.
    Late,
    /// It is for previews.
    Preview,
    /// Its slots are no levels.
    StartCode(u8),
    /// Another source has a higher priority.
    Outranked,
    /// A synchronisation for which nothing waited.
    Idle,
    /// The end of what had not begun.
    NotBegun,
    /// A source's list of universes.
    Discovery,
}

impl Receiver {
    /// A dark device of `bytes` slots in all behind `universes`.
    pub fn new(universes: Universes, bytes: usize) -> Self {
        let slots = usize::from(universes.slots.max(1));
        let ports: Vec<Port> = (0..bytes)
            .step_by(slots)
            .map(|start| Port::new(start..bytes.min(start + slots)))
            .collect();
        Self {
            universes,
            merge: Merge::default(),
            whole_only: false,
            picture: vec![0; bytes],
            stale: ports.len(),
            ports,
            streams: Streams::default(),
            deadline: None,
            arrivals: 0,
            whole: false,
            counts: Counts::default(),
        }
    }

    /// The device, with `merge` for sources of the same priority.
    pub const fn merging(mut self, merge: Merge) -> Self {
        self.merge = merge;
        self
    }

    /// The device, which upon a synchronisation shows whole pictures and no others (see [`Receiver::is_whole`]). The standard asks for no
    /// such thing, and of sources that number their universes apart it would show nothing.
    pub const fn whole_only(mut self) -> Self {
        self.whole_only = true;
        self
    }

    /// What it has seen.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// What is lit: the slots of all universes, one after the other.
    pub fn picture(&self) -> &[u8] {
        &self.picture
    }

    /// Whether the picture shown last is provably one picture of one source: every universe brought something for it, all under one
    /// number, which a synchronisation had as well. The standard ties no numbers together, so that of a source that counts otherwise this
    /// cannot be said.
    pub const fn is_whole(&self) -> bool {
        self.whole
    }

    /// When to call [`Receiver::elapse`]; `None` for never.
    pub const fn poll_timeout(&self) -> Option<Moment> {
        self.deadline
    }

    /// Forgets sources that are lost by `now`; the picture, where another source takes the place of one.
    pub fn elapse(&mut self, now: Moment) -> Option<&[u8]> {
        self.expire(now).then_some(&self.picture)
    }

    /// Takes one datagram.
    ///
    /// # Errors
    /// Why it does not take it; the picture is then as it was, but for sources that were lost meanwhile.
    pub fn handle(&mut self, bytes: &[u8], now: Moment) -> Result<Received<'_>, Refusal> {
        self.counts.datagrams += 1;
        self.expire(now);
        let served = Packet::parse(bytes)
            .map_err(Refusal::from)
            .and_then(|packet| match packet {
                Packet::Data(data) => self.data(&data, now),
                Packet::Sync(sync) => Ok(self.sync(&sync, now)),
                Packet::Discovery(_) => Ok(Served::Ignored(Ignored::Discovery)),
            });
        match served {
            Ok(Served::Shown) => return Ok(Received::Shown(&self.picture)),
            Err(Refusal::Malformed(_)) => self.counts.malformed += 1,
            Err(_) => self.counts.refused += 1,
            Ok(Served::Ignored(Ignored::Late)) => self.counts.late += 1,
            Ok(Served::Withheld) => self.counts.withheld += 1,
            Ok(_) => {}
        }
        served.map(|served| match served {
            Served::Stored | Served::Shown => Received::Stored,
            Served::Held => Received::Held,
            Served::Withheld => Received::Withheld,
            Served::Ended => Received::Ended,
            Served::Ignored(why) => Received::Ignored(why),
        })
    }

    fn data(&mut self, data: &Data<'_>, now: Moment) -> Result<Served, Refusal> {
        let index = self.index(data.universe)?;
        let port = &mut self.ports[index];
        if port.order(data) == Order::Late {
            return Ok(Served::Ignored(Ignored::Late));
        }
        if data.options.terminated {
            return Ok(self.end(index, &data.cid));
        }
        if data.options.preview || data.start_code != 0 {
            port.pass_over(data);
            return Ok(Served::Ignored(match data.start_code {
                0 => Ignored::Preview,
                code => Ignored::StartCode(code),
            }));
        }
        let waits = self.waits(data, now);
        self.arrivals += 1;
        let port = &mut self.ports[index];
        if !port.take(data, waits, now, self.arrivals) {
            return Err(Refusal::Sources {
                universe: data.universe,
            });
        }
        let lost = now + TIMEOUT;
        self.deadline = Some(self.deadline.map_or(lost, |deadline| deadline.min(lost)));
        if waits.is_some() {
            return Ok(Served::Held);
        }
        Ok(self.light(index, &data.cid))
    }

    /// The index of a universe among ours.
    fn index(&self, found: u16) -> Result<usize, Refusal> {
        let first = self.universes.first;
        let index = found.checked_sub(first).map(usize::from);
        index.filter(|index| *index < self.ports.len()).ok_or_else(|| {
            let last = usize::from(first) + self.ports.len().saturating_sub(1);
            let last = u16::try_from(last).unwrap_or(u16::MAX);
            Refusal::Universe { found, first, last }
        })
    }

    /// The address whose synchronisation `data` must wait for. Before the first one for that address there is none to wait for; when they
    /// have ceased, the source says whether to go on without.
    fn waits(&self, data: &Data<'_>, now: Moment) -> Option<NonZeroU16> {
        let address = data.sync?;
        let lost = now.since(self.streams.heard(address)?) >= TIMEOUT;
        (!lost || !data.options.force).then_some(address)
    }

    fn end(&mut self, index: usize, cid: &[u8; 16]) -> Served {
        if !self.ports[index].end(cid) {
            return Served::Ignored(Ignored::NotBegun);
        }
        self.paint(index);
        Served::Ended
    }

    /// Lights what came for a port without synchronisation.
    fn light(&mut self, index: usize, cid: &[u8; 16]) -> Served {
        // Whoever now sends with a lower priority than before gives way to another.
        self.paint(index);
        if !self.ports[index].is_lit(cid) {
            return Served::Ignored(Ignored::Outranked);
        }
        let again = self.ports[index].fresh;
        if again {
            self.show(None);
        }
        self.refresh(index);
        if self.stale == 0 {
            self.show(None);
        } else if !again {
            return Served::Stored;
        }
        Served::Shown
    }

    fn sync(&mut self, sync: &Sync, now: Moment) -> Served {
        if self.streams.hear(sync, now) == Order::Late {
            return Served::Ignored(Ignored::Late);
        }
        let waiting = |port: &Port| port.is_waiting(sync.address);
        if !self.ports.iter().any(waiting) {
            return Served::Ignored(Ignored::Idle);
        }
        let number = Some((sync.cid, sync.sequence));
        if self.whole_only && !self.ports.iter().all(|port| port.number_after(sync.address) == number) {
            return Served::Withheld;
        }
        for index in 0..self.ports.len() {
            if self.ports[index].is_waiting(sync.address) {
                self.ports[index].release(sync.address);
                self.paint(index);
                self.refresh(index);
            }
        }
        self.show(number);
        Served::Shown
    }

    /// The picture is shown, with every port that brought something for it.
    fn show(&mut self, number: Option<([u8; 16], u8)>) {
        self.counts.pictures += 1;
        self.counts.partial += u64::from(self.stale > 0);
        self.whole = self.stale == 0 && number.is_some() && self.ports.iter().all(|port| port.number() == number);
        for port in &mut self.ports {
            port.fresh = false;
        }
        self.stale = self.ports.len();
    }

    fn refresh(&mut self, index: usize) {
        let fresh = &mut self.ports[index].fresh;
        self.stale -= usize::from(!*fresh);
        *fresh = true;
    }

    /// Puts what is lit of a port into the picture.
    fn paint(&mut self, index: usize) {
        let port = &self.ports[index];
        port.light(self.merge, &mut self.picture[port.place.clone()]);
    }

    /// Forgets what is lost by `now`; whether the picture may have changed.
    fn expire(&mut self, now: Moment) -> bool {
        if self.deadline.is_none_or(|deadline| now < deadline) {
            return false;
        }
        let mut changed = false;
        for index in 0..self.ports.len() {
            if self.ports[index].expire(now) {
                self.paint(index);
                changed = true;
            }
        }
        self.deadline = self.ports.iter().filter_map(Port::deadline).min();
        changed
    }
}

enum Served {
    Stored,
    Held,
    Shown,
    Withheld,
    Ended,
    Ignored(Ignored),
}
