//! Where lines end.

use proptest::prelude::*;

use yingbi::text::ends;

use super::lines;

/// Text, width in hanzi, the lines expected, and the rule that decides. The hard cases of Chinese official texts.
const CASES: &[(&str, u32, &[&str], &str)] = &[
    ("一二三四五六七", 3, &["一二三", "四五六", "七"], "hanzi break anywhere"),
    (
        "一二三，四五",
        3,
        &["一二", "三，四", "五"],
        "no comma at a line's start",
    ),
    (
        "一二三。四五",
        3,
        &["一二", "三。四", "五"],
        "no full stop at a line's start",
    ),
    (
        "一二三、四五",
        3,
        &["一二", "三、四", "五"],
        "no enumeration comma at a line's start",
    ),
    (
        "一二三；四五",
        3,
        &["一二", "三；四", "五"],
        "no semicolon at a line's start",
    ),
    (
        "一二三：四五",
        3,
        &["一二", "三：四", "五"],
        "no colon at a line's start",
    ),
    (
        "一二三！四五",
        3,
        &["一二", "三！四", "五"],
        "no exclamation mark at a line's start",
    ),
    (
        "一二三？四五",
        3,
        &["一二", "三？四", "五"],
        "no question mark at a line's start",
    ),
    (
        "《一二》三四",
        3,
        &["《一", "二》三", "四"],
        "no closing title mark at a line's start",
    ),
    (
        "一二《三四》",
        3,
        &["一二", "《三", "四》"],
        "no opening title mark at a line's end",
    ),
    (
        "一二“三四”",
        3,
        &["一二", "“三", "四”"],
        "no opening quote at a line's end",
    ),
    (
        "建设“阳光国资”平台",
        3,
        &["建设", "“阳光", "国资”", "平台"],
        "a line may end before “ and after ”",
    ),
    (
        "一二（三）四",
        3,
        &["一二", "（三）", "四"],
        "no opening bracket at a line's end",
    ),
    (
        "一二三）。」四",
        4,
        &["一二", "三）。」", "四"],
        "marks in a row go with the character before them",
    ),
    (
        "一二（《三四",
        4,
        &["一二", "（《三四"],
        "opening marks in a row go with the character after them",
    ),
    ("他说——好", 3, &["他说", "——好"], "a 破折号 is not broken inside"),
    ("他——好", 3, &["他——", "好"], "a 破折号 may end a line"),
    ("他说的——好", 3, &["他说的", "——好"], "a 破折号 may begin a line"),
    ("等等……完", 3, &["等等", "……完"], "a 省略号 is not broken inside"),
    (
        "北京—上海线",
        2,
        &["北", "京—", "上海", "线"],
        "no connecting dash at a line's start",
    ),
    (
        "阳光·国资",
        2,
        &["阳", "光·", "国资"],
        "no interpunct at a line's start",
    ),
    (
        "甲乙／丙丁",
        2,
        &["甲", "乙／", "丙丁"],
        "a solidus that no line can hold inside stays with what it follows",
    ),
    (
        "子丑甲／乙丙",
        3,
        &["子丑", "甲／乙", "丙"],
        "no solidus at a line's start or end",
    ),
    ("在A/B座办理", 3, &["在A/B", "座办理"], "A/B holds together"),
    (
        "办理处A/B座",
        4,
        &["办理处", "A/B座"],
        "A/B is not broken to fill a line",
    ),
    (
        "示例发〔2026〕23号",
        4,
        &["示例发", "〔2026〕", "23号"],
        "a document number breaks where the years end, if it must",
    ),
    (
        "见示例发〔2026〕23号",
        6,
        &["见示例发", "〔2026〕23号"],
        "a document number stays whole where it fits",
    ),
    ("共计670万元整", 4, &["共计", "670万元", "整"], "a number with 万元"),
    (
        "于2026年12月12日起",
        4,
        &["于2026年", "12月12日", "起"],
        "a date breaks after 年, 月, 日",
    ),
    ("自今2026年", 3, &["自今", "2026年"], "a year stays with its digits"),
    (
        "面积3.14㎡大",
        3,
        &["面积", "3.14㎡", "大"],
        "a number, its decimal point and its unit",
    ),
    (
        "气温高25℃，注意",
        3,
        &["气温高", "25℃，", "注意"],
        "℃ stays with its number",
    ),
    (
        "增长了60％，好",
        3,
        &["增长了", "60％，", "好"],
        "％ stays with its number",
    ),
    (
        "增长了12.5%，好",
        4,
        &["增长了", "12.5%，", "好"],
        "% stays with its number",
    ),
    (
        "收1,234.56亿元",
        5,
        &["收", "1,234.56亿", "元"],
        "a number with a thousands comma fills its line with 亿",
    ),
    (
        "办公室1～3层东",
        3,
        &["办公室", "1～3层", "东"],
        "a range holds together",
    ),
    ("需要10—20人来", 4, &["需要", "10—20人", "来"], "a range with a dash"),
    ("时间是12:30起", 4, &["时间是", "12:30起"], "a time of day"),
    ("①②③④", 3, &["①②③", "④"], "circled numbers break"),
    (
        "请看www.example.cn页",
        7,
        &["请看", "www.example.cn", "页"],
        "an address stays whole where it fits a line",
    ),
    (
        "看abcdefghijklmnop",
        4,
        &["看abcdef", "ghijklmn", "op"],
        "a word wider than the line begins where it stands",
    ),
    (
        "hello world again",
        6,
        &["hello world", "again"],
        "Latin words break at spaces",
    ),
    (
        "it’s don’t",
        3,
        &["it’s", "don’t"],
        "an apostrophe holds a word together",
    ),
    (
        "说\"一二三\"好",
        3,
        &["说\"一", "二三\"", "好"],
        "straight quotes open and close by turns",
    ),
    (
        "共￥100元",
        2,
        &["共", "￥", "100", "元"],
        "what cannot stay together breaks beside the digits, not in them",
    ),
    (
        "共和￥100元",
        4,
        &["共和", "￥100元"],
        "a currency sign stays with its sum",
    ),
    (
        "张三　李四　王五",
        5,
        &["张三　李四", "王五"],
        "a space hangs at a line's end and is dropped",
    ),
    ("张三 李四", 2, &["张三", "李四"], "so does a half-width one"),
    ("一二\n三四", 4, &["一二", "三四"], "a forced break"),
    ("一\n\n二", 4, &["一", "", "二"], "an empty line"),
    ("", 4, &[""], "no text is one empty line"),
    ("，，，，", 2, &["，，", "，，"], "nothing but marks still breaks"),
];

#[test]
fn lines_end_where_the_rules_say() {
    let wrong: Vec<String> = CASES
        .iter()
        .filter(|(text, width, expected, _)| lines(text, *width) != *expected)
        .map(|(text, width, _, rule)| format!("{rule}: {text} at {width} gives {:?}", lines(text, *width)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

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
