//! When a sheet changes, and what of it.

use std::sync::Arc;

use yingbi::{
    controller::card::{CardPage, Course, Entrance, Sheet},
    frame::Frame,
    units::{Area, Size, Tick},
    wall::{PanelTest, Projector, SafePage},
};

use super::{Table, dots, fast, part, plan, serial, shown};
use crate::support::site::{Files, PLAIN, picture};

const WHOLE: Area = Area::new(0, 0, 128, 32);

/// Two items of 4 s and 3 s, in turn, that push each other; at 09:10 a notice for two minutes.
fn two() -> Files {
    Files::plain()
        .item("甲", "甲", "4s")
        .item("乙", "乙", "3s")
        .with(
            "notice.toml",
            "priority = \"notice\"\n[[when]]\nstart = \"09:10\"\nend = \"09:12\"\n[[play]]\nitem = \"通知/乙\"\n",
        )
        .with(
            "all.toml",
            "[[play]]\ncolumn = \"通知\"\norder = \"path\"\ntransition = \"push 0.4s\"\n",
        )
}

/// Everything of a sheet but the time.
fn content(sheet: &Sheet) -> Vec<(Area, Vec<CardPage>)> {
    let content = |area: &yingbi::controller::card::CardArea| (area.place, area.pages.to_vec());
    sheet.areas.iter().map(content).collect()
}

#[test]
fn a_sheet_changes_exactly_where_a_cue_ends() {
    let wall = two().wall();
    let mut table = Table::new(&wall, &fast(WHOLE));
    let day = wall.programme().compile(0, wall.programme().date(0, table.tick(0)));
    let (from, until) = (table.tick(598), table.tick(640));
    let cues: Vec<Tick> = day
        .cues(0, from, until)
        .map(|cue| cue.since)
        .filter(|since| *since > from)
        .collect();
    let mut changes = Vec::new();
    let mut before = content(&table.at(from));
    for tick in from.0 + 1..until.0 {
        let now = content(&table.at(Tick(tick)));
        if now != before {
            changes.push(Tick(tick));
            before = now;
        }
    }
    // In the two minutes of the notice the same page comes again and again, and is the same.
    let told: Vec<Tick> = cues
        .iter()
        .copied()
        .filter(|since| *since <= table.tick(600) || *since >= table.tick(720))
        .collect();
    assert!(
        !told.is_empty() && changes.iter().all(|change| cues.contains(change)),
        "{changes:?} {cues:?}"
    );
    assert_eq!(changes.last().copied(), Some(table.tick(600)), "{changes:?}");
}

#[test]
fn between_two_calls_that_next_asks_for_nothing_changes_but_the_time() {
    let clock = PLAIN.replace("width = 128\nheight = 32\n\"\"\"", "");
    let site = clock
        + "layer = 0\n[[screen.zone]]\nid = \"time\"\nx = 88\nwidth = 40\nheight = 16\nlayer = 1\nkind = \"live\"\n";
    let files = two()
        .with("site.toml", site)
        .with("time.toml", "zones = [\"time\"]\n[[play]]\nclock = true\n");
    for baud in [1200, 57_600] {
        let wall = files.wall();
        let mut asked = Table::new(&wall, &serial(WHOLE, baud));
        let mut every = Table::new(&wall, &serial(WHOLE, baud));
        let (mut tick, end) = (asked.tick(0), asked.tick(40));
        let mut calls = 0;
        while tick < end {
            let sheet = asked.at(tick);
            let next = asked.dealer.next(tick);
            assert!(next > tick);
            for later in tick.0..next.0.min(end.0) {
                assert_eq!(
                    content(&every.at(Tick(later))),
                    content(&sheet),
                    "{later} from {tick:?} to {next:?}"
                );
            }
            (tick, calls) = (next, calls + 1);
        }
        assert!(calls < 40 * 3, "{calls} calls");
    }
}

#[test]
fn what_is_asked_for_again_is_not_made_again() {
    let wall = two().wall();
    let mut table = Table::new(&wall, &fast(WHOLE));
    let (one, other) = (
        table.at(Tick(table.tick(0).0 + 30)),
        table.at(Tick(table.tick(0).0 + 60)),
    );
    assert!(Arc::ptr_eq(&one.areas[0].pages, &other.areas[0].pages));
    assert!(Arc::ptr_eq(&one.day, &other.day));
    let (one, other) = (one.fallback.clone().unwrap(), other.fallback.clone().unwrap());
    assert!(Arc::ptr_eq(&one, &other));
}

#[test]
fn pages_come_in_as_their_playlist_says_as_nearly_as_a_card_can() {
    let entrance = |transition: &str| {
        let list = format!("[[play]]\ncolumn = \"通知\"\norder = \"path\"\ntransition = \"{transition}\"\n");
        let wall = two().with("all.toml", list).wall();
        let mut table = Table::new(&wall, &fast(WHOLE));
        table.after(1).areas[0].pages[0].entrance
    };
    let speed = |leds: u16| leds.try_into().unwrap();
    assert_eq!(entrance("cut"), Entrance::Cut);
    assert_eq!(entrance("fade 0.4s"), Entrance::Cut);
    // 128 LEDs in 0.4 s, and 32 in 0.4 s.
    assert_eq!(entrance("push 0.4s"), Entrance::FromRight(speed(320)));
    assert_eq!(entrance("rise 0.4s"), Entrance::FromBelow(speed(80)));
}

