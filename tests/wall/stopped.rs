//! The safe page: a function of the wall and the tick, that nothing moves and no dark hour is lit by.

use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};
use yingbi::{
    frame::Frame,
    units::{Rate, Tick, Ticks},
    wall::{Projector, SafePage, Stopped, Wall},
};

use crate::support::site::{Files, PLAIN, picture};

fn tick(wall: &Wall, instant: &str) -> Tick {
    let instant: Timestamp = instant.parse().unwrap();
    wall.site().screens[0].rate.tick_at(instant)
}

fn safe(wall: &Wall, tick: Tick) -> Frame {
    let mut frame = Frame::new(wall.site().screens[0].size);
    // What was there before shall not shine through.
    frame.bytes_mut().fill(0x55);
    SafePage::new(wall, 0).paint(tick, &mut frame);
    frame
}

fn lit(frame: &Frame) -> Vec<(u32, u32)> {
    let size = frame.size();
    let all = (0..size.height).flat_map(|y| (0..size.width).map(move |x| (x, y)));
    all.filter(|(x, y)| frame.row(*y)[*x as usize * 3..][..3] != [0, 0, 0])
        .collect()
}

/// The first and last column, and the first and last row, with a lit LED.
fn extent(frame: &Frame) -> [u32; 4] {
    let lit = lit(frame);
    let (xs, ys) = (lit.iter().map(|led| led.0), lit.iter().map(|led| led.1));
    [xs.clone().min(), xs.max(), ys.clone().min(), ys.max()].map(|edge| edge.expect("something is lit"))
}

/// A site of one screen of that size.
fn sized(width: u32, height: u32) -> Files {
    let site = PLAIN.replace("width = 128", &format!("width = {width}"));
    Files::plain().with("site.toml", site.replace("height = 32", &format!("height = {height}")))
}

fn stopped() -> Stopped {
    Stopped {
        since: "2026-05-15T01:40:00Z".parse().unwrap(),
        by: "停播.txt".into(),
        reason: Some("错字".into()),
    }
}

#[test]
fn the_title_stands_in_the_middle_as_large_as_it_fits_and_nothing_moves() {
    for (width, height, least) in [
        (128, 32, 13),
        (256, 64, 27),
        (320, 32, 27),
        (64, 64, 27),
        (1024, 256, 100),
    ] {
        let wall = sized(width, height).item("甲", "甲", "4s").wall();
        let noon = tick(&wall, "2026-05-15T04:00:00Z");
        let frame = safe(&wall, noon);
        let [left, right, top, bottom] = extent(&frame);
        assert!(
            left.abs_diff(width - 1 - right) <= 4,
            "{width}x{height}: {left} and {right}"
        );
        assert!(
            top.abs_diff(height - 1 - bottom) <= 6,
            "{width}x{height}: {top} and {bottom}"
        );
        assert!(bottom - top >= least, "{width}x{height}: only {} high", bottom - top);
        for later in [1, 49, 50, 3600 * 50] {
            assert_eq!(safe(&wall, noon + Ticks(later)), frame, "{later} ticks later");
        }
        assert!(
            lit(&frame)
                .iter()
                .all(|(x, y)| frame.row(*y)[*x as usize * 3..][..3] == [255; 3])
        );
    }
}

#[test]
fn the_title_has_the_colour_that_the_panel_has() {
    let files = Files::plain().with("site.toml", PLAIN.replace("\"full\"", "\"red\""));
    let wall = files.item("甲", "甲", "4s").wall();
    let frame = safe(&wall, tick(&wall, "2026-05-15T04:00:00Z"));
    assert!(
        lit(&frame)
            .iter()
            .all(|(x, y)| frame.row(*y)[*x as usize * 3..][..3] == [255, 0, 0])
    );
}

#[test]
fn a_screen_that_is_too_small_shows_the_beginning() {
    for (width, height) in [(32, 16), (16, 16), (8, 8), (1, 1)] {
        let wall = sized(width, height).wall();
        let frame = safe(&wall, tick(&wall, "2026-05-15T04:00:00Z"));
        assert!(width < 16 || !lit(&frame).is_empty(), "{width}x{height}");
    }
}

