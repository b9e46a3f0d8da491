//! The wall in a terminal: two LEDs to a character, in 24-bit colour.
//!
//! A character cell is about twice as high as it is wide, so `▀` with its two colours stands for two LEDs, one above the other. A
//! frame that is larger than the terminal is drawn smaller by a whole number, and a line below says so.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use crate::frame::{CHANNELS, Frame};

/// One LED, or the mean of several.
type Led = [u8; CHANNELS];

const HIDE_CURSOR: &str = "\x1b[?25l";
const SHOW_CURSOR: &str = "\x1b[?25h";
const CLEAR: &str = "\x1b[2J";
const CLEAR_BELOW: &str = "\x1b[J";
const CLEAR_RIGHT: &str = "\x1b[K";
const PLAIN: &str = "\x1b[0m";

/// Characters across and down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Characters of a line.
    pub columns: u16,
    /// Lines.
    pub rows: u16,
}

impl Room {
    /// As much as is asked for: for a file, or a test.
    pub const ENDLESS: Self = Self {
        columns: u16::MAX,
        rows: u16::MAX,
    };
}

/// `frame` as lines of half blocks, each ended by a newline, at most as wide and as high as `room`.
pub fn render(frame: &Frame, room: Room) -> String {
    lines(frame, room).into_iter().map(|line| line + "\n").collect()
}

/// A terminal that shows a wall. The cursor is hidden until this is dropped.
#[derive(Debug)]
pub struct Terminal<W: Write> {
    out: W,
    room: Option<Room>,
    shown: Vec<String>,
}

impl<W: Write> Terminal<W> {
    /// Takes over the terminal behind `out`.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(HIDE_CURSOR.as_bytes())?;
        Ok(Self {
            out,
            room: None,
            shown: Vec::new(),
        })
    }

    /// Draws `frame` from the top left corner on, and of it only the lines that differ from what is there. `room` may change between
    /// two calls, as terminals do.
    pub fn draw(&mut self, frame: &Frame, room: Room) -> io::Result<()> {
        let mut text = String::new();
        if self.room.replace(room) != Some(room) {
            text.push_str(CLEAR);
            self.shown.clear();
        }
        let lines = lines(frame, room);
        for (at, line) in lines.iter().enumerate() {
            if self.shown.get(at) != Some(line) {
                put_line(&mut text, at, line);
            }
        }
        if lines.len() < self.shown.len() {
            let _ = write!(text, "\x1b[{};1H{CLEAR_BELOW}", lines.len() + 1);
        }
        self.shown = lines;
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

impl<W: Write> Drop for Terminal<W> {
    fn drop(&mut self) {
        // The picture stays; what is written next stands below it. A terminal that is gone needs nothing more.
        let _ = write!(self.out, "{PLAIN}\x1b[{};1H{SHOW_CURSOR}", self.shown.len() + 1);
        let _ = self.out.flush();
    }
}

fn put_line(text: &mut String, at: usize, line: &str) {
    // Writing to a string cannot fail.
    let _ = write!(text, "\x1b[{};1H{line}{CLEAR_RIGHT}", at + 1);
}

fn lines(frame: &Frame, room: Room) -> Vec<String> {
    let scale = scale(frame, room);
    let [width, height] = [frame.size().width, frame.size().height].map(|leds| leds.div_ceil(scale));
    let row = |y: u32| (0..width).map(move |x| mean(frame, x * scale, y * scale, scale));
    let mut lines: Vec<String> = (0..height)
        .step_by(2)
        .map(|y| match y + 1 < height {
            true => line(row(y).zip(row(y + 1).map(Some))),
            false => line(row(y).map(|upper| (upper, None))),
        })
        .collect();
    if scale > 1 {
        lines.push(format!("{} ÷ {scale}", frame.size()));
    }
    lines
}

/// By how much `frame` is drawn smaller: 1 where it has room; else the least that leaves a line for saying so.
fn scale(frame: &Frame, room: Room) -> u32 {
    let size = frame.size();
    let columns = u32::from(room.columns.max(1));
    let fits = |rows: u32| size.width <= columns && size.height <= rows * 2;
    if fits(u32::from(room.rows)) {
        return 1;
    }
    let rows = u32::from(room.rows.saturating_sub(1).max(1));
    size.width.div_ceil(columns).max(size.height.div_ceil(rows * 2)).max(2)
}

/// The mean light of the LEDs of a square, of those that are on the frame. Light is taken as the square of the value, so that thin
/// strokes stay visible.
fn mean(frame: &Frame, left: u32, top: u32, side: u32) -> Led {
    let size = frame.size();
    let (right, bottom) = ((left + side).min(size.width), (top + side).min(size.height));
    let mut sum = [0_u64; CHANNELS];
    for y in top..bottom {
        let leds = &frame.row(y)[left as usize * CHANNELS..right as usize * CHANNELS];
        for (at, value) in leds.iter().enumerate() {
            sum[at % CHANNELS] += u64::from(*value).pow(2);
        }
    }
    let count = u64::from((right - left) * (bottom - top));
    sum.map(|light| u8::try_from((light / count).isqrt()).unwrap_or(u8::MAX))
}

/// A line of cells. Colours are named where they change.
fn line(cells: impl Iterator<Item = (Led, Option<Led>)>) -> String {
    let mut line = String::new();
    let mut last = None;
    for (upper, lower) in cells {
        let before = last.replace((upper, lower));
        if before.is_none_or(|(before, _)| before != upper) {
            colour(&mut line, 38, upper);
        }
        if let Some(lower) = lower
            && before.is_none_or(|(_, before)| before != Some(lower))
        {
            colour(&mut line, 48, lower);
        }
        line.push('▀');
    }
    line.push_str(PLAIN);
    line
}

fn colour(line: &mut String, plane: u8, [red, green, blue]: Led) {
    // Writing to a string cannot fail.
    let _ = write!(line, "\x1b[{plane};2;{red};{green};{blue}m");
}
