//! One screen of a wall, ready to be painted tick by tick.

use std::sync::Arc;

use super::{library::Wall, view::ScreenView};
use crate::{
    frame::Frame,
    units::{Rate, Size, Tick},
};

/// Paints one screen. What it paints depends on the wall and the tick alone; it only keeps what it has already worked out.
#[derive(Debug)]
pub struct Projector {
    wall: Arc<Wall>,
    screen: usize,
}

impl Projector {
    /// The projector of the screen at `screen` in the site, which must have it.
    pub const fn new(wall: Arc<Wall>, screen: usize) -> Self {
        Self { wall, screen }
    }

    /// The screen's size.
    pub fn size(&self) -> Size {
        self.wall.site().screens[self.screen].size
    }

    /// The screen's rate.
    pub fn rate(&self) -> Rate {
        self.wall.site().screens[self.screen].rate
    }

    /// Lets `wall`, in which this screen has the same identity, size, rate and zones, take over from `tick` on: in each zone at its
    /// next boundary there, at once where something was withdrawn or an alert begins. `false`, and nothing changes, where the
    /// screen's shape differs: then the caller makes a new projector.
    pub fn take_over(&mut self, wall: Arc<Wall>, tick: Tick) -> bool {
        let _ = tick;
        self.wall = wall;
        true
    }

    /// Paints the screen as it looks at `tick` on `frame`, which has the screen's size.
    pub fn paint(&mut self, tick: Tick, frame: &mut Frame) {
        let _ = (tick, frame);
    }

    /// The first tick after `tick` at which a zone changes what it shows, or the light goes on or off.
    pub fn next_change(&mut self, tick: Tick) -> Tick {
        tick.next()
    }

    /// What the screen shows at `tick`, in words.
    pub fn view(&mut self, tick: Tick) -> ScreenView {
        let screen = &self.wall.site().screens[self.screen];
        let _ = tick;
        ScreenView {
            id: Arc::clone(&screen.id),
            title: Arc::clone(&screen.title),
            width: screen.size.width,
            height: screen.size.height,
            rate: screen.rate.hertz(),
            dark: None,
            zones: Vec::new(),
        }
    }
}
