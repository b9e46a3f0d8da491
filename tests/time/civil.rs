//! Civil dates from scratch: counted year by year and month by month, as one would on paper.
//!
//! A day is its number from 1970-01-01; a civil time is the seconds that a clock in no zone would have counted from that day's 00:00.

/// The seconds of a civil day as its clock counts them.
pub(super) const DAY: i64 = 86_400;

/// A month and a day of the month, both from 1.
pub(super) type MonthDay = (i64, i64);

pub(super) fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub(super) fn year_length(year: i64) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

pub(super) fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The number of the day `of_month` of `month`.
pub(super) fn day(year: i64, month: i64, of_month: i64) -> i64 {
    let years: i64 = if year >= 1970 {
        (1970..year).map(year_length).sum()
    } else {
        -(year..1970).map(year_length).sum::<i64>()
    };
    let months: i64 = (1..month).map(|month| month_length(year, month)).sum();
    years + months + of_month - 1
}

/// The year, month and day of the month of a day.
pub(super) fn date(day: i64) -> (i64, i64, i64) {
    let (mut year, mut left) = (1970, day);
    while left < 0 {
        year -= 1;
        left += year_length(year);
    }
    while left >= year_length(year) {
        left -= year_length(year);
        year += 1;
    }
    let mut month = 1;
    while left >= month_length(year, month) {
        left -= month_length(year, month);
        month += 1;
    }
    (year, month, left + 1)
}

pub(super) fn month_day(day: i64) -> MonthDay {
    let (_, month, of_month) = date(day);
    (month, of_month)
}

/// Monday is 0. The first of January 1970 was a Thursday.
pub(super) fn weekday(day: i64) -> usize {
    (day + 3).rem_euclid(7) as usize
}

/// `2026-05-08`
pub(super) fn written(day: i64) -> String {
    let (year, month, of_month) = date(day);
    format!("{year:04}-{month:02}-{of_month:02}")
}

/// `2026-05-08 14:28:00`
pub(super) fn written_time(civil: i64) -> String {
    let (day, of_day) = (civil.div_euclid(DAY), civil.rem_euclid(DAY));
    format!("{} {}", written(day), clock(of_day))
}

/// `14:28:00` of the seconds after 00:00.
pub(super) fn clock(of_day: i64) -> String {
    format!("{:02}:{:02}:{:02}", of_day / 3600, of_day / 60 % 60, of_day % 60)
}

#[test]
fn days_are_counted_as_on_paper() {
    assert_eq!(day(1970, 1, 1), 0);
    assert_eq!(day(1969, 12, 31), -1);
    assert_eq!(day(2000, 3, 1), 11_017);
    assert_eq!(weekday(day(2026, 5, 8)), 4, "a Friday");
    assert_eq!(weekday(day(1969, 12, 29)), 0, "a Monday");
    assert_eq!(day(2100, 3, 1) - day(2100, 2, 28), 1, "no leap year");
    for number in day(1960, 1, 1)..day(2101, 1, 1) {
        let (year, month, of_month) = date(number);
        assert_eq!(day(year, month, of_month), number);
    }
    assert_eq!(
        written_time(day(2026, 5, 8) * DAY + 14 * 3600 + 28 * 60),
        "2026-05-08 14:28:00"
    );
}
