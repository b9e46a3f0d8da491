//! What is counted: a number with its sign and its unit, the parts of a date, of a range, of a document's number.

use super::{Bond, Class, Run, numerals, units};

/// The nouns whose number is part of their name.
const NUMBERED: [[char; 2]; 3] = [['附', '件'], ['附', '表'], ['附', '图']];

/// A number of digits that has been read.
struct Number {
    start: usize,
    end: usize,
    /// Whether it is nothing but digits.
    plain: bool,
}

/// Holds numbers together with what belongs to them.
pub(super) fn hold(run: &mut Run<'_>) {
    let mut last: Option<Number> = None;
    let mut at = 0;
    while at < run.characters.len() {
        if run.classes[at] == Class::Digit {
            let number = digits(run, at);
            at = number.end;
            before(run, &number, last.as_ref());
            let end = after(run, number.end, true);
            next(run, end);
            last = Some(number);
        } else if units::is_numeral(run.characters[at]) {
            at = numerals::hold(run, at);
        } else {
            at += 1;
        }
    }
}

/// Reads the number of digits that begins at `start`, and holds its inner marks.
fn digits(run: &mut Run<'_>, start: usize) -> Number {
    let mut number = Number {
        start,
        end: start + 1,
        plain: true,
    };
    loop {
        match run.class(number.end) {
            Some(Class::Digit) => number.end += 1,
            Some(_) if run.class(number.end + 1) == Some(Class::Digit) => {
                let Some(bond) = inner(run, number.end) else {
                    return number;
                };
                run.raise(number.end + 1, bond);
                number.plain = false;
                number.end += 2;
            }
            _ => return number,
        }
    }
}

/// How the digit after the mark at `at` holds to it, where the mark stands inside a number.
fn inner(run: &Run<'_>, at: usize) -> Option<Bond> {
    match run.characters[at] {
        '.' | ':' | '．' | '∶' | '·' => Some(Bond::Word),
        ',' if is_thousands(run, at + 1) => Some(Bond::Word),
        ',' | '-' | '/' => Some(Bond::Part),
        _ => None,
    }
}

/// Whether exactly three digits follow.
fn is_thousands(run: &Run<'_>, at: usize) -> bool {
    let digits = (at..at + 4).take_while(|at| run.class(*at) == Some(Class::Digit));
    digits.count() == 3
}

/// Holds a number to what stands before it.
fn before(run: &mut Run<'_>, number: &Number, last: Option<&Number>) {
    let start = number.start;
    let spaced = run.class_before(start) == Some(Class::Space);
    let sign = if spaced { start - 1 } else { start };
    let before = run.before(sign);
    if before == Some('第') || run.class_before(sign) == Some(Class::Prefix) {
        run.raise(start, if spaced { Bond::Unit } else { Bond::Word });
        if is_after_year(run, sign - 1) {
            run.raise(sign - 1, Bond::Seam);
        }
    } else if spaced && (is_group(number, last) || is_named(run, sign)) {
        run.raise(start, Bond::Pair);
    } else if NUMBERED.iter().any(|noun| run.characters[..sign].ends_with(noun)) {
        run.raise(start, Bond::Unit);
        run.raise(sign - 1, Bond::Word);
    } else if is_after_year(run, start) {
        run.raise(start, Bond::Seam);
    }
}

/// Whether the two numbers, with a space between them, are groups of one: 000 1234 5678.
fn is_group(number: &Number, last: Option<&Number>) -> bool {
    number.plain && last.is_some_and(|last| last.plain && last.end + 1 == number.start)
}

/// Whether a bracket ends before `at` that holds a number: 〔2026〕.
fn is_after_year(run: &Run<'_>, at: usize) -> bool {
    let bracket = matches!(run.before(at), Some('〕' | '］' | '】' | '）' | ']' | ')'));
    bracket && run.class_before(at - 1) == Some(Class::Digit)
}

