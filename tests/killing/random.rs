//! The daemon is killed at random moments, while its files change at random.
//!
//! `YINGBI_KILLS` says how often (20 where it is not set), `YINGBI_SEED` with which numbers. What the reader finds after each kill is
//! held against a model that knows every good version that a file ever had, and against what was on the disk before.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::ErrorKind,
    net::UdpSocket,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;
use tempfile::TempDir;
use yingbi::folder::FEEDBACK;

use super::reader::{self, Files, Kept};
use crate::daemon::{
    process::{Daemon, PATIENCE},
    site,
};

const ITEMS: [&str; 4] = ["甲", "乙", "丙", "丁"];

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().map_or(otherwise, |text| text.parse().unwrap())
}

/// Numbers that look like chance.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % sides
    }
}

/// The site, and what of it was ever good.
struct Model {
    site: TempDir,
    controller: UdpSocket,
    good: BTreeMap<String, BTreeSet<Vec<u8>>>,
    bad: BTreeSet<Vec<u8>>,
    dice: Dice,
    versions: u64,
}

impl Model {
    fn new(seed: u64) -> Self {
        let site = site::folder();
        let controller = UdpSocket::bind("127.0.0.1:0").unwrap();
        controller.set_read_timeout(Some(PATIENCE)).unwrap();
        let address = controller.local_addr().unwrap();
        let output = format!("\n[[screen.output]]\nprotocol = \"ddp\"\naddress = \"{address}\"\n");
        site::write(site.path(), "site.toml", &format!("{}{output}", site::SITE));
        let mut model = Self {
            site,
            controller,
            good: BTreeMap::new(),
            bad: BTreeSet::new(),
            dice: Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1),
            versions: 0,
        };
        for (path, bytes) in model.on_disk() {
            model.good.entry(path).or_default().insert(bytes);
        }
        model
    }

    fn on_disk(&self) -> Files {
        let mut files = reader::load(self.site.path());
        files.retain(|path, _| !path.ends_with(".tmp") && !path.starts_with(FEEDBACK));
        files
    }

    fn item(&mut self) -> (String, PathBuf) {
        let name = ITEMS[self.dice.roll(ITEMS.len() as u64) as usize];
        let path = format!("items/notices/{name}.md");
        let place = self.site.path().join(&path);
        (path, place)
    }

    /// A text that was never there before.
    fn text(&mut self) -> Vec<u8> {
        self.versions += 1;
        let number = self.versions;
        format!("+++\ntitle = \"关于第{number}号事项的通知\"\n+++\n请于本周内办理第{number}号事项。\n").into_bytes()
    }

    /// Something a clerk, his programs or his network do to the site.
    fn change(&mut self) {
        let (path, place) = self.item();
        let text = self.text();
        match self.dice.roll(10) {
            0..=2 => {
                self.good.entry(path).or_default().insert(text.clone());
                let new = place.with_extension("tmp");
                fs::write(&new, text).unwrap();
                fs::rename(new, place).unwrap();
            }
            3 | 4 => {
                self.good.entry(path).or_default().insert(text.clone());
                fs::write(place, text).unwrap();
            }
            5 => {
                // Torn within its head, so that it says nothing.
                let half = text[..6 + self.dice.roll(20) as usize].to_vec();
                self.bad.insert(half.clone());
                fs::write(place, half).unwrap();
            }
            6 => {
                let spoilt = [&text[..4], b"titel = 3\n", &text[4..]].concat();
                self.bad.insert(spoilt.clone());
                let new = place.with_extension("tmp");
                fs::write(&new, spoilt).unwrap();
                fs::rename(new, place).unwrap();
            }
            7 => drop(fs::remove_file(place)),
            8 => self.rename(&place),
            _ => self.spoil_site(),
        }
    }

    fn rename(&mut self, from: &Path) {
        let (path, to) = self.item();
        if from == to || fs::rename(from, &to).is_err() {
            return;
        }
        let text = fs::read(to).unwrap();
        if !self.bad.contains(&text) {
            self.good.entry(path).or_default().insert(text);
        }
    }

    /// `site.toml` gets a mistake, or loses it.
    fn spoil_site(&mut self) {
        let good = self.good["site.toml"].first().unwrap().clone();
        let spoilt = [&good[..], b"titel = \n"].concat();
        let is_bad = self
            .bad
            .contains(&fs::read(self.site.path().join("site.toml")).unwrap());
        self.bad.insert(spoilt.clone());
        fs::write(self.site.path().join("site.toml"), if is_bad { good } else { spoilt }).unwrap();
    }

    /// The programme of a daemon that starts now: what is good on the disk, and of what is bad its last good version.
    fn expected(&self, before: &Files) -> Files {
        let in_force = self.on_disk().into_iter().filter_map(|(path, bytes)| {
            let bytes = if self.bad.contains(&bytes) {
                before.get(&path)?.clone()
            } else {
                bytes
            };
            Some((path, bytes))
        });
        in_force.collect()
    }

    /// Nothing is in force that was never good.
    fn check(&self, kept: &Kept) {
        for (path, bytes) in kept.current.iter().flat_map(|current| &current.files) {
            let good = self.good.get(path).is_some_and(|good| good.contains(bytes));
            assert!(good, "{path} was never {:?}", String::from_utf8_lossy(bytes));
        }
    }

    /// Waits for the first frame of a daemon that has just been started.
    fn await_frame(&self, daemon: &Daemon) {
        self.controller.recv(&mut [0; 1500]).unwrap_or_else(|error| {
            panic!("no frame: {error}; {:?}", daemon.lines.try_iter().collect::<Vec<_>>());
        });
    }

    fn drain(&self) {
        self.controller.set_nonblocking(true).unwrap();
        while self.controller.recv(&mut [0; 1500]).is_ok() {}
        self.controller.set_nonblocking(false).unwrap();
    }
}

