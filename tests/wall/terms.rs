//! When an item may show: posting periods, lifetimes, and what counts as its day.

use yingbi::{calendar::Calendar, wall::Term};

use crate::support::site::{Files, messages};

const SITE: &str = r#"
title = "示例省国资委"
timezone = "Asia/Shanghai"

[[column]]
id = "通知"
[[column]]
id = "欢迎"
lifetime = "当日"
[[column]]
id = "节日"
lifetime = "holiday"
festive = true
[[column]]
id = "问候"
parent = "节日"
[[column]]
id = "快讯"
lifetime = "3天"
[[column]]
id = "常设"
lifetime = "forever"

[[screen]]
id = "lobby"
width = 128
height = 32
rate = 1
[[screen.lit]]
days = "workday"
start = "08:00"
end = "18:00"
"#;

const YEAR: &str = include_str!("../../playlists/calendar/CN-2026.toml");

fn site() -> Files {
    Files::default()
        .with("site.toml", SITE)
        .with("calendar/CN-2026.toml", YEAR)
        .with(
            "calendar/own.toml",
            "[[festival]]\nname = \"妇女节\"\nday = \"03-08\"\n",
        )
}

/// The term of an item of that column with these keys.
fn term(column: &str, keys: &str) -> (Term, Calendar) {
    let wall = site()
        .with(
            &format!("items/{column}/甲.md"),
            format!("+++\n{keys}\n+++\n标题\n\n正文\n"),
        )
        .wall();
    (wall.terms()[0].clone(), wall.calendar().clone())
}

/// Its end in the site's civil time, and what decides it.
fn end(column: &str, keys: &str) -> String {
    let (term, calendar) = term(column, keys);
    let until = term.until.map(|until| calendar.zone.to_datetime(until));
    let until = until.map_or_else(|| "never".into(), |until| until.strftime("%Y-%m-%d %H:%M").to_string());
    format!("{until}, {}", term.end.words().en)
}

#[test]
fn five_working_days_from_the_monday_before_the_national_day() {
    assert_eq!(
        end("通知", "published = 2026-09-28\nposting = 5\ncount = \"次日\""),
        "2026-10-11 00:00, posted for 5 working day(s) counted from the day after publication: 2026-09-29 to 2026-10-10",
        "Saturday 10 October is a make-up day"
    );
    assert_eq!(
        end(
            "通知",
            "published = 2026-09-28\nposting = \"5个工作日\"\ncount = \"当日\""
        ),
        "2026-10-10 00:00, posted for 5 working day(s) counted from the day of publication: 2026-09-28 to 2026-10-09"
    );
    let (term, _) = term("通知", "published = 2026-09-28\nposting = 5");
    let period = term.period().map(|(first, last)| (first.to_string(), last.to_string()));
    assert_eq!(
        period,
        Some(("2026-09-29".into(), "2026-10-10".into())),
        "the day after is usual"
    );
    assert_eq!(term.end.words().zh, "公示5个工作日，次日起算：2026-09-29 至 2026-10-10");
}

#[test]
fn what_is_published_after_the_lit_hours_counts_as_of_the_next_lit_day() {
    let same_day = |published: &str| {
        let (term, _) = term(
            "通知",
            &format!("published = {published}\nposting = 1\ncount = \"当日\""),
        );
        term.period().unwrap().0.to_string()
    };
    assert_eq!(same_day("\"2026-09-29 17:59\""), "2026-09-29");
    assert_eq!(same_day("\"2026-09-29 18:00\""), "2026-09-30");
    assert_eq!(
        same_day("\"2026-09-30 18:00\""),
        "2026-10-08",
        "the holiday lies between"
    );
    assert_eq!(same_day("2026-10-04"), "2026-10-08", "published in the holiday");
}

#[test]
fn an_overtime_day_counts_for_no_posting_though_the_screen_is_lit() {
    let overtime = "[[overtime]]\nname = \"加开\"\ndays = 2026-10-11\n";
    let wall = site()
        .with("calendar/overtime.toml", overtime)
        .with(
            "items/通知/甲.md",
            "+++\npublished = \"2026-10-10 09:00\"\nposting = 2\ncount = \"当日\"\n+++\n甲\n\n甲\n",
        )
        .wall();
    let (first, last) = wall.terms()[0].period().unwrap();
    assert_eq!(
        (first.to_string(), last.to_string()),
        ("2026-10-10".into(), "2026-10-12".into())
    );
}

// Fault 6.
#[test]
fn a_lifetime_of_n_days_ends_at_the_end_of_the_nth_day_after_publication() {
    assert_eq!(
        end("快讯", "published = \"2026-05-08 15:00\""),
        "2026-05-12 00:00, 3 days, the column's lifetime"
    );
    assert_eq!(
        end("通知", "published = 2026-05-08"),
        "2026-06-08 00:00, 30 days, the column's lifetime",
        "thirty days are usual"
    );
    assert_eq!(
        end("快讯", "from = 2026-05-08"),
        "2026-05-12 00:00, 3 days, the column's lifetime"
    );
    assert_eq!(end("常设", "published = 2026-05-08"), "never, no end");
    assert_eq!(
        end("通知", ""),
        "never, no end",
        "an undated item has no day to count from"
    );
}

