//! An item is read from front matter and text, or from text alone.

mod dates;
mod figures;
mod head;
mod heading;
mod shown;
mod typed;

use jiff::{
    SignedDuration,
    civil::{date, datetime},
};
use yingbi::{
    item::{self, Counter, Item},
    units::Digest,
};

use crate::document::{en, zh};

const GOOD: &str = include_str!("document/item.md");

fn read(file: &str, text: &str) -> Item {
    let parsed = item::parse(file, text.as_bytes());
    assert_eq!(en(&parsed), [""; 0]);
    parsed.value.unwrap()
}

fn problems(text: &str) -> Vec<String> {
    en(&item::parse("items/通知/a.md", text.as_bytes()))
}

#[test]
fn an_item_with_every_key_is_read() {
    let item = read("items/通知公告/放假.md", GOOD);
    assert_eq!((&*item.id, &*item.column), ("2026-holiday", "通知公告"));
    assert_eq!(&*item.title, "关于 2026 年劳动节放假的通知");
    assert_eq!(item.department.as_deref(), Some("办公室"));
    assert_eq!(item.number.as_deref(), Some("示例发〔2026〕23号"));
    assert_eq!(item.published, Some(date(2026, 4, 20).at(0, 0, 0, 0)));
    assert_eq!(item.from, Some(datetime(2026, 4, 21, 8, 0, 0, 0)));
    assert_eq!(
        (item.scene.as_deref(), item.dwell),
        (Some("notice"), Some(SignedDuration::from_secs(12)))
    );
    assert_eq!(item.pages, Some(5));
    assert_eq!(item.counter, Some(Counter::Countdown(date(2026, 5, 1).at(0, 0, 0, 0))));
    assert_eq!(item.body.len(), 2);
    assert_eq!(item.digest, Digest::of(GOOD.as_bytes()));
}

#[test]
fn a_date_alone_as_the_end_includes_its_day() {
    let item = read("items/a/b.md", "+++\ntitle = \"t\"\nuntil = 2026-05-08\n+++\n");
    assert_eq!(item.until, Some(date(2026, 5, 9).at(0, 0, 0, 0)));
    let item = read(
        "items/a/b.md",
        "+++\ntitle = \"t\"\nuntil = \"2026-05-08 18:00\"\n+++\n",
    );
    assert_eq!(item.until, Some(date(2026, 5, 8).at(18, 0, 0, 0)));
    let item = read("items/a/b.md", "+++\ntitle = \"t\"\nuntil = 2026-05-08T18:00:00\n+++\n");
    assert_eq!(item.until, Some(date(2026, 5, 8).at(18, 0, 0, 0)));
}

#[test]
fn without_front_matter_the_first_line_is_the_title() {
    let item = read("items/通知/2026/通知(最终版2).txt", "\n# 停水通知\n\n今日停水。\n");
    assert_eq!((&*item.title, item.body.len()), ("停水通知", 1));
    assert_eq!((&*item.id, &*item.column), ("通知/2026/通知(最终版2)", "通知/2026"));
}

#[test]
fn front_matter_without_a_title_leaves_it_to_the_first_line() {
    let item = read("items/a/b.md", "+++\n部门 = \"办公室\"\n+++\n停水通知\n今日停水。\n");
    assert_eq!((&*item.title, &*item.body[0].text), ("停水通知", "今日停水。"));
}

#[test]
fn an_item_in_gbk_is_read() {
    let bytes = [
        &b"\xcd\xa8\xd6\xaa"[..],
        b"\r\n\r\n",
        b"\xbd\xf1\xc8\xd5\xcd\xa3\xcb\xae\xa1\xa3",
    ]
    .concat();
    let parsed = item::parse("items/a/b.txt", &bytes);
    assert_eq!(&*parsed.value.unwrap().title, "通知");
}

#[test]
fn an_item_that_ends_before_it_begins_is_refused() {
    let parsed = item::parse(
        "items/a/b.md",
        "+++\ntitle = \"t\"\n上屏 = 2026-05-09\n下屏 = 2026-05-08\n+++\n".as_bytes(),
    );
    assert_eq!(
        en(&parsed),
        ["4:6 \"until\" does not lie after \"from\": the item never shows; correct one of the two dates"]
    );
    assert_eq!(
        zh(&parsed),
        ["4:6 “下屏”不晚于“上屏”：这条信息从不显示；改正其中一个日期"]
    );
}

#[test]
fn an_item_counts_down_to_an_instant_or_up_from_a_day() {
    let counter = |line: &str| read("items/a/b.md", &format!("+++\ntitle = \"t\"\n{line}\n+++\n")).counter;
    assert_eq!(counter(""), None);
    let nine = datetime(2026, 10, 1, 9, 0, 0, 0);
    assert_eq!(counter("倒计时 = \"2026-10-01 09:00\""), Some(Counter::Countdown(nine)));
    assert_eq!(counter("day_one = 2026-01-01"), Some(Counter::Days(date(2026, 1, 1))));
    assert_eq!(
        counter("首日 = \"2026年1月1日\""),
        Some(Counter::Days(date(2026, 1, 1)))
    );
}

#[test]
fn an_item_with_two_counters_is_refused() {
    let parsed = item::parse(
        "items/a/b.md",
        "+++\ntitle = \"t\"\n首日 = 2026-01-01\ncountdown = 2026-10-01\n+++\n".as_bytes(),
    );
    assert_eq!(
        en(&parsed),
        ["4:1 an item has one counter: \"day_one\" is written, and \"countdown\" too; keep one of them"]
    );
    assert_eq!(
        zh(&parsed),
        ["4:1 一条信息只有一个计数：已写“首日”，又写“倒计时”；只留一个"]
    );
}

