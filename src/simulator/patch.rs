//! Changed rows: how a picture travels to a viewer.
//!
//! A viewer holds the last picture that it was sent. The next message carries only the rows that differ from it, so applying
//! messages in their order always yields the newest picture, however many were skipped between. Numbers are little-endian:
//!
//! | bytes | field | |
//! |---|---|---|
//! | 0 | kind | 1: rows of a picture |
//! | 1 | | 0 |
//! | 2..4 | screen | the screen's number, as in the list of screens |
//! | 4..8 | width | LEDs of a row |
//! | 8..12 | height | rows of the picture |
//! | 12..20 | sequence | the picture's number, growing; some may be skipped |
//! | 20..24 | runs | how many runs follow |
//! | 24..32 | since | since which instant the screen shows the picture: nanoseconds from the Unix epoch; 0 where nobody said |
//!
//! A run is its first row (4 bytes), its number of rows (4 bytes) and their LEDs (rows x width x 3 bytes, R, G, B). Runs come from top
//! to bottom and never overlap. The first message of a screen, and the first of another size, has all rows in one run.

use jiff::Timestamp;

use crate::frame::Frame;

/// What the first byte of a message says.
pub const KIND: u8 = 1;

/// Bytes before the first run.
pub const HEADER: usize = 32;

/// Which picture a message brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The screen's number.
    pub screen: u16,
    /// The picture's number.
    pub sequence: u64,
    /// Since which instant the screen shows it, where that is known.
    pub since: Option<Timestamp>,
}

/// The message that makes `seen` (what the viewer holds; `None` for nothing) into `frame`; `None` where they are the same.
pub fn patch(label: Label, seen: Option<&Frame>, frame: &Frame) -> Option<Vec<u8>> {
    let runs = changed_rows(seen, frame);
    if runs.is_empty() {
        return None;
    }
    let rows: u32 = runs.iter().map(|(_, rows)| rows).sum();
    let size = frame.size();
    let stride = size.width as usize * crate::frame::CHANNELS;
    let mut message = Vec::with_capacity(HEADER + runs.len() * 8 + rows as usize * stride);
    message.extend([KIND, 0]);
    message.extend(label.screen.to_le_bytes());
    message.extend(size.width.to_le_bytes());
    message.extend(size.height.to_le_bytes());
    message.extend(label.sequence.to_le_bytes());
    message.extend(u32::try_from(runs.len()).unwrap_or(u32::MAX).to_le_bytes());
    message.extend(label.nanoseconds().to_le_bytes());
    for (first, rows) in runs {
        message.extend(first.to_le_bytes());
        message.extend(rows.to_le_bytes());
        let start = first as usize * stride;
        message.extend_from_slice(&frame.bytes()[start..start + rows as usize * stride]);
    }
    Some(message)
}

impl Label {
    /// Instants outside of what 64 bits hold, some centuries on either side of the epoch, count as unknown.
    fn nanoseconds(self) -> i64 {
        let known = self.since.and_then(|since| i64::try_from(since.as_nanosecond()).ok());
        known.unwrap_or_default()
    }
}

/// The runs of rows in which `frame` differs from `seen`: the first row and how many, from top to bottom.
pub fn changed_rows(seen: Option<&Frame>, frame: &Frame) -> Vec<(u32, u32)> {
    let height = frame.size().height;
    let Some(seen) = seen.filter(|seen| seen.size() == frame.size()) else {
        return vec![(0, height)];
    };
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for y in (0..height).filter(|y| seen.row(*y) != frame.row(*y)) {
        match runs.last_mut() {
            Some((first, rows)) if *first + *rows == y => *rows += 1,
            _ => runs.push((y, 1)),
        }
    }
    runs
}
