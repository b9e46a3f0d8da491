//! The past stays true: what ran is painted again to the same pixels, from the state folder alone.

use jiff::SignedDuration;
use proptest::{collection::vec, prelude::*};
use yingbi::{units::Tick, wall::history::Event};

use super::hall::{HERTZ, Hall, after, files, instant};
use crate::support::site::Files;

/// Compares every tick from `from` until before `until` that is a multiple of `step` with what was seen.
fn compare(hall: &Hall, from: Tick, until: Tick, step: usize) {
    for tick in (from.0..until.0).step_by(step).map(Tick) {
        assert_eq!(hall.again(tick), hall.seen[&tick], "{} ticks later", tick.0 - from.0);
    }
}

#[test]
fn a_change_that_waits_for_its_boundary_is_painted_again_tick_by_tick() {
    let first = files();
    let mut hall = Hall::start(&first, after(0));
    hall.play(after(0), after(61));
    hall.change(&first.clone().item("乙", "乙改", "5s"), after(61));
    hall.play(after(61), after(80));
    compare(&hall, after(50), after(80), 1);
}

#[test]
fn a_withdrawal_an_alert_and_its_end_are_painted_again() {
    let first = files();
    let alert = "priority = \"alert\"\nzones = \"*\"\n[[play]]\nitem = \"通知/甲\"\ndwell = \"60s\"\n";
    let changes = [
        first.clone().without("items/通知/乙.md"),
        first.clone().with("alert.toml", alert),
        first.clone().item("丙", "丙", "3s"),
        first.clone(),
    ];
    let mut hall = Hall::start(&first, after(0));
    let mut now = after(0);
    for (number, change) in changes.iter().enumerate() {
        let next = after(17 * (number as i64 + 1));
        hall.play(now, next);
        hall.change(change, next);
        now = next;
    }
    hall.play(now, after(90));
    compare(&hall, after(0), after(90), 3);
}

#[test]
fn a_bad_file_played_in_its_last_good_version_is_painted_again_in_that_version() {
    let first = files();
    let mut hall = Hall::start(&first, after(0));
    hall.play(after(0), after(10));
    let bad = first
        .with("items/通知/甲.md", "+++\ntitel = \"坏\"\n+++\n")
        .item("乙", "乙改", "5s");
    hall.change(&bad, after(10));
    hall.play(after(10), after(40));
    compare(&hall, after(0), after(40), 5);
}

#[test]
fn a_change_in_the_dark_comes_in_by_a_cut_at_the_light_and_is_painted_again_so() {
    let first = files();
    let mut hall = Hall::start(&first, after(590));
    hall.play(after(590), after(640));
    hall.change(&first.clone().item("甲", "甲改", "4s"), after(640));
    hall.play(after(640), after(760));
    compare(&hall, after(635), after(760), 1);
}

#[test]
fn a_restart_and_another_cut_of_the_zones_begin_anew() {
    let first = files();
    let mut hall = Hall::start(&first, after(0));
    hall.play(after(0), after(20));
    let taller = super::hall::SITE
        .replace("height = 32", "height = 16")
        .replace("y = 32", "y = 16");
    let other = first.clone().with("site.toml", taller);
    hall.change(&other, after(20));
    hall.play(after(20), after(33));
    hall.boot(&first, after(35));
    hall.play(after(35), after(50));
    compare(&hall, after(0), after(33), 3);
    compare(&hall, after(35), after(50), 3);
}

#[test]
fn a_clock_that_is_set_back_or_forward_is_painted_again_as_it_came() {
    let first = files();
    for (from, to) in [(62, 40), (63, 40), (70, 50), (62, 80), (66, 100)] {
        let mut hall = Hall::start(&first, after(0));
        hall.play(after(0), after(61));
        hall.change(&first.clone().item("甲", "甲改", "4s"), after(61));
        hall.play(after(61), after(from));
        // It steps just before the next tick.
        let (old, new) = (
            instant(after(from)) - SignedDuration::from_millis(1),
            instant(after(to)),
        );
        let event = Event::Clock {
            kind: "stepped".into(),
            from: old,
            to: new,
            by: new.duration_since(old),
        };
        hall.note(after(to), event);
        // What is seen at an instant that comes twice is what is seen the second time.
        hall.play(after(to), after(to + 40));
        compare(&hall, after(0), after(from.min(to)), 11);
        compare(&hall, after(to), after(to + 40), 1);
    }
}

