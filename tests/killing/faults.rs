//! A daemon whose disk fails while it plays: the wall goes on, and says what is wrong.

use std::{
    net::UdpSocket,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use rustix::process::Signal;
use tempfile::TempDir;

use super::trace;
use crate::daemon::{
    process::{Daemon, PATIENCE, READY, program},
    site,
};

/// The failing call, and the words that the system has for it.
const FAULTS: [(&str, &str, &str); 5] = [
    ("fsync", "EIO", "os error 5"),
    ("fdatasync", "EIO", "os error 5"),
    ("rename", "EROFS", "os error 30"),
    ("mkdir", "ENOSPC", "os error 28"),
    ("unlink", "EROFS", ""),
];

#[test]
fn a_wall_whose_disk_fails_plays_on_takes_changes_in_and_says_what_is_wrong() {
    // Faults 16, 17 and 18.
    if !trace::is_possible() {
        return;
    }
    for (call, error, words) in FAULTS {
        let (folder, state) = (site::folder(), TempDir::new().unwrap());
        let controller = UdpSocket::bind("127.0.0.1:0").unwrap();
        controller.set_read_timeout(Some(PATIENCE)).unwrap();
        let address = controller.local_addr().unwrap();
        let output = format!("\n[[screen.output]]\nprotocol = \"ddp\"\naddress = \"{address}\"\n");
        site::write(folder.path(), "site.toml", &format!("{}{output}", site::SITE));
        let mut command = Command::new("strace");
        command
            // The tracer is the daemon's child, so that the signal reaches the daemon.
            .args(["-D", "-f", "-o", "/dev/null", "-e", &format!("trace={call}")])
            .args(["-e", &format!("inject={call}:error={error}:when=1+")])
            .arg(program())
            .args(["run", "--view", "127.0.0.1:0", "--state"])
            .args([state.path(), folder.path()])
            // Every line, also one that is said again within a minute.
            .env("YINGBI_LOG", "info")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let daemon = Daemon::spawn(&mut command);
        // The two come in either order.
        let mut awaited = vec![READY, "what happens cannot be recorded"];
        awaited.truncate(if words.is_empty() { 1 } else { 2 });
        while !awaited.is_empty() {
            let line = daemon.says_one_of(&awaited);
            assert!(line.contains(READY) || line.contains(words), "{call}: {line}");
            awaited.retain(|awaited| !line.contains(awaited));
        }
        for number in 1..3 {
            let text = format!("+++\ntitle = \"第{number}号通知\"\n+++\n第{number}号正文。\n");
            site::write(folder.path(), "items/notices/a.md", &text);
            daemon.says("the site changed");
        }
        let until = Instant::now() + Duration::from_millis(300);
        while Instant::now() < until {
            assert!(controller.recv(&mut [0; 1500]).unwrap() > 10);
        }
        daemon.signal(Signal::TERM);
        assert_eq!(daemon.end().code(), Some(0), "{call}");
    }
}
