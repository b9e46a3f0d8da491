//! Signals at any moment, a process that is stopped, more events than the system keeps, and many daemons at once.

use std::{
    collections::BTreeSet,
    fs,
    net::UdpSocket,
    os::unix::process::ExitStatusExt as _,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use rustix::process::Signal;
use tempfile::TempDir;
use yingbi::{
    folder::journal::{Archive, Damage, last_good},
    frame::Frame,
    units::{Rate, Tick},
    wall::Projector,
};

use super::{
    process::{Daemon, PATIENCE, READY, controller_of, refused},
    site,
};
use crate::support::dice::Dice;

/// How often a daemon is told to end in the middle of things; `STORM_ROUNDS` asks for more.
fn rounds() -> u64 {
    std::env::var("STORM_ROUNDS").map_or(8, |rounds| rounds.parse().unwrap())
}

// Fault 82.
#[test]
fn a_daemon_that_is_told_to_end_at_any_moment_and_again_ends_and_leaves_a_whole_journal() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let mut dice = Dice(82);
    for round in 0..rounds() {
        let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
        // Half of them while it still starts.
        let is_ready = round % 2 == 0;
        if is_ready {
            daemon.says(READY);
            let text = format!("+++\ntitle = \"第{round}号\"\n+++\n第{round}号正文。\n");
            site::write(folder.path(), "items/notices/a.md", &text);
        }
        thread::sleep(Duration::from_millis(dice.below(300)));
        let signals = 1 + dice.below(4);
        for _ in 0..signals {
            daemon.signal([Signal::TERM, Signal::INT][dice.below(2) as usize]);
            thread::sleep(Duration::from_millis(dice.below(20)));
        }
        let status = daemon.end();
        // Before it listens for signals one ends it like any process; a second one ends it at once.
        let is_clean = status.code() == Some(0);
        let is_at_once = matches!(status.code(), Some(130 | 143)) && signals > 1;
        let is_before = !is_ready && matches!(status.signal(), Some(2 | 15));
        assert!(
            is_clean || is_at_once || is_before,
            "{status} in round {round} after {signals}"
        );
    }
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
    let archive = Archive::read(state.path()).unwrap().unwrap();
    assert_eq!(archive.damage, Damage::default());
    assert!(!last_good(state.path(), folder.path()).is_empty());
}

const RATE: i64 = 25;

/// The tick of the site's one screen at this instant.
fn present() -> Tick {
    Rate::new(RATE as u16).unwrap().tick_at(Timestamp::now())
}

/// The next whole picture that comes to the controller.
fn picture(controller: &UdpSocket, length: usize) -> Vec<u8> {
    let mut picture = vec![0; length];
    loop {
        let mut packet = [0; 1500];
        let read = controller.recv(&mut packet).unwrap();
        let offset = u32::from_be_bytes(packet[4..8].try_into().unwrap()) as usize;
        picture[offset..offset + read - 10].copy_from_slice(&packet[10..read]);
        // The last packet of a frame asks for it to be shown.
        if packet[0] & 1 == 1 {
            return picture;
        }
    }
}

/// Takes away whatever has come.
fn drain(controller: &UdpSocket) {
    controller.set_nonblocking(true).unwrap();
    while controller.recv(&mut [0; 1500]).is_ok() {}
    controller.set_nonblocking(false).unwrap();
}

/// Whether every thread of the process is stopped.
fn is_stopped(daemon: &Daemon) -> bool {
    let mut threads = fs::read_dir(format!("/proc/{}/task", daemon.child.id())).unwrap();
    threads.all(|thread| {
        let stat = fs::read_to_string(thread.unwrap().path().join("stat")).unwrap_or_default();
        stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('T'))
    })
}

fn stop(daemon: &Daemon) {
    daemon.signal(Signal::STOP);
    let deadline = Instant::now() + PATIENCE;
    while !is_stopped(daemon) {
        assert!(Instant::now() < deadline, "it does not stop");
        thread::sleep(Duration::from_millis(5));
    }
}

