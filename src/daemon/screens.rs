//! All screens of the wall in force.

use std::{io, sync::Arc};

use super::{player::Player, screen::ScreenThreads, shared::Shared, threads::Alive};
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
    /// The system gives no thread; the other screens take the wall over nevertheless.
    pub(super) fn take_over(&mut self, wall: &Arc<Wall>) -> io::Result<()> {
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
            match self.playing.iter().find(|playing| playing.id() == &*screen.id) {
                Some(playing) => playing.take_over(wall),
                None => result = self.start(wall, screen).and(result),
            }
        }
        result
    }

    fn start(&mut self, wall: &Arc<Wall>, screen: &Screen) -> io::Result<()> {
        if let Some(player) = Player::new(Arc::clone(wall), &screen.id) {
            let threads = ScreenThreads::start(player, screen, &self.shared, &self.alive)?;
            self.playing.push(threads);
        }
        Ok(())
    }
}
