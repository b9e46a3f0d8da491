//! Seeing the wall without one: a page of LEDs, a terminal, pictures, and virtual controllers that receive the real protocols.
//!
//! Everything here is fed what the outputs are fed. A slow or absent viewer costs the display path nothing: only the newest state is
//! kept for it.

mod hub;

pub use hub::Hub;
