//! What systemd hears, and when it hears nothing.

use std::{
    os::unix::net::UnixDatagram,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, SyncSender},
    },
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;
use tempfile::TempDir;
use yingbi::{
    controller::Transmit,
    daemon::{Call, Claim, FrameBox, Herald, News, Pulse, Pulses, Vital, Wire, send},
    frame::Frame,
    link::{LinkError, Sent},
    units::{Level, Moment, Size},
};

use super::{
    output::{open, to},
    process::{Daemon, PATIENCE, READY, command, controller_of},
    site,
};

const INTERVAL: Duration = Duration::from_secs(10);

fn at(seconds: u64) -> Moment {
    Moment::ZERO + Duration::from_secs(seconds)
}

fn alive(herald: &mut Herald, pulses: &Pulses, now: Moment) -> bool {
    let calls = herald.speak(pulses.look(now), "well".into(), now);
    calls.contains(&Call::Alive)
}

#[test]
fn the_wall_is_ready_when_every_thread_has_beaten_and_not_before() {
    let pulses = Pulses::default();
    let mut herald = Herald::new(None);
    assert_eq!(herald.speak(pulses.look(at(0)), "well".into(), at(0)), []);
    let (player, output) = (pulses.add(at(0)), pulses.add(at(0)));
    player.beat();
    assert_eq!(herald.speak(pulses.look(at(1)), "well".into(), at(1)), []);
    output.beat();
    let calls = herald.speak(pulses.look(at(2)), "well".into(), at(2));
    assert_eq!(calls, [Call::Ready, Call::Status("well".into())]);
    assert_eq!(herald.speak(pulses.look(at(3)), "well".into(), at(3)), []);
    let calls = herald.speak(pulses.look(at(4)), "worse".into(), at(4));
    assert_eq!(calls, [Call::Status("worse".into())]);
}

// Fault 9.
#[test]
fn a_thread_that_hangs_or_dies_without_a_word_stops_the_pings_and_one_that_ends_does_not() {
    let ends: [fn(Pulse) -> bool; 3] = [
        |pulse| {
            std::mem::forget(pulse); // It hangs.
            false
        },
        |_dies| false,
        |pulse| {
            pulse.end();
            true
        },
    ];
    for end in ends {
        let pulses = Pulses::default();
        let mut herald = Herald::new(Some(INTERVAL));
        let (one, other) = (pulses.add(at(0)), pulses.add(at(0)));
        for second in 0..20 {
            one.beat();
            other.beat();
            assert_eq!(alive(&mut herald, &pulses, at(second)), second % 5 == 0, "{second}");
        }
        let goes_on = end(other);
        let pings = (20..120).filter(|second| {
            one.beat();
            alive(&mut herald, &pulses, at(*second))
        });
        assert_eq!(
            pings.count(),
            if goes_on { 20 } else { 1 },
            "at 20 s it was silent for one second only"
        );
    }
}

/// A wire that takes nothing while it is told to block.
struct Wedge {
    blocks: Arc<AtomicBool>,
    sends: SyncSender<()>,
}

impl Wire for Wedge {
    fn send_all(&mut self, _transmits: &[Transmit], _bytes: &[u8], _now: Moment) -> Sent {
        let _ = self.sends.try_send(());
        while self.blocks.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(1));
        }
        Sent::All
    }

    fn receive(&mut self, _now: Moment, _take: &mut dyn FnMut(&[u8])) {}

    fn problems(&self) -> Vec<LinkError> {
        Vec::new()
    }
}

/// An output's thread.
struct Sending {
    blocks: Arc<AtomicBool>,
    pulses: Arc<Pulses>,
    mailbox: Arc<FrameBox>,
    sends: Receiver<()>,
    thread: thread::JoinHandle<()>,
}

