//! A prepared cue: all that painting needs, at hand.

use jiff::civil::DateTime;

use super::{
    film::{Painted, Reel},
    live::LiveText,
    roll::Roll,
    strip::Strip,
    window::Window,
};
use crate::{
    frame::Frame,
    units::{Area, BLACK, Speed, Tick, Ticks},
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
    /// The clips that are shown, on top of it.
    pub(super) reels: Vec<Reel>,
    /// What runs, on top of them.
    pub(super) rolls: Vec<Roll>,
    /// What changes with the clock, on top of all.
    pub(super) live: Vec<LiveText>,
}

/// What of a scene changes by itself while it is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stirs {
    /// Seconds by the civil clock, counted from 00:00, after which what tells the time may look otherwise; `None` where that is not
    /// before the next day.
    pub every: Option<u32>,
    /// Whether something runs, or a film is shown.
    pub runs: bool,
}

/// The strip of a ticker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ribbon {
    /// The LEDs of one cycle along it, at least 1.
    pub cycle: u32,
    /// How fast it runs.
    pub speed: Speed,
}

/// What runs over a page: its first screenful is held, all of it goes by to the left, its last screenful is held; and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running<'a> {
    /// Where it runs, in the zone.
    pub area: Area,
    /// All of it, as high as the area and `distance` wider.
    pub picture: &'a Frame,
    /// The LEDs that it goes by, at least 1.
    pub distance: u32,
    /// How fast.
    pub speed: Speed,
    /// How long the first screenful is held.
    pub first: Ticks,
    /// How long the last one is held.
    pub last: Ticks,
}

impl Running<'_> {
    /// How long one run takes, with what is held.
    pub fn length(&self) -> Ticks {
        self.first + self.speed.ticks(self.distance) + self.last
    }
}

impl Stirs {
    /// What changes where both are seen.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let every = [self.every, other.every];
        Self {
            every: every.into_iter().flatten().min(),
            runs: self.runs || other.runs,
        }
    }
}

impl Scene {
    /// The scene that shows `picture`, which has the zone's size, and never changes.
    pub fn still(picture: Frame) -> Self {
        Self::page(vec![Face::new(picture)])
    }

