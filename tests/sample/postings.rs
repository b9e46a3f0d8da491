//! Postings end when they say they do, and slogans with their occasion.

use jiff::civil::{Date, date};

use super::{SHOWN, WALL, item, items};

/// The first and the last day of 2025 and 2026 on which an item is shown.
fn run(id: &str) -> Option<(Date, Date)> {
    let mut days = SHOWN
        .iter()
        .filter(|(_, shown)| shown.contains(id))
        .map(|(day, _)| *day);
    let first = days.next()?;
    Some((first, days.next_back().unwrap_or(first)))
}

#[test]
fn every_posting_is_counted_over_weekends_holidays_and_make_up_days() {
    let expected = [
        ("personnel/pre-appointment", date(2026, 11, 25), date(2026, 12, 1)),
        ("personnel/recruitment", date(2026, 4, 29), date(2026, 5, 11)),
        ("postings/innovation-fund", date(2026, 11, 20), date(2026, 11, 26)),
        ("postings/safety-standard", date(2026, 9, 29), date(2026, 10, 10)),
        ("postings/technology-source", date(2026, 11, 24), date(2026, 11, 30)),
        (
            "procurement/display-maintenance",
            date(2026, 11, 17),
            date(2026, 11, 17),
        ),
        ("procurement/lifts", date(2026, 11, 25), date(2026, 11, 25)),
    ];
    let posted = items().filter_map(|(item, term)| Some((&*item.id, term.period()?)));
    let posted: Vec<_> = posted.map(|(id, (first, last))| (id, first, last)).collect();
    assert_eq!(posted, expected);
    for (id, _, last) in expected {
        assert_eq!(run(id).unwrap().1, last, "{id}");
    }
}

#[test]
fn the_posting_of_the_monday_before_the_national_day_goes_to_the_make_up_saturday() {
    let (safety, term) = item("postings/safety-standard");
    assert_eq!(safety.published.unwrap().date(), date(2026, 9, 28));
    assert_eq!(safety.posting.unwrap().days(), Some(5));
    assert_eq!(term.period(), Some((date(2026, 9, 29), date(2026, 10, 10))));
    assert_eq!(run(&safety.id), Some((date(2026, 9, 28), date(2026, 10, 10))));
    assert!(WALL.calendar().is_working(date(2026, 10, 10)), "a Saturday");
}

#[test]
fn no_slogan_welcome_or_greeting_outlives_its_occasion() {
    let occasions = [
        ("reminders/theme-week-2026", date(2026, 5, 11), date(2026, 5, 15)),
        ("greetings/national-day-2026", date(2026, 9, 28), date(2026, 10, 7)),
        ("greetings/spring-festival-2026", date(2026, 2, 9), date(2026, 2, 23)),
        ("slogans/constitution-week", date(2026, 11, 30), date(2026, 12, 6)),
        ("slogans/open-government-2026", date(2026, 5, 11), date(2026, 5, 17)),
        ("slogans/safety-month", date(2026, 6, 1), date(2026, 6, 30)),
        ("welcome/delegation", date(2026, 11, 26), date(2026, 11, 26)),
        ("welcome/open-day-2026", date(2026, 5, 15), date(2026, 5, 15)),
    ];
    for (id, first, last) in occasions {
        assert_eq!(run(id), Some((first, last)), "{id}");
    }
    let large = ["slogans", "welcome", "greetings"];
    for (item, term) in items().filter(|(item, _)| large.contains(&&*item.column)) {
        let Some(published) = item.published else { continue };
        assert!(term.until.is_some(), "{}", item.id);
        let is_known = occasions.iter().any(|(id, ..)| *id == &*item.id);
        assert!(is_known || published.year() == 2027, "{}", item.id);
    }
}

#[test]
fn every_item_is_shown_in_its_time() {
    for (item, term) in items() {
        let begins = term.from.map(|from| WALL.calendar().zone.to_datetime(from).date());
        if begins.is_none_or(|begins| begins < date(2027, 1, 1)) {
            assert!(run(&item.id).is_some(), "{}", item.id);
        }
    }
}
