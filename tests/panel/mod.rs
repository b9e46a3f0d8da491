//! Panels: what an installer writes of modules, how they are strung together, how their LEDs shine.

mod dither;
mod light;
mod shorthand;
mod wiring;
