//! What the LEDs show at a moment: programs in turn, dynamic areas with them or in their place.

use std::sync::Arc;

use super::{
    Receiver,
    area::{Dynamic, millis},
    program::Program,
    region::Position,
    state::{Lock, Playing, Until},
};
use crate::{frame::Frame, units::Moment};
use std::time::Duration;

/// All that is lit at a moment, from the lowest to the highest.
struct Scene {
    /// Of the program that plays, its index and where its regions are.
    program: Option<(usize, Vec<Position>)>,
    areas: Vec<(Arc<Dynamic>, Position)>,
    /// How many ms later it may be otherwise.
    changes: u64,
}

impl Receiver {
    /// Lights what is shown.
    pub(super) fn compose(&mut self, now: Moment) -> Frame {
        let mut frame = Frame::new(self.build.size);
        if self.mischief.lacks_parameters {
            return frame;
        }
        let scene = self.scene(now);
        if let Some((index, positions)) = &scene.program {
            let regions = &self.ram.programs[*index].regions;
            for (region, position) in regions.iter().zip(positions) {
                region.paint(*position, &mut frame);
            }
        }
        for (area, position) in &scene.areas {
            area.paint(*position, &mut frame);
        }
        for area in self.ram.words.values() {
            area.paint(self.build.lamps, &mut frame, now);
        }
        frame
    }

    /// How many ms after `now` the picture may be otherwise.
    pub(super) fn changes(&mut self, now: Moment) -> u64 {
        let words = self.ram.words.values().map(|area| area.changes(now)).min();
        self.scene(now).changes.min(words.unwrap_or(u64::MAX))
    }

    fn scene(&mut self, now: Moment) -> Scene {
        let playing = self.playing(now);
        let mut changes = u64::MAX;
        let mut areas = Vec::new();
        for area in self.ram.areas.values() {
            let (position, next) = area.at(now);
            changes = changes.min(next);
            areas.extend(position.map(|position| (Arc::clone(area), position)));
        }
        if areas.iter().any(|(area, _)| area.is_alone) {
            areas.retain(|(area, _)| area.is_alone);
            return Scene {
                program: None,
                areas,
                changes,
            };
        }
        let number = playing.map(|(index, _)| self.ram.programs[index].number);
        areas.retain(|(area, _)| number.is_none() && self.ram.programs.is_empty() || area.goes_with(number));
        let program = playing.map(|(index, since)| {
            let program = &self.ram.programs[index];
            let elapsed = millis(now, since);
            changes = changes.min(self.program_ends(program, elapsed));
            let at = program.regions.iter().map(|region| region.at(elapsed));
            let positions = at.map(|(position, next)| {
                changes = changes.min(next);
                position
            });
            (index, positions.collect())
        });
        if self.ram.programs.iter().any(|program| !program.is_always()) || self.ram.lock.is_some() {
            changes = changes.min(1_000);
        }
        Scene {
            program,
            areas,
            changes,
        }
    }

    /// How many ms it takes until another program may follow.
    fn program_ends(&self, program: &Program, elapsed: u64) -> u64 {
        match self.ram.programs.len() {
            0 | 1 => u64::MAX,
            _ => (program.lasts - elapsed % program.lasts.max(1)).max(1),
        }
    }

    /// The index of the program that plays, and since when.
    pub(super) fn playing(&mut self, now: Moment) -> Option<(usize, Moment)> {
        let candidates = self.candidates(now);
        let Some(first) = candidates.first() else {
            self.ram.playing = None;
            return None;
        };
        let programs = &self.ram.programs;
        let place = |name| candidates.iter().position(|index| programs[*index].name == name);
        let kept = self
            .ram
            .playing
            .and_then(|playing| Some((place(playing.name)?, playing.since)));
        let Some((mut at, mut since)) = kept else {
            let name = programs[*first].name;
            self.ram.playing = Some(Playing { name, since: now });
            return Some((*first, now));
        };
        // A program that is alone goes on by itself, so that what runs through its pages has no gap.
        if candidates.len() > 1 {
            let lasts = |at: usize| programs[candidates[at]].lasts.max(1);
            let round: u64 = (0..candidates.len()).map(lasts).sum();
            since = since + Duration::from_millis(millis(now, since) / round * round);
            while millis(now, since) >= lasts(at) {
                since = since + Duration::from_millis(lasts(at));
                at = (at + 1) % candidates.len();
            }
        }
        let index = candidates[at];
        let name = programs[index].name;
        self.ram.playing = Some(Playing { name, since });
        Some((index, since))
    }

    /// The programs that may play at `now`: the locked one, else those of the highest priority whose time it is.
    fn candidates(&mut self, now: Moment) -> Vec<usize> {
        let programs = &self.ram.programs;
        let locked = self.ram.lock.and_then(|lock| {
            let index = programs.iter().position(|program| program.name == lock.name)?;
            lock.holds(&programs[index], now).then_some(index)
        });
        if let Some(index) = locked {
            return vec![index];
        }
        if self.ram.lock.is_some_and(|lock| lock.is_over(now)) {
            self.ram.lock = None;
        }
        let civil = self.clock.civil(now);
        let may = |index: &usize| programs[*index].may_play(civil);
        let playable: Vec<usize> = (0..programs.len()).filter(may).collect();
        let highest = playable.iter().map(|index| programs[*index].priority).max();
        let is_highest = |index: &usize| Some(programs[*index].priority) == highest;
        playable.into_iter().filter(is_highest).collect()
    }
}

impl Lock {
    /// Whether the program is still locked at `now`.
    fn holds(&self, program: &Program, now: Moment) -> bool {
        match self.until {
            Until::Forever => true,
            Until::At(end) => now < end,
            Until::Times(times, from) => millis(now, from) < u64::from(times).saturating_mul(program.once),
        }
    }

    /// Whether its time is over, whatever program it is for.
    fn is_over(&self, now: Moment) -> bool {
        matches!(self.until, Until::At(end) if now >= end)
    }
}
