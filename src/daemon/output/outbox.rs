//! What a session gives to be sent, on its way to the wire: as fast as it goes, or in batches for receivers with small buffers.
//!
//! A receiver with room for a few datagrams loses what comes faster than it reads. Batches leave at moments that are counted from the first one
//! of a pass, so that what is done between two of them is not added to the gap. Nothing here sleeps: whoever drives it does.

use std::time::Duration;

use super::Wire;
use crate::{
    controller::{Controller, Transmit},
    link::Sent,
    site::Pacing,
    units::Moment,
};

/// So many bytes of transmissions are gathered for one call. About as many as one segmented send carries: more would leave the processor's
/// nearest cache before the system reads them.
const GATHERED: usize = 60_000;

/// How soon what could not leave at all is sent again.
const AGAIN: Duration = Duration::from_millis(250);

/// So many sent bytes are kept before those behind them move up.
const SPENT: usize = 65_536;

/// What is to be sent. Costs no allocation once its buffers have their size.
#[derive(Debug)]
pub(super) struct Outbox {
    pacing: Option<Pacing>,
    bytes: Vec<u8>,
    /// Where in `bytes` the part begins that is not sent yet.
    sent: usize,
    /// What is left of the last transmission that the session gave; all of it lies at the end of `bytes`.
    rest: Option<Transmit>,
    /// What goes out in one call.
    batch: Vec<Transmit>,
    /// Before this nothing leaves.
    due: Moment,
    /// When what could not leave is to be sent again.
    again: Option<Moment>,
}

impl Outbox {
    pub(super) const fn new(pacing: Option<Pacing>) -> Self {
        Self {
            pacing,
            bytes: Vec::new(),
            sent: 0,
            rest: None,
            batch: Vec::new(),
            due: Moment::ZERO,
            again: None,
        }
    }

    /// Sends over `wire` what `session` has and may leave at `now`.
    pub(super) fn send(&mut self, session: &mut impl Controller<Picture = [u8]>, wire: &mut impl Wire, now: Moment) {
        match self.pacing {
            None => self.send_all(session, wire, now),
            Some(pacing) if self.due <= now => self.send_batch(pacing, session, wire, now),
            Some(_) => {}
        }
    }

    /// When there is something to be sent that `session` has at `wanted`; nothing leaves before its turn.
    pub(super) fn due(&self, wanted: Option<Moment>) -> Option<Moment> {
        if self.rest.is_some() {
            return Some(self.due);
        }
        wanted.map(|wanted| wanted.max(self.due))
    }

    /// Whether the picture is to be sent again, for the way was closed when it was sent last. A receiver that is back shall not wait
    /// for the next turn of a picture that stands still.
    pub(super) fn is_owed(&self, now: Moment) -> bool {
        self.again.is_some_and(|again| again <= now)
    }

    /// Takes note of what became of a call.
    fn note(&mut self, sent: Sent, now: Moment) {
        self.again = (sent == Sent::Not).then(|| now + AGAIN);
    }

    /// Whether a transmission has been sent in part.
    pub(super) const fn is_amid(&self) -> bool {
        self.rest.is_some()
    }

    fn send_all(&mut self, session: &mut impl Controller, wire: &mut impl Wire, now: Moment) {
        loop {
            self.bytes.clear();
            self.batch.clear();
            while self.bytes.len() < GATHERED
                && let Some(transmit) = session.poll_transmit(now, &mut self.bytes)
            {
                self.batch.push(transmit);
            }
            if self.batch.is_empty() {
                return;
            }
            let sent = wire.send_all(&self.batch, &self.bytes, now);
            self.note(sent, now);
        }
    }

    fn send_batch(&mut self, pacing: Pacing, session: &mut impl Controller, wire: &mut impl Wire, now: Moment) {
        self.make_room();
        let start = self.sent;
        let mut room = usize::from(pacing.packets.get());
        self.batch.clear();
        while room > 0
            && let Some(transmit) = self.rest.or_else(|| session.poll_transmit(now, &mut self.bytes))
        {
            let (part, rest) = cut(transmit, room);
            room -= datagrams(&part);
            self.sent += part.length;
            self.rest = rest;
            self.batch.push(part);
        }
        if !self.batch.is_empty() {
            let sent = wire.send_all(&self.batch, &self.bytes[start..self.sent], now);
            self.note(sent, now);
            self.due = next(self.due, pacing.gap, now);
        }
    }

    /// Lets go of bytes that are sent.
    fn make_room(&mut self) {
        if self.rest.is_none() {
            self.bytes.clear();
            self.sent = 0;
        } else if self.sent >= SPENT {
            self.bytes.drain(..self.sent);
            self.sent = 0;
        }
    }
}

/// The first datagrams of `transmit`, `most` of them at most, and what is left.
fn cut(transmit: Transmit, most: usize) -> (Transmit, Option<Transmit>) {
    let Some(segment) = transmit.segment.filter(|segment| *segment * most < transmit.length) else {
        return (transmit, None);
    };
    let part = |length: usize| Transmit {
        length,
        segment: (length > segment).then_some(segment),
        ..transmit
    };
    let length = segment * most;
    (part(length), Some(part(transmit.length - length)))
}

/// How many datagrams it is.
fn datagrams(transmit: &Transmit) -> usize {
    transmit
        .segment
        .map_or(1, |segment| transmit.length.div_ceil(segment).max(1))
}

/// When the one after something may come that was due at `due` and came at `now`. What came a little late does not move those behind it;
/// what came late by much does, for no two shall follow each other closely.
pub(super) fn next(due: Moment, gap: Duration, now: Moment) -> Moment {
    if now.since(due) > gap / 4 { now + gap } else { due + gap }
}
