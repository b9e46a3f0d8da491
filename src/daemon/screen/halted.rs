//! What a player shows while the wall is stopped, whatever fails.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use crate::{
    daemon::fault,
    frame::Frame,
    units::{BLACK, Tick},
    wall::{SafePage, ScreenView, Stopped, Wall},
};

/// The safe page of one screen, guarded: where it cannot be painted, the part of it that needs no programme; where that is not there
/// either, black.
#[derive(Debug)]
pub(in crate::daemon) struct Halted {
    stopped: Arc<Stopped>,
    page: Option<SafePage>,
    /// Whether painting it has failed: then its still part serves until another wall comes.
    is_broken: bool,
}

impl Halted {
    /// The safe page of the screen at `screen` in the site of `wall`.
    pub(in crate::daemon) fn new(stopped: &Arc<Stopped>, wall: &Wall, screen: Option<usize>) -> Self {
        let page = guarded("made", || screen.map(|screen| SafePage::new(wall, screen)));
        Self {
            stopped: Arc::clone(stopped),
            page: page.flatten(),
            is_broken: false,
        }
    }

    /// The stop.
    pub(in crate::daemon) const fn stopped(&self) -> &Arc<Stopped> {
        &self.stopped
    }

    /// Paints the page; never fails.
    pub(in crate::daemon) fn paint(&mut self, tick: Tick, frame: &mut Frame) {
        let Some(page) = &mut self.page else {
            frame.fill(BLACK);
            return;
        };
        let is_painted = !self.is_broken && guarded("painted", || page.paint(tick, frame)).is_some();
        if !is_painted {
            self.is_broken = true;
            page.paint_still(frame);
        }
    }

    /// The page in words, and the first tick at which they may change; `None` where there is no page, or it cannot be told.
    pub(in crate::daemon) fn view(&mut self, tick: Tick) -> Option<(ScreenView, Tick)> {
        let page = self.page.as_mut().filter(|_| !self.is_broken)?;
        let stopped = &self.stopped;
        guarded("told", || (page.view(tick, stopped), page.next_change(tick)))
    }

    /// What is told where the page cannot tell it: of a wall that has this screen.
    pub(in crate::daemon) fn bare_view(&self, wall: &Wall, screen: usize) -> ScreenView {
        let site = wall.site();
        let black = || ("安全页无法生成".into(), "the safe page could not be made".into());
        ScreenView {
            stopped: Some(self.stopped.view(&site.timezone)),
            ..ScreenView::of(&site.screens[screen], self.page.is_none().then(black), Vec::new())
        }
    }
}

/// What `work` gives; `None` where it panics.
fn guarded<T>(what: &str, work: impl FnOnce() -> T) -> Option<T> {
    let done = catch_unwind(AssertUnwindSafe(work));
    done.map_err(|panic| tracing::error!("the safe page could not be {what}: {}", fault::words(&*panic)))
        .ok()
}
