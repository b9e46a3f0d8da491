//! Rules and their days, worked out by others or by hand.

use yingbi::calendar::{Recurrence, Rule};

use super::{gives, recurrence, rule};

/// The examples of RFC 5545, §3.8.5.3, that are about days. Rule, first day, days. Where UNTIL is a time there, it is here the last day
/// on which that lets the event begin.
const RFC: [(&str, &str, &str); 31] = [
    (
        "FREQ=DAILY;COUNT=10",
        "1997-09-02",
        "1997-09-02 03 04 05 06 07 08 09 10 11",
    ),
    (
        "FREQ=DAILY;INTERVAL=2",
        "1997-09-02",
        "1997-09-02 04 06 08 10 12 14 16 18 20 22 24 26 28 30 10-02 04",
    ),
    (
        "FREQ=DAILY;INTERVAL=10;COUNT=5",
        "1997-09-02",
        "1997-09-02 12 22 10-02 12",
    ),
    (
        "FREQ=WEEKLY;COUNT=10",
        "1997-09-02",
        "1997-09-02 09 16 23 30 10-07 14 21 28 11-04",
    ),
    (
        "FREQ=WEEKLY;UNTIL=19971223",
        "1997-09-02",
        "1997-09-02 09 16 23 30 10-07 14 21 28 11-04 11 18 25 12-02 09 16 23",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        "1997-09-02",
        "1997-09-02 16 30 10-14 28 11-11 25 12-09 23 1998-01-06 20 02-03 17",
    ),
    (
        "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
        "1997-09-02",
        "1997-09-02 04 09 11 16 18 23 25 30 10-02",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971223;WKST=SU;BYDAY=MO,WE,FR",
        "1997-09-01",
        "1997-09-01 03 05 15 17 19 29 10-01 03 13 15 17 27 29 31 11-10 12 14 24 26 28 12-08 10 12 22",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
        "1997-09-02",
        "1997-09-02 04 16 18 30 10-02 14 16",
    ),
    (
        "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
        "1997-09-05",
        "1997-09-05 10-03 11-07 12-05 1998-01-02 02-06 03-06 04-03 05-01 06-05",
    ),
    (
        "FREQ=MONTHLY;UNTIL=19971223;BYDAY=1FR",
        "1997-09-05",
        "1997-09-05 10-03 11-07 12-05",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "1997-09-07",
        "1997-09-07 28 11-02 30 1998-01-04 25 03-01 29 05-03 31",
    ),
    (
        "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
        "1997-09-22",
        "1997-09-22 10-20 11-17 12-22 1998-01-19 02-16",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=-3",
        "1997-09-28",
        "1997-09-28 10-29 11-28 12-29 1998-01-29 02-26",
    ),
    (
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
        "1997-09-02",
        "1997-09-02 15 10-02 15 11-02 15 12-02 15 1998-01-02 15",
    ),
    (
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
        "1997-09-30",
        "1997-09-30 10-01 31 11-01 30 12-01 31 1998-01-01 31 02-01",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        "1997-09-10",
        "1997-09-10 11 12 13 14 15 1999-03-10 11 12 13",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
        "1997-09-02",
        "1997-09-02 09 16 23 30 11-04 11 18 25 1998-01-06 13 20 27 03-03 10 17 24 31",
    ),
    (
        "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        "1997-06-10",
        "1997-06-10 07-10 1998-06-10 07-10 1999-06-10 07-10 2000-06-10 07-10 2001-06-10 07-10",
    ),
    (
        "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        "1997-03-10",
        "1997-03-10 1999-01-10 02-10 03-10 2001-01-10 02-10 03-10 2003-01-10 02-10 03-10",
    ),
    (
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        "1997-01-01",
        "1997-01-01 04-10 07-19 2000-01-01 04-09 07-18 2003-01-01 04-10 07-19 2006-01-01",
    ),
    (
        "FREQ=YEARLY;BYDAY=20MO",
        "1997-05-19",
        "1997-05-19 1998-05-18 1999-05-17",
    ),
    (
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "1997-05-12",
        "1997-05-12 1998-05-11 1999-05-17",
    ),
    (
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
        "1997-03-13",
        "1997-03-13 20 27 1998-03-05 12 19 26 1999-03-04 11 18 25",
    ),
    (
        "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
        "1997-06-05",
        "1997-06-05 12 19 26 07-03 10 17 24 31 08-07 14 21 28 1998-06-04 11 18 25 07-02 09 16 23 30 08-06 13 20 27",
    ),
    (
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "1997-09-02",
        "1998-02-13 03-13 11-13 1999-08-13 2000-10-13",
    ),
    (
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        "1997-09-13",
        "1997-09-13 10-11 11-08 12-13 1998-01-10 02-07 03-07 04-11 05-09 06-13",
    ),
    (
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "1996-11-05",
        "1996-11-05 2000-11-07 2004-11-02",
    ),
    (
        "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
        "1997-09-04",
        "1997-09-04 10-07 11-06",
    ),
    (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "1997-09-29",
        "1997-09-29 10-30 11-27 12-30 1998-01-29 02-26 03-30",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
        "2007-01-15",
        "2007-01-15 30 02-15 03-15 30",
    ),
];

