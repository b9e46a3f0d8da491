//! A screen whose receiver takes down every picture, with the instant at which it was whole; and its daemon and its clerk.

use std::{
    collections::BTreeSet,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use jiff::{Timestamp, tz::TimeZone};
use rustix::process::Signal;
use serde_json::Value;
use tempfile::TempDir;
use yingbi::{
    folder::journal::Archive,
    link::UdpListener,
    units::{Rate, Size, Tick},
    wall::history::Event,
};

use super::super::hall::morning;
use crate::{
    daemon::process::{Daemon, READY, command},
    support::videos::number_rgb,
};

/// Half as wide and as high as the videos that are shown on it.
pub(super) const SCREEN: Size = Size::new(80, 48);

/// The item that is the video.
pub(super) const VIDEO: &str = "notices/计数.mp4";

/// How long a scene may take at most, however busy the machine is.
const LONGEST: Duration = Duration::from_secs(400);

/// A picture as it came.
#[derive(Clone, Debug)]
pub(super) struct Received {
    /// When its last datagram had come.
    pub(super) at: Timestamp,
    pub(super) pixels: Arc<[u8]>,
}

impl Received {
    /// Which picture of the video it is; `None` where it is none.
    pub(super) fn number(&self) -> Option<u16> {
        number_rgb(SCREEN, &self.pixels)
    }
}

/// A page of the video as it is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Planned {
    pub(super) since: Tick,
    pub(super) until: Tick,
}

/// The running booth.
pub(super) struct Booth {
    pub(super) rate: Rate,
    pub(super) zone: TimeZone,
    site: TempDir,
    state: TempDir,
    /// Where commands keep what they make.
    home: TempDir,
    /// What stands in `PATH` of all that runs here; `None` for what does anyway.
    path: Option<PathBuf>,
    receiver: Receiver,
    daemon: Option<Daemon>,
}

impl Booth {
    /// The booth of a screen of that rate with those files, before its daemon is started.
    pub(super) fn new(hertz: u16, has_ffmpeg: bool, files: &[(&str, &str)]) -> Self {
        let (home, receiver) = (TempDir::new().unwrap(), Receiver::listen());
        let booth = Self {
            rate: Rate::new(hertz).unwrap(),
            zone: morning(),
            site: TempDir::new().unwrap(),
            state: TempDir::new().unwrap(),
            path: (!has_ffmpeg).then(|| home.path().to_owned()),
            home,
            receiver,
            daemon: None,
        };
        booth.write("site.toml", booth.text().as_bytes());
        files.iter().for_each(|(path, text)| booth.write(path, text.as_bytes()));
        booth
    }

    fn text(&self) -> String {
        let (Size { width, height }, rate) = (SCREEN, self.rate.hertz());
        let (address, zone) = (self.receiver.address, self.zone.iana_name().unwrap());
        format!(
            r#"
title = "示例省国资委"
timezone = "{zone}"

[[column]]
id = "notices"
title = "通知公告"

[[screen]]
id = "lobby"
width = {width}
height = {height}
rate = {rate}
brightness = 100
night = {{ level = 100 }}

[[screen.zone]]
id = "main"

[[screen.output]]
protocol = "ddp"
address = "{address}"
"#
        )
    }

    pub(super) fn start(&mut self) {
        let mut command = command(self.site.path(), self.state.path(), "127.0.0.1:0");
        if let Some(path) = &self.path {
            command.env("PATH", path);
        }
        let daemon = Daemon::spawn(&mut command);
        daemon.says(READY);
        self.daemon = Some(daemon);
    }

    /// Waits until the daemon says so.
    pub(super) fn says(&self, words: &str) -> String {
        self.daemon.as_ref().unwrap().says(words)
    }

    /// Lets the daemon end, or ends it.
    pub(super) fn end(&mut self, signal: Signal) {
        let daemon = self.daemon.take().unwrap();
        daemon.signal(signal);
        daemon.end();
    }

