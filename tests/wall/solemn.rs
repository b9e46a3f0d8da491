//! Solemn days: nothing festive, nothing moves, no colour.

use jiff::{Timestamp, civil::DateTime};
use yingbi::{
    frame::Frame,
    wall::{Projector, Wall},
};

use crate::support::site::{Files, picture};

const SITE: &str = r##"
title = "示例省国资委"
timezone = "Asia/Shanghai"

[[column]]
id = "通知"
lifetime = "forever"
[[column]]
id = "节日"
festive = true
lifetime = "forever"

[[screen]]
id = "lobby"
width = 64
height = 32
rate = 10
"##;

const SCENE: &str = "background = \"#802010\"\n[[box]]\nfield = \"title\"\ncolour = \"gold\"\n";

fn site(site: &str) -> Files {
    Files::default()
        .with("site.toml", site)
        .with("calendar/own.toml", "[[solemn]]\nname = \"国家公祭日\"\ndays = \"12-13\"\n")
        .with("scenes/notice.toml", SCENE)
        .with(
            "all.toml",
            "[[play]]\ncolumn = \"通知\"\ndwell = \"7s\"\ntransition = \"push 2s\"\n[[play]]\ncolumn = \"节日\"\ndwell = \"7s\"\ntransition = \"fade 2s\"\n",
        )
        .with("items/通知/甲.md", "甲\n\n正文\n")
        .with("items/通知/乙.md", "乙\n\n正文\n")
        .with("items/节日/贺.md", "贺\n\n正文\n")
}

pub(super) fn at(wall: &Wall, civil: &str) -> Timestamp {
    let civil: DateTime = civil.parse().unwrap();
    wall.calendar().zone.to_timestamp(civil).unwrap()
}

pub(super) fn is_grey(frame: &Frame) -> bool {
    frame
        .bytes()
        .chunks_exact(3)
        .all(|led| led[0] == led[1] && led[1] == led[2])
}

/// The pictures of every tenth of a second between two civil times.
fn pictures(files: &Files, from: &str, until: &str) -> Vec<Frame> {
    let wall = files.wall();
    let (from, until) = (at(&wall, from), at(&wall, until));
    let mut projector = Projector::new(wall, 0);
    let rate = projector.rate();
    let (mut tick, last) = (rate.tick_at(from), rate.tick_at(until));
    let mut pictures = Vec::new();
    while tick < last {
        pictures.push(picture(&mut projector, tick));
        tick = tick.next();
    }
    pictures
}

#[test]
fn nothing_festive_plays_from_the_first_midnight_to_the_second() {
    let wall = site(SITE).wall();
    let (from, until) = (at(&wall, "2026-12-12T23:59:00"), at(&wall, "2026-12-14T00:01:00"));
    let festive: Vec<(String, String)> = wall
        .timeline(0, from, until)
        .filter(|row| matches!(&row.shown, yingbi::wall::Shown::Page { item, .. } if &**item == "节日/贺"))
        .map(|row| {
            let civil = |instant| {
                wall.calendar()
                    .zone
                    .to_datetime(instant)
                    .strftime("%d %H:%M:%S")
                    .to_string()
            };
            (civil(row.since), civil(row.until))
        })
        .collect();
    let eve: Vec<_> = festive.iter().filter(|(since, _)| since.starts_with("12")).collect();
    assert!(
        !eve.is_empty() && eve.iter().all(|(_, until)| until.as_str() <= "13 00:00:00"),
        "{eve:?}"
    );
    assert!(festive.iter().all(|(since, _)| !since.starts_with("13")), "{festive:?}");
    assert_eq!(
        festive.iter().find(|(since, _)| since.starts_with("14")).unwrap().0,
        "14 00:00:14"
    );
}

#[test]
fn the_solemn_day_is_grey_and_cut_and_the_days_around_it_are_neither() {
    let eve = pictures(&site(SITE), "2026-12-12T23:59:00", "2026-12-13T00:00:00");
    assert!(eve.iter().all(|picture| !is_grey(picture)));
    let day = pictures(&site(SITE), "2026-12-13T00:00:00", "2026-12-13T00:00:42");
    assert!(day.iter().all(is_grey));
    assert!(
        day.iter().any(|picture| picture.bytes().iter().any(|level| *level > 0)),
        "lit"
    );
    let mut distinct = day.clone();
    distinct.dedup();
    assert_eq!(distinct.len(), 6, "six pages of seven seconds, each by a cut");
    let after = pictures(&site(SITE), "2026-12-14T00:00:00", "2026-12-14T00:00:42");
    assert!(after.iter().all(|picture| !is_grey(picture)));
}

#[test]
fn a_screen_of_red_leds_stays_red() {
    let red = SITE.replace("rate = 10", "rate = 10\ncolour = \"red\"");
    let day = pictures(&site(&red), "2026-12-13T12:00:00", "2026-12-13T12:00:01");
    assert!(day.iter().any(|picture| picture.bytes().iter().any(|level| *level > 0)));
    assert!(
        day.iter()
            .all(|picture| picture.bytes().chunks_exact(3).all(|led| led[1] == 0 && led[2] == 0))
    );
}
