//! From a save by rename of an alert to the first datagrams of its picture: the whole daemon, as a clerk who has to warn people sees it.
//!
//! A child process of our own binary plays; here is the controller. Its floor in the same run is the bare way of the news: from the
//! rename to the event and the bytes read. Beside it the parts of the way are timed on the same site: a scan, taking the files in.

use std::{
    fs,
    io::Read as _,
    net::UdpSocket,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use rustix::net::sockopt::set_socket_recv_buffer_size_force;
use yingbi::{
    folder::{Scanner, scan},
    units::{Moment, Tick},
    wall::{Library, Projector},
};

use super::harness::Harness;

const SAVES: u32 = 200;
const PATIENCE: Duration = Duration::from_secs(20);

const SITE: &str = r#"
title = "示例省国资委"

[[column]]
id = "通知"

[[screen]]
id = "lobby"
width = 320
height = 160
colour = "full"
rate = 50
brightness = 100
night = { level = 100 }

[[screen.zone]]
id = "main"
"#;

/// How long a file that is written in place must be still before it counts.
const REST: Duration = Duration::from_millis(500);

/// All benchmarks of saves.
pub(crate) fn run(harness: &mut Harness) {
    const SAMPLE: &str = "saves: sample site";
    const THOUSAND: &str = "saves: 1,000 items";
    const TEN_THOUSAND: &str = "saves: 10,000 items";
    if !harness.measured() {
        return;
    }
    for (name, make) in [
        (SAMPLE, sample as fn(&Path) -> String),
        (THOUSAND, |site| many(site, 1_000)),
        (TEN_THOUSAND, |site| many(site, 10_000)),
    ] {
        if !harness.wants(name) {
            continue;
        }
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let site = folder.path().join("site");
        let receiver = receiver();
        let column = prepare(&site, make, &receiver);
        let alert = site.join(format!("items/{column}/紧急.md"));
        let bare = parts(harness, name, &site, &alert, name == TEN_THOUSAND);
        let mut state = |kind: &str, times: Vec<Duration>, (floor, least), budget, limit: Duration| {
            let [median, most] = [quantile(&times, 0.5), quantile(&times, 0.99)];
            let claim = (name != TEN_THOUSAND).then_some((budget, most <= limit));
            harness.state_beside(
                &format!("{name}, {kind}"),
                (quantiles(&times), median),
                (floor, least),
                claim,
            );
        };
        let times = wire(folder.path(), &alert, by_rename, SAVES, &receiver);
        let limit = Duration::from_millis(50);
        state("by rename", times, ("event, read", bare), "p99 <= 50 ms", limit);
        let times = wire(folder.path(), &alert, in_place, SAVES / 10, &receiver);
        let limit = Duration::from_millis(600);
        state(
            "in place",
            times,
            ("rest, event, read", REST + bare),
            "<= 600 ms",
            limit,
        );
    }
}

fn receiver() -> UdpSocket {
    let receiver = UdpSocket::bind("127.0.0.1:0").expect("a loopback port is free");
    receiver
        .set_read_timeout(Some(PATIENCE))
        .expect("a deadline can be set");
    let _ = set_socket_recv_buffer_size_force(&receiver, 64 << 20);
    receiver
}

fn write(site: &Path, path: &str, text: &str) {
    let path = site.join(path);
    fs::create_dir_all(path.parent().expect("the path has a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

/// The site with an alert over everything on its first screen, which `receiver` gets; the alert's column.
fn prepare(site: &Path, make: fn(&Path) -> String, receiver: &UdpSocket) -> String {
    let column = make(site);
    let text = fs::read_to_string(site.join("site.toml")).expect("the site is there");
    let address = receiver.local_addr().expect("a bound socket has an address");
    let output = format!("\n[[screen.output]]\nprotocol = \"ddp\"\naddress = \"{address}\"\n");
    let first = text.find("\n[[screen]]").expect("a site has a screen") + 1;
    let end = text[first..].find("\n[[screen]]").map_or(text.len(), |at| first + at);
    write(site, "site.toml", &format!("{}{output}{}", &text[..end], &text[end..]));
    let play = format!("[[play]]\nitem = \"{column}/紧急\"\n");
    write(
        site,
        "紧急.toml",
        &format!("priority = \"alert\"\nzones = [\"*\"]\n{play}"),
    );
    write(site, &format!("items/{column}/紧急.md"), &alert_text(0));
    column
}

fn alert_text(number: u32) -> String {
    format!("+++\ntitle = \"紧急通知第{number}号\"\n+++\n请立即有序撤离第{number}层。\n")
}

fn sample(site: &Path) -> String {
    copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/playlists")), site);
    "notices".into()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the sample site is there") {
        let entry = entry.expect("a folder can be listed");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

fn many(site: &Path, items: u32) -> String {
    write(site, "site.toml", SITE);
    write(site, "all.toml", "[[play]]\ncolumn = \"通知\"\n");
    for number in 0..items {
        let title = format!("关于做好第{number}项工作的通知");
        let body = "各处室、各直属单位：现将有关事项通知如下，请认真贯彻执行，并于本月底前报送情况。\n".repeat(3);
        write(
            site,
            &format!("items/通知/{number:05}.md"),
            &format!("+++\ntitle = \"{title}\"\n+++\n{body}"),
        );
    }
    "通知".into()
}

fn by_rename(alert: &Path, number: u32) {
    let new = alert.with_extension("tmp");
    fs::write(&new, alert_text(number)).expect("a file can be written");
    // The save is what the clerk's program ends with.
    std::thread::sleep(Duration::from_millis(120));
}

fn in_place(alert: &Path, number: u32) {
    fs::write(alert, alert_text(number)).expect("a file can be written");
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

fn quantile(times: &[Duration], share: f64) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[((times.len() - 1) as f64 * share).round() as usize]
}

/// Median, p99 and the longest.
fn quantiles(times: &[Duration]) -> String {
    let at = |share: f64| milliseconds(quantile(times, share));
    format!("{:.1}/{:.1}/{:.1} ms", at(0.5), at(0.99), at(1.0))
}

/// What the way is made of, each alone: median, p99 and the longest of twenty. The median of its floor.
fn parts(harness: &mut Harness, name: &str, site: &Path, alert: &Path, is_claimed: bool) -> Duration {
    const NAMES: [&str; 6] = [
        "glimpse",
        "scan",
        "take in",
        "ready to stop",
        "take over, paint",
        "reload",
    ];
    let mut scanner = Scanner::new(site);
    for second in [0, 3] {
        let _ = scanner.scan(Moment::ZERO + Duration::from_secs(second));
    }
    let path: Arc<str> = alert
        .strip_prefix(site)
        .ok()
        .and_then(Path::to_str)
        .expect("below the site")
        .into();
    let mut library = Library::default().accept(&scan(site).expect("the site can be read").files);
    let mut times: [Vec<Duration>; 7] = Default::default();
    let wall = library.wall().expect("the site is good");
    let mut projector = Projector::new(wall.clone(), 0);
    let mut frame = yingbi::frame::Frame::new(projector.size());
    let mut tick = Tick(i64::from(projector.rate().hertz()) * 1_800_000_000);
    projector.paint(tick, &mut frame);
    for number in 0..20 {
        let now = Moment::ZERO + Duration::from_secs(4);
        fs::write(alert, alert_text(1_000 + number)).expect("a file can be written");
        let mut took = [Duration::ZERO; 7];
        took[0] = timed(|| scanner.glimpse([&path].into_iter(), now)).1;
        let (scanned, scan) = timed(|| scanner.scan(now));
        took[1] = scan;
        let files = scanned.expect("the site is there").files;
        let (accepted, take_in) = timed(|| library.accept(&files));
        took[2] = take_in;
        library = accepted;
        let wall = library.wall().expect("the site is good").clone();
        took[3] = timed(|| wall.ready_to_stop()).1;
        tick = tick.next();
        took[4] = timed(|| {
            projector.take_over(wall, tick);
            projector.paint(tick, &mut frame);
        })
        .1;
        took[5] = took[1] + took[2] + took[4];
        took[6] = bare(alert);
        times.iter_mut().zip(took).for_each(|(times, took)| times.push(took));
    }
    let floor = quantile(&times[6], 0.5);
    for (part, times) in NAMES.iter().zip(&times) {
        let limit = Duration::from_millis(200);
        let claim = (is_claimed && *part == "reload").then_some(("<= 200 ms", quantile(times, 0.5) <= limit));
        harness.state_beside(
            &format!("{name}: {part}"),
            (quantiles(times), quantile(times, 0.5)),
            ("event, read", floor),
            claim,
        );
    }
    floor
}

fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration) {
    let begin = Instant::now();
    let made = act();
    (made, begin.elapsed())
}

/// From a rename to its event and the bytes.
fn bare(alert: &Path) -> Duration {
    use notify::Watcher as _;
    let folder = alert.parent().expect("an item lies in a folder");
    let (send, receive) = std::sync::mpsc::sync_channel(100);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| matches!(event.kind, notify::EventKind::Modify(_))) {
            let _ = send.try_send(());
        }
    })
    .expect("the system tells of changes");
    let new = folder.join("x.tmp");
    fs::write(&new, alert_text(1)).expect("a file can be written");
    watcher
        .watch(folder, notify::RecursiveMode::NonRecursive)
        .expect("a folder can be watched");
    let begin = Instant::now();
    fs::rename(&new, folder.join("y.tmp")).expect("a file can be renamed");
    receive.recv_timeout(PATIENCE).expect("an event comes");
    let mut text = String::new();
    let mut file = fs::File::open(folder.join("y.tmp")).expect("the file is there");
    file.read_to_string(&mut text).expect("a text can be read");
    begin.elapsed()
}

struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// From each save to the last datagram of the first other picture.
fn wire(folder: &Path, alert: &Path, save: fn(&Path, u32), saves: u32, receiver: &UdpSocket) -> Vec<Duration> {
    let state: PathBuf = folder.join("state");
    let child = Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .args(["run", "--view", "127.0.0.1:0", "--state"])
        .args([state, folder.join("site")])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let _daemon = Daemon(child.expect("the binary starts"));
    let mut picture = Picture::default();
    while picture.shown.is_empty() {
        picture.take(receiver);
    }
    picture.follow(receiver, Instant::now() + Duration::from_secs(3));
    let mut times = Vec::new();
    for number in 0..saves {
        picture.follow(
            receiver,
            Instant::now() + Duration::from_millis(u64::from(100 + number * 7 % 40)),
        );
        save(alert, number);
        let before = picture.shown.clone();
        let begin = Instant::now();
        if alert.with_extension("tmp").exists() {
            fs::rename(alert.with_extension("tmp"), alert).expect("a file can be renamed");
        }
        while picture.shown == before {
            picture.take(receiver);
            assert!(begin.elapsed() < PATIENCE, "the alert never came");
        }
        times.push(begin.elapsed());
    }
    times
}

/// The picture as the controller has it.
#[derive(Default)]
struct Picture {
    coming: Vec<u8>,
    shown: Vec<u8>,
}

impl Picture {
    /// Takes one datagram.
    fn take(&mut self, receiver: &UdpSocket) {
        const PUSH: u8 = 0x01;
        let mut packet = [0; 2048];
        let Ok(length) = receiver.recv(&mut packet) else { return };
        let offset = u32::from_be_bytes([packet[4], packet[5], packet[6], packet[7]]) as usize;
        let end = offset + length - 10;
        self.coming.resize(self.coming.len().max(end), 0);
        self.coming[offset..end].copy_from_slice(&packet[10..length]);
        if packet[0] & PUSH != 0 {
            self.shown.clone_from(&self.coming);
        }
    }

    fn follow(&mut self, receiver: &UdpSocket, until: Instant) {
        let short = Duration::from_millis(5);
        receiver.set_read_timeout(Some(short)).expect("a deadline can be set");
        while Instant::now() < until {
            self.take(receiver);
        }
        receiver
            .set_read_timeout(Some(PATIENCE))
            .expect("a deadline can be set");
    }
}