#[test]
fn what_is_withdrawn_is_gone_at_once_and_what_follows_comes_by_a_cut() {
    let files = two();
    let library = files.library();
    let wall = library.wall().unwrap().clone();
    let mut table = Table::new(&wall, &fast(WHOLE));
    let first = shown(&table.after(0), Size::new(128, 32));
    // 甲 and 乙 stand for 4 s and 3 s, in an order that the hour decides; before one of them a second of the other was seen.
    let is_other = |second: &i64| shown(&table.after(*second), Size::new(128, 32)) != first;
    let other = (1..7).find(is_other).unwrap();
    let day = wall.programme().compile(0, wall.programme().date(0, table.tick(0)));
    let is_long = |second: i64| {
        let cue = day.at(0, table.tick(second)).unwrap();
        cue.until.since(cue.since).0 == 200
    };
    // 甲 stays for 4 s.
    let second = if is_long(0) { other } else { 0 };
    let tick = Tick(table.tick(second).0 + 25);
    let stood = shown(&table.at(tick), Size::new(128, 32));
    let without = library.accept(&files.without("items/通知/乙.md").without("notice.toml").sources());
    let now = without.wall().unwrap().clone();
    let later = Tick(tick.0 + 1);
    assert!(table.projector.take_over(now.clone(), later));
    let sheet = table.at(later);
    let seen = shown(&sheet, Size::new(128, 32));
    assert_ne!(seen, stood, "乙 is gone");
    assert_eq!(seen, picture(&mut Projector::new(now, 0), later));
    assert_eq!(sheet.areas[0].pages[0].entrance, Entrance::Cut);
}

#[test]
fn where_nothing_plays_there_is_no_area_and_the_card_is_dark_since_it_would_play_what_is_in_its_flash() {
    let dated = "+++\ntitle = \"甲\"\nuntil = 2026-05-14\n+++\n";
    let wall = Files::plain().with("items/通知/甲.md", dated).wall();
    let sheet = Table::new(&wall, &fast(WHOLE)).after(0);
    assert!(sheet.areas.is_empty() && !sheet.is_lit);
}

#[test]
fn a_dark_screen_has_no_area_and_is_not_lit_and_its_first_page_comes_by_a_cut() {
    let hours = "rate = 50\n[[screen.lit]]\nstart = \"08:00\"\nend = \"09:01\"\n[[screen.lit]]\nstart = \"09:02\"\nend = \"18:00\"\n";
    let wall = two().with("site.toml", PLAIN.replace("rate = 50\n", hours)).wall();
    let mut table = Table::new(&wall, &fast(WHOLE));
    assert!(table.after(59).is_lit);
    let last = Tick(table.tick(60).0 - 1);
    assert!(table.at(last).is_lit);
    let dark = table.after(60);
    assert!(!dark.is_lit && dark.areas.is_empty());
    assert_eq!(table.dealer.next(table.tick(60)), table.tick(120));
    let lit = table.after(120);
    assert!(lit.is_lit);
    assert_eq!(lit.areas[0].pages[0].entrance, Entrance::Cut);
}

#[test]
fn an_alert_lights_a_dark_screen_and_nothing_else_is_seen() {
    let hours = "rate = 50\n[[screen.lit]]\nstart = \"08:00\"\nend = \"08:30\"\n";
    let alert = "priority = \"alert\"\n[[when]]\nstart = \"09:01\"\nend = \"09:02\"\n[[play]]\nitem = \"通知/甲\"\n";
    let site = PLAIN.replace("rate = 50\n", hours);
    let wall = two().with("site.toml", site).with("alert.toml", alert).wall();
    let mut table = Table::new(&wall, &fast(WHOLE));
    assert!(!table.after(59).is_lit);
    let lit = table.after(61);
    assert!(lit.is_lit && lit.areas.len() == 1);
    assert!(!table.after(120).is_lit);
    assert_eq!(
        lit.day.lit.len(),
        1,
        "what the card does without us knows nothing of alerts"
    );
}

