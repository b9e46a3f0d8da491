//! How long a round takes, and what columns ask for in vain, in words for the command line.

use jiff::{SignedDuration, civil::date};
use yingbi::{
    diagnostic::{Diagnostic, Severity},
    playlist::Priority,
    wall::Rounds,
};

use crate::support::site::{Files, PLAIN, messages};

fn rounds(files: &Files) -> Rounds {
    files.wall().rounds(date(2026, 5, 15))
}

/// The plain site whose column asks for something.
fn asking(what: &str) -> Files {
    let site = PLAIN.replace("id = \"通知\"\n", &format!("id = \"通知\"\n{what}\n"));
    Files::plain().with("site.toml", site)
}

fn chinese(problems: &[Diagnostic]) -> Vec<&str> {
    problems.iter().map(|problem| &*problem.message.zh).collect()
}

#[test]
fn the_longest_round_of_each_zone_is_told() {
    let files = Files::plain().item("甲", "甲", "4s").item("乙", "乙", "40s").with(
        "noon.toml",
        "priority = \"notice\"\n[[when]]\nstart = \"12:00\"\nend = \"13:00\"\n[[play]]\nitem = \"通知/乙\"\n",
    );
    let told = rounds(&files);
    assert_eq!(told.problems, []);
    let [zone] = &told.zones[..] else {
        panic!("one zone shows something: {told:?}")
    };
    assert_eq!((&*zone.screen, &*zone.zone, zone.ticker), ("lobby", "main", false));
    assert_eq!((zone.length, zone.items), (SignedDuration::from_secs(44), 2));
    assert_eq!(zone.priority, Priority::Routine);
    assert_eq!(zone.since, "2026-05-15T00:00:00+08:00".parse().unwrap());
    assert_eq!((zone.words().zh, zone.words().en), ("44 秒".into(), "44 s".into()));
}

#[test]
fn a_round_of_more_than_15_minutes_is_warned_of_and_one_of_15_is_not() {
    let files = Files::plain().item("甲", "甲", "10m").item("乙", "乙", "5m");
    assert_eq!(rounds(&files).problems, []);
    let problems = rounds(&files.item("丙", "丙", "1s")).problems;
    assert_eq!(
        messages(&problems),
        ["site.toml: screen \"lobby\", zone \"main\": one round of 3 items takes 15 min 1 s, more than 15 minutes"]
    );
    assert_eq!(
        chinese(&problems),
        ["屏幕“lobby”区域“main”：3 条信息一轮需 15 分 1 秒，超过 15 分钟"]
    );
    assert_eq!(problems[0].severity, Severity::Warning);
    assert!(problems[0].help.zh.contains("limit"));
}

#[test]
fn a_ticker_may_take_as_long_as_it_likes() {
    let site = PLAIN.replace("id = \"main\"\n", "id = \"main\"\nkind = \"ticker\"\n");
    let mut files = Files::plain().with("site.toml", site);
    for number in 0..1000 {
        files = files.item(&format!("{number}"), &format!("关于开展消防演练的通知之{number}"), "4s");
    }
    let told = rounds(&files);
    assert!(
        told.zones[0].ticker && told.zones[0].length > SignedDuration::from_mins(15),
        "{told:?}"
    );
    assert_eq!(told.problems, []);
}

#[test]
fn a_column_without_anything_else_to_show_cannot_keep_to_its_share() {
    let files = asking("title = \"通知公告\"\nmost = \"30%\"")
        .item("甲", "甲", "4s")
        .item("乙", "乙", "4s");
    let problems = rounds(&files).problems;
    assert_eq!(
        messages(&problems),
        [
            "site.toml: screen \"lobby\", zone \"main\", from 00:00: column \"通知公告\" at most 30 %, but takes 100.0 %: there is nothing else to fill the hour"
        ]
    );
    assert_eq!(
        chinese(&problems),
        ["屏幕“lobby”区域“main”自 00:00 起：栏目“通知公告”最多 30 %，却会占到 100.0 %：此时没有别的内容可填满一小时"]
    );
}

#[test]
fn what_stands_in_the_way_of_a_share_is_named() {
    let files = asking("least = 60").item("甲", "甲", "10s").with(
        "all.toml",
        "[[play]]\ncolumn = \"通知\"\norder = \"path\"\n[[play]]\nclock = true\ndwell = \"20s\"\n",
    );
    assert_eq!(
        chinese(&rounds(&files).problems),
        ["屏幕“lobby”区域“main”自 00:00 起：栏目“通知”最少 60 %，只能达到 33.3 %：因为同一条信息不连播"]
    );
    let files = asking("least = 60\nrepeats = 12")
        .item("甲", "甲", "10s")
        .item("乙", "乙", "10s");
    assert_eq!(
        messages(&rounds(&with_news(files)).problems)[..2],
        [
            "site.toml: screen \"lobby\", zone \"main\", from 00:00: column \"通知\" at least 60 %, but reaches 6.6 %: because column \"通知\" each item at most 12 times an hour",
            "site.toml: screen \"lobby\", zone \"main\", from 00:00: column \"通知\" each item at most 12 times an hour, but one comes 108 times: because column \"通知\" at least 60 %",
        ]
    );
}

/// The files with two more items, of a column that asks for nothing.
fn with_news(files: Files) -> Files {
    let site = files
        .text("site.toml")
        .replace("[[screen]]", "[[column]]\nid = \"动态\"\n\n[[screen]]");
    files
        .with("site.toml", site)
        .with("news.toml", "[[play]]\ncolumn = \"动态\"\n")
        .with("items/动态/丙.md", "+++\ntitle = \"丙\"\ndwell = \"10s\"\n+++\n正文\n")
        .with("items/动态/丁.md", "+++\ntitle = \"丁\"\ndwell = \"10s\"\n+++\n正文\n")
}

#[test]
fn items_that_do_not_come_are_told() {
    let files = with_news(asking("most = 20").item("甲", "甲", "20m"));
    assert_eq!(
        chinese(&rounds(&files).problems),
        ["屏幕“lobby”区域“main”自 00:00 起：栏目“通知”最多 20 %：其中一条播 20 分钟，超过该栏目一小时所得，因而不播"]
    );
}

#[test]
fn a_share_counts_the_items_of_the_columns_below() {
    let site = PLAIN.replace(
        "id = \"通知\"\n",
        "id = \"通知\"\nparent = \"公开\"\n[[column]]\nid = \"公开\"\nmost = 25\n",
    );
    let files = Files::plain()
        .with("site.toml", site)
        .item("甲", "甲", "10s")
        .item("乙", "乙", "10s");
    let files = with_news(files).with("all.toml", "[[play]]\ncolumn = \"公开\"\n");
    let wall = files.wall();
    let plan = wall.programme().plan();
    assert_eq!(plan.quotas.len(), 1);
    assert_eq!(&*plan.quotas[0].column, "公开");
    let told = wall.rounds(date(2026, 5, 15));
    assert_eq!(told.problems, []);
    // Each of the two has an eighth of the hour.
    assert!(told.zones[0].length >= SignedDuration::from_secs(80), "{told:?}");
}
