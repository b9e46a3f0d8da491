//! Puts the program's answers beside the oracle's: every tick of the seconds around edges, every minute elsewhere.

use std::{collections::HashMap, sync::Arc};

use jiff::civil::Date;
use yingbi::{
    programme::{self, Day, Light},
    units::Tick,
    wall::Wall,
};

use super::{
    civil,
    follow::Follow,
    model::{PRIORITIES, Site, WHOLE},
    oracle::{Dark, Oracle, Shown},
    random::Span,
    rows,
    slots::Slots,
    text::{self, NAMES, SLOTS},
    tzif::Zone,
};
use crate::support::site::messages;

/// How many seconds before and after an edge are looked at, each with all its ticks.
const AROUND: i64 = 10;

/// At one edge in so many the rows of the timeline and the next light are looked at as well: they compile days anew.
const SELDOM: u64 = 20;

/// What has been compared.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    pub(super) days: i64,
    /// Ticks of a screen, all its zones together.
    pub(super) instants: u64,
    pub(super) edges: u64,
    /// Openings that came once, each.
    pub(super) slots: u64,
    /// Zones of an instant in which the page before was permitted as well.
    pub(super) late: u64,
    /// Instants lit, dark in a silence, for maintenance, on a holiday, by the hours, lit by an alert.
    pub(super) light: [u64; 6],
}

impl Figures {
    pub(super) fn add(&mut self, other: &Self) {
        self.days += other.days;
        self.instants += other.instants;
        self.edges += other.edges;
        self.slots += other.slots;
        self.late += other.late;
        for (sum, more) in self.light.iter_mut().zip(other.light) {
            *sum += more;
        }
    }
}

/// Compares the site through the span; an error says where they differ first.
pub(super) fn check(site: &Site, zone: &Zone, span: Span) -> Result<Figures, String> {
    let library = text::files(site).library();
    let problems = messages(library.problems());
    if !problems.is_empty() {
        return Err(format!("the site is refused: {problems:?}"));
    }
    let wall = library.wall().expect("there is a good site.toml");
    Check::new(site, zone, span, wall)?.run()
}

struct Check<'a> {
    site: &'a Site,
    zone: &'a Zone,
    span: Span,
    oracle: Oracle<'a>,
    wall: &'a Arc<Wall>,
    /// The item of each material.
    items: HashMap<u32, usize>,
    /// Of each screen, of each track, the playlists of its plan.
    lists: Vec<Vec<Vec<usize>>>,
    slots: Slots,
    figures: Figures,
}

/// One screen on its way through the span.
struct Way {
    screen: usize,
    rate: i64,
    tracks: Vec<Follow>,
}

impl<'a> Check<'a> {
    fn new(site: &'a Site, zone: &'a Zone, span: Span, wall: &'a Arc<Wall>) -> Result<Self, String> {
        let oracle = Oracle::new(site, zone, span.first - 1, span.first + span.days);
        let check = Self {
            items: items(site, wall),
            lists: lists(site, wall),
            slots: Slots::new(site, &oracle, wall, span),
            site,
            zone,
            span,
            oracle,
            wall,
            figures: Figures::default(),
        };
        check.terms()?;
        Ok(check)
    }

    /// The items come and go when the oracle says so.
    fn terms(&self) -> Result<(), String> {
        let theirs: HashMap<&str, _> = self
            .wall
            .items()
            .iter()
            .zip(self.wall.terms())
            .map(|(item, term)| (&*item.id, term))
            .collect();
        for (item, ours) in self.oracle.terms.iter().enumerate() {
            let id = self.site.id(item);
            let term = theirs[&*id];
            let seconds = |at: Option<jiff::Timestamp>| at.map(jiff::Timestamp::as_second);
            if (ours.from, ours.until) != (seconds(term.from), seconds(term.until)) {
                let at = |at: Option<i64>| at.map(|at| self.told(at));
                let (ours, theirs) = (
                    (at(ours.from), at(ours.until)),
                    (at(seconds(term.from)), at(seconds(term.until))),
                );
                return Err(format!(
                    "the term of {id}: expected {ours:?}, found {theirs:?}, {:?}",
                    term.end
                ));
            }
        }
        Ok(())
    }

