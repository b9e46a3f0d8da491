//! One request at a time: it is sent, waited for, sent again, and its answer told from all that is none.
//!
//! A plain acknowledgement does not say of what it is one. So after a request that was not answered in time, or that was sent twice, nothing
//! that is answered plainly in the same framing is asked before a *fence*: a ping (or a question for the status) whose answer cannot be
//! taken for another. The card answers in turn and the line keeps the order, so what is late came before the fence's answer, and is dropped.
//! A session asks by it, and the command line alone.

use std::time::Duration;

use super::{
    ask::{Ask, Kind},
    timers::Timers,
};
use crate::{
    controller::{
        Transmit,
        onbon::{
            ANY, Model, Settings,
            message::{ErrorCode, FontReply, Reply},
            model::wire_time,
            packet::{ANY_DEVICE, Deframer, Framing, HOST, Header, LineError, Packet},
        },
    },
    units::Moment,
};

/// The longest body that a card sends us: a block of a file.
const LONGEST: usize = 8 << 10;

/// After so long without a byte nothing late is expected any more. Used only where no fence can be had.
const QUIET: Duration = Duration::from_millis(1000);

/// How long a frame that has begun may pause, and how much longer it may take in all than was reckoned.
const PAUSE: Duration = Duration::from_millis(200);
const OVERTIME: Duration = Duration::from_secs(2);

/// So much longer than twice the usual time an answer has taken that comes unusually late.
const UNUSUAL: Duration = Duration::from_millis(500);

/// Answers that may still come late, at most: each kind once.
const LATE: usize = 16;

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was answered.
    Done(Answer),
    /// It was refused.
    Refused(ErrorCode),
    /// It was not answered, however often it was sent.
    Silent,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its data; empty where it only acknowledges.
    pub data: Vec<u8>,
    /// The address of the card that gave it.
    pub from: u16,
    /// Its type, as its header says.
    pub device: [u8; 2],
    /// The longest frame that it takes, in bytes, where it says so.
    pub frame_max: Option<usize>,
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Requests that were sent, repetitions and fences among them.
    pub requests: u64,
    /// Those that were not answered in time.
    pub unanswered: u64,
    /// Whole packets of the card that answered nothing that was asked.
    pub strays: u64,
    /// Bytes that came.
    pub bytes: u64,
    /// Frames that came whole and were packets, whoever sent them.
    pub frames: u64,
}

/// One request at a time.
#[derive(Debug)]
pub struct Exchange {
    model: &'static Model,
    number: u16,
    baud: Option<u32>,
    turnaround: Duration,
    timers: Timers,
    /// The card's type, as it said.
    device: [u8; 2],
    sequence: u16,
    /// How often in a row an answer had the number of its request; from two on it must.
    echoes: u8,
    deframer: Deframer,
    pending: Option<Pending>,
    outcome: Option<Outcome>,
    /// Kinds of answers that may still come though nobody waits for them.
    late: Vec<Kind>,
    /// How long an answer to a ping is waited for.
    ping: Duration,
    heard: Moment,
    /// Until when what was sent last is on the line.
    spoke: Moment,
    tally: Tally,
    /// How long the card usually takes to acknowledge areas.
    usual: Option<Duration>,
    /// Acknowledgements of areas that nobody waited for, nor expected late, or that came unusually late.
    doubts: u64,
    malformed: Option<String>,
}

#[derive(Debug)]
struct Pending {
    ask: Ask,
    /// What is asked first, if anything.
    fence: Option<Ask>,
    /// How often what is current was sent.
    tries: u8,
    /// The number of its first sending.
    first: u16,
    /// It is not sent before that.
    from: Moment,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Send,
    Wait { until: Moment, last: Moment },
}

impl Pending {
    fn current(&self) -> &Ask {
        self.fence.as_ref().unwrap_or(&self.ask)
    }
}

