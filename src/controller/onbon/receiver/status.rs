//! What a card says of itself.

use super::{Receiver, clock, light::BRIGHTEST};
use crate::{
    controller::{card::CardColour, onbon::Family},
    units::Moment,
};

/// What it says of its firmware.
const FIRMWARE: &[u8; 8] = b"V1.00.00";

/// The data of the answer to a question for the firmware in use: name, version, date and time.
pub(super) fn firmware() -> Vec<u8> {
    [&b"F001"[..], FIRMWARE, b"2018-11-29 10:15:00"].concat()
}

impl Receiver {
    /// The data of the answer to a ping.
    pub(super) fn identity(&mut self, now: Moment) -> Vec<u8> {
        let size = self.mischief.wrong_size.unwrap_or(self.build.size);
        let is_full = self.build.lamps.colour() == CardColour::Full;
        let (level, is_on) = (self.told_brightness(now), self.told_lit(now));
        let mut data = self.device().to_vec();
        data.extend_from_slice(FIRMWARE);
        data.push(u8::from(!self.mischief.lacks_parameters));
        data.extend_from_slice(&self.flash.number.to_le_bytes());
        data.push(self.flash.baud);
        data.extend_from_slice(&(size.width as u16).to_le_bytes());
        data.extend_from_slice(&(size.height as u16).to_le_bytes());
        data.push(match self.build.lamps.colour() {
            CardColour::Single => 1,
            CardColour::Dual => 3,
            CardColour::Full => 255,
        });
        data.extend_from_slice(&[level, u8::from(is_on)]);
        // Scan configuration 1, 16 rows a channel, no grey but in full colour, units of 64 LEDs.
        data.extend_from_slice(&[1, 0, 16, u8::from(is_full), 64, 0]);
        if self.is_six() {
            data.extend_from_slice(&[u8::from(self.build.has_565), 0, 0, 1]);
            data.extend_from_slice(&self.flash.barcode);
            // Web user, web name and web group, of which there are none.
            data.resize(data.len() + 128 + 128 + 4, 0);
        } else {
            // Cascade and host flag mean something to a 5Q alone; the vendor's software reads them of every BX-5. Packet mode, spare.
            data.extend_from_slice(&[0, u8::from(self.build.model.family == Family::FiveQ), 0, 0]);
        }
        data
    }

    /// The data of the answer to a question for its status.
    pub(super) fn status(&mut self, now: Moment) -> Vec<u8> {
        let lies = self.mischief.lies;
        let program = self.playing(now).map(|(index, _)| self.ram.programs[index].name);
        let count = self.ram.programs.len() as u16;
        let mut data = vec![
            u8::from(self.told_lit(now)),
            u8::from(!self.flash.windows.is_empty()),
            self.flash.brightness.mode,
            self.told_brightness(now),
        ];
        data.extend_from_slice(&count.to_le_bytes());
        data.extend_from_slice(&program.unwrap_or_default());
        let is_locked = self.ram.is_locked && !lies;
        let is_program_locked = self.ram.lock.is_some() && !lies;
        let is_good = self.clock.is_good || lies;
        data.extend_from_slice(&[is_locked, is_program_locked, false, is_good].map(u8::from));
        data.extend_from_slice(&clock::written(self.clock.civil(now)));
        // Two temperatures, humidity, noise, the test button: no sensor is there.
        data.extend_from_slice(&[0; 3 + 3 + 2 + 2 + 1]);
        if self.is_six() {
            data.extend_from_slice(&[0; 12]);
            data.extend_from_slice(&self.flash.barcode);
        }
        data
    }

    /// The data of the answer to a question for its health on the network.
    pub(super) fn health(&self) -> Vec<u8> {
        let network = &self.flash.network;
        let mut data = network[22..30].to_vec();
        data.extend_from_slice(&network[1..15]);
        data.extend_from_slice(&self.flash.mac);
        data.extend_from_slice(&network[32..]);
        data
    }

    /// The data of the answer to a search, and to the question for everything: the vendor's software reads both alike.
    pub(super) fn found(&mut self, now: Moment) -> Vec<u8> {
        let network = self.flash.network;
        let mut data = self.flash.mac.to_vec();
        data.extend_from_slice(&network[1..15]);
        // Address mode, address state 1: it has one.
        data.extend_from_slice(&[network[0], 1]);
        data.extend_from_slice(&network[15..]);
        data.extend_from_slice(&self.flash.barcode);
        // One record, in the order of the vendor's software: ping up to the colour, brightness and switch, the rest of the ping up to the
        // barcode's flag, the rest of the status up to the noise; switch mode, log and delay, of which there is nothing to tell.
        let (ping, status) = (self.identity(now), self.status(now));
        data.extend_from_slice(&ping[..19]);
        data.extend_from_slice(&[status[2], status[3], status[1], status[0]]);
        data.extend_from_slice(&ping[21..31]);
        data.extend_from_slice(&status[4..32]);
        data.extend_from_slice(&[0; 4]);
        data
    }

    /// The type it says it is of.
    pub(super) fn device(&self) -> [u8; 2] {
        self.mischief.wrong_type.unwrap_or(self.build.model.wire)
    }

    fn told_brightness(&mut self, now: Moment) -> u8 {
        if self.mischief.lies {
            BRIGHTEST
        } else {
            self.brightness(now)
        }
    }

    fn told_lit(&self, now: Moment) -> bool {
        self.mischief.lies || self.is_lit(now)
    }
}
