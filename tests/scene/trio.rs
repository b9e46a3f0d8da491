//! A hall whose screen hangs on three controllers: each speaks another protocol, and its modules are wired in another way.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tempfile::TempDir;
use yingbi::{
    daemon::{Answer, Asked, ask},
    frame::Frame,
    link::UdpListener,
    simulator::{
        VirtualController,
        controller::{Chain, Kind, Setup, weather::Faults},
    },
    site::{self, Protocol},
    units::{Size, Ticks},
    wall::{Projector, Wall},
};

use crate::daemon::process::{Daemon, PATIENCE, READY};

/// The screen of the scene, and the part of it that each controller lights.
pub(super) const SCREEN: Size = Size::new(192, 64);
pub(super) const PART: Size = Size::new(64, 64);

/// `site.toml` but for its outputs. Pages stand still, so that what three controllers show can be put together.
pub(super) const SITE: &str = r#"
title = "示例省国资委"

[[column]]
id = "notices"
title = "通知公告"

[[screen]]
id = "lobby"
width = 192
height = 64
rate = 25
brightness = 100
night = { level = 100 }

[[screen.zone]]
id = "main"
"#;

/// What each output says of its modules.
pub(super) const WIRING: [&str; 3] = [
    "modules = \"P10 2x4\"\nwiring = { corner = \"bottom-right\", serpentine = true, turned_back = true }\norder = \"grb\"\n",
    "modules = \"P10 4x2\"\nwiring = { axis = \"columns\", serpentine = true, turn = 90, module_serpentine = true }\n",
    "modules = \"P5 1x2\"\nwiring = { corner = \"bottom-left\", mirrored = true }\norder = \"bgr\"\n",
];

/// How each is reached, but for its address.
pub(super) const WAYS: [&str; 3] = [
    "protocol = \"ddp\"\n",
    "protocol = \"sacn\"\nsync_universe = 63999\n",
    "protocol = \"artnet\"\n",
];

/// Output number `number` of the screen, with those lines besides.
pub(super) fn output(number: usize, lines: &str) -> String {
    let x = number * 64;
    let region = format!("region = {{ x = {x}, width = 64, height = 64 }}\n");
    format!("[[screen.output]]\n{lines}{region}{}\n", WIRING[number])
}

/// The running hall.
pub(super) struct Trio {
    pub(super) site: TempDir,
    pub(super) state: TempDir,
    pub(super) parts: Vec<Part>,
    pub(super) daemon: Option<Daemon>,
}

/// One controller of it, which can be switched off.
pub(super) struct Part {
    pub(super) address: SocketAddr,
    pub(super) output: site::Output,
    pub(super) controller: Option<VirtualController>,
}

impl Part {
    /// The controller of `output` at `address`, where port 0 takes a free one.
    pub(super) fn new(output: &site::Output, address: SocketAddr) -> Self {
        let mut part = Self {
            address,
            output: output.clone(),
            controller: None,
        };
        part.switch_on(Faults::default());
        part
    }

    pub(super) fn switch_on(&mut self, faults: Faults) {
        let setup = setup(&self.output, faults);
        let controller = VirtualController::listen(self.address, None, setup).unwrap();
        self.address = controller.address();
        self.controller = Some(controller);
    }

    pub(super) fn switch_off(&mut self) {
        self.controller = None;
    }

    /// What it shows now.
    pub(super) fn picture(&self) -> Option<Arc<Frame>> {
        let shown = self.controller.as_ref()?.newer(0, Duration::ZERO)?;
        Some(shown.frame)
    }
}

/// What hangs behind that output.
pub(super) fn setup(output: &site::Output, faults: Faults) -> Setup {
    let kind = match output.protocol {
        Protocol::Ddp => Kind::Ddp,
        Protocol::Sacn(settings) => Kind::Sacn(settings.universes),
        Protocol::ArtNet(settings) => Kind::ArtNet(settings.universes),
    };
    Setup {
        kind,
        chain: Chain::of(&output.panel),
        faults,
        seed: 1,
    }
}

/// An address of this machine that no other test uses: some protocols share their ports.
pub(super) fn host() -> Ipv4Addr {
    static HOSTS: AtomicU8 = AtomicU8::new(1);
    Ipv4Addr::new(127, 0, 79, HOSTS.fetch_add(1, Ordering::Relaxed))
}

/// The outputs of a `site.toml`, of which nothing may be wrong.
pub(super) fn outputs(text: &str) -> Vec<site::Output> {
    let parsed = site::parse("site.toml", text.as_bytes());
    assert_eq!(parsed.diagnostics, []);
    parsed.value.unwrap().screens.remove(0).outputs
}

/// The lines of three outputs, of which that of number `at` has the addresses' number `at`.
pub(super) fn to(addresses: &[SocketAddr]) -> String {
    let lines = |number: usize| {
        let address = addresses[number];
        output(number, &format!("{}address = \"{address}\"\n", WAYS[number]))
    };
    (0..3).map(lines).collect()
}

/// Fills a folder with a site of two pages of two seconds.
pub(super) fn fill(folder: &Path, site: &str) {
    write(folder, "site.toml", site);
    write(
        folder,
        "pages.toml",
        "[[play]]\ncolumn = \"notices\"\ndwell = \"2s\"\norder = \"path\"\n",
    );
    item(folder, "a", 1);
    item(folder, "b", 2);
}

/// Writes an item that is seen in every part of the screen.
pub(super) fn item(folder: &Path, name: &str, number: u32) {
    let digits = char::from_digit(number % 10, 10).unwrap().to_string();
    let (title, line) = (digits.repeat(20), digits.repeat(60));
    write(
        folder,
        &format!("items/notices/{name}.md"),
        &format!("+++\ntitle = \"{title}\"\n+++\n{line}\n"),
    );
}

