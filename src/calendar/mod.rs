//! When a thing is open: working days, holidays, seasons, weekdays, dates and times of day.
//!
//! A [`When`] is what a person writes; [`When::occurrence`] is the stretch of real time that it opens on one civil day of a
//! [`Calendar`], which knows what each day is:
//!
//! - An occurrence is named by the civil day on which it starts. Classes of days, weekdays, dates and exceptions speak of that day, so
//!   a window that runs past midnight is closed as a whole when its first evening is excepted, and stays open to its end after its
//!   last date.
//! - `from` and `until` are both included. An end at or before the start is on the next day; equal ones make 24 hours on the clock.
//! - Edges are civil times. Where clocks go forward, a time that is skipped is as much later as they skip; where they go back, the
//!   first of the two counts. What is empty after that does not open, nor does what is named by a day that the zone leaves out.
//! - Working days are Monday to Friday, but for what a notice of statutory holidays or the office itself says otherwise.
//!
//! Which days recur by a rule of RFC 5545 is [`recurrence`]'s part.
//!
//! This room may not read a clock and knows nothing of what is shown.

mod day;
mod month_day;
mod office;
pub mod recurrence;
mod season;
mod span;
mod special;
mod time_of_day;
mod weekdays;
mod when;

pub use day::{DayClass, DayClasses};
pub use month_day::{MonthDay, OnDay};
pub use office::{Calendar, Mark};
pub use recurrence::{Recurrence, Rule, RuleFault};
pub use season::Season;
pub use span::Occurrence;
pub use special::{Festival, Maintenance, Overtime, Silence, Solemn, Special};
pub use time_of_day::TimeOfDay;
pub use weekdays::{WEEKDAY_NAMES, Weekdays, weekday_of, weekday_place};
pub use when::{Purpose, When};
