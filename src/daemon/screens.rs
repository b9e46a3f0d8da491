//! All screens of the wall in force.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use super::{
    bill::Bill,
    clock::Confidence,
    fault::{self, Fault},
    screen::Conductor,
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

    /// Lets `wall` take over: by the threads that play, where a screen's LEDs, rate, outputs and cards are the same, else by new ones.
    /// Screens that the site no longer has are ended.
    ///
    /// # Errors
    /// A screen could not be started; the others take the wall over nevertheless.
    pub(super) fn take_over(&mut self, wall: &Arc<Wall>) -> Result<(), Fault> {
        let screens = &wall.site().screens;
        let (bill, mut result) = self.put_up(wall);
        let (stay, go): (Vec<_>, Vec<_>) = std::mem::take(&mut self.playing)
            .into_iter()
            .partition(|playing| screens.iter().any(|screen| playing.fits(screen)));
        self.playing = stay;
        for playing in go {
            playing.end(screens);
            self.shared.hub.withdraw(playing.id());
        }
        for screen in screens {
            // Before any thread gets the chance to: the page shows the screens in the site's order.
            self.shared.hub.expect(&screen.id);
            match self.playing.iter().find(|playing| playing.id() == &*screen.id) {
                Some(playing) => playing.take_over(&bill),
                None => result = self.start(&bill, screen).and(result),
            }
        }
        // Once the screens play, since a stop is seldom and a first frame is waited for.
        let ready = catch_unwind(AssertUnwindSafe(|| wall.ready_to_stop()));
        if let Err(panic) = ready {
            tracing::error!("the safe page could not be made ready: {}", fault::words(&*panic));
        }
        result
    }

    /// Whether no screen is being played.
    pub(super) const fn is_empty(&self) -> bool {
        self.playing.is_empty()
    }

    /// Puts up the bill of `wall`, with what is left of it where the clock is not to be believed. A clock that is found so later fills
    /// the bill that it finds.
    fn put_up(&self, wall: &Arc<Wall>) -> (Arc<Bill>, Result<(), Fault>) {
        let bill = Arc::new(Bill::new(Arc::clone(wall)));
        self.shared.put_up(Arc::clone(&bill));
        let course = self.shared.dial.course();
        let filled = match course.confidence {
            Confidence::Unknown => bill.fill(course.floor).map(|_| ()),
            Confidence::Trusted | Confidence::Holding => Ok(()),
        };
        (bill, filled)
    }

    fn start(&mut self, bill: &Arc<Bill>, screen: &Screen) -> Result<(), Fault> {
        let course = self.shared.dial.course();
        let lead = || Conductor::new(Arc::clone(bill), &screen.id, course);
        let conductor = catch_unwind(AssertUnwindSafe(lead))
            .map_err(|panic| Fault::Starting(Arc::clone(&screen.id), fault::words(&*panic)))?;
        if let Some(conductor) = conductor {
            let threads = ScreenThreads::start(conductor, screen, &self.shared, &self.alive)
                .map_err(|error| Fault::Starting(Arc::clone(&screen.id), error.to_string()))?;
            self.playing.push(threads);
        }
        Ok(())
    }
}
