//! A prepared cue: all that painting needs, at hand.

use jiff::civil::DateTime;

use super::{live::LiveText, strip::Strip};
use crate::{
    frame::Frame,
    units::{Area, Tick},
};

/// How long each of the boxes that take turns in one place is seen, in seconds.
pub(super) const TURN: i64 = 5;

/// The instant that is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The tick.
    pub tick: Tick,
    /// The same as civil time in the site's zone, for clocks.
    pub civil: DateTime,
}

/// A prepared page, strip or clock, of the size of its zone.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    /// The faces that take turns, [`TURN`] seconds each by the civil clock; nearly always one.
    Page(Vec<Face>),
    /// A ticker.
    Strip(Strip),
}

/// One look of a page: what stands still, and the texts that tell the time.
#[derive(Clone, Debug)]
pub(super) struct Face {
    /// All that stands still, of the zone's size.
    pub(super) still: Frame,
    /// What changes with the clock, on top of it.
    pub(super) live: Vec<LiveText>,
}

impl Scene {
    /// The scene that shows `picture`, which has the zone's size, and never changes.
    pub fn still(picture: Frame) -> Self {
        Self::page(vec![Face {
            still: picture,
            live: Vec::new(),
        }])
    }

    pub(super) const fn page(faces: Vec<Face>) -> Self {
        Self {
            kind: Kind::Page(faces),
        }
    }

    pub(super) const fn strip(strip: Strip) -> Self {
        Self {
            kind: Kind::Strip(strip),
        }
    }

    /// Paints the scene on `frame`, which has the zone's size, as it looks at `now`; `since` is the tick at which it came on
    /// (for a ticker, the tick at which its segment's first round began). Allocates nothing.
    pub fn paint(&self, now: Now, since: Tick, frame: &mut Frame) {
        self.paint_in(now, since, frame, frame.size().area());
    }

    /// Paints the scene on `area` of `frame`; an area larger than the scene is black in the rest.
    pub(super) fn paint_in(&self, now: Now, since: Tick, frame: &mut Frame, area: Area) {
        match &self.kind {
            Kind::Page(faces) => match faces.get(turn(now, faces.len())) {
                Some(face) => face.paint(now, frame, area),
                None => frame.fill_area(area, crate::units::BLACK),
            },
            Kind::Strip(strip) => strip.paint(now, since, frame, area),
        }
    }
}

impl Default for Kind {
    fn default() -> Self {
        Self::Page(Vec::new())
    }
}

impl Face {
    fn paint(&self, now: Now, frame: &mut Frame, area: Area) {
        let size = self.still.size();
        if size.width < area.width || size.height < area.height {
            frame.fill_area(area, crate::units::BLACK);
        }
        let part = Area::new(0, 0, size.width.min(area.width), size.height.min(area.height));
        frame.copy_area(&self.still, part, i64::from(area.x), i64::from(area.y));
        for text in &self.live {
            text.paint(now.civil, frame, area, i64::from(area.x));
        }
    }
}

/// Whose turn it is among `count`: decided by the civil clock alone, so that every screen of a building agrees.
fn turn(now: Now, count: usize) -> usize {
    let seconds =
        i64::from(now.civil.hour()) * 3600 + i64::from(now.civil.minute()) * 60 + i64::from(now.civil.second());
    let count = i64::try_from(count.max(1)).unwrap_or(1);
    usize::try_from(seconds / TURN % count).unwrap_or(0)
}
