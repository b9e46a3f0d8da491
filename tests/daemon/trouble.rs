//! Outputs that go wrong beside one that does not, and outputs that leave: the real program over real sockets.

use std::{
    net::{SocketAddr, UdpSocket},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use rustix::process::Signal;
use tempfile::TempDir;

use super::{
    controller::{Controller, wait},
    process::{Daemon, READY},
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

/// A receiver of sACN on a real socket, which reads all the time: what its socket has no room for is lost.
struct Receiver {
    address: SocketAddr,
    /// The options of the last datagram of picture data.
    last: Arc<Mutex<Option<u8>>>,
}

impl Receiver {
    fn new() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let last = Arc::<Mutex<Option<u8>>>::default();
        let theirs = Arc::clone(&last);
        thread::spawn(move || {
            let mut datagram = [0; 1500];
            while let Ok(length) = socket.recv(&mut datagram) {
                // Lists of universes have another root vector.
                if length > 126 && datagram[18..22] == [0, 0, 0, 4] {
                    *theirs.lock().unwrap() = Some(datagram[112]);
                }
            }
        });
        Self { address, last }
    }

    fn output(&self) -> String {
        format!("protocol = \"sacn\"\naddress = \"{}\"", self.address)
    }

    /// Waits until the last datagram ends the stream, or goes on with it.
    fn is_told(&self, that_it_ends: bool) {
        let is_so = |options: &u8| (options & 0x40 != 0) == that_it_ends;
        wait("the receiver is told", || {
            self.last.lock().unwrap().as_ref().is_some_and(is_so)
        });
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
    receiver.is_told(false);
    site::write(folder.path(), "site.toml", &without);
    receiver.is_told(true);
    site::write(folder.path(), "site.toml", &with);
    receiver.is_told(false);
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
    // Whatever had left has come on the loopback; let it be read.
    thread::sleep(Duration::from_millis(300));
    // The last frame is held.
    receiver.is_told(false);
}