    fn run(mut self) -> Result<Figures, String> {
        let mut ways: Vec<Way> = (0..self.site.screens.len()).map(|screen| self.way(screen)).collect();
        // The day before shows what may still be on.
        for day in self.span.first - 1..self.span.first + self.span.days {
            let edges = self.oracle.edges(day);
            if !self.zone.has(day) {
                self.check_gap(day)?;
                continue;
            }
            for way in &mut ways {
                self.day(way, day, &edges)?;
            }
            if day >= self.span.first {
                self.figures.days += 1;
                self.slots.day(self.wall, self.zone, day)?;
            }
        }
        self.figures.slots = self.slots.finish()?;
        Ok(self.figures)
    }

    fn way(&self, screen: usize) -> Way {
        let tracks = self.site.screens[screen].zones.len() + 1;
        Way {
            screen,
            rate: self.site.screens[screen].rate,
            tracks: (0..tracks).map(|_| Follow::default()).collect(),
        }
    }

    /// A day that the zone leaves out has no tick.
    fn check_gap(&self, day: i64) -> Result<(), String> {
        let compiled = self.wall.programme().compile(0, jiff_date(day));
        if compiled.start() == compiled.end() {
            Ok(())
        } else {
            Err(format!(
                "{} is no day here, but it is compiled to one",
                civil::written(day)
            ))
        }
    }

    fn day(&mut self, way: &mut Way, day: i64, edges: &[i64]) -> Result<(), String> {
        let compiled = self.wall.programme().compile(way.screen, jiff_date(day));
        let (start, end) = (self.zone.midnight(day), self.zone.midnight(day + 1));
        let ticks = (compiled.start().0, compiled.end().0);
        if ticks != (start * way.rate, end * way.rate) {
            let name = civil::written(day);
            return Err(format!("{name} goes from {start} to {end}, not in the ticks {ticks:?}"));
        }
        let ends = edges[1..].iter().copied().chain([end]);
        for (from, until) in edges.iter().copied().zip(ends) {
            let shown = self.oracle.at(way.screen, day, from);
            for (follow, tiers) in way.tracks.iter_mut().zip(&shown.tracks) {
                follow.step(self.site, tiers, from * way.rate, way.rate);
            }
            if day >= self.span.first {
                self.stretch(way, &compiled, day, (from, until), &shown)?;
            }
        }
        Ok(())
    }

    /// From one edge to the next.
    fn stretch(
        &mut self,
        way: &Way,
        compiled: &Day,
        day: i64,
        (from, until): (i64, i64),
        shown: &Shown,
    ) -> Result<(), String> {
        self.figures.edges += 1;
        let (first, end) = (from * way.rate, until * way.rate);
        // After an edge, so long as a page may last over it.
        let mut settled = (first + AROUND * way.rate).min(end);
        while settled < end && way.tracks.iter().any(|track| track.is_late(settled)) {
            settled += 1;
        }
        let last = settled.max(end - AROUND * way.rate);
        for tick in (first..settled).chain(last..end) {
            self.tick(way, compiled, tick, shown)?;
            self.why(way, compiled, day, tick)?;
        }
        let minute = 60 * way.rate;
        let first_minute = settled + (-settled).rem_euclid(minute);
        for tick in (first_minute..last).step_by(minute as usize) {
            self.tick(way, compiled, tick, shown)?;
        }
        let date = self.wall.programme().date(way.screen, Tick(first));
        if date != jiff_date(day) {
            return Err(self.at(
                first,
                way,
                format!("it belongs to {}, not to {date}", civil::written(day)),
            ));
        }
        if self.figures.edges.is_multiple_of(SELDOM) {
            let reach = (from, (from + 10).min(until));
            rows::check(self.wall, compiled, (way.screen, way.rate), reach)
                .map_err(|what| self.at(first, way, what))?;
            self.dawn(way, day, from)?;
        }
        Ok(())
    }

