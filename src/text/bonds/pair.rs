//! The bond of two neighbours by what they are, and what each character is among its neighbours.

use super::{Bond, Class, Rules};

/// The bond between the characters `at - 1` and `at`.
pub(super) fn bond(classes: &[Class], at: usize, rules: Rules) -> Bond {
    let (before, after) = (classes[at - 1], classes[at]);
    match (before, after) {
        (Class::Ideograph, Class::Ideograph) => Bond::Free,
        (_, Class::Space) => Bond::Prohibited,
        (Class::Space, _) => after_spaces(&classes[..at], after, rules),
        (Class::Glue, _) | (_, Class::Glue) => Bond::Word,
        _ if rules.never_last(before) || rules.never_first(after) => Bond::Prohibited,
        (Class::Dash, Class::Dash) | (Class::Ellipsis, Class::Ellipsis) => Bond::Prohibited,
        (_, Class::Ellipsis) => Bond::Seam,
        (Class::Digit | Class::Letter, Class::Digit | Class::Letter) => Bond::Word,
        (Class::Prefix, Class::Digit | Class::Prefix) => Bond::Word,
        (Class::Prefix, Class::Ideograph | Class::Letter) => Bond::Unit,
        (Class::Digit, Class::Prefix) => Bond::Unit,
        (Class::Digit | Class::Letter | Class::Ideograph | Class::Suffix, Class::Suffix) => Bond::Unit,
        (Class::Point | Class::Connector, Class::Digit | Class::Letter | Class::Prefix) => after_mark(classes, at),
        _ => Bond::Free,
    }
}

/// After spaces a line may end, unless what stands before or after them forbids it.
fn after_spaces(before: &[Class], after: Class, rules: Rules) -> Bond {
    let last = before.iter().rev().find(|class| **class != Class::Space);
    if last.is_some_and(|class| rules.never_last(*class)) || rules.never_first(after) {
        Bond::Prohibited
    } else {
        Bond::Free
    }
}

/// Between a mark and the word or number after it: a range after its connector, 〔2026〕23.
fn after_mark(classes: &[Class], at: usize) -> Bond {
    let before = at.checked_sub(2).and_then(|before| classes.get(before));
    match before {
        Some(Class::Digit | Class::Letter | Class::Suffix) => Bond::Seam,
        _ => Bond::Free,
    }
}

/// The class of each character among its neighbours.
pub(in crate::text) fn classes(characters: &[char]) -> Vec<Class> {
    let mut quotes = Quotes::default();
    let mut classes = Vec::with_capacity(characters.len());
    for (at, character) in characters.iter().enumerate() {
        let class = match Class::of(*character) {
            Class::Ideograph if *character != '＂' => Class::Ideograph,
            alone => among(characters, at, alone, classes.last().copied(), &mut quotes),
        };
        classes.push(class);
    }
    classes
}

/// Which straight quotation marks are open.
#[derive(Default)]
struct Quotes {
    single: bool,
    double: bool,
}

/// What the character at `at`, which alone would be of the class `alone`, is after one of the class `before`.
fn among(characters: &[char], at: usize, alone: Class, before: Option<Class>, quotes: &mut Quotes) -> Class {
    let next = characters.get(at + 1).copied();
    let previous = at.checked_sub(1).map(|before| characters[before]);
    let digit_follows = || next.is_some_and(|next| Class::of(next) == Class::Digit);
    let joins = |class| {
        matches!(
            class,
            Some(Class::Digit | Class::Letter | Class::Suffix | Class::Ideograph)
        )
    };
    match characters[at] {
        // An apostrophe is part of its word.
        '’' | '\'' if is_letter(previous) && is_letter(next) => Class::Point,
        '\'' => turned(&mut quotes.single),
        // After a number one that closes nothing is inches.
        '"' | '＂' if !quotes.double && before == Some(Class::Digit) => Class::Suffix,
        '"' | '＂' => turned(&mut quotes.double),
        dash @ ('—' | '―' | '─') if previous == Some(dash) || next == Some(dash) => Class::Dash,
        // A sign, where it joins nothing: -3.5%.
        '-' | '－' | '–' | '+' if !joins(before) && digit_follows() => Class::Prefix,
        '-' | '－' if before == Some(Class::Ideograph) && digit_follows() => sign_or_hyphen(characters, at),
        '+' if before == Some(Class::Ideograph) && digit_follows() => Class::Prefix,
        _ => alone,
    }
}

/// A straight quotation mark opens and closes by turns.
fn turned(open: &mut bool) -> Class {
    *open = !*open;
    if *open { Class::Opening } else { Class::Closing }
}

fn is_letter(character: Option<char>) -> bool {
    character.is_some_and(|character| character.is_ascii_alphabetic() || ('À'..='ʯ').contains(&character))
}

/// Between a hanzi and a digit a hyphen joins where the hanzi ends a quantity (5日-8日), and is a minus sign elsewhere (降-3.5%).
fn sign_or_hyphen(characters: &[char], at: usize) -> Class {
    let counted = at.checked_sub(2).map(|before| Class::of(characters[before]));
    if matches!(counted, Some(Class::Digit)) {
        Class::Connector
    } else {
        Class::Prefix
    }
}
