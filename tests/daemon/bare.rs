//! A machine that offers little: no network, a long time since it was switched on, nowhere to write to, no more threads, hostile names.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    process::Signal,
    time::{ClockId, clock_gettime},
};
use tempfile::TempDir;
use yingbi::units::Size;

use super::{
    process::{Daemon, PATIENCE, READY, controller_of},
    site,
};
use crate::support::pictures;

/// A daemon of the site in `folder`, started by a shell below `wrapper`, a command and its arguments; `more` is what the shell adds.
fn below(wrapper: &[&str], more: &str, folder: &Path, state: &Path) -> Command {
    let script = format!("exec \"$0\" run \"$1\" --state \"$2\" --view 127.0.0.1:0 {more}");
    let words: Vec<&str> = wrapper.iter().copied().chain(["sh", "-c", &script]).collect();
    let mut command = Command::new(words[0]);
    command
        .args(&words[1..])
        .arg(env!("CARGO_BIN_EXE_yingbi"))
        .args([folder, state])
        .env("YINGBI_LOG", "info")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

/// Whether `true` can be run below that wrapper here.
fn is_possible(wrapper: &[&str]) -> bool {
    let tried = Command::new(wrapper[0])
        .args(&wrapper[1..])
        .arg("true")
        .stderr(Stdio::null())
        .status();
    tried.is_ok_and(|status| status.success())
}

/// A small picture's file.
fn picture() -> Vec<u8> {
    let size = Size::new(8, 8);
    pictures::file(pictures::FORMATS[0].1, size, &pictures::pixels(size))
}

fn wait_for(what: &str, mut is_there: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_there() {
        assert!(Instant::now() < deadline, "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}

// Fault 85.
#[test]
fn a_machine_without_any_network_plays_what_it_has() {
    let alone = ["unshare", "-U", "-r", "-n"];
    if !is_possible(&alone) {
        return;
    }
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let output = "\n[[screen.output]]\nprotocol = \"ddp\"\naddress = \"controller.example:4048\"\n";
    site::write(folder.path(), "site.toml", &format!("{}{output}", site::SITE));
    let daemon = Daemon::spawn(&mut below(&alone, "", folder.path(), state.path()));
    daemon.says(READY);
    let picture = folder.path().join("反馈/现在屏幕.png");
    let version = || fs::read(&picture).ok();
    wait_for("no picture of now", || version().is_some());
    let first = version();
    wait_for("the picture stands still", || version() != first);
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

// Fault 31.
#[test]
fn a_daemon_plays_through_the_moments_at_which_counters_of_milliseconds_and_of_hundredths_run_over() {
    let now = clock_gettime(ClockId::Monotonic).tv_sec;
    let daemons: Vec<_> = [(1_i64 << 31) / 1000, (1 << 32) / 1000, (1 << 32) / 100]
        .into_iter()
        .filter_map(|over| {
            // It starts some seconds before.
            let offset = (over - 4 - now).to_string();
            let wrapper = [
                "unshare",
                "-U",
                "-r",
                "-T",
                "--monotonic",
                &offset,
                "--boottime",
                &offset,
            ];
            if !is_possible(&wrapper) {
                return None;
            }
            let (folder, state) = (site::folder(), TempDir::new().unwrap());
            let controller = controller_of(folder.path());
            let daemon = Daemon::spawn(&mut below(&wrapper, "", folder.path(), state.path()));
            Some((daemon, controller, folder, state, over))
        })
        .collect();
    for (daemon, controller, folder, _state, over) in daemons {
        daemon.says(READY);
        // Its own clock is past the moment, and it was started before it.
        wait_for("the counter never runs over", || {
            assert!(controller.recv(&mut [0; 1500]).unwrap() > 10);
            clock_gettime(ClockId::Monotonic).tv_sec - now > 8
        });
        for _ in 0..50 {
            assert!(controller.recv(&mut [0; 1500]).unwrap() > 10, "{over}");
        }
        let text = "+++\ntitle = \"来了\"\n+++\n来了。\n";
        site::write(folder.path(), "items/notices/a.md", text);
        daemon.says("the site changed");
        daemon.signal(Signal::TERM);
        assert_eq!(daemon.end().code(), Some(0), "{over}");
    }
}

// Fault 83.
#[test]
fn a_daemon_with_nowhere_to_write_its_words_lights_the_wall_and_ends_as_it_is_told() {
    for nowhere in [">&- 2>&-", "</dev/null >/dev/full 2>/dev/full", "<&- >&- 2>&-"] {
        let (folder, state) = (site::folder(), TempDir::new().unwrap());
        let controller = controller_of(folder.path());
        let mut command = below(&["env"], nowhere, folder.path(), state.path());
        let daemon = Daemon::spawn(&mut command);
        for _ in 0..50 {
            assert!(controller.recv(&mut [0; 1500]).unwrap() > 10, "{nowhere}");
        }
        daemon.signal(Signal::TERM);
        assert_eq!(daemon.end().code(), Some(0), "{nowhere}");
        // None of what it opened stood in the place of its words.
        let journal = fs::read_to_string(state.path().join("journal.jsonl")).unwrap();
        assert!(
            journal.lines().all(|line| line.starts_with('{')),
            "{nowhere}: {journal}"
        );
    }
}

/// Names that a shell would take for something else.
const NAMES: [&str; 9] = [
    "$(touch 被执行).txt",
    "`touch 被执行`.txt",
    ";touch 被执行;.txt",
    "| touch 被执行 #.txt",
    "-rf.txt",
    "--help.txt",
    "a' \"b.txt",
    "a\nb.txt",
    "$(touch 被执行).png",
];

// Fault 74.
#[test]
fn whatever_files_are_called_no_program_is_started_but_our_own_and_the_clocks() {
    let traces = TempDir::new().unwrap();
    let trace = traces.path().join("trace");
    let trace = trace.to_str().unwrap();
    let wrapper = [
        "strace",
        "-D",
        "-f",
        "-s",
        "500",
        "-o",
        trace,
        "-e",
        "trace=execve,execveat",
    ];
    if !is_possible(&wrapper) {
        return;
    }
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    for name in NAMES {
        let path = folder.path().join("items/notices").join(name);
        if name.ends_with("png") {
            fs::write(path, picture()).unwrap();
        } else {
            fs::write(path, "标题：$(touch 被执行)\n\n`touch 被执行`；touch 被执行\n").unwrap();
        }
    }
    let daemon = Daemon::spawn(&mut below(&wrapper, "", folder.path(), state.path()));
    daemon.says(READY);
    let picture = folder.path().join("反馈/今日播出.csv");
    wait_for("no feedback", || picture.exists());
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
    let trace = fs::read_to_string(trace).unwrap();
    let started: Vec<&str> = trace.lines().filter(|line| line.contains("exec")).collect();
    // The shell that the test itself starts comes first, and it starts the daemon.
    let own = env!("CARGO_BIN_EXE_yingbi");
    let begun = started
        .iter()
        .position(|line| line.contains(&format!("execve(\"{own}\"")))
        .unwrap();
    let later = &started[begun + 1..];
    assert!(!later.is_empty(), "the picture is read by a child");
    for line in later {
        let program = line.split('"').nth(1).unwrap();
        let is_ours = program == own || program.starts_with("/proc/self/exe") || program.ends_with("/chronyc");
        assert!(is_ours, "{line}");
        let arguments = line.split_once('[').map_or("", |(_, rest)| rest);
        // Names are hanzi here, which strace writes as bytes.
        assert!(!arguments.contains("touch") && !arguments.contains("-rf"), "{line}");
    }
    assert!(!folder.path().join("被执行").exists() && !Path::new("被执行").exists());
}

/// What makes every new thread and process fail from now on; it must be ended to let them be.
fn no_more_threads(daemon: &Daemon) -> Option<Child> {
    let mut tracer = Command::new("strace")
        .args(["-f", "-o", "/dev/null", "-e", "trace=clone,clone3,fork,vfork"])
        .args(["-e", "inject=clone,clone3,fork,vfork:error=EAGAIN", "-p"])
        .arg(daemon.child.id().to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut said = BufReader::new(tracer.stderr.take()?).lines();
    said.find(|line| line.as_ref().is_ok_and(|line| line.contains("attached")))?
        .ok()?;
    // Whatever else it says is read, so that it never waits.
    thread::spawn(move || said.for_each(drop));
    Some(tracer)
}

// Fault 50.
#[test]
fn a_daemon_that_gets_no_more_threads_and_processes_holds_the_wall_and_takes_changes_in_once_it_does() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let controller = controller_of(folder.path());
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    let Some(mut tracer) = no_more_threads(&daemon) else {
        // A machine that lets nobody be traced cannot show this.
        return;
    };
    // A picture needs a child, which there is none for; a text needs nothing.
    fs::write(folder.path().join("items/notices/c.png"), picture()).unwrap();
    let text = "+++\ntitle = \"来了\"\n+++\n来了。\n";
    site::write(folder.path(), "items/notices/a.md", text);
    daemon.says("the site changed");
    for _ in 0..500 {
        assert!(controller.recv(&mut [0; 1500]).unwrap() > 10);
    }
    tracer.kill().unwrap();
    tracer.wait().unwrap();
    // Another rate needs other threads.
    let site = fs::read_to_string(folder.path().join("site.toml")).unwrap();
    let site = site.replace("rate = 25", "rate = 20");
    site::write(folder.path(), "site.toml", &site);
    wait_for("the change is never taken in", || {
        let files = yingbi::folder::journal::last_good(state.path(), folder.path());
        let of = |path: &str| files.iter().find(|file| &*file.path == path);
        let is_new = of("site.toml").is_some_and(|file| file.bytes.as_deref() == Ok(site.as_bytes()));
        is_new && of("items/notices/c.png").is_some()
    });
    for _ in 0..50 {
        assert!(controller.recv(&mut [0; 1500]).unwrap() > 10);
    }
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}