impl Exchange {
    /// Nothing is asked yet.
    pub const fn new(settings: &Settings) -> Self {
        let timers = Timers::of(settings.baud);
        Self {
            model: settings.model,
            number: settings.number,
            baud: settings.baud,
            turnaround: settings.turnaround,
            timers,
            device: ANY_DEVICE,
            sequence: 0,
            echoes: 0,
            deframer: Deframer::new(LONGEST),
            pending: None,
            outcome: None,
            late: Vec::new(),
            ping: timers.ping,
            heard: Moment::ZERO,
            spoke: Moment::ZERO,
            tally: Tally {
                requests: 0,
                unanswered: 0,
                strays: 0,
                bytes: 0,
                frames: 0,
            },
            usual: None,
            doubts: 0,
            malformed: None,
        }
    }

    /// The line was opened anew: what was asked will not be answered. Over a network, nothing late comes either.
    pub fn reopen(&mut self) {
        if let Some(pending) = self.pending.take() {
            self.expect_late(pending.current().reply);
        }
        if self.baud.is_none() {
            self.late.clear();
        }
        self.outcome = None;
        self.echoes = 0;
        self.ping = self.timers.ping;
        self.deframer.reset();
    }

    /// Whom headers name from now on: what the card said of its type.
    pub const fn address(&mut self, device: [u8; 2]) {
        self.device = device;
    }

    /// Asks. What was asked before and is not answered yet is given up.
    pub fn ask(&mut self, ask: Ask, now: Moment) {
        if let Some(pending) = self.pending.take() {
            self.expect_late(pending.current().reply);
        }
        self.outcome = None;
        let rest = self.heard.max(self.spoke) + QUIET;
        if rest <= now && !self.deframer.is_within() {
            self.late.clear();
        }
        let is_late = self.late.contains(&ask.reply);
        let mut from = Moment::ZERO;
        if is_late && ask.framing == Framing::Font {
            // Such cards may answer everything alike, so there is no fence but time.
            from = rest;
            self.late.clear();
        }
        let fence = if is_late && ask.framing != Framing::Font {
            [Ask::ping(self.model), Ask::status(self.model)]
                .into_iter()
                .find(|fence| !self.late.contains(&fence.reply))
        } else {
            None
        };
        self.pending = Some(Pending {
            ask,
            fence,
            tries: 0,
            first: self.sequence,
            from,
            stage: Stage::Send,
        });
    }

    /// Whether a request is outstanding, so that nobody else may speak on the line.
    pub const fn is_waiting(&self) -> bool {
        self.pending.is_some()
    }

    /// Whether the request was sent at least once.
    pub fn is_sent(&self) -> bool {
        self.pending
            .as_ref()
            .is_some_and(|pending| pending.fence.is_none() && pending.tries > 0)
    }

    /// What became of the request; once.
    pub const fn outcome(&mut self) -> Option<Outcome> {
        self.outcome.take()
    }

    /// What was counted.
    pub const fn tally(&self) -> Tally {
        self.tally
    }

    /// Until when the last sending is on the line.
    pub const fn spoke(&self) -> Moment {
        self.spoke
    }

    /// Acknowledgements of areas that nobody waited for, nor expected late, or that came unusually late: one may have been another's.
    pub(super) const fn doubts(&self) -> u64 {
        self.doubts
    }

    /// The reason why the last bytes were no packet; once.
    pub(super) const fn malformed(&mut self) -> Option<String> {
        self.malformed.take()
    }

    /// How long `ask` takes on the line, one way.
    pub(super) fn takes(&self, ask: &Ask) -> Duration {
        // One byte in 32 is escaped on the average.
        let body = ask.framing.head() + ask.data.len() + ask.framing.tail() + 9;
        wire_time(body + body.div_ceil(32), self.baud)
    }

    /// Takes bytes of the line, in whatever pieces they come.
    pub fn handle(&mut self, mut bytes: &[u8], now: Moment) {
        self.heard = now;
        self.tally.bytes += bytes.len() as u64;
        // The deframer lends its body, so it is out of the way meanwhile.
        let mut deframer = std::mem::replace(&mut self.deframer, Deframer::new(LONGEST));
        while let Some(frame) = deframer.next(&mut bytes) {
            match frame.map(Packet::parse) {
                Ok(Ok(packet)) => self.packet(&packet),
                Ok(Err(error)) => self.malformed = Some(error.to_string()),
                Err(LineError::Empty) => {}
                Err(error) => self.malformed = Some(error.to_string()),
            }
        }
        self.deframer = deframer;
    }

