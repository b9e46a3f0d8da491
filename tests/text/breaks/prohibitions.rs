//! What the rules forbid, and that no line does it, over random texts.

use proptest::prelude::*;

use yingbi::text::{Phrases, Rules, ends_under};

use super::{
    super::lines,
    compositor::{halves, set},
};

// Said anew, as a table of characters, from the Requirements for Chinese Text Layout.
pub(super) const NEVER_FIRST: &str = "、，。：；！？’”）》〉」』】〕〗·/／～－—,.:;!?)]";
pub(super) const NEVER_LAST: &str = "‘“（《〈「『【〔〖([";
pub(super) const OTHERS: &str = "一国资委示例省公开通知年月日号万元㎡℃％abcXYZ0123456789①";

fn piece() -> impl Strategy<Value = String> {
    let pick = |from: &'static str| proptest::sample::select(from.chars().map(String::from).collect::<Vec<_>>());
    let phrases: Vec<String> = Phrases::shipped().iter().collect();
    prop_oneof![
        12 => pick(OTHERS),
        4 => pick(NEVER_FIRST),
        2 => pick(NEVER_LAST),
        1 => Just("——".to_owned()),
        1 => Just("……".to_owned()),
        2 => proptest::sample::select(phrases),
    ]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat())
}

fn rules() -> impl Strategy<Value = Rules> {
    proptest::sample::select(Rules::ALL.to_vec())
}

/// Whether a line may end before `text[at]`, by the prohibitions alone.
pub(super) fn permitted(text: &[char], at: usize, rules: Rules) -> bool {
    let (before, after) = (text[at - 1], text[at]);
    let is_dash = |at: usize| {
        let beside = [at.checked_sub(1), Some(at + 1)];
        text[at] == '—' && beside.into_iter().flatten().any(|at| text.get(at) == Some(&'—'))
    };
    let first = match after {
        '—' if is_dash(at) => rules == Rules::Strict,
        '…' => rules == Rules::Strict,
        '－' if is_sign(text, at) => false,
        _ => NEVER_FIRST.contains(after),
    };
    let last = NEVER_LAST.contains(before) || "/／".contains(before) && rules != Rules::Basic;
    let inside = before == after && (is_dash(at) || before == '…');
    !first && !last && !inside
}

/// Whether the hyphen at `at` is a minus sign, which joins nothing: one before a digit, and not after a letter, a digit, a sign of unit,
/// nor after a hanzi that counts.
fn is_sign(text: &[char], at: usize) -> bool {
    let digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(char::is_ascii_digit);
    let before = at.checked_sub(1).map(|at| text[at]);
    let joins = before.is_some_and(|before| before.is_ascii_alphanumeric() || "㎡℃％".contains(before));
    let is_hanzi = before.is_some_and(|before| before.is_alphabetic() || before == '①');
    digit(Some(at + 1)) && !joins && !(is_hanzi && digit(at.checked_sub(2)))
}

/// Whether an address of the net may be in it, in which a solidus may end a line.
fn has_address(line: &str) -> bool {
    line.contains("//") || line.contains('.')
}

/// Where each line begins but the first, in characters.
fn starts(lines: &[String]) -> Vec<usize> {
    let mut end = 0;
    let ends = lines.iter().map(|line| {
        end += line.chars().count();
        end
    });
    ends.take(lines.len().saturating_sub(1)).collect()
}

/// The width of what the prohibitions make of the characters `start..end`: with the marks that hold to them, and the other phrases to
/// which these hold.
fn with_marks(text: &[char], (mut start, mut end): (usize, usize), phrases: &[(usize, usize)], rules: Rules) -> usize {
    let inside = |at: usize| phrases.iter().find(|(first, end)| first < &at && at < *end);
    loop {
        match inside(start) {
            Some((first, _)) => start = *first,
            None if start > 0 && !permitted(text, start, rules) => start -= 1,
            None => break,
        }
    }
    loop {
        match inside(end) {
            Some((_, last)) => end = *last,
            None if end < text.len() && !permitted(text, end, rules) => end += 1,
            None => break,
        }
    }
    halves(&text[start..end])
}

/// The phrases of `text` in characters.
pub(super) fn phrases(text: &str) -> Vec<(usize, usize)> {
    let spans = Phrases::shipped().spans(text).into_iter();
    spans
        .map(|span| {
            let first = text[..span.start].chars().count();
            (first, first + text[span].chars().count())
        })
        .collect()
}

proptest! {
    #[test]
    fn joined_lines_are_the_text(text in text(), width in 0u32..12) {
        prop_assert_eq!(lines(&text, width).concat(), text);
    }

    #[test]
    fn no_line_is_wider_than_its_room(text in text(), width in 1usize..12, rules in rules()) {
        for line in set(&text, width, rules, Phrases::shipped()) {
            let characters: Vec<char> = line.chars().collect();
            prop_assert!(halves(&characters) <= width * 2, "{line} at {width}");
        }
    }

    #[test]
    fn a_line_breaks_a_prohibition_only_where_every_other_end_does(text in text(), width in 1usize..20, rules in rules()) {
        let characters: Vec<char> = text.chars().collect();
        let mut start = 0;
        for end in starts(&set(&text, width, rules, Phrases::shipped())) {
            if !permitted(&characters, end, rules) && !has_address(&text) {
                for at in start + 1..end {
                    prop_assert!(!permitted(&characters, at, rules), "{end} could have been {at} in {text} at {width}, {rules:?}");
                }
            }
            start = end;
        }
    }

    #[test]
    fn no_phrase_is_split_that_fits_a_line_with_its_marks(text in text(), width in 1usize..20, rules in rules()) {
        let characters: Vec<char> = text.chars().collect();
        let starts = starts(&set(&text, width, rules, Phrases::shipped()));
        let phrases = phrases(&text);
        for (first, end) in phrases.iter().copied() {
            if starts.iter().any(|start| (first + 1..end).contains(start)) {
                let needed = with_marks(&characters, (first, end), &phrases, rules);
                prop_assert!(needed > width * 2, "{text} at {width}, {rules:?}: split in {first}..{end}");
            }
        }
    }

    #[test]
    fn no_place_where_a_text_may_end_breaks_a_prohibition(text in text(), rules in rules()) {
        let characters: Vec<char> = text.chars().collect();
        for end in ends_under(&text, rules, Phrases::shipped()) {
            let at = text[..end].chars().count();
            prop_assert!(permitted(&characters, at, rules), "{at} in {text}");
        }
    }

    #[test]
    fn hanzi_alone_fill_every_line_but_the_last(count in 1usize..200, width in 1u32..12) {
        let text: String = "国".repeat(count);
        let set = lines(&text, width);
        prop_assert_eq!(set.len(), count.div_ceil(width as usize));
        let full = set.iter().filter(|line| line.chars().count() == width as usize).count();
        // The last line takes one from the line before where it has only one.
        prop_assert!(full + 2 >= set.len());
    }
}
