//! A loop as its quotas see it: items in a tree of columns.

use std::collections::HashMap;

use super::{
    bits::Bits,
    plan::{Material, Quota},
    tier::Tier,
};
use crate::units::Share;

/// How fine shares are counted where it is asked what a loop can do: thousandths of an hour.
pub(super) const MILLE: i64 = 1000;

/// Time is counted finer than in ticks here, so that rates do not suffer from being rounded, and a thousandth of an hour is a whole
/// number at any rate.
pub(super) const GRAIN: i64 = 250;

/// What lasts longer than so many hours looks the same in any hour; and no sum of such lengths comes near the end of an `i64`.
const LONGEST_HOURS: i64 = 100;

/// A loop whose columns have quotas. All times in it are in grains: parts of a tick.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    pub(super) quotas: &'a [Quota],
    /// An hour.
    pub(super) hour: i64,
    /// The entries that play, in written order.
    pub(super) items: Vec<Item>,
    /// What they show, each once.
    pub(super) materials: Vec<Material>,
    /// The first is the whole loop; each comes after the one that it is in.
    pub(super) branches: Vec<Branch>,
}

/// An entry of the loop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) entry: usize,
    /// What it shows, by number in the loop.
    pub(super) material: usize,
    /// How long it lasts.
    pub(super) length: i64,
    pub(super) weight: i64,
    /// The innermost branch that it is in.
    pub(super) branch: usize,
}

/// A part of the loop that something is asked of.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    /// The branch that it is in; that of the whole loop is in itself.
    pub(super) above: usize,
    pub(super) kind: BranchKind,
    /// The branches that are in it, and in no other between.
    pub(super) below: Vec<usize>,
    /// The items that are in it, and in no branch between.
    pub(super) items: Vec<usize>,
    /// The length of its longest item, of those in branches below too.
    pub(super) longest: i64,
}

/// What a branch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BranchKind {
    /// The whole loop.
    Whole,
    /// A column, by its quota, of whose time something is asked.
    Column(usize),
    /// The entries of one material whose comings are limited by the quota of its column or of one above it.
    Repeated(usize),
}

/// What the quotas ask for, which may be less than what is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    /// At least so many thousandths of any hour.
    pub(super) least: i64,
    /// At most so many thousandths.
    pub(super) most: i64,
    /// Each item begins at most so often in an hour.
    pub(super) repeats: i64,
}

/// What each branch of a loop must and may have of an hour.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    /// At least so long.
    pub(super) least: Vec<i64>,
    /// At most so long.
    pub(super) most: Vec<i64>,
    /// At most so many comings.
    pub(super) times: Vec<i64>,
}

impl<'a> Shape<'a> {
    /// The loop of the entries `playing` of `tier`.
    pub(super) fn new(tier: &'a Tier, playing: &Bits) -> Self {
        let mut shape = Self {
            quotas: &tier.quotas,
            hour: tier.hour * GRAIN,
            items: Vec::new(),
            materials: Vec::new(),
            branches: vec![Branch::new(0, BranchKind::Whole)],
        };
        let columns = shape.add_columns(tier, playing);
        let (mut repeated, mut numbers) = (HashMap::new(), HashMap::new());
        for number in playing.iter() {
            let entry = &tier.entries[number];
            let quota = entry.quota;
            let material = *numbers.entry(entry.material).or_insert_with(|| {
                shape.materials.push(entry.material);
                shape.materials.len() - 1
            });
            let home = quota.map_or(0, |quota| columns[quota]);
            let limiting = quota.filter(|quota| shape.chain(*quota).any(|quota| shape.quotas[quota].repeats.is_some()));
            let branch = limiting.map_or(home, |quota| {
                let kind = BranchKind::Repeated(quota);
                *repeated
                    .entry((material, quota))
                    .or_insert_with(|| shape.grow(home, kind))
            });
            shape.add(Item {
                entry: number,
                material,
                length: tier.length(number).min(LONGEST_HOURS * tier.hour) * GRAIN,
                weight: i64::from(tier.plays[entry.play].weight),
                branch,
            });
        }
        shape
    }

