//! Flashes that can bring on seizures, as WCAG 2.1 (2.3.1) has them, measured on the finished frames of a clip.
//!
//! | | a change | that counts |
//! |---|---|---|
//! | general flash | of relative luminance by a tenth of the most or more | where the darker state is below 0.80 |
//! | red flash | of (R − G − B) × 320 by more than 20, negative numbers being 0 | where R / (R + G + B) is 0.8 or more in either state |
//!
//! Two such changes in turn, up and down, are a flash. More than three of them within a second, at the same places, over a quarter of the
//! picture or more, are too many. The places are the cells of a grid: what is finer than they are, dithering among it, is no flash, nor is a
//! thing that moves. A change is counted from the state that was farthest off since the last one, so that a fade is one change, however long it
//! takes. Behind its end a clip begins anew, and so does what is counted.

use std::{collections::VecDeque, time::Duration};

use crate::{
    frame::{CHANNELS, light},
    units::{Rate, Size},
};

/// The most cells of the grid along each side.
const CELLS: u32 = 32;
/// The least pixels of a cell along each side: those of the pattern by which pictures are dithered.
const LEAST: u32 = 8;
/// What the light of a channel is at most.
const WHOLE: i32 = 65_535;
/// The most flashes within a second.
const MOST: usize = 3;

/// The second of a clip that flashes most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flashes {
    /// When the first of its flashes begins, from the beginning of the clip.
    pub at: Duration,
    /// How many there are within that second.
    pub count: u32,
}

/// Watches the frames of one clip go by.
#[derive(Debug)]
pub struct Guard {
    rate: Rate,
    grid: Grid,
    /// Of each cell, its general and its red flashes.
    cells: Vec<[Track; 2]>,
    /// The states of the first second, for the time when the clip begins anew.
    first: VecDeque<Vec<[State; 2]>>,
    /// Those of the frame that was seen last.
    states: Vec<[State; 2]>,
    frame: u32,
    worst: Option<Worst>,
}

#[derive(Clone, Copy, Debug)]
struct Worst {
    /// The frame of its first change.
    first: u32,
    count: usize,
}

/// How pixels fall into cells.
#[derive(Debug)]
struct Grid {
    /// Of each column of pixels, the column of cells, and the same of rows.
    columns: Vec<u8>,
    rows: Vec<u8>,
    across: usize,
    /// How many pixels each cell has.
    areas: Vec<u32>,
    sums: Vec<[u64; CHANNELS]>,
}

/// How a cell looks in one frame, in one regard.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// Luminance, or how much more red there is than green and blue; as [`light`].
    value: i32,
    /// Whether its red is saturated.
    is_red: bool,
}

/// The changes of a cell, in one regard.
#[derive(Clone, Debug, Default)]
struct Track {
    /// Of the states since the last change, the least and the greatest; `None` before the first frame.
    least: Option<State>,
    greatest: Option<State>,
    last: Option<Way>,
    /// The frames of the changes of the last second.
    changes: VecDeque<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl Guard {
    /// A guard for frames of `size`, neither side of which is 0, at `rate`.
    pub fn new(size: Size, rate: Rate) -> Self {
        let grid = Grid::new(size);
        let count = grid.areas.len();
        Self {
            rate,
            grid,
            cells: vec![Default::default(); count],
            first: VecDeque::new(),
            states: vec![Default::default(); count],
            frame: 0,
            worst: None,
        }
    }

    /// Sees the next frame: R, G, B row by row.
    pub fn see(&mut self, frame: &[u8]) {
        self.grid.states(frame, &mut self.states);
        if self.first.len() < self.second() as usize {
            self.first.push_back(self.states.clone());
        }
        let states = std::mem::take(&mut self.states);
        self.step(&states);
        self.states = states;
    }

    /// Sees the frame that was seen last once more.
    pub fn see_again(&mut self) {
        if self.first.len() < self.second() as usize {
            self.first.push_back(self.states.clone());
        }
        // No state changes, so no change is counted.
        self.frame += 1;
    }

    /// The second that flashes most, where there are more than three flashes in one, the clip beginning anew behind its end.
    pub fn finish(mut self) -> Option<Flashes> {
        let frames = self.frame;
        let first = std::mem::take(&mut self.first);
        // Twice a second: one that is shorter has come round by then, and what went before has settled.
        let again = first
            .iter()
            .cycle()
            .take(2 * self.second() as usize * usize::from(!first.is_empty()));
        again.for_each(|states| self.step(states));
        self.worst.map(|Worst { first, count }| Flashes {
            at: Duration::from_secs(u64::from(first % frames.max(1))) / u32::from(self.rate.hertz()),
            count: count as u32,
        })
    }

    /// Frames of a second.
    fn second(&self) -> u32 {
        self.rate.hertz().into()
    }

    fn step(&mut self, states: &[[State; 2]]) {
        let (frame, second) = (self.frame, self.second());
        let mut has_changed = [false; 2];
        for (tracks, states) in self.cells.iter_mut().zip(states) {
            has_changed[0] |= tracks[0].step(states[0], is_general, (frame, second));
            has_changed[1] |= tracks[1].step(states[1], is_red, (frame, second));
        }
        for (regard, has_changed) in has_changed.into_iter().enumerate() {
            if has_changed && let Some(found) = self.look(regard) {
                let is_worse = self.worst.is_none_or(|worst| worst.count < found.count);
                self.worst = if is_worse { Some(found) } else { self.worst };
            }
        }
        self.frame += 1;
    }

    /// The flashes that a quarter of the picture has had within the last second, where they are too many.
    fn look(&self, regard: usize) -> Option<Worst> {
        let total: u64 = self.grid.areas.iter().map(|area| u64::from(*area)).sum();
        let mut flashing: Vec<(usize, u32, u32)> = self
            .cells
            .iter()
            .zip(&self.grid.areas)
            .filter_map(|(tracks, area)| {
                let changes = &tracks[regard].changes;
                let count = changes.len() / 2;
                (count > MOST).then(|| (count, changes[0], *area))
            })
            .collect();
        flashing.sort_unstable_by(|a, b| b.cmp(a));
        let mut area = 0;
        let mut first = u32::MAX;
        for (count, begin, part) in flashing {
            area += u64::from(part);
            first = first.min(begin);
            if 4 * area >= total {
                return Some(Worst { first, count });
            }
        }
        None
    }
}

impl Grid {
    fn new(size: Size) -> Self {
        let cells = |side: u32| (side / LEAST).clamp(1, CELLS);
        let [columns, rows] = [size.width, size.height].map(|side| {
            let cells = u64::from(cells(side));
            let cell = |at: u32| (u64::from(at) * cells / u64::from(side)) as u8;
            (0..side).map(cell).collect::<Vec<u8>>()
        });
        let across = cells(size.width) as usize;
        let count = across * cells(size.height) as usize;
        let mut areas = vec![0; count];
        for row in &rows {
            for column in &columns {
                areas[usize::from(*row) * across + usize::from(*column)] += 1;
            }
        }
        Self {
            columns,
            rows,
            across,
            areas,
            sums: vec![[0; CHANNELS]; count],
        }
    }

