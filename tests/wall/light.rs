//! When a screen is dark, and for which of several reasons.

use std::sync::Arc;

use jiff::{Timestamp, civil::DateTime};
use yingbi::wall::{Row, Shown, Wall};

use crate::support::site::Files;

const SITE: &str = r#"
title = "示例省国资委"
timezone = "Asia/Shanghai"

[[column]]
id = "通知"

[[screen]]
id = "lobby"
width = 64
height = 16
rate = 1
[[screen.lit]]
days = "工作日"
season = "夏季"
hours = "08:00-18:00"
[[screen.lit]]
days = "工作日"
season = "冬季"
hours = ["08:00-12:00", "13:30-17:30"]
"#;

const YEAR: &str = include_str!("../../playlists/calendar/CN-2026.toml");
const SEASONS: &str = "[[season]]\nname = \"夏季\"\nfrom = \"05-01\"\nuntil = \"09-30\"\n[[season]]\nname = \"冬季\"\nfrom = \"10-01\"\nuntil = \"04-30\"\n";

fn site() -> Files {
    Files::default()
        .with("site.toml", SITE)
        .with("calendar/CN-2026.toml", YEAR)
        .with("calendar/office.toml", SEASONS)
        .with("all.toml", "[[play]]\nitem = \"通知/甲\"\n")
        .with("items/通知/甲.md", "+++\ndwell = \"1h\"\n+++\n甲\n\n甲\n")
}

fn instant(wall: &Wall, civil: &str) -> Timestamp {
    let civil: DateTime = civil.parse().unwrap();
    wall.calendar().zone.to_timestamp(civil).unwrap()
}

/// `01 08:00 lit`, `01 18:00 holiday: 国庆节`, … between two civil times, each change once.
fn light(wall: &Arc<Wall>, from: &str, until: &str) -> Vec<String> {
    let rows: Vec<Row> = wall.timeline(0, instant(wall, from), instant(wall, until)).collect();
    let mut told: Vec<String> = Vec::new();
    let mut last = String::new();
    for row in rows {
        let what = match &row.shown {
            Shown::Page { item, .. } => item.to_string(),
            Shown::Dark(_, reason) => reason.clone(),
        };
        if what != last {
            let since = wall.calendar().zone.to_datetime(row.since);
            told.push(format!("{} {what}", since.strftime("%d %H:%M")));
            last = what;
        }
    }
    told
}

#[test]
fn the_national_day_keeps_the_screen_dark_for_seven_days_and_the_make_up_saturday_is_lit() {
    assert_eq!(
        light(&site().wall(), "2026-09-30T12:00", "2026-10-11T12:00"),
        [
            "30 12:00 通知/甲",
            "30 18:00 outside the lit hours",
            "01 00:00 holiday: 国庆节",
            "08 00:00 outside the lit hours",
            "08 08:00 通知/甲",
            "08 12:00 outside the lit hours",
            "08 13:30 通知/甲",
            "08 17:30 outside the lit hours",
            "09 08:00 通知/甲",
            "09 12:00 outside the lit hours",
            "09 13:30 通知/甲",
            "09 17:30 outside the lit hours",
            "10 08:00 通知/甲",
            "10 12:00 outside the lit hours",
            "10 13:30 通知/甲",
            "10 17:30 outside the lit hours",
        ]
    );
}

#[test]
fn a_season_includes_its_last_day() {
    let wall = site().wall();
    assert_eq!(
        light(&wall, "2026-09-30T17:00", "2026-09-30T23:59"),
        ["30 17:00 通知/甲", "30 18:00 outside the lit hours"]
    );
    assert_eq!(
        light(&wall, "2026-04-30T11:00", "2026-04-30T23:59"),
        [
            "30 11:00 通知/甲",
            "30 12:00 outside the lit hours",
            "30 13:30 通知/甲",
            "30 17:30 outside the lit hours",
        ]
    );
}

#[test]
fn of_several_reasons_the_first_in_the_order_is_told() {
    let special = "[[silence]]\nname = \"哀悼\"\ndays = 2026-10-01\nstart = \"10:00\"\nend = \"10:03\"\n\
        [[maintenance]]\nname = \"换电源\"\nfrom = \"2026-10-01 09:00\"\nuntil = \"2026-10-01 11:00\"\n";
    let wall = site().with("calendar/special.toml", special).wall();
    assert_eq!(
        light(&wall, "2026-09-30T19:00", "2026-10-01T12:00"),
        [
            "30 19:00 outside the lit hours",
            "01 00:00 holiday: 国庆节",
            "01 09:00 maintenance: 换电源",
            "01 10:00 silence: 哀悼",
            "01 10:03 maintenance: 换电源",
            "01 11:00 holiday: 国庆节",
        ]
    );
}

