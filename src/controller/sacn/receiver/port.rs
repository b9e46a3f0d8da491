//! One universe of a device: which sources it has, what they said last, and which of them is lit.

use std::{num::NonZeroU16, ops::Range, time::Duration};

use super::super::packet::Data;
use crate::units::Moment;

/// How long a source or a synchronisation may be silent before it is lost.
pub const TIMEOUT: Duration = Duration::from_millis(2500);

/// Sources that one universe can tell apart; one more is refused.
pub const SOURCES: usize = 4;

/// What a device makes of several sources with the same, highest priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Merge {
    /// The one whose datagram came last is lit.
    #[default]
    Newest,
    /// Of each slot the highest level is lit.
    Highest,
}

/// One universe.
#[derive(Debug)]
pub(super) struct Port {
    /// The bytes of the picture that are its.
    pub(super) place: Range<usize>,
    /// Whether data came for what is lit since the picture was last shown.
    pub(super) fresh: bool,
    sources: Vec<Source>,
}

/// A source of one universe.
#[derive(Debug)]
struct Source {
    cid: [u8; 16],
    priority: u8,
    sequence: u8,
    heard: Moment,
    /// The place of its last datagram among all that came.
    arrival: u64,
    /// What is lit of it; empty where nothing is.
    lit: Vec<u8>,
    /// What waits for the synchronisation of an address.
    held: Vec<u8>,
    waits: Option<NonZeroU16>,
}

/// The number of a datagram among those of its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// It comes after what was taken.
    Next,
    /// It was overtaken, or came before.
    Late,
}

impl Order {
    /// What the standard makes of `found` after `last`: up to 20 back is late, further back is a source that began anew.
    pub(super) const fn of(last: u8, found: u8) -> Self {
        let step = found.wrapping_sub(last) as i8;
        if step <= 0 && step > -20 {
            Self::Late
        } else {
            Self::Next
        }
    }
}

impl Port {
    pub(super) const fn new(place: Range<usize>) -> Self {
        Self {
            place,
            fresh: false,
            sources: Vec::new(),
        }
    }

    /// Whether `data` is the next of its source; that of a new source is.
    pub(super) fn order(&self, data: &Data<'_>) -> Order {
        let source = self.sources.iter().find(|source| source.cid == data.cid);
        source.map_or(Order::Next, |source| Order::of(source.sequence, data.sequence))
    }

    /// Counts a datagram whose slots are not taken.
    pub(super) fn pass_over(&mut self, data: &Data<'_>) {
        if let Some(source) = self.find(&data.cid) {
            source.sequence = data.sequence;
        }
    }

    /// Takes the slots of `data`, to be lit now, or when the synchronisation of `waits` comes; whether there was room for its source.
    pub(super) fn take(&mut self, data: &Data<'_>, waits: Option<NonZeroU16>, now: Moment, arrival: u64) -> bool {
        if self.find(&data.cid).is_none() {
            if self.sources.len() == SOURCES {
                return false;
            }
            self.sources.push(Source::new(data, now));
        }
        let most = self.place.len().min(data.slots.len());
        let slots = &data.slots[..most];
        let source = self.find(&data.cid).expect("it is there since the lines above");
        source.priority = data.priority;
        source.sequence = data.sequence;
        source.heard = now;
        source.arrival = arrival;
        source.waits = waits;
        source.held.clear();
        let room = if waits.is_some() {
            &mut source.held
        } else {
            &mut source.lit
        };
        room.clear();
        room.extend_from_slice(slots);
        true
    }

    /// Whether something waits for the synchronisation of `address`.
    pub(super) fn is_waiting(&self, address: NonZeroU16) -> bool {
        self.sources.iter().any(|source| source.waits == Some(address))
    }

    /// Lights what waited for `address`.
    pub(super) fn release(&mut self, address: NonZeroU16) {
        for source in &mut self.sources {
            if source.waits == Some(address) {
                source.waits = None;
                std::mem::swap(&mut source.lit, &mut source.held);
            }
        }
    }

    /// Forgets a source; whether it was there.
    pub(super) fn end(&mut self, cid: &[u8; 16]) -> bool {
        let before = self.sources.len();
        self.sources.retain(|source| source.cid != *cid);
        self.sources.len() < before
    }

    /// Forgets the sources that were silent for too long; whether there were any.
    pub(super) fn expire(&mut self, now: Moment) -> bool {
        let before = self.sources.len();
        self.sources.retain(|source| now.since(source.heard) < TIMEOUT);
        self.sources.len() < before
    }

    /// When the first source would be lost.
    pub(super) fn deadline(&self) -> Option<Moment> {
        self.sources.iter().map(|source| source.heard + TIMEOUT).min()
    }

    /// Whether the source `cid` is among those with the highest priority of what is lit.
    pub(super) fn is_lit(&self, cid: &[u8; 16]) -> bool {
        self.top().any(|source| source.cid == *cid)
    }

    /// Source and number of what is lit, where it is of one source that could be told.
    pub(super) fn number(&self) -> Option<([u8; 16], u8)> {
        let mut top = self.top();
        let source = top.next()?;
        top.next().is_none().then_some((source.cid, source.sequence))
    }

    /// The number that would be lit if what waits for `address` were: of the one source there is.
    pub(super) fn number_after(&self, address: NonZeroU16) -> Option<([u8; 16], u8)> {
        match self.sources.as_slice() {
            [source] if source.waits == Some(address) => Some((source.cid, source.sequence)),
            _ => None,
        }
    }

    /// Puts what is lit into `slots`, its place in the picture. Slots that no source sends keep what they had, and so do all without a source.
    pub(super) fn light(&self, merge: Merge, slots: &mut [u8]) {
        match merge {
            Merge::Newest => {
                if let Some(source) = self.top().max_by_key(|source| source.arrival) {
                    slots[..source.lit.len()].copy_from_slice(&source.lit);
                }
            }
            Merge::Highest => {
                let reach = self.top().map(|source| source.lit.len()).max().unwrap_or(0);
                slots[..reach].fill(0);
                for source in self.top() {
                    for (slot, level) in slots.iter_mut().zip(&source.lit) {
                        *slot = (*slot).max(*level);
                    }
                }
            }
        }
    }

    /// The sources with the highest priority, of those that have something to light.
    fn top(&self) -> impl Iterator<Item = &Source> {
        let lit = || self.sources.iter().filter(|source| !source.lit.is_empty());
        let highest = lit().map(|source| source.priority).max();
        lit().filter(move |source| Some(source.priority) == highest)
    }

    fn find(&mut self, cid: &[u8; 16]) -> Option<&mut Source> {
        self.sources.iter_mut().find(|source| source.cid == *cid)
    }
}

impl Source {
    const fn new(data: &Data<'_>, now: Moment) -> Self {
        Self {
            cid: data.cid,
            priority: data.priority,
            sequence: data.sequence,
            heard: now,
            arrival: 0,
            lit: Vec::new(),
            held: Vec::new(),
            waits: None,
        }
    }
}