#[test]
fn playlists_of_the_priority_stop_are_the_safe_page_whatever_their_windows_say() {
    let plays = "priority = \"stop\"\nzones = \"*\"\n%\n[[play]]\ncolumn = \"通知\"\norder = \"path\"\ntransition = \"fade 1s\"\n";
    let never = plays.replace('%', "[[when]]\nuntil = 2020-01-01\n");
    let files = Files::plain().item("甲", "甲", "4s").item("乙", "乙", "5s");
    let wall = files.clone().with("safe.toml", never).wall();
    let alone = files
        .without("all.toml")
        .with("safe.toml", plays.replace('%', ""))
        .wall();
    let mut alone = Projector::new(alone, 0);
    let mut page = SafePage::new(&wall, 0);
    let first = tick(&wall, "2026-05-15T04:00:00Z");
    let mut seen = Frame::new(alone.size());
    let mut others = 0;
    for later in 0..900 {
        page.paint(first + Ticks(later), &mut seen);
        assert_eq!(seen, picture(&mut alone, first + Ticks(later)), "{later} ticks later");
        others += u32::from(seen != picture(&mut Projector::new(Arc::clone(&wall), 0), first + Ticks(later)));
    }
    assert!(others > 0, "it is not what the wall shows otherwise");
}

#[test]
fn what_is_over_by_its_own_dates_is_not_on_the_safe_page() {
    let files = Files::plain().with(
        "safe.toml",
        "priority = \"stop\"\nzones = \"*\"\n[[play]]\nitem = \"通知/甲\"\n",
    );
    let dated = files.with(
        "items/通知/甲.md",
        "+++\ntitle = \"甲\"\nuntil = 2026-05-15\n+++\n甲正文。\n",
    );
    let (wall, bare) = (dated.wall(), Files::plain().wall());
    let (before, after) = (tick(&wall, "2026-05-14T04:00:00Z"), tick(&wall, "2026-05-20T04:00:00Z"));
    assert_ne!(safe(&wall, before), safe(&bare, before));
    assert_eq!(safe(&wall, after), safe(&bare, after));
}

#[test]
fn a_stop_lights_no_dark_screen() {
    let hours = "rate = 50\n[[screen.lit]]\nstart = \"08:00\"\nend = \"18:00\"\n";
    let site = PLAIN.replace("rate = 50\n", hours);
    let safe_list = "priority = \"stop\"\nzones = \"*\"\n[[play]]\nitem = \"通知/甲\"\n";
    let plain = Files::plain().with("site.toml", site).item("甲", "甲", "4s");
    for files in [plain.clone(), plain.with("safe.toml", safe_list)] {
        let wall = files.wall();
        let (day, night) = (tick(&wall, "2026-05-15T09:59:00Z"), tick(&wall, "2026-05-15T10:00:00Z"));
        assert!(!lit(&safe(&wall, day)).is_empty());
        assert_eq!(lit(&safe(&wall, night)), []);
        let view = SafePage::new(&wall, 0).view(night, &stopped());
        assert_eq!(view.dark.unwrap().1, "outside the lit hours");
    }
}

#[test]
fn the_words_say_since_when_and_by_whom() {
    let wall = Files::plain().item("甲", "甲", "4s").wall();
    let view = SafePage::new(&wall, 0).view(tick(&wall, "2026-05-15T04:00:00Z"), &stopped());
    let told = view.stopped.unwrap();
    assert_eq!(told.since, "2026-05-15T09:40:00+08:00");
    assert_eq!(
        told.told_zh,
        "已停播（自 2026-05-15 09:40:00，由“停播.txt”，原因：错字）"
    );
    assert_eq!(
        told.told_en,
        "stopped (since 2026-05-15 09:40:00, by \"停播.txt\": 错字)"
    );
    assert!(view.zones.iter().all(|zone| zone.now.is_none()) && view.dark.is_none());
    let bare = Stopped {
        reason: None,
        ..stopped()
    };
    assert_eq!(
        bare.words(&TimeZone::UTC).zh,
        "已停播（自 2026-05-15 01:40:00，由“停播.txt”）"
    );
}

#[test]
fn once_it_is_ready_the_safe_page_is_painted_without_memory() {
    let wall = Files::plain().item("甲", "甲", "4s").wall();
    wall.ready_to_stop();
    let noon = tick(&wall, "2026-05-15T04:00:00Z");
    let mut page = SafePage::new(&wall, 0);
    let mut frame = Frame::new(wall.site().screens[0].size);
    page.paint(noon, &mut frame);
    let counted = allocation_counter::measure(|| {
        (0..100).for_each(|later| page.paint(noon + Ticks(later), &mut frame));
    });
    assert_eq!(counted.count_total, 0);
}

#[test]
fn a_rate_of_one_tick_a_second_has_its_safe_page_too() {
    let wall = Files::plain()
        .with("site.toml", PLAIN.replace("rate = 50", "rate = 1"))
        .wall();
    assert_eq!(wall.site().screens[0].rate, Rate::new(1).unwrap());
    assert!(!lit(&safe(&wall, tick(&wall, "2026-05-15T04:00:00Z"))).is_empty());
}
