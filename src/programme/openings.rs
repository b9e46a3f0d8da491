//! When the playlists of a tier are open around one civil day, and where its loops are anchored.

use std::sync::Arc;

use jiff::{ToSpan, civil::Date};

use super::{
    cue::{OpenWindow, Opening},
    tier::{Tier, TierPlaylist},
};
use crate::{
    calendar::{Calendar, Occurrence, Purpose, When},
    units::{Rate, Tick},
};

/// An occurrence that reaches into a day was named at most so many days before: one for its midnight, up to two more where a
/// zone skips a day.
const LOOK_BACK: i8 = 3;

/// The ticks around one civil day that decide it.
#[derive(Clone, Debug)]
pub(super) struct Days {
    pub(super) calendar: Arc<Calendar>,
    pub(super) rate: Rate,
    /// The civil days from two before to one after, and before them those whose windows may reach in; rising.
    dates: Vec<(Date, Occurrence)>,
    /// Where the days begin: two before, one before, the day, one after, two after.
    pub(super) starts: [Tick; 5],
}

impl Days {
    pub(super) fn around(date: Date, calendar: &Arc<Calendar>, rate: Rate) -> Self {
        let day = |offset: i8| date.checked_add(i32::from(offset).days()).ok();
        let mut begin = Tick(i64::MIN);
        let starts = [-2, -1, 0, 1, 2].map(|offset| {
            let start = day(offset).map(|date| rate.tick_from(calendar.day(date).start));
            // Beyond the last date that there is, days are empty.
            begin = start
                .unwrap_or_else(|| rate.tick_from(calendar.day(date).end))
                .max(begin);
            begin
        });
        Self {
            calendar: Arc::clone(calendar),
            rate,
            dates: (-2 - LOOK_BACK..=2)
                .filter_map(day)
                .map(|date| (date, calendar.day(date)))
                .collect(),
            starts,
        }
    }

    /// The first tick of the day.
    pub(super) const fn start(&self) -> Tick {
        self.starts[2]
    }

    /// The first tick after the day.
    pub(super) const fn end(&self) -> Tick {
        self.starts[3]
    }

    /// The first tick of the day before: what it showed last goes out into this day.
    pub(super) const fn first(&self) -> Tick {
        self.starts[1]
    }

    /// The first tick after the day after: no page of this day lasts longer.
    pub(super) const fn last(&self) -> Tick {
        self.starts[4]
    }

    /// The civil days whose windows may reach into these days, each in ticks; rising.
    pub(super) fn dates(&self) -> impl Iterator<Item = (Date, Tick, Tick)> + '_ {
        let ticks = |day: &Occurrence| (self.rate.tick_from(day.start), self.rate.tick_from(day.end));
        self.dates.iter().map(move |(date, day)| {
            let (from, until) = ticks(day);
            (*date, from, until)
        })
    }

    /// The solemn days among them, as disjoint spans that rise and do not touch.
    pub(super) fn solemn(&self) -> Vec<(Tick, Tick)> {
        let solemn = self.dates().filter(|(date, ..)| self.calendar.solemn(*date).is_some());
        joined(solemn.map(|(_, from, until)| (from, until)).collect())
    }

    /// All openings of `windows` that reach into these days, by window.
    pub(super) fn windows(&self, windows: &[When], purpose: Purpose) -> Vec<Window> {
        let open = windows.iter().enumerate().flat_map(|(when, window)| {
            self.dates.iter().filter_map(move |(date, day)| {
                let occurrence = window.occurrence(*date, &self.calendar, purpose)?;
                Some(self.window(when, *day, occurrence))
            })
        });
        open.filter(|window| window.from < window.until).collect()
    }

    fn window(&self, when: usize, day: Occurrence, occurrence: Occurrence) -> Window {
        Window {
            when,
            occurrence,
            from: self.rate.tick_from(occurrence.start),
            until: self.rate.tick_from(occurrence.end),
            whole_day: occurrence.start == day.start && occurrence.end >= day.end,
        }
    }
}

/// One opening of a window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// The window's index in its playlist.
    pub(super) when: usize,
    pub(super) occurrence: Occurrence,
    pub(super) from: Tick,
    pub(super) until: Tick,
    /// Whether it holds the whole civil day that names it.
    whole_day: bool,
}

impl Window {
    pub(super) fn holds(&self, tick: Tick) -> bool {
        self.from <= tick && tick < self.until
    }

    pub(super) const fn open(&self) -> OpenWindow {
        OpenWindow {
            when: self.when,
            occurrence: self.occurrence,
        }
    }
}

/// What opens and closes in a tier around one day.
#[derive(Clone, Debug)]
pub(super) struct Openings {
    /// Of each playlist of the tier, its windows; none where it has none written and so is always open.
    windows: Vec<Option<Vec<Window>>>,
    /// The solemn days, where the tier has something festive.
    solemn: Vec<(Tick, Tick)>,
    /// The anchors, rising, and what happens at them.
    pub(super) edges: Vec<Edge>,
}

