//! What went wrong elsewhere, in public, with calendars: each stays right here, by name.
//!
//! What is expected is written out, so these cases hold the oracle too.

use std::sync::Arc;

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime, date},
};
use yingbi::{
    units::Tick,
    wall::{Shown, Wall},
};

use crate::support::site::Files;

/// A site in a zone whose items are `c/a` and `c/b`, each an hour long and always in force; nothing plays yet.
fn site(zone: &str) -> Files {
    let site = format!(
        "title = \"site\"\ntimezone = \"{zone}\"\n[[column]]\nid = \"c\"\n[[screen]]\nid = \"hall\"\nwidth = 64\nheight = 16\nrate = 1\n"
    );
    let item = |id: &str, dwell: &str| format!("+++\ndwell = \"{dwell}\"\n+++\n{id}\n\n{id}\n");
    Files::default()
        .with("site.toml", site)
        .with("items/c/a.md", item("a", "1h"))
        .with("items/c/b.md", item("b", "1h"))
}

/// The site with a playlist of the first item, open in a window of these keys.
fn planned(zone: &str, keys: &str) -> Files {
    site(zone).with("plan.toml", format!("[[when]]\n{keys}\n[[play]]\nitem = \"c/a\"\n"))
}

fn instant(wall: &Wall, civil: impl Into<DateTime>) -> Timestamp {
    wall.calendar().zone.to_timestamp(civil.into()).unwrap()
}

/// `01-06 22:00:00 c/a`: each change between two civil times; `-` where nothing plays.
fn told(wall: &Arc<Wall>, from: &str, until: &str) -> Vec<String> {
    let at = |civil: &str| instant(wall, civil.parse::<DateTime>().unwrap());
    let mut told = Vec::new();
    let mut last = String::new();
    for row in wall.timeline(0, at(from), at(until)) {
        let what = match row.shown {
            Shown::Page { item, .. } => item.to_string(),
            Shown::Dark(..) => "-".into(),
        };
        if what != last {
            let since = wall.calendar().zone.to_datetime(row.since);
            told.push(format!("{} {what}", since.strftime("%m-%d %H:%M:%S")));
            last = what;
        }
    }
    told
}

/// The days from the first to the last on which something plays at noon.
fn days_open(wall: &Wall, first: Date, last: Date) -> Vec<Date> {
    let is_open = |day: &Date| {
        let compiled = wall.programme().compile(0, *day);
        let noon = instant(wall, day.at(12, 0, 0, 0)).as_second();
        compiled.at(0, Tick(noon)).is_some()
    };
    let days = first.series(1.day()).take_while(|day| *day <= last);
    days.filter(is_open).collect()
}

fn days_of(year: i16, month: i8, days: &[i8]) -> Vec<Date> {
    days.iter().map(|day| date(year, month, *day)).collect()
}

#[test]
fn an_event_that_crosses_midnight_plays_to_its_end_and_once_a_night() {
    let wall = planned(
        "Asia/Shanghai",
        "weekdays = \"fri\"\nstart = \"22:00\"\nend = \"06:00\"",
    )
    .wall();
    assert_eq!(
        told(&wall, "2026-05-07T00:00", "2026-05-17T00:00"),
        [
            "05-07 00:00:00 -",
            "05-08 22:00:00 c/a",
            "05-09 06:00:00 -",
            "05-15 22:00:00 c/a",
            "05-16 06:00:00 -",
        ]
    );
}

#[test]
fn an_overnight_window_until_the_6th_of_january_is_over_on_the_7th() {
    let keys = "from = 2026-01-05\nuntil = 2026-01-06\nstart = \"22:00\"\nend = \"02:00\"";
    assert_eq!(
        told(
            &planned("America/New_York", keys).wall(),
            "2026-01-05T00:00",
            "2026-01-09T00:00"
        ),
        [
            "01-05 00:00:00 -",
            "01-05 22:00:00 c/a",
            "01-06 02:00:00 -",
            "01-06 22:00:00 c/a",
            "01-07 02:00:00 -",
        ]
    );
}

