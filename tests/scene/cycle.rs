//! A day of changes that ends where it began leaves nothing behind, to the byte: what grows by a byte a day would be found.
//!
//! As in the busy month everything runs that a daemon runs but for its threads; here what is asked of the allocator is counted.

use std::{fs, path::Path, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use yingbi::{
    folder::{
        Hinted, Scanner, Settle,
        journal::{Bounds, Journal},
    },
    frame::Frame,
    units::Moment,
    wall::{Library, Projector},
};

use crate::daemon::site;

/// What a clerk does to the folder: a path, and what stands there from then on; `None` takes the file away.
const DAY: [(&str, Option<&str>); 12] = [
    ("items/notices/早.txt", Some("早间通知\n\n今日八时半开会。\n")),
    ("items/notices/早.txt", Some("早间通知\n\n今日九时开会。\n")),
    (
        "items/notices/早.txt",
        Some("早间通知\n下屏：2026-02-30\n\n今日九时开会。\n"),
    ),
    ("items/notices/表.csv", Some("标题,内容\n甲,一\n乙,二\n")),
    ("items/notices/表.csv", Some("标题,内容\n甲,一\n,二\n")),
    ("pages.toml", Some("[[play]\n")),
    ("pages.toml", Some("[[play]]\ncolumn = \"notices\"\ndwell = \"3s\"\n")),
    ("肃静.txt", Some("2026-05-15 10:00-10:03 哀悼\n")),
    ("肃静.txt", None),
    ("items/notices/早.txt", None),
    ("items/notices/坏.txt", Some("坏\n\n\u{e000}\n")),
    ("items/notices/坏.txt", None),
];

/// The parts of a daemon.
struct House {
    folder: TempDir,
    _state: TempDir,
    scanner: Scanner,
    settle: Settle,
    library: Library,
    journal: Journal,
    projector: Projector,
    frame: Frame,
    begun: Timestamp,
    now: Timestamp,
    walls: usize,
}

impl House {
    fn new() -> Self {
        let (folder, state) = (site::folder(), TempDir::new().unwrap());
        let begun: Timestamp = "2026-05-11T00:00:00+08:00".parse().unwrap();
        let projector = Projector::new(site::wall(folder.path()), 0);
        let mut journal = Journal::new(state.path(), Bounds::default());
        journal.start(begun, "day", 1);
        Self {
            scanner: Scanner::new(folder.path()),
            frame: Frame::new(projector.size()),
            folder,
            _state: state,
            settle: Settle::default(),
            library: Library::default(),
            journal,
            projector,
            begun,
            now: begun,
            walls: 0,
        }
    }

    /// Looks at the folder until it has come to rest, and shows what is there.
    fn look(&mut self) {
        for _ in 0..4 {
            let since = self.now.duration_since(self.begun);
            let moment = Moment::ZERO + Duration::try_from(since).unwrap();
            let scan = self.scanner.scan(moment).unwrap();
            if self.settle.observe(&scan, &Hinted::default(), moment) {
                self.library = self.library.accept(&self.settle.files());
            }
            self.now += SignedDuration::from_secs(3);
        }
        let wall = self.library.wall().unwrap();
        if wall.digest() != self.projector.wall().digest() {
            self.walls += 1;
            self.journal.accept(self.now, self.library.kept());
            let tick = self.projector.rate().tick_at(self.now);
            assert!(self.projector.take_over(Arc::clone(wall), tick));
        }
    }

    /// Shows what plays for ten minutes.
    fn show(&mut self) {
        for _ in 0..20 {
            self.now += SignedDuration::from_secs(30);
            let tick = self.projector.rate().tick_at(self.now);
            self.projector.paint(tick, &mut self.frame);
            let _ = self.projector.view(tick);
        }
        self.journal.sync(self.now).unwrap();
        self.journal.beat(self.now).unwrap();
    }

    /// A day of changes; after it the folder is as it was.
    fn day(&mut self) {
        let pages = fs::read_to_string(self.folder.path().join("pages.toml")).unwrap();
        for (path, text) in DAY {
            put(self.folder.path(), path, text);
            self.look();
            self.show();
        }
        put(self.folder.path(), "pages.toml", Some(&pages));
        self.look();
        self.show();
        self.journal.compact(self.now).unwrap();
    }
}

fn put(folder: &Path, path: &str, text: Option<&str>) {
    match text {
        Some(text) => site::write(folder, path, text),
        None => fs::remove_file(folder.join(path)).unwrap(),
    }
}

// Fault 48.
#[test]
fn a_day_of_changes_that_ends_where_it_began_leaves_not_a_hundred_bytes_behind() {
    let mut house = House::new();
    house.look();
    // What is remembered of a day, and room for the longest, is there after the first ones.
    (0..3).for_each(|_| house.day());
    let walls = house.walls;
    let days = 5;
    let counted = allocation_counter::measure(|| (0..days).for_each(|_| house.day()));
    assert!(house.walls >= walls + 8 * days, "{} walls", house.walls - walls);
    assert!(counted.count_total > 10_000, "{counted:?}");
    let (bytes, pieces) = (counted.bytes_current, counted.count_current);
    eprintln!(
        "{days} days, {} walls: {bytes} bytes in {pieces} pieces left behind",
        house.walls - walls
    );
    assert!(
        bytes.abs() < 100 * days as i64,
        "{bytes} bytes in {pieces} pieces are left behind"
    );
}