// Fault 84.
#[test]
fn of_a_process_that_was_stopped_for_five_seconds_the_frames_in_between_never_come() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    // A ticker alone, so that every tick has a picture of its own.
    site::write(
        folder.path(),
        "pages.toml",
        "[[play]]\nitem = \"notices/a\"\ndwell = \"10m\"\n",
    );
    let controller = controller_of(folder.path());
    let mut projector = Projector::new(site::wall(folder.path()), 0);
    let mut frame = Frame::new(projector.size());
    let length = frame.bytes().len();
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    for _ in 0..25 {
        picture(&controller, length);
    }
    stop(&daemon);
    let stopped = present();
    drain(&controller);
    thread::sleep(Duration::from_secs(5));
    let resumed = present();
    daemon.signal(Signal::CONT);
    let mut paint = |tick: i64| {
        projector.paint(Tick(tick), &mut frame);
        frame.bytes().to_vec()
    };
    let missed: BTreeSet<Vec<u8>> = (stopped.0 + 1..resumed.0).map(&mut paint).collect();
    assert!(missed.len() > 100, "{} pictures are not enough to tell", missed.len());
    let seen: Vec<Vec<u8>> = (0..20).map(|_| picture(&controller, length)).collect();
    let last = present();
    let timely: BTreeSet<Vec<u8>> = (resumed.0..=last.0).map(&mut paint).collect();
    // One frame may have been on its way when it was stopped.
    let late = seen.iter().filter(|seen| !timely.contains(*seen)).count();
    assert!(late <= 1, "{late} of {} frames are of another time", seen.len());
    let bunched = seen
        .iter()
        .filter(|seen| missed.contains(*seen) && !timely.contains(*seen));
    assert!(bunched.count() <= 1);
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

/// How many events the system keeps for one who does not read them.
fn kept_events() -> usize {
    let kept = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events");
    kept.ok().and_then(|kept| kept.trim().parse().ok()).unwrap_or(16_384)
}

// Fault 53.
#[test]
fn a_daemon_whose_queue_of_events_ran_over_says_so_and_takes_in_what_is_there() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    stop(&daemon);
    // Each makes an event to create, one to close and one to remove.
    let passing = folder.path().join("items/notices/~$a.tmp");
    for _ in 0..kept_events() / 2 {
        fs::write(&passing, "").unwrap();
        fs::remove_file(&passing).unwrap();
    }
    let text = "+++\ntitle = \"最后\"\n+++\n最后写的。\n";
    site::write(folder.path(), "items/notices/a.md", text);
    daemon.signal(Signal::CONT);
    daemon.says("more changed in the folder than the system keeps");
    daemon.says("the site changed");
    is_kept(state.path(), folder.path(), text);
    // And it goes on hearing.
    let text = "+++\ntitle = \"后来\"\n+++\n后来写的。\n";
    site::write(folder.path(), "items/notices/a.md", text);
    daemon.says("the site changed");
    is_kept(state.path(), folder.path(), text);
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

/// Waits until that text is what the daemon plays.
fn is_kept(state: &Path, site: &Path, text: &str) {
    let deadline = Instant::now() + PATIENCE;
    let is_kept = || {
        let files = last_good(state, site);
        let file = files.iter().find(|file| &*file.path == "items/notices/a.md");
        file.is_some_and(|file| file.bytes.as_deref() == Ok(text.as_bytes()))
    };
    while !is_kept() {
        assert!(Instant::now() < deadline, "{text} never came");
        thread::sleep(Duration::from_millis(20));
    }
}

// Fault 46.
#[test]
fn of_many_daemons_that_start_at_once_one_plays_and_a_lock_of_one_that_was_killed_holds_nobody_up() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let many: Vec<_> = (0..6)
        .map(|_| {
            let (folder, state) = (folder.path().to_owned(), state.path().to_owned());
            thread::spawn(move || Daemon::start(&folder, &state, "127.0.0.1:0"))
        })
        .collect();
    let mut many: Vec<Daemon> = many.into_iter().map(|daemon| daemon.join().unwrap()).collect();
    let deadline = Instant::now() + PATIENCE;
    while many.len() > 1 {
        assert!(Instant::now() < deadline, "{} play", many.len());
        many.retain_mut(|daemon| match daemon.child.try_wait().unwrap() {
            None => true,
            Some(status) => {
                assert_eq!(status.code(), Some(75));
                false
            }
        });
        thread::sleep(Duration::from_millis(10));
    }
    many[0].says(READY);
    let (code, said) = refused(folder.path(), state.path(), "127.0.0.1:0");
    assert_eq!(code, Some(75), "{said}");
    assert!(said.contains(&format!("process {}", many[0].child.id())), "{said}");
    // Killed, it cannot take its lock away.
    many[0].signal(Signal::KILL);
    let _ = many[0].child.wait().unwrap();
    let next = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    next.says(READY);
    next.signal(Signal::TERM);
    assert_eq!(next.end().code(), Some(0));
}
