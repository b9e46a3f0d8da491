//! 现在屏幕.png: whose picture, of when, how old.

use std::{fs, time::Duration};

use yingbi::{frame::Frame, units::Size};

use super::{Bench, label, pixels};
use crate::support::site::{Files, PLAIN};

const SECOND: &str = "\n[[screen]]\nid = \"gate\"\ntitle = \"门头:东\"\nwidth = 64\nheight = 16\n";

fn grey(level: u8) -> Frame {
    let mut frame = Frame::new(Size::new(128, 32));
    frame.bytes_mut().fill(level);
    frame
}

#[test]
fn the_picture_is_what_was_shown_last_with_the_instant_at_which_it_came() {
    let mut bench = Bench::new(&Files::plain());
    let since = "2026-05-15T01:20:30.98Z".parse().unwrap();
    bench.hub.show_since("lobby", &grey(7), since);
    bench.turn();
    let file = bench.read("现在屏幕.png");
    assert_eq!(pixels(&file), (128, 32, grey(7).bytes().to_vec()));
    assert_eq!(label(&file, "Instant").as_deref(), Some("2026-05-15T01:20:30.98Z"));
    assert_eq!(label(&file, "Screen").as_deref(), Some("lobby"));
}

#[test]
fn a_picture_that_changes_all_the_time_is_never_older_than_five_seconds_nor_written_more_often_than_every_third() {
    let mut bench = Bench::new(&Files::plain());
    let (mut written, mut last) = (Vec::new(), 0);
    for tenth in 0..600_u64 {
        bench.hub.show("lobby", &grey((tenth % 200) as u8));
        if tenth % 4 == 0 {
            bench.turn();
        }
        let level = u64::from(pixels(&bench.read("现在屏幕.png")).2[0]);
        let age = (tenth % 200 + 200 - level) % 200;
        assert!(age < 50, "{age} tenths of a second old");
        if level != last {
            written.push(tenth);
            last = level;
        }
        bench.pass(Duration::from_millis(100));
    }
    assert!(written.windows(2).all(|pair| pair[1] - pair[0] >= 30), "{written:?}");
}

#[test]
fn a_picture_that_stays_is_said_to_hold_by_the_time_of_its_file() {
    let mut bench = Bench::new(&Files::plain());
    bench.hub.show("lobby", &grey(7));
    bench.turn();
    let place = bench.place("现在屏幕.png");
    let old = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
    fs::File::options()
        .write(true)
        .open(&place)
        .unwrap()
        .set_modified(old)
        .unwrap();
    let inode = |place: &std::path::Path| std::os::unix::fs::MetadataExt::ino(&fs::metadata(place).unwrap());
    let before = inode(&place);
    bench.pass(Duration::from_millis(4_100));
    bench.turn();
    assert!(fs::metadata(&place).unwrap().modified().unwrap() > old);
    assert_eq!(inode(&place), before, "nothing is written");
    // A file that was deleted comes back.
    fs::remove_file(&place).unwrap();
    bench.pass(Duration::from_millis(4_100));
    bench.turn();
    assert!(place.is_file());
}

#[test]
fn every_screen_has_a_file_and_that_of_a_screen_that_is_gone_goes() {
    let mut bench = Bench::new(&Files::plain().with("site.toml", format!("{PLAIN}{SECOND}")));
    bench.hub.show("lobby", &grey(7));
    bench.hub.show("gate", &Frame::new(Size::new(64, 16)));
    bench.settle();
    let screens = |bench: &Bench| -> Vec<String> {
        bench
            .files()
            .into_iter()
            .filter(|file| file.starts_with("现在"))
            .collect()
    };
    assert_eq!(screens(&bench), ["现在屏幕-门头：东.png", "现在屏幕.png"]);
    fs::write(bench.place("现在屏幕-旧.png"), b"not ours").unwrap();
    bench.wall = Files::plain().wall();
    bench.settle();
    assert_eq!(screens(&bench), ["现在屏幕-旧.png", "现在屏幕.png"]);
}