#[test]
fn an_end_of_its_own_goes_before_any_lifetime_and_includes_its_day() {
    assert_eq!(
        end("快讯", "published = 2026-05-08\nuntil = 2026-07-01"),
        "2026-07-02 00:00, its own \"until\""
    );
    assert_eq!(
        end("欢迎", "published = 2026-05-08\nuntil = \"2026-05-08 11:30\""),
        "2026-05-08 11:30, its own \"until\""
    );
}

// Fault 6.
#[test]
fn a_welcome_ends_with_the_lit_hours_of_its_day_or_of_the_next_lit_one() {
    let of = |published: &str| end("欢迎", &format!("published = {published}"));
    assert_eq!(
        of("\"2026-05-08 09:00\""),
        "2026-05-08 18:00, the column's lifetime: the end of the lit hours of 2026-05-08"
    );
    assert_eq!(
        of("\"2026-05-08 18:30\""),
        "2026-05-09 18:00, the column's lifetime: the end of the lit hours of 2026-05-09",
        "Saturday 9 May is a make-up day"
    );
    assert_eq!(
        of("2026-05-10"),
        "2026-05-11 18:00, the column's lifetime: the end of the lit hours of 2026-05-11"
    );
}

#[test]
fn a_greeting_ends_with_its_holiday_or_the_next_within_fifteen_days() {
    assert_eq!(
        end("节日", "published = 2026-10-02"),
        "2026-10-08 00:00, the column's lifetime: the holiday 国庆节, to 2026-10-07"
    );
    assert_eq!(
        end("问候", "published = 2026-02-01"),
        "2026-02-24 00:00, the column's lifetime: the holiday 春节, to 2026-02-23",
        "a column below has its parent's lifetime"
    );
    assert_eq!(
        end("节日", "published = 2026-03-06"),
        "2026-03-09 00:00, the column's lifetime: the holiday 妇女节, to 2026-03-08",
        "a festival is a day of its own"
    );
    assert_eq!(
        end("节日", "published = 2026-07-01"),
        "2026-07-17 00:00, the column's lifetime is a holiday, but there is none within 15 days: to 2026-07-16"
    );
}

#[test]
fn a_posting_is_refused_where_it_cannot_be_counted() {
    let problems = |keys: &str| {
        let files = site().with("items/通知/甲.md", format!("+++\n{keys}\n+++\n甲\n\n甲\n"));
        messages(files.library().problems())
    };
    assert_eq!(
        problems("published = 2026-05-08\nposting = 401"),
        [
            "items/通知/甲.md:3:11: \"posting\" takes a number of working days from 1 to 400 (such as 5), or the first and the last day (such as \"2026-11-24~11-30\"); found 401"
        ]
    );
    assert_eq!(
        problems("posting = 5"),
        ["items/通知/甲.md:2:1: \"posting\" without \"published\": there is no day to count from"]
    );
    assert_eq!(
        problems("published = 2026-05-08\nposting = 5\nuntil = 2026-06-01"),
        ["items/通知/甲.md:3:1: \"posting\" and \"until\" both say when it ends"]
    );
    assert_eq!(
        problems("published = 2026-05-08\ncount = \"当日\""),
        ["items/通知/甲.md:3:1: \"count\" means nothing without \"posting\""]
    );
}

#[test]
fn from_sixty_days_before_the_known_holidays_end_it_is_told_each_day() {
    let wall = site()
        .with("all.toml", "[[when]]\ndays = \"workday\"\n[[play]]\nclock = true\n")
        .wall();
    let told = |date: &str| wall.outlook(date.parse().unwrap()).map(|problem| problem.message.en);
    assert_eq!(told("2026-11-01"), None);
    assert_eq!(
        told("2026-11-02").unwrap(),
        "statutory holidays are known to 2026-12-31, 59 more day(s); after that Monday to Friday are working days"
    );
    assert_eq!(
        told("2027-01-01").unwrap(),
        "statutory holidays are known to 2026-12-31 only, which is past: Monday to Friday are working days"
    );
    let unaware = Files::plain().item("甲", "甲", "4s").wall();
    assert_eq!(
        unaware.outlook("2026-12-30".parse().unwrap()),
        None,
        "where working days do not matter"
    );
}

#[test]
fn a_countdown_leaves_at_zero_whatever_its_columns_lifetime() {
    assert_eq!(
        end("快讯", "published = 2026-08-01\ncountdown = 2026-10-01"),
        "2026-10-01 00:00, its countdown comes to zero"
    );
    assert_eq!(
        end("通知", "countdown = \"2026-10-01 09:00\"\nuntil = 2026-12-31"),
        "2026-10-01 09:00, its countdown comes to zero"
    );
    assert_eq!(
        end("通知", "countdown = 2026-10-01\nuntil = 2026-09-20"),
        "2026-09-21 00:00, its own \"until\""
    );
}
