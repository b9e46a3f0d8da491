//! The room that a scene has, in space and in time.

use crate::units::{Motion, Rate, Size};

/// The LEDs that a scene is painted on, how often they may change, and how fast text runs there.
///
/// A bare size stands for a pane of 50 ticks a second on which text runs at the usual pace, as a site has it that says nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pane {
    /// The size of the zone.
    pub size: Size,
    /// The rate of its screen.
    pub rate: Rate,
    /// How fast text runs, where any does.
    pub motion: Motion,
}

impl From<Size> for Pane {
    fn from(size: Size) -> Self {
        const { assert!(Rate::new(50).is_some()) };
        Self {
            size,
            rate: Rate::new(50).expect("asserted above"),
            motion: Motion::default(),
        }
    }
}
