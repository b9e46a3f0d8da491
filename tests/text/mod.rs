//! Chinese bitmap type: glyphs, lines, pages.

mod glyphs;
