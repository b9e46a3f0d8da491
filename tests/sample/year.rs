//! What plays through two years.

use std::{collections::BTreeSet, sync::Arc};

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, date},
};
use yingbi::{playlist::Priority, programme::Light, wall::Shown};

use super::{LOBBY, SHOWN, WALL, column_of, item_of, rows};

/// The festive items that each holiday has of its own, whatever the year.
const GREETINGS: [(&str, &str); 7] = [
    ("元旦", "greetings/new-year"),
    ("春节", "greetings/spring-festival"),
    ("妇女节", "greetings/womens-day"),
    ("劳动节", "greetings/labour-day"),
    ("端午节", "greetings/dragon-boat"),
    ("中秋节", "greetings/mid-autumn"),
    ("国庆节", "greetings/national-day"),
];

fn festive(shown: &BTreeSet<Arc<str>>) -> Vec<&str> {
    let items = shown.iter().map(|item| &**item);
    let is_festive = |item: &&str| column_of(item).is_some_and(|column| WALL.site().is_festive(&column.id));
    items.filter(is_festive).collect()
}

#[test]
fn every_column_plays_in_2026() {
    let days = SHOWN.range(date(2026, 1, 1)..);
    let played: BTreeSet<&str> = days
        .flat_map(|(_, shown)| shown)
        .filter_map(|item| column_of(item))
        .map(|column| &*column.id)
        .collect();
    for column in &WALL.site().columns {
        assert!(played.contains(&*column.id), "{}", column.id);
    }
}

#[test]
fn nothing_festive_plays_on_a_solemn_day_nor_on_tomb_sweeping_day() {
    let calendar = WALL.calendar();
    let is_grave =
        |day: &Date| calendar.solemn(*day).is_some() || calendar.holiday(*day).is_some_and(|name| &**name == "清明节");
    let grave: Vec<Date> = SHOWN.keys().copied().filter(is_grave).collect();
    let expected = [
        date(2025, 4, 4),
        date(2025, 4, 5),
        date(2025, 4, 6),
        date(2025, 12, 13),
        date(2026, 4, 4),
        date(2026, 4, 5),
        date(2026, 4, 6),
        date(2026, 12, 13),
    ];
    assert_eq!(grave, expected);
    for day in grave {
        assert_eq!(festive(&SHOWN[&day]), Vec::<&str>::new(), "{day}");
    }
}

#[test]
fn each_holiday_has_its_greeting_on_all_of_its_days_and_no_other_day_has_one() {
    for (day, shown) in &*SHOWN {
        for (holiday, greeting) in GREETINGS {
            let is_kept = WALL.calendar().is_festive(*day, holiday);
            assert_eq!(shown.contains(greeting), is_kept, "{day} {greeting}");
        }
    }
    let days = |greeting: &str| SHOWN.values().filter(|shown| shown.contains(greeting)).count();
    let counts = GREETINGS.map(|(_, greeting)| days(greeting));
    assert_eq!(counts, [1 + 3, 8 + 9, 1 + 1, 5 + 5, 3 + 3, 8 + 3, 8 + 7]);
}

#[test]
fn the_eighth_of_march_is_womens_day() {
    for day in [date(2025, 3, 8), date(2026, 3, 8)] {
        assert_eq!(festive(&SHOWN[&day]), ["greetings/womens-day"], "{day}");
    }
}

#[test]
fn the_memorial_day_shows_nothing_but_its_page_and_the_clock_and_is_grey() {
    let day = date(2026, 12, 13);
    let main = rows(LOBBY, day.at(0, 0, 0, 0), day.at(23, 59, 59, 0)).filter(|row| &*row.zone == "main");
    let shown: BTreeSet<Arc<str>> = main.filter_map(|row| item_of(&row).cloned()).collect();
    assert_eq!(
        shown.iter().map(|item| &**item).collect::<Vec<_>>(),
        ["clock", "reminders/memorial"]
    );
    let compiled = WALL.programme().compile(LOBBY, day);
    assert!(compiled.is_solemn(compiled.start()));
}

