//! A day of mourning that is made known while the wall runs: 肃静.txt is dropped at 09:40 of a Friday.

use yingbi::{
    frame::Frame,
    units::{Tick, Ticks},
    wall::{Library, Projector},
};

use super::solemn::{at, is_grey};
use crate::support::site::{Files, messages};

/// Twenty pictures a second of a small screen in full colour, with a festive column and moving changes of pages.
fn site() -> Files {
    Files::default()
        .with(
            "site.toml",
            "title = \"大厅\"\ntimezone = \"Asia/Shanghai\"\n[[column]]\nid = \"通知\"\nlifetime = \"forever\"\n[[column]]\nid = \"节日\"\nfestive = true\nlifetime = \"forever\"\n[[screen]]\nid = \"lobby\"\nwidth = 32\nheight = 16\nrate = 20\ncolour = \"full\"\n",
        )
        .with("scenes/notice.toml", "background = \"#802010\"\n[[box]]\nfield = \"title\"\ncolour = \"gold\"\n")
        .with(
            "all.toml",
            "[[play]]\ncolumn = \"通知\"\ndwell = \"7s\"\ntransition = \"push 2s\"\n[[play]]\ncolumn = \"节日\"\ndwell = \"7s\"\ntransition = \"fade 2s\"\n",
        )
        .with("items/通知/甲.md", "甲\n\n正文\n")
        .with("items/通知/乙.md", "乙\n\n正文\n")
        .with("items/节日/贺.md", "贺\n\n正文\n")
}

const LIST: &str = "2026-05-15 10:00-10:03 全国哀悼\r\n";

fn is_dark(frame: &Frame) -> bool {
    frame.bytes().iter().all(|level| *level == 0)
}

/// What is seen in the zone at `tick`.
fn item(projector: &mut Projector, tick: Tick) -> Option<String> {
    let now = projector.view(tick).zones.swap_remove(0).now;
    now.map(|cue| cue.item.to_string())
}

/// A wall that has run for a minute when the list is dropped at a tick from 09:40 on at which `when` says so; the tick.
fn dropped(before: &Library, when: impl Fn(&mut Projector, Tick) -> bool) -> (Projector, Tick) {
    let wall = before.wall().unwrap();
    let after = before.accept(&site().with("肃静.txt", LIST).sources());
    assert_eq!(messages(after.problems()), Vec::<String>::new());
    let mut projector = Projector::new(wall.clone(), 0);
    let mut frame = Frame::new(projector.size());
    let mut tick = projector.rate().tick_at(at(wall, "2026-05-15T09:39:00"));
    let from = projector.rate().tick_at(at(wall, "2026-05-15T09:40:00"));
    while tick < from || !when(&mut projector, tick) {
        projector.paint(tick, &mut frame);
        assert!(!is_grey(&frame), "until then it is a day like others");
        tick = tick.next();
    }
    assert!(projector.take_over(after.wall().unwrap().clone(), tick));
    (projector, tick)
}

#[test]
fn from_the_tick_on_at_which_the_list_is_dropped_every_frame_is_grey_and_the_silence_is_dark() {
    let library = site().library();
    let wall = library.wall().unwrap().clone();
    let (mut projector, first) = dropped(&library, |_, _| true);
    let rate = projector.rate();
    let (ten, three, end) = (
        rate.tick_at(at(&wall, "2026-05-15T10:00:00")),
        rate.tick_at(at(&wall, "2026-05-15T10:03:00")),
        rate.tick_at(at(&wall, "2026-05-15T10:05:00")),
    );
    assert_eq!(first, rate.tick_at(at(&wall, "2026-05-15T09:40:00")));
    let mut frame = Frame::new(projector.size());
    let (mut tick, mut looks) = (first, 0);
    let mut last: Option<Frame> = None;
    while tick < end {
        projector.paint(tick, &mut frame);
        let told = || format!("tick {} after the drop", tick.0 - first.0);
        assert!(is_grey(&frame), "{}", told());
        assert_eq!(is_dark(&frame), (ten..three).contains(&tick), "{}", told());
        // Pages come by cuts, so the picture changes as often as pages do.
        looks += usize::from(last.as_ref() != Some(&frame));
        last = Some(frame.clone());
        if (tick.0 - first.0) % 20 == 0 {
            let view = projector.view(tick);
            let reason = view.dark.map(|(zh, _)| zh);
            let expected = (ten..three).contains(&tick).then(|| "默哀：全国哀悼".to_owned());
            assert_eq!(reason, expected, "{}", told());
            assert_ne!(item(&mut projector, tick).as_deref(), Some("节日/贺"), "{}", told());
        }
        tick = tick.next();
    }
    assert!(
        (100..=300).contains(&looks),
        "{looks} pictures in 22 minutes of 7 seconds a page"
    );
}

#[test]
fn a_festive_page_or_a_moving_change_that_is_seen_when_the_list_is_dropped_ends_there() {
    let library = site().library();
    let festive = |projector: &mut Projector, tick: Tick| item(projector, tick).as_deref() == Some("节日/贺");
    // Half a second into the change to it, and in the middle of it.
    for late in [10, 80] {
        let begun = |projector: &mut Projector, tick: Tick| festive(projector, Tick(tick.0 - late));
        let (mut projector, first) = dropped(&library, begun);
        let mut frames = Vec::new();
        for ticks in 0..20 {
            let tick = first + Ticks(ticks);
            let mut frame = Frame::new(projector.size());
            projector.paint(tick, &mut frame);
            assert!(is_grey(&frame) && !is_dark(&frame));
            assert!(!festive(&mut projector, tick), "{ticks} ticks after the drop");
            frames.push(frame);
        }
        frames.dedup();
        assert!(frames.len() <= 2, "a second of cuts, not of motion");
    }
}

#[test]
fn a_list_that_is_taken_away_leaves_a_day_like_others() {
    let library = site().with("肃静.txt", LIST).library();
    let before = library.wall().unwrap();
    let after = library.accept(&site().sources());
    let mut projector = Projector::new(before.clone(), 0);
    let tick = projector.rate().tick_at(at(before, "2026-05-15T10:01:00"));
    let mut frame = Frame::new(projector.size());
    projector.paint(tick, &mut frame);
    assert!(is_dark(&frame));
    assert!(projector.take_over(after.wall().unwrap().clone(), tick.next()));
    projector.paint(tick.next(), &mut frame);
    assert!(!is_grey(&frame));
}
