//! 停播, with the real program over a real wire: every way to it, and the one way back.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _},
        net::UnixStream,
    },
    path::Path,
    process::{Command, Output, Stdio},
    sync::Arc,
    thread,
    time::Duration,
};

use rustix::process::Signal;
use tempfile::TempDir;
use yingbi::{
    daemon::{Answer, Asked, ask},
    wall::Wall,
};

use super::{
    controller::{Controller, wait},
    process::{Daemon, PATIENCE, READY, command},
    site,
};

/// A wall that is playing.
struct House {
    site: TempDir,
    state: TempDir,
    wall: Arc<Wall>,
    controller: Controller,
    daemon: Daemon,
    /// Where the page is.
    page: String,
}

impl House {
    fn new() -> Self {
        let site = site::folder();
        let state = TempDir::new().unwrap();
        let mut controller = Controller::of(site.path());
        let wall = site::wall(site.path());
        let daemon = Daemon::start(site.path(), state.path(), "127.0.0.1:0");
        let page = page_of(&daemon.says(READY));
        controller.is_where_the_clock_says(&wall);
        Self {
            site,
            state,
            wall,
            controller,
            daemon,
            page,
        }
    }

    /// `stop` or `resume` as somebody types it.
    fn command(&self, command: &str, more: &[&str]) -> Output {
        run(command, self.site.path(), self.state.path(), more)
    }

    fn status(&self) -> Answer {
        ask(self.state.path(), |_| None, &Asked::Status).unwrap()
    }

    fn is_stopped(&self) -> bool {
        matches!(self.status(), Answer::Stopped { .. })
    }

    fn restart(&mut self) {
        self.daemon.signal(Signal::TERM);
        wait("the daemon ends", || self.has_ended());
        self.daemon = Daemon::start(self.site.path(), self.state.path(), "127.0.0.1:0");
        self.page = page_of(&self.daemon.says(READY));
    }

    fn has_ended(&self) -> bool {
        let pid = rustix::process::Pid::from_child(&self.daemon.child);
        // A zombie has let go of everything.
        let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap_or_default();
        stat.rsplit(')')
            .next()
            .is_none_or(|rest| rest.trim().starts_with('Z') || rest.is_empty())
    }

    fn press(&self) -> String {
        post_stop(&self.page)
    }
}

fn page_of(ready: &str) -> String {
    let from = ready.find("http://").expect("the page is served") + "http://".len();
    ready[from..].split('/').next().unwrap().to_owned()
}

