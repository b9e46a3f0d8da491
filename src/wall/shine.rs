//! How bright a screen shines at a tick, by its site and the calendar.

use jiff::{SignedDuration, Timestamp};

use super::whole::Wall;
use crate::{
    site::Because,
    units::{Level, Tick},
};

/// A half hour in seconds.
const HALF_HOUR: i64 = 1800;

/// How bright a screen shines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shine {
    /// The brightness.
    pub level: Level,
    /// Why.
    pub because: Because,
    /// The first tick at which it may be another one.
    pub until: Tick,
}

impl Wall {
    /// How bright the screen of that number in the site shines at `tick`.
    pub fn brightness(&self, screen: usize, tick: Tick) -> Level {
        self.shine(screen, tick).level
    }

    /// The same, with the reason and the end of the half hour: what holds from `tick` until then.
    pub fn shine(&self, screen: usize, tick: Tick) -> Shine {
        let screen = &self.site().screens[screen];
        let instant = screen.rate.timestamp(tick);
        let zone = &self.site().timezone;
        let civil = zone.to_datetime(instant);
        let (level, because) = screen.dimming.at(civil, self.calendar());
        let gone = SignedDuration::new(
            i64::from(civil.minute()) % 30 * 60 + i64::from(civil.second()),
            civil.subsec_nanosecond(),
        );
        let left = SignedDuration::from_secs(HALF_HOUR) - gone;
        let end = instant.checked_add(left).unwrap_or(Timestamp::MAX);
        // Where clocks are changed before, another half hour begins there.
        let change = zone.following(instant).next().map(|change| change.timestamp());
        let until = change.map_or(end, |change| change.min(end));
        Shine {
            level,
            because,
            until: screen.rate.tick_from(until),
        }
    }
}
