//! Windows of playlists as files write them.

use yingbi::wall::{Row, Shown};

use crate::support::site::Files;

/// What plays in the lobby between two instants, each change of file once: `09:00 a.toml`.
fn lists(files: &Files, from: &str, until: &str) -> Vec<String> {
    let wall = files.wall();
    let rows: Vec<Row> = wall
        .timeline(0, from.parse().unwrap(), until.parse().unwrap())
        .collect();
    let mut told: Vec<(String, String)> = Vec::new();
    for row in rows {
        let what = match &row.shown {
            Shown::Page { playlist, .. } => playlist.to_string(),
            Shown::Dark(..) => "nothing".into(),
        };
        if told.last().is_none_or(|(_, last)| *last != what) {
            let since = wall.calendar().zone.to_datetime(row.since).strftime("%H:%M:%S");
            told.push((since.to_string(), what));
        }
    }
    told.into_iter()
        .map(|(since, what)| format!("{since} {what}"))
        .collect()
}

const DAY: (&str, &str) = ("2026-05-15T08:00:00+08:00", "2026-05-15T20:00:00+08:00");

#[test]
fn an_exception_belongs_to_the_window_in_which_it_stands() {
    let windows = "priority = \"notice\"\n[[when]]\nhours = \"09:00-10:00\"\nexcept = 2026-05-15\n[[when]]\nhours = \"11:00-12:00\"\n[[play]]\nitem = \"通知/甲\"\n";
    let files = Files::plain().item("甲", "甲", "7s").with("two.toml", windows);
    assert_eq!(
        lists(&files, DAY.0, DAY.1),
        ["08:00:00 all.toml", "11:00:00 two.toml", "12:00:00 all.toml"]
    );
}

#[test]
fn a_page_ends_where_its_window_does_to_the_second() {
    let window = "priority = \"notice\"\n[[when]]\nhours = \"09:00:03-09:30:11\"\n[[play]]\nitem = \"通知/甲\"\ntransition = \"fade 2s\"\n";
    let files = Files::plain().item("甲", "甲", "7s").with("one.toml", window);
    assert_eq!(
        lists(&files, DAY.0, DAY.1),
        ["08:00:00 all.toml", "09:00:03 one.toml", "09:30:11 all.toml"]
    );
}

#[test]
fn a_playlist_whose_items_have_expired_lets_the_lower_one_be_seen() {
    let window = "priority = \"notice\"\n[[when]]\nhours = \"09:00-18:00\"\n[[play]]\nitem = \"通知/乙\"\n";
    let files = Files::plain().item("甲", "甲", "7s").with("one.toml", window).with(
        "items/通知/乙.md",
        "+++\nuntil = \"2026-05-15 10:00\"\ndwell = \"10s\"\n+++\n乙\n\n乙\n",
    );
    assert_eq!(
        lists(&files, DAY.0, DAY.1),
        ["08:00:00 all.toml", "09:00:00 one.toml", "10:00:00 all.toml"]
    );
}
