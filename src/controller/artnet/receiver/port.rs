//! One universe of a node: up to two sources, merged.

use std::{net::IpAddr, time::Duration};

use super::{Merge, Refusal};
use crate::{
    controller::{artnet::packet::Dmx, universe::SLOTS},
    units::Moment,
};

/// After how long without data a source no longer takes part.
pub const SOURCE_SILENCE: Duration = Duration::from_secs(10);

/// How far behind the last one a sequence still counts as late; one that is farther behind is taken for a sender that began anew.
pub const LATE: u8 = 20;

/// Sequences go from 1 to 255.
const ROUND: u16 = 255;

/// One universe of a node.
#[derive(Debug, Default)]
pub(super) struct Port {
    sources: [Option<Source>; 2],
    /// Which of them sent last.
    latest: usize,
    /// How many datagrams came since the last sync.
    fresh: u8,
    /// What was last told of it in an answer.
    pub(super) told: u8,
}

/// Who sends to a port.
#[derive(Debug)]
struct Source {
    from: IpAddr,
    physical: u8,
    sequence: u8,
    heard: Moment,
    slots: Box<[u8; SLOTS as usize]>,
}

impl Port {
    /// Takes the data of one datagram; how many before it are missing by their sequence.
    pub(super) fn take(&mut self, from: IpAddr, dmx: &Dmx<'_>, now: Moment) -> Result<u64, Refusal> {
        let is_same = |source: &Source| source.from == from && source.physical == dmx.physical;
        let known = self
            .sources
            .iter()
            .position(|source| source.as_ref().is_some_and(is_same));
        let free = || self.sources.iter().position(Option::is_none);
        let place = known.or_else(free).ok_or(Refusal::Sources { from })?;
        let source = self.sources[place].get_or_insert_with(|| Source {
            from,
            physical: dmx.physical,
            sequence: 0,
            heard: now,
            slots: Box::new([0; SLOTS as usize]),
        });
        let lost = source.follow(dmx.sequence, now)?;
        source.heard = now;
        source.slots[..dmx.data.len()].copy_from_slice(dmx.data);
        self.fresh = self.fresh.saturating_add(1);
        self.latest = place;
        Ok(lost)
    }

    /// Lets sources go that have been silent; whether any went.
    pub(super) fn expire(&mut self, now: Moment) -> bool {
        let before = self.live();
        for place in &mut self.sources {
            place.take_if(|source| now.since(source.heard) >= SOURCE_SILENCE);
        }
        self.live() != before
    }

    /// Writes what the port puts out, from its first slot on. Where nobody sends any more, it stays what it was.
    pub(super) fn put_out(&self, merge: Merge, out: &mut [u8]) {
        let [first, second] = &self.sources;
        let slots = match (first, second) {
            (None, None) => return,
            (Some(source), None) | (None, Some(source)) => &source.slots,
            (Some(first), Some(second)) if merge == Merge::Latest => {
                if self.latest == 0 {
                    &first.slots
                } else {
                    &second.slots
                }
            }
            (Some(first), Some(second)) => {
                let pairs = first.slots.iter().zip(second.slots.iter());
                out.iter_mut().zip(pairs).for_each(|(out, (a, b))| *out = *a.max(b));
                return;
            }
        };
        out.copy_from_slice(&slots[..out.len()]);
    }

    /// Whether it has two sources.
    pub(super) fn is_merging(&self) -> bool {
        self.live() > 1
    }

    /// How many sources it has.
    pub(super) fn live(&self) -> usize {
        self.sources.iter().flatten().count()
    }

    /// How many datagrams came since the last call, and the sequence of the last one.
    pub(super) fn freshness(&mut self) -> (u8, u8) {
        let sequence = self.sources.iter().flatten().next().map_or(0, |source| source.sequence);
        (std::mem::take(&mut self.fresh), sequence)
    }

    /// How it fares, as an ArtPollReply tells it.
    pub(super) fn good(&self, merge: Merge) -> u8 {
        let data = if self.live() > 0 { 0x80 } else { 0 };
        let merging = if self.is_merging() { 0x08 } else { 0 };
        let latest = if merge == Merge::Latest { 0x02 } else { 0 };
        data | merging | latest
    }
}

impl Source {
    /// Goes on to `sequence`; how many are missing between.
    fn follow(&mut self, sequence: u8, now: Moment) -> Result<u64, Refusal> {
        // Who was away for so long may have begun anew.
        let last = std::mem::replace(&mut self.sequence, sequence);
        if last == 0 || sequence == 0 || now.since(self.heard) >= super::SYNC_SILENCE {
            return Ok(0);
        }
        let ahead = (u16::from(sequence) + ROUND - u16::from(last)) % ROUND;
        if ahead == 0 || ahead >= ROUND - u16::from(LATE) {
            self.sequence = last;
            return Err(Refusal::Late { sequence, last });
        }
        Ok(u64::from(ahead) - 1)
    }
}
