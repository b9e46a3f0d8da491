//! The whole daemon as an operating system sees it: from its start to the first datagram, and what it takes while it plays.
//!
//! A child process of our own binary plays a site of one 512x256 full-colour screen at 50 ticks a second, every LED of whose ticker
//! zone moves on every tick, and sends it to a socket here: over DDP to one that is read, so that frames can be counted, and over sACN and
//! Art-Net to one that nobody reads.

use std::{
    fs,
    net::UdpSocket,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::net::sockopt::set_socket_recv_buffer_size_force;

use super::harness::Harness;

/// How long a paced run settles before it is watched.
const SETTLING: Duration = Duration::from_secs(2);
/// How long the paced run is watched.
const WATCHED: Duration = Duration::from_secs(10);
/// How long a daemon may take to show something before the benchmark gives up.
const PATIENCE: Duration = Duration::from_secs(20);
/// Clock ticks a second in `/proc/PID/stat`, on every Linux that Rust supports.
const CLOCK_TICKS: f64 = 100.0;

const SITE: &str = r#"
title = "示例省国资委"

[[column]]
id = "滚动"

[[screen]]
id = "lobby"
width = 512
height = 256
colour = "full"
rate = 50
brightness = 100
night = { level = 100 }

[[screen.zone]]
id = "ticker"
width = 512
height = 256
kind = "ticker"
scene = "tall"

[[screen.output]]
address = "ADDRESS"
"#;

/// What the output speaks, where its receiver is one that nobody reads.
const UNREAD: [(&str, &str); 2] = [
    ("daemon: 512x256 at 50 Hz, sACN", "protocol = \"sacn\"\nuniverse = 1\n"),
    ("daemon: 512x256 at 50 Hz, Art-Net", "protocol = \"artnet\"\n"),
];

/// A ticker that fills the height: scale 8 of 16 dots, twice as high with its margins.
const SCENE: &str = "[[box]]\nfield = \"title\"\nscale = 8\ncolour = \"gold\"\n";

/// All benchmarks of the daemon.
pub(crate) fn run(harness: &mut Harness) {
    read(harness);
    unread(harness);
}

fn read(harness: &mut Harness) {
    const START: &str = "daemon: start to first datagram";
    const SHARE: &str = "daemon: 512x256 at 50 Hz, DDP";
    if !harness.measured() || !(harness.wants(START) || harness.wants(SHARE)) {
        return;
    }
    let receiver = UdpSocket::bind("127.0.0.1:0").expect("a loopback port is free");
    receiver
        .set_read_timeout(Some(PATIENCE))
        .expect("a deadline can be set");
    // The default holds less than one frame. Without the right to more, frames are lost here and the count is a lower bound.
    let _ = set_socket_recv_buffer_size_force(&receiver, 64 << 20);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    write_site(folder.path(), "protocol = \"ddp\"\n", &receiver);
    let starts = (0..5).map(|_| first_datagram(folder.path(), &receiver));
    let mut starts: Vec<Duration> = starts.collect();
    starts.sort();
    harness.state(START, format!("{:.0} ms", starts[2].as_secs_f64() * 1e3), "<= 500 ms");
    let figures = paced(folder.path(), &receiver);
    harness.state(SHARE, format!("{:.2} %", figures.share * 100.0), "of a core; aim 3 %");
    harness.state(
        "daemon: resident memory",
        format!("{:.1} MB", figures.resident / 1e6),
        "aim 16 MB",
    );
    harness.state(
        "daemon: frames a second received",
        format!("{:.1}", figures.frames),
        "50",
    );
    let size = fs::metadata(binary()).expect("the binary is there").len();
    harness.state("daemon: size of the binary", format!("{:.1} MB", size as f64 / 1e6), "");
}

fn unread(harness: &mut Harness) {
    for (name, output) in UNREAD {
        if !harness.measured() || !harness.wants(name) {
            continue;
        }
        let receiver = UdpSocket::bind("127.0.0.1:0").expect("a loopback port is free");
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        write_site(folder.path(), output, &receiver);
        let daemon = Daemon::start(folder.path());
        thread::sleep(SETTLING);
        let (begun, cpu) = (Instant::now(), daemon.cpu());
        thread::sleep(WATCHED);
        let share = (daemon.cpu() - cpu) / begun.elapsed().as_secs_f64();
        harness.state(name, format!("{:.2} %", share * 100.0), "of a core");
    }
}

/// What a paced run took.
struct Figures {
    share: f64,
    resident: f64,
    frames: f64,
}

fn binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_yingbi"))
}

