//! What `ffmpeg` says: the head of its pictures, and the lines with their times. Pure, and bounded whatever it says.

use std::{collections::VecDeque, time::Duration};

use crate::units::Size;

/// The longest line, in bytes.
const LINE: usize = 1024;
/// The most times that wait for their picture.
const WAITING: usize = 4096;
/// The most that is kept of its words, in bytes.
const WORDS: usize = 600;

/// The head of a YUV4MPEG2 stream: width and height of its pictures, and the width of a pixel for each of its heights where it says so.
/// `None` for another one, or another form than 4:2:0 in 8 bits.
pub fn header(line: &[u8]) -> Option<(Size, Option<(u32, u32)>)> {
    let text = str::from_utf8(line).ok()?;
    let mut words = text.split_ascii_whitespace();
    (words.next() == Some("YUV4MPEG2")).then_some(())?;
    let (mut width, mut height, mut aspect, mut is_420) = (0, 0, None, true);
    for word in words {
        let (kind, value) = word.split_at_checked(1)?;
        match kind {
            "W" => width = value.parse().ok()?,
            "H" => height = value.parse().ok()?,
            "A" => aspect = ratio(value),
            "C" => is_420 = matches!(value, "420" | "420jpeg" | "420mpeg2" | "420paldv"),
            _ => {}
        }
    }
    (is_420 && width > 0 && height > 0).then_some((Size::new(width, height), aspect))
}

/// Two numbers of which neither is 0.
pub(super) fn ratio(text: &str) -> Option<(u32, u32)> {
    let (one, other) = text.split_once([':', '/'])?;
    let (one, other) = (one.parse().ok()?, other.parse().ok()?);
    (one > 0 && other > 0).then_some((one, other))
}

/// The times of pictures, from lines; the rest are words.
#[derive(Debug, Default)]
pub struct Stamps {
    line: Vec<u8>,
    /// In nanoseconds, where the video says so.
    times: VecDeque<Option<i64>>,
    words: String,
    overflowed: bool,
}

impl Stamps {
    /// Takes what was read.
    pub fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' | b'\r' => self.end(),
                _ if self.line.len() < LINE => self.line.push(*byte),
                _ => {}
            }
        }
    }

    /// The time of the next picture; `None` where it has not been said yet. The time itself is missing where the video has none.
    pub fn pop(&mut self) -> Option<Option<i64>> {
        self.times.pop_front()
    }

    /// Whether more times were said than pictures can be on their way.
    pub const fn is_overflowed(&self) -> bool {
        self.overflowed
    }

    /// All else that was said, on one line.
    pub fn words(&self) -> &str {
        &self.words
    }

    fn end(&mut self) {
        let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned();
        if let Some(time) = time(&line) {
            self.overflowed |= self.times.len() >= WAITING;
            if !self.overflowed {
                self.times.push_back(time);
            }
        } else if !line.starts_with("yingbi=") && !line.trim().is_empty() {
            self.say(&line);
        }
    }

    /// The last words count: they tell why it gave up.
    fn say(&mut self, line: &str) {
        let line = line.trim();
        // `[h264 @ 0x5581e07]` tells nobody anything.
        let line = line
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("] "))
            .map_or(line, |(_, rest)| rest);
        // Nor does the name by which it knows its standard input.
        let line = line
            .strip_prefix(super::FILE)
            .and_then(|rest| rest.strip_prefix(": "))
            .unwrap_or(line);
        if !self.words.is_empty() {
            self.words.push_str("; ");
        }
        self.words.extend(line.chars().filter(|sign| !sign.is_control()));
        while self.words.len() > WORDS {
            let cut = self.words.find("; ").map_or(self.words.len() - WORDS, |at| at + 2);
            let cut = (cut..=self.words.len()).find(|at| self.words.is_char_boundary(*at));
            self.words.drain(..cut.unwrap_or(0));
        }
    }
}

/// The time in `frame:7    pts:280000000 pts_time:0.28`, which may stand behind other words.
fn time(line: &str) -> Option<Option<i64>> {
    let at = line.rfind("frame:")?;
    let rest = line[at..].split_once("pts:")?.1;
    let word = rest.split_ascii_whitespace().next()?;
    if word == "NOPTS" {
        return Some(None);
    }
    word.parse().ok().map(Some)
}

/// That many nanoseconds, or none at all where they are negative.
pub(super) fn nanoseconds(time: i64) -> Duration {
    Duration::from_nanos(u64::try_from(time).unwrap_or(0))
}
