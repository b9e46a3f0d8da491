//! Where words end: a list of words, and the likeliest way to read a run of hanzi as words.
//!
//! Only titles are broken by it; a paragraph's lines may end inside words, as Chinese lines do. The list is looked up where it lies.

use std::cmp::Ordering;

/// One word a line, in the order of their bytes; `README.md` says where they come from.
static WORDS: &str = include_str!("words.txt");

/// The longest word of the list, in characters.
const LONGEST: usize = 4;

/// How rare a hanzi alone counts: rarer than most words, so that words are read where there are any.
const ALONE: u32 = 60;

/// For each place between two of `characters`, whether the likeliest reading ends a word there; one fewer than the characters.
pub(super) fn word_ends(characters: &[char]) -> Vec<bool> {
    let count = characters.len();
    // The cost of the best reading of what stands before each place, and where its last word begins.
    let mut best: Vec<(u32, usize)> = vec![(u32::MAX, 0); count + 1];
    best[0].0 = 0;
    for start in 0..count {
        let cost = best[start].0;
        for length in 1..=LONGEST.min(count - start) {
            let word: String = characters[start..start + length].iter().collect();
            let rarity = if length == 1 { Some(ALONE) } else { rarity(&word) };
            let end = &mut best[start + length];
            match rarity.map(|rarity| cost.saturating_add(rarity)) {
                Some(cost) if cost < end.0 => *end = (cost, start),
                _ => {}
            }
        }
    }
    let mut ends = vec![false; count.saturating_sub(1)];
    let mut at = count;
    while at > 0 {
        at = best[at].1;
        if let Some(end) = at.checked_sub(1) {
            ends[end] = true;
        }
    }
    ends
}

/// How rare `word` is, where the list has it.
fn rarity(word: &str) -> Option<u32> {
    let bytes = WORDS.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = bytes[..middle]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let end = start + bytes[start..].iter().position(|byte| *byte == b'\n')?;
        let (found, rarity) = WORDS[start..end].split_once(' ')?;
        match found.cmp(word) {
            Ordering::Equal => return rarity.parse().ok(),
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    None
}
