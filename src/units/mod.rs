//! The quantities of the house: LEDs, ticks, levels, shares, digests.
//!
//! Everything above speaks in these types, so that a count of LEDs cannot be taken for a count of ticks, nor a civil time for
//! an instant. This room knows nothing of files, fonts or protocols; it may not read a clock.

mod area;
mod colour;
mod digest;
mod level;
mod moment;
mod pace;
mod share;
mod tick;

pub use area::{Area, Size};
pub use colour::{BLACK, GOLD, SAND, WARM, WHITE, parse_colour};
pub use digest::{Digest, NotADigest};
pub use level::Level;
pub use moment::Moment;
pub use pace::{Motion, Pace, Speed};
pub use share::Share;
pub use tick::{Rate, Tick, Ticks};