    /// Appends the request when it is due.
    pub fn poll_transmit(&mut self, now: Moment, out: &mut Vec<u8>) -> Option<Transmit> {
        self.poll(now);
        if self.free() > now {
            return None;
        }
        let pending = self
            .pending
            .as_mut()
            .filter(|pending| pending.stage == Stage::Send && pending.from <= now)?;
        self.sequence = self.sequence.wrapping_add(1);
        if pending.tries == 0 {
            pending.first = self.sequence;
        }
        pending.tries += 1;
        let ask = pending.fence.as_ref().unwrap_or(&pending.ask);
        let device = if ask.is_ping { ANY_DEVICE } else { self.device };
        let header = Header::to(self.number, device, ask.framing, self.sequence);
        let start = out.len();
        let data = &ask.data;
        Packet { header, data }.frame(out);
        let length = out.len() - start;
        let sent = now + wire_time(length, self.baud);
        let patience = if ask.is_ping { self.ping } else { self.timers.reply };
        let until = sent + patience + wire_time(ask.reply_bytes, self.baud);
        pending.stage = Stage::Wait {
            until,
            last: until + OVERTIME,
        };
        self.spoke = sent;
        self.tally.requests += 1;
        Some(Transmit {
            length,
            segment: None,
            to: crate::controller::To::Peer,
        })
    }

    /// When to poll again.
    pub fn poll_timeout(&self) -> Option<Moment> {
        let pending = self.pending.as_ref()?;
        match pending.stage {
            Stage::Send => Some(self.free().max(pending.from)),
            Stage::Wait { until, .. } => Some(until),
        }
    }

    /// From when on we may speak: what is heard and said has gone by, and the line had time to turn round.
    pub(super) fn free(&self) -> Moment {
        if self.baud.is_none() || self.turnaround.is_zero() {
            return Moment::ZERO;
        }
        self.heard.max(self.spoke) + self.turnaround
    }

    /// Gives up waiting when it is time.
    pub fn poll(&mut self, now: Moment) {
        let Some(pending) = self.pending.as_mut() else { return };
        let Stage::Wait { until, last } = pending.stage else {
            return;
        };
        if now < until {
            return;
        }
        if self.deframer.is_within() && now < self.heard + PAUSE && now < last {
            pending.stage = Stage::Wait {
                until: self.heard + PAUSE,
                last,
            };
            return;
        }
        self.deframer.reset();
        self.tally.unanswered += 1;
        let (kind, is_ping) = (pending.current().reply, pending.current().is_ping);
        let tries = if is_ping && pending.fence.is_none() {
            1
        } else {
            self.timers.tries
        };
        if pending.tries < tries {
            pending.stage = Stage::Send;
        } else {
            self.pending = None;
            self.outcome = Some(Outcome::Silent);
            self.echoes = 0;
        }
        if is_ping {
            self.ping = (self.ping * 2).min(self.timers.ping_most);
        }
        self.expect_late(kind);
    }

    fn expect_late(&mut self, kind: Kind) {
        if !self.late.contains(&kind) && self.late.len() < LATE {
            self.late.push(kind);
        }
    }

    /// Takes a packet, from whomever it is.
    fn packet(&mut self, packet: &Packet<'_>) {
        self.tally.frames += 1;
        let header = packet.header;
        // What we said ourselves comes back from some adapters; other cards of the line are heard as well.
        let is_ours = header.source == HOST || header.destination != HOST && header.destination != ANY;
        if is_ours || self.number != ANY && header.source != self.number {
            return;
        }
        let framing = header.framing();
        let Some(reply) = reply(framing, packet.data) else {
            self.malformed = Some("a reply that is too short".to_owned());
            return;
        };
        match self.fits(&header, reply.kind, reply.refusal.is_some()) {
            true => self.take(&header, &reply),
            false => self.stray(reply.kind),
        }
    }

