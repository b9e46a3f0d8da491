//! The daemon as a process writes its journal, whatever becomes of the disk and of itself.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use rustix::process::Signal;
use tempfile::TempDir;
use yingbi::{
    folder::journal::{Archive, Damage},
    frame::Frame,
    wall::{
        Library, Projector,
        history::{Event, Record},
    },
};

use super::explain::{explain, stderr, stdout, text, yingbi};
use crate::daemon::{
    process::{Daemon, PATIENCE, READY},
    site,
};

/// The kinds of the records, in their order.
fn kinds(state: &Path) -> Vec<&'static str> {
    let Some(archive) = Archive::read(state).unwrap() else {
        return Vec::new();
    };
    assert_eq!(archive.damage.damaged, 0);
    let kind = |record: &Record| match record.event {
        Event::Started { .. } => "started",
        Event::Programme { .. } => "programme",
        Event::Screen { is_anew: true, .. } => "anew",
        Event::Screen { .. } => "screen",
        Event::Left { .. } => "left",
        Event::Lost { .. } => "lost",
        Event::Ended => "ended",
        // A busy machine may come too late for a frame.
        _ => "other",
    };
    archive
        .records
        .iter()
        .map(kind)
        .filter(|kind| *kind != "other")
        .collect()
}

/// Waits until the journal holds these.
fn wait_for(state: &Path, expected: &[&str]) {
    let deadline = Instant::now() + PATIENCE;
    while kinds(state) != expected {
        assert!(Instant::now() < deadline, "{:?}", kinds(state));
        thread::sleep(Duration::from_millis(20));
    }
}

/// The instants at which programmes took over.
fn taken(state: &Path) -> Vec<Timestamp> {
    let records = Archive::read(state).unwrap().unwrap().records;
    let taken = records
        .iter()
        .filter(|record| matches!(record.event, Event::Screen { .. }));
    taken.map(|record| record.at).collect()
}

#[test]
fn what_ran_is_told_and_drawn_after_every_file_was_changed() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let before = yingbi::folder::scan(folder.path()).unwrap().files;
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    wait_for(state.path(), &["started", "programme", "anew"]);
    // While it runs, the present is told by the journal too.
    let now = explain("en", folder.path(), state.path(), &[]);
    assert!(
        stdout(&now).contains(", by the journal: programme "),
        "{}{}",
        stdout(&now),
        stderr(&now)
    );
    site::write(
        folder.path(),
        "items/notices/a.md",
        "+++\ntitle = \"另一个标题\"\n+++\n另一段正文。\n",
    );
    wait_for(state.path(), &["started", "programme", "anew", "programme", "screen"]);
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
    wait_for(
        state.path(),
        &["started", "programme", "anew", "programme", "screen", "ended"],
    );
    fs::remove_dir_all(folder.path().join("items")).unwrap();
    site::write(folder.path(), "items/notices/c.md", "+++\ntitle = \"丙\"\n+++\n丙。\n");
    site::write(folder.path(), "pages.toml", "[[play]]\nitem = \"notices/c\"\n");

    let [first, second] = taken(state.path())[..] else {
        panic!("two take-overs")
    };
    let at = first + second.duration_since(first) / 2;
    let library = Library::default().accept(&before);
    let wall = library.wall().unwrap().clone();
    let told = explain("en", folder.path(), state.path(), &["--at", &at.to_string()]);
    let expected = format!(", by the journal: programme {}, accepted ", wall.digest().short());
    assert!(stdout(&told).contains(&expected), "{}{}", stdout(&told), stderr(&told));

    let file = state.path().join("wall.png");
    let arguments = [
        "preview",
        text(folder.path()),
        "--state",
        text(state.path()),
        "-o",
        text(&file),
    ];
    let drawn = yingbi("en", &[&arguments[..], &["--at", &at.to_string()]].concat());
    assert_eq!(drawn.status.code(), Some(0), "{}", stderr(&drawn));
    let mut projector = Projector::new(wall, 0);
    let mut frame = Frame::new(projector.size());
    projector.paint(projector.rate().tick_at(at), &mut frame);
    let mut reader = png::Decoder::new(std::io::Cursor::new(fs::read(&file).unwrap()))
        .read_info()
        .unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    assert_eq!(bytes, frame.bytes());
}

// Fault 8, 14.
#[test]
fn a_daemon_that_is_killed_is_told_to_have_been_lost_by_the_next_one() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let first = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    first.says(READY);
    wait_for(state.path(), &["started", "programme", "anew"]);
    first.signal(Signal::KILL);
    first.end();
    let second = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    second.says(READY);
    wait_for(
        state.path(),
        &["started", "programme", "anew", "lost", "started", "programme", "anew"],
    );
    let records = Archive::read(state.path()).unwrap().unwrap().records;
    let lost = records.iter().find_map(|record| match record.event {
        Event::Lost { last } => Some(record.at.duration_since(last)),
        _ => None,
    });
    assert!(lost.unwrap() >= SignedDuration::ZERO);
    second.signal(Signal::TERM);
    assert_eq!(second.end().code(), Some(0));
}

