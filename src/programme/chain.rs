//! The timeline of one tier, as though nothing lay above it.
//!
//! A stretch runs from one edge to the next. In it, segments chain: the first is anchored at the stretch's start; where the
//! composition in force differs from the running one, a new segment begins at the next page boundary. The work for a day is
//! linear in what it shows and in what comes and goes: a segment costs the slots that it shows, at most one round, and one word per
//! 64 entries. A segment with quotas costs its whole order, once for each composition.

use std::{collections::HashMap, sync::Arc};

use super::{
    arrange::{Arrangement, arrange},
    bits::Bits,
    openings::{Days, Openings, Turn},
    plan::Material,
    roster::Roster,
    segment::{Reel, Segment},
    tier::Tier,
};
use crate::units::Tick;

/// The segments of `tier` that touch `days`, in order; between them the tier shows nothing.
pub(super) fn chain(tier: &Tier, openings: &Openings, days: &Days) -> Vec<Segment> {
    let edges = &openings.edges;
    let mut next = edges.partition_point(|edge| edge.tick <= days.first());
    // There is one: the first midnight is an anchor unless something turned on the day before.
    let mut start = edges[..next].last().map_or_else(|| days.first(), |edge| edge.tick);
    let mut chain = Chain {
        tier,
        roster: Roster::at(tier, start, openings),
        segments: Vec::new(),
        arrangements: HashMap::new(),
    };
    while start < days.last() {
        let end = edges
            .get(next)
            .map_or(Tick(i64::MAX), |edge| edge.tick)
            .min(days.last());
        chain.run(start, end);
        chain.roster.advance(end);
        while let Some(edge) = edges.get(next).filter(|edge| edge.tick <= end) {
            match edge.turn {
                Some(Turn::Playlist(playlist, open)) => chain.roster.set_open(playlist, open),
                Some(Turn::Solemn(begins)) => chain.roster.set_solemn(begins),
                None => {}
            }
            next += 1;
        }
        start = end;
    }
    chain.segments
}

#[derive(Debug)]
struct Chain<'a> {
    tier: &'a Tier,
    roster: Roster<'a>,
    segments: Vec<Segment>,
    /// The orders of the compositions with quotas that came up so far: the same one often comes again.
    arrangements: HashMap<Bits, Arc<Arrangement>>,
}

impl Chain<'_> {
    /// One stretch, from `start` until `end`.
    fn run(&mut self, start: Tick, end: Tick) {
        let (mut now, mut after) = (start, None);
        while now < end {
            now = if self.roster.playing().is_empty() {
                after = None;
                self.wait(end)
            } else {
                let segment = self.play(now, end, after);
                let (until, last) = (segment.until, segment.locate(self.tier, Tick(segment.until.0 - 1)));
                after = Some(self.tier.entries[last.entry].material);
                self.segments.push(segment);
                until
            };
        }
    }

    /// Goes on to the next tick at which somebody comes or goes.
    fn wait(&mut self, end: Tick) -> Tick {
        let turn = self.roster.next_turn().filter(|turn| *turn < end);
        if let Some(turn) = turn {
            self.roster.advance(turn);
        }
        turn.unwrap_or(end)
    }

    /// Runs one segment from `start`, until which the tier shows `after`.
    fn play(&mut self, start: Tick, end: Tick, after: Option<Material>) -> Segment {
        let arrangement = self.arrangement();
        let mut reel = Reel::new(self.tier, self.roster.playing(), start, after, arrangement);
        let mut until = end;
        while let Some(turn) = self.roster.next_turn().filter(|turn| *turn < end) {
            let change = if self.tier.is_urgent() {
                turn
            } else {
                reel.boundary(turn)
            };
            if change >= end {
                break;
            }
            self.roster.advance(change);
            if self.roster.playing() != reel.playing() {
                until = change;
                break;
            }
        }
        reel.finish(until)
    }

    /// The order of the entries that play, where any of them has a quota.
    fn arrangement(&mut self) -> Option<Arc<Arrangement>> {
        let playing = self.roster.playing();
        playing.next_in_both(&self.tier.quoted, 0)?;
        if let Some(known) = self.arrangements.get(playing) {
            return Some(Arc::clone(known));
        }
        let fresh = Arc::new(arrange(self.tier, playing));
        self.arrangements.insert(playing.clone(), Arc::clone(&fresh));
        Some(fresh)
    }
}
