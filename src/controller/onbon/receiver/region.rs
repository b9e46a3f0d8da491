//! A part of the screen with its pages, and what is seen there at a time.

use super::page::{Page, Way, way};
use crate::{frame::Frame, units::Area};

/// A part of the screen with its pages.
#[derive(Clone, Debug)]
pub(super) struct Region {
    /// Its place on the screen.
    pub(super) place: Area,
    pages: Vec<Page>,
    /// When each page begins within a round, in ms; and when the round ends.
    begins: Vec<u64>,
}

/// A page at a time of its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// Which round it is, from 0.
    round: u64,
    page: usize,
    /// Which time of that page, from 0.
    time: u64,
    /// How many LEDs it has come.
    step: u64,
}

impl Region {
    /// `pages` at `place`; at least one.
    pub(super) fn new(place: Area, pages: Vec<Page>) -> Self {
        let ends = pages.iter().scan(0, |end: &mut u64, page| {
            *end += page.lasts();
            Some(*end)
        });
        let begins = std::iter::once(0).chain(ends).collect();
        Self { place, pages, begins }
    }

    /// How long all pages take, in ms.
    pub(super) fn round(&self) -> u64 {
        self.begins.last().copied().unwrap_or_default()
    }

    /// The display modes of its pages.
    pub(super) fn modes(&self) -> impl Iterator<Item = u8> {
        self.pages.iter().map(|page| page.mode)
    }

    /// What is seen `elapsed` ms after it began, and how many ms later it may be otherwise.
    pub(super) fn at(&self, elapsed: u64) -> (Position, u64) {
        let round = self.round().max(1);
        let within = elapsed % round;
        let page = self.begins.partition_point(|begin| *begin <= within).saturating_sub(1);
        let page = page.min(self.pages.len().saturating_sub(1));
        let Some(shown) = self.pages.get(page) else {
            return (self.last(), u64::MAX);
        };
        let of_page = within - self.begins[page];
        let of_time = of_page % shown.shown;
        let step = (of_time / shown.step).min(shown.steps);
        let position = Position {
            round: elapsed / round,
            page,
            time: of_page / shown.shown,
            step,
        };
        let changes = if step < shown.steps {
            (step + 1) * shown.step
        } else {
            shown.shown
        };
        (position, changes.max(of_time + 1) - of_time)
    }

    /// The last page, when it has come in.
    pub(super) fn last(&self) -> Position {
        let page = self.pages.len().saturating_sub(1);
        self.complete(0, page)
    }

    /// The page when it was last shown in a round, and had come in.
    fn complete(&self, round: u64, page: usize) -> Position {
        let (times, steps) = self.pages.get(page).map_or((1, 0), |page| (page.times, page.steps));
        Position {
            round,
            page,
            time: times - 1,
            step: steps,
        }
    }

    /// What was seen before that page began to come in.
    fn before(&self, position: Position) -> Option<Position> {
        let Position { round, page, time, .. } = position;
        if let Some(time) = time.checked_sub(1) {
            let step = self.pages.get(page)?.steps;
            return Some(Position { time, step, ..position });
        }
        match page.checked_sub(1) {
            Some(page) => Some(self.complete(round, page)),
            None => Some(self.complete(round.checked_sub(1)?, self.pages.len().checked_sub(1)?)),
        }
    }

    /// Lights its LEDs.
    pub(super) fn paint(&self, position: Position, frame: &mut Frame) {
        let Area { x, y, width, height } = self.place;
        for row in 0..height {
            for column in 0..width {
                let led = self.led(position, column, row);
                let at = (x + column) as usize * 3;
                frame.row_mut(y + row)[at..at + 3].copy_from_slice(&led);
            }
        }
    }

    /// The colour of an LED. A page that is on its way pushes what was there before it, which may be several short pages.
    fn led(&self, mut position: Position, x: u32, y: u32) -> [u8; 3] {
        let (width, height) = (i64::from(self.place.width), i64::from(self.place.height));
        let (mut x, mut y) = (i64::from(x), i64::from(y));
        // Each page back takes at least one LED of the way; pages that go back and forth for ever are cut off.
        for _ in 0..=2 * (width + height) {
            let Some(page) = self.pages.get(position.page) else {
                break;
            };
            let (come, whole) = (position.step as i64, page.steps as i64);
            let (dx, dy, is_new) = match way(page.mode) {
                Way::Cut => (0, 0, true),
                Way::Left => (come, 0, x + come >= width),
                Way::Right => (-come, 0, x < come),
                Way::Up => (0, come, y + come >= height),
                Way::Down => (0, -come, y < come),
            };
            (x, y) = (x + dx, y + dy);
            if is_new {
                let (x, y) = match way(page.mode) {
                    Way::Cut => (x, y),
                    Way::Left => (x - width, y),
                    Way::Right => (x + whole, y),
                    Way::Up => (x, y - height),
                    Way::Down => (x, y + whole),
                };
                return page.bitmap.led(x as u32, y as u32);
            }
            match self.before(position) {
                Some(before) => position = before,
                None => break,
            }
        }
        [0; 3]
    }
}
