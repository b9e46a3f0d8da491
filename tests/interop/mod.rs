//! Programs that nobody here wrote, at the other end of real sockets. They are ignored where `.ci/run` does not run them, since they need
//! what it installs; each peer is found by its name, or where a variable says so.
//!
//! | peer | variable | else |
//! |---|---|---|
//! | OLA's daemon and its tools | `YINGBI_OLA`, a folder | on the path |
//! | tshark and dumpcap | `YINGBI_TSHARK`, `YINGBI_DUMPCAP` | on the path |
//! | Python with `sacn` and `stupidArtnet` | `YINGBI_PYTHON` | `python3` |

mod ola;
mod senders;
mod tshark;

use std::{
    ffi::OsString,
    net::{Ipv4Addr, SocketAddr},
    os::unix::process::CommandExt as _,
    process::{Child, Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use yingbi::{
    controller::{Controller, Universes, artnet, sacn},
    frame::Frame,
    link::{Ends, Segmentation, Sent, UdpLink},
    panel::{Panel, Spec},
    site::Route,
    units::{Area, Level, Moment, Size},
};

use crate::support::dice::Dice;

/// Nothing is measured here: what has not happened by then never will.
const PATIENCE: Duration = Duration::from_secs(60);

const LOCALHOST: Ipv4Addr = Ipv4Addr::LOCALHOST;

const CID: [u8; 16] = *b"Yingbi's interop";

/// The ports of sACN and Art-Net are the same for all: one test at a time.
fn ports() -> MutexGuard<'static, ()> {
    static PORTS: Mutex<()> = Mutex::new(());
    PORTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A program at the other end. It ends with the test.
struct Peer(Child);

impl Peer {
    fn start(command: &mut Command) -> Self {
        command.stdin(Stdio::null()).process_group(0);
        let started = command.spawn();
        Self(started.unwrap_or_else(|error| panic!("{command:?}: {error}; .ci/run installs it")))
    }

    /// Asks it to end.
    fn interrupt(&self) {
        let process = rustix::process::Pid::from_child(&self.0);
        rustix::process::kill_process(process, rustix::process::Signal::INT).unwrap();
    }

    /// Waits until it has ended by itself.
    fn finish(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if let Some(status) = self.0.try_wait().unwrap() {
                return assert!(status.success(), "{status}");
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("a peer did not end");
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The peer's program: what the variable says, or its name.
fn program(variable: &str, name: &str) -> OsString {
    std::env::var_os(variable).unwrap_or_else(|| name.into())
}

/// Waits for what comes of `attempt`.
fn until<T>(what: &str, mut attempt: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        if let Some(done) = attempt() {
            return done;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("{what}: not within {PATIENCE:?}");
}

/// The moments of one test.
struct Clock(Instant);

impl Clock {
    fn start() -> Self {
        Self(Instant::now())
    }

    fn now(&self) -> Moment {
        Moment::ZERO + Duration::from_secs(1) + self.0.elapsed()
    }
}

/// A frame of noise, and what a plain panel makes of it.
fn frame(size: Size, seed: u64) -> (Frame, Vec<u8>) {
    let mut dice = Dice(seed);
    let mut frame = Frame::new(size);
    frame.bytes_mut().fill_with(|| dice.below(256) as u8);
    let mut packed = Vec::new();
    let region = Area::new(0, 0, size.width, size.height);
    Panel::new(&Spec::plain(region)).pack(&frame, Level::FULL, &mut packed);
    (frame, packed)
}

fn sacn_settings(first: u16) -> sacn::Settings {
    sacn::Settings {
        universes: Universes { first, slots: 510 },
        priority: 120,
        sync: None,
        multicast: false,
    }
}

fn sacn_sender(settings: sacn::Settings) -> sacn::Sender {
    let identity = sacn::Identity {
        cid: CID,
        name: "影壁 lobby".into(),
    };
    sacn::Sender::new(settings, identity)
}

fn artnet_settings(first: u16) -> artnet::Settings {
    artnet::Settings {
        universes: Universes { first, slots: 510 },
        sync: false,
        discover: false,
    }
}

/// A link to a port of this machine.
fn link(port: u16, now: Moment) -> UdpLink {
    let peer = SocketAddr::from((LOCALHOST, port)).to_string();
    UdpLink::open(Ends::Peer(peer.into()), &Route::default(), now)
}

/// The same, which hands the system each datagram by itself: a capture of the loopback has runs that were not yet cut.
fn uncut(port: u16, now: Moment) -> UdpLink {
    link(port, now).with_segmentation(Segmentation::Never)
}

/// Sends everything that is due; the datagrams.
fn send(session: &mut impl Controller, link: &mut UdpLink, now: Moment) -> Vec<Vec<u8>> {
    let mut sent = Vec::new();
    let mut bytes = Vec::new();
    while let Some(transmit) = session.poll_transmit(now, &mut bytes) {
        assert_eq!(link.send(&transmit, &bytes, now), Sent::All, "{:?}", link.problem());
        let size = transmit.segment.unwrap_or(transmit.length);
        sent.extend(bytes.chunks(size).map(<[u8]>::to_vec));
        bytes.clear();
    }
    sent
}
