//! Where a line may end: how strongly each two neighbouring characters hold together.
//!
//! The default rules are the basic ones of the Requirements for Chinese Text Layout with the solidus of GB/T 15834: points and closing
//! marks, connectors, the interpunct and the solidus never begin a line; opening marks and the solidus never end one; —— and …… are
//! never broken inside. Words and numbers stay whole, and a number stays with the unit after it while there is another way.

use super::class::{Class, dropped};

/// How strongly two neighbours hold together, weakest first. A line ends at the weakest bond that it reaches, and of equal ones at
/// the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bond {
    /// A line may end here.
    Free,
    /// Better not: a number and its unit.
    Unit,
    /// Not inside a word or a number that fits a line.
    Word,
    /// The prohibitions: only where nothing else is left.
    Prohibited,
}

/// The bond after each character of `text`, which holds no forced break, but the last.
pub fn bonds(text: &str) -> Vec<Bond> {
    of_characters(&text.chars().collect::<Vec<_>>())
}

/// The bond after each character but the last.
pub(super) fn of_characters(characters: &[char]) -> Vec<Bond> {
    let classes = classes(characters);
    let mut number = false;
    (1..classes.len())
        .map(|at| {
            number = continues_number(number, classes[at - 1]);
            bond(&classes, at, number)
        })
        .collect()
}

/// The byte offsets inside `text`, which holds no forced break, at which a line may end without tearing a word, or a number from its
/// unit, in order.
pub fn ends(text: &str) -> Vec<usize> {
    let kept = text.char_indices().filter(|(_, character)| !dropped(*character));
    let (starts, characters): (Vec<usize>, Vec<char>) = kept.unzip();
    let free = of_characters(&characters).into_iter().zip(starts.into_iter().skip(1));
    free.filter(|(bond, _)| *bond == Bond::Free)
        .map(|(_, end)| end)
        .collect()
}

/// Whether the number that ran up to here goes on with `class`, or one begins.
fn continues_number(before: bool, class: Class) -> bool {
    match class {
        Class::Digit => true,
        Class::Magnitude => before,
        _ => false,
    }
}

/// The bond between the characters `at - 1` and `at`; `number` says whether the former ends a number.
fn bond(classes: &[Class], at: usize, number: bool) -> Bond {
    let (before, after) = (classes[at - 1], classes[at]);
    match (before, after) {
        (_, Class::Space) => Bond::Prohibited,
        (Class::Glue, _) | (_, Class::Glue) => Bond::Word,
        (Class::Space, _) => after_spaces(&classes[..at], after),
        _ if before.never_last() || after.never_first() => Bond::Prohibited,
        (Class::Dash, Class::Dash) => Bond::Prohibited,
        (Class::Digit | Class::Letter, Class::Digit | Class::Letter) => Bond::Word,
        (Class::Prefix, Class::Digit) => Bond::Unit,
        (_, Class::Suffix | Class::Magnitude) if number => Bond::Unit,
        (Class::Point | Class::Connector, Class::Digit | Class::Letter) => after_mark(classes, at),
        _ => Bond::Free,
    }
}

/// After spaces a line may end, unless what stands before or after them forbids it.
fn after_spaces(before: &[Class], after: Class) -> Bond {
    let last = before.iter().rev().find(|class| **class != Class::Space);
    if last.is_some_and(|class| class.never_last()) || after.never_first() {
        Bond::Prohibited
    } else {
        Bond::Free
    }
}

/// Between a mark and the word or digit after it: 3.14, 08:30, www.example.cn, 10—20, 〔2026〕23.
fn after_mark(classes: &[Class], at: usize) -> Bond {
    let inside = |class: Option<&Class>| matches!(class, Some(Class::Digit | Class::Letter));
    let before = at.checked_sub(2).and_then(|before| classes.get(before));
    if inside(before) { Bond::Word } else { Bond::Free }
}

/// The class of each character among its neighbours.
pub(super) fn classes(characters: &[char]) -> Vec<Class> {
    let mut quoted = false;
    (0..characters.len())
        .map(|at| match characters[at] {
            // A straight quotation mark opens and closes by turns.
            '"' | '＂' => {
                quoted = !quoted;
                if quoted { Class::Opening } else { Class::Closing }
            }
            '’' if between_letters(characters, at) => Class::Point,
            dash @ ('—' | '―') if repeated(characters, at, dash) => Class::Dash,
            character => Class::of(character),
        })
        .collect()
}

fn between_letters(characters: &[char], at: usize) -> bool {
    let letter = |at: Option<usize>| {
        at.and_then(|at| characters.get(at))
            .is_some_and(char::is_ascii_alphabetic)
    };
    letter(at.checked_sub(1)) && letter(at.checked_add(1))
}

fn repeated(characters: &[char], at: usize, character: char) -> bool {
    let same = |at: Option<usize>| at.and_then(|at| characters.get(at)) == Some(&character);
    same(at.checked_sub(1)) || same(at.checked_add(1))
}
