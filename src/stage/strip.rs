//! A ticker: its contents joined into one strip that runs to the left for ever.

use jiff::civil::DateTime;

use super::{
    live::LiveText,
    scene::{Now, Ribbon},
    window::Window,
};
use crate::{
    frame::Frame,
    units::{Area, BLACK, Size, Speed, Tick},
};

/// The joined strip.
#[derive(Clone, Debug)]
pub(super) struct Strip {
    /// One cycle, and after it as much of the beginning as the zone is wide: any window of the cycle is one piece of each row.
    picture: Frame,
    /// LEDs of one cycle, at least 1.
    cycle: u32,
    speed: Speed,
    /// Texts that tell the time, placed along the cycle.
    live: Vec<LiveText>,
}

impl Strip {
    /// The strip that shows the first `cycle` columns of `picture` over and over, at `speed`, `live` on top.
    ///
    /// `picture` is `cycle` and the zone's width wide; the part after the cycle is filled in here.
    pub(super) fn new(mut picture: Frame, cycle: u32, speed: Speed, live: Vec<LiveText>) -> Self {
        let cycle = cycle.max(1);
        let bytes = cycle as usize * crate::frame::CHANNELS;
        for y in 0..picture.size().height {
            let row = picture.row_mut(y);
            // Copying forward from where the cycle ends repeats it as often as there is room.
            for at in bytes..row.len() {
                row[at] = row[at - bytes];
            }
        }
        Self {
            picture,
            cycle,
            speed,
            live,
        }
    }

    /// How long it is, and how fast.
    pub(super) const fn ribbon(&self) -> Ribbon {
        Ribbon {
            cycle: self.cycle,
            speed: self.speed,
        }
    }

    /// What of it tells the time.
    pub(super) fn live(&self) -> &[LiveText] {
        &self.live
    }

    /// One cycle of it, as the clock shows `civil`.
    pub(super) fn unrolled(&self, civil: DateTime) -> Frame {
        let whole = Area::new(0, 0, self.cycle, self.picture.size().height);
        let mut frame = Frame::new(whole.size());
        frame.copy_area(&self.picture, whole, 0, 0);
        for text in &self.live {
            text.paint(civil, &mut frame, Window::of(whole));
        }
        frame
    }

    /// Paints column `x` of the zone with column `(run + x) mod cycle` of the strip, `run` being what has gone by since
    /// `since`. Allocates nothing.
    pub(super) fn paint(&self, now: Now, since: Tick, frame: &mut Frame, window: Window) {
        let offset = self.offset(now.tick, since);
        let Size { width, height } = self.picture.size();
        let zone = Size::new(width - self.cycle, height);
        if window.exceeds(zone) {
            frame.fill_area(window.clip, BLACK);
        }
        window.copy(&self.picture, Area::new(offset, 0, zone.width, zone.height), frame);
        for text in &self.live {
            let mut x = window.x - i64::from(offset);
            while x < window.clip.right().into() {
                text.paint(now.civil, frame, Window { x, ..window });
                x += i64::from(self.cycle);
            }
        }
    }

    /// The column of the strip at the zone's left edge.
    fn offset(&self, tick: Tick, since: Tick) -> u32 {
        let offset = self.speed.run(tick.since(since)).rem_euclid(i128::from(self.cycle));
        u32::try_from(offset).unwrap_or(0)
    }
}
