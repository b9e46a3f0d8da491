//! Outputs that go wrong beside one that does not, and outputs that leave: the real program over real sockets.

use std::{
    net::UdpSocket,
    time::{Duration, Instant},
};

use rustix::process::Signal;
use tempfile::TempDir;

use super::{
    controller::Controller,
    process::{Daemon, PATIENCE, READY},
    site,
};

/// Adds an output to the site in the folder.
fn add(folder: &std::path::Path, output: &str) {
    let text = std::fs::read_to_string(folder.join("site.toml")).unwrap();
    site::write(folder, "site.toml", &format!("{text}\n[[screen.output]]\n{output}\n"));
}

#[test]
fn a_host_that_nobody_knows_is_a_problem_and_the_other_output_goes_on() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let mut controller = Controller::of(folder.path());
    add(
        folder.path(),
        "protocol = \"ddp\"\naddress = \"no-such-host.invalid:4048\"",
    );
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says_one_of(&["cannot look up no-such-host.invalid:4048"]);
    controller.is_where_the_clock_says(&site::wall(folder.path()));
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

/// A receiver of sACN on a real socket.
struct Receiver(UdpSocket);

impl Receiver {
    fn new() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        Self(socket)
    }

    fn output(&self) -> String {
        let address = self.0.local_addr().unwrap();
        format!("protocol = \"sacn\"\naddress = \"{address}\"")
    }

    /// The options of the next datagram of picture data; `None` where none comes in a while.
    fn options(&self) -> Option<u8> {
        let mut datagram = [0; 1500];
        loop {
            let length = self.0.recv(&mut datagram).ok()?;
            // Lists of universes have another root vector.
            if length > 126 && datagram[18..22] == [0, 0, 0, 4] {
                return Some(datagram[112]);
            }
        }
    }

    fn is_sent_to(&self) {
        let deadline = Instant::now() + PATIENCE;
        while self.options().is_none() {
            assert!(Instant::now() < deadline, "never sent");
        }
    }

    /// Whether the stream ended with a farewell, after which nothing came.
    fn ends_with_farewell(&self) -> bool {
        let mut last = None;
        while let Some(options) = self.options() {
            last = Some(options);
        }
        last.is_some_and(|options| options & 0x40 != 0)
    }
}

#[test]
fn an_output_that_is_taken_out_of_site_toml_says_farewell_and_one_of_a_daemon_that_ends_does_not() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let _controller = Controller::of(folder.path());
    let without = std::fs::read_to_string(folder.path().join("site.toml")).unwrap();
    let receiver = Receiver::new();
    add(folder.path(), &receiver.output());
    let with = std::fs::read_to_string(folder.path().join("site.toml")).unwrap();
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    receiver.is_sent_to();
    site::write(folder.path(), "site.toml", &without);
    daemon.says("the site changed");
    assert!(receiver.ends_with_farewell());
    site::write(folder.path(), "site.toml", &with);
    daemon.says("the site changed");
    receiver.is_sent_to();
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
    assert!(!receiver.ends_with_farewell(), "the last frame is held");
}
