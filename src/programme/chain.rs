//! The timeline of one tier, as though nothing lay above it.
//!
//! A stretch runs from one edge to the next. In it, segments chain: the first is anchored at the stretch's start; where the
//! composition in force differs from the running one, a new segment begins at the next page boundary. The work for a day is
//! linear in what it shows and in what comes and goes: a segment costs the slots that it shows, at most one round, and one word per
//! 64 entries.

use super::{
    openings::{Days, Openings, Turn},
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
}

impl Chain<'_> {
    /// One stretch, from `start` until `end`.
    fn run(&mut self, start: Tick, end: Tick) {
        let mut now = start;
        while now < end {
            now = if self.roster.playing().is_empty() {
                self.wait(end)
            } else {
                self.play(now, end)
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

    /// Runs one segment from `start`; returns where it ends.
    fn play(&mut self, start: Tick, end: Tick) -> Tick {
        let mut reel = Reel::new(self.tier, self.roster.playing(), start);
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
        self.segments.push(reel.finish(until));
        until
    }
}