fn run(command: &str, site: &Path, state: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .args(["--lang", "en", command])
        .arg(site)
        .arg("--state")
        .arg(state)
        .args(more)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Presses the page's button; the answer.
fn post_stop(page: &str) -> String {
    let mut stream = TcpStream::connect(page).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let request = format!(
        "POST /stop HTTP/1.1\r\nHost: {page}\r\nOrigin: http://{page}\r\nX-Yingbi: stop\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

// Fault 4. Fault 82.
#[test]
fn a_file_a_command_and_the_button_each_stop_the_wall_and_only_resume_lets_it_go_on() {
    let mut house = House::new();
    let wall = Arc::clone(&house.wall);
    let resume = |house: &mut House| {
        let resumed = house.command("resume", &[]);
        assert_eq!(resumed.status.code(), Some(0), "{}", said(&resumed));
        house.controller.is_where_the_clock_says(&wall);
    };
    for name in ["停播", "停播.txt", "停播 领导要求.docx", "Stop.TXT"] {
        site::write(house.site.path(), name, "");
        house.controller.is_stopped(&wall);
        // While it is there, it is named and refused to be passed over.
        let refused = house.command("resume", &[]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(
            said(&refused).contains(&format!("the file \"{name}\" still lies")),
            "{}",
            said(&refused)
        );
        fs::remove_file(house.site.path().join(name)).unwrap();
        thread::sleep(Duration::from_millis(600));
        house.controller.stays_stopped(&wall, 3);
        resume(&mut house);
    }
    let stopped = house.command("stop", &["--reason", "屏上有错字"]);
    assert_eq!(stopped.status.code(), Some(0), "{}", said(&stopped));
    house.controller.is_stopped(&wall);
    let again = house.command("stop", &[]);
    assert!(said(&again).contains("was stopped already"), "{}", said(&again));
    resume(&mut house);
    assert!(said(&house.command("resume", &[])).contains("was not stopped"));
    assert!(house.press().starts_with("HTTP/1.1 200"));
    house.controller.is_stopped(&wall);
    // It outlives a restart, at which the first picture is the safe page.
    wait("the stop is kept", || house.state.path().join("stop.toml").exists());
    house.restart();
    house.controller.stays_stopped(&wall, 3);
    let stopped = house.status();
    assert!(
        matches!(&stopped, Answer::Stopped { by, .. } if by == "网页 page"),
        "{stopped:?}"
    );
    resume(&mut house);
    assert!(!house.state.path().join("stop.toml").exists());
    house.daemon.signal(Signal::TERM);
    assert_eq!(house.daemon.end().code(), Some(0));
}

#[test]
fn a_folder_a_table_and_what_an_office_leaves_behind_stop_nothing() {
    let mut house = House::new();
    fs::create_dir(house.site.path().join("停播记录")).unwrap();
    site::write(
        house.site.path(),
        "停播.toml",
        "priority = \"stop\"\n[[when]]\nuntil = 2020-01-01\n[[play]]\nclock = true\n",
    );
    site::write(house.site.path(), "~$停播.docx", "");
    site::write(
        house.site.path(),
        "items/notices/停播.txt",
        "+++\ntitle = \"停水\"\n+++\n停水。\n",
    );
    house.daemon.says("asks for a stop, but in this place it stops nothing");
    thread::sleep(Duration::from_millis(700));
    assert!(!house.is_stopped());
    house.controller.next();
}

#[test]
fn a_name_from_a_share_in_the_chinese_code_page_stops_the_wall() {
    use std::os::unix::ffi::OsStrExt as _;
    let mut house = House::new();
    let name = std::ffi::OsStr::from_bytes(b"\xCD\xA3\xB2\xA5.txt");
    fs::write(house.site.path().join(name), "").unwrap();
    let wall = Arc::clone(&house.wall);
    house.controller.is_stopped(&wall);
    assert!(matches!(house.status(), Answer::Stopped { by, .. } if by == "停播.txt"));
}

// Fault 4. Fault 78.
#[test]
fn a_wedged_thread_of_the_page_or_of_the_scan_holds_no_stop_up() {
    let mut house = House::new();
    let wall = Arc::clone(&house.wall);
    // Without strace, nothing here can wedge one thread of a process, and the rest is tried all the same.
    let has_strace = Command::new("strace").arg("--version").output().is_ok();
    let names = ["tokio-", "folder"].into_iter().filter(|_| has_strace);
    let mut wedges: Vec<_> = names.map(|name| Wedge::put(&house.daemon, name)).collect();
    if has_strace {
        // The page is really wedged: it accepts, and never answers.
        let mut stream = TcpStream::connect(&house.page).unwrap();
        write!(stream, "GET /healthz HTTP/1.1\r\nHost: {}\r\n\r\n", house.page).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        assert!(stream.read(&mut [0; 10]).is_err(), "the page answers");
    }
    let stopped = house.command("stop", &[]);
    assert_eq!(stopped.status.code(), Some(0), "{}", said(&stopped));
    house.controller.is_stopped(&wall);
    assert_eq!(house.command("resume", &[]).status.code(), Some(0));
    house.controller.is_where_the_clock_says(&wall);
    site::write(house.site.path(), "停播.txt", "");
    house.controller.is_stopped(&wall);
    wedges.iter_mut().for_each(Wedge::remove);
}

#[test]
fn a_dead_share_that_holds_the_look_for_the_file_up_holds_neither_a_stop_nor_the_way_back_up() {
    let mut house = House::new();
    let wall = Arc::clone(&house.wall);
    let has_strace = Command::new("strace").arg("--version").output().is_ok();
    let _wedge = has_strace.then(|| Wedge::put(&house.daemon, "stop file"));
    assert_eq!(house.command("stop", &[]).status.code(), Some(0));
    house.controller.is_stopped(&wall);
    let resumed = house.command("resume", &[]);
    assert_eq!(resumed.status.code(), Some(0), "{}", said(&resumed));
    house.controller.is_where_the_clock_says(&wall);
    assert!(house.press().starts_with("HTTP/1.1 200"));
    house.controller.is_stopped(&wall);
}

/// A thread that does not come back from its next system call.
struct Wedge(std::process::Child);

impl Wedge {
    fn put(daemon: &Daemon, name: &str) -> Self {
        let tasks = fs::read_dir(format!("/proc/{}/task", daemon.child.id())).unwrap();
        let is_it = |path: &Path| fs::read_to_string(path.join("comm")).is_ok_and(|comm| comm.starts_with(name));
        let task = tasks.map(|task| task.unwrap().path()).find(|path| is_it(path));
        let task = task.unwrap_or_else(|| panic!("no thread {name}"));
        let strace = Command::new("strace")
            .args([
                "-q",
                "-o",
                "/dev/null",
                "-e",
                "inject=all:delay_enter=100000000:delay_exit=100000000",
                "-p",
            ])
            .arg(task.file_name().unwrap())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let traced = || {
            let status = fs::read_to_string(task.join("status")).unwrap_or_default();
            status
                .lines()
                .any(|line| line.starts_with("TracerPid:") && !line.ends_with("\t0"))
        };
        wait("strace attaches", traced);
        Self(strace)
    }

    fn remove(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Wedge {
    fn drop(&mut self) {
        self.remove();
    }
}

#[test]
fn a_full_disk_holds_no_stop_up_and_it_is_told_that_a_restart_would_lift_it() {
    let site = site::folder();
    let state = TempDir::new().unwrap();
    let mut controller = Controller::of(site.path());
    let wall = site::wall(site.path());
    // No file may grow, as on a disk that is full.
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_yingbi"), "run"]);
    command
        .arg(site.path())
        .arg("--state")
        .arg(state.path())
        .args(["--view", "127.0.0.1:0"]);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let daemon = Daemon::spawn(&mut command);
    let page = page_of(&daemon.says(READY));
    controller.is_where_the_clock_says(&wall);
    let stopped = run("stop", site.path(), state.path(), &[]);
    assert_eq!(stopped.status.code(), Some(1), "{}", said(&stopped));
    assert!(
        said(&stopped).contains("a restart now would undo it"),
        "{}",
        said(&stopped)
    );
    controller.is_stopped(&wall);
    daemon.says("a restart would lift it");
    let resumed = run("resume", site.path(), state.path(), &[]);
    assert_eq!(resumed.status.code(), Some(0), "{}", said(&resumed));
    controller.is_where_the_clock_says(&wall);
    site::write(site.path(), "停播.txt", "");
    controller.is_stopped(&wall);
    fs::remove_file(site.path().join("停播.txt")).unwrap();
    assert_eq!(run("resume", site.path(), state.path(), &[]).status.code(), Some(0));
    controller.is_where_the_clock_says(&wall);
    assert!(post_stop(&page).starts_with("HTTP/1.1 200"));
    controller.is_stopped(&wall);
}

#[test]
fn what_cannot_be_understood_in_the_state_folder_is_a_stop() {
    let (site, state) = (site::folder(), TempDir::new().unwrap());
    let mut controller = Controller::of(site.path());
    let wall = site::wall(site.path());
    let newer = "version = 2\nsince = \"2026-05-15T01:40:00Z\"\nby = \"x\"\n";
    for (bytes, words) in [
        (&b""[..], "garbled"),
        (b"\xFF\xFE", "garbled"),
        (b"version = 1\n", "garbled"),
        (b"version = 1\nsince = \"yesterday\"\nby = \"x\"\n", "garbled"),
        (newer.as_bytes(), "newer version"),
    ] {
        fs::write(state.path().join("stop.toml"), bytes).unwrap();
        let daemon = Daemon::start(site.path(), state.path(), "127.0.0.1:0");
        daemon.says(words);
        daemon.says(READY);
        controller.stays_stopped(&wall, 2);
        assert_eq!(run("resume", site.path(), state.path(), &[]).status.code(), Some(0));
        controller.is_where_the_clock_says(&wall);
        assert!(!state.path().join("stop.toml").exists());
        daemon.signal(Signal::TERM);
        assert_eq!(daemon.end().code(), Some(0));
    }
}

#[test]
fn without_a_daemon_a_stop_and_a_resume_are_kept_for_the_next_start() {
    let (site, state) = (site::folder(), TempDir::new().unwrap());
    let mut controller = Controller::of(site.path());
    let wall = site::wall(site.path());
    let stopped = run("stop", site.path(), state.path(), &["--reason", "换屏"]);
    assert_eq!(stopped.status.code(), Some(0), "{}", said(&stopped));
    assert!(
        said(&stopped).contains("no daemon is running; the stop is kept"),
        "{}",
        said(&stopped)
    );
    let daemon = Daemon::start(site.path(), state.path(), "127.0.0.1:0");
    daemon.says(": 换屏)");
    daemon.says(READY);
    controller.stays_stopped(&wall, 2);
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
    site::write(site.path(), "停播.txt", "");
    let refused = run("resume", site.path(), state.path(), &[]);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    fs::remove_file(site.path().join("停播.txt")).unwrap();
    let resumed = run("resume", site.path(), state.path(), &[]);
    assert!(said(&resumed).contains("the stop is lifted"), "{}", said(&resumed));
    let daemon = Daemon::start(site.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    controller.is_where_the_clock_says(&wall);
    drop(daemon);
}

#[test]
fn what_an_administrator_leaves_in_the_state_folder_belongs_to_its_owner() {
    let (site, state) = (site::folder(), TempDir::new().unwrap());
    // Without the right to give a folder away, ours is the owner.
    let _ = std::os::unix::fs::chown(state.path(), Some(12_345), Some(12_345));
    let owner = |path: &Path| fs::metadata(path).unwrap().uid();
    for (command, names) in [
        ("resume", &["lock", "version"][..]),
        ("stop", &["lock", "version", "stop.toml"]),
    ] {
        let done = run(command, site.path(), state.path(), &[]);
        assert_eq!(done.status.code(), Some(0), "{}", said(&done));
        for name in names {
            assert_eq!(
                owner(&state.path().join(name)),
                owner(state.path()),
                "{command}: {name}"
            );
        }
    }
}

#[test]
fn whoever_names_no_state_folder_stops_the_wall_that_runs() {
    let (site, home, runtime) = (site::folder(), TempDir::new().unwrap(), TempDir::new().unwrap());
    let state = TempDir::new().unwrap();
    let mut started = command(site.path(), state.path(), "127.0.0.1:0");
    let daemon = Daemon::spawn(started.env("RUNTIME_DIRECTORY", runtime.path()));
    daemon.says(READY);
    for (command, words) in [("stop", "the wall is stopped"), ("resume", "the wall goes on")] {
        let done = Command::new(env!("CARGO_BIN_EXE_yingbi"))
            .args(["--lang", "en", command])
            .arg(site.path())
            .env("HOME", home.path())
            .env("RUNTIME_DIRECTORY", runtime.path())
            .env_remove("STATE_DIRECTORY")
            .env_remove("XDG_STATE_HOME")
            .output()
            .unwrap();
        assert!(done.status.success() && said(&done).contains(words), "{}", said(&done));
    }
    assert_eq!(
        fs::read_dir(home.path()).unwrap().count(),
        0,
        "nothing is kept elsewhere"
    );
}

#[test]
fn a_stop_without_a_daemon_is_kept_where_a_daemon_of_any_version_looks() {
    let (site, state) = (site::folder(), TempDir::new().unwrap());
    fs::write(state.path().join("version"), super::hold::newer_version()).unwrap();
    let stopped = run("stop", site.path(), state.path(), &[]);
    assert_eq!(stopped.status.code(), Some(0), "{}", said(&stopped));
    let daemon = Daemon::start(site.path(), state.path(), "127.0.0.1:0");
    daemon.says("停播: stopped (since");
    daemon.says(READY);
}

#[test]
fn a_file_put_there_before_the_start_comes_before_the_first_picture() {
    let (site, state) = (site::folder(), TempDir::new().unwrap());
    let mut controller = Controller::of(site.path());
    let wall = site::wall(site.path());
    site::write(site.path(), "停播.txt", "");
    let daemon = Daemon::start(site.path(), state.path(), "127.0.0.1:0");
    controller.stays_stopped(&wall, 2);
    drop(daemon);
}

#[test]
fn whoever_connects_and_says_nothing_holds_no_stop_up_and_nobody_else_can_connect() {
    let mut house = House::new();
    let socket = house.state.path().join("control");
    assert_eq!(fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o600);
    let mut idle: Vec<_> = (0..5).map(|_| UnixStream::connect(&socket).unwrap()).collect();
    for (stream, text) in idle.iter_mut().zip(["", "{", "\n", "{\"v\":9}\n"]) {
        stream.write_all(text.as_bytes()).unwrap();
    }
    let wall = Arc::clone(&house.wall);
    assert_eq!(house.command("stop", &[]).status.code(), Some(0));
    house.controller.is_stopped(&wall);
    // What was not understood is answered so, and did nothing.
    let mut answer = String::new();
    idle[3].set_read_timeout(Some(PATIENCE)).unwrap();
    idle[3].read_to_string(&mut answer).unwrap();
    assert_eq!(answer, "{\"answer\":\"unclear\"}\n");
    // A daemon of another state folder is none of ours.
    let other = TempDir::new().unwrap();
    fs::hard_link(&socket, other.path().join("control")).unwrap();
    assert!(ask(other.path(), |_| None, &Asked::Status).is_err());
}

#[test]
fn the_page_and_explain_say_since_when_and_by_whom_and_what_lifts_it() {
    let mut house = House::new();
    let wall = Arc::clone(&house.wall);
    site::write(house.site.path(), "停播.txt", "");
    house.controller.is_stopped(&wall);
    let state = || {
        let mut stream = TcpStream::connect(&house.page).unwrap();
        let request = format!(
            "GET /state.json HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            house.page
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        serde_json::from_str::<serde_json::Value>(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap()
    };
    wait("the page is told", || {
        let state = state();
        let problems = state["problems"].as_array().unwrap();
        let is_told = |problem: &serde_json::Value| {
            problem["severity"] == "warning" && problem["help"]["zh"].as_str().unwrap().contains("yingbi resume")
        };
        state["stopped"]["by"] == "停播.txt"
            && state["screens"][0]["view"]["stopped"]["by"] == "停播.txt"
            && state["can_stop"] == true
            && problems.iter().any(is_told)
    });
    let explain = || {
        let output = run("explain", house.site.path(), house.state.path(), &[]);
        String::from_utf8(output.stdout).unwrap()
    };
    wait("explain tells it", || {
        explain().contains("by \"停播.txt\"): the safe page is on the wall")
    });
    assert!(explain().contains("the safe page: 示例省国资委"), "{}", explain());
    fs::remove_file(house.site.path().join("停播.txt")).unwrap();
    assert_eq!(house.command("resume", &[]).status.code(), Some(0));
    wait("the page is told of the way back", || state()["stopped"].is_null());
}
