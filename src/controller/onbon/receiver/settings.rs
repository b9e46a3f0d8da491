//! Groups A2 and A4: the screen and the network.

use std::time::Duration;

use super::{
    Receiver, clock,
    light::{self, Brightness, Windows},
    reader::Reader,
    refusal::{Field, Refusal},
    request::{Answer, Request},
    state::{Lock, Until},
    status::firmware,
};
use crate::{
    controller::onbon::{ANY, Family, packet::HOST},
    units::Moment,
};

impl Receiver {
    /// Does what a request of group A2 asks.
    pub(super) fn settings(&mut self, request: &Request<'_>, now: Moment) -> Result<Answer, Refusal> {
        let mut reader = Reader::new(request.body);
        let unknown = Refusal::Command {
            group: request.group,
            command: request.command,
        };
        let is_six = self.is_six();
        match request.command {
            0x00 => {
                reader.end()?;
                return Ok(Answer::data(request, self.identity(now)));
            }
            0x01 => {
                reader.end()?;
                self.is_to_restart = true;
            }
            0x02 => self.set_clock(&mut reader, now)?,
            0x04 => {
                reader.end()?;
                return Ok(Answer::data(request, firmware()));
            }
            0x05 => {
                let is_on = reader.flag(Field::Switch)?;
                reader.end()?;
                self.ram.by_hand = Some((is_on, now));
            }
            0x06 => {
                self.flash.windows = light::windows(&mut reader)?;
                self.ram.by_hand = None;
            }
            0x07 => self.flash.brightness = Brightness::read(&mut reader)?,
            0x08 => {
                reader.end()?;
                self.flash.windows = Windows::new();
            }
            0x09 => {
                reader.end()?;
                self.flash.store = super::files::Store::default();
                self.written(now);
            }
            0x0a => {
                reader.end()?;
                // 16 bytes, of a BX-5 the first eight.
                let length = if is_six { 16 } else { 8 };
                return Ok(Answer::data(request, self.flash.barcode[..length].to_vec()));
            }
            0x0b => {
                reader.end()?;
                return Ok(Answer::data(request, b"virtual card".to_vec()));
            }
            0x0d => self.lock_screen(&mut reader, now)?,
            0x0e => self.lock_program(&mut reader, now)?,
            0x0f => {
                reader.end()?;
                return Ok(Answer::data(request, self.status(now)));
            }
            0x10 => self.set_secret(&mut reader)?,
            0x11 => self.remove_secret(&mut reader)?,
            0x19 => {
                reader.end()?;
                return Ok(Answer::data(request, 437_u32.to_le_bytes().to_vec()));
            }
            0x1b => self.set_number(&mut reader)?,
            0x1c if is_six => {
                self.flash.name = reader.array()?;
                reader.end()?;
            }
            0x1d => {
                let code = reader.up_to(2, Field::Baud)?;
                reader.end()?;
                if code != 0 {
                    self.flash.baud = code;
                }
            }
            0x1e => self.set_barcode(&mut reader)?,
            0x1f => {
                reader.end()?;
                return Ok(Answer::data(request, self.flash.barcode.to_vec()));
            }
            0x2b if is_six => {
                reader.end()?;
                return Ok(Answer::data(request, self.found(now)));
            }
            command => self.without_effect(command, &mut reader, unknown)?,
        }
        Ok(Answer::Done)
    }

    /// Commands that are taken, and whose effect is not to be seen here.
    fn without_effect(&mut self, command: u8, reader: &mut Reader<'_>, unknown: Refusal) -> Result<(), Refusal> {
        let length = match command {
            0x0c | 0x17 | 0x18 | 0x21 | 0x22 => 1,
            0x12 | 0x1a => 2,
            0x14 if self.is_six() => 11,
            0x13 | 0x15 => 6,
            0x20 => 11,
            0x24 => 0,
            // What they ask and answer is in no table: FPGA, modbus.
            _ => return Err(unknown),
        };
        reader.take(length)?;
        reader.end()?;
        self.tally.without_effect += 1;
        Ok(())
    }

    fn set_clock(&mut self, reader: &mut Reader<'_>, now: Moment) -> Result<(), Refusal> {
        let civil = clock::read(reader)?;
        reader.end()?;
        if self.mischief.refuses_clock {
            return Err(Refusal::Clock);
        }
        self.clock = clock::Clock::new(civil, now);
        self.tally.clocks += 1;
        Ok(())
    }

