//! From the bytes of the line to requests, and from answers back to bytes.

use super::{
    ANSWERS, Receiver, area,
    reader::Reader,
    refusal::Refusal,
    request::{Answer, Request},
    words,
};
use crate::{
    controller::onbon::{
        ANY, Family,
        packet::{
            ANY_DEVICE, Control, Form, Framing, HOST, Header, Packet, PacketError,
            checksum::{crc16, xor},
        },
    },
    units::Moment,
};

/// The error number of a sum that is wrong.
const CHECKSUM: u8 = 5;

/// How long a frame a card says it takes, in units of 16 bytes: as the vendor's software says of itself.
const FRAME_MAX: (u16, u16) = (0x90, 0x190);

impl Receiver {
    /// Takes bytes of the line, in whatever pieces they come, and appends what the card says to `out`.
    pub fn handle(&mut self, bytes: &[u8], now: Moment, out: &mut Vec<u8>) {
        self.poll(now, out);
        let mut rest = bytes;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(self.before_reboot(rest.len()).max(1));
            rest = after;
            self.tally.bytes += piece.len() as u64;
            if self.has_power && !self.is_deaf(now) {
                self.hear(piece, now, out);
            } else {
                self.tally.unheard += piece.len() as u64;
            }
            if self.is_to_go_down() {
                self.go_down(now);
            }
            self.poll(now, out);
        }
    }

    fn hear(&mut self, mut bytes: &[u8], now: Moment, out: &mut Vec<u8>) {
        while self.has_power {
            let body = match self.line.next(&mut bytes) {
                None => return,
                Some(Ok(body)) => body.to_vec(),
                Some(Err(error)) => {
                    self.tally.malformed += 1;
                    self.refusal = Some(error.into());
                    continue;
                }
            };
            self.tally.frames += 1;
            self.packet(&body, now, out);
            if std::mem::take(&mut self.is_to_restart) {
                self.tally.reboots += 1;
                let later = std::mem::take(&mut self.later);
                self.forget();
                self.later = later;
            }
            if self.is_to_go_down() {
                self.go_down(now);
                self.poll(now, out);
            }
        }
        self.tally.unheard += bytes.len() as u64;
    }

    fn packet(&mut self, body: &[u8], now: Moment, out: &mut Vec<u8>) {
        let packet = match Packet::parse(body) {
            Ok(packet) => packet,
            Err(error) => {
                self.tally.malformed += 1;
                self.refusal = Some(error.into());
                // The header is sound, so that it is known who asked; only the data are spoilt.
                if let Some(header) = header_of_spoilt(body, error)
                    && self.is_meant(&header).is_ok()
                {
                    self.say(&header, &Answer::refused(CHECKSUM), now, out);
                }
                return;
            }
        };
        let header = packet.header;
        if let Err(refusal) = self.is_meant(&header) {
            self.tally.ignored += 1;
            self.refusal = Some(refusal);
            return;
        }
        if header.framing() == Framing::Font {
            let done = self.may(&header).and_then(|()| {
                let command = [0, 1].map(|at| packet.data.get(at).copied().unwrap_or_default());
                self.refuses(command[0], command[1], now)?;
                self.font(packet.data, now)
            });
            let code = self
                .count(done)
                .err()
                .map_or(0, |refusal| refusal.code().unwrap_or_default());
            self.say(&header, &words::answer(code), now, out);
            return;
        }
        let done = self
            .may(&header)
            .and_then(|()| self.request(packet.data, header.framing(), now));
        let wants_answer = packet.data.first() != Some(&0);
        let said = match self.count(done) {
            Ok(answer) => answer.written(),
            Err(refusal) => Answer::refused(refusal.code().unwrap_or_default()),
        };
        if wants_answer {
            self.say(&header, &said, now, out);
        }
    }

    /// Counts what came of a request.
    fn count<T>(&mut self, done: Result<T, Refusal>) -> Result<T, Refusal> {
        match &done {
            Ok(_) => self.tally.done += 1,
            Err(refusal) => {
                self.tally.refused += 1;
                self.refusal = Some(*refusal);
            }
        }
        done
    }

    /// Whether a packet is for this card. If not it is not answered: others on the line may be meant.
    fn is_meant(&self, header: &Header) -> Result<(), Refusal> {
        let (framing, family) = (header.framing(), self.build.model.family);
        let speaks = match family {
            Family::Five | Family::FiveQ => matches!(framing, Framing::Five | Framing::Dynamic),
            Family::Six | Family::SixQ => matches!(framing, Framing::Six | Framing::Dynamic),
            Family::FiveK | Family::SixK => framing == Framing::Font,
        };
        if !speaks {
            return Err(Refusal::Framing(framing));
        }
        let (found, number) = (header.destination, self.flash.number);
        if found != ANY && found != number {
            return Err(Refusal::Address { found, number });
        }
        if header.source != HOST {
            return Err(Refusal::Source(header.source));
        }
        Ok(())
    }

    /// Whether whoever sent a packet may ask this card anything.
    fn may(&self, header: &Header) -> Result<(), Refusal> {
        let (found, ours) = (header.device, self.device());
        let is_any = found == ANY_DEVICE;
        let is_right = match header.framing() {
            Framing::Font => found[0] == ANY_DEVICE[0] || found[0] == ours[0],
            _ => is_any || found == ours,
        };
        if !is_right {
            return Err(Refusal::Device { found, ours });
        }
        let given = header.control().filter(|control| control.encryption != Control::PLAIN);
        match (self.flash.secret, given) {
            (None, None) => Ok(()),
            (None, Some(_)) => Err(Refusal::NoSecret),
            (Some(_), None) => Err(Refusal::NeedsSecret),
            (Some(secret), Some(control)) if control.secret == secret => Ok(()),
            (Some(_), Some(_)) => Err(Refusal::WrongSecret),
        }
    }

    fn request(&mut self, data: &[u8], framing: Framing, now: Moment) -> Result<Answer, Refusal> {
        let request = Request::read(data)?;
        let (group, command) = (request.group, request.command);
        self.refuses(group, command, now)?;
        match (group, framing) {
            (0xa7, Framing::Dynamic) => self.dynamic(&request, now),
            // Beside dynamic areas the vendor's manual of them has ping, brightness and the sensor.
            (0xa2, Framing::Dynamic) if matches!(command, 0x00 | 0x07 | 0x19) => self.settings(&request, now),
            (0xa1, Framing::Five | Framing::Six) => self.storage(&request, now),
            (0xa2, Framing::Five | Framing::Six) => self.settings(&request, now),
            (0xa4, Framing::Five | Framing::Six) => self.network(&request, now),
            _ => Err(Refusal::Group(group)),
        }
    }

    /// Group A7: dynamic areas.
    fn dynamic(&mut self, request: &Request<'_>, now: Moment) -> Result<Answer, Refusal> {
        let mut reader = Reader::new(request.body);
        match request.command {
            0x00 => {
                self.has_room()?;
                if self.mischief.lacks_parameters {
                    return Err(Refusal::NoParameters);
                }
                let mut undrawn = 0;
                let new = area::read(&mut reader, &self.screen, now, &mut undrawn)?;
                area::keep_off(&new, &self.ram.programs)?;
                let modes: Vec<u8> = new.iter().flat_map(|(_, area)| area.modes()).collect();
                area::place(&mut self.ram.areas, new, area::most(self.build.model.family))?;
                self.tally.undrawn += u64::from(undrawn);
                self.tally.updates += 1;
                self.note(modes);
                self.changed(now);
            }
            0x01 => {
                let count = reader.u8()?;
                let ids = match count {
                    0xff => None,
                    count => Some(reader.take(count.into())?),
                };
                reader.end()?;
                self.ram.areas.retain(|id, _| ids.is_some_and(|ids| !ids.contains(id)));
                self.tally.deletes += 1;
                self.changed(now);
            }
            // 02 and 07 are for voices, of which this card has none.
            command => {
                return Err(Refusal::Command {
                    group: request.group,
                    command,
                });
            }
        }
        Ok(Answer::Done)
    }

    /// Answers a packet, from the address at which it was asked, be it that of any card: the vendor's software for BX-5 takes no other answer.
    /// Of cards with fonts nothing is known; assumed: their own, which they tell nowhere else.
    fn say(&mut self, header: &Header, data: &[u8], now: Moment, out: &mut Vec<u8>) {
        let from = match header.framing() {
            Framing::Font => self.flash.number,
            Framing::Dynamic | Framing::Five | Framing::Six => header.destination,
        };
        let mut header = header.answer(from, self.device());
        match &mut header.form {
            Form::Five(control) => control.frame_max = FRAME_MAX.0,
            Form::Six { control, .. } => control.frame_max = FRAME_MAX.1,
            Form::Dynamic { .. } | Form::Font { .. } => {}
        }
        let packet = Packet { header, data };
        if self.mischief.slow.is_zero() {
            packet.frame(out);
            self.tally.answers += 1;
            return;
        }
        let mut answer = Vec::new();
        packet.frame(&mut answer);
        if self.later.len() >= ANSWERS {
            self.later.pop_front();
        }
        self.later.push_back((now + self.mischief.slow, answer));
    }
}

/// The header of a body whose data are not those that its sum was made of.
fn header_of_spoilt(body: &[u8], error: PacketError) -> Option<Header> {
    let PacketError::Sum { at: 24, .. } = error else {
        return None;
    };
    let head = match *body.get(4)? {
        0x05 => Framing::Five.head(),
        0x06 | 0x07 => Framing::Six.head(),
        _ => return None,
    };
    let mut body = body.to_vec();
    let sum = crc16(body.get(head..)?);
    body[24..26].copy_from_slice(&sum.to_le_bytes());
    body[head - 1] = xor(&body[..head - 1]);
    Packet::parse(&body).ok().map(|packet| packet.header)
}
