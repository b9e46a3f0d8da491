//! A disk of its own for the state folder: too small, or read-only, and well again later.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use rustix::process::Signal;
use tempfile::TempDir;

use super::{
    process::{Daemon, controller_of},
    site,
};

/// The problem that every way in which a disk fails comes to.
const PROBLEM: &str = "what happens cannot be recorded: ";

/// Whether this system lets us mount a disk of our own.
fn may_mount() -> bool {
    let tried = Command::new("unshare")
        .args(["-Urm", "mount", "-t", "tmpfs", "tmpfs", "/tmp"])
        .status();
    tried.is_ok_and(|status| status.success())
}

/// A daemon whose state folder is a disk of 256 KB in memory, on which `prepare` was done first.
fn start(site: &Path, state: &Path, prepare: &str) -> Daemon {
    let script = format!(
        "mount -t tmpfs -o size=256k tmpfs \"$2\"; {prepare}; exec \"$0\" run \"$1\" --state \"$2\" --view 127.0.0.1:0"
    );
    let mut command = Command::new("unshare");
    command.args(["-Urm", "sh", "-c", &script, env!("CARGO_BIN_EXE_yingbi")]);
    command.arg(site).arg(state);
    command.env_remove("RUNTIME_DIRECTORY").env_remove("XDG_RUNTIME_DIR");
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    Daemon::spawn(&mut command)
}

/// That disk, as it is seen from here.
fn disk(daemon: &Daemon, state: &Path) -> PathBuf {
    Path::new(&format!("/proc/{}/root", daemon.child.id())).join(state.strip_prefix("/").unwrap())
}

/// The wall goes on through two changes, and once the disk is well what happens is recorded again.
fn goes_on(place: &TempDir, daemon: Daemon, state: &Path, mend: impl FnOnce(&Daemon)) {
    let controller = controller_of(place.path());
    daemon.says("the site changed");
    assert!(controller.recv(&mut [0; 1500]).unwrap() > 10);
    mend(&daemon);
    site::write(place.path(), "items/notices/a.md", "+++\ntitle = \"二\"\n+++\n二。\n");
    daemon.says(&format!("solved: {PROBLEM}"));
    let journal = fs::read_to_string(disk(&daemon, state).join("journal.jsonl")).unwrap();
    assert!(
        journal.contains("\"started\"") && journal.contains("\"programme\""),
        "{journal}"
    );
    assert!(disk(&daemon, state).join("current").exists());
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

// Fault 17.
#[test]
fn a_disk_that_is_full_is_one_problem_and_records_are_kept_once_there_is_room() {
    if !may_mount() {
        return;
    }
    let (place, state) = (site::folder(), TempDir::new().unwrap());
    let daemon = start(place.path(), state.path(), "head -c 300k /dev/zero >\"$2\"/filler");
    daemon.says(PROBLEM);
    goes_on(&place, daemon, state.path(), |daemon| {
        fs::remove_file(disk(daemon, state.path()).join("filler")).unwrap();
    });
}

// Fault 18.
#[test]
fn a_disk_that_is_read_only_is_one_problem_and_records_are_kept_once_it_can_be_written() {
    if !may_mount() {
        return;
    }
    let (place, state) = (site::folder(), TempDir::new().unwrap());
    let daemon = start(place.path(), state.path(), "mount -o remount,ro \"$2\"");
    daemon.says(PROBLEM);
    goes_on(&place, daemon, state.path(), |daemon| {
        let pid = daemon.child.id().to_string();
        let remounted = Command::new("nsenter")
            .args([
                "--preserve-credentials",
                "-U",
                "-m",
                "-t",
                &pid,
                "mount",
                "-o",
                "remount,rw",
            ])
            .arg(state.path())
            .status();
        assert!(remounted.unwrap().success());
    });
}

// Fault 86.
#[test]
fn a_state_folder_that_was_taken_away_is_told_with_what_gives_it_back_and_the_wall_goes_on() {
    // A user without rights over what others have, whoever we are.
    let other = ["-U", "--map-user=1000", "--map-group=1000"];
    if !Command::new("unshare")
        .args(other)
        .arg("true")
        .status()
        .is_ok_and(|status| status.success())
    {
        return;
    }
    let (place, state) = (site::folder(), TempDir::new().unwrap());
    let folder = state.path().join("state");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).unwrap();
    let controller = controller_of(place.path());
    let mut command = Command::new("unshare");
    command
        .args(other)
        .arg(env!("CARGO_BIN_EXE_yingbi"))
        .arg("run")
        .arg(place.path());
    command.arg("--state").arg(&folder).args(["--view", "127.0.0.1:0"]);
    command
        .env("YINGBI_LOG", "info")
        .env_remove("RUNTIME_DIRECTORY")
        .env_remove("XDG_RUNTIME_DIR");
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let daemon = Daemon::spawn(&mut command);
    let said = daemon.says(PROBLEM);
    let remedy = format!("sudo chown -R 1000:1000 {}", folder.display());
    assert!(said.contains(&remedy), "{said}");
    assert!(controller.recv(&mut [0; 1500]).unwrap() > 10);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    site::write(place.path(), "items/notices/a.md", "+++\ntitle = \"二\"\n+++\n二。\n");
    daemon.says(&format!("solved: {PROBLEM}"));
    assert!(folder.join("journal.jsonl").is_file());
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

// Fault 86.
#[test]
fn a_state_folder_that_cannot_be_one_keeps_no_wall_dark() {
    let (place, state) = (site::folder(), TempDir::new().unwrap());
    let controller = controller_of(place.path());
    let file = state.path().join("file");
    fs::write(&file, "").unwrap();
    let daemon = Daemon::start(place.path(), &file.join("state"), "127.0.0.1:0");
    daemon.says(PROBLEM);
    assert!(controller.recv(&mut [0; 1500]).unwrap() > 10);
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}
