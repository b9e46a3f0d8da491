//! What a sheet asks of a card, in the card's terms.

use std::time::Duration;

use jiff::civil::{DateTime, Time};

use crate::{
    controller::{
        card::{HALF_HOURS, Sheet},
        onbon::message::{Brightness, Hours},
    },
    units::{Level, Moment},
};

/// The newest sheet.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) sheet: Sheet,
    /// When it was shown.
    pub(super) since: Moment,
}

impl Wanted {
    /// The civil time at `moment`.
    pub(super) fn civil(&self, moment: Moment) -> DateTime {
        let civil = self.sheet.civil;
        civil.checked_add(moment.since(self.since)).unwrap_or(civil)
    }

    /// The levels of the day's half hours, 0 to 15.
    pub(super) fn levels(&self) -> [u8; HALF_HOURS] {
        self.sheet.day.levels.map(level)
    }

    /// What the table of brightness ought to be. Where the card's clock is of no use, it is told the level of now.
    pub(super) fn brightness(&self, now: Moment, has_clock: bool, ordered: Option<Level>) -> Brightness {
        let levels = self.levels();
        match ordered.or(self.sheet.test) {
            Some(ordered) => Brightness::Manual([level(ordered); HALF_HOURS]),
            None if has_clock => Brightness::HalfHours(levels),
            None => Brightness::Manual([levels[half_hour(self.civil(now).time())]; HALF_HOURS]),
        }
    }

    /// When the LEDs are lit by the card's own clock; empty where that is always, or never: then it goes by our word alone.
    pub(super) fn hours(&self) -> Vec<Hours> {
        let lit = &self.sheet.day.lit;
        if lit.iter().any(|(from, until)| from == until) {
            return Vec::new();
        }
        let pair = |time: Time| (time.hour().unsigned_abs(), time.minute().unsigned_abs());
        lit.iter()
            .take(usize::from(u8::MAX))
            .map(|(from, until)| Hours {
                on: pair(*from),
                off: pair(*until),
            })
            .collect()
    }

    /// Whether one of the card's own hours begins or ends within `near` of `civil`.
    pub(super) fn is_near_hours(&self, civil: DateTime, near: Duration) -> bool {
        const DAY: i64 = 24 * 60 * 60;
        let seconds =
            |time: Time| i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
        let now = seconds(civil.time());
        let near = i64::try_from(near.as_secs()).unwrap_or(DAY);
        self.sheet
            .day
            .lit
            .iter()
            .flat_map(|(from, until)| [*from, *until])
            .any(|time| {
                let apart = (seconds(time) - now).rem_euclid(DAY);
                apart.min(DAY - apart) <= near
            })
    }
}

/// Which half hour of the day it is.
pub(super) fn half_hour(time: Time) -> usize {
    let half = usize::from(time.hour().unsigned_abs()) * 2 + usize::from(time.minute() >= 30);
    half.min(HALF_HOURS - 1)
}

/// A level of a card, 0 to 15, for 1 to 16 sixteenths.
pub(super) fn level(level: Level) -> u8 {
    (u16::from(level.percent()) * 16).div_ceil(100).saturating_sub(1) as u8
}