    fn lock_screen(&mut self, reader: &mut Reader<'_>, now: Moment) -> Result<(), Refusal> {
        let (is_kept, is_locked) = (reader.flag(Field::Switch)?, reader.flag(Field::Switch)?);
        reader.end()?;
        // What "locked" does is in no table; assumed: the picture stands still until another one is sent.
        self.ram.frozen = match is_locked {
            true => self.ram.frozen.take().or_else(|| Some(self.compose(now))),
            false => None,
        };
        self.ram.is_locked = is_locked;
        if is_kept {
            self.flash.is_locked = is_locked;
        }
        Ok(())
    }

    fn lock_program(&mut self, reader: &mut Reader<'_>, now: Moment) -> Result<(), Refusal> {
        let (is_kept, is_locked) = (reader.flag(Field::Switch)?, reader.flag(Field::Switch)?);
        let name = reader.array()?;
        let (by_count, value) = if self.is_six() {
            let by_count = reader.flag(Field::LockMode)?;
            (by_count, u32::from_be_bytes(reader.array()?))
        } else {
            (false, reader.u32()?)
        };
        reader.end()?;
        let until = match value {
            u32::MAX => Until::Forever,
            times if by_count => Until::Times(times, now),
            value => Until::At(now + Duration::from_millis(10) * value),
        };
        let lock = is_locked.then_some(Lock { name, until });
        self.ram.lock = lock;
        if is_kept {
            self.flash.lock = lock;
        }
        Ok(())
    }

    fn set_secret(&mut self, reader: &mut Reader<'_>) -> Result<(), Refusal> {
        let (old, new): ([u8; 6], [u8; 6]) = (reader.array()?, reader.array()?);
        reader.end()?;
        if self.flash.secret.is_some_and(|secret| secret != old) {
            return Err(Refusal::OldSecret);
        }
        self.flash.secret = Some(new);
        Ok(())
    }

    fn remove_secret(&mut self, reader: &mut Reader<'_>) -> Result<(), Refusal> {
        let current: [u8; 6] = reader.array()?;
        reader.end()?;
        if self.flash.secret.is_some_and(|secret| secret != current) {
            return Err(Refusal::OldSecret);
        }
        self.flash.secret = None;
        Ok(())
    }

    fn set_number(&mut self, reader: &mut Reader<'_>) -> Result<(), Refusal> {
        let number = reader.u16()?;
        reader.end()?;
        if number == ANY || number == HOST || number == u16::MAX {
            return Err(Field::Number.refuse(number));
        }
        self.flash.number = number;
        Ok(())
    }

    fn set_barcode(&mut self, reader: &mut Reader<'_>) -> Result<(), Refusal> {
        let barcode: [u8; 16] = reader.array()?;
        let found = reader.u16()?;
        reader.end()?;
        if found != super::super::packet::checksum::crc16(&barcode) {
            return Err(Field::Other.refuse(found));
        }
        self.flash.barcode = barcode;
        Ok(())
    }

    /// Does what a request of group A4 asks.
    pub(super) fn network(&mut self, request: &Request<'_>, now: Moment) -> Result<Answer, Refusal> {
        let mut reader = Reader::new(request.body);
        match request.command {
            0x00 => {
                self.flash.mac = reader.array()?;
                reader.end()?;
            }
            0x01 => {
                let network: [u8; 44] = reader.array()?;
                // The vendor's software has seven more bytes for a BX-5, of which nothing is known.
                if !self.is_six() && !reader.rest().is_empty() {
                    reader.take(7)?;
                }
                reader.end()?;
                if !matches!(network[0], 1 | 2) {
                    return Err(Field::Other.refuse(network[0]));
                }
                self.flash.network = network;
            }
            0x02 => {
                reader.end()?;
                return Ok(Answer::data(request, self.health()));
            }
            0x03 if self.is_six() => {
                reader.end()?;
                return Ok(Answer::data(request, self.found(now)));
            }
            command => {
                return Err(Refusal::Command {
                    group: request.group,
                    command,
                });
            }
        }
        Ok(Answer::Done)
    }

    pub(super) const fn is_six(&self) -> bool {
        matches!(self.build.model.family, Family::Six | Family::SixQ)
    }
}