    /// The scene that shows a film on `ground`, which has the zone's size.
    pub(super) fn film(ground: Frame, reel: Reel) -> Self {
        Self::page(vec![Face {
            reels: vec![reel],
            ..Face::new(ground)
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

    /// What of it changes by itself.
    pub fn stirs(&self) -> Stirs {
        let live = |live: &[LiveText]| live.iter().filter_map(LiveText::every).min();
        match &self.kind {
            Kind::Page(faces) => {
                let turn = (faces.len() > 1).then_some(TURN.unsigned_abs() as u32);
                Stirs {
                    every: faces.iter().filter_map(|face| live(&face.live)).chain(turn).min(),
                    runs: faces
                        .iter()
                        .any(|face| !face.rolls.is_empty() || !face.reels.is_empty()),
                }
            }
            Kind::Strip(strip) => Stirs {
                every: live(strip.live()),
                runs: true,
            },
        }
    }

    /// Whether it shows a film.
    pub fn has_film(&self) -> bool {
        self.reels().next().is_some()
    }

    /// How long after its beginning it looks like itself where it must stand: a film, a third of its way in, where few are still dark.
    pub fn poster(&self) -> Ticks {
        self.reels().map(Reel::poster).max().unwrap_or(Ticks::ZERO)
    }

    /// Whether a clip that it shows was not there when it was prepared.
    pub fn lacks_clip(&self) -> bool {
        self.reels().any(Reel::is_bare)
    }

    /// Says that it will be painted at `tick` and from then on, so that its films are at hand; `since` as in [`Scene::paint`].
    pub fn expect(&self, tick: Tick, since: Tick) {
        self.reels().for_each(|reel| reel.expect(tick, since));
    }

    fn reels(&self) -> impl Iterator<Item = &Reel> {
        let faces = match &self.kind {
            Kind::Page(faces) => &faces[..],
            Kind::Strip(_) => &[],
        };
        faces.iter().flat_map(|face| &face.reels)
    }

    /// What runs over its page, where that is one thing with nothing on top of it.
    pub fn running(&self) -> Option<Running<'_>> {
        let Kind::Page(faces) = &self.kind else {
            return None;
        };
        let [face] = &faces[..] else { return None };
        let [roll] = &face.rolls[..] else { return None };
        if !face.reels.is_empty() {
            return None;
        }
        let running = roll.running();
        let is_covered = face.live.iter().any(|text| text.area().overlaps(running.area));
        (!is_covered).then_some(running)
    }

    /// Its strip, where it is a ticker's.
    pub fn ribbon(&self) -> Option<Ribbon> {
        match &self.kind {
            Kind::Page(_) => None,
            Kind::Strip(strip) => Some(strip.ribbon()),
        }
    }

    /// One cycle of its strip, all of it, as the clock shows `civil`; `None` where it has none.
    pub fn unrolled(&self, civil: DateTime) -> Option<Frame> {
        match &self.kind {
            Kind::Page(_) => None,
            Kind::Strip(strip) => Some(strip.unrolled(civil)),
        }
    }

    /// Paints the scene on `frame`, which has the zone's size, as it looks at `now`; `since` is the tick from which its
    /// motion counts (for a ticker, that at which its segment's first round began; for a film, that of its first frame). Allocates nothing.
    pub fn paint(&self, now: Now, since: Tick, frame: &mut Frame) -> Painted {
        self.paint_in(now, since, frame, Window::of(frame.size().area()))
    }

    /// Paints the scene in `window` of `frame`; a window larger than the scene is black in the rest.
    pub(super) fn paint_in(&self, now: Now, since: Tick, frame: &mut Frame, window: Window) -> Painted {
        match &self.kind {
            Kind::Page(faces) => match faces.get(turn(now, faces.len())) {
                Some(face) => return face.paint(now, since, frame, window),
                None => frame.fill_area(window.clip, BLACK),
            },
            Kind::Strip(strip) => strip.paint(now, since, frame, window),
        }
        Painted::Whole
    }

    /// How the scene looks at `now`: its own picture where it stands still and has the size of `buffer`, else what is painted there.
    pub(super) fn picture<'a>(&'a self, now: Now, since: Tick, buffer: &'a mut Frame) -> (&'a Frame, Painted) {
        if let Kind::Page(faces) = &self.kind
            && let Some(face) = faces.get(turn(now, faces.len()))
            && face.reels.is_empty()
            && face.rolls.is_empty()
            && face.live.is_empty()
            && face.still.size() == buffer.size()
        {
            return (&face.still, Painted::Whole);
        }
        let painted = self.paint(now, since, buffer);
        (buffer, painted)
    }
}

impl Default for Kind {
    fn default() -> Self {
        Self::Page(Vec::new())
    }
}

impl Face {
    /// One on which nothing moves.
    pub(super) const fn new(still: Frame) -> Self {
        Self {
            still,
            reels: Vec::new(),
            rolls: Vec::new(),
            live: Vec::new(),
        }
    }

    fn paint(&self, now: Now, since: Tick, frame: &mut Frame, window: Window) -> Painted {
        let size = self.still.size();
        if window.exceeds(size) {
            frame.fill_area(window.clip, BLACK);
        }
        window.copy(&self.still, size.area(), frame);
        let reels = self.reels.iter().map(|reel| reel.paint(now, since, frame, window));
        let painted = reels.fold(Painted::Whole, Painted::and);
        for roll in &self.rolls {
            roll.paint(now, since, frame, window);
        }
        for text in &self.live {
            text.paint(now.civil, frame, window);
        }
        painted
    }
}

/// Whose turn it is among `count`: decided by the civil clock alone, so that every screen of a building agrees.
fn turn(now: Now, count: usize) -> usize {
    let seconds =
        i64::from(now.civil.hour()) * 3600 + i64::from(now.civil.minute()) * 60 + i64::from(now.civil.second());
    let count = i64::try_from(count.max(1)).unwrap_or(1);
    usize::try_from(seconds / TURN % count).unwrap_or(0)
}