impl Sending {
    fn start() -> Self {
        let size = Size { width: 2, height: 1 };
        let (blocks, pulses) = (Arc::<AtomicBool>::default(), Arc::<Pulses>::default());
        let mailbox = Arc::new(FrameBox::new(Frame::new(size)));
        let (told, sends) = mpsc::sync_channel(1);
        let wire = Wedge {
            blocks: Arc::clone(&blocks),
            sends: told,
        };
        let (inbox, pulse) = (Arc::clone(&mailbox), pulses.add(Moment::ZERO));
        let thread = thread::spawn(move || {
            let mut output = open(&to("192.0.2.1:4048", size), wire);
            let given = (&pulse, &mut Claim::nice());
            send(&mut output, &inbox, &mut Frame::new(size), given, |_| {});
        });
        Self {
            blocks,
            pulses,
            mailbox,
            sends,
            thread,
        }
    }

    /// Waits until the pulse has beaten, as it is at `now`.
    fn beats(&self, now: Moment) {
        let deadline = Instant::now() + PATIENCE;
        while self.pulses.look(now).silence > Duration::ZERO {
            assert!(Instant::now() < deadline, "it does not beat");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

// Fault 9.
#[test]
fn an_output_that_hangs_in_its_wire_stops_beating_and_one_with_nothing_to_send_does_not() {
    let sending = Sending::start();
    sending.beats(at(10));
    sending.beats(at(20));
    sending.blocks.store(true, Ordering::Relaxed);
    let mut frame = Frame::new(Size { width: 2, height: 1 });
    frame.fill(embedded_graphics::pixelcolor::Rgb888::new(1, 2, 3));
    sending.mailbox.put(&frame, Level::FULL, News::Frame);
    sending.sends.recv_timeout(PATIENCE).unwrap();
    // What it had beaten before is seen now; after that there is nothing.
    sending.pulses.look(at(30));
    let Vital { is_lit, silence } = sending.pulses.look(at(99));
    assert!(is_lit && silence >= Duration::from_secs(69), "{silence:?}");
    sending.blocks.store(false, Ordering::Relaxed);
    sending.beats(at(200));
    sending.mailbox.close();
    sending.thread.join().unwrap();
}

/// Waits until a datagram that begins with `words` comes; it.
fn hears(socket: &UnixDatagram, words: &str) -> String {
    let deadline = Instant::now() + PATIENCE;
    loop {
        assert!(Instant::now() < deadline, "never heard {words}");
        let mut bytes = [0; 4096];
        let length = socket.recv(&mut bytes).unwrap();
        let heard = String::from_utf8_lossy(&bytes[..length]).into_owned();
        if heard.starts_with(words) {
            return heard;
        }
    }
}

fn with_systemd(command: &mut Command, socket: &std::path::Path) -> Daemon {
    command
        .env("NOTIFY_SOCKET", socket)
        .env("WATCHDOG_USEC", "400000")
        .env_remove("WATCHDOG_PID");
    Daemon::spawn(command)
}

// Fault 9.
#[test]
fn systemd_hears_when_the_wall_is_lit_that_it_stays_so_though_dark_and_that_it_ends() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let _controller = controller_of(folder.path());
    let site = std::fs::read_to_string(folder.path().join("site.toml")).unwrap();
    // Dark for ever: an idle wall is alive.
    let dark = site.replace(
        "night = { level = 100 }",
        "night = { level = 100 }\n[[screen.lit]]\nuntil = 2020-01-01\n",
    );
    site::write(folder.path(), "site.toml", &dark);
    let path = state.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut command = command(folder.path(), &state.path().join("state"), "127.0.0.1:0");
    let daemon = with_systemd(&mut command, &path);
    daemon.says(READY);
    hears(&socket, "READY=1");
    let status = hears(&socket, "STATUS=");
    assert!(status.contains("屏幕 1 块"), "{status}");
    for _ in 0..5 {
        hears(&socket, "WATCHDOG=1");
    }
    daemon.signal(Signal::TERM);
    hears(&socket, "STOPPING=1");
    assert_eq!(daemon.end().code(), Some(0));
}
