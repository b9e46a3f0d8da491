//! Where a line may end: how strongly each two neighbouring characters hold together.
//!
//! What stands at a line's edges is decided by [`Rules`]. Beyond that words and numbers stay whole, a number stays with its sign and
//! its unit, and what a reader takes in at one glance stays together while there is another way: 5月8日, 〔2026〕23号, 1～3层.
//!
//! `pair` looks at two neighbours, `latin` at words and addresses of the net, `numbers`, `numerals` and `points` at what is counted, and
//! [`Phrases`] at words that are never split. Each only holds tighter than the one before it, so none undoes a prohibition.

mod latin;
mod loosen;
mod numbers;
mod numerals;
mod pair;
mod points;
mod units;

use super::{class::Class, class::dropped, phrases::Phrases, rules::Rules};

pub(super) use loosen::loosen;
pub(super) use pair::classes;

/// How strongly two neighbours hold together, weakest first. A line ends at the weakest bond that it reaches, and of equal ones at
/// the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bond {
    /// A line may end here.
    Free,
    /// Better not: a range after its connector, a document number after its year, the number of a point and its text, an ellipsis
    /// and what it cuts short.
    Seam,
    /// Better not, and rather at a seam: month and day, hour and minute, the groups of a telephone number.
    Pair,
    /// Better not, and rather at a pair: a number and its unit.
    Unit,
    /// The joints of an address of the net and of a word with hyphens: only where the whole does not fit a line.
    Part,
    /// Not inside a word or a number that fits a line.
    Word,
    /// Not inside one of the [`Phrases`] that fits a line.
    Phrase,
    /// The prohibitions: only where nothing else is left.
    Prohibited,
}

/// A run of characters and what each of them is among its neighbours.
struct Run<'a> {
    characters: &'a [char],
    classes: &'a [Class],
    rules: Rules,
    /// The bond after each character but the last.
    bonds: Vec<Bond>,
}

/// The bond after each of `characters` but the last. There is no forced break among them, nor a character that is dropped by rule.
pub fn bonds(characters: &[char], rules: Rules, phrases: &Phrases) -> Vec<Bond> {
    let classes = classes(characters);
    let bonds = (1..classes.len()).map(|at| pair::bond(&classes, at, rules)).collect();
    let mut run = Run {
        characters,
        classes: &classes,
        rules,
        bonds,
    };
    latin::hold(&mut run);
    numbers::hold(&mut run);
    points::hold(&mut run);
    for span in phrases.find(characters) {
        run.hold(span.start, span.end, Bond::Phrase);
    }
    run.bonds
}

/// The byte offsets inside `text`, which holds no forced break, at which a line may end without tearing a word, a phrase of the shipped
/// list, or a number from its unit, in order.
pub fn ends(text: &str) -> Vec<usize> {
    ends_under(text, Rules::default(), Phrases::shipped())
}

/// The same under other rules and with other phrases.
pub fn ends_under(text: &str, rules: Rules, phrases: &Phrases) -> Vec<usize> {
    let kept = text.char_indices().filter(|(_, character)| !dropped(*character));
    let (starts, characters): (Vec<usize>, Vec<char>) = kept.unzip();
    let free = bonds(&characters, rules, phrases)
        .into_iter()
        .zip(starts.into_iter().skip(1));
    free.filter(|(bond, _)| *bond == Bond::Free)
        .map(|(_, end)| end)
        .collect()
}

impl Run<'_> {
    /// Holds the character at `at` to the one before it by `bond` at least. There is none before the first.
    fn raise(&mut self, at: usize, bond: Bond) {
        if let Some(held) = at.checked_sub(1).and_then(|before| self.bonds.get_mut(before)) {
            *held = bond.max(*held);
        }
    }

    /// Holds the characters of `start..end` together.
    fn hold(&mut self, start: usize, end: usize, bond: Bond) {
        for at in start + 1..end {
            self.raise(at, bond);
        }
    }

    fn character(&self, at: usize) -> Option<char> {
        self.characters.get(at).copied()
    }

    fn class(&self, at: usize) -> Option<Class> {
        self.classes.get(at).copied()
    }

    /// The character before `at`.
    fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|before| self.character(before))
    }

    /// The class of the character before `at`.
    fn class_before(&self, at: usize) -> Option<Class> {
        at.checked_sub(1).and_then(|before| self.class(before))
    }

    /// Where the space, if there is one, ends that begins at `at`: one or two of them, since more are no part of a number.
    fn past_space(&self, at: usize) -> usize {
        let spaces = (at..at + 2).take_while(|at| self.class(*at) == Some(Class::Space));
        at + spaces.count()
    }
}