/// Whether the Latin word before `at` is a name, with a capital in it: iPhone 17, GB/T 9704.
fn is_named(run: &Run<'_>, at: usize) -> bool {
    let word = (0..at).rev().take(16).take_while(|at| {
        let class = run.classes[*at];
        matches!(class, Class::Letter | Class::Digit | Class::Solidus | Class::Connector)
    });
    run.class_before(at) == Some(Class::Letter)
        && word
            .map(|at| run.characters[at])
            .any(|character| character.is_ascii_uppercase())
}

/// Holds the size and the unit to the number that ends before `end`, and tells where they end. Only what digits count may stand apart
/// from them by a space.
pub(super) fn after(run: &mut Run<'_>, end: usize, spaced: bool) -> usize {
    let mut at = if spaced { run.past_space(end) } else { end };
    let mut bond = Bond::Unit;
    while run.character(at).is_some_and(units::is_magnitude) {
        run.raise(at, bond);
        bond = Bond::Word;
        at += 1;
    }
    let length = units::length(&run.characters[at.min(run.characters.len())..]);
    if length > 0 {
        run.raise(at, bond);
        run.hold(at, at + length, Bond::Word);
        return at + length + measured(run, at + length);
    }
    match run.class(at) {
        _ if bond == Bond::Word => at,
        Some(Class::Suffix) => {
            run.raise(at, Bond::Unit);
            at + 1
        }
        Some(Class::Letter) if at > end => latin(run, at).unwrap_or(end),
        Some(Class::Letter) if is_floor(run, at) => {
            run.raise(at + 1, Bond::Unit);
            at + 2
        }
        _ => end,
    }
}

/// What the measure word 个 before `at` counts, where that is itself a unit: 3个百分点.
fn measured(run: &mut Run<'_>, at: usize) -> usize {
    if run.before(at) != Some('个') {
        return 0;
    }
    let length = units::length(&run.characters[at..]);
    if length > 0 && (length > 1 || run.characters[at] == '月') {
        run.raise(at, Bond::Unit);
        run.hold(at, at + length, Bond::Word);
        return length;
    }
    0
}

/// Where the Latin unit at `at` ends, which a space parts from its number.
fn latin(run: &mut Run<'_>, at: usize) -> Option<usize> {
    let in_word = |at: usize| matches!(run.class(at), Some(Class::Letter | Class::Digit | Class::Solidus));
    let end = (at..at + 6).find(|at| !in_word(*at))?;
    if !units::is_latin(&run.characters[at..end]) {
        return None;
    }
    run.raise(at, Bond::Unit);
    Some(end)
}

/// Whether # after a number counts buildings: 3#楼.
fn is_floor(run: &Run<'_>, at: usize) -> bool {
    run.character(at) == Some('#') && run.character(at + 1) == Some('楼')
}

/// Holds what goes on after a quantity that ends before `end`: its other part, or the other end of a range.
pub(super) fn next(run: &mut Run<'_>, end: usize) {
    let start = run.past_space(end);
    let partners: &[char] = match run.before(end) {
        Some('月') => &['日', '号'],
        Some('时' | '点') => &['分'],
        Some('分') => &['秒'],
        _ => &[],
    };
    let digits = (start..start + 3).take_while(|at| run.class(*at) == Some(Class::Digit));
    let after = run.past_space(start + digits.count());
    if after > start && run.character(after).is_some_and(|unit| partners.contains(&unit)) {
        run.raise(start, Bond::Pair);
    }
    match (run.before(end), run.class(end)) {
        (Some('元' | '时' | '点'), _) if run.character(end) == Some('整') => run.raise(end, Bond::Pair),
        (Some('°' | '′'), Some(Class::Digit)) => run.raise(end, Bond::Word),
        _ => {}
    }
    if run.class(end) == Some(Class::Connector) {
        match run.class(end + 1) {
            Some(Class::Digit | Class::Prefix) => run.raise(end + 1, Bond::Seam),
            _ if run.character(end + 1) == Some('第') => run.raise(end + 1, Bond::Seam),
            _ => {}
        }
    }
}
