//! Rules of recurring days: the RFC's own examples, what goes wrong elsewhere, refusals, and random rules against another reading.

mod random;

use jiff::civil::Date;
use yingbi::calendar::{Recurrence, Rule};

/// The rule that `text` is.
fn rule(text: &str) -> Rule {
    Rule::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

/// The days of `text` from `start` on.
fn recurrence(text: &str, start: &str) -> Recurrence {
    Recurrence::new(rule(text), start.parse().unwrap())
}

/// All days up to `until`, one after the other.
fn days(recurrence: &Recurrence, until: Date) -> Vec<Date> {
    let after = |date: &Date| recurrence.next(date.tomorrow().ok()?);
    let all = std::iter::successors(recurrence.first(), after);
    all.take_while(|date| *date <= until).collect()
}
