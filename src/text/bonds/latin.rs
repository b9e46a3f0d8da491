//! Words of Latin and other letters, and the addresses of the net.
//!
//! Within such a word the Unicode line breaking algorithm says where it may part; beyond that an address parts after the marks at
//! which a reader would expect it. All of that only where the word does not fit a line.

use unicode_linebreak::linebreaks;

use super::{Bond, Class, Run};

/// Sets the bonds inside every word that has a letter in it.
pub(super) fn hold(run: &mut Run<'_>) {
    let mut word = String::new();
    let mut at = 0;
    while at < run.characters.len() {
        if !is_inside(run, at) {
            at += 1;
            continue;
        }
        let start = at;
        while at < run.characters.len() && is_inside(run, at) {
            at += 1;
        }
        let characters = &run.characters[start..at];
        if at - start > 1 && characters.iter().any(|character| character.is_alphabetic()) {
            word.clear();
            word.extend(characters);
            hold_word(run, start, &word);
        }
    }
}

/// Whether the character can be part of such a word.
fn is_inside(run: &Run<'_>, at: usize) -> bool {
    match run.characters[at] {
        '!'..='~' => true,
        '’' => run.classes[at] == Class::Point,
        '\u{2e80}'.. => false,
        _ => matches!(run.classes[at], Class::Letter | Class::Mark),
    }
}

/// Sets the bonds inside `word`, which begins at `start`.
fn hold_word(run: &mut Run<'_>, start: usize, word: &str) {
    let address = is_address(word);
    let mut breaks = linebreaks(word).map(|(at, _)| at).peekable();
    for (at, (byte, _)) in word.char_indices().enumerate().skip(1) {
        let allowed = breaks.next_if_eq(&byte).is_some();
        let at = start + at;
        if run.rules.never_first(run.classes[at]) {
            continue;
        }
        let bond = match joint(run, at, address) {
            Some(bond) => bond,
            None if run.bonds[at - 1] == Bond::Prohibited => continue,
            None if allowed => Bond::Part,
            None => Bond::Word,
        };
        run.bonds[at - 1] = bond;
    }
}

/// The bond after a mark that parts a word, whatever the algorithm says.
fn joint(run: &Run<'_>, at: usize, address: bool) -> Option<Bond> {
    let (mark, next) = (run.characters[at - 1], run.characters[at]);
    let before = run.before(at - 1);
    let is_part = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    match mark {
        '.' if is_part(before) && next.is_alphabetic() => Some(Bond::Part),
        '-' if is_part(before) && next.is_alphanumeric() => Some(Bond::Part),
        '/' | '?' | '&' | '=' | '_' | '@' | '#' if address => Some(Bond::Part),
        _ => None,
    }
}

/// Whether `word` is an address of the net: it has a scheme, a mailbox, or a solidus after a host.
fn is_address(word: &str) -> bool {
    let dotted = |host: &str| {
        let labels = host.rsplit_once('.');
        labels.is_some_and(|(first, last)| {
            first.ends_with(char::is_alphanumeric) && last.starts_with(|c: char| c.is_ascii_alphabetic())
        })
    };
    let host = word.split(['/', '?']).next().unwrap_or_default();
    word.contains("://") || word.starts_with("www.") || word.contains('@') || host.len() < word.len() && dotted(host)
}
