//! What a daemon holds of the system's: always the same, and a wall that goes on where there is no more of it.

use std::{
    fs,
    net::TcpStream,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;
use tempfile::TempDir;

use super::{
    process::{Daemon, PATIENCE, READY, command, controller_of},
    site,
};

/// How many threads and descriptors the process has at the least within half a second: files are open for an instant now and then.
fn held(daemon: &Daemon) -> (usize, usize) {
    let count = |of: &str| {
        fs::read_dir(format!("/proc/{}/{of}", daemon.child.id()))
            .unwrap()
            .count()
    };
    let counts = (0..10).map(|_| {
        thread::sleep(Duration::from_millis(50));
        (count("task"), count("fd"))
    });
    counts.reduce(|a, b| (a.0.min(b.0), a.1.min(b.1))).unwrap()
}

/// Saves a file as careful programs do: beside it, and then in its place.
fn save(folder: &TempDir, path: &str, text: &str) {
    site::write(folder.path(), "draft", text);
    fs::rename(folder.path().join("draft"), folder.path().join(path)).unwrap();
}

// Fault 49.
#[test]
fn screens_that_come_and_go_and_files_that_change_leave_no_thread_and_no_descriptor_behind() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let _controller = controller_of(folder.path());
    let site = fs::read_to_string(folder.path().join("site.toml")).unwrap();
    let mut command = command(folder.path(), state.path(), "127.0.0.1:0");
    let daemon = Daemon::spawn(command.env("YINGBI_LOG", "info"));
    daemon.says(READY);
    let mut before = None;
    for number in 0..12 {
        save(
            &folder,
            "items/notices/a.md",
            &format!("+++\ntitle = \"第{number}条\"\n+++\n内容。\n"),
        );
        daemon.says("the site changed");
        for rate in ["20", "25"] {
            save(
                &folder,
                "site.toml",
                &site.replace("rate = 25", &format!("rate = {rate}")),
            );
            daemon.says("the site changed");
        }
        if number == 0 {
            before = Some(held(&daemon));
        }
    }
    assert_eq!(before, Some(held(&daemon)));
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

// Fault 50.
#[test]
fn a_daemon_without_descriptors_to_spare_holds_the_wall_and_takes_changes_in_once_it_has_some() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let controller = controller_of(folder.path());
    let mut command = Command::new("sh");
    command.args([
        "-c",
        "ulimit -n 40; exec \"$0\" run \"$1\" --state \"$2\" --view 127.0.0.1:0",
    ]);
    command
        .arg(env!("CARGO_BIN_EXE_yingbi"))
        .arg(folder.path())
        .arg(state.path());
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let daemon = Daemon::spawn(&mut command);
    let ready = daemon.says(READY);
    let (_, page) = ready.split_once("http://").unwrap();
    let page = page.split('/').next().unwrap();
    let visitors: Vec<_> = (0..60).map(|_| TcpStream::connect(page).unwrap()).collect();
    let descriptors = || fs::read_dir(format!("/proc/{}/fd", daemon.child.id())).unwrap().count();
    let deadline = Instant::now() + PATIENCE;
    while descriptors() < 40 {
        assert!(Instant::now() < deadline, "{}", descriptors());
        thread::sleep(Duration::from_millis(20));
    }
    for _ in 0..50 {
        assert!(controller.recv(&mut [0; 1500]).unwrap() > 10);
    }
    drop(visitors);
    save(&folder, "items/notices/a.md", "+++\ntitle = \"来了\"\n+++\n来了。\n");
    daemon.says("the site changed");
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}
