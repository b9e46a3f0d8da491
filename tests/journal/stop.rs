//! A stop of the past: told, and painted again to the same pixels.

use proptest::{collection::vec, prelude::*};
use yingbi::{
    folder::journal::Archive,
    units::Tick,
    wall::{
        Stopped,
        history::{Event, Record, Then, base},
    },
};

use super::{
    explain::{explain, folder, stderr, stdout, text, yingbi},
    hall::{HERTZ, Hall, after, files, instant},
};

fn stopped(tick: Tick) -> Stopped {
    Stopped {
        since: instant(tick),
        by: "停播.txt".into(),
        reason: None,
    }
}

fn compare(hall: &Hall, from: Tick, until: Tick) {
    for tick in (from.0..until.0).map(Tick) {
        assert_eq!(hall.again(tick), hall.seen[&tick], "{} ticks later", tick.0 - from.0);
    }
}

#[test]
fn a_stop_a_change_under_it_and_the_way_back_are_painted_again_tick_by_tick() {
    let first = files();
    let mut hall = Hall::start(&first, after(0));
    hall.play(after(0), after(7));
    hall.halt(Some(stopped(after(7))), after(7));
    hall.play(after(7), after(10));
    let safe = hall.seen[&after(8)].clone();
    assert_ne!(safe, hall.seen[&after(6)]);
    hall.change(&first.clone().item("丙", "丙", "3s"), after(10));
    hall.play(after(10), after(15));
    assert!(
        (7..15).all(|second| hall.seen[&after(second)] == safe),
        "changes are not shown"
    );
    hall.halt(None, after(15));
    hall.play(after(15), after(40));
    compare(&hall, after(0), after(40));
}

#[test]
fn a_daemon_that_starts_stopped_is_painted_again_and_knows_since_when() {
    let mut hall = Hall::start(&files(), after(0));
    hall.play(after(0), after(5));
    hall.halt(Some(stopped(after(5))), after(5));
    hall.play(after(5), after(9));
    hall.note(after(9), Event::Ended);
    hall.boot(&files(), after(20));
    hall.halt(Some(stopped(after(5))), after(20));
    hall.play(after(20), after(25));
    compare(&hall, after(20), after(25));
    let archive = Archive::read(hall.state.path()).unwrap().unwrap();
    let history = archive.history(instant(after(25)));
    let Then::Running(stand) = history.at(instant(after(22))) else {
        panic!("it was running");
    };
    assert_eq!(stand.stopped(), Some(stopped(after(5))));
}

#[test]
fn a_stop_in_force_outlives_the_records_that_are_let_go() {
    let record = |second, event| Record {
        at: instant(after(second)),
        event,
    };
    let start = Event::Started {
        maker: yingbi::wall::history::Maker::this(),
        site: "/site".into(),
        pid: 1,
    };
    let stop = || Event::Stop(stopped(after(3)));
    let resume = || Event::Resume { by: "值班室".into() };
    let begin = [record(0, start), record(3, stop())];
    assert_eq!(base(&begin), begin);
    let over = [&begin[..], &[record(4, resume())]].concat();
    assert_eq!(base(&over), begin[..1]);
    let again = [&over[..], &[record(6, stop())]].concat();
    assert_eq!(base(&again), [begin[0].clone(), record(6, stop())]);
}

#[test]
fn explain_says_of_a_stop_since_when_and_by_whom() {
    let first = files();
    let site = folder(&first);
    let canonical = site.path().canonicalize().unwrap();
    let mut hall = Hall::of(text(&canonical), &first, after(0));
    hall.play(after(0), after(7));
    hall.halt(Some(stopped(after(7))), after(7));
    hall.play(after(7), after(20));
    hall.note(after(20), Event::Ended);
    let at = instant(after(12)).to_string();
    let told = stdout(&explain("zh", site.path(), hall.state.path(), &["--at", &at]));
    assert!(
        told.contains("已停播（自 2024-05-15 10:00:07，由“停播.txt”）"),
        "{told}"
    );
    assert!(told.contains("安全页：示例省国资委"), "{told}");
    let told = stdout(&explain(
        "en",
        site.path(),
        hall.state.path(),
        &["--at", &at, "--item", "通知/甲"],
    ));
    assert!(
        told.contains("note: stopped (since 2024-05-15 10:00:07, by \"停播.txt\")"),
        "{told}"
    );
    let told = stdout(&explain("en", site.path(), hall.state.path(), &["--at", &at, "--json"]));
    let line: serde_json::Value = serde_json::from_str(told.lines().next().unwrap()).unwrap();
    assert_eq!(line["stopped_since"], "2024-05-15T10:00:07+08:00");
    assert_eq!(line["stopped_by"], "停播.txt");
    let drawn = |second: i64| {
        let file = hall.state.path().join("wall.png");
        let at = instant(after(second)).to_string();
        let arguments = [
            "preview",
            text(site.path()),
            "--state",
            text(hall.state.path()),
            "-o",
            text(&file),
            "--at",
            &at,
        ];
        let output = yingbi("en", &arguments);
        let said = stderr(&output);
        assert!(output.status.success(), "{said}");
        (std::fs::read(&file).unwrap(), said)
    };
    let ((safe, said), (later, _), (lit, _)) = (drawn(12), drawn(15), drawn(6));
    assert!(safe == later && safe != lit);
    assert!(
        said.contains("by \"停播.txt\"): the safe page is on the wall"),
        "{said}"
    );
    let before = instant(after(6)).to_string();
    let told = stdout(&explain("zh", site.path(), hall.state.path(), &["--at", &before]));
    assert!(!told.contains("停播"), "{told}");
}

#[derive(Clone, Debug)]
enum Turn {
    Stop,
    Resume,
    Change(bool),
    Restart,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_between_stops_is_painted_again(
        turns in vec((5..80_i64, prop_oneof![
            Just(Turn::Stop), Just(Turn::Resume), any::<bool>().prop_map(Turn::Change), Just(Turn::Restart),
        ]), 1..8),
    ) {
        let (first, second) = (files(), files().item("乙", "乙改", "5s"));
        let mut current = first.clone();
        let mut hall = Hall::start(&first, after(0));
        let (mut now, mut stop) = (after(0), None);
        for (ticks, turn) in turns {
            let next = Tick(now.0 + ticks);
            hall.play(now, next);
            now = next;
            match turn {
                Turn::Stop if stop.is_none() => {
                    stop = Some(stopped(now));
                    hall.halt(stop.clone(), now);
                }
                Turn::Resume if stop.take().is_some() => hall.halt(None, now),
                Turn::Stop | Turn::Resume => {}
                Turn::Change(is_second) => {
                    current = if is_second { second.clone() } else { first.clone() };
                    hall.change(&current, now);
                }
                Turn::Restart => {
                    hall.boot(&current, now);
                    if let Some(stopped) = stop.clone() {
                        hall.halt(Some(stopped), now);
                    }
                }
            }
        }
        let end = Tick(now.0 + 3 * HERTZ);
        hall.play(now, end);
        for tick in (after(0).0..end.0).step_by(3).map(Tick) {
            prop_assert_eq!(hall.again(tick), hall.seen[&tick].clone());
        }
    }
}
