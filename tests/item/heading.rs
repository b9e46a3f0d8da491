//! What stands above a blank line and is no head must not silently be the title.

use jiff::civil::date;
use yingbi::{
    diagnostic::Severity,
    document::Parsed,
    item::{self, Item},
};

use crate::document::zh;

fn parse(head: &str) -> Parsed<Item> {
    item::parse(
        "items/通知/a.txt",
        format!("{head}\n\n停水通知\n今日停水。\n").as_bytes(),
    )
}

#[test]
fn a_wrong_sign_after_a_key_is_refused_with_the_remedy() {
    for line in [
        "下屏；2026-12-1",
        "下屏 2026-12-1",
        "下屏=2026-12-1",
        "【下屏】2026-12-1",
        "下屏时间2026年12月1日",
    ] {
        let parsed = parse(line);
        assert!(parsed.value.is_none(), "{line}");
        assert!(zh(&parsed)[0].contains("应为冒号"), "{:?}", zh(&parsed));
    }
}

#[test]
fn other_words_for_the_end_count_where_they_stand_alone_above_a_blank_line() {
    for key in ["截止", "截止日期", "有效期至", "结束时间"] {
        let item = parse(&format!("{key}：2026-12-1")).value.unwrap();
        assert_eq!(&*item.title, "停水通知");
        assert_eq!(item.until, Some(date(2026, 12, 2).at(0, 0, 0, 0)), "{key}");
    }
    let item = parse("播放时间：2026-11-24至2026-12-1").value.unwrap();
    assert_eq!(item.from, Some(date(2026, 11, 24).at(0, 0, 0, 0)));
    assert_eq!(item.until, Some(date(2026, 12, 2).at(0, 0, 0, 0)));
}

#[test]
fn an_unknown_key_that_would_be_the_title_is_told() {
    let parsed = parse("作者：张三");
    assert_eq!(parsed.diagnostics.len(), 1);
    assert_eq!(parsed.diagnostics[0].severity, Severity::Warning);
    assert!(zh(&parsed)[0].contains("会当作标题显示"), "{:?}", zh(&parsed));
    assert!(parsed.diagnostics[0].help.zh.contains("下屏"));
    assert_eq!(&*parsed.value.unwrap().title, "作者：张三");
}

#[test]
fn what_is_not_open_to_all_is_refused_and_what_is_does_not_show_that() {
    for mark in ["内部", "秘密", "机密★1年"] {
        let parsed = parse(&format!("密级：{mark}"));
        assert!(parsed.value.is_none(), "{mark}");
        assert!(zh(&parsed)[0].contains("涉密或内部文件不得上屏"), "{:?}", zh(&parsed));
    }
    for mark in ["公开", "非密"] {
        assert_eq!(&*parse(&format!("密级：{mark}")).value.unwrap().title, "停水通知");
    }
}