#[test]
fn the_rfcs_examples_have_the_rfcs_days() {
    for (text, start, expected) in RFC {
        gives(text, start, expected);
    }
}

#[test]
fn every_day_of_january_is_written_in_two_ways() {
    let all: Vec<String> = (1998..=2000)
        .flat_map(|year| (1..=31).map(move |day| format!("{year}-01-{day:02}")))
        .collect();
    for text in [
        "FREQ=YEARLY;UNTIL=20000131;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
        "FREQ=DAILY;UNTIL=20000131;BYMONTH=1",
    ] {
        gives(text, "1998-01-01", &all.join(" "));
    }
}

#[test]
fn where_weeks_begin_decides_which_day_of_two_is_passed_over() {
    let text = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=";
    gives(&format!("{text}MO"), "1997-08-05", "1997-08-05 10 19 24");
    gives(&format!("{text}SU"), "1997-08-05", "1997-08-05 17 19 31");
}

#[test]
fn the_29th_of_february_comes_in_leap_years_only() {
    let expected = "2024-02-29 2028-02-29 2032-02-29";
    gives("FREQ=YEARLY", "2024-02-29", expected);
    gives("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2024-01-01", expected);
    gives(
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "2096-01-01",
        "2096-02-29 2104-02-29",
    );
    // The last day of February comes every year.
    gives(
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
        "2023-01-01",
        "2023-02-28 2024-02-29 2025-02-28",
    );
    gives(
        "FREQ=YEARLY;BYYEARDAY=60",
        "2023-01-01",
        "2023-03-01 2024-02-29 2025-03-01",
    );
    gives("FREQ=YEARLY;BYYEARDAY=366", "2023-01-01", "2024-12-31 2028-12-31");
    gives("FREQ=YEARLY;BYYEARDAY=-366", "2023-01-01", "2024-01-01 2028-01-01");
}

#[test]
fn a_month_without_the_day_is_passed_over_and_not_counted() {
    gives(
        "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=4",
        "2026-01-01",
        "2026-01-31 03-31 05-31 07-31",
    );
    gives(
        "FREQ=MONTHLY;BYMONTHDAY=30;COUNT=3",
        "2026-01-30",
        "2026-01-30 03-30 04-30",
    );
    gives("FREQ=MONTHLY;COUNT=3", "2026-08-31", "2026-08-31 10-31 12-31");
    gives(
        "FREQ=MONTHLY;BYMONTHDAY=-31",
        "2026-01-01",
        "2026-01-01 03-01 05-01 07-01",
    );
}

#[test]
fn odd_days_of_the_month_are_not_every_other_day() {
    // Two odd days follow each other where a month has 31 days.
    let odd = (1..=31)
        .step_by(2)
        .map(|day| day.to_string())
        .collect::<Vec<_>>()
        .join(",");
    gives(
        &format!("FREQ=DAILY;BYMONTHDAY={odd};UNTIL=20260505"),
        "2026-04-25",
        "2026-04-25 27 29 05-01 03 05",
    );
    gives(
        &format!("FREQ=DAILY;BYMONTHDAY={odd};UNTIL=20260604"),
        "2026-05-28",
        "2026-05-29 31 06-01 03",
    );
    gives(
        "FREQ=DAILY;INTERVAL=2;UNTIL=20260604",
        "2026-05-29",
        "2026-05-29 31 06-02 04",
    );
    gives(
        "FREQ=DAILY;INTERVAL=2;UNTIL=20260304",
        "2026-02-26",
        "2026-02-26 28 03-02 04",
    );
}

