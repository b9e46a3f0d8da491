//! Panels: what an installer writes of modules, how they are strung together, how their LEDs shine.

mod chains;
mod dither;
mod light;
mod oracle;
mod packing;
mod shorthand;
mod supply;
mod wiring;
