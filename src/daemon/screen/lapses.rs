//! Held frames, gathered: a fault that lasts for days makes few records.

use crate::{
    units::{Rate, Tick, Ticks},
    wall::history::{Held, Holding},
};

/// Lapses that are not further apart than so many seconds are one.
const APART: i64 = 600;

/// A lapse that lasts longer than so many seconds is told in parts, so that a power cut does not take all of it.
const PART: i64 = 3_600;

/// The frames of one screen that were held, until they are told.
#[derive(Clone, Debug)]
pub struct Lapses {
    rate: Rate,
    painting: Option<Lapse>,
    clip: Option<Lapse>,
    late: Option<Lapse>,
}

#[derive(Clone, Copy, Debug)]
struct Lapse {
    since: Tick,
    /// The first tick after the last frame that was held.
    until: Tick,
    frames: u64,
}

impl Lapses {
    /// None yet, of a screen of that rate.
    pub const fn new(rate: Rate) -> Self {
        Self {
            rate,
            painting: None,
            clip: None,
            late: None,
        }
    }

    /// Notes that the frames of the last `frames` ticks before `until` were held.
    pub fn note(&mut self, why: Holding, until: Tick, frames: u64) {
        let since = until - Ticks(i64::try_from(frames).unwrap_or(i64::MAX));
        let lapse = match why {
            Holding::Painting => &mut self.painting,
            Holding::Clip => &mut self.clip,
            Holding::Late => &mut self.late,
            // Who takes a step of the clock tells of it at once.
            Holding::Clock => return,
        };
        let lapse = lapse.get_or_insert(Lapse {
            since,
            until,
            frames: 0,
        });
        lapse.until = lapse.until.max(until);
        lapse.frames += frames;
    }

    /// What is to be told at `tick`: what has been over for a while, what lasts long, and after a step of the clock all.
    pub fn due(&mut self, tick: Tick) -> impl Iterator<Item = Held> + use<> {
        let second = i64::from(self.rate.hertz());
        let is_due = move |lapse: &Lapse| {
            let (over, long) = (tick.since(lapse.until).0, tick.since(lapse.since).0);
            over >= APART * second || long >= PART * second || over < 0
        };
        self.take(&is_due)
    }

    /// What is to be told when the screen is no longer played.
    pub fn rest(&mut self) -> impl Iterator<Item = Held> + use<> {
        self.take(&|_| true)
    }

    fn take(&mut self, is_due: &dyn Fn(&Lapse) -> bool) -> impl Iterator<Item = Held> + use<> {
        // Every tick asks, and almost always there is nothing.
        let rate = self.rate;
        let told = move |lapse: Lapse, why| Held {
            since: rate.timestamp(lapse.since),
            until: rate.timestamp(lapse.until),
            frames: lapse.frames,
            why,
        };
        let painting = self.painting.take_if(|lapse| is_due(lapse));
        let clip = self.clip.take_if(|lapse| is_due(lapse));
        let late = self.late.take_if(|lapse| is_due(lapse));
        let all = [
            painting.map(|lapse| told(lapse, Holding::Painting)),
            clip.map(|lapse| told(lapse, Holding::Clip)),
            late.map(|lapse| told(lapse, Holding::Late)),
        ];
        all.into_iter().flatten()
    }
}
