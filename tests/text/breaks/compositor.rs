//! A plain compositor, for the breaker alone: it measures in half cells, squeezes nothing and spreads nothing.

use yingbi::text::{Bond, Phrases, Rules, bonds};

/// The lines of `text` set `width` hanzi wide, with the spaces at their ends.
pub(super) fn set(text: &str, width: usize, rules: Rules, phrases: &Phrases) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut bonds = bonds(&characters, rules, phrases);
    for weakest in [Bond::Seam, Bond::Pair, Bond::Unit, Bond::Part, Bond::Word, Bond::Phrase] {
        part_what_is_too_wide(&characters, &mut bonds, weakest, width * 2);
    }
    let mut lines = Vec::new();
    let mut start = 0;
    while start < characters.len() {
        let end = line_end(&characters, &bonds, start, width * 2);
        lines.push(characters[start..end].iter().collect());
        start = end;
    }
    lines
}

/// A character of ASCII takes half a cell, every other a whole one.
pub(super) fn halves(characters: &[char]) -> usize {
    let hanging = characters
        .iter()
        .rev()
        .take_while(|character| is_space(**character))
        .count();
    let standing = &characters[..characters.len() - hanging];
    standing
        .iter()
        .map(|character| if character.is_ascii() { 1 } else { 2 })
        .sum()
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\u{3000}')
}

/// What holds by `weakest` and more, and is wider than `room`, holds by `weakest` no longer.
fn part_what_is_too_wide(characters: &[char], bonds: &mut [Bond], weakest: Bond, room: usize) {
    let before = bonds.to_vec();
    for at in (0..bonds.len()).filter(|at| before[*at] == weakest) {
        let start = (0..at).rev().find(|at| before[*at] < weakest).map_or(0, |at| at + 1);
        let end = (at..before.len())
            .find(|at| before[*at] < weakest)
            .unwrap_or(before.len());
        if halves(&characters[start..=end]) > room {
            bonds[at] = Bond::Free;
        }
    }
}

/// The last of the weakest places that the line reaches.
fn line_end(characters: &[char], bonds: &[Bond], start: usize, room: usize) -> usize {
    if halves(&characters[start..]) <= room {
        return characters.len();
    }
    let reached =
        (start + 1..characters.len()).take_while(|end| *end == start + 1 || halves(&characters[start..*end]) <= room);
    reached
        .min_by_key(|end| (bonds[end - 1], std::cmp::Reverse(*end)))
        .unwrap_or(characters.len())
}