    fn tick(&mut self, way: &Way, compiled: &Day, tick: i64, shown: &Shown) -> Result<(), String> {
        self.figures.instants += 1;
        self.figures.light[light_kind(shown)] += 1;
        let light = compiled.light(Tick(tick));
        if !is_light(shown, &light) {
            let expected = (&shown.dark, shown.alarm);
            return Err(self.at(tick, way, format!("expected {expected:?}, found {light:?}")));
        }
        for (track, follow) in way.tracks.iter().enumerate() {
            let cue = compiled.at(track, Tick(tick));
            let found = match &cue {
                None => None,
                Some(cue) => {
                    let item = self.items.get(&cue.material.0).copied();
                    let list = self.lists[way.screen][track][cue.playlist];
                    Some((list, item.expect("every item is among the names")))
                }
            };
            self.figures.late += u64::from(follow.is_late(tick));
            if !follow.permits(found, tick) {
                let found = found.map(|(list, item)| (&self.site.playlists[list].file, self.site.id(item)));
                let what = format!("track {track}: expected {}, found {found:?}", self.expected(follow));
                return Err(self.at(tick, way, what));
            }
        }
        Ok(())
    }

    /// The first light by the hours that is promised from `instant` on comes when the oracle's does.
    fn dawn(&self, way: &Way, day: i64, instant: i64) -> Result<(), String> {
        let end = self.span.first + self.span.days;
        let edges = (day..end).flat_map(|day| self.oracle.edges(day).into_iter().map(move |edge| (day, edge)));
        let mut lit = edges
            .filter(|(day, edge)| *edge >= instant && self.oracle.dark(way.screen, *day, *edge).is_none())
            .map(|(_, edge)| edge * way.rate);
        let (expected, found) = (
            lit.next(),
            self.wall.programme().dawn(way.screen, Tick(instant * way.rate)),
        );
        let found = found.map(|tick| tick.0);
        let is_right = match expected {
            Some(_) => found == expected,
            // Past the span, who knows.
            None => found.is_none_or(|found| found >= self.zone.midnight(end) * way.rate),
        };
        if is_right {
            return Ok(());
        }
        let what = format!("the next light: expected tick {expected:?}, found {found:?}");
        Err(self.at(instant * way.rate, way, what))
    }

    /// The reason that is given for what is shown, where something is.
    fn why(&self, way: &Way, compiled: &Day, day: i64, tick: i64) -> Result<(), String> {
        let instant = tick.div_euclid(way.rate);
        for track in 0..way.tracks.len() {
            let Some(cue) = compiled.at(track, Tick(tick)) else {
                continue;
            };
            let list = self.lists[way.screen][track][cue.playlist];
            let why = compiled.why(track, Tick(tick)).expect("what is shown has a reason");
            let is_held = match why.window {
                None => self.site.playlists[list].windows.is_empty(),
                Some(window) => {
                    let span = (window.occurrence.start.as_second(), window.occurrence.end.as_second());
                    let openings = &self.oracle.open[list][window.when];
                    let mut near = self.oracle.near(openings, day);
                    near.any(|opening| (opening.start, opening.end) == span && opening.holds(instant))
                }
            };
            let priority = PRIORITIES[self.site.playlists[list].priority];
            if !is_held || why.priority.name() != priority {
                return Err(self.at(tick, way, format!("track {track}: no such reason: {why:?}")));
            }
        }
        Ok(())
    }