/// A site whose output, of which those lines tell, goes to `receiver`.
fn write_site(folder: &Path, output: &str, receiver: &UdpSocket) {
    let address = receiver.local_addr().expect("a bound socket has an address");
    let write = |path: &str, text: &str| {
        let path = folder.join("site").join(path);
        fs::create_dir_all(path.parent().expect("the path has a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    };
    write("site.toml", &(SITE.replace("ADDRESS", &address.to_string()) + output));
    write("scenes/tall.toml", SCENE);
    write("all.toml", "zones = [\"ticker\"]\n\n[[play]]\ncolumn = \"滚动\"\n");
    write(
        "items/滚动/甲.md",
        "+++\ntitle = \"示例省国资委政务公开大厅欢迎您\"\n+++\n正文\n",
    );
    write("items/滚动/乙.md", "+++\ntitle = \"办事请到一层服务窗口\"\n+++\n正文\n");
}

/// A daemon on that site; killed when dropped.
pub(crate) struct Daemon(Child);

impl Daemon {
    pub(crate) fn start(folder: &Path) -> Self {
        let child = Command::new(binary())
            .args(["run", "--view", "127.0.0.1:0", "--state"])
            .args([folder.join("state"), folder.join("site")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(child.expect("the binary starts"))
    }

    /// User and system CPU seconds so far, of all threads.
    fn cpu(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0.id())).unwrap_or_default();
        // The second field is the name in brackets and may hold blanks; user and system time are fields 14 and 15.
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let field = |at: usize| {
            after_name
                .split_whitespace()
                .nth(at)
                .and_then(|text| text.parse::<f64>().ok())
        };
        (field(11).unwrap_or(f64::NAN) + field(12).unwrap_or(f64::NAN)) / CLOCK_TICKS
    }

    /// Resident memory in bytes.
    fn resident(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap_or_default();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .unwrap_or_default();
        line.trim()
            .trim_end_matches(" kB")
            .parse::<f64>()
            .map_or(f64::NAN, |kilobytes| kilobytes * 1024.0)
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // One that has ended already needs no killing.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// From the start of a process to its first datagram.
fn first_datagram(folder: &Path, receiver: &UdpSocket) -> Duration {
    drain(receiver);
    let before = Instant::now();
    let daemon = Daemon::start(folder);
    receiver
        .recv(&mut [0; 2048])
        .expect("the daemon sends within its patience");
    let taken = before.elapsed();
    drop(daemon);
    taken
}

/// Throws away what a daemon before has left in the socket.
fn drain(receiver: &UdpSocket) {
    receiver
        .set_nonblocking(true)
        .expect("a socket can be made not to wait");
    while receiver.recv(&mut [0; 2048]).is_ok() {}
    receiver
        .set_nonblocking(false)
        .expect("a socket can be made to wait again");
}

/// Watches a daemon that has settled.
fn paced(folder: &Path, receiver: &UdpSocket) -> Figures {
    const PUSH: u8 = 0x01;
    drain(receiver);
    let daemon = Daemon::start(folder);
    let mut datagram = [0; 2048];
    let settled = Instant::now() + SETTLING;
    while Instant::now() < settled {
        receiver
            .recv(&mut datagram)
            .expect("the daemon sends within its patience");
    }
    let (begun, cpu) = (Instant::now(), daemon.cpu());
    let mut frames = 0.0;
    while begun.elapsed() < WATCHED {
        receiver
            .recv(&mut datagram)
            .expect("the daemon sends within its patience");
        if datagram[0] & PUSH != 0 {
            frames += 1.0;
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    Figures {
        share: (daemon.cpu() - cpu) / seconds,
        resident: daemon.resident(),
        frames: frames / seconds,
    }
}
