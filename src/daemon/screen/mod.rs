//! One screen: a thread that plays it, tick by tick, and all that the thread drives.
//!
//! ```text
//! Slot<Bill>, Course, Order -> Conductor -> Player (Halted while the wall is stopped) -> Held -> FrameBox of each output, Hub
//!                                                                                        \-> Lapses -> Chronicle
//! ```
//!
//! All but the thread itself are values that are driven by ticks and moments. Nothing here waits but for the next tick.

mod conductor;
mod deals;
mod halted;
mod haste;
mod held;
mod lapses;
mod pace;
mod play;
mod player;
mod shine;
mod unseen;

pub use conductor::{Beat, Conductor};
pub use held::{Held, Painting, Step};
pub use lapses::Lapses;
pub use pace::{BOUND, Pacer, Woken};
pub(super) use play::ScreenThreads;
pub use player::{Player, Turned};