#[test]
fn an_alert_lights_the_screen_outside_its_hours_and_in_a_silence_and_nothing_lower_does() {
    let special = "[[silence]]\nname = \"哀悼\"\ndays = 2026-05-12\nstart = \"14:28\"\nend = \"14:31\"\n";
    let list = |priority: &str| {
        format!(
            "priority = \"{priority}\"\n[[when]]\nfrom = 2026-05-12\nuntil = 2026-05-12\nhours = [\"14:29-14:30\", \"20:00-20:10\"]\n[[play]]\nitem = \"通知/乙\"\n"
        )
    };
    let site = site()
        .with("calendar/special.toml", special)
        .with("items/通知/乙.md", "乙\n\n乙\n");
    let span = ("2026-05-12T14:00", "2026-05-12T21:00");
    assert_eq!(
        light(&site.clone().with("alert.toml", list("alert")).wall(), span.0, span.1),
        [
            "12 14:00 通知/甲",
            "12 14:28 silence: 哀悼",
            "12 14:29 通知/乙",
            "12 14:30 silence: 哀悼",
            "12 14:31 通知/甲",
            "12 18:00 outside the lit hours",
            "12 20:00 通知/乙",
            "12 20:10 outside the lit hours",
        ]
    );
    assert_eq!(
        light(&site.with("notice.toml", list("notice")).wall(), span.0, span.1),
        [
            "12 14:00 通知/甲",
            "12 14:28 silence: 哀悼",
            "12 14:31 通知/甲",
            "12 18:00 outside the lit hours",
        ]
    );
}

#[test]
fn overtime_lights_the_screen_in_its_hours_and_runs_playlists_of_working_days() {
    let overtime = "[[overtime]]\nname = \"加开\"\ndays = 2026-05-16\nstart = \"09:00\"\nend = \"12:00\"\n";
    let wall = site()
        .with("calendar/special.toml", overtime)
        .with("items/通知/乙.md", "+++\ndwell = \"1h\"\n+++\n乙\n\n乙\n")
        .with("work.toml", "priority = \"notice\"\n[[when]]\ndays = \"workday\"\nhours = \"10:00-24:00\"\n[[play]]\nitem = \"通知/乙\"\n")
        .wall();
    assert_eq!(
        light(&wall, "2026-05-16T00:00", "2026-05-17T12:00"),
        [
            "16 00:00 outside the lit hours",
            "16 09:00 通知/甲",
            "16 10:00 通知/乙",
            "16 12:00 outside the lit hours",
        ],
        "a Saturday"
    );
}

#[test]
fn overtime_without_hours_lights_the_screen_as_a_working_day_does() {
    let overtime = "[[overtime]]\nname = \"加开\"\ndays = 2026-10-03\n";
    let wall = site().with("calendar/special.toml", overtime).wall();
    assert_eq!(
        light(&wall, "2026-10-02T23:00", "2026-10-04T12:00"),
        [
            "02 23:00 holiday: 国庆节",
            "03 00:00 outside the lit hours",
            "03 08:00 通知/甲",
            "03 12:00 outside the lit hours",
            "03 13:30 通知/甲",
            "03 17:30 outside the lit hours",
            "04 00:00 holiday: 国庆节",
        ]
    );
}

#[test]
fn a_holiday_that_overtime_makes_a_working_day_is_no_reason_for_dark() {
    let lit = SITE.replace(
        "days = \"工作日\"\nseason = \"冬季\"",
        "days = \"节假日\"\nseason = \"冬季\"",
    );
    let overtime = "[[overtime]]\nname = \"加开\"\ndays = 2026-10-03\n";
    let wall = site()
        .with("site.toml", lit)
        .with("calendar/special.toml", overtime)
        .wall();
    assert_eq!(
        light(&wall, "2026-10-02T17:00", "2026-10-04T12:30"),
        [
            "02 17:00 通知/甲",
            "02 17:30 outside the lit hours",
            "04 08:00 通知/甲",
            "04 12:00 outside the lit hours",
        ],
        "the window is for holidays"
    );
}
