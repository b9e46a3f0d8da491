//! Dates of items as clerks write them.

use jiff::civil::{DateTime, date};
use yingbi::{
    document::Parsed,
    item::{self, Item, Posting},
};

use crate::document::zh;

fn parse(head: &str) -> Parsed<Item> {
    item::parse("items/通知/a.txt", format!("标题\n{head}\n\n正文\n").as_bytes())
}

fn read(head: &str) -> Item {
    let parsed = parse(head);
    assert_eq!(zh(&parsed), [""; 0], "{head}");
    parsed.value.unwrap()
}

/// 00:00 of the day after 2026-12-01, a Tuesday.
fn after_the_first() -> Option<DateTime> {
    Some(date(2026, 12, 2).at(0, 0, 0, 0))
}

#[test]
fn a_date_may_have_its_weekday_an_ending_or_other_signs() {
    for written in [
        "2026年12月1日（周二）",
        "2026-12-1 星期二",
        "2026年12月1日止",
        "2026年12月1日前",
        "20261201",
        "2026.12.1.",
        "2026年12月1日。",
        "2026、12、1",
    ] {
        assert_eq!(read(&format!("下屏：{written}")).until, after_the_first(), "{written}");
    }
    let at = Some(date(2026, 12, 1).at(17, 0, 0, 0));
    assert_eq!(read("下屏：2026年12月1日（周二）17:00前").until, at);
}

#[test]
fn a_weekday_that_is_not_the_dates_is_refused() {
    let told = zh(&parse("下屏：2026年12月1日（周三）"));
    assert!(told[0].contains("2026-12-01 是星期二，不是星期三"), "{told:?}");
}

#[test]
fn a_date_without_its_year_is_refused_with_the_date_written_out() {
    for written in ["12月1日", "12-1", "12/1"] {
        let told = zh(&parse(&format!("下屏：{written}")));
        assert!(told[0].contains("应写明年份，如 2026年12月1日"), "{told:?}");
    }
}

#[test]
fn a_message_about_a_head_has_no_quotation_marks_that_must_not_be_copied() {
    let told = zh(&parse("下屏：明天"));
    assert!(
        told[0].contains("2026-05-08 08:00") && !told[0].contains('"'),
        "{told:?}"
    );
}

#[test]
fn nothing_ends_what_is_to_stay() {
    let item = read("发布：2026-12-1\n下屏：长期");
    assert_eq!((item.until, item.lasts), (None, true));
    assert!(!read("发布：2026-12-1").lasts);
}

#[test]
fn a_span_says_when_it_begins_and_when_it_ends() {
    let from = Some(date(2026, 11, 24).at(0, 0, 0, 0));
    for written in [
        "2026年11月24日至2026年12月1日",
        "2026年11月24日至12月1日",
        "自2026-11-24起至2026-12-1止",
        "2026.11.24—12.1",
        "2026/11/24 - 2026/12/1",
    ] {
        let item = read(&format!("上屏：{written}"));
        assert_eq!((item.from, item.until), (from, after_the_first()), "{written}");
    }
    assert!(parse("上屏：2026-12-1至2026-11-1").value.is_none());
    assert!(parse("上屏：2026-11-1至2026-12-1\n下屏：2026-12-2").value.is_none());
}

#[test]
fn a_posting_period_of_dates_needs_no_day_of_publication() {
    let item = read("公示期：2026年11月24日至11月30日");
    let (first, last) = (date(2026, 11, 24), date(2026, 11, 30));
    assert_eq!(item.posting, Some(Posting::Between(first, last)));
    let start = Some(first.at(0, 0, 0, 0));
    assert_eq!((item.from, item.published), (start, start));
}
