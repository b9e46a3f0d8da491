//! The journal and its objects stay within their bounds, and what is left still answers.

use std::{collections::BTreeSet, fs, path::Path};

use jiff::{SignedDuration, Timestamp, ToSpan as _};
use tempfile::TempDir;
use yingbi::{
    folder::journal::{Archive, Bounds, Journal},
    units::{Digest, Rate},
    wall::{
        Edition, Manifest, SourceFile,
        history::{Event, Record, Then},
    },
};

use crate::support::site::Files;

fn day(number: i64) -> Timestamp {
    let first: Timestamp = "2024-01-01T02:00:00Z".parse().unwrap();
    first + SignedDuration::from_hours(24 * number)
}

fn programme(number: i64) -> Vec<SourceFile> {
    let text = format!("+++\ntitle = \"第{number}天\"\n+++\n{number}\n");
    Files::plain().with("items/通知/甲.md", text).library().kept()
}

fn digest(number: i64) -> Digest {
    Manifest::of(&programme(number)).digest()
}

/// Notes that the programme of that number took over on that day.
fn play(journal: &mut Journal, number: i64, at: Timestamp) {
    let rate = Rate::new(50).unwrap();
    journal.accept(at, programme(number));
    let event = Event::Screen {
        screen: "lobby".into(),
        edition: Edition {
            programme: digest(number),
            floor: None,
        },
        tick: rate.tick_at(at),
        rate,
        is_anew: false,
    };
    journal.add(&Record { at, event });
}

/// A journal of a daemon that has run since day 0, with another programme every `step` days up to before `days`.
fn ran(folder: &Path, bounds: Bounds, days: i64, step: usize) -> Journal {
    let mut journal = Journal::new(folder, bounds);
    journal.start(day(0), "/site", 7);
    for number in (0..days).step_by(step) {
        play(&mut journal, number, day(number));
        journal.sync(day(number)).unwrap();
    }
    journal.beat(day(days)).unwrap();
    journal
}

/// Which programme the archive says was on the wall, by number; what it says else.
fn told(folder: &Path, at: Timestamp, days: i64) -> String {
    let archive = Archive::read(folder).unwrap().unwrap();
    let history = archive.history(at);
    match history.at(at) {
        Then::Running(stand) => {
            let digest = stand.last("lobby").unwrap().edition.programme;
            let number = (0..days).find(|number| self::digest(*number) == digest).unwrap();
            let files = archive.files(digest).map(|files| files == programme(number));
            format!("{number}{}", if files == Ok(true) { "" } else { " without its files" })
        }
        Then::Down { .. } => "down".into(),
        Then::Unknown => "unknown".into(),
    }
}

fn objects(folder: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder.join("objects")).unwrap() {
        for file in fs::read_dir(entry.unwrap().path()).unwrap() {
            names.insert(file.unwrap().file_name().to_string_lossy().into_owned());
        }
    }
    names
}

#[test]
fn what_is_older_than_its_age_goes_and_the_first_day_that_is_kept_is_still_answered() {
    let folder = TempDir::new().unwrap();
    let bounds = Bounds {
        age: SignedDuration::from_hours(24 * 20),
        ..Bounds::default()
    };
    let mut journal = ran(folder.path(), bounds, 40, 1);
    let before = objects(folder.path());
    journal.compact(day(40)).unwrap();
    assert_eq!(told(folder.path(), day(19), 40), "unknown");
    let hours = |number: i64, hours| day(number) + SignedDuration::from_hours(hours);
    assert_eq!(told(folder.path(), hours(20, 0), 40), "20");
    assert_eq!(told(folder.path(), hours(20, 23), 40), "20");
    assert_eq!(told(folder.path(), hours(39, 0), 40), "39");
    // What takes over soon after another one is painted with it, so the last of what went stays with its files; the first goes.
    let after = objects(folder.path());
    let list = |number| format!("{}.json", &digest(number).to_string()[2..]);
    assert!(before.contains(&list(0)) && !after.contains(&list(0)));
    assert!(after.contains(&list(19)) && after.is_subset(&before));
    // It goes on where it was.
    play(&mut journal, 40, day(40));
    journal.sync(day(40)).unwrap();
    assert_eq!(told(folder.path(), day(40), 41), "40");
    let archive = Archive::read(folder.path()).unwrap().unwrap();
    assert_eq!(archive.damage, yingbi::folder::journal::Damage::default());
}

