//! Whether the LEDs are lit, and how brightly: by hand, by the card's clock, by its sensor.

use jiff::civil::DateTime;

use super::{
    area::millis,
    clock::{Clock, second_of_day},
    reader::Reader,
    refusal::{Field, Refusal},
};
use crate::{controller::card::HALF_HOURS, units::Moment};

const DAY: u32 = 24 * 60 * 60;

/// What a brightness sensor of a virtual card measures, in lux: an office at noon.
const LUX: u16 = 437;

/// The brightest level.
pub(super) const BRIGHTEST: u8 = 15;

/// Lux and levels that a card knows by itself.
const LUX_TABLE: [u16; 16] = [
    10, 24, 60, 148, 280, 437, 550, 693, 873, 1100, 1793, 3336, 6207, 11551, 21495, 40000,
];

/// How bright the LEDs are: the mode and its table, as they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Brightness {
    pub(super) mode: u8,
    table: [u8; HALF_HOURS],
}

impl Brightness {
    /// By hand, at a level.
    pub(super) const fn by_hand(level: u8) -> Self {
        Self {
            mode: 0,
            table: [level; HALF_HOURS],
        }
    }

    /// Mode and table of a request.
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        let mode = reader.up_to(3, Field::BrightnessMode)?;
        let table: [u8; HALF_HOURS] = reader.array()?;
        reader.end()?;
        let levels = if mode < 2 { &table[..] } else { &table[32..] };
        match levels.iter().find(|level| **level > BRIGHTEST) {
            Some(level) => Err(Field::Level.refuse(*level)),
            None => Ok(Self { mode, table }),
        }
    }

    /// The level at a time of the card's clock.
    pub(super) fn level(&self, civil: DateTime) -> u8 {
        match self.mode {
            0 => self.table[0],
            1 => self.table[second_of_day(civil) as usize / 1800],
            2 => by_sensor(|at| LUX_TABLE[at], |at| at as u8),
            _ => by_sensor(
                |at| u16::from_le_bytes([self.table[2 * at], self.table[2 * at + 1]]),
                |at| self.table[32 + at],
            ),
        }
    }
}

/// The level of the first row that is at least as bright as the sensor says.
fn by_sensor(lux: impl Fn(usize) -> u16, level: impl Fn(usize) -> u8) -> u8 {
    let row = (0..16).find(|at| lux(*at) >= LUX).unwrap_or(15);
    level(row).min(BRIGHTEST)
}

/// When the LEDs are switched on and off each day, in seconds since midnight.
pub(super) type Windows = Vec<(u32, u32)>;

/// The windows of a request: how many, then hour and minute of on and off each.
pub(super) fn windows(reader: &mut Reader<'_>) -> Result<Windows, Refusal> {
    let count = reader.u8()?;
    let mut minute = || {
        let [hour, minute] = [reader.bcd(23, Field::DateTime)?, reader.bcd(59, Field::DateTime)?];
        Ok::<_, Refusal>((u32::from(hour) * 60 + u32::from(minute)) * 60)
    };
    let windows = (0..count)
        .map(|_| Ok((minute()?, minute()?)))
        .collect::<Result<_, Refusal>>()?;
    reader.end()?;
    Ok(windows)
}

/// Whether the LEDs are lit at `now`: the later of what was switched by hand, and what the windows switched.
pub(super) fn is_lit(windows: &Windows, by_hand: Option<(bool, Moment)>, clock: &Clock, now: Moment) -> bool {
    let second = second_of_day(clock.civil(now));
    let edges = windows.iter().flat_map(|(on, off)| [(*on, true), (*off, false)]);
    let ago = |edge: u32| (second + DAY - edge) % DAY;
    // Where one window ends and the next begins at once it stays lit.
    let last = edges.min_by_key(|(edge, is_on)| (ago(*edge), !is_on));
    match (by_hand, last) {
        (Some((is_on, at)), Some((edge, _))) if millis(now, at) / 1_000 <= u64::from(ago(edge)) => is_on,
        (_, Some((_, is_on))) => is_on,
        (Some((is_on, _)), None) => is_on,
        (None, None) => true,
    }
}