    /// How each cell looks.
    fn states(&mut self, frame: &[u8], states: &mut [[State; 2]]) {
        self.sums.fill([0; CHANNELS]);
        let stride = self.columns.len() * CHANNELS;
        for (line, row) in frame.chunks_exact(stride).zip(&self.rows) {
            let sums = &mut self.sums[usize::from(*row) * self.across..][..self.across];
            let (mut pixels, mut columns) = (line.as_chunks::<CHANNELS>().0, &self.columns[..]);
            for sum in sums {
                let cell = columns.first().copied();
                let width = columns.iter().take_while(|column| Some(**column) == cell).count();
                let (here, rest) = pixels.split_at(width.min(pixels.len()));
                for [red, green, blue] in here {
                    sum[0] += u64::from(light(*red));
                    sum[1] += u64::from(light(*green));
                    sum[2] += u64::from(light(*blue));
                }
                (pixels, columns) = (rest, &columns[width..]);
            }
        }
        for ((states, sums), area) in states.iter_mut().zip(&self.sums).zip(&self.areas) {
            *states = state(sums.map(|sum| (sum / u64::from((*area).max(1))) as i32));
        }
    }
}

/// How a cell of that light looks in both regards.
fn state([red, green, blue]: [i32; CHANNELS]) -> [State; 2] {
    let is_red = red > 0 && 5 * red >= 4 * (red + green + blue);
    // ITU-R BT.709, as sRGB has it.
    let luminance = (2126 * i64::from(red) + 7152 * i64::from(green) + 722 * i64::from(blue)) / 10_000;
    [luminance as i32, (red - green - blue).max(0)].map(|value| State { value, is_red })
}

/// Whether the change from one of these to the other is one of luminance.
const fn is_general(dark: State, bright: State) -> bool {
    10 * (bright.value - dark.value) >= WHOLE && 10 * dark.value < 8 * WHOLE
}

/// Whether it is one of saturated red.
const fn is_red(less: State, more: State) -> bool {
    16 * (more.value - less.value) > WHOLE && (less.is_red || more.is_red)
}

impl Track {
    /// Goes on to the next state; whether that is a change.
    fn step(&mut self, state: State, counts: fn(State, State) -> bool, (frame, second): (u32, u32)) -> bool {
        let least = self.least.filter(|least| least.value <= state.value).unwrap_or(state);
        let greatest = self
            .greatest
            .filter(|greatest| greatest.value >= state.value)
            .unwrap_or(state);
        let way = match self.last {
            last if last != Some(Way::Up) && counts(least, state) => Way::Up,
            last if last != Some(Way::Down) && counts(state, greatest) => Way::Down,
            _ => {
                (self.least, self.greatest) = (Some(least), Some(greatest));
                return false;
            }
        };
        self.last = Some(way);
        (self.least, self.greatest) = (Some(state), Some(state));
        while self.changes.front().is_some_and(|first| first + second <= frame) {
            self.changes.pop_front();
        }
        self.changes.push_back(frame);
        true
    }
}
