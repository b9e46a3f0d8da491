//! The order of a loop whose columns have quotas.

use std::collections::{HashMap, HashSet};

use super::{
    bits::Bits,
    cycle::Worst,
    judge::possible,
    layout::lay_out,
    level::share_out,
    plan::Material,
    shape::{Bounds, Shape},
    tally::tally,
    tier::Tier,
    weave::Weave,
};

/// At most so many comings in a cycle that is laid out for quotas.
const SLOTS: usize = 4096;
/// At most so many hours in a cycle: at the next midnight most loops begin anew.
const HOURS: i64 = 24;
/// Rates are counted in such parts of a coming an hour.
const FINE: i128 = 1 << 32;
/// How often at most a cycle of one length is laid out, each time asking for what the last one missed.
const REFINEMENTS: i64 = 8;
/// After so many that were no better it is given up.
const PATIENCE: i64 = 3;

/// A finite order that comes round and round.
#[derive(Clone, Debug)]
pub(super) struct Arrangement {
    /// The entries in order; at least one, and no neighbours of one material unless it is alone.
    pub(super) order: Vec<usize>,
    /// Whether every quota holds over any hour.
    pub(super) holds: bool,
}

/// The order of the entries `playing`, some of which have quotas.
///
/// Where the round without quotas keeps them, it stays. Otherwise a cycle of an hour, or of as many hours as it takes for every item to
/// come, is laid out and looked at hour by hour; if a quota is missed, it is tried again with an item's length more room. Where
/// nothing keeps all quotas, it is the order that misses them by the least.
pub(super) fn arrange(tier: &Tier, playing: &Bits) -> Arrangement {
    let shape = Shape::new(tier, playing);
    let bounds = shape.bounds(&shape.wishes());
    let mut best = Best::default();
    if let Some(plain) = plain(tier, playing, &shape) {
        best.hear_order(&shape, &bounds, plain);
    }
    if !best.holds() {
        try_cycles(&shape, &bounds, &mut best);
    }
    let holds = best.holds();
    // Where nothing comes even once in a day of hours, there is the first.
    let order = best.0.map_or_else(|| vec![0], |(_, order)| order);
    Arrangement {
        order: order.iter().map(|item| shape.items[*item].entry).collect(),
        holds,
    }
}

/// The items of the round without quotas, unless it is too long.
fn plain(tier: &Tier, playing: &Bits, shape: &Shape<'_>) -> Option<Vec<usize>> {
    let entries: Vec<usize> = Weave::new(tier, playing.clone(), None).take(SLOTS + 1).collect();
    let item = |entry: &usize| shape.items.binary_search_by_key(entry, |item| item.entry).ok();
    (entries.len() <= SLOTS).then(|| entries.iter().filter_map(item).collect())
}

fn try_cycles(shape: &Shape<'_>, bounds: &Bounds, best: &mut Best) {
    if possible(shape, bounds).is_none() {
        let times = share_out(shape, bounds);
        let span = Span::of(shape, &times);
        let open = span.scale(&bounds.open());
        best.hear_order(shape, bounds, lay_out(shape, &tally(shape, &times, &open)));
        return;
    }
    for span in spans(shape, bounds) {
        let mut asked = Asked::new(shape, bounds, span);
        let mut last_better = 0;
        for step in 0..REFINEMENTS {
            let order = asked.lay_out();
            if order.is_empty() {
                break;
            }
            let worst = Worst::of(shape, &order);
            asked.learn(bounds, &worst, &order, step);
            let missed = Missed::of(shape, bounds, &worst, &order);
            if best.hear(missed, order) {
                last_better = step;
            }
            match missed {
                Missed::NOTHING => return,
                // Only a longer cycle can hold more items.
                Missed { time: 0, .. } => break,
                Missed { .. } if step - last_better >= PATIENCE => break,
                Missed { .. } => {}
            }
        }
    }
}

/// The lengths of cycles to try, one after the other.
fn spans(shape: &Shape<'_>, bounds: &Bounds) -> impl Iterator<Item = Span> {
    let mut span = Span::of(shape, &share_out(shape, bounds));
    if span.hours > 1 {
        let asked = Asked::new(shape, bounds, span);
        span = Span::of(shape, &share_out(shape, &asked.bounds));
    }
    [Some(span), span.longer()].into_iter().flatten()
}

/// What an order fails to do: the less the better, time first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Missed {
    /// By how much time the worst hours miss what is asked.
    time: i64,
    /// How many materials do not come.
    materials: usize,
}

impl Missed {
    const NOTHING: Self = Self { time: 0, materials: 0 };