#[test]
fn compacting_again_and_again_keeps_the_answers() {
    let folder = TempDir::new().unwrap();
    let bounds = Bounds {
        age: SignedDuration::from_hours(24 * 10),
        ..Bounds::default()
    };
    let mut journal = ran(folder.path(), bounds, 3, 1);
    for number in 3..60 {
        if number % 7 == 0 {
            play(&mut journal, number, day(number));
        }
        let now = day(number);
        journal.sync(now).unwrap();
        journal.beat(now).unwrap();
        journal.compact(now).unwrap();
        let last = if number < 7 { 2 } else { number / 7 * 7 };
        assert_eq!(told(folder.path(), now, 60), last.to_string(), "on day {number}");
    }
    let length = fs::metadata(folder.path().join("journal.jsonl")).unwrap().len();
    assert!(length < 20_000, "{length} bytes");
}

// Fault 51.
#[test]
fn a_journal_that_is_too_long_loses_its_beginning() {
    let folder = TempDir::new().unwrap();
    let bounds = Bounds {
        journal: 40_000,
        ..Bounds::default()
    };
    let mut journal = ran(folder.path(), bounds, 150, 1);
    assert!(journal.is_too_long());
    journal.compact(day(150)).unwrap();
    assert!(!journal.is_too_long());
    let length = fs::metadata(folder.path().join("journal.jsonl")).unwrap().len();
    assert!((25_000..40_000).contains(&length), "{length} bytes");
    assert_eq!(told(folder.path(), day(0), 150), "unknown");
    assert_eq!(told(folder.path(), day(149), 150), "149");
}

// Fault 51.
#[test]
fn objects_that_take_too_much_room_go_the_oldest_first_and_the_record_of_them_stays() {
    let folder = TempDir::new().unwrap();
    let size: u64 = programme(0)
        .iter()
        .map(|file| file.bytes.as_ref().unwrap().len() as u64)
        .sum();
    let bounds = Bounds {
        objects: 4 * size,
        ..Bounds::default()
    };
    let mut journal = ran(folder.path(), bounds, 12, 1);
    journal.compact(day(12)).unwrap();
    assert_eq!(told(folder.path(), day(11), 12), "11");
    assert_eq!(told(folder.path(), day(2), 12), "2 without its files");
}

#[test]
fn a_programme_larger_than_its_bound_is_kept_while_it_is_in_force() {
    let folder = TempDir::new().unwrap();
    let bounds = Bounds {
        objects: 1,
        ..Bounds::default()
    };
    let mut journal = ran(folder.path(), bounds, 3, 1);
    journal.compact(day(3)).unwrap();
    assert_eq!(told(folder.path(), day(2), 3), "2");
    assert_eq!(told(folder.path(), day(1), 3), "1 without its files");
}

#[test]
fn a_clock_that_shows_a_wrong_year_costs_at_most_a_month() {
    let folder = TempDir::new().unwrap();
    let mut journal = ran(folder.path(), Bounds::default(), 100, 5);
    let wrong: Timestamp = "2099-01-01T00:00:00Z".parse().unwrap();
    journal.compact(wrong).unwrap();
    assert_eq!(told(folder.path(), day(30), 100), "unknown");
    for number in [35, 60, 95] {
        assert_eq!(told(folder.path(), day(number), 100), number.to_string());
    }
}

// Fault 15.
#[test]
fn what_a_power_cut_leaves_of_a_compaction_is_the_old_journal() {
    let folder = TempDir::new().unwrap();
    drop(ran(folder.path(), Bounds::default(), 5, 1));
    fs::write(folder.path().join("journal.jsonl.new"), "half").unwrap();
    let hex = digest(1).to_string();
    let left = folder.path().join("objects").join(&hex[..2]).join("abc.new");
    fs::write(&left, "half").unwrap();
    assert_eq!(told(folder.path(), day(3), 5), "3");
    let mut journal = Journal::new(folder.path(), Bounds::default());
    journal.compact(day(5)).unwrap();
    assert_eq!(told(folder.path(), day(3), 5), "3");
    assert!(!left.exists(), "what was never finished goes");
}

// Fault 81.
#[test]
fn what_a_newer_program_wrote_outlives_a_compaction() {
    let folder = TempDir::new().unwrap();
    let bounds = Bounds {
        age: SignedDuration::from_hours(24 * 20),
        ..Bounds::default()
    };
    let mut journal = ran(folder.path(), bounds, 40, 1);
    let body = format!(r#"{{"v":2,"at":"{}","what":"dream""#, day(41));
    let sum = Digest::of(body.as_bytes()).to_string();
    let line = format!("{body},\"sum\":\"{}\"}}\n", &sum[..8]);
    let path = folder.path().join("journal.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text + &line).unwrap();
    journal.compact(day(40).saturating_add(1.hour()).unwrap()).unwrap();
    assert!(fs::read_to_string(&path).unwrap().ends_with(&line));
}
