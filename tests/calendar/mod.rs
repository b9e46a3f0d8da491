//! Windows of time: which day names them, what weekdays, dates and clock changes do to them.

mod recurrence;

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Weekday, date},
    tz::TimeZone,
};
use yingbi::calendar::{Calendar, Occurrence, Purpose, TimeOfDay, Weekdays, When};

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("the bundled database has the zone")
}

/// The opening of a playlist's window on a day of a calendar that says nothing.
fn opening(window: &When, date: Date, zone: &TimeZone) -> Option<Occurrence> {
    window.occurrence(date, &Calendar::plain(zone.clone()), Purpose::Play)
}

fn window(start: &str, end: &str) -> When {
    When {
        start: time(start),
        end: time(end),
        ..When::default()
    }
}

/// `08:00`, as a person writes it.
fn time(text: &str) -> TimeOfDay {
    let (hours, minutes) = text.split_once(':').unwrap();
    TimeOfDay::new(hours.parse::<u32>().unwrap() * 3600 + minutes.parse::<u32>().unwrap() * 60).unwrap()
}

fn instants(start: &str, end: &str) -> Option<Occurrence> {
    Some(Occurrence {
        start: start.parse().unwrap(),
        end: end.parse().unwrap(),
    })
}

fn length(occurrence: Occurrence) -> SignedDuration {
    occurrence.end.duration_since(occurrence.start)
}

#[test]
fn a_time_of_day_reads_as_a_clock_does_and_ends_at_24() {
    assert_eq!(time("08:00").to_string(), "08:00");
    assert_eq!(TimeOfDay::new(8 * 3600 + 30).unwrap().to_string(), "08:00:30");
    assert_eq!(TimeOfDay::MIDNIGHT.to_string(), "00:00");
    assert_eq!(TimeOfDay::DAY_END.to_string(), "24:00");
    assert_eq!(TimeOfDay::new(86_400), Some(TimeOfDay::DAY_END));
    assert_eq!(TimeOfDay::new(86_401), None);
}

#[test]
fn a_set_of_weekdays_holds_what_was_put_in() {
    let days = Weekdays::NONE.with(Weekday::Monday).with(Weekday::Sunday);
    let held: Vec<Weekday> = Weekday::Monday
        .cycle_forward()
        .take(7)
        .filter(|day| days.contains(*day))
        .collect();
    assert_eq!(held, [Weekday::Monday, Weekday::Sunday]);
    assert!(
        Weekday::Monday
            .cycle_forward()
            .take(7)
            .all(|day| Weekdays::ALL.contains(day))
    );
    let all = Weekday::Monday
        .cycle_forward()
        .take(7)
        .fold(Weekdays::NONE, Weekdays::with);
    assert_eq!(all, Weekdays::ALL);
}

#[test]
fn a_window_opens_from_its_start_to_its_end_in_the_zone() {
    let occurrence = opening(&window("08:00", "18:00"), date(2026, 5, 15), &zone("Asia/Shanghai"));
    assert_eq!(occurrence, instants("2026-05-15T00:00:00Z", "2026-05-15T10:00:00Z"));
}

#[test]
fn a_window_across_midnight_is_named_by_the_day_it_opens() {
    let window = When {
        weekdays: Weekdays::NONE.with(Weekday::Friday),
        ..window("22:00", "06:00")
    };
    let shanghai = zone("Asia/Shanghai");
    assert_eq!(
        opening(&window, date(2026, 5, 15), &shanghai),
        instants("2026-05-15T14:00:00Z", "2026-05-15T22:00:00Z")
    );
    assert_eq!(opening(&window, date(2026, 5, 16), &shanghai), None);
}

#[test]
fn a_window_that_ends_where_it_starts_lasts_until_the_next_day() {
    let occurrence = opening(&window("08:00", "08:00"), date(2026, 5, 15), &TimeZone::UTC).unwrap();
    assert_eq!(length(occurrence), SignedDuration::from_hours(24));
}

#[test]
fn both_dates_are_included_and_an_excepted_day_is_not() {
    let window = When {
        from: Some(date(2026, 5, 11)),
        until: Some(date(2026, 5, 15)),
        except: vec![date(2026, 5, 13)],
        ..window("22:00", "06:00")
    };
    let open: Vec<Date> = (8..20)
        .map(|day| date(2026, 5, day))
        .filter(|date| opening(&window, *date, &TimeZone::UTC).is_some())
        .collect();
    assert_eq!(open, [11, 12, 14, 15].map(|day| date(2026, 5, day)));
    let last = opening(&window, date(2026, 5, 15), &TimeZone::UTC).unwrap();
    assert_eq!(last.end, "2026-05-16T06:00:00Z".parse::<Timestamp>().unwrap());
}

#[test]
fn a_skipped_time_is_as_much_later_as_the_clocks_skip() {
    // New York, 2026-03-08: 02:00 EST is 03:00 EDT.
    let occurrence = opening(&window("02:30", "04:00"), date(2026, 3, 8), &zone("America/New_York"));
    assert_eq!(occurrence, instants("2026-03-08T07:30:00Z", "2026-03-08T08:00:00Z"));
}

#[test]
fn a_window_that_the_clocks_skip_does_not_open() {
    let occurrence = opening(&window("02:30", "03:00"), date(2026, 3, 8), &zone("America/New_York"));
    assert_eq!(occurrence, None);
}

#[test]
fn of_a_time_that_comes_twice_the_first_counts() {
    // New York, 2026-11-01: 02:00 EDT is 01:00 EST again.
    let occurrence = opening(&window("01:30", "02:00"), date(2026, 11, 1), &zone("America/New_York"));
    assert_eq!(occurrence, instants("2026-11-01T05:30:00Z", "2026-11-01T07:00:00Z"));
}

#[test]
fn a_civil_day_has_as_many_hours_as_its_clocks_give_it() {
    let hours = |date, name| length(Occurrence::of_day(date, &zone(name))).as_mins() as f64 / 60.0;
    assert_eq!(hours(date(2026, 5, 15), "Asia/Shanghai"), 24.0);
    assert_eq!(hours(date(2026, 3, 8), "America/New_York"), 23.0);
    assert_eq!(hours(date(2026, 11, 1), "America/New_York"), 25.0);
    assert_eq!(hours(date(2026, 4, 5), "Australia/Lord_Howe"), 24.5);
    assert_eq!(hours(date(2011, 12, 30), "Pacific/Apia"), 0.0);
    assert_eq!(hours(date(2011, 12, 31), "Pacific/Apia"), 24.0);
}

#[test]
fn the_first_and_the_last_year_have_windows_too() {
    let shanghai = zone("Asia/Shanghai");
    assert!(opening(&window("08:00", "18:00"), date(1, 1, 1), &shanghai).is_some());
    assert!(opening(&window("08:00", "18:00"), date(9999, 12, 29), &shanghai).is_some());
    // Timestamps end at 9999-12-30T22:00Z; what lies beyond is empty, not a fault.
    assert_eq!(
        opening(&window("22:00", "06:00"), date(9999, 12, 31), &TimeZone::UTC),
        None
    );
}

#[test]
fn a_window_named_by_a_day_that_the_zone_leaves_out_does_not_open() {
    let apia = zone("Pacific/Apia");
    let night = window("22:00", "06:00");
    assert_eq!(opening(&night, date(2011, 12, 30), &apia), None);
    let before = opening(&night, date(2011, 12, 29), &apia).unwrap();
    assert_eq!(
        length(before).as_hours(),
        8,
        "the night before goes over to the day after"
    );
    assert_eq!(before.end, "2011-12-30T16:00:00Z".parse().unwrap());
}
