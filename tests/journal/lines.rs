//! The lines of the journal: what a power cut, a failing disk or a newer program leaves is never taken for what happened.

use std::{fs, path::Path};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use yingbi::{
    folder::journal::{Archive, Bounds, Damage, Journal},
    panel::Pattern,
    units::{Digest, Level, Rate, Tick},
    wall::{
        Edition, PanelTest, Stopped,
        history::{Event, Held, Holding, Maker, Record},
    },
};

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// One record of each kind.
fn every_kind() -> Vec<Record> {
    let maker = Maker {
        version: "0.1.0".into(),
        tz: "2026a".into(),
    };
    let screen = || "大厅\"屏\"\n".into();
    let held = |why| Held {
        since: time("2024-05-15T02:00:00.1Z"),
        until: time("2024-05-15T02:00:09.9Z"),
        frames: u64::MAX,
        why,
    };
    let events = [
        Event::Begins,
        Event::Started {
            maker: maker.clone(),
            site: "/srv/站点".into(),
            pid: 7,
        },
        Event::Programme {
            digest: Digest::of(b"a"),
            maker,
        },
        Event::Screen {
            screen: screen(),
            edition: Edition {
                programme: Digest::of(b"a"),
                floor: Some(time("2024-01-01T00:00:00Z")),
            },
            tick: Tick(85_786_920_003),
            rate: Rate::new(50).unwrap(),
            is_anew: true,
        },
        Event::Left { screen: screen() },
        Event::Held(screen(), held(Holding::Painting)),
        Event::Held(screen(), held(Holding::Late)),
        Event::Held(screen(), held(Holding::Clip)),
        Event::Stop(Stopped {
            since: time("2024-05-15T02:00:00Z"),
            by: "停播.txt".into(),
            reason: None,
        }),
        Event::Stop(Stopped {
            since: time("2024-05-14T09:41:00.25Z"),
            by: "yingbi stop".into(),
            reason: Some("屏上有错字".into()),
        }),
        Event::Resume { by: "值班室".into() },
        Event::Test {
            screen: screen(),
            test: PanelTest {
                since: time("2024-05-15T02:00:00.02Z"),
                until: time("2024-05-15T02:10:00.02Z"),
                by: "yingbi panel test".into(),
                output: None,
                patterns: Pattern::ALL.into(),
                level: None,
            },
        },
        Event::Test {
            screen: screen(),
            test: PanelTest {
                since: time("2024-05-15T02:00:00.02Z"),
                until: time("2024-05-15T02:03:00Z"),
                by: "值班室".into(),
                output: Some(1),
                patterns: [Pattern::Corners].into(),
                level: Level::new(30),
            },
        },
        Event::Clock {
            kind: "stepped".into(),
            from: time("2024-05-15T02:00:00Z"),
            to: time("2024-05-15T01:59:00.5Z"),
            by: SignedDuration::from_millis(-59_500),
        },
        Event::Lost {
            last: time("2024-05-15T02:00:00Z"),
        },
        Event::Dropped { count: 3 },
        Event::Ended,
    ];
    let at = |second: usize| time("2024-05-15T02:00:00.000000001Z") + SignedDuration::from_secs(second as i64);
    let records = events.into_iter().enumerate();
    records
        .map(|(second, event)| Record { at: at(second), event })
        .collect()
}

/// A state folder with a journal of `records`.
fn written(records: &[Record]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let mut journal = Journal::new(folder.path(), Bounds::default());
    records.iter().for_each(|record| journal.add(record));
    journal.sync(time("2024-05-16T00:00:00Z")).unwrap();
    folder
}

fn bytes(folder: &Path) -> Vec<u8> {
    fs::read(folder.join("journal.jsonl")).unwrap()
}

fn put(folder: &Path, bytes: &[u8]) {
    fs::write(folder.join("journal.jsonl"), bytes).unwrap();
}

fn read(folder: &Path) -> Archive {
    Archive::read(folder).unwrap().unwrap()
}

#[test]
fn every_kind_of_record_comes_back_as_it_was() {
    let records = every_kind();
    let archive = read(written(&records).path());
    assert_eq!(archive.records, records);
    assert_eq!(archive.damage, Damage::default());
}

