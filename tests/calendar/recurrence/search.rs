//! Looking for days: far ahead, back from the end, where there are none, and at the ends of the calendar.

use jiff::{
    ToSpan,
    civil::{Date, ISOWeekDate, Weekday, date},
};
use proptest::{collection::btree_set, prelude::*};

use super::{days, recurrence};

#[test]
fn a_rule_without_days_is_found_out() {
    for text in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1000",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=4,6,9,11;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=3;BYYEARDAY=1",
        "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=12;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=3",
        "FREQ=YEARLY;BYMONTH=1;BYDAY=MO;BYSETPOS=6",
        // From a Wednesday, every seventh day is one.
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY;INTERVAL=490;BYDAY=MO",
        // From January, every twelfth month is one.
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2;BYMONTHDAY=1",
        // Every 29 February that is divided by 100 is a Tuesday.
        "FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
    ] {
        let start = if text.contains("INTERVAL=100;") {
            "2000-01-01"
        } else {
            "2026-01-14"
        };
        let none = recurrence(text, start);
        assert_eq!((none.first(), none.last()), (None, None), "{text}");
        assert!(!none.contains(start.parse().unwrap()), "{text}");
    }
}

#[test]
fn a_day_that_comes_once_in_centuries_is_found() {
    let first = |text: &str, start: &str| recurrence(text, start).first();
    let leap = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29";
    assert_eq!(first(&format!("{leap};INTERVAL=100"), "2001-01-01"), None);
    assert_eq!(
        first(&format!("{leap};INTERVAL=100"), "2100-01-01"),
        Some(date(2400, 2, 29))
    );
    assert_eq!(
        first(&format!("{leap};INTERVAL=700"), "2100-01-01"),
        Some(date(2800, 2, 29))
    );
    assert_eq!(
        first(&format!("{leap};BYDAY=SU"), "2089-01-01"),
        Some(date(2128, 2, 29))
    );
}

#[test]
fn the_last_day_is_looked_for_back_from_the_end() {
    let last = |text, start| recurrence(text, start).last();
    assert_eq!(last("FREQ=DAILY", "2026-01-01"), None);
    assert_eq!(
        last("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2026-05-12"),
        Some(date(2026, 6, 1))
    );
    assert_eq!(
        last("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8;UNTIL=20301231", "2026-01-01"),
        Some(date(2030, 3, 8))
    );
    assert_eq!(
        last(
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=3;BYMONTHDAY=8;UNTIL=20291231",
            "2026-01-01"
        ),
        Some(date(2026, 3, 8))
    );
    assert_eq!(last("FREQ=MONTHLY;BYMONTHDAY=8;UNTIL=20260315", "2026-03-09"), None);
    assert_eq!(last("FREQ=DAILY;UNTIL=20251231", "2026-01-01"), None);
    assert_eq!(
        last("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=21031231", "2026-01-01"),
        Some(date(2096, 2, 29))
    );
}

#[test]
fn a_recurrence_goes_on_to_the_last_day_that_there_is_and_not_beyond() {
    let daily = recurrence("FREQ=DAILY", "9999-12-30");
    assert_eq!(days(&daily).collect::<Vec<_>>(), [date(9999, 12, 30), Date::MAX]);
    for text in [
        "FREQ=DAILY;INTERVAL=1000",
        "FREQ=WEEKLY;INTERVAL=1000",
        "FREQ=MONTHLY;INTERVAL=1000",
        "FREQ=YEARLY;INTERVAL=1000",
        "FREQ=YEARLY;BYWEEKNO=52,53,1;WKST=SA;COUNT=1000",
        "FREQ=WEEKLY;BYDAY=MO,SU;BYSETPOS=-1;WKST=TH",
        "FREQ=YEARLY;BYDAY=FR;BYSETPOS=-1",
    ] {
        for start in [Date::MIN, Date::MAX] {
            let recurrence = recurrence(text, &start.to_string());
            let found: Vec<Date> = days(&recurrence).take(40).collect();
            assert!(
                found.is_sorted() && found.iter().all(|date| recurrence.contains(*date)),
                "{text}: {found:?}"
            );
            assert_eq!(recurrence.next(Date::MIN), recurrence.first(), "{text}");
            assert_eq!(
                recurrence.next(Date::MAX).is_some(),
                recurrence.contains(Date::MAX),
                "{text}"
            );
        }
    }
}

