//! The daemon's clock: the machine's clocks are read here and nowhere else in this room, and here it is decided what time it is for
//! what is shown.
//!
//! ```text
//! machine (wall, monotonic) + synchrony (timesyncd, chrony) -> Timekeeper -> Course -> each screen's Pacer -> ticks
//! ```
//!
//! Content time is POSIX time, without leap seconds. [`Timekeeper`] makes one decision for all screens of the daemon: a [`Line`] over the
//! monotonic clock, and a [`Confidence`]. A player looks at the newest without waiting; where it cannot be had at once, the
//! one before serves for another tick.

mod confidence;
mod dial;
mod event;
mod fault;
mod floor;
mod line;
mod machine;
mod stored;
mod synchrony;
mod thread;
mod timekeeper;

pub use confidence::{Confidence, TRUST, UNHEARD, Word};
pub use dial::Dial;
pub use event::{ClockEvent, Jump, StepTaken};
pub use fault::ClockFault;
pub use floor::{Floor, LAG, SETTLED, built};
pub use line::{ABSORBED, Line, SLEW};
pub use stored::Stored;
pub use synchrony::Synchrony;
pub use timekeeper::{Course, Look, Reading, Timekeeper};

pub(super) use line::{is_absorbed, last_instant};
pub(super) use machine::{moment, sleep_until, worked};
pub(super) use thread::ClockThread;