#[test]
fn a_line_is_one_json_object_with_the_documented_fields() {
    let folder = written(&every_kind());
    let text = String::from_utf8(bytes(folder.path())).unwrap();
    let line: serde_json::Value = serde_json::from_str(text.lines().nth(3).unwrap()).unwrap();
    let sum = &line["sum"];
    let expected = serde_json::json!({
        "v": 1, "at": "2024-05-15T02:00:03.000000001Z", "what": "screen", "screen": "大厅\"屏\"\n",
        "digest": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
        "floor": "2024-01-01T00:00:00Z", "tick": 85_786_920_003_i64, "rate": 50, "anew": true, "sum": sum,
    });
    assert_eq!(line, expected);
    let (body, _) = text.lines().nth(3).unwrap().rsplit_once(",\"sum\"").unwrap();
    assert_eq!(*sum, Digest::of(body.as_bytes()).to_string()[..8]);
    // Every field that a table names is written, and no other.
    let architecture = include_str!("../../ARCHITECTURE.md");
    for line in text.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let what = line["what"].as_str().unwrap();
        let row = architecture
            .lines()
            .find(|row| row.starts_with(&format!("| `{what}` |")));
        let row = row.unwrap_or_else(|| panic!("ARCHITECTURE.md has no row for {what}"));
        for field in line.as_object().unwrap().keys() {
            let is_common = ["v", "at", "what", "sum"].contains(&&**field);
            assert!(is_common || row.contains(&format!("`{field}`")), "{what} has {field}");
        }
    }
}

// Fault 14, 15.
#[test]
fn a_journal_cut_off_anywhere_still_tells_every_whole_line() {
    let records = every_kind();
    let folder = written(&records);
    let whole = bytes(folder.path());
    let ends: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] == b'\n').collect();
    for cut in 0..=whole.len() {
        put(folder.path(), &whole[..cut]);
        let archive = read(folder.path());
        // A line without its line break is whole all the same.
        let expected = ends.iter().filter(|end| **end <= cut).count();
        assert_eq!(archive.records, records[..expected], "cut at {cut}");
        let is_between = cut == 0 || ends.contains(&cut) || ends.contains(&(cut - 1));
        let torn = Damage {
            is_torn: !is_between,
            ..Damage::default()
        };
        assert_eq!(archive.damage, torn, "cut at {cut}");
    }
}

// Fault 14, 15.
#[test]
fn writing_goes_on_after_a_cut_anywhere() {
    let records = every_kind();
    let folder = written(&records);
    let whole = bytes(folder.path());
    let ends: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] == b'\n').collect();
    let last = &records[0];
    for cut in (0..=whole.len())
        .step_by(7)
        .chain(ends.iter().map(|end| end + 1))
        .chain(ends.iter().copied())
    {
        put(folder.path(), &whole[..cut]);
        let mut journal = Journal::new(folder.path(), Bounds::default());
        journal.add(last);
        journal.sync(last.at).unwrap();
        let archive = read(folder.path());
        let kept = ends.iter().filter(|end| **end <= cut).count();
        let expected: Vec<Record> = records[..kept].iter().chain([last]).cloned().collect();
        assert_eq!(archive.records, expected, "cut at {cut}");
        assert_eq!(archive.damage, Damage::default(), "cut at {cut}");
    }
}

// Fault 19, 52.
#[test]
fn a_flipped_bit_anywhere_costs_at_most_the_lines_that_it_touches() {
    let records = every_kind();
    let folder = written(&records);
    let whole = bytes(folder.path());
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        put(folder.path(), &flipped);
        let archive = read(folder.path());
        let line = whole[..at].iter().filter(|byte| **byte == b'\n').count();
        // A line break that is lost joins two lines, and a new one makes two of one.
        let lost = if whole[at] == b'\n' {
            line..(line + 2).min(records.len())
        } else {
            line..line + 1
        };
        let before = &records[..lost.start];
        let after = &records[lost.end..];
        let is_last_break = at == whole.len() - 1;
        let told = &archive.records;
        if is_last_break {
            assert_eq!(told[..], records[..records.len() - 1]);
        } else {
            assert_eq!(told[..], [before, after].concat(), "flipped at {at}");
        }
        assert!(
            archive.damage.damaged + usize::from(archive.damage.is_torn) > 0,
            "flipped at {at}"
        );
    }
}

/// A line with the seal that every version's lines have.
fn sealed(body: &str) -> String {
    let sum = &Digest::of(body.as_bytes()).to_string()[..8];
    format!("{body},\"sum\":\"{sum}\"}}\n")
}

