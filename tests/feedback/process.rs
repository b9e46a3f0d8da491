//! The daemon as a process, its feedback read as the share shows it.

use std::{
    fs,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;
use tempfile::TempDir;

use super::{label, pixels};
use crate::daemon::{
    process::{Daemon, PATIENCE, READY},
    site,
};

/// Waits until `file` is there and `found` says of it what is waited for.
fn wait<T>(file: &Path, mut found: impl FnMut(&[u8]) -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = fs::read(file).ok().and_then(|bytes| found(&bytes)) {
            return found;
        }
        assert!(Instant::now() < deadline, "{} never came so far", file.display());
        thread::sleep(Duration::from_millis(50));
    }
}

fn says(words: &str) -> impl FnMut(&[u8]) -> Option<String> + '_ {
    move |bytes| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        text.contains(words).then_some(text)
    }
}

#[test]
fn the_picture_of_now_is_what_preview_paints_for_its_own_instant() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    let picture = folder.path().join("反馈/现在屏幕.png");
    let mut seen = Vec::new();
    for _ in 0..3 {
        let file = wait(&picture, |bytes| {
            let instant = label(bytes, "Instant")?;
            (!seen.contains(&instant)).then(|| bytes.to_vec())
        });
        let instant = label(&file, "Instant").unwrap();
        let other = folder.path().join("preview.png");
        let run = Command::new(env!("CARGO_BIN_EXE_yingbi"))
            .arg("preview")
            .arg(folder.path())
            // The journal may come to the disk later than the picture.
            .arg("--today")
            .args(["--at", &instant, "-o"])
            .arg(&other)
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(pixels(&file), pixels(&fs::read(&other).unwrap()), "{instant}");
        assert!(pixels(&file).2.iter().any(|byte| *byte > 0), "{instant} is black");
        seen.push(instant);
    }
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

#[test]
fn a_mistake_stands_in_the_list_until_it_is_mended() {
    // Fault 21.
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    let list = folder.path().join("反馈/问题清单.txt");
    daemon.says(READY);
    wait(&list, says("没有问题。"));
    let (path, good) = site::ITEMS[0];
    site::write(
        folder.path(),
        path,
        &good.replace("+++\ntitle", "+++\nuntil = 2026-02-30\ntitle"),
    );
    let told = wait(&list, says("items/notices/a.md，第 2 行"));
    assert!(told.contains("2026-02-30") && told.contains("处理："), "{told}");
    site::write(folder.path(), path, good);
    wait(&list, says("没有问题。"));
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

#[test]
fn feedback_that_cannot_be_written_is_a_problem_of_a_daemon_that_runs_on() {
    // Fault 86.
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    fs::write(folder.path().join("反馈"), b"in the way").unwrap();
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says("反馈 is not a folder");
    fs::remove_file(folder.path().join("反馈")).unwrap();
    daemon.says("solved: 反馈 is not a folder");
    wait(&folder.path().join("反馈/问题清单.txt"), says("没有问题。"));
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}
