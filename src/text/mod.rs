//! Chinese bitmap type: strikes of glyphs, lines, pages, and their masks.
//!
//! Text comes in as characters and a [`Style`]; out come [`Page`]s of placed [`Line`]s, and one-bit [`Mask`]s ready to be coloured by the
//! stage. Colour, zones and time are not this room's business. Strikes are baked data in the binary; nothing is loaded at start.
//!
//! A [`Type`] is a [`Face`] in one size: a chain of [`Strike`]s, of which the first that has a character gives its [`Shape`].
//!
//! On the way, `class` says what each character is, `bonds` where a line may end, `fill` fills lines, [`pages`] stacks them, and
//! [`Style::draw`] copies the rows of [`Strike::glyph`] into a mask. [`bake()`], [`hei()`] and [`song()`] make strikes from
//! their sources.

mod bake;
pub mod bitmap;
mod bonds;
mod class;
mod face;
mod fault;
mod fill;
mod mask;
pub mod outline;
mod page;
mod strike;
mod style;

pub use bake::{BakeError, Cut, Drawn, How, Outlines, Overrides, Sources, Wanted, bake, hei, song, write};
pub use bonds::ends;
pub use face::{Face, Shape, Type};
pub use fault::StrikeFault;
pub use mask::Mask;
pub use page::{Line, Page, line, missing, pages};
pub use strike::{Glyph, SharedStrike, Sheet, Strike};
pub use style::{Align, Style};
