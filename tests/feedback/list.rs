//! 问题清单.txt, read as a clerk reads it and byte for byte.

use std::time::Duration;

use yingbi::{
    diagnostic::{Bilingual, Diagnostic, Language, Place, Severity},
    feedback::{Notice, Whose, list},
};

use super::Bench;
use crate::support::site::{Files, PLAIN};

fn with_contact() -> Files {
    let contact = "\n[contact]\nname = \"办公室值班室\"\nphone = \"0000-00001234\"\n";
    Files::plain().with("site.toml", format!("{PLAIN}{contact}"))
}

fn notice(whose: Whose, severity: Severity, file: &str, place: Option<(u32, u32, &str)>, words: [&str; 2]) -> Notice {
    let place = place.map(|(line, column, excerpt)| Place {
        line,
        column,
        length: 1,
        excerpt: excerpt.into(),
        offset: column - 1,
    });
    Notice {
        whose,
        diagnostic: Diagnostic {
            severity,
            file: file.into(),
            place,
            message: Bilingual::new(words[0], "in English"),
            help: Bilingual::new(words[1], "help"),
        },
    }
}

fn three() -> Vec<Notice> {
    vec![
        notice(
            Whose::Integrator,
            Severity::Warning,
            "--view",
            None,
            ["网页打不开", "请换一个端口"],
        ),
        notice(
            Whose::Clerk,
            Severity::Warning,
            "items/通知/甲.txt",
            None,
            ["标题太长", "请缩短标题"],
        ),
        notice(
            Whose::Clerk,
            Severity::Error,
            "items/通知/乙.md",
            Some((3, 4, "下屏：2026-02-30")),
            ["没有 2026-02-30 这一天", "请改成有的日期"],
        ),
    ]
}

#[test]
fn the_list_is_what_an_office_would_print() {
    let wall = with_contact().wall();
    let since = jiff::civil::date(2026, 5, 15).at(9, 20, 31, 0);
    let bytes = list(wall.site(), &three(), (&[], &[]), since, Language::Chinese);
    let expected = "\u{feff}问题清单
单位：示例省国资委
时间：2026-05-15 09:20:31（问题有变化时更新）

共 3 个问题，其中错误 1 个、提醒 2 个。
出错的文件未被采用，屏幕仍按其上一个正确的版本播出；改正并保存后自动生效。

一、文件中的问题

1. ［错误］items/通知/乙.md，第 3 行第 4 列
   问题：没有 2026-02-30 这一天
   原文：下屏：2026-02-30
   处理：请改成有的日期

2. ［提醒］items/通知/甲.txt
   问题：标题太长
   处理：请缩短标题

二、设备的问题，请联系管理人员

3. ［提醒］网页打不开
   处理：请换一个端口

看不明白或处理不了，请联系：办公室值班室，电话 0000-00001234
";
    assert_eq!(String::from_utf8(bytes).unwrap(), expected.replace('\n', "\r\n"));
}

