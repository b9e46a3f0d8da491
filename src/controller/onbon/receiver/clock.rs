//! The card's own clock.

use jiff::{
    SignedDuration,
    civil::{Date, DateTime, Time, date},
};

use super::{
    reader::Reader,
    refusal::{Field, Refusal},
};
use crate::units::Moment;

/// A clock that goes on by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    civil: DateTime,
    at: Moment,
    /// Whether it was not lost.
    pub(super) is_good: bool,
}

impl Clock {
    /// A clock that says `civil` at `now`.
    pub(super) const fn new(civil: DateTime, now: Moment) -> Self {
        Self {
            civil,
            at: now,
            is_good: true,
        }
    }

    /// A clock whose battery failed, at `now`.
    pub(super) const fn lost(now: Moment) -> Self {
        Self {
            civil: date(2000, 1, 1).at(0, 0, 0, 0),
            at: now,
            is_good: false,
        }
    }

    /// What it says at `now`.
    pub(super) fn civil(&self, now: Moment) -> DateTime {
        let elapsed = SignedDuration::try_from(now.since(self.at)).unwrap_or(SignedDuration::MAX);
        self.civil.saturating_add(elapsed)
    }

    /// Sets it on or back by `seconds`.
    pub(super) fn shift(&mut self, seconds: i32) {
        self.civil = self.civil.saturating_add(SignedDuration::from_secs(seconds.into()));
    }
}

/// Year (low byte first), month, day, hour, minute, second and weekday, as a request has them.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<DateTime, Refusal> {
    let wrong = Field::DateTime;
    let day = day(reader)?;
    let [hour, minute, second] = [reader.bcd(23, wrong)?, reader.bcd(59, wrong)?, reader.bcd(59, wrong)?];
    let week = reader.u8()?;
    if i16::from(week) != i16::from(day.weekday().to_monday_one_offset()) {
        return Err(wrong.refuse(week));
    }
    Ok(day.at(hour as i8, minute as i8, second as i8, 0))
}

/// Year, month and day.
pub(super) fn day(reader: &mut Reader<'_>) -> Result<Date, Refusal> {
    let wrong = Field::DateTime;
    let [low, high] = [reader.bcd(99, wrong)?, reader.bcd(99, wrong)?];
    let [month, day] = [reader.bcd(12, wrong)?, reader.bcd(31, wrong)?];
    let year = i16::from(high) * 100 + i16::from(low);
    Date::new(year, month as i8, day as i8).map_err(|_| wrong.refuse(day))
}

/// Hour, minute and second.
pub(super) fn time(reader: &mut Reader<'_>) -> Result<Time, Refusal> {
    let wrong = Field::DateTime;
    let [hour, minute, second] = [reader.bcd(23, wrong)?, reader.bcd(59, wrong)?, reader.bcd(59, wrong)?];
    Ok(jiff::civil::time(hour as i8, minute as i8, second as i8, 0))
}

/// The clock as a status has it: year to weekday.
pub(super) fn written(civil: DateTime) -> [u8; 8] {
    let year = civil.year().clamp(0, 9999);
    [
        bcd((year % 100) as u8),
        bcd((year / 100) as u8),
        bcd(civil.month() as u8),
        bcd(civil.day() as u8),
        bcd(civil.hour() as u8),
        bcd(civil.minute() as u8),
        bcd(civil.second() as u8),
        civil.date().weekday().to_monday_one_offset() as u8,
    ]
}

const fn bcd(value: u8) -> u8 {
    ((value / 10) << 4) | (value % 10)
}

/// Seconds since midnight.
pub(super) fn second_of_day(civil: DateTime) -> u32 {
    (civil.hour() as u32 * 60 + civil.minute() as u32) * 60 + civil.second() as u32
}
