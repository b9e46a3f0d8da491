//! A year of a wall, cue by cue: what a year costs, and what a hundred times as many items add to it.

use std::{
    io,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use yingbi::wall::{Library, SourceFile, Wall};

use crate::harness::{Budget, Harness};

/// How often the year is listed; the median counts.
const TIMES: usize = 5;

/// Runs them all.
pub(crate) fn run(harness: &mut Harness) {
    if harness.wants("timeline") {
        sample(harness);
        growth(harness);
    }
}

/// The command itself over the year 2026 of the sample site, beside the time that its bytes take to be read back.
fn sample(harness: &mut Harness) {
    let times = if harness.measured() { TIMES } else { 1 };
    let until = if harness.measured() { "2027-01-01" } else { "2026-01-02" };
    let mut runs: Vec<(Duration, u64)> = (0..times).map(|_| list(until)).collect();
    runs.sort_unstable();
    let (time, bytes) = runs[times / 2];
    let figure = format!("{:.2} s, {} MB", time.as_secs_f64(), bytes / 1_000_000);
    harness.state("timeline/the sample site's 2026", figure, "<= 5 s");
}

/// How long `yingbi timeline` takes for the sample site, and how much it says.
fn list(until: &str) -> (Duration, u64) {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("playlists");
    let before = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .args(["timeline", "--from", "2026-01-01", "--until", until])
        .arg(site)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let mut said = child.stdout.take().expect("its output is piped");
    let bytes = io::copy(&mut said, &mut io::sink()).expect("its output can be read");
    assert!(child.wait().expect("it ends").success());
    (before.elapsed(), bytes)
}

/// The same week of sites of more and more items, beside that of a thousand.
fn growth(harness: &mut Harness) {
    let small = dated(1000);
    let week = |wall: &Arc<Wall>| {
        let from = instant("2026-05-04T00:00:00+08:00");
        rows(wall, from, from + SignedDuration::from_hours(7 * 24))
    };
    // Where nothing is measured, the largest only takes time.
    let sizes: &[(u32, f64)] = if harness.measured() {
        &[(10_000, 10.0), (100_000, 100.0)]
    } else {
        &[(2_000, 2.0)]
    };
    for (items, times) in sizes {
        let large = dated(*items);
        harness.compare(
            &format!("timeline/a week of {items} items"),
            Budget::Ratio(*times),
            ("the same of 1000", || week(&small)),
            || week(&large),
        );
    }
}

fn rows(wall: &Arc<Wall>, from: Timestamp, until: Timestamp) -> usize {
    let screens = 0..wall.site().screens.len();
    screens.map(|screen| wall.timeline(screen, from, until).count()).sum()
}

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// A site of so many items published one after the other through 2026, each for 30 days.
fn dated(items: u32) -> Arc<Wall> {
    let site = "title = \"a\"\n[[column]]\nid = \"n\"\n[[screen]]\nid = \"s\"\nwidth = 64\nheight = 16\n[[screen.lit]]\ndays = \"workday\"\nstart = \"08:00\"\nend = \"18:00\"\n";
    let mut files = vec![
        SourceFile::new("site.toml", site.as_bytes()),
        SourceFile::new("all.toml", &b"[[play]]\ncolumn = \"n\"\ndwell = \"8s\"\n"[..]),
    ];
    files.extend((0..items).map(|item| {
        let day = item * 365 / items;
        let date = jiff::civil::date(2026, 1, 1).saturating_add(jiff::Span::new().days(day));
        let text = format!("+++\npublished = {date}\n+++\n第{item}号\n\n第{item}号\n");
        SourceFile::new(format!("items/n/{item:06}.md"), text.into_bytes())
    }));
    wall(&files)
}

fn wall(files: &[SourceFile]) -> Arc<Wall> {
    let library = Library::default().accept(files);
    Arc::clone(library.wall().expect("the site is in order"))
}
