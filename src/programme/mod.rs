//! What plays at an instant, and why.
//!
//! A [`Programme`] is an immutable plan of playlists, windows and measured entries. Any civil day is compiled alone, on demand, to
//! an immutable [`Day`] that the caller keeps; a look-up in it takes a binary search. Everything is counted in ticks of the
//! screen's rate. This room may not read a clock and does not know what a page looks like.
//!
//! ```text
//! Track -> Tier (one a priority) -> Openings (its windows on these days) -> Segment, Segment, … -+
//!                                                                                                 +-> Span, Span, … -> Cue
//! Track -> Tier ------------------> Openings --------------------------> Segment, Segment, … ----+
//!
//! Segment <- Weave                                   where no entry has a quota: wound as far as it is shown
//! Segment <- Arrangement <- Shape -> level -> tally -> layout -> cycle       (trial and error, a bounded number)
//! ```
//!
//! What it all means:
//!
//! - **Tiers.** The playlists of one priority in one track are a tier, with a timeline of its own, as though nothing lay above it. At
//!   each tick the highest tier that has something is seen, alone. So after a notice, the routine loop is where it would have been.
//! - **Edges.** Where a playlist of a tier opens or closes, the tier's loop begins anew, at the first tick at or after the edge. A
//!   playlist is open in the union of its windows. One without windows opens anew at each 00:00, and so does a window that holds
//!   a whole civil day. After a day on which nothing opened or closed, the loop begins anew at 00:00 as well: so a day depends on
//!   the day before at most.
//! - **Loops.** Between two edges a tier shows, round after round, the entries in force of all plays of all open playlists, in path
//!   order, each play's entries up to its limit. An entry is in force from `from` on, and no longer at `until`. An entry of weight w
//!   comes w times a round, evenly spread; all of its pages come each time.
//! - **Nothing twice running.** Two entries of one [`Material`] are one item. Occurrence k of the i-th of n entries of weight w has
//!   its place at (k + i / n) / w of the round. Each time the one of least place comes whose item differs from the one before, unless
//!   another item has so many left that it must come now in order not to stand beside itself later; the round's last differs
//!   from its first. What could only stand beside itself is left out, the last first: an item comes at most as often as all others
//!   together. One that is alone comes once a round. A segment that follows another without a gap, and would begin with the item
//!   that was just shown, begins with its second and puts the first at the end. At an edge the clock decides, not what was shown.
//! - **Quotas.** A [`Quota`] says what the items of a column, with those below it, must and may have of an hour, and how often one of
//!   them may begin in it. It counts in each loop by itself, for any hour that lies within one segment, and only while the loop has
//!   items of the column. Where the order by weights keeps all quotas, it stays. Otherwise a finite order is laid out that comes round
//!   and round: an hour long, or as many hours as it takes for every item to come, 24 at most. In it all items come as often as
//!   their weights say in proportion, but for those of columns that would have too much or too little; each column is spread smoothly;
//!   nothing comes twice running. Every hour of it is looked at. Where none keeps all quotas, it is the order found that misses them
//!   by the least time, and [`Day::loops`] says which demand is missed and why ([`Infeasible`]). A column that keeps its share only
//!   because items of it never come is told as well.
//! - **Changes.** The loop stays as it is until an entry comes or goes; then, at the next page boundary at which the composition
//!   differs, a new segment begins with the new one. From [`Alert`](crate::playlist::Priority::Alert) on, and where the tier
//!   shows nothing, it begins at once. Where nothing is left, the tier ends at that boundary and lower ones are seen.
//! - **Cues.** `since` and `until` are of the page as it is seen, cut by edges and by higher tiers. A page that comes back after an
//!   interruption has come on at the tick at which it comes back (`since`), and has begun where it would have without it (`began`).
//! - **Solemn days.** What is festive is not in force on them, from 00:00 to 24:00: where a tier has such entries, both are edges.
//!   Pages that come on on them come by a cut.
//! - **Light.** A screen is dark in a silence, for maintenance, and where none of its `lit` windows is open; of several reasons the
//!   first in this order is told, then the holiday that keeps its windows closed, then the hours. An alert (or a stop) lights it
//!   nevertheless, and then nothing lower is seen.
//! - **Outgoing.** What the track showed on the tick before `since`, for as long as the incoming play's transition. Alerts and stops
//!   come and go by a cut.
//!
//! A page that lasts longer than a day may be told to have begun at most at the beginning of the day before.

