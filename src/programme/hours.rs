//! When the screen is lit around one civil day, and why it is dark.

use jiff::civil::Date;

use super::{
    cue::{Dark, Light},
    openings::{Days, holds, joined, union},
    plan::PlannedScreen,
};
use crate::{
    calendar::{DayClass, Purpose},
    units::Tick,
};

/// The light of a screen on the days around one.
#[derive(Clone, Debug)]
pub(super) struct Hours {
    /// From the first tick of the day before on, each until the next one.
    stretches: Vec<(Tick, State)>,
    /// The end of the day after, beyond which nothing is followed.
    last: Tick,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Lit,
    Dark(Dark),
    Alarm(Dark),
}

impl Hours {
    /// The light of `screen` on `days`, in which an alert or a stop shows something in `alarms`, disjoint and rising.
    pub(super) fn new(screen: &PlannedScreen, days: &Days, alarms: &[(Tick, Tick)]) -> Self {
        let facts = Facts::new(screen, days);
        let mut stretches: Vec<(Tick, State)> = Vec::new();
        for tick in facts.edges(alarms) {
            let state = match facts.dark(tick) {
                None => State::Lit,
                Some(reason) if holds(alarms, tick) => State::Alarm(reason),
                Some(reason) => State::Dark(reason),
            };
            if stretches.last().is_none_or(|(_, before)| *before != state) {
                stretches.push((tick, state));
            }
        }
        let last = days.last();
        Self { stretches, last }
    }

    /// Whether the screen is lit at `tick`, and until when.
    pub(super) fn at(&self, tick: Tick) -> Light {
        let next = self.stretches.partition_point(|(from, _)| *from <= tick);
        let until = self.stretches.get(next).map_or(self.last, |(from, _)| *from);
        match next.checked_sub(1).map(|at| &self.stretches[at].1) {
            None | Some(State::Lit) => Light::Lit(until),
            Some(State::Dark(reason)) => Light::Dark(reason.clone(), until),
            Some(State::Alarm(reason)) => Light::Alarm(reason.clone(), until),
        }
    }

    /// When it is lit from `start` until `end`.
    pub(super) fn lit(&self, start: Tick, end: Tick) -> Vec<(Tick, Tick)> {
        let ends = self.stretches.iter().skip(1).map(|(from, _)| *from).chain([self.last]);
        let stretches = self.stretches.iter().zip(ends);
        let lit = stretches.filter(|((_, state), _)| *state == State::Lit);
        lit.map(|((from, _), until)| ((*from).max(start), until.min(end)))
            .filter(|(from, until)| from < until)
            .collect()
    }

    /// The first tick from `tick` on at which it is lit.
    pub(super) fn first_light(&self, tick: Tick) -> Option<Tick> {
        let ends = self.stretches.iter().skip(1).map(|(from, _)| *from).chain([self.last]);
        let mut lit = self
            .stretches
            .iter()
            .zip(ends)
            .filter(|((_, state), until)| *state == State::Lit && *until > tick);
        lit.next().map(|((from, _), _)| tick.max(*from))
    }
}

/// What decides the light.
struct Facts<'a> {
    screen: &'a PlannedScreen,
    days: &'a Days,
    lit: Vec<(Tick, Tick)>,
    silences: Vec<Closed>,
    maintenance: Vec<Closed>,
}

/// A stretch of dark with what it is for.
struct Closed {
    from: Tick,
    until: Tick,
    name: std::sync::Arc<str>,
}

impl<'a> Facts<'a> {
    fn new(screen: &'a PlannedScreen, days: &'a Days) -> Self {
        Self {
            screen,
            days,
            lit: lit(screen, days),
            silences: silences(days),
            maintenance: maintenance(screen, days),
        }
    }

    /// The ticks at which anything may change, from the first of the days to before their last; rising.
    fn edges(&self, alarms: &[(Tick, Tick)]) -> Vec<Tick> {
        let closed = self.silences.iter().chain(&self.maintenance);
        let spans = self.lit.iter().chain(alarms).flat_map(|(from, until)| [*from, *until]);
        let mut edges: Vec<Tick> = spans
            .chain(closed.flat_map(|closed| [closed.from, closed.until]))
            .chain(self.days.starts)
            .collect();
        edges.retain(|tick| (self.days.first()..self.days.last()).contains(tick));
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    /// Why the screen is dark at `tick`; `None` where it is lit.
    fn dark(&self, tick: Tick) -> Option<Dark> {
        let in_one = |closed: &[Closed]| {
            let held = closed
                .iter()
                .find(|closed| closed.from <= tick && tick < closed.until)?;
            Some(std::sync::Arc::clone(&held.name))
        };
        if let Some(name) = in_one(&self.silences) {
            return Some(Dark::Silence(name));
        }
        if let Some(name) = in_one(&self.maintenance) {
            return Some(Dark::Maintenance(name));
        }
        if self.screen.lit.is_empty() || holds(&self.lit, tick) {
            return None;
        }
        let date = self.date(tick);
        let holiday = date.filter(|date| self.is_kept_closed(*date));
        let name = holiday.and_then(|date| self.days.calendar.holiday(date));
        Some(name.map_or(Dark::Hours, |name| Dark::Holiday(name.clone())))
    }

    fn date(&self, tick: Tick) -> Option<Date> {
        let mut dates = self.days.dates();
        dates
            .find(|(_, from, until)| *from <= tick && tick < *until)
            .map(|(date, ..)| date)
    }

    /// Whether `date` is a holiday to the light, and that keeps a window closed that would open otherwise. Overtime makes a working day
    /// of it: what is closed then is so by its hours.
    fn is_kept_closed(&self, date: Date) -> bool {
        let calendar = &self.days.calendar;
        let is_holiday = calendar.class_for(date, Purpose::Light) == DayClass::Holiday;
        let mut windows = self.screen.lit.iter().filter(|_| is_holiday);
        windows.any(|window| window.is_kept_by_class(date, calendar, Purpose::Light))
    }
}

/// The hours of the screen, and those of overtime.
fn lit(screen: &PlannedScreen, days: &Days) -> Vec<(Tick, Tick)> {
    if screen.lit.is_empty() {
        return Vec::new();
    }
    let calendar = &days.calendar;
    let extra = days.dates().flat_map(|(date, ..)| {
        let open = calendar.special.overtime.iter();
        open.filter_map(move |overtime| overtime.occurrence(date, &calendar.zone))
    });
    let extra = extra.map(|hours| (days.rate.tick_from(hours.start), days.rate.tick_from(hours.end)));
    let own = union(&days.windows(&screen.lit, Purpose::Light));
    joined(own.into_iter().chain(extra).collect())
}

fn silences(days: &Days) -> Vec<Closed> {
    let calendar = &days.calendar;
    let closed = days.dates().flat_map(|(date, ..)| {
        calendar.special.silences.iter().filter_map(move |silence| {
            let kept = silence.occurrence(date, &calendar.zone)?;
            Some(Closed {
                from: days.rate.tick_from(kept.start),
                until: days.rate.tick_from(kept.end),
                name: silence.name.clone(),
            })
        })
    });
    closed.collect()
}

fn maintenance(screen: &PlannedScreen, days: &Days) -> Vec<Closed> {
    let calendar = &days.calendar;
    let closed = calendar.special.maintenance.iter().filter_map(|work| {
        let (from, until) = work.occurrence(&screen.id, &calendar.zone)?;
        Some(Closed {
            from: days.rate.tick_from(from),
            until: days.rate.tick_from(until),
            name: work.name.clone(),
        })
    });
    closed.collect()
}
