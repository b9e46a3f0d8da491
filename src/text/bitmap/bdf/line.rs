//! The lines of a BDF file, and the words of a line. The file may hold any bytes; only what matters must be ASCII.

use std::{borrow::Cow, str};

use super::fault::{BdfFault, BdfProblem};
use crate::diagnostic::{Place, Source};

/// The most of a name that is looked at, in bytes: a line may be a whole file long.
const NAME: usize = 200;

/// The lines, one after the other.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    rest: &'a [u8],
    last: Line<'a>,
}

/// One line, without its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// From 1.
    number: u32,
    text: &'a [u8],
}

impl<'a> Lines<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            last: Line { number: 0, text: b"" },
        }
    }

    /// The line that was read last; before the first one, an empty one.
    pub(super) const fn last(&self) -> Line<'a> {
        self.last
    }

    /// The next line; every file goes on until `ENDFONT`.
    pub(super) fn next_line(&mut self) -> Result<Line<'a>, BdfFault> {
        if self.rest.is_empty() {
            return Err(self.last.fault_after(BdfProblem::Cut));
        }
        let end = self.rest.iter().position(|byte| *byte == b'\n');
        let (text, rest) = match end {
            Some(end) => (&self.rest[..end], &self.rest[end + 1..]),
            None => (self.rest, &[][..]),
        };
        self.rest = rest;
        self.last = Line {
            number: self.last.number + 1,
            text,
        };
        Ok(self.last)
    }
}

impl<'a> Line<'a> {
    /// Its words, each with where it begins.
    fn words(self) -> impl Iterator<Item = (usize, &'a [u8])> {
        let text = self.text;
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r');
        let mut at = 0;
        std::iter::from_fn(move || {
            at += text[at..].iter().take_while(|byte| is_space(byte)).count();
            let length = text[at..].iter().take_while(|byte| !is_space(byte)).count();
            let word = (at, &text[at..at + length]);
            at += length;
            (length > 0).then_some(word)
        })
    }

    /// Its first word; empty where there is none, or one that is not ASCII.
    pub(super) fn keyword(self) -> &'a str {
        let word = self.words().next().map_or(&b""[..], |(_, word)| word);
        str::from_utf8(word).unwrap_or_default()
    }

    /// What follows the first word; of a very long line, its beginning.
    pub(super) fn rest(self) -> Cow<'a, str> {
        let start = self.words().nth(1).map_or(self.text.len(), |(at, _)| at);
        let end = self.text.len().min(start + NAME);
        String::from_utf8_lossy(self.text[start..end].trim_ascii_end())
    }

    /// What follows the first word, without its quotes.
    pub(super) fn quoted(self) -> String {
        self.rest().trim_matches('"').to_owned()
    }

    /// The `N` whole numbers that follow the first word.
    pub(super) fn numbers<const N: usize>(self) -> Result<[i32; N], BdfFault> {
        let mut numbers = [0; N];
        let mut words = self.words().skip(1);
        for number in &mut numbers {
            let Some((at, word)) = words.next() else {
                return Err(self.fault_after(BdfProblem::TooFewNumbers { wanted: N }));
            };
            let parsed = str::from_utf8(word).ok().and_then(|word| word.parse().ok());
            *number = parsed.ok_or_else(|| self.fault_at(at, word.len(), BdfProblem::NotANumber))?;
        }
        Ok(numbers)
    }

    /// The line as a row of `width` dots in hex, the leftmost in the highest bit. Digits beyond are padding, and so are dots beyond.
    pub(super) fn row(self, width: u8) -> Result<u64, BdfFault> {
        let (at, word) = self.words().next().unwrap_or((0, b""));
        let digits = usize::from(width.div_ceil(8)) * 2;
        let (mut row, mut read) = (0, 0);
        for (index, byte) in word.iter().enumerate() {
            let Some(digit) = char::from(*byte).to_digit(16) else {
                return Err(self.fault_at(at + index, 1, BdfProblem::NotHex));
            };
            if index < digits {
                row |= u64::from(digit) << (60 - 4 * index);
                read += 1;
            }
        }
        if read < digits {
            return Err(self.fault_at(at, word.len(), BdfProblem::ShortRow { digits }));
        }
        let padding = 64 - u32::from(width);
        Ok(row.checked_shr(padding).map_or(0, |row| row << padding))
    }

    /// A fault of the line as a whole.
    pub(super) fn fault(self, problem: impl Into<BdfProblem>) -> BdfFault {
        let start = self.words().next().map_or(0, |(at, _)| at);
        self.fault_at(start, self.text.trim_ascii().len(), problem.into())
    }

    /// A fault of what should follow it.
    fn fault_after(self, problem: BdfProblem) -> BdfFault {
        self.fault_at(self.text.trim_ascii_end().len(), 0, problem)
    }

    /// A fault of `length` bytes from `start`.
    fn fault_at(self, start: usize, length: usize, problem: BdfProblem) -> BdfFault {
        // A line may be a whole file long; what is shown of it is short.
        let from = start.saturating_sub(2 * Place::EXCERPT);
        let window = &self.text[from..self.text.len().min(start + 8 * Place::EXCERPT)];
        let before = String::from_utf8_lossy(&window[..start - from]);
        let after = String::from_utf8_lossy(&window[start - from..]);
        let skipped = str::from_utf8(&self.text[..from]).map_or(from, |text| text.chars().count());
        let span = before.len()..before.len() + length.min(after.len());
        let mut place = Source::new("", format!("{before}{after}")).place(span);
        place.line = self.number.max(1);
        place.column = place.column.saturating_add(u32::try_from(skipped).unwrap_or(u32::MAX));
        BdfFault { place, problem }
    }
}
