//! The order of a loop whose columns have quotas.

use super::{
    bits::Bits,
    cycle::Worst,
    judge::possible,
    layout::lay_out,
    level::share_out,
    shape::{Bounds, Shape},
    tally::tally,
    tier::Tier,
    trial::{Span, Trial, spans},
    weave::Weave,
};

/// At most so many comings in a cycle that is laid out for quotas.
pub(super) const SLOTS: usize = 8192;
/// How often at most a cycle of one length is laid out, each time asking for what the last one missed.
const REFINEMENTS: i64 = 16;
/// After so many comings laid out in all, each length of cycle is tried once at most: long cycles are dear.
const EFFORT: usize = 4000;

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
    let mut effort = 0;
    for span in spans(shape, bounds) {
        let mut trial = Trial::new(shape, bounds, span);
        for step in 0..REFINEMENTS {
            let order = if step == 0 || effort < EFFORT {
                trial.lay_out()
            } else {
                Vec::new()
            };
            if order.is_empty() {
                break;
            }
            effort += order.len();
            let worst = Worst::of(shape, &order);
            trial.learn(bounds, &worst, &order, step);
            let missed = Missed::of(shape, bounds, &worst, &order);
            best.hear(missed, order);
            match missed {
                Missed::NOTHING => return,
                // Only a longer cycle can hold more items.
                Missed { time: 0, .. } => break,
                Missed { .. } => {}
            }
        }
    }
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
        let mut comes = vec![false; shape.materials.len()];
        order.iter().for_each(|item| comes[shape.items[*item].material] = true);
        Self {
            time: worst.misses(shape, bounds),
            materials: comes.into_iter().filter(|comes| !comes).count(),
        }
    }
}

/// The best order so far, with what it misses.
#[derive(Debug, Default)]
struct Best(Option<(Missed, Vec<usize>)>);

impl Best {
    /// Keeps the order if it is better than the best so far.
    fn hear(&mut self, missed: Missed, order: Vec<usize>) {
        if self.0.as_ref().is_none_or(|(least, _)| missed < *least) {
            self.0 = Some((missed, order));
        }
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
