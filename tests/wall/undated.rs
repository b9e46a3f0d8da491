//! What is left of a wall while nobody knows what time it is.

use std::sync::Arc;

use jiff::Timestamp;
use yingbi::{
    units::{Tick, Ticks},
    wall::{Projector, Wall},
};

use crate::support::site::{Files, PLAIN, picture};

/// 1970-01-01T03:00:00+08:00 at 50 ticks a second: where a clock without a battery stands an hour before the epoch's office hours.
const NIGHT: Tick = Tick(-5 * 3600 * 50);

fn floor() -> Timestamp {
    "2026-05-01T00:00:00Z".parse().unwrap()
}

fn undated(files: &Files) -> Arc<Wall> {
    Arc::new(files.wall().undated(floor()))
}

/// An item of the column with these lines in its front matter.
fn item(files: Files, name: &str, lines: &str) -> Files {
    let text = format!("+++\ntitle = \"{name}\"\ndwell = \"4s\"\n{lines}\n+++\n{name}正文。\n");
    files.with(&format!("items/通知/{name}.md"), text)
}

/// A site in whose column nothing expires by itself.
fn lasting() -> Files {
    let lasting = PLAIN.replace("id = \"通知\"", "id = \"通知\"\nlifetime = \"forever\"");
    Files::plain().with("site.toml", lasting)
}

fn evergreen() -> Files {
    item(item(Files::plain(), "甲", ""), "乙", "")
}

/// Whether both walls show the same in the first ten minutes of the night.
fn assert_same(one: Arc<Wall>, other: Arc<Wall>) {
    let (mut one, mut other) = (Projector::new(one, 0), Projector::new(other, 0));
    for second in 0..600 {
        let tick = NIGHT + Ticks(second * 50);
        assert_eq!(picture(&mut one, tick), picture(&mut other, tick), "after {second} s");
    }
}

#[test]
fn a_wall_without_dates_stays_as_it_is() {
    assert_same(undated(&evergreen()), evergreen().wall());
}

// Fault 28.
#[test]
fn what_has_windows_and_what_ends_and_what_begins_after_the_floor_is_left_out() {
    let files = evergreen()
        .with(
            "hours.toml",
            "priority = \"notice\"\n[[when]]\nstart = \"00:00\"\n[[play]]\nitem = \"通知/甲\"\n",
        )
        .with(
            "until.toml",
            "[[when]]\nuntil = 2030-01-01\n[[play]]\nitem = \"通知/乙\"\n",
        );
    let files = item(files, "丙", "until = 2030-01-01");
    let files = item(files, "丁", "from = 2026-05-02");
    assert_same(undated(&files), evergreen().wall());
}

#[test]
fn what_was_to_begin_by_the_floor_has_begun_whatever_the_clock_says() {
    let dated = item(item(lasting(), "甲", "from = 2026-04-30"), "乙", "from = 2020-02-03");
    assert_same(undated(&dated), evergreen().wall());
    let published = item(lasting(), "甲", "published = 2026-04-30");
    assert_eq!(undated(&published).bare_screens(), []);
}

#[test]
fn nothing_that_tells_the_time_is_shown() {
    const CLOCKED: &str = "[[box]]\nfield = \"title\"\n[[box]]\nfield = \"minute\"\n";
    let files = evergreen()
        .with("clock.toml", "[[play]]\nclock = true\n")
        .with("scenes/clocked.toml", CLOCKED);
    let files = item(files, "丙", "scene = \"clocked\"");
    assert_same(undated(&files), evergreen().with("scenes/clocked.toml", CLOCKED).wall());
}

#[test]
fn a_screen_that_keeps_hours_is_lit_at_every_hour() {
    let lit = PLAIN.replace("rate = 50", "rate = 50\nlit = [{ start = \"08:00\", end = \"18:00\" }]");
    let hours = evergreen().with("site.toml", lit);
    assert!(Projector::new(hours.wall(), 0).view(NIGHT).dark.is_some());
    assert_same(undated(&hours), evergreen().wall());
}

#[test]
fn the_digest_tells_the_whole_wall_from_what_is_left_of_it() {
    let wall = evergreen().wall();
    let left = wall.undated(floor());
    assert_ne!(left.digest(), wall.digest());
    assert_eq!(left.digest(), wall.undated(floor()).digest());
    assert_ne!(
        left.digest(),
        wall.undated(Timestamp::UNIX_EPOCH).digest(),
        "more may have begun by a later floor"
    );
}

#[test]
fn a_screen_for_which_nothing_is_left_is_named() {
    assert_eq!(undated(&evergreen()).bare_screens(), []);
    let dated = item(Files::plain(), "甲", "until = 2030-01-01");
    assert_eq!(dated.wall().bare_screens(), []);
    let left = undated(&dated);
    assert_eq!(left.bare_screens(), ["lobby".into()]);
    let view = Projector::new(left, 0).view(NIGHT);
    assert_eq!(view.dark.unwrap().1, "nothing is scheduled for now");
}
