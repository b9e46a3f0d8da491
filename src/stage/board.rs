//! The zones of a screen put together.

use std::sync::Arc;

use super::scene::{Now, Scene};
use crate::{
    frame::Frame,
    playlist::Effect,
    units::{Area, Size, Tick, Ticks},
};

/// All zones of one screen, with what each shows.
#[derive(Debug)]
pub struct Board {}

/// What a zone shows from some tick on.
#[derive(Clone, Debug)]
pub struct Act {
    /// What is shown.
    pub scene: Arc<Scene>,
    /// The tick from which its motion counts.
    pub since: Tick,
    /// What it takes the place of, while that is still seen.
    pub leaving: Option<Leaving>,
}

/// What goes out while an act comes in.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// What was shown; `None` for black.
    pub scene: Option<Arc<Scene>>,
    /// The tick from which its motion counts.
    pub since: Tick,
    /// The first tick of the change.
    pub from: Tick,
    /// How long the change takes.
    pub length: Ticks,
    /// What is seen of it.
    pub effect: Effect,
}

impl Board {
    /// The board of a screen of `size` with the given zones, each with its layer; higher layers lie above lower ones, and of one
    /// layer the later one above. A zone that shows nothing is left black where nothing lies below it, and clear elsewhere.
    pub fn new(size: Size, zones: &[(Area, i32)]) -> Self {
        let _ = (size, zones);
        Self {}
    }

    /// Makes `act` what the zone at `zone` shows; `None` for nothing.
    pub fn set(&mut self, zone: usize, act: Option<Act>) {
        let _ = (zone, act);
    }

    /// Paints all zones on `frame` as they look at `now`. Allocates nothing.
    pub fn paint(&mut self, now: Now, frame: &mut Frame) {
        let _ = (now, frame);
    }
}
