//! A2 8F: how a card is.

use super::REST;
use crate::controller::onbon::message::{Clock, Field, FileName, MessageError, reader::Reader};

/// A2 8F: how a card is. What is missing at the end is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// Whether the LEDs are lit.
    pub is_on: bool,
    /// Whether it goes by its own hours.
    pub has_hours: bool,
    /// 0 by hand, 1 by the half hour, 2 and 3 by the sensor.
    pub brightness_mode: u8,
    /// How bright it is now, 0 to 15.
    pub brightness: u8,
    /// How many programs it has.
    pub programs: u16,
    /// Which one is played.
    pub program: FileName,
    /// Whether the screen is held.
    pub is_screen_locked: bool,
    /// Whether one program is held.
    pub is_program_locked: bool,
    /// How it runs.
    pub running_mode: u8,
    /// Whether its clock goes.
    pub is_clock_sound: bool,
    /// What its clock shows; `None` for what is no number.
    pub clock: Option<Clock>,
    /// Two temperatures.
    pub temperatures: [u32; 2],
    /// Humidity.
    pub humidity: u16,
    /// Noise.
    pub noise: u16,
    /// The button that shows tests.
    pub button: u8,
    /// BX-6: whose it is.
    pub customer: Option<[u8; 12]>,
    /// BX-6: its barcode.
    pub barcode: Option<[u8; 16]>,
}

impl Status {
    /// What `data` say.
    ///
    /// # Errors
    /// They end before the clock does.
    pub fn parse(data: &[u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        let status = Self {
            is_on: reader.u8(Field::new("开关机状态", "state of the LEDs"))? != 0,
            has_hours: reader.u8(Field::new("定时开关机状态", "state of the hours"))? != 0,
            brightness_mode: reader.u8(Field::new("亮度模式", "mode of brightness"))?,
            brightness: reader.u8(Field::new("亮度", "brightness"))?,
            programs: reader.u16(Field::new("节目数", "number of programs"))?,
            program: reader.name()?,
            is_screen_locked: reader.u8(Field::new("屏幕锁定状态", "lock of the screen"))? != 0,
            is_program_locked: reader.u8(Field::new("节目锁定状态", "lock of a program"))? != 0,
            running_mode: reader.u8(Field::new("运行模式", "running mode"))?,
            is_clock_sound: reader.u8(Field::new("时钟状态", "state of the clock"))? != 0,
            clock: clock(&reader.array(Field::new("时钟", "clock"))?),
            temperatures: [0; 2],
            humidity: 0,
            noise: 0,
            button: 0,
            customer: None,
            barcode: None,
        };
        Ok(status.with_rest(&mut reader))
    }

    fn with_rest(self, reader: &mut Reader<'_>) -> Self {
        Self {
            temperatures: [
                reader.u24(REST).unwrap_or_default(),
                reader.u24(REST).unwrap_or_default(),
            ],
            humidity: reader.u16(REST).unwrap_or_default(),
            noise: reader.u16(REST).unwrap_or_default(),
            button: reader.u8(REST).unwrap_or_default(),
            customer: reader.array(REST).ok(),
            barcode: reader.array(REST).ok(),
            ..self
        }
    }

    /// Appends the data of the reply.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let flag = u8::from;
        out.extend_from_slice(&[
            flag(self.is_on),
            flag(self.has_hours),
            self.brightness_mode,
            self.brightness,
        ]);
        out.extend_from_slice(&self.programs.to_le_bytes());
        out.extend_from_slice(&self.program.0);
        out.extend_from_slice(&[
            flag(self.is_screen_locked),
            flag(self.is_program_locked),
            self.running_mode,
            flag(self.is_clock_sound),
        ]);
        match &self.clock {
            Some(clock) => clock.encode(out),
            None => out.extend_from_slice(&[0xff; 8]),
        }
        for temperature in self.temperatures {
            out.extend_from_slice(&temperature.to_le_bytes()[..3]);
        }
        out.extend_from_slice(&self.humidity.to_le_bytes());
        out.extend_from_slice(&self.noise.to_le_bytes());
        out.push(self.button);
        out.extend(self.customer.iter().flatten());
        if self.customer.is_some() {
            out.extend(self.barcode.iter().flatten());
        }
    }
}

/// The clock in its eight bytes; `None` where they are no digits.
fn clock(bytes: &[u8; 8]) -> Option<Clock> {
    Reader::new(bytes).clock().ok()
}
