//! Days that recur: asking for one, and finding out that there is none.

use std::{hint::black_box, time::Duration};

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use yingbi::calendar::{Recurrence, Rule};

use crate::harness::{Budget, Harness};

/// Rules as offices have them, and the most that one question may cost.
const ORDINARY: [(&str, &str); 5] = [
    ("calendar/contains-date", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8"),
    ("calendar/contains-weekdays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR"),
    ("calendar/contains-counted-weekday", "FREQ=MONTHLY;BYDAY=2TU,-1FR"),
    ("calendar/contains-week", "FREQ=YEARLY;BYWEEKNO=20,53;BYDAY=MO"),
    (
        "calendar/contains-last-working-day",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    ),
];

/// Runs them all.
pub(crate) fn run(harness: &mut Harness) {
    for (name, text) in ORDINARY {
        contains(harness, name, text, Budget::Time(Duration::from_micros(1)));
    }
    let of_years = "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1";
    contains(harness, "calendar/contains-position-of-year", of_years, Budget::None);
    search(harness);
}

/// Days of four years, one after the other, beside their weekdays.
fn contains(harness: &mut Harness, name: &str, text: &str, budget: Budget) {
    let recurrence = recurrence(text);
    let dates: Vec<Date> = (0..1461).map(|day| date(2026, 1, 1) + day.days()).collect();
    let (mut floor, mut subject) = (dates.iter().cycle(), dates.iter().cycle());
    harness.compare(
        name,
        budget,
        ("weekday", || floor.next().map(|date| black_box(*date).weekday())),
        || subject.next().map(|date| recurrence.contains(black_box(*date))),
    );
}

/// The rules that take longest, beside a walk over the 400 years after which the calendar is the same again.
fn search(harness: &mut Harness) {
    let walk = || {
        let days = std::iter::successors(Some(date(2026, 1, 1)), |date| date.tomorrow().ok());
        days.take(146_097)
            .filter(|date| date.weekday() == black_box(*date).weekday())
            .count()
    };
    for (name, text) in [
        ("calendar/never-yearly", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        ("calendar/never-daily", "FREQ=DAILY;INTERVAL=7;BYDAY=MO"),
        (
            "calendar/never-in-any-week",
            "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=12;BYDAY=MO",
        ),
        ("calendar/never-at-position", "FREQ=YEARLY;BYDAY=MO,TU;BYSETPOS=300"),
        ("calendar/count", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=1000"),
    ] {
        harness.compare(
            name,
            Budget::Time(Duration::from_millis(20)),
            ("walk over 400 years", walk),
            || recurrence(text).first(),
        );
    }
}

fn recurrence(text: &str) -> Recurrence {
    let rule = Rule::parse(text).expect("a rule");
    Recurrence::new(rule, date(2026, 1, 1))
}
