//! Frames and their lengths in time to what an animated file holds: the parts that change, and how long each stays.

use crate::{
    frame::Frame,
    simulator::SimulatorError,
    units::{Area, Size, Ticks},
};

/// A change of the picture.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// The smallest rectangle that holds all LEDs that change: the whole picture in the first step, and never nothing.
    pub(super) area: Area,
    /// The LEDs of that rectangle.
    pub(super) leds: Frame,
    /// How long the picture then stays.
    pub(super) stay: Ticks,
}

/// The steps of a sequence of frames. Frames that repeat become one, and a frame shorter than `least` gives its time to the next.
pub(super) struct Steps<I> {
    frames: I,
    least: Ticks,
    /// The last picture given out.
    shown: Option<Frame>,
    /// The picture that gathers time.
    pending: Option<(Frame, Ticks)>,
    number: u64,
}

impl<I: Iterator<Item = (Frame, Ticks)>> Steps<I> {
    pub(super) const fn new(frames: I, least: Ticks) -> Self {
        Self {
            frames,
            least,
            shown: None,
            pending: None,
            number: 0,
        }
    }

    /// Adds a frame; returns the one before it, if that has had its time.
    fn gather(&mut self, frame: Frame, stay: Ticks) -> Option<(Frame, Ticks)> {
        let stay = stay.max(Ticks::ZERO);
        match self.pending.take() {
            None => self.pending = Some((frame, stay)),
            Some((last, time)) if last == frame || time < self.least => self.pending = Some((frame, time + stay)),
            Some(done) => {
                self.pending = Some((frame, stay));
                return Some(done);
            }
        }
        None
    }

    fn check(&mut self, found: Size) -> Result<(), SimulatorError> {
        self.number += 1;
        let number = self.number;
        match self.pending.as_ref().map(|(frame, _)| frame.size()) {
            Some(first) if first != found => Err(SimulatorError::FrameSize { number, first, found }),
            _ => Ok(()),
        }
    }

    fn step(&mut self, (frame, stay): (Frame, Ticks)) -> Step {
        let area = self
            .shown
            .as_ref()
            .map_or_else(|| frame.size().area(), |shown| changed(shown, &frame));
        let mut leds = Frame::new(area.size());
        leds.copy_area(&frame, area, 0, 0);
        self.shown = Some(frame);
        Step { area, leds, stay }
    }
}

impl<I: Iterator<Item = (Frame, Ticks)>> Iterator for Steps<I> {
    type Item = Result<Step, SimulatorError>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some((frame, stay)) = self.frames.next() {
            if let Err(refused) = self.check(frame.size()) {
                return Some(Err(refused));
            }
            if let Some(done) = self.gather(frame, stay) {
                return Some(Ok(self.step(done)));
            }
        }
        let last = self.pending.take()?;
        Some(Ok(self.step(last)))
    }
}

/// The smallest rectangle that holds every LED in which the two frames of one size differ; the first LED where none does.
fn changed(before: &Frame, after: &Frame) -> Area {
    let size = after.size();
    let rows = || (0..size.height).filter(|y| before.row(*y) != after.row(*y));
    let (Some(top), Some(bottom)) = (rows().next(), rows().next_back()) else {
        return Area::new(0, 0, 1, 1);
    };
    let column = |x: u32| (top..=bottom).any(|y| before.led(x, y) != after.led(x, y));
    let left = (0..size.width).find(|x| column(*x)).unwrap_or_default();
    let right = (left..size.width).rfind(|x| column(*x)).unwrap_or(left);
    Area::new(left, top, right - left + 1, bottom - top + 1)
}

/// `whole` in as few parts as there are when none is larger than `most`: what a field of limited width can say of a long time.
pub(super) fn parts(whole: u64, most: u16) -> impl Iterator<Item = u16> {
    let full = whole / u64::from(most);
    let rest = u16::try_from(whole % u64::from(most)).unwrap_or(most);
    let rest = (rest > 0 || full == 0).then_some(rest);
    (0..full).map(move |_| most).chain(rest)
}
