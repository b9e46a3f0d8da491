//! Where lines end.

mod cases;
mod compositor;
mod prohibitions;
mod settings;
mod uax14;

use yingbi::text::{Phrases, Rules, ends, ends_under};

use super::lines;

/// `text` with a bar at each of `ends`.
fn barred(text: &str, ends: &[usize]) -> String {
    let barred = text.char_indices().flat_map(|(at, character)| {
        let bar = ends.contains(&at).then_some('|');
        bar.into_iter().chain([character])
    });
    barred.collect()
}

#[test]
fn a_text_may_end_where_a_line_may_but_not_in_words_and_numbers() {
    for expected in [
        "拨|付|3.5万元，|用|于|LED|屏。",
        "《办|法》|〔2026〕23号",
        "第3条|——|见\u{200b}|上",
        "请|到|政务公开|栏|目",
        "",
    ] {
        let text = expected.replace('|', "");
        assert_eq!(barred(&text, &ends(&text)), expected);
    }
}

#[test]
fn other_rules_and_phrases_move_the_ends() {
    let text = "到示例局——政务公开/栏";
    let under = |rules, phrases: &Phrases| barred(text, &ends_under(text, rules, phrases));
    assert_eq!(under(Rules::Gb, Phrases::shipped()), "到|示|例|局|——|政务公开/栏");
    assert_eq!(under(Rules::Strict, Phrases::shipped()), "到|示|例|局——|政务公开/栏");
    assert_eq!(under(Rules::Basic, &Phrases::none()), "到|示|例|局|——|政|务|公|开/|栏");
    let names = Phrases::parse("示例局\n").phrases;
    assert_eq!(under(Rules::Gb, &names), "到|示例局|——|政|务|公|开/栏");
}

#[test]
fn forced_breaks_empty_lines_and_no_text() {
    assert_eq!(lines("一二\n三四", 4), ["一二", "三四"]);
    assert_eq!(lines("一\n\n二", 4), ["一", "", "二"]);
    assert_eq!(lines("", 4), [""]);
    assert_eq!(lines("张三　李四　王五", 5), ["张三　李四", "王五"]);
}
