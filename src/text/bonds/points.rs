//! Points of lists, numbers in brackets, letters that count, names spaced out.

use super::{Bond, Class, Run, units};

/// Holds the number of a point to its text, a bracketed number to its 第 and its 项, and names that are spaced out.
pub(super) fn hold(run: &mut Run<'_>) {
    for at in 0..run.characters.len() {
        match run.classes[at] {
            Class::Opening => bracketed(run, at),
            Class::Letter => lettered(run, at),
            Class::Space => spaced(run, at),
            Class::Digit if begins(run, at) => numbered(run, at),
            Class::Ideograph if is_number(run.characters[at]) && begins(run, at) => numbered(run, at),
            _ => {}
        }
    }
}

fn is_number(character: char) -> bool {
    units::is_numeral(character) || units::is_point_number(character)
}

/// Whether a point of a list can begin at `at`.
fn begins(run: &Run<'_>, at: usize) -> bool {
    at == 0 || matches!(run.before(at), Some('。' | '；' | '：' | ';' | ':'))
}

/// Where the number ends that begins at `at`: at most four digits, or four numerals.
fn number_end(run: &Run<'_>, at: usize) -> usize {
    let digits = (at..at + 4)
        .take_while(|at| run.class(*at) == Some(Class::Digit))
        .count();
    let numerals = (at..at + 4).take_while(|at| run.character(*at).is_some_and(units::is_numeral));
    at + digits.max(numerals.count())
}

/// A number in brackets: that of a point, or of an article's item.
fn bracketed(run: &mut Run<'_>, open: usize) {
    let close = number_end(run, open + 1);
    let is_closed = close > open + 1 && matches!(run.character(close), Some('）' | ')' | '］' | ']'));
    if !is_closed {
        return;
    }
    if run.before(open) == Some('第') {
        run.raise(open, Bond::Word);
    }
    if matches!(run.character(close + 1), Some('项' | '目' | '款' | '条' | '点')) {
        run.raise(close + 1, Bond::Unit);
    } else if begins(run, open) && close - open <= 3 {
        run.raise(close + 1, Bond::Seam);
    }
}

/// The number of a point: ① or 1. or 一、
fn numbered(run: &mut Run<'_>, at: usize) {
    let end = if units::is_point_number(run.characters[at]) {
        at + 1
    } else {
        let mark = number_end(run, at);
        if !matches!(run.character(mark), Some('、' | '.' | '．' | ')' | '）')) {
            return;
        }
        mark + 1
    };
    let follows = run.character(end).is_some_and(|next| !units::is_point_number(next));
    if follows && run.class(end) != Some(Class::Space) {
        run.raise(end, Bond::Seam);
    }
}

/// A single capital and what it counts: A座, 5A级.
fn lettered(run: &mut Run<'_>, at: usize) {
    let is_single =
        matches!(run.characters[at], 'A'..='Z' | 'Ａ'..='Ｚ') && run.class_before(at) != Some(Class::Letter);
    if is_single && run.character(at + 1).is_some_and(units::follows_letter) {
        run.raise(at + 1, Bond::Unit);
    }
}

/// A name of two hanzi that is spaced out to the width of three: 张　三.
fn spaced(run: &mut Run<'_>, at: usize) {
    let is_hanzi = |at: usize| run.class(at) == Some(Class::Ideograph);
    let alone = |at: Option<usize>| at.is_none_or(|at| !is_hanzi(at));
    let is_name = run.characters[at] == '\u{3000}' && at > 0 && is_hanzi(at - 1) && is_hanzi(at + 1);
    if is_name && alone(at.checked_sub(2)) && alone(Some(at + 2)) {
        run.raise(at + 1, Bond::Word);
    }
}