#[test]
fn the_last_day_of_a_month_is_whole_in_months_of_28_29_30_and_31_days() {
    for first in (0..24).map(|months: i32| date(2027, 1, 1) + months.months()) {
        let last = first.last_of_month();
        let keys = format!("from = {last}\nuntil = {last}");
        let wall = planned("Europe/Berlin", &keys).wall();
        let next = last.tomorrow().unwrap();
        let (before, after) = (last.yesterday().unwrap(), next.tomorrow().unwrap());
        assert_eq!(
            told(&wall, &format!("{before}T00:00"), &format!("{after}T00:00")),
            [
                before.strftime("%m-%d 00:00:00 -").to_string(),
                last.strftime("%m-%d 00:00:00 c/a").to_string(),
                next.strftime("%m-%d 00:00:00 -").to_string(),
            ]
        );
    }
}

#[test]
fn thirty_days_are_thirty_whether_the_month_has_28_or_31() {
    let end = |published: &str| {
        let item = format!("+++\npublished = {published}\n+++\na\n\na\n");
        let wall = planned("Asia/Shanghai", "start = \"08:00\"")
            .with("items/c/a.md", item)
            .wall();
        let until = wall.terms()[0].until.unwrap();
        wall.calendar().zone.to_datetime(until).to_string()
    };
    assert_eq!(end("2026-01-31"), "2026-03-03T00:00:00");
    assert_eq!(end("2028-01-31"), "2028-03-02T00:00:00", "a leap year");
    assert_eq!(end("2026-03-31"), "2026-05-01T00:00:00");
    assert_eq!(end("2026-07-31"), "2026-08-31T00:00:00");
}

