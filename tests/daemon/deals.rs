//! What a player tells the cards of its screen, and when.

use std::sync::Arc;

use jiff::Timestamp;
use yingbi::{
    controller::card::{Look, Sheet},
    daemon::Player,
    frame::Frame,
    panel::Pattern,
    units::{Area, Rate, Tick},
    wall::{PanelTest, Stopped, Wall},
};

use crate::support::site::Files;

const HERTZ: i64 = 50;

/// A red strip with two cards beside each other, and one column.
const SITE: &str = r#"
title = "示例"

[[column]]
id = "通知"

[[screen]]
id = "lobby"
width = 256
height = 32
colour = "red"
depth = 1

[[screen.card]]
model = "BX-6E2"
address = "192.0.2.10"
region = { width = 128 }

[[screen.card]]
model = "BX-6E2"
address = "192.0.2.11"
region = { x = 128 }
"#;

fn files() -> Files {
    Files::plain()
        .with("site.toml", SITE)
        .item("a", "防汛值守", "3s")
        .item("b", "政务公开", "3s")
}

/// 2026-11-23T08:00:00Z, a Monday, and some ticks more.
fn tick(more: i64) -> Tick {
    let morning: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
    Tick(Rate::new(50).unwrap().tick_at(morning).0 + more)
}

/// What each card is told at which tick, counted from the first.
type Told = Vec<(i64, usize, Arc<Sheet>)>;

fn play(player: &mut Player, ticks: std::ops::Range<i64>) -> Told {
    let mut told = Told::new();
    for more in ticks {
        let step = player.step(tick(more));
        let fault = player.deal(tick(more), &step, |card, sheet| told.push((more, card, sheet)));
        assert_eq!(fault, None);
    }
    told
}

fn begin(wall: &Arc<Wall>) -> Player {
    Player::new(Arc::clone(wall), "lobby").unwrap()
}

/// What the LEDs of a card show of the sheet, where each area has one page.
fn seen(sheet: &Sheet) -> Frame {
    let mut frame = Frame::new(yingbi::units::Size::new(128, 32));
    for area in &sheet.areas {
        let [page] = &*area.pages else {
            panic!("{} pages", area.pages.len());
        };
        let Look::Dots(dots) = &page.look else { panic!("words") };
        frame.copy_frame(dots, area.place.x.into(), area.place.y.into());
    }
    frame
}

/// The part of the screen's frame that a card lights.
fn part(player: &Player, card: usize) -> Frame {
    let mut part = Frame::new(yingbi::units::Size::new(128, 32));
    let x = u32::try_from(card).unwrap() * 128;
    part.copy_area(player.frame(), Area::new(x, 0, 128, 32), 0, 0);
    part
}

#[test]
fn cards_are_told_at_once_what_they_ought_to_show_and_then_at_each_boundary() {
    let wall = files().wall();
    let mut player = begin(&wall);
    let told = play(&mut player, 0..1);
    assert_eq!(told.iter().map(|(_, card, _)| *card).collect::<Vec<_>>(), [0, 1]);
    for (_, card, sheet) in &told {
        assert!(sheet.is_lit);
        assert_eq!(seen(sheet), part(&player, *card), "card {card}");
        assert_eq!(sheet.civil.to_string(), "2026-11-23T16:00:00");
    }
    // Six seconds a round, two boundaries in it.
    let told = play(&mut player, 1..6 * HERTZ + 1);
    let ticks: Vec<i64> = told.iter().map(|(more, ..)| *more).collect();
    assert!((4..=8).contains(&ticks.len()), "{ticks:?}");
    let mut other = begin(&wall);
    for (more, card, sheet) in &told {
        play(&mut other, *more..*more + 1);
        assert_eq!(seen(sheet), part(&other, *card), "at {more}");
    }
}

