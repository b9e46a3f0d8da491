//! A rule from its first day on.

use jiff::civil::Date;

use super::{
    ordinals::Position,
    rule::{End, Rule},
};

/// The days that recur by a rule from a first day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// Leaves nothing open.
    rule: Rule,
    start: Date,
    /// The number of the period in which it starts.
    anchor: i32,
    /// The last day on which there may be one.
    end: Option<Date>,
}

impl Recurrence {
    /// The days of `rule` from `start` on. `start` itself is one of them only if it satisfies the rule.
    pub fn new(rule: Rule, start: Date) -> Self {
        let rule = rule.completed(start);
        let mut recurrence = Self {
            anchor: rule.scale().index(start),
            rule,
            start,
            end: None,
        };
        recurrence.end = match recurrence.rule.end {
            End::Never => None,
            End::Count(count) => Some(recurrence.nth(count)),
            End::Until(until) => Some(until),
        };
        recurrence
    }

    /// Whether `date` is one of the days. It allocates nothing.
    pub fn contains(&self, date: Date) -> bool {
        date >= self.start
            && self.end.is_none_or(|end| date <= end)
            && self.rule.admits(date)
            && self.is_in_turn(date)
            && self.is_picked(date)
    }

    /// The first of the days; `None` if there is none at all.
    pub fn first(&self) -> Option<Date> {
        self.next(self.start)
    }

    /// The first of the days on `from` or after it; `None` if there is none. Days end with [`Date::MAX`].
    pub fn next(&self, from: Date) -> Option<Date> {
        let (from, end) = (from.max(self.start), self.end.unwrap_or(Date::MAX));
        let scale = self.rule.scale();
        let interval = i32::from(self.rule.interval);
        let past = (scale.index(from) - self.anchor) % interval;
        let next = scale.index(from) + (interval - past) % interval;
        let turns = (0..=self.turns()).map(|turn| next + turn * interval);
        turns
            .take_while(|index| *index <= scale.index(end))
            .find_map(|index| self.days(index).find(|date| *date >= from))
            .filter(|date| *date <= end)
    }

    /// The last of the days; `None` if they do not end, or if there is none at all.
    pub fn last(&self) -> Option<Date> {
        let end = self.end.filter(|end| *end >= self.start)?;
        let interval = i32::from(self.rule.interval);
        let index = self.rule.scale().index(end);
        let newest = index - (index - self.anchor) % interval;
        let turns = (0..=self.turns()).map(|turn| newest - turn * interval);
        turns
            .take_while(|index| *index >= self.anchor)
            .find_map(|index| self.days(index).take_while(|date| *date <= end).last())
            .filter(|date| *date >= self.start)
    }

    /// The `count`th of the days, or the last that a [`Date`] can say; where there is none, its start.
    fn nth(&self, count: u16) -> Date {
        let mut from = Some(self.start);
        let mut last = self.start;
        for _ in 0..count {
            let Some(date) = from.and_then(|from| self.next(from)) else {
                break;
            };
            last = date;
            from = date.tomorrow().ok();
        }
        last
    }

    /// In so many turns one after the other the rule has met every period of the calendar that it can meet. One more, since the first
    /// may have been met in part, and what has not come by then never will.
    fn turns(&self) -> i32 {
        let cycle = self.rule.scale().cycle();
        cycle / common_divisor(cycle, i32::from(self.rule.interval))
    }

    /// The days of period `index` that the rule picks, in order, whether or not they lie between start and end.
    fn days(&self, index: i32) -> impl Iterator<Item = Date> {
        let admitted = self.rule.scale().days(index).filter(|date| self.rule.admits(*date));
        let positions = self.rule.by.positions;
        let all = positions.map_or(0, |_| admitted.clone().count());
        let is_picked = move |at| positions.is_none_or(|positions| positions.contains(position(at, all)));
        admitted
            .enumerate()
            .filter(move |(at, _)| is_picked(*at))
            .map(|(_, date)| date)
    }

    /// Whether INTERVAL does not pass over the period of `date`.
    fn is_in_turn(&self, date: Date) -> bool {
        let interval = i32::from(self.rule.interval);
        interval == 1 || (self.rule.scale().index(date) - self.anchor) % interval == 0
    }

    /// Whether BYSETPOS picks `date` among the days of its period.
    fn is_picked(&self, date: Date) -> bool {
        self.rule.by.positions.is_none() || self.days(self.rule.scale().index(date)).any(|day| day == date)
    }
}

/// The place of what stands at `at`, from 0, among `all`.
fn position(at: usize, all: usize) -> Position {
    let small = |number: usize| u16::try_from(number).expect("a period has 371 days at most");
    Position::of(small(at + 1), small(all))
}

fn common_divisor(a: i32, b: i32) -> i32 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}
