//! Whether a loop could keep its quotas were its items as fine as one likes: a linear programme, solved in exact fractions.
//!
//! Shares no code and no way of thinking with the room: it knows nothing of trees or levels, only of inequalities.

use yingbi::programme::{Demand, Quota};

use super::shares::{Hall, Item};

/// An hour in ticks.
const HOUR: i128 = 3600;

/// What a quota asks for: thousandths of an hour, and comings an hour.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    least: i64,
    most: i64,
    repeats: i64,
}

impl Wish {
    /// Nothing.
    pub(super) const NONE: Self = Self {
        least: 0,
        most: 1000,
        repeats: i64::MAX,
    };

    /// As written.
    pub(super) fn of(quota: &Quota) -> Self {
        Self {
            least: i64::from(quota.least.percent()) * 10,
            most: i64::from(quota.most.percent()) * 10,
            repeats: quota.repeats.map_or(i64::MAX, i64::from),
        }
    }

    pub(super) fn get(&self, demand: Demand) -> i64 {
        match demand {
            Demand::Least => self.least,
            Demand::Most => self.most,
            Demand::Repeats => self.repeats,
        }
    }

    pub(super) fn set(&mut self, demand: Demand, value: i64) {
        match demand {
            Demand::Least => self.least = value,
            Demand::Most => self.most = value,
            Demand::Repeats => self.repeats = value,
        }
    }
}

/// Inequalities in how often each item comes in an hour.
pub(super) struct Judge {
    /// Of each, the factors of the items and what their sum is at most.
    rows: Vec<(Vec<i128>, i128)>,
    /// Those that keep items from coming twice running.
    apart: Vec<(Vec<i128>, i128)>,
}

impl Judge {
    /// What the quotas wish of the loop, with room of so many lengths of the longest item at every share, of as many comings at every
    /// number of repeats, and of as many tenths of what one item has in what parts it.
    pub(super) fn new(hall: &Hall, wishes: &[Wish], room: i128) -> Self {
        let row = |factor: &dyn Fn(&Item) -> i128| hall.items.iter().map(factor).collect::<Vec<i128>>();
        let length = |item: &Item| i128::from(item.length);
        let mut judge = Self {
            rows: vec![(row(&length), HOUR), (row(&|item| -length(item)), -HOUR)],
            apart: Vec::new(),
        };
        for (number, wish) in wishes.iter().enumerate() {
            let is_in = |item: &Item| hall.chain(item).contains(&number);
            let Some(longest) = hall.items.iter().filter(|item| is_in(item)).map(length).max() else {
                continue;
            };
            let of = |item: &Item| if is_in(item) { length(item) } else { 0 };
            // In thousandths.
            let (least, most) = (HOUR * i128::from(wish.least), HOUR * i128::from(wish.most));
            let room = 1000 * room * longest;
            if wish.most < 1000 {
                judge.rows.push((row(&|item| 1000 * of(item)), most - room));
            }
            if wish.least > 0 {
                judge.rows.push((row(&|item| -1000 * of(item)), -least - room));
            }
        }
        let mut materials: Vec<u32> = hall.items.iter().map(|item| item.material).collect();
        materials.sort_unstable();
        materials.dedup();
        for material in &materials {
            let is_it = |item: &Item| item.material == *material;
            if materials.len() > 1 {
                judge
                    .apart
                    .push((row(&|item| if is_it(item) { 10 + room } else { -10 }), 0));
            }
            let item = hall.items.iter().find(|item| is_it(item)).expect("it is one of theirs");
            let repeats = hall.chain(item).into_iter().map(|quota| wishes[quota].repeats).min();
            if let Some(repeats) = repeats.filter(|repeats| *repeats < i64::MAX) {
                judge
                    .rows
                    .push((row(&|item| is_it(item).into()), i128::from(repeats) - room));
            }
        }
        judge
    }

    /// The same where an item may come twice running.
    pub(super) fn twice_running(mut self) -> Self {
        self.apart.clear();
        self
    }

    /// Whether all can be met.
    pub(super) fn has_solution(mut self) -> bool {
        self.rows.append(&mut self.apart);
        Simplex::new(&self.rows).can()
    }
}

