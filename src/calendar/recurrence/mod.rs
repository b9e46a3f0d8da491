//! Days that recur by a rule: the day-level part of the recurrence rules of RFC 5545 (iCalendar's RRULE).
//!
//! A [`Rule`] is what a person writes, `FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8`; a [`Recurrence`] is that rule from its first day on, and
//! says of any civil day whether it is one of them. Times of day are not the rule's business.
//!
//! | part | values | DAILY | WEEKLY | MONTHLY | YEARLY |
//! |---|---|---|---|---|---|
//! | `FREQ` | one of these four; required | | | | |
//! | `INTERVAL` | 1 to 1000; 1 unless written | every nth day | week | month | year |
//! | `COUNT` | 1 to 1000; not beside `UNTIL` | ends | ends | ends | ends |
//! | `UNTIL` | a date, `20261231` or `2026-12-31`, included | ends | ends | ends | ends |
//! | `WKST` | `MO` to `SU`; `MO` unless written | | where weeks begin | | where numbered weeks begin |
//! | `BYMONTH` | 1 to 12 | limits | limits | limits | expands |
//! | `BYWEEKNO` | 1 to 53, -53 to -1 | refused | refused | refused | expands |
//! | `BYYEARDAY` | 1 to 366, -366 to -1 | refused | refused | refused | expands |
//! | `BYMONTHDAY` | 1 to 31, -31 to -1 | limits | refused | expands | expands |
//! | `BYDAY` | `MO` to `SU` | limits | expands | expands; limits beside `BYMONTHDAY` | expands; limits beside `BYMONTHDAY`, `BYYEARDAY` |
//! | `BYDAY` | counted: `2MO`, `-1FR` | refused | refused | in the month | in the month beside `BYMONTH`, else in the year; refused beside `BYWEEKNO` |
//! | `BYSETPOS` | of the period's days, 1 to its longest, and negative; beside another BY part | 1 | 7 | 31 | 366 |
//!
//! Refused as well: `FREQ` shorter than a day, `BYHOUR`, `BYMINUTE`, `BYSECOND`, parts written twice, parts of other standards.
//!
//! Where the RFC leaves room, or is read in several ways:
//!
//! - A first day that does not satisfy the rule is no occurrence and does not count towards `COUNT`. (The RFC leaves undefined what
//!   comes of such a first day.)
//! - What a rule leaves open comes from its first day, as §3.3.10 says: the weekday of `FREQ=WEEKLY` and of `BYWEEKNO` without a part
//!   for days, the day of `FREQ=MONTHLY`, day and month of `FREQ=YEARLY`. Days that a month does not have are passed over.
//! - `UNTIL` has the type of the first day, and here that is a date: one with a time of day is refused, since dropping its time could
//!   add or lose a day.
//! - Beside `BYWEEKNO` the years that `INTERVAL` and `BYSETPOS` count are years of whole weeks: the days of week one belong together
//!   even if some of them are in December.
//! - Weekdays counted and not counted in one `BYDAY` add up. `BYSETPOS` counts from where its period begins, before the first day too.
//!
//! Pure, like the room.

mod fault;
mod ordinals;
mod parse;
mod part;
mod piece;
mod rule;
mod scale;
mod series;
mod written;

pub use fault::RuleFault;
pub use rule::Rule;
pub use series::Recurrence;