mod apart;
mod arrange;
mod bits;
mod chain;
mod conflict;
mod cue;
mod cycle;
mod day;
mod explain;
mod hours;
mod infeasible;
mod judge;
mod layers;
mod layout;
mod level;
mod openings;
mod plan;
mod roster;
mod segment;
mod shape;
mod tally;
mod tier;
mod trial;
mod weave;

use std::sync::Arc;

use jiff::{ToSpan as _, civil::Date};

use crate::{
    playlist::Priority,
    units::{Rate, Tick},
};
use hours::Hours;
use openings::Days;
use tier::Tier;

pub use cue::{Cue, Dark, Light, Loop, OpenWindow, Opening, Outgoing, PagedRound, Round, RoundPage, Tiered, Why};
pub use day::Day;
pub use infeasible::{Asked, Demand, Infeasible, Obstacle};
pub use plan::{Entry, Material, Plan, PlannedPlay, PlannedPlaylist, PlannedScreen, Quota, Track};

/// How many days ahead the next light is sought.
const LOOK_AHEAD: i32 = 400;

/// The compiled form of all playlists of a site.
#[derive(Clone, Debug)]
pub struct Programme {
    plan: Plan,
    /// Of each screen, of each track, the tiers that have entries, the highest first.
    screens: Vec<Vec<Vec<Arc<Tier>>>>,
}

impl Programme {
    /// The programme of `plan`.
    pub fn new(plan: Plan) -> Self {
        let screens = plan.screens.iter().map(|screen| {
            let tracks = screen
                .tracks
                .iter()
                .map(|track| tiers(track, screen.rate, &plan.quotas));
            tracks.collect()
        });
        Self {
            screens: screens.collect(),
            plan,
        }
    }

    /// What it was made of.
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// One civil day of the screen at `screen` in the plan. The cost is linear in the playlists and entries of the screen, in what
    /// comes and goes from the day before to the day after, and in what is shown in that time.
    pub fn compile(&self, screen: usize, date: Date) -> Day {
        Day::compile(&self.plan, screen, &self.screens[screen], date)
    }

    /// When the screen at `screen` is lit by its hours on the civil day `date`, whatever alerts and stops do: from, until; in order, none
    /// touching another.
    pub fn lit(&self, screen: usize, date: Date) -> Vec<(Tick, Tick)> {
        let screen = &self.plan.screens[screen];
        let days = Days::around(date, &self.plan.calendar, screen.rate);
        Hours::new(screen, &days, &[]).lit(days.start(), days.end())
    }

    /// When the screen at `screen` is lit by its hours next, after `tick`: a dark that ends there ends for good. `None` where that is
    /// not within 400 days.
    pub fn dawn(&self, screen: usize, tick: Tick) -> Option<Tick> {
        let screen_at = &self.plan.screens[screen];
        let first = self.date(screen, tick);
        let dates = (0..LOOK_AHEAD).map_while(|offset| first.checked_add(offset.days()).ok());
        dates
            .filter_map(|date| {
                let days = Days::around(date, &self.plan.calendar, screen_at.rate);
                Hours::new(screen_at, &days, &[]).first_light(tick)
            })
            .next()
    }

    /// The civil day of the screen at `screen` that holds `tick`: the one to compile for it.
    pub fn date(&self, screen: usize, tick: Tick) -> Date {
        let (calendar, rate) = (&self.plan.calendar, self.plan.screens[screen].rate);
        let date = calendar.zone.to_datetime(rate.timestamp(tick)).date();
        // Where clocks jump across midnight, the date they show may be a day off.
        let near = [Some(date), date.yesterday().ok(), date.tomorrow().ok()];
        let holds = |date: &Date| {
            let day = calendar.day(*date);
            rate.tick_from(day.start) <= tick && tick < rate.tick_from(day.end)
        };
        near.into_iter().flatten().find(holds).unwrap_or(date)
    }
}

fn tiers(track: &Track, rate: Rate, quotas: &Arc<[Quota]>) -> Vec<Arc<Tier>> {
    let tiers = Priority::ALL
        .iter()
        .rev()
        .filter_map(|priority| Tier::new(track, *priority, rate, quotas));
    tiers.map(Arc::new).collect()
}