#[test]
fn asking_for_a_day_allocates_nothing() {
    let rules = [
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
        "FREQ=YEARLY;BYWEEKNO=1,-1;BYDAY=MO;BYSETPOS=1",
        "FREQ=DAILY;INTERVAL=3;COUNT=500",
    ]
    .map(|text| recurrence(text, "2026-01-01"));
    let mut found = 0;
    let counted = allocation_counter::measure(|| {
        let mut date = date(2026, 1, 1);
        for _ in 0..800 {
            found += rules.iter().filter(|rule| rule.contains(date)).count();
            date = date.tomorrow().unwrap();
        }
    });
    assert!(found > 300, "{found}");
    assert_eq!(counted.count_total, 0);
}

proptest! {
    /// The years of whole weeks of ISO 8601, as jiff has them.
    #[test]
    fn numbered_weeks_are_those_of_iso_8601(
        day in 0..20_000_i32,
        interval in 1..5_i16,
        weeks in btree_set(prop_oneof![1..=53_i8, Just(1), Just(53), -53..=-1_i8, Just(-1)], 1..4),
        weekdays in btree_set(0..7_i8, 1..4),
        position in prop_oneof![2 => Just(0_usize), 1 => 1..5_usize],
    ) {
        const NAMES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let start = date(2000, 1, 1) + day.days();
        let mut text = format!("FREQ=YEARLY;INTERVAL={interval};BYWEEKNO={}", join(&weeks));
        let names: Vec<_> = weekdays.iter().map(|day| NAMES[usize::try_from(*day).unwrap()]).collect();
        text += &format!(";BYDAY={}", names.join(","));
        if position > 0 {
            text += &format!(";BYSETPOS={position}");
        }
        let first = start.iso_week_date().year();
        let expected: Vec<Date> = (0..12)
            .flat_map(|turn| {
                let year = first + turn * interval;
                let long = ISOWeekDate::new(year, 53, Weekday::Monday).is_ok();
                let last = if long { 53 } else { 52 };
                let numbers = (1..=last).filter(|week| weeks.contains(week) || weeks.contains(&(week - last - 1)));
                let all = numbers.flat_map(|week| weekdays.iter().map(move |day| {
                    let weekday = Weekday::from_monday_zero_offset(*day).unwrap();
                    ISOWeekDate::new(year, week, weekday).unwrap().date()
                }));
                let all: Vec<Date> = all.collect();
                if position == 0 { all } else { all.get(position - 1).copied().into_iter().collect() }
            })
            .filter(|date| *date >= start)
            .collect();
        let found: Vec<Date> = days(&recurrence(&text, &start.to_string())).take(expected.len()).collect();
        prop_assert_eq!(found, expected, "{} from {}", text, start);
    }

    /// The bound of the search is sound: what it does not find is not there, to the last day of the calendar.
    #[test]
    fn what_the_search_does_not_find_never_comes(
        day in 0..50_000_i32,
        interval in prop_oneof![1..=1000_i32, (1..=142_i32).prop_map(|weeks| weeks * 7)],
        month in 1..=12_i8,
        month_day in 28..=31_i8,
        weekday in 0..7_i8,
    ) {
        const NAMES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let start = date(2000, 1, 1) + day.days();
        let name = NAMES[usize::try_from(weekday).unwrap()];
        let text = format!("FREQ=DAILY;INTERVAL={interval};BYMONTH={month};BYMONTHDAY={month_day};BYDAY={name}");
        let all = std::iter::successors(Some(start), |date| date.checked_add(interval.days()).ok());
        let expected = all
            .filter(|date| date.month() == month && date.day() == month_day)
            .find(|date| date.weekday().to_monday_zero_offset() == weekday);
        prop_assert_eq!(recurrence(&text, &start.to_string()).first(), expected, "{} from {}", text, start);
    }
}

fn join(numbers: &std::collections::BTreeSet<i8>) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