    /// Branches for the columns in force of whose time something is asked; of each quota, the branch that holds its items.
    fn add_columns(&mut self, tier: &Tier, playing: &Bits) -> Vec<usize> {
        let mut in_force = vec![false; self.quotas.len()];
        for quota in playing.iter().filter_map(|entry| tier.entries[entry].quota) {
            self.chain(quota).for_each(|quota| in_force[quota] = true);
        }
        let mut columns: Vec<usize> = Vec::with_capacity(self.quotas.len());
        for (at, quota) in self.quotas.iter().enumerate() {
            let above = self.above(at).map_or(0, |above| columns[above]);
            let asks = quota.least > Share::NONE || quota.most < Share::WHOLE;
            let own = (asks && in_force[at]).then(|| self.grow(above, BranchKind::Column(at)));
            columns.push(own.unwrap_or(above));
        }
        columns
    }

    fn grow(&mut self, above: usize, kind: BranchKind) -> usize {
        let branch = self.branches.len();
        self.branches.push(Branch::new(above, kind));
        self.branches[above].below.push(branch);
        branch
    }

    fn add(&mut self, item: Item) {
        let mut at = item.branch;
        self.branches[at].items.push(self.items.len());
        loop {
            let branch = &mut self.branches[at];
            branch.longest = branch.longest.max(item.length);
            if at == 0 {
                break;
            }
            at = branch.above;
        }
        self.items.push(item);
    }

    /// The quota and those above it.
    pub(super) fn chain(&self, quota: usize) -> impl Iterator<Item = usize> + use<'a> {
        let quotas = self.quotas;
        std::iter::successors(Some(quota), |at| above(quotas, *at))
    }

    fn above(&self, quota: usize) -> Option<usize> {
        above(self.quotas, quota)
    }

    /// The branches that an item is in, from the innermost to the whole loop.
    pub(super) fn branches_of(&self, item: usize) -> impl Iterator<Item = usize> + '_ {
        let inner = self.items[item].branch;
        std::iter::successors(Some(inner), |at| (*at > 0).then(|| self.branches[*at].above))
    }

    /// The quota of a branch that is a column.
    pub(super) fn column(&self, branch: usize) -> Option<usize> {
        match self.branches[branch].kind {
            BranchKind::Column(quota) => Some(quota),
            BranchKind::Whole | BranchKind::Repeated(_) => None,
        }
    }

    /// The items of a branch, those of the branches below it too.
    pub(super) fn items_in(&self, branch: usize) -> Vec<usize> {
        let mut items = Vec::new();
        let mut open = vec![branch];
        while let Some(branch) = open.pop() {
            items.extend(&self.branches[branch].items);
            open.extend(&self.branches[branch].below);
        }
        items.sort_unstable();
        items
    }

    /// What the quotas ask for, as written.
    pub(super) fn wishes(&self) -> Vec<Wish> {
        let wishes = self.quotas.iter().map(|quota| Wish {
            least: i64::from(quota.least.percent()) * MILLE / 100,
            most: i64::from(quota.most.percent()) * MILLE / 100,
            repeats: quota.repeats.map_or(i64::MAX, |times| i64::from(times.max(1))),
        });
        wishes.collect()
    }

    /// What the branches must and may have where `wishes` is what the quotas ask for.
    pub(super) fn bounds(&self, wishes: &[Wish]) -> Bounds {
        let mut bounds = Bounds {
            least: vec![0; self.branches.len()],
            most: vec![self.hour; self.branches.len()],
            times: vec![i64::MAX; self.branches.len()],
        };
        for (at, branch) in self.branches.iter().enumerate() {
            match branch.kind {
                BranchKind::Whole => bounds.least[at] = self.hour,
                BranchKind::Column(quota) => {
                    bounds.least[at] = self.hour / MILLE * wishes[quota].least;
                    bounds.most[at] = self.hour / MILLE * wishes[quota].most;
                }
                BranchKind::Repeated(quota) => {
                    let times = self.chain(quota).map(|quota| wishes[quota].repeats).min();
                    bounds.times[at] = times.unwrap_or(i64::MAX);
                    bounds.most[at] = bounds.times[at].saturating_mul(branch.longest).min(self.hour);
                }
            }
        }
        bounds
    }
}

impl Branch {
    const fn new(above: usize, kind: BranchKind) -> Self {
        Self {
            above,
            kind,
            below: Vec::new(),
            items: Vec::new(),
            longest: 0,
        }
    }

    /// Whether it is a column, or the whole loop.
    pub(super) const fn is_column(&self) -> bool {
        !matches!(self.kind, BranchKind::Repeated(_))
    }
}

/// The quota above, which stands before it.
fn above(quotas: &[Quota], quota: usize) -> Option<usize> {
    quotas[quota].above.filter(|above| *above < quota)
}
