//! Frames on a line: where they begin and end, and the bytes that must be written otherwise within them.
//!
//! A frame is eight bytes A5, the body, and 5A. Within the body A5 is written `A6 02`, A6 `A6 01`, 5A `5B 02` and 5B `5B 01`, so that A5 always
//! begins a frame, wherever it is met: a reader that lost its way finds it again at the next frame.

use super::LineError;

/// Begins a frame; a reader is content with one, a sender writes eight.
const START: u8 = 0xa5;
/// Ends a frame.
const END: u8 = 0x5a;
/// Stands for A5 or A6.
const START_ESCAPE: u8 = 0xa6;
/// Stands for 5A or 5B.
const END_ESCAPE: u8 = 0x5b;
/// How many A5 a sender writes.
const STARTS: usize = 8;

/// Appends `body` as a frame.
pub fn enclose(body: &[u8], out: &mut Vec<u8>) {
    out.reserve(enclosed(body));
    out.extend_from_slice(&[START; STARTS]);
    for &byte in body {
        match byte {
            START => out.extend_from_slice(&[START_ESCAPE, 0x02]),
            START_ESCAPE => out.extend_from_slice(&[START_ESCAPE, 0x01]),
            END => out.extend_from_slice(&[END_ESCAPE, 0x02]),
            END_ESCAPE => out.extend_from_slice(&[END_ESCAPE, 0x01]),
            _ => out.push(byte),
        }
    }
    out.push(END);
}

/// How many bytes the frame of `body` takes on the line.
pub fn enclosed(body: &[u8]) -> usize {
    let doubled = body
        .iter()
        .filter(|byte| matches!(**byte, START | START_ESCAPE | END | END_ESCAPE))
        .count();
    STARTS + body.len() + doubled + 1
}

/// Finds frames in what comes off a line, in whatever pieces it comes.
///
/// It keeps at most one body of at most `limit` bytes. Whatever came before, a whole frame that follows is found.
#[derive(Clone, Debug)]
pub struct Deframer {
    limit: usize,
    state: State,
    body: Vec<u8>,
    /// Bytes outside of frames that were not told yet.
    noise: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Outside of a frame.
    Outside,
    /// Behind A5, and nothing else yet.
    Begun,
    /// Within a body.
    Within,
    /// Behind the first byte of two that stand for one.
    Escaped(u8),
    /// The last body was handed out.
    Handed,
}

impl Deframer {
    /// Outside of any frame; a body has at most `limit` bytes, escapes undone.
    pub const fn new(limit: usize) -> Self {
        Self {
            limit,
            state: State::Outside,
            body: Vec::new(),
            noise: 0,
        }
    }

    /// Takes `bytes` up to the end of the next frame or to what is wrong, and cuts off what it took; `None` when all of them are taken.
    ///
    /// # Errors
    /// Bytes that belong to no frame, or a frame that breaks off: see [`LineError`]. The next frame is found nevertheless.
    pub fn next<'d>(&'d mut self, bytes: &mut &[u8]) -> Option<Result<&'d [u8], LineError>> {
        if self.state == State::Handed {
            self.reset();
        }
        while let Some((&byte, rest)) = bytes.split_first() {
            *bytes = rest;
            match self.step(byte) {
                Step::On => {}
                Step::Body => {
                    self.state = State::Handed;
                    return Some(Ok(&self.body));
                }
                Step::Wrong(error) => return Some(Err(error)),
            }
        }
        None
    }

    /// Whether a frame has begun and not ended.
    pub const fn is_within(&self) -> bool {
        matches!(self.state, State::Begun | State::Within | State::Escaped(_))
    }

    /// How many bytes of a body that has not ended are kept.
    pub fn kept(&self) -> usize {
        if self.is_within() { self.body.len() } else { 0 }
    }

    /// How many bytes outside of frames came since they were last told.
    pub const fn noise(&self) -> usize {
        self.noise
    }

    /// Forgets what was begun: the line was opened anew, or was silent for too long.
    pub fn reset(&mut self) {
        self.state = State::Outside;
        self.body.clear();
        self.noise = 0;
    }

    fn step(&mut self, byte: u8) -> Step {
        match (self.state, byte) {
            (State::Outside | State::Handed, START) => self.begin(),
            (State::Outside | State::Handed, END) if self.noise == 0 => self.idle(),
            (State::Outside | State::Handed, _) => self.stray(),
            (State::Begun, START) => Step::On,
            (State::Begun, END) => self.leave(LineError::Empty),
            (State::Within, END) => Step::Body,
            (State::Within | State::Escaped(_), START) => {
                let error = LineError::Interrupted { bytes: self.body.len() };
                self.begin();
                Step::Wrong(error)
            }
            (State::Begun | State::Within, START_ESCAPE | END_ESCAPE) => {
                self.state = State::Escaped(byte);
                Step::On
            }
            (State::Begun | State::Within, _) => self.keep(byte),
            (State::Escaped(START_ESCAPE), 0x01) => self.keep(START_ESCAPE),
            (State::Escaped(START_ESCAPE), 0x02) => self.keep(START),
            (State::Escaped(END_ESCAPE), 0x01) => self.keep(END_ESCAPE),
            (State::Escaped(END_ESCAPE), 0x02) => self.keep(END),
            (State::Escaped(first), second) => {
                let at = self.body.len();
                self.leave(LineError::Escape { at, first, second })
            }
        }
    }

    /// An end that nothing began. The vendor's software writes each end twice, which harms nobody.
    const fn idle(&mut self) -> Step {
        self.state = State::Outside;
        Step::On
    }

    fn begin(&mut self) -> Step {
        self.state = State::Begun;
        self.body.clear();
        match std::mem::take(&mut self.noise) {
            0 => Step::On,
            bytes => Step::Wrong(LineError::Noise { bytes }),
        }
    }

    /// Counts a byte outside of frames. Of noise without end every `limit` bytes are told.
    fn stray(&mut self) -> Step {
        self.state = State::Outside;
        self.noise += 1;
        if self.noise < self.limit {
            return Step::On;
        }
        let bytes = std::mem::take(&mut self.noise);
        Step::Wrong(LineError::Noise { bytes })
    }

    fn keep(&mut self, byte: u8) -> Step {
        if self.body.len() >= self.limit {
            return self.leave(LineError::TooLong { limit: self.limit });
        }
        self.state = State::Within;
        self.body.push(byte);
        Step::On
    }

    /// What follows up to the next A5 belongs to nothing.
    fn leave(&mut self, error: LineError) -> Step {
        self.reset();
        Step::Wrong(error)
    }
}

enum Step {
    On,
    Body,
    Wrong(LineError),
}