    /// Writes a file as a program does that saves in place.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) {
        let place = self.site.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }

    /// Copies the video in ten pieces, one every `pause`; the instant before the last one.
    pub(super) fn copy(&self, bytes: &[u8], pause: Duration) -> Timestamp {
        let mut file = fs::File::create(self.site.path().join("items").join(VIDEO)).unwrap();
        let pieces: Vec<&[u8]> = bytes.chunks(bytes.len().div_ceil(10)).collect();
        let (last, others) = pieces.split_last().unwrap();
        for piece in others {
            file.write_all(piece).unwrap();
            file.sync_all().unwrap();
            thread::sleep(pause);
        }
        let whole = Timestamp::now();
        file.write_all(last).unwrap();
        whole
    }

    /// All that has come since `from`, once `is_enough` of it has.
    pub(super) fn pictures(&self, from: Timestamp, is_enough: impl Fn(&[Received]) -> bool) -> Vec<Received> {
        let deadline = Instant::now() + LONGEST;
        loop {
            let mut all = self.receiver.tape.lock().unwrap().clone();
            all.retain(|received| received.at >= from);
            if is_enough(&all) {
                return all;
            }
            assert!(Instant::now() < deadline, "the pictures never came");
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// What a command says, which is given the site.
    fn ask(&self, name: &str, options: &[&str]) -> Vec<u8> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yingbi"));
        command.arg(name).arg(self.site.path()).args(options);
        command.env("HOME", self.home.path());
        for variable in ["XDG_CACHE_HOME", "XDG_STATE_HOME", "STATE_DIRECTORY"] {
            command.env_remove(variable);
        }
        if let Some(path) = &self.path {
            command.env("PATH", path);
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// When `yingbi timeline` has the video between two instants.
    pub(super) fn timeline(&self, from: Timestamp, until: Timestamp) -> Vec<Planned> {
        let (from, until) = (from.to_string(), until.to_string());
        let said = self.ask("timeline", &["--from", &from, "--until", &until, "--json"]);
        let rows = std::str::from_utf8(&said).unwrap().lines();
        let rows = rows.map(|line| serde_json::from_str::<Value>(line).unwrap());
        let tick = |value: &Value| self.rate.tick_from(value.as_str().unwrap().parse().unwrap());
        rows.filter(|row| row["item"] == VIDEO)
            .map(|row| Planned {
                since: tick(&row["since"]),
                until: tick(&row["until"]),
            })
            .collect()
    }

    /// What `yingbi preview` draws for that tick.
    pub(super) fn preview(&self, tick: Tick) -> Received {
        let at = self.rate.timestamp(tick);
        let path = self.home.path().join("preview.png");
        self.ask("preview", &["--at", &at.to_string(), "-o", path.to_str().unwrap()]);
        Received {
            at,
            pixels: pixels(&path).into(),
        }
    }

    /// How many frames the journal says were held, and when a programme took over.
    pub(super) fn journal(&self) -> (u64, Vec<Timestamp>) {
        let records = Archive::read(self.state.path()).unwrap().unwrap().records;
        let mut held = 0;
        let mut taken = Vec::new();
        for record in records {
            match record.event {
                Event::Held(_, lapse) => held += lapse.frames,
                Event::Screen { tick, .. } => taken.push(self.rate.timestamp(tick)),
                _ => {}
            }
        }
        (held, taken)
    }
}

/// The pixels of a picture that has one for each LED.
fn pixels(path: &Path) -> Vec<u8> {
    let file = std::io::BufReader::new(fs::File::open(path).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    assert_eq!(pixels.len(), 3 * SCREEN.leds());
    pixels
}

/// A DDP display, by the protocol's description: a picture is shown when its last datagram says so.
struct Receiver {
    address: std::net::SocketAddr,
    tape: Arc<Mutex<Vec<Received>>>,
    leaves: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Receiver {
    fn listen() -> Self {
        let mut listener = UdpListener::bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = listener.address();
        let (tape, leaves) = (Arc::<Mutex<Vec<Received>>>::default(), Arc::<AtomicBool>::default());
        let (notes, told) = (Arc::clone(&tape), Arc::clone(&leaves));
        let listen = move || {
            let mut picture = vec![0; 3 * SCREEN.leds()];
            let mut known = BTreeSet::<Arc<[u8]>>::new();
            while !told.load(Ordering::Relaxed) {
                let take = |_, datagram: &[u8]| {
                    if !paste(datagram, &mut picture) {
                        return;
                    }
                    let at = Timestamp::now();
                    if !known.contains(&picture[..]) {
                        known.insert(picture.as_slice().into());
                    }
                    let pixels = Arc::clone(known.get(&picture[..]).unwrap());
                    notes.lock().unwrap().push(Received { at, pixels });
                };
                listener.receive(Duration::from_millis(20), take).unwrap();
            }
        };
        Self {
            address,
            tape,
            leaves,
            thread: Some(thread::spawn(listen)),
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.leaves.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Takes what is in a datagram into the picture; whether that is whole now.
fn paste(datagram: &[u8], picture: &mut [u8]) -> bool {
    let (flags, destination) = (datagram[0], datagram[3]);
    assert_eq!((flags & 0xC0, destination), (0x40, 1), "it is DDP, to the display");
    let header = if flags & 0x10 == 0 { 10 } else { 14 };
    let at = u32::from_be_bytes(datagram[4..8].try_into().unwrap()) as usize;
    let data = &datagram[header..];
    picture[at..at + data.len()].copy_from_slice(data);
    flags & 0x01 != 0
}