#[test]
fn every_other_week_goes_on_across_the_year_and_from_any_day() {
    gives(
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=8",
        "2026-12-03",
        "2026-12-04 14 18 28 2027-01-01 11 15 25",
    );
    // The year has 53 weeks, so odd weeks and every other week part company.
    gives("FREQ=WEEKLY;INTERVAL=2", "2026-12-17", "2026-12-17 31 2027-01-14 28");
}

#[test]
fn the_fifth_monday_comes_in_months_that_have_five() {
    gives(
        "FREQ=MONTHLY;BYDAY=5MO",
        "2026-01-01",
        "2026-03-30 06-29 08-31 11-30 2027-03-29",
    );
    gives(
        "FREQ=MONTHLY;BYDAY=-5MO",
        "2026-01-01",
        "2026-03-02 06-01 08-03 11-02 2027-03-01",
    );
    gives(
        "FREQ=YEARLY;BYMONTH=3,8;BYDAY=5MO",
        "2026-01-01",
        "2026-03-30 08-31 2027-03-29 08-30",
    );
}

#[test]
fn weekdays_of_the_year_are_counted_from_both_ends() {
    gives(
        "FREQ=YEARLY;BYDAY=1MO,-1FR",
        "2026-01-01",
        "2026-01-05 12-25 2027-01-04 12-31",
    );
    // 2026 has 53 Thursdays, 2027 has 53 Fridays.
    gives("FREQ=YEARLY;BYDAY=53TH,53FR", "2026-01-01", "2026-12-31 2027-12-31");
    gives("FREQ=YEARLY;BYDAY=-53TH,-53FR", "2026-01-01", "2026-01-01 2027-01-01");
}

#[test]
fn weekdays_with_and_without_a_number_add_up() {
    gives(
        "FREQ=MONTHLY;BYDAY=SU,2MO;COUNT=6",
        "2026-05-01",
        "2026-05-03 10 11 17 24 31",
    );
}

#[test]
fn the_last_working_day_is_the_last_of_five_weekdays() {
    let working = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=";
    gives(
        &format!("{working}-1"),
        "2026-01-01",
        "2026-01-30 02-27 03-31 04-30 05-29",
    );
    gives(
        &format!("{working}1"),
        "2026-01-02",
        "2026-02-02 03-02 04-01 05-01 06-01",
    );
    gives(
        &format!("{working}1,-1;INTERVAL=3"),
        "2026-01-01",
        "2026-01-01 30 04-01 30 07-01 31",
    );
    gives(
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "2026-01-01",
        "2026-12-31 2027-12-31 2028-12-29",
    );
}

#[test]
fn positions_count_from_where_the_period_begins_not_from_the_first_day() {
    // From Wednesday on: Monday of that week was its first.
    gives("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1", "2026-05-13", "2026-05-18 25");
    gives("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2", "2026-05-13", "2026-05-13 20");
    gives(
        "FREQ=WEEKLY;BYDAY=SU,MO;BYSETPOS=1;WKST=SU",
        "2026-05-13",
        "2026-05-17 24",
    );
    gives(
        "FREQ=WEEKLY;BYDAY=SU,MO;BYSETPOS=1;WKST=MO",
        "2026-05-13",
        "2026-05-18 25",
    );
}

#[test]
fn week_53_comes_in_long_years_only() {
    gives(
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR",
        "2015-01-01",
        "2016-01-01 2021-01-01 2027-01-01 2032-12-31",
    );
    gives(
        "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=FR",
        "2015-06-01",
        "2016-01-01 12-30 2017-12-29",
    );
    // Weeks from Sunday on: other years are long.
    gives(
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU;WKST=SU",
        "2014-01-01",
        "2014-12-28 2020-12-27 2025-12-28",
    );
}

#[test]
fn week_one_may_begin_in_december() {
    gives(
        "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO",
        "2024-06-01",
        "2024-12-30 2025-12-29 2027-01-04",
    );
    // Week one of every other year, wherever its Monday lies.
    gives(
        "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=1;BYDAY=MO",
        "2024-01-01",
        "2024-01-01 2025-12-29 2028-01-03",
    );
    gives(
        "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=1,-1",
        "2024-12-01",
        "2024-12-30 2025-01-05 12-29 2026-01-04",
    );
    // The week that is the 53rd from the end is week one of a long year.
    gives(
        "FREQ=YEARLY;BYWEEKNO=-53;BYDAY=MO",
        "2019-01-01",
        "2019-12-30 2025-12-29",
    );
}