#[test]
fn the_list_is_the_same_in_english() {
    let wall = with_contact().wall();
    let since = jiff::civil::date(2026, 5, 15).at(9, 20, 31, 0);
    let text = String::from_utf8(list(wall.site(), &three(), (&[], &[]), since, Language::English)).unwrap();
    for words in [
        "3 in all: 1 error(s), 2 warning(s).",
        "1. [error] items/通知/乙.md, line 3, column 4\r\n   problem: in English\r\n",
        "II. In the machine",
        "telephone 0000-00001234",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
}

#[test]
fn where_nothing_is_wrong_the_list_says_so_and_since_when() {
    let mut bench = Bench::new(&with_contact());
    bench.settle();
    let bytes = bench.read("问题清单.txt");
    assert_eq!(bytes[..3], [0xef, 0xbb, 0xbf]);
    let text = bench.text("问题清单.txt");
    assert!(text.contains("\r\n没有问题。\r\n自 2026-05-15 09:20:31 起，"), "{text}");
    assert!(text.contains("请联系：办公室值班室"), "{text}");
    assert!(
        text.split('\n').rev().skip(1).all(|line| line.ends_with('\r')),
        "{text}"
    );
}

#[test]
fn the_clock_does_not_tick_in_the_list_and_a_problem_that_goes_is_gone_from_it() {
    let mut bench = Bench::new(&with_contact());
    bench.notices = three();
    bench.turn();
    let first = bench.text("问题清单.txt");
    for _ in 0..10 {
        bench.pass(Duration::from_secs(7));
        bench.turn();
    }
    assert_eq!(bench.text("问题清单.txt"), first);
    bench.notices.clear();
    bench.turn();
    let solved = bench.text("问题清单.txt");
    assert!(solved.contains("没有问题。\r\n自 2026-05-15 09:21:41 起"), "{solved}");
}

#[test]
fn a_character_without_a_glyph_stands_in_the_list_with_its_code_point_line_and_remedy() {
    // Fault 60.
    let mut bench = Bench::new(&with_contact());
    let text = "+++\ntitle = \"会议\"\n+++\n请各处室\n携带\u{20bb7}野家的餐券。\n";
    let library = Files::plain().with("items/通知/会.md", text).library();
    let of_clerk = |diagnostic: &Diagnostic| Notice {
        whose: Whose::Clerk,
        diagnostic: diagnostic.clone(),
    };
    bench.notices = library.problems().iter().map(of_clerk).collect();
    bench.turn();
    let told = bench.text("问题清单.txt");
    for words in ["items/通知/会.md，第 5 行第 3 列", "\u{20bb7}", "U+20BB7", "   处理："] {
        assert!(told.contains(words), "{words} is not in {told}");
    }
}

#[test]
fn a_long_list_is_cut_and_says_how_many_more_there_are_and_the_machine_is_not_crowded_out() {
    // Fault 51.
    let wall = with_contact().wall();
    let of_files = (0..1_000).map(|nth| {
        let file = format!("items/通知/{nth}.md");
        notice(Whose::Clerk, Severity::Error, &file, None, ["错了", "改"])
    });
    let machine = notice(
        Whose::Integrator,
        Severity::Error,
        "site.toml",
        None,
        ["网线断了", "接上"],
    );
    let all: Vec<Notice> = std::iter::once(machine).chain(of_files).collect();
    let since = jiff::civil::date(2026, 5, 15).at(9, 20, 31, 0);
    let text = String::from_utf8(list(wall.site(), &all, (&[], &[]), since, Language::Chinese)).unwrap();
    assert_eq!(text.matches("［错误］").count(), 200);
    assert!(text.contains("200. ［错误］网线断了"));
    assert!(text.contains("（另有 801 个问题未列出"));
}

#[test]
fn nothing_that_a_file_says_steers_whatever_shows_the_list() {
    let wall = with_contact().wall();
    let wild = notice(
        Whose::Clerk,
        Severity::Error,
        "items/\u{202e}txt.\u{1b}[31m",
        Some((1, 1, "\u{7}\r\n伪造的一行")),
        ["第一行\r\n伪造的第二行", "改"],
    );
    let since = jiff::civil::date(2026, 5, 15).at(9, 20, 31, 0);
    let text = String::from_utf8(list(wall.site(), &[wild], (&[], &[]), since, Language::Chinese)).unwrap();
    let body = text.strip_prefix('\u{feff}').unwrap().replace("\r\n", "");
    assert!(
        !body.chars().any(|char| char.is_control() || char == '\u{202e}'),
        "{text:?}"
    );
    assert!(!text.contains("\r\n伪造"), "{text:?}");
}

#[test]
fn a_stop_stands_before_everything_and_is_no_numbered_problem() {
    let wall = with_contact().wall();
    let since = jiff::civil::date(2026, 5, 15).at(9, 20, 31, 0);
    let stop = notice(
        Whose::Integrator,
        Severity::Warning,
        "停播",
        None,
        [
            "已停播（自 2026-05-15 09:20:00，由“停播.txt”）",
            "恢复播出：先删除“停播”文件",
        ],
    );
    let all: Vec<Notice> = three().into_iter().chain([stop.clone()]).collect();
    let text = String::from_utf8(list(wall.site(), &all, (&[], &[]), since, Language::Chinese)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[3..7],
        [
            "★ 现已停播（自 2026-05-15 09:20:00，由“停播.txt”）",
            "   处理：恢复播出：先删除“停播”文件",
            "",
            "时间：2026-05-15 09:20:31（问题有变化时更新）"
        ]
    );
    assert!(text.contains("共 3 个问题"), "{text}");
    let alone = String::from_utf8(list(wall.site(), &[stop], (&[], &[]), since, Language::Chinese)).unwrap();
    assert!(
        alone.contains("★") && alone.contains("没有问题。") && !alone.contains("均正常播出"),
        "{alone}"
    );
}

#[test]
fn what_is_in_force_and_does_not_play_today_is_listed_with_the_reason_and_is_no_problem() {
    let mut files = Files::plain()
        .with("all.toml", "[[play]]\ncolumn = \"通知\"\norder = \"path\"\nlimit = 4\n")
        .with("items/通知/待审/草稿.txt", "草稿\n")
        .with("items/通知/明年.txt", "明年\n上屏：2027-01-01\n\n正文\n");
    for number in 1..=30 {
        files = files.item(&format!("{number}"), &format!("第{number}条"), "5s");
    }
    let mut bench = Bench::new(&files);
    bench.settle();
    bench.pass(Duration::from_secs(6));
    bench.settle();
    let text = bench.text("问题清单.txt");
    assert!(
        text.contains("没有问题。") && text.contains("今日不播出的信息（不算问题），共 26 条："),
        "{text}"
    );
    assert!(text.contains("items/通知/10.md：排在前 4 条之后"), "{text}");
    assert!(
        !text.contains("草稿") && !text.contains("明年") && !text.contains("items/通知/4.md"),
        "{text}"
    );
    assert_eq!(text.lines().filter(|line| line.contains("排在前")).count(), 20);
    assert!(text.contains("另有 6 条"), "{text}");
    let table = bench.text("今日播出.csv");
    assert_eq!(
        table.lines().filter(|line| line.contains("排在前 4 条之后")).count(),
        26
    );
}

#[test]
fn an_item_that_no_playlist_plays_is_said_not_to_play() {
    let files = Files::plain()
        .with("all.toml", "[[play]]\nitem = \"通知/甲\"\n")
        .item("甲", "甲", "5s")
        .item("乙", "乙", "5s");
    let (_, idle) = yingbi::feedback::plan(&files.wall(), jiff::civil::date(2026, 5, 15), Language::Chinese);
    let told: Vec<_> = idle.iter().map(|idle| (&*idle.file, &*idle.why.zh)).collect();
    assert_eq!(told, [("items/通知/乙.md", "没有节目单播放此栏目“通知”或此信息")]);
}
