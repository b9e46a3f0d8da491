//! The daemon as a process: how it starts, what it says, how it ends.

use std::{
    ffi::OsString,
    io::{BufRead, BufReader, Read as _},
    net::{TcpListener, UdpSocket},
    path::Path,
    process::{Child, ChildStderr, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::site;

/// Nothing is measured here: what has not happened by then never will.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) const READY: &str = "the wall is running";

/// A daemon that is killed when the test is over, however it ends.
pub(crate) struct Daemon {
    pub(crate) child: Child,
    pub(crate) lines: Receiver<String>,
}

impl Daemon {
    pub(crate) fn start(site: &Path, state: &Path, view: &str) -> Self {
        Self::spawn(&mut command(site, state, view))
    }

    /// Starts the daemon by that command, whose standard error is a pipe.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let lines = follow(child.stderr.take().unwrap());
        Self { child, lines }
    }

    /// Reads on until a line that contains `words`; that line.
    pub(crate) fn says(&self, words: &str) -> String {
        self.says_one_of(&[words])
    }

    /// The same, of any of these words.
    pub(crate) fn says_one_of(&self, words: &[&str]) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut said = String::new();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else {
                panic!("never said {words:?}, but:\n{said}");
            };
            if words.iter().any(|words| line.contains(words)) {
                return line;
            }
            said += &line;
            said.push('\n');
        }
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, signal).unwrap();
    }

    pub(crate) fn end(mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "does not end");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program: the one that was built with these tests, or another build of it that `YINGBI_PROGRAM` names, as proofs at size and
/// measurements want.
pub(crate) fn program() -> OsString {
    std::env::var_os("YINGBI_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_yingbi").into())
}

pub(crate) fn command(site: &Path, state: &Path, view: &str) -> Command {
    let mut command = Command::new(program());
    command
        .arg("run")
        .arg(site)
        .arg("--state")
        .arg(state)
        .args(["--view", view])
        // Every line, also one that is said again within a minute.
        .env("YINGBI_LOG", "info");
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

/// Reads the lines in the background, so that the daemon never waits for us.
fn follow(stderr: ChildStderr) -> Receiver<String> {
    let (send, lines) = mpsc::sync_channel(1_000);
    thread::spawn(move || {
        let lines = BufReader::new(stderr).lines().map_while(Result::ok);
        lines.for_each(|line| drop(send.try_send(line)));
    });
    lines
}

/// Runs a daemon that does not start: its exit code and what it says.
pub(crate) fn refused(site: &Path, state: &Path, view: &str) -> (Option<i32>, String) {
    let mut child = command(site, state, view).spawn().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said)
}

// Fault 82.
#[test]
fn a_daemon_ends_cleanly_on_sigterm_and_on_sigint() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    for signal in [Signal::TERM, Signal::INT] {
        let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
        let ready = daemon.says(READY);
        for words in [
            "http://127.0.0.1:",
            &folder.path().display().to_string(),
            &state.path().display().to_string(),
        ] {
            assert!(ready.contains(words), "{words} is not in {ready}");
        }
        daemon.signal(signal);
        assert_eq!(daemon.end().code(), Some(0));
    }
}

// Fault 46.
#[test]
fn a_second_daemon_on_one_state_folder_is_refused_with_the_process_that_has_it() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let first = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    first.says(READY);
    let (code, said) = refused(folder.path(), state.path(), "127.0.0.1:0");
    assert_eq!(code, Some(75), "{said}");
    let words = format!(
        "another yingbi (process {}) already uses the state folder {}",
        first.child.id(),
        state.path().display()
    );
    assert!(said.contains(&words), "{said}");
    first.signal(Signal::TERM);
    assert_eq!(first.end().code(), Some(0));
}

#[test]
fn a_page_whose_port_is_in_use_is_refused_where_nothing_else_shows_the_wall() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let view = taken.local_addr().unwrap().to_string();
    let (code, said) = refused(folder.path(), state.path(), &view);
    assert_eq!(code, Some(69), "{said}");
    let words = format!("{view} is taken: another program listens there already");
    assert!(said.contains(&words), "{said}");
}

// Fault 78.
#[test]
fn a_wall_with_an_output_goes_on_without_its_page() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let controller = controller_of(folder.path());
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let view = taken.local_addr().unwrap().to_string();
    let daemon = Daemon::start(folder.path(), state.path(), &view);
    daemon.says(&format!("{view} is taken: another program listens there already"));
    daemon.says(READY);
    assert!(controller.recv(&mut [0; 1500]).unwrap() > 10);
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

// Fault 21.
#[test]
fn a_changed_file_reaches_the_controller_and_a_bad_one_does_not() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let controller = controller_of(folder.path());
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    site::write(folder.path(), "pages.toml", "[[play]\n");
    daemon.says("pages.toml:1:");
    site::write(folder.path(), "pages.toml", "[[play]]\nitem = \"notices/b\"\n");
    daemon.says("solved: ");
    // The site's last zone that moves is taken away: what comes from then on is one picture, again and again.
    site::write(
        folder.path(),
        "ticker.toml",
        "zones = [\"ticker\"]\n[[when]]\nuntil = 2020-01-01\n[[play]]\nitem = \"notices/a\"\n",
    );
    daemon.says("the site changed");
    let expected = {
        let wall = site::wall(folder.path());
        let mut projector = yingbi::wall::Projector::new(wall, 0);
        let mut frame = yingbi::frame::Frame::new(projector.size());
        projector.paint(yingbi::units::Tick(25 * 1_800_000_000), &mut frame);
        frame
    };
    let deadline = Instant::now() + PATIENCE;
    let mut picture = vec![0; expected.bytes().len()];
    while picture != expected.bytes() {
        assert!(Instant::now() < deadline, "the changed picture never came");
        let mut packet = [0; 1500];
        let length = controller.recv(&mut packet).unwrap();
        let offset = u32::from_be_bytes(packet[4..8].try_into().unwrap()) as usize;
        picture[offset..offset + length - 10].copy_from_slice(&packet[10..length]);
    }
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

#[test]
fn a_daemon_without_a_site_says_so_and_ends() {
    let state = TempDir::new().unwrap();
    let missing = state.path().join("nowhere");
    let (code, said) = refused(&missing, state.path(), "127.0.0.1:0");
    assert_eq!(code, Some(66), "{said}");
    assert!(
        said.contains(&format!("the site's folder {} is missing", missing.display())),
        "{said}"
    );
}

#[test]
fn a_daemon_whose_first_site_toml_is_bad_says_why_and_ends() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    site::write(folder.path(), "site.toml", "title = 3\n");
    let (code, said) = refused(folder.path(), state.path(), "127.0.0.1:0");
    assert_eq!(code, Some(78), "{said}");
    assert!(
        said.contains(&format!("the site in {} cannot be used", folder.path().display())),
        "{said}"
    );
}

/// A socket to which the site's screen now sends.
pub(crate) fn controller_of(folder: &Path) -> UdpSocket {
    let controller = UdpSocket::bind("127.0.0.1:0").unwrap();
    controller.set_read_timeout(Some(PATIENCE)).unwrap();
    let address = controller.local_addr().unwrap();
    let output = format!("\n[[screen.output]]\nprotocol = \"ddp\"\naddress = \"{address}\"\n");
    site::write(folder, "site.toml", &format!("{}{output}", site::SITE));
    controller
}
