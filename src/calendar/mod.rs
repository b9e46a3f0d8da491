//! When a thing is open: weekdays, dates and times of day.
//!
//! A [`When`] is what a person writes; [`When::occurrence`] is the stretch of real time that it opens on one civil day. This room
//! may not read a clock and knows nothing of what is shown.

mod when;

pub use when::{Occurrence, TimeOfDay, Weekdays, When};
