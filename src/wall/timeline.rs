//! Everything that a screen shows between two instants, row by row.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    lane::Lane,
    view,
    whole::{WHOLE, Wall},
};
use crate::{
    playlist::Priority,
    programme::{Cue, Light},
    units::Tick,
};

/// One stretch of one zone, or of the whole screen while it is dark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The first instant.
    pub since: Timestamp,
    /// The first instant after.
    pub until: Timestamp,
    /// The screen's identity.
    pub screen: Arc<str>,
    /// The zone's identity, or `*`.
    pub zone: Arc<str>,
    /// What is shown.
    pub shown: Shown,
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A page of something.
    Page {
        /// The item's identity, or `clock`.
        item: Arc<str>,
        /// Its title.
        title: Arc<str>,
        /// Its page, from 1.
        page: u16,
        /// How many pages it has.
        pages: u16,
        /// The playlist's file.
        playlist: Arc<str>,
        /// The playlist's priority.
        priority: Priority,
    },
    /// Nothing: the screen is dark, for the reason given in Chinese and in English.
    Dark(String, String),
}

/// The rows of one screen, day after day, each day's rows in the order of their beginnings.
#[derive(Debug)]
pub struct Timeline {
    lane: Lane,
    from: Tick,
    until: Tick,
    rows: std::vec::IntoIter<Row>,
}

impl Wall {
    /// Everything that the screen at `screen` shows from `from` until before `until`; rows at both ends are cut there.
    pub fn timeline(self: &Arc<Self>, screen: usize, from: Timestamp, until: Timestamp) -> Timeline {
        let lane = Lane::new(Arc::clone(self), screen);
        let rate = lane.rate();
        Timeline {
            from: rate.tick_from(from),
            until: rate.tick_from(until),
            lane,
            rows: Vec::new().into_iter(),
        }
    }
}

impl Iterator for Timeline {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            if let Some(row) = self.rows.next() {
                return Some(row);
            }
            if self.from >= self.until {
                return None;
            }
            let until = self.lane.day(self.from).end().min(self.until);
            self.rows = self.day(until).into_iter();
            self.from = until;
        }
    }
}

impl Timeline {
    /// The rows from `self.from` until `until`, which is not after the day's end.
    fn day(&mut self, until: Tick) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut at = self.from;
        while at < until {
            let light = self.lane.day(at).light(at);
            let end = light.until().min(until);
            match light {
                Light::Dark(reason, _) => {
                    let (zh, en) = view::dark(&reason);
                    rows.push(self.row(at, end, WHOLE.into(), Shown::Dark(zh, en)));
                }
                Light::Alarm(..) => self.cues(at, end, Priority::Alert, &mut rows),
                Light::Lit(_) => self.lit(at, end, &mut rows),
            }
            at = end.max(at.next());
        }
        rows.sort_by_key(|row| row.since);
        rows
    }

    fn lit(&mut self, from: Tick, until: Tick, rows: &mut Vec<Row>) {
        let first = rows.len();
        self.cues(from, until, Priority::Filler, rows);
        let gaps = self.gaps(from, until, &mut rows[first..]);
        rows.extend(gaps);
    }

    /// The stretches of a lit screen in which none of `cues`, which are put in order, shows anything.
    fn gaps(&self, from: Tick, until: Tick, cues: &mut [Row]) -> Vec<Row> {
        cues.sort_by_key(|row| row.since);
        let rate = self.lane.rate();
        let mut gaps = Vec::new();
        let mut covered = from;
        for (since, end) in cues
            .iter()
            .map(|row| (rate.tick_at(row.since), rate.tick_at(row.until)))
            .chain([(until, until)])
        {
            if covered < since {
                let (zh, en) = view::nothing();
                gaps.push(self.row(covered, since, WHOLE.into(), Shown::Dark(zh, en)));
            }
            covered = covered.max(end);
        }
        gaps
    }

    /// The cues of all tracks, of priorities from `least` up.
    fn cues(&mut self, from: Tick, until: Tick, least: Priority, rows: &mut Vec<Row>) {
        let screen = self.lane.screen();
        for track in 0..self.lane.wall().tracks(screen) {
            let cues: Vec<Cue> = self.lane.day(from).cues(track, from, until).collect();
            let zone = self.lane.wall().zone_id(screen, track);
            let wall = Arc::clone(self.lane.wall());
            let shown = |cue: &Cue| wall.priority(screen, track, cue) >= least;
            for cue in cues.into_iter().filter(shown) {
                let (since, end) = (cue.since.max(from), cue.until.min(until));
                let shown = self.shown(track, &cue);
                rows.push(self.row(since, end, Arc::clone(&zone), shown));
            }
        }
    }

    fn shown(&self, track: usize, cue: &Cue) -> Shown {
        let (wall, screen) = (self.lane.wall(), self.lane.screen());
        let (item, title) = view::name(wall, cue.material);
        let playlist = wall.playlist(screen, track, cue);
        Shown::Page {
            item,
            title,
            page: cue.page + 1,
            pages: cue.pages,
            playlist: Arc::clone(&playlist.file),
            priority: playlist.priority,
        }
    }

    fn row(&self, since: Tick, until: Tick, zone: Arc<str>, shown: Shown) -> Row {
        let rate = self.lane.rate();
        Row {
            since: rate.timestamp(since),
            until: rate.timestamp(until),
            screen: Arc::clone(&self.lane.wall().site().screens[self.lane.screen()].id),
            zone,
            shown,
        }
    }
}
