//! A film: the frames of a clip, each of which stands for one tick.
//!
//! Which frame is seen follows from the tick alone, so a restart or a seek lands where it would have been. The frames come from a
//! [`Footage`], which waits for nothing: where it has none at hand, painting is [lacking](Painted::Lacking), and whoever paints keeps what
//! he showed before.

use std::sync::Arc;

use jiff::SignedDuration;

use super::{
    scene::{Now, Scene},
    window::Window,
};
use crate::{
    clip::{Footage, Footages},
    frame::{CHANNELS, Frame},
    units::{Area, Digest, Rate, Size, Tick, Ticks},
};

/// Which clip a content shows. Two that are equal look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Film {
    /// The clip's name.
    pub clip: Digest,
    /// The digest of what is in it.
    pub contents: Digest,
    /// Width and height of its frames.
    pub size: Size,
    /// How many it has, at least 1.
    pub frames: u32,
    /// How many times it is seen from beginning to end where nobody says how long it stays, at least 1.
    pub passes: u32,
}

/// What became of painting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Painted {
    /// All of it is there.
    #[default]
    Whole,
    /// Frames of a clip were not at hand, so what was painted must not be shown.
    Lacking,
}

/// A clip that is shown, in its place.
#[derive(Clone, Debug)]
pub(super) struct Reel {
    /// Its place in the zone.
    area: Area,
    /// How many frames it has.
    frames: u32,
    /// What has them; `None` where there is no such clip.
    footage: Option<Arc<dyn Footage>>,
}

impl Film {
    /// How many ticks a page of it takes where nobody says.
    pub fn length(&self) -> Ticks {
        Ticks(i64::from(self.frames.max(1)) * i64::from(self.passes.max(1)))
    }

    /// The same at that rate.
    pub(super) fn dwell(&self, rate: Rate) -> SignedDuration {
        rate.duration(self.length())
    }

    /// The page that shows it in a zone of `size`, its frames being asked of `footages`.
    pub(super) fn page(&self, size: Size, footages: &dyn Footages) -> Scene {
        let area = Area::new(0, 0, self.size.width, self.size.height);
        Scene::film(Frame::new(size), Reel::new(self, area, footages))
    }
}

impl Painted {
    /// What became of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Whole, Self::Whole) => Self::Whole,
            _ => Self::Lacking,
        }
    }

    /// Whether some of it is not there.
    pub fn is_lacking(self) -> bool {
        self == Self::Lacking
    }
}

impl Reel {
    /// `film` at `area`, which has its size.
    pub(super) fn new(film: &Film, area: Area, footages: &dyn Footages) -> Self {
        Self {
            area,
            frames: film.frames.max(1),
            footage: footages.open(film.clip),
        }
    }

    /// The frame by which it is known, counted from its first one.
    pub(super) fn poster(&self) -> Ticks {
        Ticks(i64::from(self.frames / 3))
    }

    /// Whether there is no such clip.
    pub(super) const fn is_bare(&self) -> bool {
        self.footage.is_none()
    }

    /// The frame that is seen at `tick`, the first one having been seen at `since`.
    fn frame(&self, tick: Tick, since: Tick) -> u32 {
        let frames = i64::from(self.frames);
        u32::try_from(tick.since(since).0.rem_euclid(frames)).unwrap_or(0)
    }

    /// Says that it will be seen at `tick`.
    pub(super) fn expect(&self, tick: Tick, since: Tick) {
        if let Some(footage) = &self.footage {
            footage.expect(self.frame(tick, since));
        }
    }

    /// Paints it as it looks at `now` on the scene in `window` of `frame`. Allocates nothing.
    pub(super) fn paint(&self, now: Now, since: Tick, frame: &mut Frame, window: Window) -> Painted {
        let Some(footage) = &self.footage else {
            return Painted::Lacking;
        };
        let (size, window) = (self.area.size(), window.inside(self.area));
        // A clip of another size than was said is not that clip.
        let mut is_it = false;
        let mut draw = |pixels: &[u8]| {
            is_it = pixels.len() == size.leds() * CHANNELS;
            if is_it {
                window.copy_pixels((pixels, size), size.area(), frame);
            }
        };
        let is_shown = footage.show(self.frame(now.tick, since), &mut draw);
        if is_shown && is_it {
            Painted::Whole
        } else {
            Painted::Lacking
        }
    }
}
