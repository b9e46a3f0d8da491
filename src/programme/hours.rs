//! When the screen is lit around one civil day.

use jiff::{ToSpan, civil::Date};

use super::{
    cue::{Dark, Light},
    openings::{Days, union},
};
use crate::{calendar::When, units::Tick};

/// How many days ahead a dark screen looks for its next light.
const LOOK_AHEAD: i32 = 400;

/// The times at which a screen is lit.
#[derive(Clone, Debug)]
pub(super) struct Hours {
    /// Disjoint and rising.
    lit: Vec<(Tick, Tick)>,
    /// The end of the day after, beyond which no light is followed.
    last: Tick,
    /// When it is lit again after all of `lit`, as far as is known.
    dawn: Tick,
}

impl Hours {
    /// The hours around `date` of a screen whose `lit` windows are given.
    pub(super) fn new(windows: &[When], date: Date, days: &Days) -> Self {
        let last = days.last();
        if windows.is_empty() {
            let lit = vec![(days.first(), last)];
            return Self { lit, last, dawn: last };
        }
        Self {
            lit: union(&days.windows(windows)),
            last,
            dawn: dawn(windows, date, days).unwrap_or(last),
        }
    }

    /// Whether the screen is lit at `tick`, and until when.
    pub(super) fn at(&self, tick: Tick) -> Light {
        let next = self.lit.partition_point(|(_, until)| *until <= tick);
        match self.lit.get(next) {
            Some((from, until)) if *from <= tick => Light::Lit((*until).min(self.last)),
            Some((from, _)) => Light::Dark(Dark::Hours, *from),
            None => Light::Dark(Dark::Hours, self.dawn),
        }
    }
}

/// The first light of the days that are not around `date`.
fn dawn(windows: &[When], date: Date, days: &Days) -> Option<Tick> {
    let later = (3..LOOK_AHEAD).map_while(|offset| date.checked_add(offset.days()).ok());
    let first_light = |date| {
        let open = windows
            .iter()
            .filter_map(move |window| window.occurrence(date, &days.zone));
        open.map(|occurrence| days.rate.tick_from(occurrence.start)).min()
    };
    later.filter_map(first_light).next()
}
