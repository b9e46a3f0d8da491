//! Where lines end.

mod cases;
mod compositor;

use proptest::prelude::*;

use yingbi::text::ends;

use super::lines;

/// What the rules forbid, said anew: a table of characters, from the Requirements for Chinese Text Layout.
const NEVER_FIRST: &str = "、，。：；！？’”）》〉」』】〕〗·/／～－—,.:;!?)]";
const NEVER_LAST: &str = "‘“（《〈「『【〔〖/／([";
const OTHERS: &str = "一国资委示例省公开通知年月日号万元㎡℃％abcXYZ0123456789①…";

fn character() -> impl Strategy<Value = char> {
    let pick = |from: &'static str| proptest::sample::select(from.chars().collect::<Vec<_>>());
    prop_oneof![6 => pick(OTHERS), 2 => pick(NEVER_FIRST), 1 => pick(NEVER_LAST)]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(character(), 0..120).prop_map(|characters| characters.into_iter().collect())
}

/// Whether a line may end between these two, by the prohibitions alone. —— is a dash, which may begin a line.
fn permitted(text: &[char], at: usize) -> bool {
    let (before, after) = (text[at - 1], text[at]);
    let next = text.get(at + 1);
    let dash = after == '—' && (before == '—' || next == Some(&'—'));
    let inside = before == after && matches!(before, '—' | '…');
    !inside && (dash || !NEVER_FIRST.contains(after)) && !NEVER_LAST.contains(before)
}

/// The width in half cells: ASCII takes one, everything else two.
fn halves(text: &[char]) -> u32 {
    text.iter()
        .map(|character| if character.is_ascii() { 1 } else { 2 })
        .sum()
}

/// `text` with a bar wherever a line may end.
fn barred(text: &str) -> String {
    let ends = ends(text);
    let barred = text.char_indices().flat_map(|(at, character)| {
        let bar = ends.contains(&at).then_some('|');
        bar.into_iter().chain([character])
    });
    barred.collect()
}

#[test]
fn a_text_may_end_where_a_line_may_but_not_in_words_and_numbers() {
    assert_eq!(barred("拨付3.5万元，用于LED屏。"), "拨|付|3.5万元，|用|于|LED|屏。");
    assert_eq!(barred("《办法》〔2026〕23号"), "《办|法》|〔2026〕23号");
    assert_eq!(barred("第3条——见\u{200b}上"), "第3条|——|见\u{200b}|上");
    assert_eq!(ends(""), [0_usize; 0]);
}

proptest! {
    #[test]
    fn joined_lines_are_the_text(text in text(), width in 0u32..12) {
        prop_assert_eq!(lines(&text, width).concat(), text);
    }

    #[test]
    fn no_line_is_wider_than_its_room(text in text(), width in 1u32..12) {
        for line in lines(&text, width) {
            let characters: Vec<char> = line.chars().collect();
            prop_assert!(halves(&characters) <= width * 2, "{line} at {width}");
        }
    }

    #[test]
    fn a_line_breaks_a_prohibition_only_where_every_other_end_does(text in text(), width in 1u32..12) {
        let characters: Vec<char> = text.chars().collect();
        let mut start = 0;
        for line in lines(&text, width) {
            let end = start + line.chars().count();
            if end < characters.len() && !permitted(&characters, end) {
                for at in start + 1..end {
                    prop_assert!(!permitted(&characters, at), "{line} could have ended at {at} in {text} at {width}");
                }
            }
            start = end;
        }
    }

    #[test]
    fn no_place_where_a_text_may_end_breaks_a_prohibition(text in text()) {
        let characters: Vec<char> = text.chars().collect();
        for end in ends(&text) {
            let at = text[..end].chars().count();
            prop_assert!(permitted(&characters, at), "{at} in {text}");
        }
    }

    #[test]
    fn hanzi_alone_fill_every_line_but_the_last(count in 1usize..200, width in 1u32..12) {
        let text: String = "国".repeat(count);
        let set = lines(&text, width);
        prop_assert_eq!(set.len(), count.div_ceil(width as usize));
        let all_but_last = &set[..set.len() - 1];
        prop_assert!(all_but_last.iter().all(|line| line.chars().count() == width as usize));
    }
}
