//! Numbers written in hanzi: 第十二条, 二〇二六年五月八日, 伍万元整.
//!
//! Most hanzi of which numbers are written are parts of other words as well, so they are held only where they surely count.

use super::{Bond, Run, numbers, units};

/// Holds a number of hanzi that begins at `start`, where it surely is one, and tells where it ends.
pub(super) fn hold(run: &mut Run<'_>, start: usize) -> usize {
    let rest = run.characters[start..].iter();
    let end = start + rest.take_while(|character| units::is_numeral(**character)).count();
    let counts = units::length(&run.characters[end..]) > 0;
    if run.before(start) == Some('第') {
        run.raise(start, Bond::Word);
    } else if !(counts && (end - start > 1 || is_date(run, start, end))) {
        return end;
    }
    run.hold(start, end, Bond::Word);
    let counted = numbers::after(run, end, false);
    numbers::next(run, counted);
    if run.character(end) == Some('月') && is_day(run, end + 1) {
        run.raise(end + 1, Bond::Pair);
    }
    end
}

/// Whether the numeral is part of a date in hanzi: 二〇二六年五月, 五月八日.
fn is_date(run: &Run<'_>, start: usize, end: usize) -> bool {
    let counted =
        |mark: char| run.before(start) == Some(mark) && start > 1 && units::is_numeral(run.characters[start - 2]);
    match run.character(end) {
        Some('月') => counted('年') || is_day(run, end + 1),
        Some('日') => counted('月'),
        _ => false,
    }
}

/// Whether a day in hanzi begins at `at`.
fn is_day(run: &Run<'_>, at: usize) -> bool {
    let numerals = (at..at + 3).take_while(|at| run.character(*at).is_some_and(units::is_numeral));
    let count = numerals.count();
    count > 0 && run.character(at + count) == Some('日')
}
