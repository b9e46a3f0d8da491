//! One screen of one wall, with the days that were looked at last.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use super::whole::Wall;
use crate::{
    programme::{Day, Light},
    units::{Rate, Tick},
};

/// A screen's way through time: compiles the day that is asked for and keeps it, with the one before.
#[derive(Debug)]
pub(super) struct Lane {
    wall: Arc<Wall>,
    screen: usize,
    days: [Option<Day>; 2],
}

impl Lane {
    pub(super) const fn new(wall: Arc<Wall>, screen: usize) -> Self {
        Self {
            wall,
            screen,
            days: [None, None],
        }
    }

    pub(super) const fn wall(&self) -> &Arc<Wall> {
        &self.wall
    }

    pub(super) const fn screen(&self) -> usize {
        self.screen
    }

    pub(super) fn rate(&self) -> Rate {
        self.wall.site().screens[self.screen].rate
    }

    /// The civil time of `tick` in the site's zone.
    pub(super) fn civil(&self, tick: Tick) -> DateTime {
        self.wall.site().timezone.to_datetime(self.rate().timestamp(tick))
    }

    /// The day in which `tick` lies.
    pub(super) fn day(&mut self, tick: Tick) -> &Day {
        let kept = self
            .days
            .iter()
            .position(|day| day.as_ref().is_some_and(|day| holds(day, tick)));
        match kept {
            Some(0) => {}
            Some(_) => self.days.swap(0, 1),
            None => {
                let date = self.wall.programme().date(self.screen, tick);
                let fresh = self.compile(date);
                self.days.swap(0, 1);
                self.days[0] = Some(fresh);
            }
        }
        self.days[0].as_ref().expect("the day was put first just now")
    }

    /// Whether the screen is lit at `tick`, and whether the day is a solemn one on which frames are grey.
    pub(super) fn light(&mut self, tick: Tick) -> (Light, bool) {
        let is_full = self.wall.site().screens[self.screen].leds().is_exact();
        let day = self.day(tick);
        (day.light(tick), is_full && day.is_solemn(tick))
    }

    fn compile(&self, date: Date) -> Day {
        self.wall.programme().compile(self.screen, date)
    }
}

fn holds(day: &Day, tick: Tick) -> bool {
    day.start() <= tick && tick < day.end()
}
