//! One daemon's life, as its records tell it.
//!
//! The clock may step while a daemon runs. So a run is cut into spans in each of which the clock only went forward; what was in
//! force at the end of one is in force at the beginning of the next.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;

use super::{
    record::{Event, Holding, Maker},
    stand::{Stand, Step, Stop, TakeOver},
};
use crate::{
    units::Digest,
    wall::{PanelTest, Stopped},
};

/// A programme as it was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// The digest of its wall.
    pub digest: Digest,
    /// When it was accepted.
    pub accepted: Timestamp,
    /// The program that accepted it.
    pub maker: Maker,
}

/// A time in which frames were held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The instant of the first one.
    pub since: Timestamp,
    /// The first instant after the last one.
    pub until: Timestamp,
    /// How many they were.
    pub frames: u64,
    /// Why.
    pub why: Holding,
}

/// One daemon's life.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) site: Arc<str>,
    pub(super) maker: Maker,
    pub(super) started: Timestamp,
    /// In the order in which they were accepted.
    pub(super) programmes: Vec<Programme>,
    pub(super) spans: Vec<Span>,
    /// By screen, in the order in which they came.
    turns: BTreeMap<Arc<str>, Vec<Turn>>,
    held: Vec<(Arc<str>, Held)>,
    halts: Vec<Halt>,
    tests: Vec<(Arc<str>, PanelTest)>,
    /// How many records could not be kept.
    pub(super) dropped: u64,
    latest: Timestamp,
}

/// A time through which the clock went forward.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) from: Timestamp,
    /// `None` while it lasts.
    pub(super) until: Option<Timestamp>,
}

/// Something that happened to one screen.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    span: usize,
    at: Timestamp,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Took(TakeOver),
    Left,
}

/// The wall was stopped, or came back.
#[derive(Clone, Debug)]
struct Halt {
    span: usize,
    at: Timestamp,
    stopped: Option<Stopped>,
}

impl Run {
    pub(super) fn new(started: Timestamp, site: &Arc<str>, maker: &Maker) -> Self {
        Self {
            site: Arc::clone(site),
            maker: maker.clone(),
            started,
            programmes: Vec::new(),
            spans: vec![Span {
                from: started,
                until: None,
            }],
            turns: BTreeMap::new(),
            held: Vec::new(),
            halts: Vec::new(),
            tests: Vec::new(),
            dropped: 0,
            latest: started,
        }
    }

    /// When it started, by the clock of that time.
    pub(super) const fn started(&self) -> Timestamp {
        self.started
    }

    /// When it ended; `None` while it runs.
    pub(super) fn ended(&self) -> Option<Timestamp> {
        self.spans.last().and_then(|span| span.until)
    }

    /// Ends it at `instant`, unless it has ended.
    pub(super) fn end(&mut self, instant: Timestamp) {
        if let Some(span) = self.spans.last_mut() {
            let until = instant.max(span.from);
            span.until.get_or_insert(until);
        }
    }

    /// Ends it at its last record, unless it has ended.
    pub(super) fn end_as_told(&mut self) {
        self.end(self.latest);
    }

    pub(super) fn enter(&mut self, at: Timestamp, event: &Event) {
        if let Some((from, to)) = event.step() {
            self.step(from, to);
        }
        match event {
            Event::Programme { digest, maker } => self.programmes.push(Programme {
                digest: *digest,
                accepted: at,
                maker: maker.clone(),
            }),
            Event::Screen {
                screen,
                edition,
                tick,
                rate,
                is_anew,
            } => {
                let take = TakeOver {
                    edition: *edition,
                    tick: *tick,
                    rate: *rate,
                    is_anew: *is_anew,
                };
                self.turn(screen, at, What::Took(take));
            }
            Event::Left { screen } => self.turn(screen, at, What::Left),
            Event::Held(screen, held) => self.held.push((Arc::clone(screen), *held)),
            Event::Lost { last } => self.end(*last),
            Event::Ended => self.end(at),
            Event::Dropped { count } => self.dropped += count,
            Event::Stop(stopped) => self.halt(at, Some(stopped.clone())),
            Event::Resume { .. } => self.halt(at, None),
            Event::Test { screen, test } => self.test(screen, test),
            Event::Begins | Event::Started { .. } | Event::Clock { .. } => {}
        }
        // What was lost is told by the daemon after it.
        if !matches!(event, Event::Lost { .. }) {
            self.latest = at;
        }
    }