#[test]
fn while_the_wall_is_stopped_a_card_shows_the_safe_page_and_after_it_the_programme() {
    let wall = two().wall();
    let mut table = Table::new(&wall, &fast(Area::new(10, 3, 100, 20)));
    table.after(0);
    let mut frame = Frame::new(WHOLE.size());
    SafePage::new(&wall, 0).paint(table.tick(1), &mut frame);
    let tick = table.tick(1);
    let stopped = table.dealer.deal_frame(&frame, tick);
    assert_eq!(plan(&stopped), [("100x20+0+0".into(), false)]);
    assert_eq!(
        *dots(&stopped.areas[0].pages[0]),
        part(&frame, Area::new(10, 3, 100, 20))
    );
    assert_eq!(stopped.areas[0].pages[0].entrance, Entrance::Cut);
    assert_eq!(stopped.areas[0].course, Course::Pushed);
    let again = table.dealer.deal_frame(&frame, Tick(tick.0 + 7));
    assert!(Arc::ptr_eq(&stopped.areas[0].pages, &again.areas[0].pages));
    let after = table.after(2);
    assert_eq!(after.areas[0].pages[0].entrance, Entrance::Cut);
    assert_ne!(content(&after), content(&stopped));
    assert_eq!(
        *stopped.fallback.as_ref().unwrap().as_ref(),
        part(&frame, Area::new(10, 3, 100, 20))
    );
}

#[test]
fn a_panel_test_is_seen_on_a_dark_screen_too() {
    let hours = "rate = 50\n[[screen.lit]]\nstart = \"08:00\"\nend = \"08:30\"\n";
    let wall = two().with("site.toml", PLAIN.replace("rate = 50\n", hours)).wall();
    let mut table = Table::new(&wall, &fast(WHOLE));
    let tick = table.tick(0);
    let rate = wall.site().screens[0].rate;
    let test = PanelTest {
        since: rate.timestamp(tick),
        until: rate.timestamp(table.tick(60)),
        by: "值班".into(),
        output: None,
        patterns: [yingbi::panel::Pattern::Rows].into(),
        level: None,
    };
    let mut frame = Frame::new(WHOLE.size());
    assert!(!table.dealer.deal_frame(&frame, tick).is_lit);
    test.paint(&wall.site().screens[0], tick, &mut frame);
    let sheet = table.dealer.deal_frame(&frame, tick);
    assert!(sheet.is_lit);
    assert_eq!(shown(&sheet, WHOLE.size()), frame);
}

#[test]
fn a_page_that_comes_back_is_the_same_page() {
    let wall = two().wall();
    let mut table = Table::new(&wall, &fast(WHOLE));
    let digests: Vec<_> = (0..28)
        .map(|second| table.after(second).areas[0].pages[0].digest)
        .collect();
    let mut different = digests.clone();
    different.sort_unstable();
    different.dedup();
    assert_eq!(different.len(), 2);
}

#[test]
fn where_there_are_more_zones_than_a_card_has_areas_neighbours_share_one() {
    let zone = |id: &str, x: u32, y: u32, width: u32| {
        format!("[[screen.zone]]\nid = \"{id}\"\nx = {x}\ny = {y}\nwidth = {width}\nheight = 16\n")
    };
    // Four in a row above; the two below are 4 LEDs apart, and together waste the least but for those that touch.
    let zones = [
        ("a", 0, 0, 20),
        ("b", 24, 0, 20),
        ("c", 60, 0, 20),
        ("d", 100, 0, 28),
        ("e", 0, 16, 60),
        ("f", 60, 16, 60),
    ];
    let (head, _) = PLAIN.split_once("[[screen.zone]]").unwrap();
    let site = zones.iter().fold(head.to_owned(), |site, (id, x, y, width)| {
        site + &zone(id, *x, *y, *width)
    });
    let list = "zones = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]\n[[play]]\ncolumn = \"通知\"\n";
    let wall = two()
        .without("notice.toml")
        .with("site.toml", site)
        .with("all.toml", list)
        .wall();
    let sheet = Table::new(&wall, &fast(WHOLE)).after(0);
    let places: Vec<_> = plan(&sheet).into_iter().map(|(place, _)| place).collect();
    // e and f touch; then a and b waste 64 LEDs, fewer than b and c.
    assert_eq!(places, ["44x16+0+0", "20x16+60+0", "28x16+100+0", "120x16+0+16"]);
}

#[test]
fn what_takes_the_whole_screen_is_the_only_area() {
    let (head, _) = PLAIN.split_once("[[screen.zone]]").unwrap();
    let zones = "[[screen.zone]]\nid = \"main\"\nwidth = 60\n[[screen.zone]]\nid = \"right\"\nx = 60\n";
    let list = "zones = [\"main\", \"right\"]\n[[play]]\ncolumn = \"通知\"\n";
    let whole = "zones = \"*\"\npriority = \"notice\"\n[[when]]\nstart = \"09:01\"\nend = \"09:02\"\n[[play]]\nitem = \"通知/甲\"\n";
    let files = two().without("notice.toml").with("site.toml", head.to_owned() + zones);
    let wall = files.with("all.toml", list).with("whole.toml", whole).wall();
    let mut table = Table::new(&wall, &fast(WHOLE));
    let count = |table: &mut Table, second| table.after(second).areas.len();
    assert_eq!(count(&mut table, 59), 2);
    assert_eq!(plan(&table.after(60)), [("128x32+0+0".into(), false)]);
    assert_eq!(count(&mut table, 120), 2);
}
