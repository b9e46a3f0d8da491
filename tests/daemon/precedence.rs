//! What a thread that keeps time is granted, and when it gives that back.

use std::{fs, process::Command, thread, time::Duration};

use rustix::{process::Signal, thread::gettid};
use tempfile::TempDir;
use yingbi::{
    daemon::{Claim, NICENESS, PRIORITY, Precedence, Share, yield_all},
    units::Moment,
};

use super::{
    controller::Controller,
    process::{Daemon, READY, command, program},
    site,
};

const SECOND: Duration = Duration::from_secs(1);

/// What the system says of a thread of this process: niceness, real-time priority, policy (0 ordinary, 1 first in first out).
fn scheduled(thread: i32) -> (i32, u8, u8) {
    let stat = fs::read_to_string(format!("/proc/self/task/{thread}/stat")).unwrap();
    // The second field is the name in brackets and may hold blanks; the three are fields 19, 40 and 41.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let field = |number: usize| fields[number - 3];
    (
        field(19).parse().unwrap(),
        field(40).parse().unwrap(),
        field(41).parse().unwrap(),
    )
}

#[test]
fn a_thread_gets_what_the_system_grants_and_gives_it_back_when_it_must() {
    let claimed = thread::spawn(|| {
        let own = gettid().as_raw_nonzero().get();
        let mut claim = Claim::first();
        let now = Moment::ZERO + SECOND;
        match claim.precedence() {
            Precedence::RealTime => {
                let (_, priority, policy) = scheduled(own);
                assert_eq!((priority, policy), (PRIORITY, 1));
                assert!(!claim.gives_up(now), "it has done nothing yet");
                assert!(yield_all() >= 1);
                assert_eq!(scheduled(own).2, 0, "at once, whatever the thread does");
                assert!(claim.gives_up(now));
                assert_ne!(claim.precedence(), Precedence::RealTime);
                assert!(!claim.gives_up(now), "once");
            }
            Precedence::Nice => assert_eq!(scheduled(own).0, NICENESS),
            Precedence::Ordinary => assert_eq!(scheduled(own).2, 0),
        }
    });
    claimed.join().unwrap();
}

#[test]
fn a_thread_that_works_half_the_time_gives_up_and_one_hard_page_is_no_reason() {
    let mut share = Share::new();
    let at = |seconds: u32| Moment::ZERO + seconds * SECOND;
    let worked = |milliseconds| Duration::from_millis(milliseconds);
    assert!(share.is_due(at(100)));
    assert!(
        !share.is_excessive(at(100), worked(40_000)),
        "what was before does not count"
    );
    assert!(!share.is_due(at(104)) && share.is_due(at(105)));
    assert!(!share.is_excessive(at(105), worked(42_400)), "2.4 of 5 seconds");
    assert!(!share.is_excessive(at(110), worked(42_500)));
    assert!(share.is_excessive(at(115), worked(45_100)), "2.6 of 5 seconds");
}

#[test]
fn a_daemon_whose_threads_do_not_sleep_gives_real_time_priority_back_and_plays_on() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let mut controller = Controller::of(folder.path());
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    daemon.signal(Signal::XCPU);
    daemon.says("a thread did not sleep: real-time priority is given back");
    controller.is_where_the_clock_says(&site::wall(folder.path()));
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

#[test]
fn a_daemon_that_is_granted_nothing_says_so_and_plays() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let mut controller = Controller::of(folder.path());
    let mut own = command(folder.path(), state.path(), "127.0.0.1:0");
    // Without the capability, where there is a tool to take it away and we may.
    let mut without = Command::new("setpriv");
    without.args(["--bounding-set", "-sys_nice", "--inh-caps", "-sys_nice"]);
    let is_taken = without.arg("true").status().is_ok_and(|status| status.success());
    if is_taken {
        let mut wrapped = Command::new("setpriv");
        wrapped.args(["--bounding-set", "-sys_nice", "--inh-caps", "-sys_nice"]);
        wrapped.arg(program()).args(own.get_args()).env("YINGBI_LOG", "info");
        wrapped.stderr(std::process::Stdio::piped());
        own = wrapped;
    }
    let daemon = Daemon::spawn(&mut own);
    // The player says so once it plays, which may be before the daemon says that the wall is running, or after.
    let first = daemon.says_one_of(&["priority", READY]);
    let is_ready = first.contains(READY);
    let second = daemon.says(if is_ready { "priority" } else { READY });
    let said = if is_ready { second } else { first };
    assert!(!is_taken || said.contains("plays with ordinary priority"), "{said}");
    controller.is_where_the_clock_says(&site::wall(folder.path()));
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}