#[test]
fn a_countdown_that_ends_before_the_item_begins_is_refused() {
    assert_eq!(
        problems("+++\ntitle = \"t\"\nfrom = 2026-10-01\ncountdown = 2026-10-01\n+++\n"),
        ["4:13 \"countdown\" does not lie after \"from\": the item never shows; correct one of the two dates"]
    );
}

#[test]
fn working_days_are_written_in_digits_alone() {
    let days = |written: &str| {
        let text = format!("+++\ntitle = \"t\"\npublished = 2026-09-28\nposting = {written}\n+++\n");
        item::parse("items/a/b.md", text.as_bytes())
            .value
            .map(|item| item.posting.unwrap().days().unwrap())
    };
    for written in ["5", "\"5个工作日\"", "\" 5 工作日\"", "\"5工作日 \""] {
        assert_eq!(days(written), Some(5), "{written}");
    }
    for written in [
        "\"+5个工作日\"",
        "\"工作日\"",
        "\"五个工作日\"",
        "\"5\"",
        "0",
        "401",
        "5.0",
    ] {
        assert_eq!(days(written), None, "{written}");
    }
}

// Fault 90.
#[test]
fn an_item_takes_1_to_999_pages() {
    for pages in [0, 1000] {
        assert_eq!(
            problems(&format!("+++\ntitle = \"t\"\npages = {pages}\n+++\n")).len(),
            1
        );
    }
}

#[test]
fn a_time_with_an_offset_is_refused_since_the_site_has_one_zone() {
    assert_eq!(
        problems("+++\ntitle = \"t\"\nfrom = 2026-05-08T08:00:00+08:00\n+++\n")[0]
            .split("found ")
            .nth(1)
            .unwrap(),
        "2026-05-08T08:00:00+08:00: times are in the site's zone; leave the offset out; write a date, or a date and a time (such as 2026-05-08 or \"2026-05-08 08:00\")"
    );
}

#[test]
fn problems_of_front_matter_and_text_are_told_together() {
    assert_eq!(
        problems("+++\ntitel = \"t\"\n+++\n<p>文字</p>\n"),
        [
            "2:1 unknown key \"titel\"; did you mean \"title\"?; write \"title\", or remove the line",
            "4:1 HTML cannot be shown, and its text would be lost; remove the HTML tags and leave the text",
        ]
    );
}

#[test]
fn front_matter_that_is_not_closed_is_refused() {
    assert_eq!(
        problems("+++\ntitle = \"t\"\n正文\n"),
        ["1:1 the front matter begins with +++ but does not end with +++; put a line of +++ after the keys"]
    );
}

#[test]
fn an_empty_file_is_refused() {
    for text in ["", " \n\n", "+++\n+++\n"] {
        assert_eq!(
            problems(text),
            ["1:1 the item is empty: neither title nor text; write a title and a text, or remove the file"]
        );
    }
}

#[test]
fn a_text_too_long_is_refused_with_its_length_and_the_limit() {
    let text = format!("标题\n\n{}\n", "字".repeat(20_001));
    let parsed = item::parse("items/a/b.md", text.as_bytes());
    assert_eq!(
        en(&parsed),
        ["3:1 the text has 20001 characters; an item may have 20000; split it into several items, or write a summary"]
    );
    assert_eq!(
        zh(&parsed),
        ["3:1 正文共 20001 字，最多 20000 字；分成几条信息，或只写摘要"]
    );
    let whole = format!("标题\n\n{}\n", "字".repeat(19_999));
    read("items/a/b.md", &whole);
}

#[test]
fn a_first_line_too_long_for_a_title_is_refused() {
    assert_eq!(
        problems(&"字".repeat(1 << 20)),
        [
            "1:1 the first line, as the title, has 1048576 characters; a title may have 200; put the title on a line of its own before the text"
        ]
    );
}

// Fault 89.
#[test]
fn a_table_of_100_000_rows_and_a_paragraph_of_10_mb_are_refused_where_they_begin() {
    let remedy = "an item may have 20000; split it into several items, or write a summary";
    let table = format!(
        "名单\n\n| 姓名 | 分数 |\n|---|---|\n{}",
        "| 甲 | 90 |\n".repeat(100_000)
    );
    let length = "| 姓名 | 分数 |".chars().count() + "\n|---|---|".len() + 100_000 * "\n| 甲 | 90 |".chars().count();
    assert_eq!(
        problems(&table),
        [format!("3:1 the text has {length} characters; {remedy}")]
    );
    let long = format!("通知\n{}", "字".repeat(10 << 20));
    assert_eq!(
        problems(&long),
        [format!("2:1 the text has 10485760 characters; {remedy}")]
    );
}

#[test]
fn a_nul_byte_is_refused_at_its_line() {
    let parsed = item::parse("items/a/b.md", "标题\n正\0文\n".as_bytes());
    assert_eq!(parsed.diagnostics.len(), 1);
    let place = parsed.diagnostics[0].place.as_ref().unwrap();
    assert_eq!((place.line, place.column), (2, 2));
    assert_eq!(
        parsed.diagnostics[0].message.en,
        "line 2: NUL character at byte 10; this is not a text file"
    );
}

#[test]
fn a_fence_of_full_width_signs_is_named_and_never_shown() {
    let parsed = item::parse("items/通知/甲.md", "＋＋＋\n标题 = \"好\"\n＋＋＋\n正文\n".as_bytes());
    let said = parsed
        .diagnostics
        .iter()
        .map(|problem| (problem.message.en.as_str(), problem.message.zh.as_str()));
    assert_eq!(
        said.collect::<Vec<_>>(),
        [(
            "the line before the front matter is written with full-width \"＋\" (U+FF0B)",
            "开头的分隔行用了全角“＋”（U+FF0B）"
        )]
    );
    assert!(parsed.value.is_none());
}
