//! From the boundary of a cue to the moment at which a card shows the new page: the whole daemon as a child process, and a virtual
//! BX-6E2 of 320x32 LEDs at the other end of TCP, or of a pseudo-terminal on which every byte takes its ten bits.
//!
//! The boundary is worked out from the site's files, as `yingbi preview` does, and not told by the daemon. The card looks at its LEDs 50
//! times a second at most, so up to 20 ms of every figure are the looking. Over a line a figure is stated as a multiple of the time that
//! the frame's own bytes take.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc, thread, time::Duration};

use jiff::{SignedDuration, Timestamp};
use yingbi::{
    controller::onbon::{
        Model,
        receiver::{Build, Lamps, Mischief},
    },
    frame::Frame,
    simulator::card::{VirtualCard, byte_time},
    units::{Rate, Size, Tick},
    wall::{Library, Projector, Wall},
};

use super::{daemon::Daemon, harness::Harness};

const LEDS: Size = Size { width: 320, height: 32 };
/// How many boundaries are watched.
const BOUNDARIES: usize = 24;
/// How long before a boundary the card's bytes begin to be counted.
const BEFORE: SignedDuration = SignedDuration::from_millis(60);
/// What a card does not show by then it never will.
const PATIENCE: Duration = Duration::from_secs(30);

const SITE: &str = r#"
title = "示例省国资委"

[[column]]
id = "通知"

[[screen]]
id = "strip"
width = 320
height = 32
rate = 50
colour = "red"
depth = 1
brightness = 100
night = { level = 100 }

[[screen.card]]
model = "BX-6E2"
"#;

const LINES: [&str; 4] = ["今日值班：办公室", "停水通知：周六全天", "热烈欢迎各位来宾", "请走东门"];

/// Over what: its name, the speed of a line, how long a page stays in seconds, and what is asked.
const WAYS: [(&str, Option<u32>, u32, &str); 3] = [
    ("cards: boundary to LEDs, TCP", None, 1, "<= 100 ms"),
    (
        "cards: boundary to LEDs, 57600 baud",
        Some(57_600),
        2,
        "<= 1.3 of the wire time",
    ),
    (
        "cards: boundary to LEDs, 9600 baud",
        Some(9600),
        4,
        "1.3 of the wire time",
    ),
];

/// All benchmarks of cards.
pub(crate) fn run(harness: &mut Harness) {
    for (name, baud, dwell, limit) in WAYS {
        if harness.measured() && harness.wants(name) {
            let figure = watch(baud, dwell);
            harness.state(name, figure, limit);
        }
    }
}

fn watch(baud: Option<u32>, dwell: u32) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let build = Build::new(Model::named("BX-6E2").expect("it is in the table"), LEDS, Lamps::Red);
    let card = match baud {
        None => VirtualCard::tcp("127.0.0.1:0".parse().expect("an address"), build, Mischief::default()),
        Some(baud) => VirtualCard::pty(baud, [(build, Mischief::default())], None),
    };
    let card = card.expect("there is a virtual card");
    write_site(folder.path(), &card, baud, dwell);
    let daemon = Daemon::start(folder.path());
    let mut watched = Watched::new(&folder.path().join("site"));
    // Who the card is, its clock, and its files come first.
    let first = watched.next(SignedDuration::from_secs(2));
    watched.see(&card, &first);
    thread::sleep(Duration::from_secs(if baud == Some(9600) { 20 } else { 6 }));
    let mut seen = Vec::with_capacity(BOUNDARIES);
    for _ in 0..BOUNDARIES {
        let boundary = watched.next(SignedDuration::from_millis(200));
        seen.push(watched.see(&card, &boundary));
    }
    drop(daemon);
    match baud {
        None => told(seen.iter().map(|seen| seen.late.as_secs_f64() * 1e3), 1, " ms"),
        Some(baud) => told(of_wire(&seen, baud), 2, ""),
    }
}