pub(super) fn write(folder: &Path, path: &str, text: &str) {
    let place = folder.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}

impl Trio {
    /// The hall, playing.
    pub(super) fn open() -> Self {
        let host = host();
        let somewhere = [SocketAddr::from((host, 9)); 3];
        let wanted = outputs(&format!("{SITE}{}", to(&somewhere)));
        let parts: Vec<Part> = wanted
            .iter()
            .map(|output| Part::new(output, (host, 0).into()))
            .collect();
        let mut trio = Self {
            site: TempDir::new().unwrap(),
            state: TempDir::new().unwrap(),
            parts,
            daemon: None,
        };
        fill(trio.site.path(), &trio.text());
        trio.start();
        trio
    }

    /// The hall's `site.toml`.
    pub(super) fn text(&self) -> String {
        let addresses: Vec<SocketAddr> = self.parts.iter().map(|part| part.address).collect();
        format!("{SITE}{}", to(&addresses))
    }

    pub(super) fn start(&mut self) {
        let daemon = Daemon::start(self.site.path(), self.state.path(), "127.0.0.1:0");
        daemon.says(READY);
        self.daemon = Some(daemon);
    }

    pub(super) fn daemon(&self) -> &Daemon {
        self.daemon.as_ref().unwrap()
    }

    pub(super) fn item(&self, name: &str, number: u32) {
        item(self.site.path(), name, number);
    }

    /// The wall of the files as they are.
    pub(super) fn wall(&self) -> Arc<Wall> {
        crate::daemon::site::wall(self.site.path())
    }

    /// What the parts of those numbers show, put together; dark where one shows nothing.
    pub(super) fn picture(&self, numbers: &[usize]) -> Frame {
        let mut whole = Frame::new(SCREEN);
        for &number in numbers {
            if let Some(part) = self.parts[number].picture() {
                paste(&part, number, &mut whole);
            }
        }
        whole
    }

    /// Waits until all three together show `expected`.
    pub(super) fn waits_for(&self, what: &str, expected: &Frame) {
        until(what, || self.picture(&[0, 1, 2]) == *expected);
    }

    /// Waits until the parts of those numbers show what the files say for now.
    pub(super) fn is_up_to_date(&self, numbers: &[usize]) {
        let wall = self.wall();
        until("the parts show what the files say", || {
            let shown = self.picture(numbers);
            now(&wall).iter().any(|frame| only(frame, numbers) == shown)
        });
    }

    pub(super) fn ask(&self, asked: &Asked) -> Answer {
        ask(self.state.path(), |_| None, asked).unwrap()
    }

    /// What `yingbi preview` draws for that instant.
    pub(super) fn preview(&self, at: Timestamp) -> Frame {
        let path = self.state.path().join("preview.png");
        let output = Command::new(env!("CARGO_BIN_EXE_yingbi"))
            .arg("preview")
            .arg(self.site.path())
            .args(["--at", &at.to_string(), "-o"])
            .arg(&path)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let file = std::io::BufReader::new(fs::File::open(&path).unwrap());
        let mut reader = png::Decoder::new(file).read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut bytes).unwrap();
        Frame::from_bytes(SCREEN, bytes).expect("a pixel an LED")
    }
}

/// Copies what part `number` shows to its place in `whole`.
fn paste(part: &Frame, number: usize, whole: &mut Frame) {
    assert_eq!(part.size(), PART);
    let from = number * PART.width as usize * 3;
    for y in 0..PART.height {
        let row = part.row(y);
        whole.row_mut(y)[from..from + row.len()].copy_from_slice(row);
    }
}

/// What part `number` shows of `whole`.
pub(super) fn part(whole: &Frame, number: usize) -> Frame {
    let mut part = Frame::new(PART);
    let from = number * PART.width as usize * 3;
    for y in 0..PART.height {
        let row = part.row_mut(y);
        let width = row.len();
        row.copy_from_slice(&whole.row(y)[from..from + width]);
    }
    part
}

/// The whole, dark but for the parts of those numbers.
fn only(whole: &Frame, numbers: &[usize]) -> Frame {
    let mut frame = Frame::new(whole.size());
    for &number in numbers {
        paste(&part(whole, number), number, &mut frame);
    }
    frame
}

/// What `wall` shows now and a moment ago.
pub(super) fn now(wall: &Arc<Wall>) -> [Frame; 2] {
    let mut projector = Projector::new(Arc::clone(wall), 0);
    let tick = projector.rate().tick_at(Timestamp::now());
    [0, -10].map(|later| {
        let mut frame = Frame::new(projector.size());
        projector.paint(tick + Ticks(later), &mut frame);
        frame
    })
}

/// Waits until `is_so`.
pub(super) fn until(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "never: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Somebody who takes down all that comes to an address. Dropped, he leaves.
pub(super) struct Tap {
    leaves: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Tap {
    /// Gives each datagram to `take`.
    pub(super) fn at(address: SocketAddr, mut take: impl FnMut(SocketAddr, &[u8]) + Send + 'static) -> Self {
        let mut listener = UdpListener::share(address).unwrap();
        let leaves = Arc::<AtomicBool>::default();
        let told = Arc::clone(&leaves);
        let listen = move || {
            while !told.load(Ordering::Relaxed) {
                listener
                    .receive(Duration::from_millis(20), |from, datagram| take(from, datagram))
                    .unwrap();
            }
        };
        Self {
            leaves,
            thread: Some(thread::spawn(listen)),
        }
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.leaves.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
