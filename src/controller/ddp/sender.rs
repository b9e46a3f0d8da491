//! Our side of DDP: the newest picture as datagrams, at once when it changes and again before the display forgets it.

use std::{collections::VecDeque, time::Duration};

use super::packet::{DATA, Destination, HEADER, Header, Packet};
use crate::{
    controller::{Controller, Event, To, Transmit},
    units::Moment,
};

/// The longest time from the start of one pass of an unchanged picture to the start of the next.
pub const KEEP_ALIVE: Duration = Duration::from_secs(1);

/// How much longer the session's own keep-alive waits after a [`Sender::refresh`]: whoever refreshes once a second is the
/// keep-alive, and its next call, late by a few milliseconds, shall not find that the session has just sent by itself.
pub const GRACE: Duration = Duration::from_millis(100);

/// Packets in one batch: as many as one segmented send can carry (64 segments, 65,507 bytes of UDP payload).
pub const BATCH: usize = {
    let fitting = 65_507 / (HEADER + DATA);
    if fitting < 64 { fitting } else { 64 }
};

/// Events kept for a caller that does not ask; then the oldest gives way.
const EVENTS: usize = 16;

/// Characters kept of what a controller says of itself.
const ANSWER: usize = 200;

/// A session with one display.
///
/// The bytes of a pass are a function of the picture alone: packets are not counted (sequence 0), so that two daemons which show
/// the same picture send the same bytes.
#[derive(Debug, Default)]
pub struct Sender {
    picture: Vec<u8>,
    /// The offset at which the pass under way goes on.
    next: Option<usize>,
    /// When the unchanged picture is due again; `None` before the first pass.
    due: Option<Moment>,
    /// Whether the pass that begins next was asked for by `refresh`.
    refreshed: bool,
    asked: bool,
    events: VecDeque<Event>,
}

impl Sender {
    /// A session that has nothing to show yet, and so sends nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks the display for its status; the answer, which few displays give, comes as [`Event::Answered`].
    pub const fn ask(&mut self) {
        self.asked = true;
    }

    /// Where the next batch begins, if one is due.
    fn begin(&mut self, now: Moment) -> Option<usize> {
        if self.next.is_none() && self.due.is_some_and(|due| due <= now) {
            self.next = Some(0);
        }
        let next = self.next?;
        if next == 0 {
            let grace = if self.refreshed { GRACE } else { Duration::ZERO };
            self.refreshed = false;
            self.due = Some(now + KEEP_ALIVE + grace);
        }
        Some(next)
    }

    /// Appends the packets of the bytes from `start` on, at most a batch of them.
    fn encode(&mut self, start: usize, out: &mut Vec<u8>) -> Transmit {
        let end = self.picture.len().min(start + BATCH * DATA);
        let packets = (end - start).div_ceil(DATA);
        let length = end - start + packets * HEADER;
        out.reserve(length);
        for offset in (start..end).step_by(DATA) {
            let data = &self.picture[offset..end.min(offset + DATA)];
            let push = offset + data.len() == self.picture.len();
            let offset = u32::try_from(offset).expect("a picture is shorter than 4 GiB");
            let header = Header::picture(offset, push);
            Packet { header, data }.encode(out);
        }
        self.next = (end < self.picture.len()).then_some(end);
        Transmit {
            length,
            segment: (packets > 1).then_some(HEADER + DATA),
            to: To::Peer,
        }
    }

    fn note(&mut self, event: Event) {
        if self.events.len() == EVENTS {
            self.events.pop_front();
        }
        self.events.push_back(event);
    }
}

impl Controller for Sender {
    type Picture = [u8];

    /// Makes `picture` (R, G, B of each LED, row by row) the one to show. One that is already shown is not sent anew.
    fn show(&mut self, picture: &[u8], _now: Moment) {
        if picture == self.picture {
            return;
        }
        self.picture.clear();
        self.picture.extend_from_slice(picture);
        self.next = (!picture.is_empty()).then_some(0);
        self.due = None;
    }

    fn refresh(&mut self, _now: Moment) {
        if !self.picture.is_empty() && self.next.is_none_or(|next| next == 0) {
            self.next = Some(0);
            self.refreshed = true;
        }
    }

    fn handle(&mut self, bytes: &[u8], _now: Moment) {
        let event = match answer(bytes) {
            Ok(answer) => Event::Answered(answer),
            Err(reason) => Event::Malformed(reason),
        };
        self.note(event);
    }

    fn poll_transmit(&mut self, now: Moment, out: &mut Vec<u8>) -> Option<Transmit> {
        if std::mem::take(&mut self.asked) {
            Header::question(Destination::STATUS).encode(0, out);
            return Some(Transmit {
                length: HEADER,
                segment: None,
                to: To::Peer,
            });
        }
        let start = self.begin(now)?;
        Some(self.encode(start, out))
    }

    fn poll_timeout(&self) -> Option<Moment> {
        if self.asked || self.next.is_some() {
            return Some(Moment::ZERO);
        }
        self.due
    }

    fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }
}

/// What the display says of itself in the reply `bytes`, or why that is no reply.
fn answer(bytes: &[u8]) -> Result<String, String> {
    let Packet { header, data } = Packet::parse(bytes).map_err(|error| error.to_string())?;
    if !header.reply {
        return Err("not a reply".to_owned());
    }
    if !header.destination.is_json() {
        return Err(format!("a reply from {}, which nobody asked", header.destination));
    }
    let json: serde_json::Value =
        serde_json::from_slice(data).map_err(|error| format!("a reply that is not JSON: {error}"))?;
    let status = &json["status"];
    let words: Vec<&str> = ["man", "mod", "ver"]
        .iter()
        .filter_map(|key| status[key].as_str())
        .collect();
    let said = if words.is_empty() {
        json.to_string()
    } else {
        words.join(" ")
    };
    Ok(said.chars().filter(|c| !c.is_control()).take(ANSWER).collect())
}
