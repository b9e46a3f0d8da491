//! A text that runs in its box: set once, and painted through a window that moves along it.

use super::{
    course::Course,
    scene::{Now, Running},
    window::Window,
};
use crate::{
    frame::Frame,
    units::{Area, Tick},
};

/// A line of type that is longer than its box.
#[derive(Clone, Debug)]
pub(super) struct Roll {
    /// All of it on its ground, as high as the box.
    picture: Frame,
    /// The box in the zone.
    area: Area,
    course: Course,
}

impl Roll {
    /// `picture`, at least as wide as `area` and as high, on its `course`.
    pub(super) const fn new(picture: Frame, area: Area, course: Course) -> Self {
        Self { picture, area, course }
    }

    /// Where it runs, what, and how.
    pub(super) const fn running(&self) -> Running<'_> {
        let (distance, speed, first, last) = self.course.parts();
        Running {
            area: self.area,
            picture: &self.picture,
            distance,
            speed,
            first,
            last,
        }
    }

    /// Paints it as it looks at `now`, its first run having begun at `since`, on the scene in `window` of `frame`. Allocates nothing.
    pub(super) fn paint(&self, now: Now, since: Tick, frame: &mut Frame, window: Window) {
        let offset = self.course.offset(now.tick.since(since));
        let seen = Area::new(offset, 0, self.area.width, self.area.height);
        window.inside(self.area).copy(&self.picture, seen, frame);
    }
}
