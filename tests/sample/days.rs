//! When the strip above the door is lit.

use jiff::civil::{Date, date};

use super::{STRIP, WALL, item_of, rows};
use yingbi::wall::Shown;

/// The stretches of a day, `lit` or a reason for the dark, each with its first minute.
fn light(day: Date) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    let mut last = String::new();
    for row in rows(STRIP, day.at(0, 0, 0, 0), day.tomorrow().unwrap().at(0, 0, 0, 0)) {
        let what = match &row.shown {
            Shown::Dark(_, reason) => reason.clone(),
            Shown::Page { .. } => {
                assert!(item_of(&row).is_some());
                "lit".to_owned()
            }
        };
        if what != last {
            let since = WALL.calendar().zone.to_datetime(row.since);
            told.push(format!("{} {what}", since.strftime("%H:%M")));
            last = what;
        }
    }
    told
}

const WINTER: [&str; 3] = [
    "00:00 outside the lit hours",
    "08:00 lit",
    "17:30 outside the lit hours",
];
const SUMMER: [&str; 3] = [
    "00:00 outside the lit hours",
    "08:00 lit",
    "18:00 outside the lit hours",
];

#[test]
fn the_strip_keeps_the_hours_of_the_season_on_working_days() {
    assert_eq!(light(date(2026, 11, 23)), WINTER, "a Monday");
    assert_eq!(light(date(2026, 7, 1)), SUMMER);
    assert_eq!(light(date(2026, 11, 22)), ["00:00 outside the lit hours"], "a Sunday");
}

#[test]
fn the_strip_is_dark_for_the_national_day_and_lit_on_the_make_up_days() {
    assert_eq!(light(date(2026, 9, 30)), SUMMER);
    for day in 1..=7 {
        assert_eq!(light(date(2026, 10, day)), ["00:00 holiday: 国庆节"]);
    }
    assert_eq!(light(date(2026, 10, 8)), WINTER);
    assert_eq!(light(date(2026, 10, 10)), WINTER, "a Saturday");
    assert_eq!(light(date(2026, 9, 20)), SUMMER, "a Sunday");
}
