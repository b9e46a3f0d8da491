//! A prepared cue: all that painting needs, at hand.

use jiff::civil::DateTime;

use super::{live::LiveText, roll::Roll, strip::Strip, window::Window};
use crate::{
    frame::Frame,
    units::{BLACK, Tick},
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
    /// What runs, on top of it.
    pub(super) rolls: Vec<Roll>,
    /// What changes with the clock, on top of all.
    pub(super) live: Vec<LiveText>,
}

impl Scene {
    /// The scene that shows `picture`, which has the zone's size, and never changes.
    pub fn still(picture: Frame) -> Self {
        Self::page(vec![Face {
            still: picture,
            rolls: Vec::new(),
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

    /// Paints the scene on `frame`, which has the zone's size, as it looks at `now`; `since` is the tick from which its
    /// motion counts (for a ticker, that at which its segment's first round began). Allocates nothing.
    pub fn paint(&self, now: Now, since: Tick, frame: &mut Frame) {
        self.paint_in(now, since, frame, Window::of(frame.size().area()));
    }

    /// Paints the scene in `window` of `frame`; a window larger than the scene is black in the rest.
    pub(super) fn paint_in(&self, now: Now, since: Tick, frame: &mut Frame, window: Window) {
        match &self.kind {
            Kind::Page(faces) => match faces.get(turn(now, faces.len())) {
                Some(face) => face.paint(now, since, frame, window),
                None => frame.fill_area(window.clip, BLACK),
            },
            Kind::Strip(strip) => strip.paint(now, since, frame, window),
        }
    }

    /// How the scene looks at `now`: its own picture where it stands still and has the size of `buffer`, else what is painted there.
    pub(super) fn picture<'a>(&'a self, now: Now, since: Tick, buffer: &'a mut Frame) -> &'a Frame {
        if let Kind::Page(faces) = &self.kind
            && let Some(face) = faces.get(turn(now, faces.len()))
            && face.rolls.is_empty()
            && face.live.is_empty()
            && face.still.size() == buffer.size()
        {
            return &face.still;
        }
        self.paint(now, since, buffer);
        buffer
    }
}

impl Default for Kind {
    fn default() -> Self {
        Self::Page(Vec::new())
    }
}

impl Face {
    fn paint(&self, now: Now, since: Tick, frame: &mut Frame, window: Window) {
        let size = self.still.size();
        if window.exceeds(size) {
            frame.fill_area(window.clip, BLACK);
        }
        window.copy(&self.still, size.area(), frame);
        for roll in &self.rolls {
            roll.paint(now, since, frame, window);
        }
        for text in &self.live {
            text.paint(now.civil, frame, window);
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
