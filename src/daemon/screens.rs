//! All screens of the wall in force.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use super::{
    fault::{self, Fault},
    player::Player,
    screen::ScreenThreads,
    shared::Shared,
    threads::Alive,
};
use crate::{site::Screen, wall::Wall};

/// The screens that are being played.
#[derive(Debug)]
pub(super) struct Screens {
    playing: Vec<ScreenThreads>,
    shared: Arc<Shared>,
    alive: Alive,
}

impl Screens {
    /// None yet.
    pub(super) const fn new(shared: Arc<Shared>, alive: Alive) -> Self {
        Self {
            playing: Vec::new(),
            shared,
            alive,
        }
    }

    /// Lets `wall` take over: by the threads that play, where a screen's LEDs, rate and outputs are the same, else by new ones.
    /// Screens that the site no longer has are ended.
    ///
    /// # Errors
    /// A screen could not be started; the others take the wall over nevertheless.
    pub(super) fn take_over(&mut self, wall: &Arc<Wall>) -> Result<(), Fault> {
        let screens = &wall.site().screens;
        let (stay, go): (Vec<_>, Vec<_>) = std::mem::take(&mut self.playing)
            .into_iter()
            .partition(|playing| screens.iter().any(|screen| playing.fits(screen)));
        self.playing = stay;
        for playing in go {
            playing.end();
            self.shared.hub.withdraw(playing.id());
        }
        let mut result = Ok(());
        for screen in screens {
            // Before any thread gets the chance to: the page shows the screens in the site's order.
            self.shared.hub.expect(&screen.id);
            match self.playing.iter().find(|playing| playing.id() == &*screen.id) {
                Some(playing) => playing.take_over(wall),
                None => result = self.start(wall, screen).and(result),
            }
        }
        result
    }

    /// Whether no screen is being played.
    pub(super) const fn is_empty(&self) -> bool {
        self.playing.is_empty()
    }

    fn start(&mut self, wall: &Arc<Wall>, screen: &Screen) -> Result<(), Fault> {
        let player = catch_unwind(AssertUnwindSafe(|| Player::new(Arc::clone(wall), &screen.id)))
            .map_err(|panic| Fault::Starting(Arc::clone(&screen.id), fault::words(&*panic)))?;
        if let Some(player) = player {
            let threads = ScreenThreads::start(player, screen, &self.shared, &self.alive)
                .map_err(|error| Fault::Starting(Arc::clone(&screen.id), error.to_string()))?;
            self.playing.push(threads);
        }
        Ok(())
    }
}