/// How late each was, as a multiple of what its frame takes on the wire. A frame has the fewest bytes that ever came with its page: at
/// other times a question went before it.
fn of_wire(seen: &[Seen], baud: u32) -> impl Iterator<Item = f64> {
    let mut bytes: BTreeMap<&[u8], u64> = BTreeMap::new();
    for seen in seen {
        let least = bytes.entry(seen.page.bytes()).or_insert(u64::MAX);
        *least = (*least).min(seen.bytes);
    }
    let takes = move |page: &Frame| byte_time(baud).as_secs_f64() * bytes[page.bytes()] as f64;
    let all: Vec<f64> = seen
        .iter()
        .map(|seen| seen.late.as_secs_f64() / takes(&seen.page))
        .collect();
    all.into_iter()
}

fn told(figures: impl Iterator<Item = f64>, digits: usize, unit: &str) -> String {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    let at = |share: usize| figures[(figures.len() - 1) * share / 100];
    format!(
        "p50 {:.digits$}{unit}, p90 {:.digits$}{unit}, most {:.digits$}{unit}",
        at(50),
        at(90),
        at(100)
    )
}

/// What the site shows, worked out beside the daemon.
struct Watched {
    projector: Projector,
    rate: Rate,
}

/// A boundary that is to come.
struct Boundary {
    at: Timestamp,
    page: Arc<Frame>,
}

/// What became of it.
struct Seen {
    late: Duration,
    page: Arc<Frame>,
    /// Bytes that the card heard until it showed the page.
    bytes: u64,
}

impl Watched {
    fn new(site: &Path) -> Self {
        let scan = yingbi::folder::scan(site).expect("the site can be read");
        let library = Library::default().accept(&scan.files);
        let wall: &Arc<Wall> = library.wall().expect("the site is sound");
        let projector = Projector::new(Arc::clone(wall), 0);
        Self {
            rate: projector.rate(),
            projector,
        }
    }

    /// The first boundary from `ahead` of now on.
    fn next(&mut self, ahead: SignedDuration) -> Boundary {
        let mut tick = self.rate.tick_at(Timestamp::now() + ahead);
        let before = self.still(tick);
        loop {
            tick = tick.next();
            let page = self.still(tick);
            if page != before {
                return Boundary {
                    at: self.rate.timestamp(tick),
                    page: Arc::new(page),
                };
            }
        }
    }

    fn still(&mut self, tick: Tick) -> Frame {
        let mut frame = Frame::new(self.projector.size());
        self.projector.still(tick, &mut frame);
        frame
    }

    /// Waits until the card shows the page of the boundary.
    fn see(&self, card: &VirtualCard, boundary: &Boundary) -> Seen {
        sleep_until(boundary.at - BEFORE);
        let before = card.traffic().heard;
        let shown = card.wait_until(PATIENCE, |frame| *frame == *boundary.page);
        let (now, after) = (Timestamp::now(), card.traffic().heard);
        assert!(shown.is_some(), "the card never showed the page");
        Seen {
            late: Duration::try_from(now.duration_since(boundary.at)).unwrap_or_default(),
            page: Arc::clone(&boundary.page),
            bytes: after - before,
        }
    }
}

fn sleep_until(at: Timestamp) {
    let left = at.duration_since(Timestamp::now());
    thread::sleep(Duration::try_from(left).unwrap_or_default());
}

fn write_site(folder: &Path, card: &VirtualCard, baud: Option<u32>, dwell: u32) {
    let write = |path: &str, text: &str| {
        let path = folder.join("site").join(path);
        fs::create_dir_all(path.parent().expect("the path has a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    };
    let way = match (card.path(), baud) {
        (Some(port), Some(baud)) => format!("port = \"{}\"\nbaud = {baud}\n", port.display()),
        _ => format!("address = \"{}\"\n", card.address()),
    };
    write("site.toml", &format!("{SITE}{way}"));
    write(
        "all.toml",
        &format!("[[play]]\ncolumn = \"通知\"\ndwell = \"{dwell}s\"\ntransition = \"cut\"\n"),
    );
    for (number, line) in LINES.iter().enumerate() {
        write(&format!("items/通知/{number}.txt"), &format!("{line}\n"));
    }
}