#[test]
fn what_was_left_by_a_clock_that_nobody_could_believe_is_painted_again() {
    let dated = "+++\ntitle = \"丙\"\npublished = 2024-05-01\ndwell = \"3s\"\n+++\n丙正文。\n";
    let all = files().with("items/通知/丙.md", dated);
    let mut hall = Hall::start(&all, after(0));
    hall.play(after(0), after(20));
    hall.believe(Some("2024-01-01T00:00:00Z".parse().unwrap()), after(20));
    hall.play(after(20), after(40));
    hall.believe(None, after(40));
    hall.play(after(40), after(70));
    compare(&hall, after(0), after(70), 3);
    let titles = |tick| {
        let mut replay = super::hall::replay(hall.state.path(), tick);
        let plays = replay.wall().explain("通知/丙", instant(tick)).len();
        (replay.at(tick).wall().edition().floor.is_some(), plays > 0)
    };
    assert_eq!(
        [after(10), after(30), after(60)].map(titles),
        [(false, true), (true, false), (false, true)]
    );
}

#[test]
fn a_wall_that_was_in_force_for_hours_is_painted_without_those_before_it() {
    let first = files();
    let mut hall = Hall::start(&first, after(0));
    hall.play(after(0), after(5));
    hall.change(&first.clone().item("乙", "乙改", "5s"), after(5));
    hall.play(after(5), after(300));
    // What only the first wall had is lost.
    let old = first
        .sources()
        .into_iter()
        .find(|file| file.path.ends_with("乙.md"))
        .unwrap();
    let hex = old.digest.to_string();
    std::fs::remove_file(hall.state.path().join("objects").join(&hex[..2]).join(&hex[2..])).unwrap();
    compare(&hall, after(60), after(300), 7);
    let early = super::hall::replay(hall.state.path(), after(6));
    assert!(!early.is_sure(), "the first wall is still seen then, and it is gone");
}

/// What somebody does to the files, by number.
fn edit(files: &Files, edit: u8) -> Files {
    let files = files.clone();
    let name = ["甲", "乙", "丙"][usize::from(edit) % 3];
    match edit / 3 {
        0 => files.item(name, &format!("{name}改"), "4s"),
        1 => files.item(name, name, "6s"),
        2 => files.item(name, &format!("{name}又改一次"), "2s"),
        3 => files.with(
            "pages.toml",
            ["cut", "fade 1s", "push 0.5s"]
                .map(|effect| format!("[[play]]\ncolumn = \"通知\"\norder = \"path\"\ntransition = \"{effect}\"\n"))
                [usize::from(edit) % 3]
                .clone(),
        ),
        _ => files.with(
            "alert.toml",
            [
                "priority = \"alert\"\n[[play]]\nitem = \"通知/甲\"\n",
                "priority = \"notice\"\n[[play]]\nclock = true\n",
                "priority = \"filler\"\n[[play]]\nclock = true\n",
            ][usize::from(edit) % 3],
        ),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_changed_and_whenever_the_past_is_painted_again_to_the_same_pixels(
        edits in vec((1_i64..40 * HERTZ, 0_u8..15), 1..12),
        begin in prop_oneof![Just(0), Just(560)],
        samples in vec(0.0..1.0_f64, 30),
    ) {
        let mut now = after(begin);
        let mut current = files();
        let mut hall = Hall::start(&current, now);
        for (gap, number) in edits {
            let next = Tick(now.0 + gap);
            hall.play(now, next);
            current = edit(&current, number);
            hall.change(&current, next);
            now = next;
        }
        let end = Tick(now.0 + 20 * HERTZ);
        hall.play(now, end);
        let length = (end.0 - after(begin).0) as f64;
        for sample in samples {
            let tick = Tick(after(begin).0 + (sample * length) as i64);
            prop_assert_eq!(&hall.again(tick), &hall.seen[&tick], "{} ticks later", tick.0 - after(begin).0);
        }
    }
}