    /// Whether it answers what is asked.
    fn fits(&self, header: &Header, kind: Kind, is_refusal: bool) -> bool {
        let Some(pending) = &self.pending else { return false };
        if !matches!(pending.stage, Stage::Wait { .. }) {
            return false;
        }
        let asked = pending.current();
        // A refusal answers any request, unless it may be of one before.
        let is_refused = is_refusal && pending.fence.is_none() && !self.late.contains(&kind);
        // Cards with fonts may answer a question plainly: what of it is in no paper.
        let plain = Kind::plain(Framing::Font);
        let is_plain = kind == plain && pending.fence.is_none();
        if kind.framing != asked.framing || kind != asked.reply && !is_refused && !is_plain {
            return false;
        }
        self.echoes < 2
            || header.sequence().is_none_or(|sequence| {
                sequence.wrapping_sub(pending.first) <= self.sequence.wrapping_sub(pending.first)
            })
    }

    fn take(&mut self, header: &Header, reply: &Read<'_>) {
        let Some(mut pending) = self.pending.take() else { return };
        if let Some(sequence) = header.sequence() {
            let is_echo = sequence == self.sequence;
            self.echoes = if is_echo { self.echoes.saturating_add(1) } else { 0 };
        }
        if pending.current().is_ping {
            self.ping = self.timers.ping;
        }
        if pending.fence.is_some() {
            // Whatever was late came before this.
            self.late.clear();
        }
        let kind = pending.current().reply;
        self.time(kind);
        if pending.tries > 1 {
            self.expect_late(kind);
        } else {
            self.late.retain(|late| *late != kind || reply.refusal.is_some());
        }
        if pending.fence.take().is_some() {
            pending.tries = 0;
            pending.stage = Stage::Send;
            self.pending = Some(pending);
            return;
        }
        self.outcome = Some(match reply.refusal {
            Some(code) => Outcome::Refused(code),
            None => Outcome::Done(Answer {
                data: reply.data.to_vec(),
                from: header.source,
                device: header.device,
                frame_max: self.frame_max(header),
            }),
        });
    }

    /// Notes how long an answer took. An acknowledgement of areas that came unusually late may be of a request before. What is late once is soon
    /// usual, so that a card that became slow is not doubted for ever.
    fn time(&mut self, kind: Kind) {
        let is_of_areas = matches!(kind.framing, Framing::Dynamic | Framing::Font) && kind.group == super::ask::PLAIN;
        if !is_of_areas {
            return;
        }
        let took = self.heard.since(self.spoke);
        let usual = self.usual.unwrap_or(took);
        self.doubts += u64::from(took > usual * 2 + UNUSUAL);
        self.usual = Some((usual * 3 + took) / 4);
    }

    /// The longest frame that the card takes. One that only says after us what we take has not said anything.
    fn frame_max(&self, header: &Header) -> Option<usize> {
        let theirs = header.control()?.frame_max;
        let ours = Header::to_any(header.framing(), 0).control()?.frame_max;
        (theirs != 0 && theirs != ours).then_some(usize::from(theirs) * 16)
    }

    fn stray(&mut self, kind: Kind) {
        self.tally.strays += 1;
        if !self.late.contains(&kind) {
            if kind.framing == Framing::Dynamic || kind.framing == Framing::Font {
                self.doubts += 1;
            }
            self.expect_late(kind);
        }
    }
}

/// A reply, whichever framing it came in.
struct Read<'a> {
    kind: Kind,
    refusal: Option<ErrorCode>,
    data: &'a [u8],
}

fn reply(framing: Framing, data: &[u8]) -> Option<Read<'_>> {
    let (group, command, refusal, data) = if framing == Framing::Font {
        let reply = FontReply::parse(data).ok()?;
        let is_refused = reply.is_nack() || reply.error != ErrorCode::NONE;
        // Whether answers of such cards have the top bit is in no paper.
        let command = if reply.is_ack() { 0 } else { reply.command | 0x80 };
        (reply.group, command, is_refused.then_some(reply.error), reply.data)
    } else {
        let reply = Reply::parse(data).ok()?;
        (
            reply.group,
            reply.command,
            reply.nack.then_some(reply.error),
            reply.data,
        )
    };
    let kind = if refusal.is_some() || group == super::ask::PLAIN {
        Kind::plain(framing)
    } else {
        Kind {
            framing,
            group,
            command,
        }
    };
    Some(Read { kind, refusal, data })
}