// Fault 81.
#[test]
fn what_a_newer_program_wrote_is_left_out_and_counted_and_stays() {
    let records = every_kind();
    let folder = written(&records[..2]);
    let newer = [
        sealed(r#"{"v":2,"at":"2024-05-15T02:00:02Z","what":"ended""#),
        sealed(r#"{"v":1,"at":"2024-05-15T02:00:03Z","what":"dream","of":"sheep""#),
    ];
    let before = bytes(folder.path());
    put(folder.path(), &[&before[..], newer.concat().as_bytes()].concat());
    let mut journal = Journal::new(folder.path(), Bounds::default());
    journal.add(&records[2]);
    journal.sync(records[2].at).unwrap();
    let archive = read(folder.path());
    assert_eq!(archive.records, records[..3]);
    let expected = Damage {
        newer: 2,
        ..Damage::default()
    };
    assert_eq!(archive.damage, expected);
}

#[test]
fn no_journal_is_none_and_something_else_in_its_place_is_a_fault() {
    let folder = TempDir::new().unwrap();
    assert!(Archive::read(folder.path()).unwrap().is_none());
    fs::create_dir(folder.path().join("journal.jsonl")).unwrap();
    let fault = Archive::read(folder.path()).unwrap_err();
    let path = folder.path().join("journal.jsonl");
    assert_eq!(
        fault.to_string(),
        format!(
            "the record of what happened cannot be read: {}: not a file",
            path.display()
        )
    );
}

// Fault 17.
#[test]
fn what_cannot_be_written_waits_and_is_written_once_it_can_be() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal.jsonl");
    fs::create_dir(&path).unwrap();
    let records = every_kind();
    let mut journal = Journal::new(folder.path(), Bounds::default());
    for record in &records[..3] {
        journal.add(record);
        let fault = journal.sync(record.at).unwrap_err();
        assert_eq!(
            fault.to_string(),
            format!("what happens cannot be recorded: {}: not a file", path.display())
        );
    }
    fs::remove_dir(&path).unwrap();
    journal.sync(records[3].at).unwrap();
    assert_eq!(read(folder.path()).records, records[..3]);
}

// Fault 51.
#[test]
fn what_waits_is_bounded_and_the_rest_is_counted() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("journal.jsonl");
    fs::create_dir(&path).unwrap();
    let record = &every_kind()[4];
    let mut journal = Journal::new(folder.path(), Bounds::default());
    for _ in 0..1_007 {
        journal.add(record);
    }
    journal.add_dropped(5);
    assert!(journal.sync(record.at).is_err());
    fs::remove_dir(&path).unwrap();
    journal.sync(record.at).unwrap();
    let records = read(folder.path()).records;
    assert_eq!(records.len(), 1_001);
    assert_eq!(records[1_000].event, Event::Dropped { count: 12 });
    journal.sync(record.at).unwrap();
    assert_eq!(read(folder.path()).records.len(), 1_001, "it is told once");
}

// Fault 8.
#[test]
fn a_daemon_that_ended_without_a_word_is_told_by_the_next_one() {
    let folder = TempDir::new().unwrap();
    let start = |now: &str| {
        let mut journal = Journal::new(folder.path(), Bounds::default());
        journal.start(time(now), "/site", 7);
        journal.sync(time(now)).unwrap();
        journal
    };
    start("2024-05-15T02:00:00Z")
        .beat(time("2024-05-15T03:07:00Z"))
        .unwrap();
    let mut second = start("2024-05-15T04:00:00Z");
    second.beat(time("2024-05-15T05:00:00Z")).unwrap();
    let event = Event::Ended;
    second.add(&Record {
        at: time("2024-05-15T05:00:30Z"),
        event,
    });
    second.sync(time("2024-05-15T05:00:30Z")).unwrap();
    start("2024-05-15T06:00:00Z");
    let records = read(folder.path()).records;
    let lost: Vec<&Record> = records
        .iter()
        .filter(|record| matches!(record.event, Event::Lost { .. }))
        .collect();
    let last = time("2024-05-15T03:07:00Z");
    assert_eq!(
        lost,
        [&Record {
            at: time("2024-05-15T04:00:00Z"),
            event: Event::Lost { last }
        }]
    );
}
