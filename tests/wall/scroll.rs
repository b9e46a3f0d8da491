//! Texts that run on a wall: how long their cues are, and what is seen of them as they come and go.

use yingbi::{
    frame::Frame,
    units::{Area, Tick, Ticks},
    wall::{Projector, Shown},
};

use crate::support::site::{Files, PLAIN, picture};

/// 2026-05-15T09:00:00+08:00 at 50 ticks a second.
const NINE: i64 = 1_778_806_800 * 50;

/// Too much for 128 by 32 LEDs: 30 characters of 32 LEDs, 960 in all.
const LONG: &str = "关于开展二〇二六年度机关工作人员健康检查工作有关事项的补充通知";

fn files(dwell: &str) -> Files {
    let playlist = "[[play]]\ncolumn = \"通知\"\norder = \"path\"\ntransition = \"push 0.4s\"\n";
    Files::plain()
        .with("all.toml", playlist)
        .with("items/通知/甲.md", format!("+++\ntitle = \"{LONG}\"\n{dwell}+++\n"))
        .with("items/通知/乙.md", "+++\ntitle = \"乙\"\ndwell = \"3s\"\n+++\n")
}

/// The ticks of the cue of 甲 that begins first at or after nine.
fn cue(files: &Files) -> (Tick, Tick) {
    let wall = files.wall();
    let rate = wall.site().screens[0].rate;
    let from = rate.timestamp(Tick(NINE));
    let rows = wall.timeline(0, from, rate.timestamp(Tick(NINE + 50 * 300)));
    let mut cues = rows.filter(|row| match &row.shown {
        Shown::Page { item, pages, .. } => {
            assert_eq!(*pages, 1);
            &**item == "通知/甲" && row.since > from
        }
        Shown::Dark(..) => false,
    });
    let row = cues.next().expect("it comes round in five minutes");
    (rate.tick_at(row.since), rate.tick_at(row.until))
}

/// One run: 2 s, the LEDs that are not seen at first at two a tick, 1 s.
fn run() -> i64 {
    let characters = i64::try_from(LONG.chars().count()).unwrap();
    100 + (32 * characters - 128) / 2 + 50
}

#[test]
fn a_cue_that_runs_lasts_as_long_as_it_takes_to_come_in_and_to_run_once() {
    let (since, until) = cue(&files(""));
    assert_eq!(until.since(since), Ticks(20 + run()));
}

#[test]
fn a_dwell_becomes_the_nearest_number_of_whole_runs_and_one_at_least() {
    let length = |dwell: i64| {
        let (since, until) = cue(&files(&format!("dwell = \"{dwell}s\"\n")));
        until.since(since).0 - 20
    };
    let seconds = run() as f64 / 50.0;
    for (dwell, runs) in [(1.0, 1), (1.4, 1), (1.6, 2), (2.4, 2), (2.6, 3)] {
        assert_eq!(length((dwell * seconds) as i64), runs * run(), "{dwell} runs");
    }
    assert_eq!(length(1), run());
}

#[test]
fn it_stands_while_it_comes_in_and_two_seconds_more_and_while_it_goes_out() {
    let wall = files("").wall();
    let mut projector = Projector::new(wall, 0);
    let (since, until) = cue(&files(""));
    let mut at = |tick: Tick| picture(&mut projector, tick);
    let first = at(since + Ticks(20));
    assert_eq!(at(since + Ticks(20 + 100)), first);
    assert_ne!(at(since + Ticks(20 + 101)), first);
    let last = at(until - Ticks(1));
    assert_eq!(at(until - Ticks(50)), last);
    // A push moves it to the left as it stands: half of it is left after ten ticks of twenty, near enough.
    let going = at(until + Ticks(9));
    let moved = (1..128).find(|moved| {
        let rest = Area::new(*moved, 0, 128 - moved, 32);
        let part = |frame: &Frame, area: Area| {
            let mut part = Frame::new(area.size());
            part.copy_area(frame, area, 0, 0);
            part
        };
        part(&last, rest) == part(&going, Area::new(0, 0, 128 - moved, 32))
    });
    assert!(moved.is_some_and(|moved| (50..80).contains(&moved)), "{moved:?}");
}

#[test]
fn who_looks_at_any_tick_sees_what_who_looked_all_along_sees() {
    let wall = files("").wall();
    let mut steady = Projector::new(wall.clone(), 0);
    let (since, until) = cue(&files(""));
    let mut tick = since - Ticks(30);
    while tick < until + Ticks(30) {
        let mut fresh = Projector::new(wall.clone(), 0);
        assert_eq!(picture(&mut steady, tick), picture(&mut fresh, tick), "{tick:?}");
        tick = tick + Ticks(7);
    }
}

#[test]
fn a_text_that_an_alert_hid_is_where_it_would_have_been() {
    let plain = files("");
    let (since, until) = cue(&plain);
    let rate = plain.wall().site().screens[0].rate;
    // Whole minutes that lie in the cue: it begins somewhere in one and takes less.
    let civil = |tick: Tick| plain.wall().site().timezone.to_datetime(rate.timestamp(tick));
    let (begins, ends) = (civil(since + Ticks(150)), civil(since + Ticks(250)));
    let alert = format!(
        "priority = \"alert\"\n[[when]]\nstart = \"{}\"\nend = \"{}\"\n[[play]]\nitem = \"通知/乙\"\n",
        begins.strftime("%H:%M:%S"),
        ends.strftime("%H:%M:%S"),
    );
    let mut hidden = Projector::new(plain.clone().with("alert.toml", alert).wall(), 0);
    let mut seen = Projector::new(plain.wall(), 0);
    let back = since + Ticks(300);
    assert!(back < until);
    assert_ne!(
        picture(&mut hidden, since + Ticks(200)),
        picture(&mut seen, since + Ticks(200))
    );
    assert_eq!(picture(&mut hidden, back), picture(&mut seen, back));
}

#[test]
fn a_zone_says_how_fast_its_texts_run() {
    let site = PLAIN.replace("id = \"main\"\n", "id = \"main\"\npace = 1.5\n");
    let (since, until) = cue(&files("").with("site.toml", site));
    let characters = i64::try_from(LONG.chars().count()).unwrap();
    assert_eq!(until.since(since), Ticks(20 + 100 + 32 * characters - 128 + 50));
}