#[test]
fn what_belongs_to_a_day_of_the_year_is_shown_on_no_other() {
    let days = |item: &str| {
        let days = SHOWN.iter().filter(|(_, shown)| shown.contains(item));
        days.map(|(day, _)| day.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(days("reminders/memorial"), ["2025-12-13", "2026-12-13"]);
    let tomb_sweeping = [
        "2025-04-04",
        "2025-04-05",
        "2025-04-06",
        "2026-04-04",
        "2026-04-05",
        "2026-04-06",
    ];
    assert_eq!(days("reminders/qingming"), tomb_sweeping);
}

#[test]
fn every_zone_of_the_lobby_shows_something_every_half_hour_of_two_years() {
    let zones = WALL.site().screens[LOBBY].zones.len();
    let rate = WALL.site().screens[LOBBY].rate;
    let days = date(2026, 1, 1)
        .series(1.day())
        .take_while(|day| *day < date(2028, 1, 1));
    for day in days {
        let compiled = WALL.programme().compile(LOBBY, day);
        let from = WALL.calendar().day(day).start;
        for half in 0..48 {
            let tick = rate.tick_from(from + (half * 30).minutes());
            assert!(matches!(compiled.light(tick), Light::Lit(_)), "{day} {half}");
            for track in 0..zones {
                assert!(compiled.at(track, tick).is_some(), "{day} {half} {track}");
            }
        }
    }
}

#[test]
fn the_week_of_open_government_has_the_mornings_and_afternoons_of_its_working_days() {
    for monday in [date(2026, 5, 11), date(2027, 5, 10), date(2028, 5, 15)] {
        for offset in 0..7 {
            let day = monday + offset.days();
            let expected: &[&str] = if offset < 5 {
                &["09:00-11:30", "14:30-17:00"]
            } else {
                &[]
            };
            assert_eq!(campaign(day), expected, "{day}");
        }
    }
    assert_eq!(campaign(date(2026, 5, 18)), Vec::<String>::new());
}

#[test]
fn the_days_to_the_week_of_open_government_are_counted_down_and_its_own_up() {
    let shown = |day: Date| {
        let rows = rows(LOBBY, day.at(0, 0, 0, 0), day.at(23, 59, 0, 0));
        rows.filter_map(|row| item_of(&row).cloned()).collect::<BTreeSet<_>>()
    };
    for (day, item) in [
        (date(2027, 4, 12), "reminders/countdown-2027"),
        (date(2027, 5, 7), "reminders/countdown-2027"),
        (date(2027, 5, 10), "reminders/theme-week-2027"),
        (date(2027, 5, 14), "reminders/theme-week-2027"),
    ] {
        let counters = ["reminders/countdown-2027", "reminders/theme-week-2027"];
        let shown = shown(day);
        let counting: Vec<&str> = counters
            .into_iter()
            .filter(|counter| shown.contains(*counter))
            .collect();
        assert_eq!(counting, [item], "{day}");
    }
}

/// The stretches of a day in which a campaign fills the lobby's pages.
fn campaign(day: Date) -> Vec<String> {
    let zone = &WALL.calendar().zone;
    let civil = |instant| zone.to_datetime(instant).strftime("%H:%M:%S").to_string();
    let mut spans: Vec<(Timestamp, Timestamp)> = Vec::new();
    for row in rows(LOBBY, day.at(0, 0, 0, 0), day.at(23, 59, 0, 0)).filter(|row| &*row.zone == "main") {
        let Shown::Page {
            priority: Priority::Campaign,
            ..
        } = row.shown
        else {
            continue;
        };
        match spans.last_mut().filter(|span| span.1 == row.since) {
            Some(span) => span.1 = row.until,
            None => spans.push((row.since, row.until)),
        }
    }
    let minutes = |instant| civil(instant).strip_suffix(":00").unwrap().to_owned();
    let words = spans
        .into_iter()
        .map(|(since, until)| format!("{}-{}", minutes(since), minutes(until)));
    words.collect()
}