/// A tick at which a new segment begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) tick: Tick,
    /// What turns; `None` where a day only begins anew.
    pub(super) turn: Option<Turn>,
}

/// What turns at an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    /// The playlist of the tier opens or closes.
    Playlist(usize, bool),
    /// Solemn days begin or end.
    Solemn(bool),
}

impl Openings {
    pub(super) fn new(tier: &Tier, days: &Days) -> Self {
        let windows_of =
            |playlist: &TierPlaylist| (!playlist.when.is_empty()).then(|| days.windows(&playlist.when, Purpose::Play));
        let windows: Vec<Option<Vec<Window>>> = tier.playlists.iter().map(windows_of).collect();
        let mut edges = Vec::new();
        for (playlist, windows) in windows.iter().enumerate() {
            match windows {
                Some(windows) => add_edges(playlist, windows, &mut edges),
                None => edges.extend(days.starts.map(Edge::anew)),
            }
        }
        let solemn = if tier.has_festive() { days.solemn() } else { Vec::new() };
        for (from, until) in &solemn {
            edges.extend([(*from, true), (*until, false)].map(|(tick, begins)| Edge {
                tick,
                turn: Some(Turn::Solemn(begins)),
            }));
        }
        edges.sort_unstable();
        add_quiet_midnights(days, &mut edges);
        Self { windows, solemn, edges }
    }

    /// Whether the playlist of the tier is open at `tick`.
    pub(super) fn is_open(&self, playlist: usize, tick: Tick) -> bool {
        self.windows[playlist].is_none() || self.window(playlist, tick).is_some()
    }

    /// Whether what is festive in the tier is off at `tick`.
    pub(super) fn is_solemn(&self, tick: Tick) -> bool {
        holds(&self.solemn, tick)
    }

    /// Whether the playlist of the tier is open at `tick`, and by what; if not, when it opens next.
    pub(super) fn opening(&self, playlist: usize, tick: Tick) -> Opening {
        let Some(windows) = &self.windows[playlist] else {
            return Opening::Always;
        };
        let later = windows.iter().filter(|window| window.from > tick);
        match self.window(playlist, tick) {
            Some(window) => Opening::Open(window.open()),
            None => Opening::Closed(later.min_by_key(|window| window.from).map(Window::open)),
        }
    }

    /// The opening that holds the playlist open at `tick`: of several, that of the window written first.
    pub(super) fn window(&self, playlist: usize, tick: Tick) -> Option<&Window> {
        self.windows[playlist]
            .iter()
            .flatten()
            .find(|window| window.holds(tick))
    }
}

impl Edge {
    const fn anew(tick: Tick) -> Self {
        Self { tick, turn: None }
    }
}

/// The ticks at which any of `windows` is open, as disjoint spans that rise and do not touch.
pub(super) fn union(windows: &[Window]) -> Vec<(Tick, Tick)> {
    joined(windows.iter().map(|window| (window.from, window.until)).collect())
}

/// Whether `tick` lies in one of `spans`, which are disjoint and rise.
pub(super) fn holds(spans: &[(Tick, Tick)], tick: Tick) -> bool {
    let next = spans.partition_point(|(_, until)| *until <= tick);
    spans.get(next).is_some_and(|(from, _)| *from <= tick)
}

/// The same ticks as disjoint spans that rise and do not touch; empty ones are left out.
pub(super) fn joined(mut spans: Vec<(Tick, Tick)>) -> Vec<(Tick, Tick)> {
    spans.retain(|(from, until)| from < until);
    spans.sort_unstable();
    spans.dedup_by(|later, earlier| {
        let touches = later.0 <= earlier.1;
        if touches {
            earlier.1 = earlier.1.max(later.1);
        }
        touches
    });
    spans
}

/// The edges of the union of `windows`, and the beginnings of those that last a whole civil day.
fn add_edges(playlist: usize, windows: &[Window], edges: &mut Vec<Edge>) {
    edges.extend(
        windows
            .iter()
            .filter(|window| window.whole_day)
            .map(|window| Edge::anew(window.from)),
    );
    for (from, until) in union(windows) {
        edges.extend([(from, true), (until, false)].map(|(tick, opens)| Edge {
            tick,
            turn: Some(Turn::Playlist(playlist, opens)),
        }));
    }
}

/// Anchors at the midnights before which nothing opened or closed for a whole day, so that no day depends on more than the one
/// before it.
fn add_quiet_midnights(days: &Days, edges: &mut Vec<Edge>) {
    let quiet = |day: &&[Tick]| {
        let first = edges.partition_point(|edge| edge.tick < day[0]);
        edges.get(first).is_none_or(|edge| edge.tick >= day[1])
    };
    let midnights: Vec<Edge> = days.starts[..4]
        .windows(2)
        .filter(quiet)
        .map(|day| Edge::anew(day[1]))
        .collect();
    edges.extend(midnights);
    edges.sort_unstable();
}
