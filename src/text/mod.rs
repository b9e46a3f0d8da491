//! Chinese bitmap type: strikes of glyphs, lines, pages, and their masks.
//!
//! Text comes in as characters and a [`Style`]; out come [`Page`]s of placed [`Line`]s, and one-bit [`Mask`]s ready to be coloured by the
//! stage. Colour, zones and time are not this room's business. Strikes are baked data in the binary; nothing is loaded at start.
//!
//! A [`Type`] is a [`Face`] in one size: a chain of [`Strike`]s, of which the first that has a character gives its [`Shape`].
//! The gate says beforehand what becomes of each character: [`gate()`].
//!
//! On the way, `class` says what each character is, [`bonds()`] where a line may end under which [`Rules`] and without splitting which
//! [`Phrases`], `cells` how wide everything is, `fill` where lines do end, `balance` where centred ones do, `justify` where each character
//! stands; the [`Compositor`] goes through all of it and copies the rows of glyphs into a mask. [`bake()`], [`hei()`] and [`song()`]
//! make strikes from their sources.

mod bake;
mod balance;
pub mod bitmap;
mod bonds;
mod cells;
mod class;
mod compositor;
mod face;
mod fault;
mod fill;
mod gate;
mod justify;
mod lexicon;
mod line;
mod mask;
pub mod outline;
mod page;
mod phrases;
mod rules;
mod run;
mod site_fonts;
mod strike;
mod style;
mod vertical;

pub use bake::{BakeError, Cut, Drawn, How, Outlines, Overrides, Sources, Wanted, bake, hei, song, write};
pub use bonds::{Bond, bonds, ends, ends_under};
pub use compositor::Compositor;
pub use face::{Face, Shape, Type};
pub use fault::StrikeFault;
pub use gate::{Policy, Refusal, Rule, Why, gate};
pub use line::{Line, Placed};
pub use mask::Mask;
pub use page::Page;
pub use phrases::{PhraseError, PhraseFault, PhraseFile, Phrases};
pub use rules::Rules;
pub use site_fonts::SiteFonts;
pub use strike::{Glyph, SharedStrike, Sheet, Strike};
pub use style::{Align, Style};