#[test]
fn what_a_rule_leaves_open_comes_from_its_first_day() {
    gives("FREQ=YEARLY", "2026-03-08", "2026-03-08 2027-03-08");
    gives("FREQ=YEARLY;BYMONTH=5,3", "2026-03-08", "2026-03-08 05-08 2027-03-08");
    gives("FREQ=MONTHLY", "2026-03-08", "2026-03-08 04-08");
    gives("FREQ=MONTHLY;BYMONTH=5", "2026-03-08", "2026-05-08 2027-05-08");
    gives("FREQ=WEEKLY", "2026-03-08", "2026-03-08 15");
    gives("FREQ=WEEKLY;BYMONTH=4", "2026-03-08", "2026-04-05 12 19 26 2027-04-04");
    gives("FREQ=YEARLY;BYWEEKNO=20", "2026-03-08", "2026-05-17 2027-05-23");
    gives(
        "FREQ=YEARLY;BYWEEKNO=20,30;BYMONTH=5",
        "2026-03-08",
        "2026-05-17 2027-05-23",
    );
    gives("FREQ=DAILY", "2026-02-27", "2026-02-27 28 03-01");
}

#[test]
fn a_rule_knows_whether_it_needs_its_first_day() {
    let needs = [
        "FREQ=DAILY;INTERVAL=2",
        "FREQ=DAILY;COUNT=3",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYMONTH=3",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYMONTH=3",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=3",
        "FREQ=YEARLY;BYWEEKNO=3",
    ];
    let stands_alone = [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=1;UNTIL=20261231",
        "FREQ=WEEKLY;BYDAY=MO",
        "FREQ=MONTHLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8",
        "FREQ=YEARLY;BYYEARDAY=-1",
        "FREQ=YEARLY;BYWEEKNO=3;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    ];
    for text in needs {
        assert!(rule(text).needs_start(), "{text}");
    }
    for text in stands_alone {
        assert!(!rule(text).needs_start(), "{text}");
        // So any first day will do: of those from two days on which they both may begin, the days are the same.
        let (early, late) = (recurrence(text, "2020-02-29"), recurrence(text, "2025-12-31"));
        let late_first = late.first().unwrap();
        assert_eq!(early.next("2025-12-31".parse().unwrap()), Some(late_first), "{text}");
    }
}

#[test]
fn a_first_day_that_does_not_satisfy_the_rule_is_no_occurrence_and_not_counted() {
    gives("FREQ=WEEKLY;BYDAY=MO;COUNT=2", "2026-05-12", "2026-05-18 25");
    assert!(!recurrence("FREQ=WEEKLY;BYDAY=MO;COUNT=2", "2026-05-12").contains("2026-05-12".parse().unwrap()));
}

#[test]
fn until_includes_its_day() {
    gives("FREQ=DAILY;UNTIL=20260514", "2026-05-12", "2026-05-12 13 14");
    gives("FREQ=DAILY;UNTIL=2026-05-12", "2026-05-12", "2026-05-12");
    gives("FREQ=DAILY;UNTIL=20260511", "2026-05-12", "");
}

#[test]
fn a_rule_is_read_however_it_is_typed() {
    let plain = rule("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1FR;WKST=SU;UNTIL=20261231");
    for text in [
        "RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1FR;WKST=SU;UNTIL=20261231",
        "freq=monthly;interval=2;byday=1mo,-1fr;wkst=su;until=20261231",
        " rrule : freq = MONTHLY ; UNTIL=2026-12-31 ;\tBYDAY = -1FR , +1MO ; WKST=SU;INTERVAL=002 ",
        "UNTIL=20261231;WKST=SU;BYDAY=-1FR,1MO,1MO;INTERVAL=2;FREQ=MONTHLY",
    ] {
        assert_eq!(Rule::parse(text), Ok(plain.clone()), "{text}");
    }
}

#[test]
fn rules_are_equal_only_if_they_say_the_same() {
    let start = "2026-01-01".parse().unwrap();
    let of = |text| Recurrence::new(rule(text), start);
    assert_eq!(of("FREQ=YEARLY"), of("FREQ=YEARLY"));
    assert_ne!(of("FREQ=YEARLY;BYMONTHDAY=1"), of("FREQ=YEARLY;BYMONTHDAY=-1"));
    assert_ne!(of("FREQ=YEARLY;BYYEARDAY=1"), of("FREQ=YEARLY;BYYEARDAY=65"));
}
