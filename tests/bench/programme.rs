//! What plays when: the cost of finding it.

use jiff::{civil::date, tz::TimeZone};
use yingbi::calendar::When;

use crate::harness::{Budget, Harness};

/// Runs them all.
pub(crate) fn run(harness: &mut Harness) {
    let zone = TimeZone::get("Asia/Shanghai").expect("the bundled database has Shanghai");
    let when = When::default();
    let day = date(2026, 5, 15);
    harness.compare(
        "programme/window-occurrence",
        Budget::None,
        ("one civil time resolved", || zone.to_timestamp(day.at(8, 0, 0, 0))),
        || when.occurrence(day, &zone),
    );
}
