//! Every opening of every stretch of every window: none missed, none doubled.
//!
//! Each stretch has a zone of its own on the screen [`SLOTS`](super::text::SLOTS), in which nothing else plays.

use std::sync::Arc;

use yingbi::{programme::Day, units::Tick, wall::Wall};

use super::{
    civil,
    compare::jiff_date,
    days::Opening,
    model::Site,
    oracle::Oracle,
    random::Span,
    text::{self, Slot},
    tzif::Zone,
};

pub(super) struct Slots {
    screen: usize,
    rate: i64,
    tracks: Vec<Track>,
}

struct Track {
    slot: Slot,
    /// Those that are to be seen in the span, by the days that name them.
    expected: Vec<Opening>,
    /// Those that were, from when until when, in order; each as often as it came after another or after a time without.
    seen: Vec<(i64, i64)>,
    /// The times in which it was open, joined.
    open: Vec<(i64, i64)>,
    /// From the first to the last instant that is looked at.
    span: (i64, i64),
}

impl Slots {
    pub(super) fn new(site: &Site, oracle: &Oracle<'_>, wall: &Wall, span: Span) -> Self {
        let zone = oracle.days.zone;
        let (start, end) = (zone.midnight(span.first), zone.midnight(span.first + span.days));
        let slots = text::slots(site);
        let tracks = slots.into_iter().map(|slot| Track {
            slot,
            expected: visible(openings(site, oracle, slot), start, end),
            seen: Vec::new(),
            open: Vec::new(),
            span: (start, end),
        });
        let screens = &wall.site().screens;
        let screen = screens.iter().position(|screen| &*screen.id == text::SLOTS);
        Self {
            screen: screen.expect("the screen of slots"),
            rate: site.screens[0].rate,
            tracks: tracks.collect(),
        }
    }

    pub(super) fn day(&mut self, wall: &Arc<Wall>, zone: &Zone, day: i64) -> Result<(), String> {
        let compiled = wall.programme().compile(self.screen, jiff_date(day));
        let (start, end) = (zone.midnight(day), zone.midnight(day + 1));
        for (number, track) in self.tracks.iter_mut().enumerate() {
            track.day(&compiled, number, self.rate, (start, end))?;
        }
        Ok(())
    }

    /// How many openings there were.
    pub(super) fn finish(&self) -> Result<u64, String> {
        for track in &self.tracks {
            track.finish()?;
        }
        Ok(self.tracks.iter().map(|track| track.seen.len() as u64).sum())
    }
}

impl Track {
    fn day(&mut self, compiled: &Day, number: usize, rate: i64, (start, end): (i64, i64)) -> Result<(), String> {
        let cues = compiled.cues(number, Tick(start * rate), Tick(end * rate));
        let mut instants: Vec<i64> = Vec::new();
        for cue in cues {
            let (since, until) = (cue.since.0.max(start * rate), cue.until.0.min(end * rate));
            if since % rate != 0 || until % rate != 0 {
                return Err(format!("{:?} opens within a second: {since} to {until}", self.slot));
            }
            let (since, until) = (since / rate, until / rate);
            instants.push(since);
            match self.open.last_mut() {
                Some((_, open)) if *open == since => *open = until,
                _ => self.open.push((since, until)),
            }
        }
        // Where openings touch, no page need begin.
        let edges = self
            .expected
            .iter()
            .flat_map(|opening| [opening.start, opening.end - 1]);
        instants.extend(edges.filter(|edge| (start..end).contains(edge)));
        instants.sort_unstable();
        for instant in instants {
            self.look(compiled, number, rate, instant)?;
        }
        Ok(())
    }

    fn look(&mut self, compiled: &Day, number: usize, rate: i64, instant: i64) -> Result<(), String> {
        let Some(why) = compiled.why(number, Tick(instant * rate)) else {
            return Err(format!("{:?} is to be open at {instant}, and is not", self.slot));
        };
        let window = why.window.expect("a playlist with windows is open by one of them");
        let seen = (window.occurrence.start.as_second(), window.occurrence.end.as_second());
        if self.seen.last() != Some(&seen) {
            self.seen.push(seen);
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), String> {
        let expected: Vec<(i64, i64)> = self
            .expected
            .iter()
            .map(|opening| (opening.start, opening.end))
            .collect();
        self.differs("openings", &expected, &self.seen)?;
        self.differs("times open", &joined(&expected, self.span), &self.open)
    }

    fn differs(&self, what: &str, expected: &[(i64, i64)], found: &[(i64, i64)]) -> Result<(), String> {
        if expected == found {
            return Ok(());
        }
        let at = (0..).find(|at| expected.get(*at) != found.get(*at)).unwrap_or(0);
        let (expected, found) = (expected.get(at), found.get(at));
        let named = self.expected.get(at).map(|opening| civil::written(opening.day));
        let slot = self.slot;
        Err(format!(
            "{what} of {slot:?}, number {at} ({named:?}): expected {expected:?}, found {found:?}"
        ))
    }
}

/// The times in which any of the openings is open within the span; rising, and none touching the next.
fn joined(openings: &[(i64, i64)], (start, end): (i64, i64)) -> Vec<(i64, i64)> {
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (from, until) in openings
        .iter()
        .map(|(from, until)| (*from.max(&start), *until.min(&end)))
    {
        match joined.last_mut() {
            Some((_, last)) if from <= *last => *last = until.max(*last),
            _ => joined.push((from, until)),
        }
    }
    joined
}

fn openings(site: &Site, oracle: &Oracle<'_>, (list, window, hours): Slot) -> Vec<Opening> {
    let before = site.playlists[list].windows[..window]
        .iter()
        .map(|window| window.hours.len());
    let stretch = before.sum::<usize>() + hours;
    oracle.open[list][stretch].iter().flatten().copied().collect()
}

/// Those that are seen from `start` until `end`: not those that an earlier one covers altogether.
fn visible(openings: Vec<Opening>, start: i64, end: i64) -> Vec<Opening> {
    let mut seen: Vec<Opening> = Vec::new();
    let mut covered = start;
    for opening in openings {
        if covered < opening.end && opening.start < end && opening.start.max(start) < opening.end.min(end) {
            covered = covered.max(opening.end);
            seen.push(opening);
        }
    }
    seen
}