/// Waits until the programme in force is that.
fn wait_for(daemon: &Daemon, state: &Path, expected: &Files) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let kept = reader::read(&reader::load(state));
        // While the daemon writes, what is read first may be older than what is read next.
        let current = kept.ok().and_then(|kept| kept.current).map(|current| current.files);
        if current.as_ref() == Some(expected) {
            return;
        }
        if Instant::now() >= deadline {
            let current = current.unwrap_or_default();
            let paths: BTreeSet<&String> = current.keys().chain(expected.keys()).collect();
            let text = |files: &Files, path| files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            let other = paths
                .into_iter()
                .map(|path| (path, text(&current, path), text(expected, path)));
            let other: Vec<_> = other.filter(|(_, current, expected)| current != expected).collect();
            let said: Vec<String> = daemon.lines.try_iter().collect();
            panic!("in force and expected: {other:#?}\n{said:#?}");
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// Lets the next daemon not hold it against anybody that this one was lost: after five of them it would play the safe page alone, and
/// without a file at which two of them were lost, as it should.
fn forgive(state: &Path) {
    for note in ["starts", "quarantine"] {
        if let Err(error) = fs::remove_file(state.join(note)) {
            assert_eq!(error.kind(), ErrorKind::NotFound);
        }
    }
}

#[test]
fn a_daemon_that_is_killed_at_any_moment_plays_a_good_programme_again_and_has_lost_nothing() {
    // Faults 8 and 14, and 20 to 22.
    let (kills, seed) = (number("YINGBI_KILLS", 20), number("YINGBI_SEED", 20_260_515));
    let mut model = Model::new(seed);
    let (_folder, state) = super::script::place();
    let mut safe = Vec::new();
    let mut before = Files::new();
    let mut frames = Vec::new();
    for kill in 0..kills {
        model.drain();
        let expected = model.expected(&before);
        let begun = Instant::now();
        let daemon = Daemon::start(model.site.path(), &state, "127.0.0.1:0");
        if kill == 0 || model.dice.roll(4) > 0 {
            model.await_frame(&daemon);
            frames.push(begun.elapsed());
            wait_for(&daemon, &state, &expected);
            for _ in 0..model.dice.roll(6) {
                model.change();
                thread::sleep(Duration::from_millis(model.dice.roll(150)));
            }
        }
        thread::sleep(Duration::from_micros(model.dice.roll(60_000)));
        // What can be read at this moment is safe from a kill.
        let told = reader::read(&reader::load(&state))
            .map(|kept| kept.lines)
            .unwrap_or_default();
        daemon.signal(Signal::KILL);
        daemon.end();
        forgive(&state);
        let kept =
            reader::read(&reader::load(&state)).unwrap_or_else(|error| panic!("kill {kill}, seed {seed}: {error}"));
        for lines in [&safe, &told] {
            assert!(
                kept.lines.starts_with(lines),
                "kill {kill}, seed {seed}: a record is lost"
            );
        }
        model.check(&kept);
        safe = kept.lines;
        before = kept.current.map(|current| current.files).unwrap_or_default();
    }
    frames.sort();
    super::figure(&format!(
        "{kills} kills with seed {seed}: 0 torn, 0 lost, {} records; first frame after {:?} in the median, {:?} in 99 of 100, {:?} at most",
        safe.len(),
        frames[frames.len() / 2],
        frames[frames.len() * 99 / 100],
        frames[frames.len() - 1],
    ));
}
