//! When a thing is open: weekdays, dates and times of day.
//!
//! A [`When`] is what a person writes; [`When::occurrence`] is the stretch of real time that it opens on one civil day:
//!
//! - An occurrence is named by the civil day on which it starts. Weekdays, dates and exceptions speak of that day, so a window that
//!   runs past midnight is closed as a whole when its first evening is excepted, and stays open to its end after its last date.
//! - `from` and `until` are both included. An end at or before the start is on the next day; equal ones make 24 hours on the clock.
//! - Edges are civil times. Where clocks go forward, a time that is skipped is as much later as they skip; where they go back, the
//!   first of the two counts. What is empty after that does not open.
//!
//! Which days recur by a rule of RFC 5545 is [`recurrence`]'s part.
//!
//! This room may not read a clock and knows nothing of what is shown.

pub mod recurrence;
mod time_of_day;
mod weekdays;
mod when;

pub use recurrence::{Recurrence, Rule, RuleFault};
pub use time_of_day::TimeOfDay;
pub use weekdays::Weekdays;
pub use when::{Occurrence, When};