// Fault 29.
#[test]
fn the_day_on_which_clocks_change_does_not_stand_still_two_seconds_before_the_change() {
    let item = |id: &str| format!("+++\ndwell = \"2s\"\n+++\n{id}\n\n{id}\n");
    let both = "[[play]]\nitem = \"c/a\"\n[[play]]\nitem = \"c/b\"\n";
    let site = site("America/New_York")
        .with("items/c/a.md", item("a"))
        .with("items/c/b.md", item("b"));
    let wall = site.with("plan.toml", both).wall();
    // 02:00 EST is 03:00 EDT on the one day, 02:00 EDT is 01:00 EST on the other.
    for change in ["2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z"] {
        let change: Timestamp = change.parse().unwrap();
        let pages: Vec<(i64, i64)> = wall
            .timeline(0, change - 9.seconds(), change + 9.seconds())
            .map(|row| (row.since.as_second(), row.until.as_second()))
            .collect();
        let at = change.as_second();
        let ends = (at - 8..=at + 8).step_by(2).chain([at + 9]);
        let starts = [at - 9].into_iter().chain((at - 8..=at + 8).step_by(2));
        assert_eq!(pages, starts.zip(ends).collect::<Vec<_>>());
        let day = wall.programme().compile(0, wall.programme().date(0, Tick(at)));
        let changes = std::iter::successors(Some(Tick(at - 8)), |tick| Some(day.next_change(*tick)));
        let expected: Vec<i64> = (at - 8..=at + 8).step_by(2).collect();
        assert_eq!(changes.take(9).map(|tick| tick.0).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn an_hourly_event_of_fifteen_years_opens_24_times_a_day_from_its_first_day_to_its_last() {
    let hours: Vec<String> = (0..24).map(|hour| format!("\"{hour:02}:00-{hour:02}:20\"")).collect();
    let keys = format!("from = 2015-03-01\nuntil = 2030-02-28\nhours = [{}]", hours.join(", "));
    let wall = planned("Europe/London", &keys).wall();
    let openings = |day: Date| {
        let compiled = wall.programme().compile(0, day);
        let cues: Vec<_> = compiled.cues(0, compiled.start(), compiled.end()).collect();
        assert!(cues.iter().all(|cue| cue.until.since(cue.since).0 == 20 * 60));
        cues.len()
    };
    assert_eq!(openings(date(2015, 2, 28)), 0);
    for day in date(2015, 3, 1)
        .series(1.day())
        .take_while(|day| *day <= date(2030, 2, 28))
    {
        // 01:00 to 01:20 is skipped in spring; in autumn the first of two counts.
        let spring = day.month() == 3 && day.day() > 24 && day.weekday() == jiff::civil::Weekday::Sunday;
        assert!(openings(day) == 24 || spring, "{day}");
    }
    assert_eq!(openings(date(2030, 3, 1)), 0);
}

#[test]
fn odd_and_even_days_are_not_exchanged_after_a_month_of_31_days() {
    let days_of_february = |first: i8| {
        let numbers: Vec<String> = (first..=31).step_by(2).map(|day| day.to_string()).collect();
        let keys = format!("rule = \"FREQ=MONTHLY;BYMONTHDAY={}\"", numbers.join(","));
        days_open(
            &planned("America/Denver", &keys).wall(),
            date(2026, 1, 28),
            date(2026, 2, 5),
        )
    };
    let mut odd = days_of(2026, 1, &[29, 31]);
    odd.extend(days_of(2026, 2, &[1, 3, 5]));
    let mut even = days_of(2026, 1, &[28, 30]);
    even.extend(days_of(2026, 2, &[2, 4]));
    assert_eq!((days_of_february(1), days_of_february(2)), (odd, even));
}

#[test]
fn every_second_monday_stays_every_second_one_over_the_new_year() {
    let wall = planned("Asia/Shanghai", "from = 2026-12-07\nrule = \"FREQ=WEEKLY;INTERVAL=2\"").wall();
    let mut mondays = days_of(2026, 12, &[7, 21]);
    mondays.extend(days_of(2027, 1, &[4, 18]));
    mondays.extend(days_of(2027, 2, &[1]));
    assert_eq!(days_open(&wall, date(2026, 12, 1), date(2027, 2, 14)), mondays);
}

#[test]
fn a_holiday_that_floats_is_on_its_days_of_each_year() {
    let wall = planned("Asia/Shanghai", "holidays = \"春节\"")
        .with(
            "calendar/CN-2025.toml",
            include_str!("../../playlists/calendar/CN-2025.toml"),
        )
        .with(
            "calendar/CN-2026.toml",
            include_str!("../../playlists/calendar/CN-2026.toml"),
        )
        .wall();
    let mut expected = days_of(2025, 1, &[28, 29, 30, 31]);
    expected.extend(days_of(2025, 2, &[1, 2, 3, 4]));
    expected.extend(days_of(2026, 2, &[15, 16, 17, 18, 19, 20, 21, 22, 23]));
    assert_eq!(days_open(&wall, date(2025, 1, 1), date(2026, 12, 31)), expected);
}

#[test]
fn a_feast_that_floats_is_on_the_so_maniest_weekday_of_its_month_in_each_year() {
    let wall = planned("Asia/Shanghai", "rule = \"FREQ=YEARLY;BYMONTH=5;BYDAY=2SU\"").wall();
    let expected = [date(2026, 5, 10), date(2027, 5, 9), date(2028, 5, 14)];
    assert_eq!(days_open(&wall, date(2026, 1, 1), date(2028, 12, 31)), expected);
}

#[test]
fn what_is_planned_for_a_day_does_not_vanish_as_the_day_comes_near() {
    let wall = planned(
        "Europe/Paris",
        "from = 2026-12-24\nuntil = 2026-12-24\nstart = \"18:00\"\nend = \"19:00\"",
    )
    .wall();
    let opens = instant(&wall, date(2026, 12, 24).at(18, 0, 0, 0));
    let seen_from = |asked: Timestamp| {
        let rows = wall.timeline(0, asked, opens + 2.hours());
        let pages = rows.filter(|row| matches!(row.shown, Shown::Page { .. }));
        pages.map(|row| (row.since, row.until)).collect::<Vec<_>>()
    };
    for hours in [9600, 9000, 1200, 840, 241, 240, 192, 168, 48, 25, 24, 23, 2, 1, 0] {
        assert_eq!(
            seen_from(opens - hours.hours()),
            [(opens, opens + 1.hour())],
            "{hours} h before"
        );
    }
    assert_eq!(seen_from(opens - 1.minute()), [(opens, opens + 1.hour())]);
}

#[test]
fn what_is_planned_ten_years_ahead_is_told_today() {
    let wall = planned(
        "Asia/Shanghai",
        "from = 2036-05-08\nuntil = 2036-05-08\nstart = \"09:00\"\nend = \"09:30\"",
    )
    .wall();
    let pages: Vec<String> = told(&wall, "2026-05-08T00:00", "2036-05-10T00:00");
    assert_eq!(pages, ["05-08 00:00:00 -", "05-08 09:00:00 c/a", "05-08 09:30:00 -"]);
}

#[test]
fn a_screen_that_is_switched_on_late_shows_what_has_begun_and_waits_for_no_edge() {
    let plan = "[[when]]\nstart = \"09:00\"\nend = \"10:00\"\n[[play]]\nitem = \"c/a\"\n";
    let next = "[[when]]\nstart = \"10:00\"\nend = \"11:00\"\n[[play]]\nitem = \"c/b\"\n";
    let wall = site("Asia/Shanghai")
        .with("plan.toml", plan)
        .with("next.toml", next)
        .wall();
    assert_eq!(
        told(&wall, "2026-05-08T09:30", "2026-05-08T09:31"),
        ["05-08 09:30:00 c/a"]
    );
    // The clock is set on over the edge, and back.
    assert_eq!(
        told(&wall, "2026-05-08T10:00:01", "2026-05-08T10:01"),
        ["05-08 10:00:01 c/b"]
    );
    assert_eq!(
        told(&wall, "2026-05-08T09:59:59", "2026-05-08T10:00"),
        ["05-08 09:59:59 c/a"]
    );
}

// Fault 30, 31.
#[test]
fn no_counter_of_seconds_runs_over_in_2038_or_2106() {
    let wall = planned("Etc/UTC", "start = \"03:14:07\"\nend = \"06:28:15\"").wall();
    for day in ["2038-01-19", "2106-02-07"] {
        let short = &day[5..];
        assert_eq!(
            told(&wall, &format!("{day}T00:00"), &format!("{day}T12:00")),
            [
                format!("{short} 00:00:00 -"),
                format!("{short} 03:14:07 c/a"),
                format!("{short} 06:28:15 -")
            ]
        );
    }
}

// Fault 30.
#[test]
fn the_29th_of_february_of_each_year_comes_in_leap_years_only() {
    let lit = "[[screen.lit]]\nstart = \"08:00\"\n";
    let silence = "[[silence]]\nname = \"q\"\ndays = \"02-29\"\nstart = \"10:00\"\nend = \"14:00\"\n";
    let plain = planned("Asia/Shanghai", "start = \"08:00\"");
    let wall = plain
        .and("site.toml", "", lit)
        .with("calendar/office.toml", silence)
        .wall();
    let dark = |year: i16| -> Vec<String> {
        let (from, until) = (date(year, 2, 28), date(year, 3, 2));
        let rows = wall.timeline(0, instant(&wall, from), instant(&wall, until));
        let silent = rows.filter(|row| matches!(&row.shown, Shown::Dark(_, reason) if reason == "silence: q"));
        let at = |instant| wall.calendar().zone.to_datetime(instant).to_string();
        silent.map(|row| at(row.since)).collect()
    };
    assert_eq!(dark(2028), ["2028-02-29T10:00:00"]);
    for year in [2026, 2027, 2029, 2100] {
        assert_eq!(dark(year), [] as [&str; 0], "{year}");
    }
}

// Fault 29.
#[test]
fn a_day_that_the_zone_leaves_out_opens_nothing_and_is_worked_by_nobody() {
    let item = "+++\ndwell = \"1h\"\npublished = 2011-12-28\nposting = 3\ncount = \"当日\"\n+++\na\n\na\n";
    let wall = planned("Pacific/Apia", "start = \"23:00\"\nend = \"24:00\"")
        .with("items/c/a.md", item)
        .wall();
    assert_eq!(
        told(&wall, "2011-12-28T12:00", "2012-01-04T00:00"),
        [
            "12-28 12:00:00 -",
            "12-28 23:00:00 c/a",
            "12-29 00:00:00 -",
            "12-29 23:00:00 c/a",
            // The 30th, a Friday, does not come.
            "12-31 00:00:00 -",
            "12-31 23:00:00 c/a",
            "01-01 00:00:00 -",
            "01-01 23:00:00 c/a",
            "01-02 00:00:00 -",
            "01-02 23:00:00 c/a",
            "01-03 00:00:00 -",
        ],
        "Wednesday, Thursday and Monday are the three days"
    );
}
