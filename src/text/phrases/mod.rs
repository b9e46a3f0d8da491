//! Words that are never split: agencies, offices, set phrases, names. Not over two lines, not over two pages, and not by a transition
//! that shows half of them.
//!
//! [`Phrases::parse`] reads them from a text file, 不拆词.txt. They are looked up at every character of a text, so they are kept sorted,
//! and a bit tells whether any can begin there.

mod fault;
mod file;

use std::{ops::Range, sync::LazyLock};

use super::class::{Class, dropped};

pub use fault::{PhraseError, PhraseFault};
pub use file::PhraseFile;

/// The longest phrase, in characters: what a line of a small screen still holds.
pub(super) const LONGEST: usize = 16;

/// Words that are never split. Where two of them fit at one place, the longer one holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrases {
    /// Each once, none shorter than two characters nor longer than [`LONGEST`].
    sorted: Vec<Box<[char]>>,
    /// A bit for the first two characters of each, by [`place`]; other characters may share it.
    begun: Box<[u64]>,
}

/// The list that comes with the program.
static SHIPPED: LazyLock<Phrases> = LazyLock::new(|| Phrases::parse(include_str!("shipped.txt")).phrases);

impl Phrases {
    /// None at all.
    pub fn none() -> Self {
        Self::default()
    }

    /// The list that comes with the program: agencies, offices, set phrases of an office.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads a file: one phrase a line, from `#` on a comment, white space around it left out. A line that is no phrase is left out and
    /// told.
    pub fn parse(text: &str) -> PhraseFile {
        file::parse(text)
    }

    /// These and those of `other`.
    pub fn with(&self, other: &Self) -> Self {
        Self::of(self.sorted.iter().chain(&other.sorted).cloned().collect())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Each of them, sorted by code point.
    pub fn iter(&self) -> impl Iterator<Item = String> + '_ {
        self.sorted.iter().map(|phrase| phrase.iter().collect())
    }

    /// The bytes of every phrase in `text`, from left to right, none within another. Characters that are dropped by rule do not hide one,
    /// nor does the space by which a name of two hanzi is set to the width of three.
    pub fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let kept = text.char_indices().filter(|(_, character)| !dropped(*character));
        let (starts, characters): (Vec<usize>, Vec<char>) = kept.unzip();
        let end = |last: usize| starts[last] + characters[last].len_utf8();
        self.find(&characters)
            .map(|found| starts[found.start]..end(found.end - 1))
            .collect()
    }

    /// The same in characters, none of which is dropped by rule.
    pub(super) fn find<'a>(&'a self, characters: &'a [char]) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < characters.len() {
                let start = at;
                let length = self.longest(&characters[start..]);
                at += length.max(1);
                if length > 0 {
                    return Some(start..at);
                }
            }
            None
        })
    }

    /// How many of the characters at the start of `text` are the longest phrase that fits; 0 where none does.
    fn longest(&self, text: &[char]) -> usize {
        if !self.can_begin(text) {
            return 0;
        }
        // Those that have the characters up to `depth` in common with the text; being sorted, they stand together.
        let (mut range, mut depth, mut at, mut longest) = (0..self.sorted.len(), 0, 0, 0);
        while let Some(character) = text.get(at) {
            let candidates = &self.sorted[range.clone()];
            let start = candidates.partition_point(|phrase| phrase.get(depth) < Some(character));
            let end = candidates.partition_point(|phrase| phrase.get(depth) <= Some(character));
            if start == end {
                break;
            }
            range = range.start + start..range.start + end;
            (depth, at) = (depth + 1, at + 1);
            if self.sorted[range.start].len() == depth {
                longest = at;
            }
            if depth == 1 && self.is_spaced(&range, &text[at..]) {
                return 3;
            }
        }
        longest
    }

    /// Whether a phrase of two hanzi in `range`, the first of which has been seen, goes on behind one full-width space.
    fn is_spaced(&self, range: &Range<usize>, rest: &[char]) -> bool {
        let [space, second, ..] = rest else { return false };
        *space == '\u{3000}'
            && Class::of(*second) == Class::Ideograph
            && self.sorted[range.clone()].iter().any(|phrase| phrase[1..] == [*second])
    }

    /// Whether a phrase may begin with the characters at the start of `text`; a space may stand between the first two.
    fn can_begin(&self, text: &[char]) -> bool {
        let [first, second, ..] = text else { return false };
        let place = place(*first, *second);
        let bits = self.begun.get(place / 64);
        bits.is_some_and(|bits| *second == '\u{3000}' || bits >> (place % 64) & 1 == 1)
    }

    fn of(mut phrases: Vec<Box<[char]>>) -> Self {
        phrases.sort_unstable();
        phrases.dedup();
        let mut begun = vec![0u64; if phrases.is_empty() { 0 } else { PLACES / 64 }];
        for phrase in &phrases {
            let place = place(phrase[0], phrase[1]);
            begun[place / 64] |= 1 << (place % 64);
        }
        Self {
            sorted: phrases,
            begun: begun.into(),
        }
    }
}

/// So many places are there for the first two characters of a phrase.
const PLACES: usize = 0x1_0000;

/// The place of two characters: that of others now and then, but seldom.
const fn place(first: char, second: char) -> usize {
    ((first as usize).wrapping_mul(0x9e37_79b1) ^ second as usize) % PLACES
}