#[test]
fn a_stop_reaches_the_cards_with_the_same_tick_and_so_does_its_end() {
    let wall = files().wall();
    let mut player = begin(&wall);
    play(&mut player, 0..70);
    let stopped = Stopped {
        since: "2026-11-23T08:00:01Z".parse().unwrap(),
        by: "值班".into(),
        reason: None,
    };
    player.stop(&Arc::new(stopped));
    let told = play(&mut player, 70..71);
    assert_eq!(told.len(), 2);
    for (_, card, sheet) in &told {
        assert_eq!(seen(sheet), part(&player, *card), "the safe page");
    }
    // Nothing of the safe page moves faster than once a second.
    let told = play(&mut player, 71..71 + 3 * HERTZ);
    assert!(told.len() <= 2 * 3, "{}", told.len());
    player.resume().unwrap();
    let told = play(&mut player, 300..301);
    assert_eq!(told.len(), 2);
    let mut other = begin(&wall);
    play(&mut other, 300..301);
    for (_, card, sheet) in &told {
        assert_eq!(seen(sheet), part(&other, *card), "the programme again");
    }
}

#[test]
fn a_test_of_all_of_the_screen_is_seen_on_its_cards_too_and_one_of_an_output_is_not() {
    let wall = files().wall();
    let test = |output| {
        Arc::new(PanelTest {
            since: "2026-11-23T08:00:00Z".parse().unwrap(),
            until: "2026-11-23T08:01:00Z".parse().unwrap(),
            by: "安装".into(),
            output,
            patterns: [Pattern::named("red").unwrap()].into(),
            level: None,
        })
    };
    let mut player = begin(&wall);
    player.test(Some(test(None)));
    for (_, _, sheet) in play(&mut player, 0..1) {
        let frame = seen(&sheet);
        assert!(frame.bytes().chunks(3).all(|led| led == [255, 0, 0]), "all of it red");
    }
    let mut player = begin(&wall);
    player.test(Some(test(Some(0))));
    let mut other = begin(&wall);
    let (told, expected) = (play(&mut player, 0..1), play(&mut other, 0..1));
    assert_eq!(told, expected);
}

#[test]
fn another_wall_is_dealt_at_once_where_what_was_shown_is_withdrawn() {
    let (files, mut player) = (files(), begin(&files().wall()));
    play(&mut player, 0..10);
    let without = files.without("items/通知/a.md").without("items/通知/b.md");
    player.take_over(&without.wall(), tick(10)).unwrap();
    let told = play(&mut player, 10..11);
    assert_eq!(told.len(), 2);
    for (_, card, sheet) in &told {
        assert_eq!(seen(sheet), part(&player, *card));
        assert!(seen(sheet).bytes().iter().all(|byte| *byte == 0), "nothing is left");
    }
}

#[test]
fn cards_hear_of_the_time_every_minute_though_nothing_changes() {
    let wall = Files::plain()
        .with("site.toml", SITE)
        .item("a", "防汛值守", "3s")
        .wall();
    let mut player = begin(&wall);
    let told = play(&mut player, 0..125 * HERTZ);
    let first: Vec<i64> = told
        .iter()
        .filter(|(_, card, _)| *card == 0)
        .map(|(more, ..)| *more)
        .collect();
    assert!(
        first.windows(2).all(|pair| pair[1] - pair[0] <= 60 * HERTZ),
        "{first:?}"
    );
    assert!(first.len() >= 3);
}

#[test]
fn a_test_of_all_is_painted_where_a_card_is_beside_an_output_too() {
    let output = "[[screen.output]]\nprotocol = \"ddp\"\naddress = \"192.0.2.1\"\nregion = { width = 128 }\n";
    let (head, cards) = SITE.split_at(SITE.find("[[screen.card]]").unwrap());
    let right = cards.split("[[screen.card]]").last().unwrap();
    let site = format!("{head}{output}[[screen.card]]{right}");
    let files = Files::plain().with("site.toml", site).item("a", "防汛值守", "3s");
    let mut player = begin(&files.wall());
    player.test(Some(Arc::new(PanelTest {
        since: "2026-11-23T08:00:00Z".parse().unwrap(),
        until: "2026-11-23T08:01:00Z".parse().unwrap(),
        by: "安装".into(),
        output: None,
        patterns: [Pattern::named("red").unwrap()].into(),
        level: None,
    })));
    let told = play(&mut player, 0..1);
    let frame = seen(&told[0].2);
    assert!(
        frame.bytes().chunks(3).all(|led| led == [255, 0, 0]),
        "the card's part too"
    );
}
