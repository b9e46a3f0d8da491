//! Filling lines: from one run of text to the lines that it takes in a given width.

use std::sync::Arc;

use super::{
    bonds::{Bond, bonds, loosen},
    class::{Class, dropped},
    phrases::Phrases,
    rules::Rules,
    style::Style,
};

/// One line, before it has a place.
pub(super) struct Filled {
    /// What it says, without the white space that was at its end.
    pub(super) text: Arc<str>,
    /// Its width in LEDs.
    pub(super) width: u32,
}

/// A run of text without forced breaks, measured.
struct Run {
    characters: Vec<char>,
    /// LEDs of each character.
    advances: Vec<u32>,
    /// How each holds to the next one; one fewer.
    bonds: Vec<Bond>,
}

/// The lines of `text`, which holds no forced break: at least one. `first` is the room of its first line, `room` that of the others, in
/// LEDs. A line takes at least one character however narrow its room.
pub(super) fn fill(text: &str, style: &Style, first: u32, room: u32) -> Vec<Filled> {
    let mut run = Run::new(text, style);
    run.loosen(room);
    let mut lines = Vec::new();
    let mut start = 0;
    while start < run.characters.len() || lines.is_empty() {
        let end = run.line_end(start, if lines.is_empty() { first } else { room });
        lines.push(run.line(start, end));
        start = end;
    }
    lines
}

impl Run {
    fn new(text: &str, style: &Style) -> Self {
        let characters: Vec<char> = text.chars().filter(|character| !dropped(*character)).collect();
        Self {
            advances: characters.iter().map(|character| style.advance(*character)).collect(),
            bonds: bonds(&characters, Rules::default(), Phrases::shipped()),
            characters,
        }
    }

    /// Lets what is wider than `room` break inside.
    fn loosen(&mut self, room: u32) {
        let mut bonds = std::mem::take(&mut self.bonds);
        loosen(&mut bonds, room, |range| self.width(range.start, range.end));
        self.bonds = bonds;
    }

    /// Where the line that begins at `start` ends: at the weakest bond within `room`, and of equal ones at the last.
    fn line_end(&self, start: usize, room: u32) -> usize {
        let mut used = 0u32;
        let mut best = (Bond::Prohibited, start + 1);
        for at in start..self.characters.len() {
            used = used.saturating_add(self.advances[at]);
            if used > room && at > start && self.takes_room(at) {
                return best.1;
            }
            match self.bonds.get(at) {
                Some(bond) if *bond <= best.0 => best = (*bond, at + 1),
                _ => {}
            }
        }
        self.characters.len()
    }

    /// Whether the character can make a line too long: a space hangs over its end, and what has no glyph needs no room.
    fn takes_room(&self, at: usize) -> bool {
        self.advances[at] > 0 && Class::of(self.characters[at]) != Class::Space
    }

    fn line(&self, start: usize, end: usize) -> Filled {
        let end = self.trimmed(start, end);
        Filled {
            text: self.characters[start..end].iter().collect::<String>().into(),
            width: self.width(start, end),
        }
    }

    /// LEDs from the left edge of `start` to the right edge of the last character before `end` that is no space.
    fn width(&self, start: usize, end: usize) -> u32 {
        self.advances[start..self.trimmed(start, end)]
            .iter()
            .fold(0, |sum, advance| sum.saturating_add(*advance))
    }

    fn trimmed(&self, start: usize, end: usize) -> usize {
        let is_space = |character: &char| Class::of(*character) == Class::Space;
        let spaces = self.characters[start..end]
            .iter()
            .rev()
            .take_while(|c| is_space(c))
            .count();
        end - spaces
    }
}