    /// What stood at `instant`; `None` where it was not running then.
    pub(super) fn at(&self, instant: Timestamp) -> Option<Stand<'_>> {
        let holds = |span: &Span| span.from <= instant && span.until.is_none_or(|until| instant < until);
        let span = self.spans.iter().rposition(holds)?;
        Some(Stand {
            run: self,
            span,
            instant,
        })
    }

    /// What was done to `screen` up to `instant` of the span at `span`, oldest first, since it was last begun anew; nothing where it
    /// was not played then.
    pub(super) fn steps(&self, screen: &str, span: usize, instant: Timestamp) -> Vec<Step> {
        let all = self.turns.get(screen).map_or(&[][..], Vec::as_slice);
        let before = all.partition_point(|turn| turn.span < span);
        let within = &all[before..][..all[before..].partition_point(|turn| turn.span == span)];
        let last = within.iter().rposition(|turn| turn.at <= instant);
        let all = &all[..before + last.map_or(0, |last| last + 1)];
        let first = all.iter().rposition(Turn::is_fresh).unwrap_or(0);
        let mut steps = Vec::new();
        let mut at = all.get(first).map_or(span, |turn| turn.span);
        for turn in &all[first..] {
            self.jump(&mut steps, &mut at, turn.span);
            match &turn.what {
                What::Took(take) => steps.push(Step::Take(*take)),
                What::Left => steps.clear(),
            }
        }
        if !steps.is_empty() {
            self.jump(&mut steps, &mut at, span);
        }
        steps
    }

    /// What was done to `screen` after `instant` of the span at `span`, up to that span's end.
    pub(super) fn later(&self, screen: &str, span: usize, instant: Timestamp) -> Vec<TakeOver> {
        let all = self.turns.get(screen).into_iter().flatten();
        let later = all.filter(|turn| turn.span == span && instant < turn.at);
        later
            .map_while(|turn| match turn.what {
                What::Took(take) => Some(take),
                What::Left => None,
            })
            .collect()
    }

    /// The stops of the span at `span`, also those that began before it, in order.
    pub(super) fn stops(&self, span: usize) -> Vec<Stop> {
        let mut stops: Vec<Stop> = Vec::new();
        for halt in self.halts.iter().filter(|halt| halt.span <= span) {
            if let Some(last) = stops.last_mut() {
                last.until.get_or_insert(halt.at);
            }
            if halt.span < span {
                stops.clear();
            }
            let from = if halt.span < span {
                self.spans[span].from
            } else {
                halt.at
            };
            stops.extend(halt.stopped.clone().map(|stopped| Stop {
                stopped,
                from,
                until: None,
            }));
        }
        stops
    }

    /// The screens that were ever played.
    pub(super) fn screens(&self) -> impl Iterator<Item = &Arc<str>> {
        self.turns.keys()
    }

    /// The times in which frames of `screen` were held.
    pub(super) fn held(&self, screen: &str) -> impl Iterator<Item = &Held> {
        let of_screen = self.held.iter().filter(move |(held, _)| **held == *screen);
        of_screen.map(|(_, held)| held)
    }

    /// The panel tests of `screen`, in order.
    pub(super) fn tests(&self, screen: &str) -> impl Iterator<Item = &PanelTest> {
        let of_screen = self.tests.iter().filter(move |(tested, _)| **tested == *screen);
        of_screen.map(|(_, test)| test)
    }

    /// A test that is told again ended sooner.
    fn test(&mut self, screen: &Arc<str>, test: &PanelTest) {
        let is_same = |(known, earlier): &&mut (Arc<str>, PanelTest)| known == screen && earlier.since == test.since;
        match self.tests.iter_mut().find(is_same) {
            Some((_, earlier)) => *earlier = test.clone(),
            None => self.tests.push((Arc::clone(screen), test.clone())),
        }
    }

    fn turn(&mut self, screen: &Arc<str>, at: Timestamp, what: What) {
        let span = self.spans.len() - 1;
        let turn = Turn { span, at, what };
        self.turns.entry(Arc::clone(screen)).or_default().push(turn);
    }

    fn halt(&mut self, at: Timestamp, stopped: Option<Stopped>) {
        let span = self.spans.len() - 1;
        self.halts.push(Halt { span, at, stopped });
    }

    /// The clock showed `from` and then `to`.
    fn step(&mut self, from: Timestamp, to: Timestamp) {
        self.end(from);
        self.spans.push(Span { from: to, until: None });
    }

    /// Adds the steps of the clock that lie between the spans `at` and `to`.
    fn jump(&self, steps: &mut Vec<Step>, at: &mut usize, to: usize) {
        while *at < to {
            let from = self.spans[*at].until.unwrap_or(self.spans[*at].from);
            *at += 1;
            if !steps.is_empty() {
                steps.push(Step::Jump {
                    from,
                    to: self.spans[*at].from,
                });
            }
        }
    }
}

impl Turn {
    /// Whether nothing before it matters any more.
    const fn is_fresh(&self) -> bool {
        match &self.what {
            What::Took(take) => take.is_anew,
            What::Left => true,
        }
    }
}
