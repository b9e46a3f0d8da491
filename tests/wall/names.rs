//! Names are ordered as people count.

use proptest::{prelude::*, sample::subsequence};
use yingbi::units::Tick;

use super::folders::shown;
use crate::support::site::Files;

const TEN: Tick = Tick(1_778_810_400 * 50);

/// The names in the order in which the column plays them.
fn played(names: &[String], order: &str, head: &str) -> Vec<String> {
    let list = format!("[[play]]\ncolumn = \"通知\"\norder = \"{order}\"\ndwell = \"2s\"\n");
    let files = names.iter().fold(Files::plain().with("all.toml", list), |files, name| {
        files.with(&format!("items/通知/{name}.txt"), format!("{name}\n{head}"))
    });
    // The round begins at midnight.
    let midnight = Tick(TEN.0 - 10 * 3600 * 50);
    let shown = shown(&files.wall(), midnight);
    shown
        .iter()
        .map(|id| id.strip_prefix("通知/").unwrap().to_owned())
        .collect()
}

/// `number` as people write it in hanzi, worked out digit by digit.
fn hanzi(number: usize) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut text = String::new();
    if hundreds > 0 {
        text += &format!("{}百", DIGITS[hundreds]);
    }
    match (hundreds, tens) {
        (0, 0) => {}
        (_, 0) if ones > 0 => text += "零",
        (_, 0) => {}
        (0, 1) => text += "十",
        _ => text += &format!("{}十", DIGITS[tens]),
    }
    if ones > 0 || number == 0 {
        text += DIGITS[ones];
    }
    text
}

#[test]
fn one_two_ten_come_in_that_order() {
    let names = [
        "10 甲",
        "2 乙",
        "1 丙",
        "第10期",
        "第9期",
        "第一期",
        "第十期",
        "第九期",
        "第二十一期",
    ]
    .map(String::from);
    let expected = [
        "1 丙",
        "2 乙",
        "10 甲",
        "第一期",
        "第9期",
        "第九期",
        "第10期",
        "第十期",
        "第二十一期",
    ];
    assert_eq!(played(&names, "path", ""), expected);
}

#[test]
fn items_of_one_day_or_of_none_come_in_the_order_of_their_names() {
    let names = ["10", "9", "1"].map(String::from);
    for order in ["newest", "oldest"] {
        for head in ["", "发布：2026-5-1\n\n正文\n"] {
            assert_eq!(played(&names, order, head), ["1", "9", "10"], "{order} {head}");
        }
    }
}

#[test]
fn an_item_without_any_date_is_the_newest_and_one_with_a_beginning_only_goes_by_that() {
    let item = |files: Files, name: &str, head: &str| {
        files.with(&format!("items/通知/{name}.txt"), format!("{name}\n{head}\n正文\n"))
    };
    let files = Files::plain().with("all.toml", "[[play]]\ncolumn = \"通知\"\nlimit = 3\n");
    let files = item(files, "甲", "发布：2026-5-1\n");
    let files = item(files, "乙", "上屏：2026-5-3\n");
    let files = item(files, "丙", "发布：2026-5-2\n");
    let files = item(files, "丁", "");
    let shown = shown(&files.wall(), Tick(TEN.0 - 10 * 3600 * 50));
    assert_eq!(shown, ["通知/丁", "通知/乙", "通知/丙"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_that_differ_in_a_number_come_in_the_order_of_the_numbers(
        numbers in subsequence((0..400_usize).collect::<Vec<_>>(), 2..14),
        form in 0..4_usize,
    ) {
        // Numbers of a subsequence rise; written, they lose that.
        let written = |number: &usize| match form {
            0 => format!("第{number}期"),
            1 => format!("{number:03}号 安排"),
            2 => format!("通报{}", hanzi(*number)),
            _ => format!("通报{}号", number.to_string().chars().map(|digit| {
                char::from_u32(u32::from(digit) - u32::from('0') + u32::from('０')).unwrap()
            }).collect::<String>()),
        };
        let names: Vec<String> = numbers.iter().map(written).collect();
        prop_assert_eq!(played(&names, "path", ""), names);
    }
}
