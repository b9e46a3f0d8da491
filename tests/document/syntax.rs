//! What is wrong with the syntax is told once, at its place, and hides nothing else.

use yingbi::playlist;

use super::{en, zh};

fn problems(text: &str) -> Vec<String> {
    en(&playlist::parse("a.toml", text.as_bytes()))
}

/// The problems of a play with this line in it.
fn of_line(line: &str) -> Vec<String> {
    problems(&format!("[[play]]\nclock = true\n{line}\n"))
}

const SWITCH: &str = "switch the keyboard to English and type";
const WITHIN: &str = "within a text full-width signs are fine";

#[test]
fn full_width_signs_are_named_with_their_replacement() {
    for (line, place, sign, code, plain) in [
        ("weight ＝ 2", "3:8", "＝", "FF1D", "="),
        ("weight：2", "3:7", "：", "FF1A", "="),
    ] {
        let told = format!(
            "{place} full-width \"{sign}\" (U+{code}) where \"{plain}\" belongs; type \"{plain}\"; {SWITCH} {plain}; {WITHIN}"
        );
        assert_eq!(of_line(line)[0], told);
    }
    assert_eq!(
        problems("zones ＝ ［“main”，“ticker”］\n[[play]]\nclock = true\n"),
        [
            format!("1:7 full-width \"＝\" (U+FF1D) where \"=\" belongs; type \"=\"; {SWITCH} =; {WITHIN}"),
            format!("1:9 full-width \"［\" (U+FF3B) where \"[\" belongs; type \"[\"; {SWITCH} [; {WITHIN}"),
            format!("1:10 full-width \"“\" (U+201C) where '\"' belongs; type '\"'; {SWITCH} \"; {WITHIN}"),
            format!("1:16 full-width \"，\" (U+FF0C) where \",\" belongs; type \",\"; {SWITCH} ,; {WITHIN}"),
            format!("1:17 full-width \"“\" (U+201C) where '\"' belongs; type '\"'; {SWITCH} \"; {WITHIN}"),
            format!("1:25 full-width \"］\" (U+FF3D) where \"]\" belongs; type \"]\"; {SWITCH} ]; {WITHIN}"),
        ]
    );
}

#[test]
fn full_width_signs_are_named_in_chinese() {
    let parsed = playlist::parse("a.toml", "标题＝“示例”\n[[play]]\nclock = true\n".as_bytes());
    assert_eq!(
        zh(&parsed),
        [
            "1:3 此处的全角“＝”(U+FF1D)应为半角 =；切换到英文输入法，输入 =；引号内的文字可用全角",
            "1:4 此处的全角引号 “ (U+201C)应为半角引号 \"；切换到英文输入法，输入 \"；引号内的文字可用全角",
        ]
    );
}

#[test]
fn full_width_signs_in_texts_and_remarks_are_text() {
    let text = "title = \"甲＝“乙”，［丙］\" # 说明：“丁”\n[[play]]\nclock = true\n";
    let parsed = playlist::parse("a.toml", text.as_bytes());
    assert_eq!(en(&parsed), [""; 0]);
    assert_eq!(&*parsed.value.unwrap().title, "甲＝“乙”，［丙］");
    for text in ["title = '“'\n", "title = '''甲＝\n乙'''\n", "title = \"\"\"“\"\"\"\n"] {
        let found = problems(&format!("{text}[[play]]\nclock = true\n"));
        assert!(!found.iter().any(|line| line.contains("full-width")), "{found:?}");
    }
}

#[test]
fn a_text_that_opens_in_ascii_and_closes_full_width_is_told_at_its_end() {
    assert_eq!(
        problems("title = \"示例”\n[[play]]\nclock = true\n"),
        [format!(
            "1:12 full-width \"”\" (U+201D) where '\"' belongs; type '\"'; {SWITCH} \"; {WITHIN}"
        )]
    );
}

#[test]
fn wide_digits_and_blanks_are_named() {
    assert_eq!(
        of_line("weight = ２"),
        ["3:10 full-width letters where \"2\" belongs; type 2"]
    );
    assert_eq!(
        of_line("weight\u{3000}= 2"),
        ["3:7 wide space U+3000 where an ordinary space belongs; type an ordinary space"]
    );
    assert_eq!(
        of_line("\u{200b}weight = 2"),
        ["3:1 invisible character U+200B; delete it"]
    );
}

