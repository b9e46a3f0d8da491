//! A lobby with its strip: the daemon's process, and a DDP display on a real socket.

use std::{
    collections::BTreeSet,
    fs,
    io::Write as _,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use tempfile::TempDir;
use yingbi::{
    frame::Frame,
    simulator::VirtualController,
    units::Size,
    wall::{Projector, Wall},
};

use crate::daemon::process::{Daemon, PATIENCE, READY};

/// The strip of the scene.
pub(super) const STRIP: Size = Size { width: 320, height: 32 };

/// What has not been told on the share by then never will be.
pub(super) const PATIENCE_OF_CLERK: Duration = PATIENCE;

/// A running hall. The daemon ends with it.
pub(super) struct Hall {
    pub(super) site: TempDir,
    pub(super) state: TempDir,
    display: VirtualController,
    daemon: Option<Daemon>,
    seen: u64,
}

/// A time zone in which it is between nine and ten in the morning now, whenever the scene is played.
pub(super) fn morning() -> TimeZone {
    let hour = i32::from(Timestamp::now().to_zoned(TimeZone::UTC).hour());
    let east = (9 - hour + 36) % 24 - 12;
    // The names of these zones count the other way round.
    TimeZone::get(&format!("Etc/GMT{:+}", -east)).unwrap()
}

impl Hall {
    /// Opens the hall: `site` is its site.toml but for the output, `files` are the others.
    pub(super) fn open(site: &str, files: &[(&str, &str)]) -> Self {
        let display = VirtualController::ddp("127.0.0.1:0".parse().unwrap(), STRIP).unwrap();
        let folder = TempDir::new().unwrap();
        let output = format!(
            "[[screen.output]]\nprotocol = \"ddp\"\naddress = \"{}\"\n",
            display.address()
        );
        let mut hall = Self {
            site: folder,
            state: TempDir::new().unwrap(),
            display,
            daemon: None,
            seen: 0,
        };
        hall.write("site.toml", format!("{site}\n{output}").as_bytes());
        files.iter().for_each(|(path, text)| hall.write(path, text.as_bytes()));
        let daemon = Daemon::start(hall.site.path(), hall.state.path(), "127.0.0.1:0");
        daemon.says(READY);
        hall.daemon = Some(daemon);
        hall
    }

    /// Writes a file as a program does that saves in place.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) {
        let place = self.site.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }

    /// Writes a file so many bytes at a time, and calls `meanwhile` after each.
    pub(super) fn copy(
        &mut self,
        path: &str,
        bytes: &[u8],
        step: (usize, Duration),
        mut meanwhile: impl FnMut(&mut Self),
    ) {
        let place = self.site.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        let mut file = fs::File::create(place).unwrap();
        for piece in bytes.chunks(step.0) {
            file.write_all(piece).unwrap();
            file.sync_all().unwrap();
            let until = Instant::now() + step.1;
            while Instant::now() < until {
                meanwhile(self);
                thread::sleep(Duration::from_millis(10));
            }
        }
    }

    /// The picture on the display, the newest one.
    pub(super) fn picture(&mut self) -> Option<Frame> {
        let shown = self.display.newer(self.seen, PATIENCE)?;
        self.seen = shown.number - 1;
        Some(shown.frame.as_ref().clone())
    }

    /// Waits until the display shows one of `pictures`; how long that took.
    pub(super) fn waits_for(&mut self, pictures: &Pictures) -> Duration {
        let begin = Instant::now();
        while !self.picture().is_some_and(|picture| pictures.have(&picture)) {
            assert!(begin.elapsed() < PATIENCE, "the picture never came");
            thread::sleep(Duration::from_millis(5));
        }
        begin.elapsed()
    }

    /// Waits until the daemon says so.
    pub(super) fn says(&self, words: &str) -> String {
        self.daemon.as_ref().unwrap().says(words)
    }

    /// What the command says, which is given the site and the state folder.
    pub(super) fn ask(&self, command: &str, options: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_yingbi"))
            .arg(command)
            .arg(self.site.path())
            .args(options)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// The wall of the files as they are.
    pub(super) fn wall(&self) -> std::sync::Arc<Wall> {
        let scan = yingbi::folder::scan(self.site.path()).unwrap();
        let library = yingbi::wall::Library::default().accept(&scan.files);
        std::sync::Arc::clone(library.wall().unwrap())
    }

    pub(super) fn path(&self) -> &Path {
        self.site.path()
    }
}

/// Every picture that a wall shows on its first screen within 20 seconds from now.
pub(super) struct Pictures(BTreeSet<Vec<u8>>);

impl Pictures {
    pub(super) fn of(wall: &std::sync::Arc<Wall>) -> Self {
        let mut projector = Projector::new(std::sync::Arc::clone(wall), 0);
        let (rate, mut frame) = (projector.rate(), Frame::new(projector.size()));
        let now = Timestamp::now();
        let from = rate.tick_at(now - SignedDuration::from_secs(1));
        let until = rate.tick_at(now + SignedDuration::from_secs(20));
        let mut all = BTreeSet::new();
        let mut tick = from;
        while tick < until {
            projector.paint(tick, &mut frame);
            all.insert(frame.bytes().to_vec());
            tick = tick.next();
        }
        Self(all)
    }

    pub(super) fn dark() -> Self {
        Self([vec![0; 3 * 320 * 32]].into())
    }

    pub(super) fn without(&self, others: &Self) -> Self {
        Self(self.0.difference(&others.0).cloned().collect())
    }

    pub(super) fn have(&self, frame: &Frame) -> bool {
        self.0.contains(frame.bytes())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
