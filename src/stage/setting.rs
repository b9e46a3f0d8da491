//! What the ladder of sizes chose, for those who tell of it.

use embedded_graphics::pixelcolor::Rgb888;

use crate::{
    text::{Line, Type},
    units::Area,
};

/// How a content is set in a zone: on which rung of the ladder its type stands.
///
/// The ladder: the largest size at which all fits one page; at the least size, lines that stand closer; at the least size, pages; or, where a
/// box says so, one line that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The size of its type in dots.
    pub dots: u16,
    /// LEDs between two lines.
    pub leading: u32,
    /// Whether that is less than its box says, so that all fits.
    pub tightened: bool,
    /// How many pages it takes; 1 where it scrolls.
    pub pages: u16,
    /// Whether it runs to the left instead of standing still.
    pub scrolls: bool,
    /// Whether some of it is left out.
    pub cut: bool,
}

/// One line of type where it stands on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its box, by its place among the template's.
    pub block: usize,
    /// Where that lies in the zone.
    pub area: Area,
    /// Its type.
    pub kind: Type,
    /// Its colour, as the template has it.
    pub colour: Rgb888,
    /// What it says, its place counted from the zone's top left corner.
    pub line: Line,
}