#[test]
fn a_syntax_error_is_told_once_and_hides_nothing_else() {
    assert_eq!(
        problems("title \"x\"\nzonse = \"main\"\n[[play]]\nclock = true\nweight = 0\n"),
        [
            "1:7 no \"=\" after the key; write key = value",
            "2:1 unknown key \"zonse\"; did you mean \"zones\"?; write \"zones\", or remove the line",
            "5:10 \"weight\" takes an integer from 1 to 20; found 0; write an integer from 1 to 20",
        ]
    );
    let parsed = playlist::parse("a.toml", b"title \"x\"\n[[play]]\nclock = true\n");
    assert_eq!(zh(&parsed), ["1:7 键后面没有“=”；写成 键 = 值"]);
}

#[test]
fn the_usual_slips_have_words_of_their_own() {
    for (line, told) in [
        ("dwell =", "3:8 no value after \"=\"; write key = value"),
        ("dwell = 8s", "3:9 text without quotes: 8s; write \"8s\""),
        ("dwell = 8秒", "3:9 text without quotes: 8秒; write \"8秒\""),
        ("transition = 淡入", "3:14 text without quotes: 淡入; write \"淡入\""),
        ("= 3", "3:1 no key before \"=\"; write key = value"),
        (
            "dwell = \"8s",
            "3:12 a text that is not closed on its line; put one \" before and one after the text",
        ),
        (
            "dwell = 8 # \n]",
            "4:1 a heading that is not closed; write [name] or [[name]]",
        ),
        (
            "clock = true",
            "3:1 \"clock\" is already set above; keep one of the two",
        ),
        (
            "时钟 = true",
            "3:1 \"时钟\" is the same key as \"clock\", which is already set; keep one of the two",
        ),
        (
            "dwell = \"8\\s\"",
            "3:12 \"\\\" before a character that needs none; write \\\\ or /",
        ),
        (
            "weight = 2 weight = 3",
            "3:10 text without quotes: 2 weight; write \"2 weight\"",
        ),
        (
            "dwell = 2026-13-01",
            "3:9 there is no 2026-13-01: a year has months 1 to 12; write a date such as 2026-05-08",
        ),
    ] {
        assert_eq!(of_line(line), [told], "{line}");
    }
}

#[test]
fn a_list_that_is_not_closed_is_told_where_it_opens() {
    assert_eq!(
        problems("zones = [\"main\"\ntitel = 3\n[[play]]\nclock = true\n"),
        [
            "1:9 \"[\" is never closed; add ]",
            "2:1 unknown key \"titel\"; did you mean \"title\"?; write \"title\", or remove the line",
        ]
    );
}

#[test]
fn a_heading_that_is_not_closed_does_not_spill_its_keys() {
    assert_eq!(
        problems("[[play]]\nclock = true\n[[when]\nstart = \"08:00\"\n[[play]]\nclock = true\nweight = 0\n"),
        [
            "3:8 a heading that is not closed; write [name] or [[name]]",
            "7:10 \"weight\" takes an integer from 1 to 20; found 0; write an integer from 1 to 20",
        ]
    );
}

#[test]
fn a_wrong_type_is_told_with_what_is_expected_and_what_is_found() {
    let parsed = playlist::parse("a.toml", "[[play]]\nclock = true\n权重 = \"2\"\n".as_bytes());
    assert_eq!(
        en(&parsed),
        ["3:6 \"权重\" takes an integer from 1 to 20; found \"2\"; write an integer from 1 to 20"]
    );
    assert_eq!(
        zh(&parsed),
        ["3:6 “权重”应为整数，1 至 20，实为 \"2\"；改为整数，1 至 20"]
    );
}

#[test]
fn a_key_and_its_alias_are_one_key() {
    let parsed = playlist::parse(
        "a.toml",
        "title = \"a\"\n标题 = \"b\"\n[[play]]\nclock = true\n".as_bytes(),
    );
    assert_eq!(
        en(&parsed),
        ["2:1 \"标题\" is the same key as \"title\", which is already set; keep one of the two"]
    );
    assert_eq!(zh(&parsed), ["2:1 “标题”与前面的“title”是同一个键；只留一处"]);
}

#[test]
fn chinese_keys_stand_in_headings_inline_tables_and_dotted_keys() {
    let parsed = yingbi::site::parse(
        "site.toml",
        "标题 = '示例' # 标题 = 1\n联系.电话 = \"1\"\n[[屏幕]]\n标识 = \"s\"\n宽 = 64\n高=32\n[[屏幕.输出]]\n协议 = \"ddp\"\n地址 = \"h:1\"\n范围 = { 左 = 8, 宽 = 8, 高 = 40 }\n"
            .as_bytes(),
    );
    assert_eq!(
        en(&parsed),
        [
            "10:6 the area 8x40+8+0 reaches beyond the screen of 64x32; keep x + width within 64 and y + height within 32"
        ]
    );
}