    fn expected(&self, follow: &Follow) -> String {
        let Some(tier) = follow.top() else {
            return "nothing".into();
        };
        let lists = tier.items.iter().map(|(list, items)| {
            let items = (0..self.site.items.len()).filter(|item| items >> item & 1 == 1);
            let ids: Vec<String> = items.map(|item| self.site.id(item)).collect();
            format!("{} {ids:?}", self.site.playlists[*list].file)
        });
        lists.collect::<Vec<String>>().join(" or ")
    }

    fn at(&self, tick: i64, way: &Way, what: impl AsRef<str>) -> String {
        let (id, what) = (self.site.screens[way.screen].id, what.as_ref());
        let (instant, part) = (tick.div_euclid(way.rate), tick.rem_euclid(way.rate));
        format!("at {} and {part}/{} s on {id}: {what}", self.told(instant), way.rate)
    }

    /// `1774665600 (2026-03-28 10:40:00 here)`
    fn told(&self, instant: i64) -> String {
        format!("{instant} ({} here)", civil::written_time(self.zone.civil(instant)))
    }
}

fn items(site: &Site, wall: &Wall) -> HashMap<u32, usize> {
    let screens = &wall.programme().plan().screens;
    let slots = screens
        .iter()
        .find(|screen| &*screen.id == SLOTS)
        .expect("the screen of slots");
    let names = slots
        .tracks
        .iter()
        .find(|track| &*track.zone == NAMES)
        .expect("the zone of names");
    let plays = names.playlists[0].plays.iter();
    let materials = plays.map(|play| play.entries[0].material.0);
    materials.zip(0..site.items.len()).collect()
}

fn lists(site: &Site, wall: &Wall) -> Vec<Vec<Vec<usize>>> {
    let number = |file: &str| site.playlists.iter().position(|list| list.file == file);
    let planned = wall.programme().plan().screens.iter().zip(&site.screens);
    planned
        .map(|(planned, screen)| {
            let zones: Vec<&str> = planned.tracks.iter().map(|track| &*track.zone).collect();
            let expected: Vec<&str> = screen.zones.iter().copied().chain([WHOLE]).collect();
            assert_eq!(zones, expected);
            let tracks = planned.tracks.iter().map(|track| {
                let files = track.playlists.iter().map(|list| number(&list.file));
                files.map(|list| list.expect("a playlist of the model")).collect()
            });
            tracks.collect()
        })
        .collect()
}

fn is_light(shown: &Shown, light: &Light) -> bool {
    match (&shown.dark, shown.alarm, light) {
        (None, _, Light::Lit(_)) => true,
        (Some(reason), false, Light::Dark(dark, _)) | (Some(reason), true, Light::Alarm(dark, _)) => {
            is_reason(reason, dark)
        }
        _ => false,
    }
}

fn is_reason(expected: &Dark, found: &programme::Dark) -> bool {
    match (expected, found) {
        (Dark::Silence(names), programme::Dark::Silence(name))
        | (Dark::Maintenance(names), programme::Dark::Maintenance(name)) => names.iter().any(|one| **one == **name),
        (Dark::Holiday(expected), programme::Dark::Holiday(name)) => **expected == **name,
        (Dark::Hours, programme::Dark::Hours) => true,
        _ => false,
    }
}

/// Its place among [`Figures::light`].
fn light_kind(shown: &Shown) -> usize {
    match (&shown.dark, shown.alarm) {
        (None, _) => 0,
        (Some(_), true) => 5,
        (Some(Dark::Silence(_)), _) => 1,
        (Some(Dark::Maintenance(_)), _) => 2,
        (Some(Dark::Holiday(_)), _) => 3,
        (Some(Dark::Hours), _) => 4,
    }
}

/// The day as the program takes it.
pub(super) fn jiff_date(day: i64) -> Date {
    let (year, month, of_month) = civil::date(day);
    let small = |number: i64| i8::try_from(number).expect("a month or a day");
    Date::constant(i16::try_from(year).expect("a year"), small(month), small(of_month))
}
