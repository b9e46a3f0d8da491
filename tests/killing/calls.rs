//! A kill and a failure at each single system call of the script.

use std::path::Path;

use super::{script, trace};

/// The calls of the save paths. An `openat` without `O_CREAT` is among them: reading may fail as well.
const CALLS: [&str; 9] = [
    "openat",
    "write",
    "fsync",
    "fdatasync",
    "rename",
    "unlink",
    "mkdir",
    "ftruncate",
    "lseek",
];

/// How often the test's own process makes such a call before and after the script is not our concern: more than this is none of it.
const MOST: u32 = 400;

/// Runs the script with something injected; whether it came to its end with all that it wanted safe.
fn run(folder: &Path, inject: &str) -> bool {
    let calls = format!("trace={}", trace::CALLS);
    let inject = format!("inject={inject}");
    let wrapper = ["strace", "-f", "-o", "/dev/null", "-e", &calls, "-e", &inject];
    // However the process ends.
    let _ = script::command(folder, &wrapper).status().unwrap();
    script::promised(folder).1
}

/// Injects `what` into the call of that name: at the first one, the second one, …, until a run is not disturbed.
fn each(call: &str, what: &str, mut check: impl FnMut(u32, &Path, bool) -> bool) -> u32 {
    for number in 1..MOST {
        let (folder, _) = script::place();
        let is_done = run(folder.path(), &format!("{call}:{what}:when={number}"));
        if check(number, folder.path(), is_done) {
            return number - 1;
        }
    }
    panic!("{call}: the run has no end");
}

#[test]
fn a_kill_at_every_system_call_of_a_save_leaves_a_good_programme_and_every_record_that_was_safe() {
    // Fault 14.
    if !trace::is_possible() {
        return;
    }
    let mut points = 0;
    for call in CALLS {
        points += each(call, "signal=KILL", |number, folder, is_done| {
            let (promise, _) = script::promised(folder);
            if let Err(error) = script::check(&folder.join("state"), &promise) {
                panic!("killed at {call} {number}: {error}");
            }
            is_done
        });
    }
    assert!(points > 100, "{points} points are not all");
    super::figure(&format!("killed at {points} system calls"));
}

#[test]
fn a_disk_that_fails_any_single_call_loses_nothing_and_the_next_save_catches_up() {
    // Faults 16, 17 and 18.
    if !trace::is_possible() {
        return;
    }
    let mut points = 0;
    let faults = [
        ("write", "ENOSPC"),
        ("fsync", "EIO"),
        ("fdatasync", "EIO"),
        ("rename", "EROFS"),
        ("mkdir", "ENOSPC"),
    ];
    for (call, error) in faults {
        let end = disturbed_until(call);
        for number in 1..=end {
            let (folder, _) = script::place();
            run(folder.path(), &format!("{call}:error={error}:when={number}"));
            let (promise, _) = script::promised(folder.path());
            if let Err(error) = script::check(&folder.path().join("state"), &promise) {
                panic!("{error} at {call} {number}: {error}");
            }
            points += 1;
        }
    }
    super::figure(&format!("failed at {points} system calls"));
}

/// The number of the last call of that name that the script makes.
fn disturbed_until(call: &str) -> u32 {
    each(call, "signal=KILL", |_, _, is_done| is_done)
}

#[test]
fn a_disk_that_fails_for_ever_from_any_call_on_keeps_what_was_safe_before() {
    // Faults 16, 17 and 18.
    if !trace::is_possible() {
        return;
    }
    for (call, error) in [("fsync", "EIO"), ("rename", "EROFS"), ("mkdir", "ENOSPC")] {
        for number in (1..40).step_by(3) {
            let (folder, _) = script::place();
            run(folder.path(), &format!("{call}:error={error}:when={number}+"));
            let (promise, is_done) = script::promised(folder.path());
            assert!(number > 1 || !is_done, "{call}: nothing can be safe");
            if let Err(error) = script::check(&folder.path().join("state"), &promise) {
                panic!("{error} from {call} {number} on: {error}");
            }
        }
    }
}