#[test]
fn a_screen_that_is_taken_from_the_site_is_told_to_have_left() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let strip = "\n[[screen]]\nid = \"strip\"\nwidth = 64\nheight = 16\nrate = 10\n[[screen.zone]]\nid = \"main\"\n";
    site::write(folder.path(), "site.toml", &format!("{}{strip}", site::SITE));
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    wait_for(state.path(), &["started", "programme", "anew", "anew"]);
    site::write(folder.path(), "site.toml", site::SITE);
    let deadline = Instant::now() + PATIENCE;
    while !kinds(state.path()).contains(&"left") {
        assert!(Instant::now() < deadline, "{:?}", kinds(state.path()));
        thread::sleep(Duration::from_millis(20));
    }
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

// Fault 21.
#[test]
fn a_file_that_was_spoilt_while_the_daemon_was_away_keeps_its_last_good_version() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let first = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    first.says(READY);
    wait_for(state.path(), &["started", "programme", "anew"]);
    first.signal(Signal::TERM);
    first.end();
    let digest = |state: &Path| Archive::read(state).unwrap().unwrap().current();
    let before = digest(state.path());
    site::write(folder.path(), "site.toml", "title = 3\n");
    site::write(folder.path(), "items/notices/a.md", "+++\ntitel = \"坏\"\n+++\n");
    let second = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    second.says("site.toml:1:9");
    second.says(READY);
    wait_for(
        state.path(),
        &["started", "programme", "anew", "ended", "started", "programme", "anew"],
    );
    assert_eq!(digest(state.path()), before);
    second.signal(Signal::TERM);
    second.end();
    // A file that is gone is gone: only what is there and bad has an older version.
    fs::remove_file(folder.path().join("items/notices/a.md")).unwrap();
    let third = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    third.says(READY);
    third.signal(Signal::TERM);
    third.end();
    assert_ne!(digest(state.path()), before);
    // Another site has no part in it.
    let other = site::folder();
    site::write(other.path(), "site.toml", "title = 3\n");
    let refused = Daemon::start(other.path(), state.path(), "127.0.0.1:0");
    refused.says("cannot be used");
    assert_eq!(refused.end().code(), Some(78));
}

/// A daemon that may write no file longer than so many blocks: its disk is as good as full.
fn on_a_full_disk(site: &Path, state: &Path, blocks: u32) -> Daemon {
    let mut command = Command::new("sh");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" run \"$1\" --state \"$2\" --view 127.0.0.1:0");
    command
        .arg("-c")
        .arg(script)
        .arg(env!("CARGO_BIN_EXE_yingbi"))
        .arg(site)
        .arg(state);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    Daemon::spawn(&mut command)
}

// Fault 17.
#[test]
fn a_full_disk_is_one_problem_and_the_wall_goes_on() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let daemon = on_a_full_disk(folder.path(), state.path(), 0);
    daemon.says(READY);
    daemon.says("what happens cannot be recorded: ");
    for text in ["+++\ntitle = \"二\"\n+++\n二。\n", "+++\ntitle = \"三\"\n+++\n三。\n"] {
        site::write(folder.path(), "items/notices/a.md", text);
        daemon.says("the site changed");
    }
    daemon.signal(Signal::TERM);
    let mut rest = Vec::new();
    while let Ok(line) = daemon.lines.recv_timeout(PATIENCE) {
        rest.push(line);
    }
    assert!(
        !rest.iter().any(|line| line.contains("what happens cannot be recorded")),
        "{rest:#?}"
    );
    assert_eq!(daemon.end().code(), Some(0));
    assert_eq!(kinds(state.path()), Vec::<&str>::new());
}

// Fault 14, 17.
#[test]
fn a_disk_that_fills_up_leaves_whole_lines_only() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let daemon = on_a_full_disk(folder.path(), state.path(), 1);
    daemon.says(READY);
    daemon.says("what happens cannot be recorded: ");
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
    let archive = Archive::read(state.path()).unwrap().unwrap();
    assert_eq!(archive.damage, Damage::default());
    // On a disk with room again the next daemon goes on there.
    let next = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    next.says(READY);
    let deadline = Instant::now() + PATIENCE;
    while !kinds(state.path()).ends_with(&["started", "programme", "anew"]) {
        assert!(Instant::now() < deadline, "{:?}", kinds(state.path()));
        thread::sleep(Duration::from_millis(20));
    }
    next.signal(Signal::TERM);
    assert_eq!(next.end().code(), Some(0));
}
