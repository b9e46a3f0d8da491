//! Rules of recurring days: the RFC's own examples, what goes wrong elsewhere, refusals, and random rules against another reading.

mod examples;
mod random;
mod refusals;
mod search;

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

/// All days, one after the other.
fn days(recurrence: &Recurrence) -> impl Iterator<Item = Date> {
    let after = |date: &Date| recurrence.next(date.tomorrow().ok()?);
    std::iter::successors(recurrence.first(), after)
}

/// `1997-09-30 10-01 31`: dates of which the year and the month may be left out where they are those of the one before.
fn dates(text: &str) -> Vec<Date> {
    let mut whole = String::new();
    let complete = |part: &str| {
        whole.truncate(whole.len().saturating_sub(part.len()));
        whole.push_str(part);
        whole.parse().unwrap_or_else(|error| panic!("{whole}: {error}"))
    };
    text.split_whitespace().map(complete).collect()
}

/// Holds that the first days of `text` from `start` on are `expected`, and that those are all where it ends.
fn gives(text: &str, start: &str, expected: &str) {
    let recurrence = recurrence(text, start);
    let expected = dates(expected);
    let ends = text.contains("COUNT") || text.contains("UNTIL");
    let asked = if ends { usize::MAX } else { expected.len() };
    let found: Vec<Date> = days(&recurrence).take(asked).collect();
    assert_eq!(found, expected, "{text} from {start}");
}
