//! Held frames are gathered: a fault that lasts for days makes few records.

use jiff::Timestamp;
use yingbi::{
    daemon::Lapses,
    units::{Rate, Tick},
    wall::history::{Held, Holding},
};

fn second(second: i64) -> Tick {
    Tick(1_000_000_000 + second * 10)
}

fn time(tick: Tick) -> Timestamp {
    Rate::new(10).unwrap().timestamp(tick)
}

fn lapses() -> Lapses {
    Lapses::new(Rate::new(10).unwrap())
}

#[test]
fn a_screen_that_plays_well_has_nothing_to_tell() {
    let mut lapses = lapses();
    assert_eq!((0..100_000).flat_map(|tick| lapses.due(Tick(tick))).count(), 0);
    assert_eq!(lapses.rest().count(), 0);
}

#[test]
fn lapses_that_follow_each_other_are_told_as_one_once_they_are_over() {
    let mut lapses = lapses();
    for at in [0, 1, 2, 60, 300] {
        lapses.note(Holding::Painting, second(at), 1);
    }
    assert_eq!(lapses.due(second(899)).collect::<Vec<_>>(), []);
    let told: Vec<Held> = lapses.due(second(900)).collect();
    let expected = Held {
        since: time(Tick(second(0).0 - 1)),
        until: time(second(300)),
        frames: 5,
        why: Holding::Painting,
    };
    assert_eq!(told, [expected]);
    assert_eq!(lapses.due(second(901)).count(), 0);
}

#[test]
fn the_causes_are_told_apart() {
    let mut lapses = lapses();
    lapses.note(Holding::Late, second(5), 7);
    lapses.note(Holding::Painting, second(5), 1);
    lapses.note(Holding::Clip, second(5), 3);
    let told: Vec<(Holding, u64)> = lapses.rest().map(|held| (held.why, held.frames)).collect();
    assert_eq!(told, [(Holding::Painting, 1), (Holding::Clip, 3), (Holding::Late, 7)]);
}

// Fault 51.
#[test]
fn a_fault_of_three_days_is_told_once_an_hour() {
    let mut lapses = lapses();
    let mut told = Vec::new();
    for at in 0..3 * 24 * 3600 {
        told.extend(lapses.due(second(at)));
        lapses.note(Holding::Painting, second(at), 10);
    }
    told.extend(lapses.rest());
    assert!((72..75).contains(&told.len()), "{} records", told.len());
    assert_eq!(told.iter().map(|held| held.frames).sum::<u64>(), 3 * 24 * 36_000);
}

#[test]
fn a_clock_set_back_ends_what_was_gathered() {
    let mut lapses = lapses();
    lapses.note(Holding::Late, second(100), 1);
    assert_eq!(lapses.due(second(50)).count(), 1);
}
