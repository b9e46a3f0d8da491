//! Seeing the wall without one: a page of LEDs, a terminal, pictures, and virtual controllers that receive the real protocols.
//!
//! Everything here is fed what the outputs are fed. A slow or absent viewer costs the display path nothing: only the newest state is
//! kept for it.
//!
//! ```text
//! player --show, describe, report--> Hub --newest state--> page (a browser), terminal
//! Frame ----------------------------------------------> picture (PNG, APNG, GIF), terminal
//! ```

pub mod card;
pub mod controller;
mod error;
mod hub;
mod latest;
pub mod page;
pub mod patch;
pub mod picture;
mod slot;
pub mod terminal;

pub use card::VirtualCard;
pub use controller::{Shown, VirtualController};
pub use error::SimulatorError;
pub use hub::Hub;
