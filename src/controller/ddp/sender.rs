//! Our side of DDP: the newest picture as datagrams, at once when it changes and again before the display forgets it.

use std::{collections::VecDeque, time::Duration};

use super::{
    answer::Answer,
    packet::{DATA, DataType, Destination, HEADER, Header, Packet},
};
use crate::{
    controller::{Controller, Event, To, Transmit, events::Events, keep_alive::KeepAlive},
    units::Moment,
};

/// The longest time from the start of one pass of an unchanged picture to the start of the next.
pub const KEEP_ALIVE: Duration = Duration::from_secs(1);

/// The least time from the end of a pass to the next one of the same picture; and how much longer the session's own keep-alive waits after a
/// [`Sender::refresh`].
pub const GRACE: Duration = Duration::from_millis(100);

/// Packets in one batch of full packets: as many as one segmented send can carry.
pub const BATCH: usize = batch(DATA);

/// The most that one segmented send can carry: bytes of UDP payload, and segments.
const PAYLOAD: usize = 65_507;
const SEGMENTS: usize = 64;

/// Bytes before the data of an IP packet: IPv6, UDP, DDP. Over IPv4 it is 20 less.
const OVERHEAD: usize = 40 + 8 + HEADER;

/// A session with one display.
///
/// The bytes of a pass are a function of the picture alone: packets are not counted (sequence 0), so that two daemons which show
/// the same picture send the same bytes. A pass that was begun is finished with its own picture: a newer one waits for its end, and the
/// newest of those that come meanwhile is shown next.
#[derive(Debug)]
pub struct Sender {
    data_type: DataType,
    /// Data bytes of a full packet.
    data: usize,
    /// The picture of the last pass, or of the one that is due.
    picture: Vec<u8>,
    /// The picture that waits for the end of the pass.
    waiting: Vec<u8>,
    is_waiting: bool,
    /// The offset at which the pass under way goes on.
    next: Option<usize>,
    keep_alive: KeepAlive,
    is_closed: bool,
    questions: VecDeque<Destination>,
    events: Events,
}

impl Default for Sender {
    fn default() -> Self {
        Self::new()
    }
}

impl Sender {
    /// A session that has nothing to show yet, and so sends nothing. Its pictures are RGB with 8 bits, and the way carries full packets.
    pub const fn new() -> Self {
        Self {
            data_type: DataType::RGB8,
            data: DATA,
            picture: Vec::new(),
            waiting: Vec::new(),
            is_waiting: false,
            next: None,
            keep_alive: KeepAlive::new(KEEP_ALIVE, GRACE),
            is_closed: false,
            questions: VecDeque::new(),
            events: Events::new(),
        }
    }

    /// A session whose pictures are of `data_type`, over a way that carries IP packets of `mtu` bytes. A packet carries a whole number of
    /// LEDs, and 1440 bytes of them at most.
    pub fn of(data_type: DataType, mtu: u16) -> Self {
        // Of packed bits a byte is the least that can be sent.
        let unit = data_type.bits().unwrap_or(24).div_ceil(8);
        let room = usize::from(mtu).saturating_sub(OVERHEAD).min(DATA);
        Self {
            data_type,
            data: (room / unit).max(1) * unit,
            ..Self::new()
        }
    }

    /// Asks the display for its status; the answer, which few displays give, comes as [`Event::Answered`].
    pub fn ask(&mut self) {
        self.put(Destination::STATUS);
    }

    /// Asks it how it is set up.
    pub fn ask_config(&mut self) {
        self.put(Destination::CONFIG);
    }

    /// Whoever asks the same twice before it was sent asks once.
    fn put(&mut self, question: Destination) {
        if !self.questions.contains(&question) {
            self.questions.push_back(question);
        }
    }

