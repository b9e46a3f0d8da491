//! The frame that is shown, held until the next one is ready.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{
    daemon::fault::{self, Fault},
    frame::Frame,
    stage::Painted,
    units::{Rate, Size, Tick},
};

/// The frame that is shown, and the one that is painted to take its place.
#[derive(Debug)]
pub struct Held {
    shown: Frame,
    painted: Frame,
    rate: Rate,
    /// The last tick at which a frame was shown; `None` before the first frame.
    last: Option<Tick>,
    /// The tick from which on nothing may be held for what is only lacking.
    limit: Option<Tick>,
    /// After a fault, the first tick at which painting is tried again.
    retry: Option<Tick>,
}

/// What a tick brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What became of painting.
    pub painting: Painting,
    /// Another frame is shown than before.
    pub is_new: bool,
    /// A second of UTC has begun: everybody sends his frame again now, new or not, whenever he was started.
    pub is_refresh: bool,
}

/// What became of painting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Painting {
    /// The frame is painted.
    Done,
    /// Frames of a clip were not at hand: the frame is held, and painting tried again at the next tick.
    Lacking,
    /// It was not tried, since it failed less than a second ago.
    Waiting,
    /// It could not be painted.
    Failed(Fault),
}

impl Held {
    /// Nothing is shown yet.
    pub fn new(size: Size, rate: Rate) -> Self {
        Self {
            shown: Frame::new(size),
            painted: Frame::new(size),
            rate,
            last: None,
            limit: None,
            retry: None,
        }
    }

    /// The frame that is shown; black before the first one.
    pub const fn frame(&self) -> &Frame {
        &self.shown
    }

    /// Lets painting be tried again at once: what is painted next is something else.
    pub const fn forgive(&mut self) {
        self.retry = None;
    }

    /// Says that what is shown may be what should be seen no more, for another programme takes over at `tick`: where the frames of a clip are
    /// not at hand, it is held for a second and no longer, and then all but those is shown.
    pub fn loosen(&mut self, tick: Tick) {
        let limit = Tick(tick.0 + i64::from(self.rate.hertz()));
        self.limit.get_or_insert(limit);
    }

    /// Lets `paint` paint `tick`. What is lacking is not shown. Should it panic, the frame is held, and painting left alone until the next whole second.
    pub fn step(&mut self, tick: Tick, paint: impl FnOnce(&mut Frame) -> Painted) -> Step {
        let painting = self.paint(tick, paint);
        let is_over = self.limit.is_some_and(|limit| limit <= tick);
        let is_shown = painting == Painting::Done || (painting == Painting::Lacking && is_over);
        if painting == Painting::Done {
            self.limit = None;
        }
        let is_new = is_shown && (self.last.is_none() || self.painted != self.shown);
        if is_new {
            std::mem::swap(&mut self.painted, &mut self.shown);
        }
        let has_frame = is_new || self.last.is_some();
        let is_refresh = has_frame && self.last.is_none_or(|last| self.second(last) != self.second(tick));
        self.last = has_frame.then_some(tick);
        Step {
            painting,
            is_new,
            is_refresh,
        }
    }

    fn paint(&mut self, tick: Tick, paint: impl FnOnce(&mut Frame) -> Painted) -> Painting {
        if self.is_waiting(tick) {
            return Painting::Waiting;
        }
        let painted = &mut self.painted;
        match catch_unwind(AssertUnwindSafe(|| paint(painted))) {
            Ok(painted) => {
                self.retry = None;
                match painted {
                    Painted::Whole => Painting::Done,
                    Painted::Lacking => Painting::Lacking,
                }
            }
            Err(panic) => {
                self.retry = Some(Tick((self.second(tick) + 1) * i64::from(self.rate.hertz())));
                Painting::Failed(Fault::Painting(fault::words(&*panic)))
            }
        }
    }

    fn is_waiting(&self, tick: Tick) -> bool {
        // A retry more than a second ahead was set before the clock stepped back.
        let second = i64::from(self.rate.hertz());
        self.retry
            .is_some_and(|retry| tick < retry && retry.since(tick).0 <= second)
    }

    /// The second of UTC in which `tick` lies.
    fn second(&self, tick: Tick) -> i64 {
        tick.0.div_euclid(i64::from(self.rate.hertz()))
    }
}
