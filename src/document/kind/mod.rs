//! The kinds of values that fields take: each with its range, its words, its schema and its reader, in one place.

mod address;
mod colour;
mod date;
mod duration;
mod hours;
mod list;
mod nested;
mod number;
mod percent;
mod rule;
mod text;
mod time;
mod weekdays;
mod word;
mod written;

pub use address::{Address, Endpoint};
pub use colour::ColourValue;
pub use date::{DateFault, Day, Edge, Instant, check_date, is_dated};
pub use duration::{Duration, parse_duration};
pub use hours::Hours;
pub use list::List;
pub use nested::{Many, One};
pub use number::{Decimal, Flag, Integer, digits, narrow};
pub use percent::Percent;
pub use rule::DayRule;
pub use text::{Id, Line, Name};
pub use time::Clock;
pub use weekdays::{DAY_NAMES, WeekdaySet};
pub use word::{Word, Words};
pub use written::{check_day, check_instant, ends};
