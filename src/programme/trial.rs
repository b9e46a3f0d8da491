//! One length of cycle, and what is asked of it so that each of its hours gives what it shall.

use super::{
    arrange::SLOTS,
    cycle::Worst,
    layout::lay_out,
    level::share_out,
    shape::{Bounds, Shape},
    tally::tally,
};

/// At most so many hours in a cycle: at the next midnight most loops begin anew.
const HOURS: i64 = 24;
/// Rates are counted in such parts of a coming an hour.
const FINE: i128 = 1 << 32;

/// The lengths of cycles to try, one after the other.
pub(super) fn spans(shape: &Shape<'_>, bounds: &Bounds) -> impl Iterator<Item = Span> {
    let mut span = Span::of(shape, &share_out(shape, bounds));
    if span.hours > 1 {
        let trial = Trial::new(shape, bounds, span);
        span = Span::of(shape, &share_out(shape, &trial.bounds));
    }
    [Some(span), span.longer()].into_iter().flatten()
}

/// How long a cycle is to be: a number of hours, or the hour's `parts`-th part where so much comes in one that it would be too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    hours: i64,
    parts: i64,
}

impl Span {
    /// Long enough for every item to come where they have these times of each hour, and not too long.
    pub(super) fn of(shape: &Shape<'_>, times: &[i64]) -> Self {
        let mut rates = vec![0_i128; shape.materials.len()];
        for (item, time) in shape.items.iter().zip(times).filter(|(_, time)| **time > 0) {
            rates[item.material] += i128::from(*time) * FINE / i128::from(item.length);
        }
        let comings: i128 = rates.iter().sum::<i128>().max(1);
        let most = SLOTS as i128 * FINE;
        if comings > most {
            let parts = i64::try_from((comings + most - 1) / most).unwrap_or(i64::MAX);
            return Self { hours: 1, parts };
        }
        let rarest = rates.into_iter().filter(|rate| *rate > 0).min().unwrap_or(FINE);
        let hours = ((FINE + rarest - 1) / rarest).min(most / comings);
        Self {
            hours: i64::try_from(hours).map_or(HOURS, |hours| hours.clamp(1, HOURS)),
            parts: 1,
        }
    }

    /// The next longer one.
    fn longer(self) -> Option<Self> {
        let hours = self.hours + 1;
        (self.hours < HOURS).then_some(Self { hours, ..self })
    }

    /// `bounds`, which are of an hour, for the whole cycle.
    pub(super) fn scale(self, bounds: &Bounds) -> Bounds {
        let mut scaled = bounds.clone();
        for at in 0..bounds.least.len() {
            scaled.least[at] = (bounds.least[at].saturating_mul(self.hours) + self.parts - 1) / self.parts;
            scaled.most[at] = bounds.most[at].saturating_mul(self.hours) / self.parts;
            scaled.times[at] = (bounds.times[at].saturating_mul(self.hours) / self.parts).max(1);
        }
        scaled.most[0] = i64::MAX;
        scaled
    }
}

/// What a cycle is asked to give so that each of its hours gives what it shall.
pub(super) struct Trial<'a> {
    shape: &'a Shape<'a>,
    span: Span,
    /// Of an hour.
    bounds: Bounds,
    /// How many comings fewer than in as many separate hours an item may have in the whole cycle.
    spare: Vec<i64>,
    /// How much longer than its span the cycle must be.
    longer: i64,
}

impl<'a> Trial<'a> {
    /// What is wanted of an hour; where the cycle has several, with room for an item, as an hour can hold the end of one and the
    /// beginning of the next.
    pub(super) fn new(shape: &'a Shape<'a>, wanted: &Bounds, span: Span) -> Self {
        let mut bounds = wanted.clone();
        for (at, branch) in shape.branches.iter().enumerate().skip(1) {
            if span.hours == 1 || !branch.is_column() {
                continue;
            }
            let room = (branch.longest * 3 / 2).min((wanted.most[at] - wanted.least[at]) / 4);
            bounds.least[at] += if wanted.least[at] > 0 { room } else { 0 };
            bounds.most[at] -= if wanted.most[at] < shape.hour { room } else { 0 };
        }
        Self {
            shape,
            span,
            bounds,
            spare: vec![0; shape.branches.len()],
            longer: 0,
        }
    }

    /// The items of a cycle in order.
    pub(super) fn lay_out(&self) -> Vec<usize> {
        let cycle = self.cycle();
        let mut hourly = self.bounds.clone();
        for (at, branch) in self.shape.branches.iter().enumerate() {
            if !branch.is_column() {
                let time = i128::from(cycle.times[at]) * i128::from(branch.longest) * i128::from(self.span.parts);
                let time = i64::try_from(time / i128::from(self.span.hours)).unwrap_or(i64::MAX);
                hourly.most[at] = hourly.most[at].min(time);
            }
        }
        lay_out(self.shape, &tally(self.shape, &share_out(self.shape, &hourly), &cycle))
    }

    /// The bounds of the whole cycle.
    fn cycle(&self) -> Bounds {
        let mut cycle = self.span.scale(&self.bounds);
        cycle.least[0] += self.longer;
        for (times, spare) in cycle.times.iter_mut().zip(&self.spare) {
            *times = times.saturating_sub(*spare).max(1);
        }
        cycle
    }

    /// Asks for as much more, or less, as the worst hours of `order` missed; each time for a part of an item more, as whole items may
    /// jump over what would do.
    pub(super) fn learn(&mut self, wanted: &Bounds, worst: &Worst, order: &[usize], step: i64) {
        let further = step * self.shape.branches[0].longest / 8;
        for (at, branch) in self.shape.branches.iter().enumerate().skip(1) {
            if branch.is_column() {
                let more = |missed: i64| missed.max(0) + if missed > 0 { further } else { 0 };
                self.bounds.least[at] += more(wanted.least[at] - worst.least[at]);
                self.bounds.most[at] -= more(worst.most[at] - wanted.most[at]);
                self.bounds.least[at] = self.bounds.least[at].min(wanted.most[at]);
                self.bounds.most[at] = self.bounds.most[at].max(self.bounds.least[at]);
            } else {
                self.spare[at] += (worst.times[at] - wanted.times[at]).max(0);
            }
        }
        let length: i64 = order.iter().map(|item| self.shape.items[*item].length).sum();
        self.longer += (self.cycle().least[0] - length).max(0);
    }
}