    /// Where the next batch begins, if one is due.
    fn begin(&mut self, now: Moment) -> Option<usize> {
        if self.next.is_none() && self.keep_alive.is_due(now) {
            self.next = Some(0);
        }
        let next = self.next?;
        if next == 0 {
            self.keep_alive.begin(now);
        }
        Some(next)
    }

    /// Appends the packets of the bytes from `start` on, at most a batch of them.
    fn encode(&mut self, start: usize, out: &mut Vec<u8>) -> Transmit {
        let end = self.picture.len().min(start + batch(self.data) * self.data);
        let packets = (end - start).div_ceil(self.data);
        let length = end - start + packets * HEADER;
        out.reserve(length);
        for offset in (start..end).step_by(self.data) {
            let data = &self.picture[offset..end.min(offset + self.data)];
            let push = offset + data.len() == self.picture.len();
            let offset = u32::try_from(offset).expect("a picture is shorter than 4 GiB");
            let header = Header {
                data_type: self.data_type,
                ..Header::picture(offset, push)
            };
            Packet { header, data }.encode(out);
        }
        self.next = (end < self.picture.len()).then_some(end);
        if self.next.is_none() && std::mem::take(&mut self.is_waiting) {
            std::mem::swap(&mut self.picture, &mut self.waiting);
            self.next = (!self.picture.is_empty()).then_some(0);
        }
        Transmit {
            length,
            segment: (packets > 1).then_some(HEADER + self.data),
            to: To::Peer,
        }
    }
}

impl Controller for Sender {
    type Picture = [u8];

    /// Makes `picture` (the bytes of each LED, row by row) the one to show. One that is already shown is not sent anew.
    fn show(&mut self, picture: &[u8], _now: Moment) {
        self.is_waiting = false;
        if picture == self.picture || self.is_closed {
            return;
        }
        if self.is_under_way() {
            picture.clone_into(&mut self.waiting);
            self.is_waiting = true;
            return;
        }
        picture.clone_into(&mut self.picture);
        self.next = (!picture.is_empty()).then_some(0);
        self.keep_alive.set(None);
    }

    fn refresh(&mut self, now: Moment) {
        self.keep_alive.refresh(now);
        if !self.picture.is_empty() && !self.is_under_way() && !self.is_closed {
            self.next = Some(0);
        }
    }

    /// A display is not told: it keeps what it has.
    fn close(&mut self, _now: Moment) {
        self.is_closed = true;
        self.is_waiting = false;
        self.keep_alive.set(None);
        self.questions.clear();
        if !self.is_under_way() {
            self.next = None;
        }
    }

    fn handle(&mut self, bytes: &[u8], _now: Moment) {
        let event = match Answer::parse(bytes) {
            Ok(answer) => Event::Answered(answer.to_string()),
            Err(reason) => Event::Malformed(reason),
        };
        self.events.note(event);
    }

    fn poll_transmit(&mut self, now: Moment, out: &mut Vec<u8>) -> Option<Transmit> {
        if let Some(destination) = self.questions.pop_front() {
            Header::question(destination).encode(0, out);
            return Some(Transmit {
                length: HEADER,
                segment: None,
                to: To::Peer,
            });
        }
        let start = self.begin(now)?;
        let transmit = self.encode(start, out);
        if self.next.is_none() {
            self.keep_alive.end(now, GRACE);
        }
        Some(transmit)
    }

    fn is_under_way(&self) -> bool {
        self.next.is_some_and(|next| next > 0)
    }

    fn poll_timeout(&self) -> Option<Moment> {
        if !self.questions.is_empty() || self.next.is_some() {
            return Some(Moment::ZERO);
        }
        self.keep_alive.due()
    }

    fn poll_event(&mut self) -> Option<Event> {
        self.events.next()
    }
}

/// How many packets of so many data bytes one segmented send can carry.
const fn batch(data: usize) -> usize {
    let fitting = PAYLOAD / (HEADER + data);
    if fitting < SEGMENTS { fitting } else { SEGMENTS }
}
