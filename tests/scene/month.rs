//! A busy month in virtual time: files come, change, break and go every few minutes; what the process holds must not grow.
//!
//! Everything runs that a daemon runs but for its threads: the scanner on a real folder, the settling, the library, the projectors of
//! all screens, and the journal on a real disk. `MONTH_DAYS` asks for more or fewer days; the figures are printed.

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
    wall::{Library, Projector, history::Event},
};

use crate::support::dice::Dice;

/// How often somebody does something to the folder.
const CHANGE: SignedDuration = SignedDuration::from_mins(10);

/// How often a picture is painted between two changes.
const LOOK: SignedDuration = SignedDuration::from_secs(5);

/// What the process holds.
#[derive(Clone, Copy, Debug)]
struct Holding {
    /// Resident memory in KiB.
    resident: u64,
    descriptors: usize,
    threads: usize,
}

impl Holding {
    fn now() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        Self {
            resident: line.split_whitespace().nth(1).unwrap().parse().unwrap(),
            descriptors: fs::read_dir("/proc/self/fd").unwrap().count(),
            threads: fs::read_dir("/proc/self/task").unwrap().count(),
        }
    }
}

/// The shipped site as a clerk gets it.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// One thing that a clerk, or an accident, does to the folder.
fn change(site: &Path, dice: &mut Dice, today: &str) {
    let column = ["notices", "news", "slogans", "welcome", "postings", "work"][dice.below(6) as usize];
    let path = site.join(format!("items/{column}/来稿{}.txt", dice.below(40)));
    match dice.below(10) {
        0..=2 => drop(fs::remove_file(&path)),
        3 => fs::write(&path, "标题：坏\n下屏：2026-02-30\n\n正文\n").unwrap(),
        4 => fs::write(&path, [0xFF, 0x81, 0x00, 0xD8]).unwrap(),
        5 => fs::write(site.join("strip.toml"), "[[play]\n").unwrap(),
        6 => drop(fs::copy("playlists/strip.toml", site.join("strip.toml")).unwrap()),
        _ => {
            let length = 20 + dice.below(400) as usize;
            let body: String = "各处室要按照通知要求，于规定时间内报送材料，确保各项工作落到实处。"
                .chars()
                .cycle()
                .take(length)
                .collect();
            let number = dice.below(10_000);
            let text = format!("标题：关于第{number}号事项的通知\n发布：{today}\n\n{body}\n");
            fs::write(&path, text).unwrap();
        }
    }
}

/// The slope of `points` by Theil and Sen: the median of the slopes of all pairs.
fn slope(points: &[(f64, f64)]) -> f64 {
    let mut slopes: Vec<f64> = points
        .iter()
        .enumerate()
        .flat_map(|(at, a)| points[at + 1..].iter().map(move |b| (b.1 - a.1) / (b.0 - a.0)))
        .collect();
    slopes.sort_by(f64::total_cmp);
    slopes[slopes.len() / 2]
}

// Fault 48. Fault 49.
#[test]
#[ignore = "a month of virtual time takes minutes; its figures are printed"]
fn a_busy_month_leaves_the_process_as_it_was() {
    let days: i64 = std::env::var("MONTH_DAYS").map_or(30, |days| days.parse().unwrap());
    let (folder, state) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    copy(Path::new("playlists"), folder.path());
    let mut dice = Dice(7);
    let (mut scanner, mut settle, mut library) = (Scanner::new(folder.path()), Settle::default(), Library::default());
    let mut journal = Journal::new(state.path(), Bounds::default());
    let start: Timestamp = "2026-11-01T00:00:00+08:00".parse().unwrap();
    journal.start(start, "month", std::process::id());
    let mut projectors: Vec<Projector> = Vec::new();
    let mut frames: Vec<Frame> = Vec::new();
    let mut holdings = Vec::new();
    let (mut now, mut walls, mut pictures) = (start, 0_u64, 0_u64);
    while now < start + SignedDuration::from_hours(24 * days) {
        let today = now.strftime("%Y-%m-%d").to_string();
        change(folder.path(), &mut dice, &today);
        for wait in [0, 600] {
            let moment =
                Moment::ZERO + Duration::try_from(now.duration_since(start)).unwrap() + Duration::from_millis(wait);
            let scan = scanner.scan(moment).unwrap();
            if settle.observe(&scan, &Hinted::default(), moment) {
                library = library.accept(&settle.files());
            }
        }
        let wall = library.wall().unwrap();
        let is_new = projectors
            .first()
            .is_none_or(|projector| projector.wall().digest() != wall.digest());
        if is_new {
            walls += 1;
            journal.accept(now, library.kept());
            for screen in 0..wall.site().screens.len() {
                if projectors.len() == screen {
                    projectors.push(Projector::new(Arc::clone(wall), screen));
                    frames.push(Frame::new(projectors[screen].size()));
                }
                let rate = projectors[screen].rate();
                let taken = projectors[screen].take_over(Arc::clone(wall), rate.tick_at(now));
                assert!(taken, "the shape of the screens does not change");
                let event = Event::Screen {
                    screen: Arc::clone(&wall.site().screens[screen].id),
                    edition: wall.edition(),
                    tick: rate.tick_at(now),
                    rate,
                    is_anew: false,
                };
                journal.add(&yingbi::wall::history::Record { at: now, event });
            }
        }
        let next = now + CHANGE;
        while now < next {
            for (projector, frame) in projectors.iter_mut().zip(&mut frames) {
                let tick = projector.rate().tick_at(now);
                projector.paint(tick, frame);
                let _ = projector.view(tick);
                pictures += 1;
            }
            now += LOOK;
        }
        journal.sync(now).unwrap();
        journal.beat(now).unwrap();
        let hour = now.duration_since(start).as_hours();
        if hour % 6 == 0 && holdings.last().is_none_or(|(last, _)| *last != hour) {
            if hour % 24 == 0 {
                journal.compact(now).unwrap();
            }
            holdings.push((hour, Holding::now()));
        }
    }
    tell(&holdings, (walls, pictures));
    let (first, last) = (holdings[holdings.len() / 3].1, holdings[holdings.len() - 1].1);
    assert_eq!((first.descriptors, first.threads), (last.descriptors, last.threads));
    // By the end every sort of thing has happened a hundred times over; what still grows would never stop.
    let late: Vec<(f64, f64)> = holdings[holdings.len() / 3..]
        .iter()
        .map(|(hour, holding)| (*hour as f64, holding.resident as f64))
        .collect();
    eprintln!("slope over the last two thirds: {:.3} KiB an hour", slope(&late));
    assert!(
        last.resident < first.resident + 32 * 1024,
        "{first:?} has grown to {last:?}"
    );
}

fn tell(holdings: &[(i64, Holding)], (walls, pictures): (u64, u64)) {
    eprintln!("{walls} walls, {pictures} pictures");
    for (hour, holding) in holdings.iter().step_by(8) {
        eprintln!("hour {hour}: {holding:?}");
    }
}
