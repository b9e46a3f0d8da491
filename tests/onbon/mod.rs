//! ONBON BX cards without a line.

mod picture;
