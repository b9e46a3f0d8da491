//! Chinese bitmap type: strikes of glyphs, lines, pages, and their masks.
//!
//! Text comes in as characters and a [`Style`]; out come [`Page`]s of placed [`Line`]s, and one-bit [`Mask`]s ready to be coloured by the
//! stage. Colour, zones and time are not this room's business. Strikes are baked data in the binary; nothing is loaded at start.

mod mask;
mod page;
mod strike;

pub use mask::Mask;
pub use page::{Align, Line, Page, Style, line, missing, pages};
pub use strike::{Glyph, Strike};