/// The first phase of the simplex method with one artificial variable, by Bland's rule: whether some x >= 0 meets all rows.
struct Simplex {
    /// A line a row. Columns: the variables, the artificial one, a slack a row, the bound.
    table: Vec<Vec<Fraction>>,
    /// Of each line, the column of the variable that it gives.
    basis: Vec<usize>,
    artificial: usize,
    bound: usize,
}

impl Simplex {
    fn new(rows: &[(Vec<i128>, i128)]) -> Self {
        let (height, width) = (rows.len(), rows[0].0.len());
        let whole = |number: i128| Fraction(number, 1);
        let lines = rows.iter().enumerate().map(|(at, (factors, bound))| {
            let slacks = (0..height).map(|slack| i128::from(slack == at));
            let line = factors.iter().copied().chain([-1]).chain(slacks).chain([*bound]);
            line.map(whole).collect()
        });
        Self {
            table: lines.collect(),
            basis: (0..height).map(|at| width + 1 + at).collect(),
            artificial: width,
            bound: width + 1 + height,
        }
    }

    fn can(mut self) -> bool {
        let bound = |simplex: &Self, line: usize| simplex.table[line][simplex.bound];
        let worst = (1..self.table.len()).fold(0, |worst, line| {
            if bound(&self, line).is_less(bound(&self, worst)) {
                line
            } else {
                worst
            }
        });
        if bound(&self, worst).0 >= 0 {
            return true;
        }
        self.pivot(worst, self.artificial);
        loop {
            // What is to vanish is the artificial variable.
            let Some(line) = self.basis.iter().position(|column| *column == self.artificial) else {
                return true;
            };
            if bound(&self, line).0 == 0 {
                return true;
            }
            let enters = (0..self.bound).find(|column| *column != self.artificial && self.table[line][*column].0 > 0);
            let Some(enters) = enters else { return false };
            let leaves = self.leaves(line, enters);
            self.pivot(leaves, enters);
        }
    }

    /// The line that bounds the variable at `column` first; of several that of the artificial variable, else that of the first.
    fn leaves(&self, artificial: usize, column: usize) -> usize {
        let mut best = artificial;
        let ratio = |line: usize| self.table[line][self.bound].over(self.table[line][column]);
        for line in (0..self.table.len()).filter(|line| self.table[*line][column].0 > 0) {
            let earlier = best != artificial && ratio(line) == ratio(best) && self.basis[line] < self.basis[best];
            if ratio(line).is_less(ratio(best)) || earlier {
                best = line;
            }
        }
        best
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let factor = self.table[row][column];
        self.table[row].iter_mut().for_each(|cell| *cell = cell.over(factor));
        let base = self.table[row].clone();
        for (at, line) in self.table.iter_mut().enumerate() {
            let factor = line[column];
            if at != row && factor.0 != 0 {
                for (cell, base) in line.iter_mut().zip(&base) {
                    *cell = cell.minus(base.times(factor));
                }
            }
        }
        self.basis[row] = column;
    }
}

/// A fraction in lowest terms; its second part is positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fraction(i128, i128);

impl Fraction {
    fn new(above: i128, below: i128) -> Self {
        let (mut a, mut b) = (above.abs(), below.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let by = a.max(1) * below.signum();
        Self(above / by, below / by)
    }

    fn times(self, other: Self) -> Self {
        let (one, two) = (Self::new(self.0, other.1), Self::new(other.0, self.1));
        Self::new(product(one.0, two.0), product(one.1, two.1))
    }

    fn over(self, other: Self) -> Self {
        self.times(Self::new(other.1, other.0))
    }

    fn minus(self, other: Self) -> Self {
        Self::new(
            product(self.0, other.1) - product(other.0, self.1),
            product(self.1, other.1),
        )
    }

    fn is_less(self, other: Self) -> bool {
        self.minus(other).0 < 0
    }
}

fn product(one: i128, other: i128) -> i128 {
    one.checked_mul(other)
        .expect("few items of less than a minute make no such fractions")
}