    fn of(shape: &Shape<'_>, bounds: &Bounds, worst: &Worst, order: &[usize]) -> Self {
        let mut comes = vec![false; shape.items.len()];
        order.iter().for_each(|item| comes[*item] = true);
        let materials = |wanted: &dyn Fn(usize) -> bool| -> HashSet<Material> {
            let items = shape.items.iter().enumerate().filter(|(at, _)| wanted(*at));
            items.map(|(_, item)| item.material).collect()
        };
        Self {
            time: worst.misses(shape, bounds),
            materials: materials(&|_| true).len() - materials(&|at| comes[at]).len(),
        }
    }
}

/// The best order so far, with what it misses.
#[derive(Debug, Default)]
struct Best(Option<(Missed, Vec<usize>)>);

impl Best {
    /// Keeps the order if it is better than the best so far; whether it is.
    fn hear(&mut self, missed: Missed, order: Vec<usize>) -> bool {
        let better = self.0.as_ref().is_none_or(|(least, _)| missed < *least);
        if better {
            self.0 = Some((missed, order));
        }
        better
    }

    fn hear_order(&mut self, shape: &Shape<'_>, bounds: &Bounds, order: Vec<usize>) {
        if !order.is_empty() {
            let worst = Worst::of(shape, &order);
            self.hear(Missed::of(shape, bounds, &worst, &order), order);
        }
    }

    /// Whether every quota is kept.
    fn holds(&self) -> bool {
        self.0.as_ref().is_some_and(|(missed, _)| missed.time == 0)
    }
}

/// How long a cycle is to be: a number of hours, or the hour's `parts`-th part where so much comes in one that it would be too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    hours: i64,
    parts: i64,
}

impl Span {
    /// Long enough for every item to come where they have these times of each hour, and not too long.
    fn of(shape: &Shape<'_>, times: &[i64]) -> Self {
        let mut rates: HashMap<Material, i128> = HashMap::new();
        for (item, time) in shape.items.iter().zip(times).filter(|(_, time)| **time > 0) {
            *rates.entry(item.material).or_default() += i128::from(*time) * FINE / i128::from(item.length);
        }
        let comings: i128 = rates.values().sum::<i128>().max(1);
        let most = SLOTS as i128 * FINE;
        if comings > most {
            let parts = i64::try_from((comings + most - 1) / most).unwrap_or(i64::MAX);
            return Self { hours: 1, parts };
        }
        let rarest = rates.into_values().min().unwrap_or(FINE).max(1);
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
}

/// What a cycle is asked to give so that each of its hours gives what it shall.
struct Asked<'a> {
    shape: &'a Shape<'a>,
    span: Span,
    /// Of an hour.
    bounds: Bounds,
    /// How many comings fewer than in as many separate hours an item may have in the whole cycle.
    spare: Vec<i64>,
    /// How much longer than its span the cycle must be.
    longer: i64,
}

impl<'a> Asked<'a> {
    /// What is wanted of an hour; where the cycle has several, with room for an item, as an hour can hold the end of one and the
    /// beginning of the next.
    fn new(shape: &'a Shape<'a>, wanted: &Bounds, span: Span) -> Self {
        let mut bounds = wanted.clone();
        let columns = shape
            .branches
            .iter()
            .enumerate()
            .filter(|(_, branch)| branch.is_column());
        for (at, column) in columns.skip(1).filter(|_| span.hours > 1) {
            let room = column.longest.min((wanted.most[at] - wanted.least[at]) / 2);
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

    fn lay_out(&self) -> Vec<usize> {
        let cycle = self.cycle();
        let mut hourly = self.bounds.clone();
        for (at, branch) in self
            .shape
            .branches
            .iter()
            .enumerate()
            .filter(|(_, branch)| !branch.is_column())
        {
            let time = i128::from(cycle.times[at]) * i128::from(branch.longest) * i128::from(self.span.parts);
            let time = i64::try_from(time / i128::from(self.span.hours)).unwrap_or(i64::MAX);
            hourly.most[at] = hourly.most[at].min(time);
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

    /// Asks for as much more, or less, as the worst hours of `order` missed; each time for a quarter of an item more, as whole items
    /// may jump over what would do.
    fn learn(&mut self, wanted: &Bounds, worst: &Worst, order: &[usize], step: i64) {
        for (at, branch) in self.shape.branches.iter().enumerate().skip(1) {
            if branch.is_column() {
                let more = |missed: i64| {
                    if missed > 0 {
                        missed + step * branch.longest / 4
                    } else {
                        0
                    }
                };
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

impl Span {
    /// `bounds`, which are of an hour, for the whole cycle.
    fn scale(self, bounds: &Bounds) -> Bounds {
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

impl Bounds {
    /// That the hour is full, and nothing else.
    fn open(&self) -> Self {
        let mut open = Self {
            least: vec![0; self.least.len()],
            most: vec![i64::MAX; self.most.len()],
            times: vec![i64::MAX; self.times.len()],
        };
        open.least[0] = self.least[0];
        open
    }
}
