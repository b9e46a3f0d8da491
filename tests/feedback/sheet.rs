//! 今日播出.csv, read by a parser of its own and compared with the timeline.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::date};
use yingbi::{diagnostic::Language, feedback::sheet, wall::Shown};

use super::Bench;
use crate::support::site::{Files, PLAIN};

/// RFC 4180, letter by letter.
fn parse(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut chars = text
        .strip_prefix('\u{feff}')
        .expect("it begins with a mark")
        .chars()
        .peekable();
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    while let Some(char) = chars.next() {
        match char {
            '"' if cell.is_empty() => loop {
                match chars.next().expect("a quoted cell ends") {
                    '"' if chars.peek() == Some(&'"') => cell.extend(chars.next()),
                    '"' => break,
                    other => cell.push(other),
                }
            },
            '"' => panic!("a bare quote in {cell:?}"),
            ',' => row.push(std::mem::take(&mut cell)),
            '\r' => {
                assert_eq!(chars.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\n' => panic!("a bare line feed after {cell:?}"),
            other => cell.push(other),
        }
    }
    assert!(row.is_empty() && cell.is_empty(), "the last row ends too");
    rows
}

/// A screen that is lit in office hours, with a morning and a notice of its own, in two zones.
fn files() -> Files {
    let lit = "\n[[screen.zone]]\nid = \"strip\"\ny = 16\nheight = 16\nkind = \"ticker\"\n\n[[screen.lit]]\nhours = \"08:00-18:00\"\n";
    let site = PLAIN.replace("height = 32\n\"#", "");
    let site = site.replace(
        "id = \"main\"\nwidth = 128\nheight = 32",
        "id = \"main\"\nwidth = 128\nheight = 16",
    );
    Files::plain()
        .with("site.toml", format!("{site}{lit}"))
        .with(
            "all.toml",
            "title = \"全天\"\n[[play]]\ncolumn = \"通知\"\norder = \"path\"\n",
        )
        .with(
            "alert.toml",
            "title = \"紧急\"\npriority = \"alert\"\n[[when]]\nhours = \"10:00-10:05\"\n[[play]]\nitem = \"通知/c\"\n",
        )
        .with(
            "strip.toml",
            "title = \"滚动\"\nzones = [\"strip\"]\n[[play]]\nitem = \"通知/a\"\n",
        )
        .item("a", "甲", "7s")
        .item("b", "乙", "11s")
        .item("c", "=cmd|' /C calc'!A0", "5s")
}

fn seconds(clock: &str) -> i64 {
    clock
        .split(':')
        .fold(0, |sum, part| sum * 60 + part.parse::<i64>().unwrap())
}

#[test]
fn the_days_plan_is_a_table_that_opens() {
    let rows = parse(&sheet(&files().wall(), date(2026, 5, 15), Language::Chinese));
    assert_eq!(rows[0], ["今日播出", "2026-05-15", "星期五", "示例省国资委"]);
    assert_eq!(rows[1].len(), 1);
    assert_eq!(rows[2][..4], ["屏幕", "区域", "开始", "结束"]);
    assert!(rows[3..].iter().all(|row| row.len() == rows[2].len()), "{rows:?}");
    // The dark first, then zone by zone.
    let places: Vec<&str> = rows[3..].iter().map(|row| &*row[1]).collect();
    let mut sorted = places.clone();
    sorted.sort_by_key(|place| {
        ["全屏", "翻页区", "滚动区"]
            .iter()
            .position(|known| known == place)
            .unwrap()
    });
    assert_eq!(places, sorted);
    assert_eq!(rows[3][2..4], ["00:00:00", "08:00:00"]);
    assert_eq!(rows[3][11], "不在开屏时间");
    assert_eq!(rows[4][2..4], ["18:00:00", "24:00:00"]);
}

#[test]
fn what_the_plan_says_in_all_is_what_the_timeline_says_row_by_row() {
    let wall = files().wall();
    let zone = wall.site().timezone.clone();
    let instant = |date: jiff::civil::Date| -> Timestamp { date.to_zoned(zone.clone()).unwrap().timestamp() };
    let (from, until) = (instant(date(2026, 5, 15)), instant(date(2026, 5, 16)));
    let mut expected: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for row in wall.timeline(0, from, until).filter(|row| &*row.zone == "main") {
        let Shown::Page {
            title, playlist, page, ..
        } = row.shown
        else {
            continue;
        };
        let sums = expected.entry(format!("{title} {playlist}")).or_default();
        sums.0 += i64::from(page == 1);
        sums.1 += row.until.duration_since(row.since).as_millis() as i64;
    }
    let files_of = BTreeMap::from([("全天", "all.toml"), ("紧急", "alert.toml")]);
    let mut found: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for row in parse(&sheet(&wall, date(2026, 5, 15), Language::Chinese))[3..]
        .iter()
        .filter(|row| row[1] == "翻页区")
    {
        let title = row[7].strip_prefix('\'').unwrap_or(&row[7]);
        let sums = found.entry(format!("{title} {}", files_of[&*row[9]])).or_default();
        sums.0 += row[4].parse::<i64>().unwrap();
        sums.1 += seconds(&row[5]);
        assert!(seconds(&row[2]) < seconds(&row[3]), "{row:?}");
    }
    let expected: BTreeMap<_, _> = expected
        .into_iter()
        .map(|(key, (times, all))| (key, (times, (all + 500) / 1000)))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(found.len(), 4);
}

#[test]
fn a_loop_of_a_day_is_one_row_an_item_and_an_alert_does_not_cut_it() {
    let rows = parse(&sheet(&files().wall(), date(2026, 5, 15), Language::Chinese));
    let of_loop: Vec<_> = rows
        .iter()
        .filter(|row| row.get(9).is_some_and(|list| list == "全天"))
        .collect();
    assert_eq!(of_loop.len(), 3, "{of_loop:?}");
    assert_eq!(of_loop[0][2], "08:00:00");
}

#[test]
fn what_a_spreadsheet_would_run_is_a_text() {
    // Fault 74.
    let rows = parse(&sheet(&files().wall(), date(2026, 5, 15), Language::Chinese));
    assert!(
        rows.iter()
            .any(|row| row.get(7).is_some_and(|title| title == "'=cmd|' /C calc'!A0"))
    );
    assert!(
        rows.iter()
            .flatten()
            .all(|cell| !cell.starts_with(['=', '+', '-', '@']))
    );
}

#[test]
fn the_plan_has_english_words_too() {
    let rows = parse(&sheet(&files().wall(), date(2026, 5, 15), Language::English));
    assert_eq!(rows[0][..3], ["Plan of the day", "2026-05-15", "Friday"]);
    assert_eq!(rows[2].len(), 12);
    assert_eq!(rows[3][7..], ["(dark)", "", "", "", "outside the lit hours"]);
}

#[test]
fn the_plan_is_made_anew_when_the_day_or_the_wall_changes() {
    let mut bench = Bench::new(&files());
    bench.settle();
    let friday = bench.text("今日播出.csv");
    bench.pass(std::time::Duration::from_secs(20 * 3600));
    bench.settle();
    let saturday = bench.text("今日播出.csv");
    assert!(friday.contains("2026-05-15") && saturday.contains("2026-05-16,星期六"));
    bench.wall = files().item("d", "丁", "3s").wall();
    bench.pass(std::time::Duration::from_secs(10));
    bench.settle();
    assert!(bench.text("今日播出.csv").contains("丁"));
}
