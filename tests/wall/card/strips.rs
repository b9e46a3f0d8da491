//! Tickers on a card.

use std::time::Duration;

use yingbi::{
    controller::card::{Course, Entrance, Sheet},
    units::{Area, Tick},
    wall::Projector,
};

use super::{Table, dots, fast, part, plan, shown};
use crate::support::site::{Files, picture};

/// A screen of 128x32 whose lower half is a ticker, in `colour`.
fn files(colour: &str, items: &[usize]) -> Files {
    let site = format!(
        "title = \"示例省国资委\"\ntimezone = \"Asia/Shanghai\"\n[[column]]\nid = \"通知\"\n\
         [[screen]]\nid = \"lobby\"\nwidth = 128\nheight = 32\ncolour = \"{colour}\"\nrate = 50\n\
         [[screen.zone]]\nid = \"foot\"\ny = 16\nkind = \"ticker\"\n"
    );
    let files = Files::default().with("site.toml", site).with(
        "foot.toml",
        "zones = [\"foot\"]\n[[play]]\ncolumn = \"通知\"\norder = \"path\"\n",
    );
    items.iter().enumerate().fold(files, |files, (number, characters)| {
        let title = "通知公告".chars().cycle().take(*characters).collect::<String>();
        files.with(
            &format!("items/通知/{number}.md"),
            format!("+++\ntitle = \"{title}{number}\"\n+++\n"),
        )
    })
}

const WHOLE: Area = Area::new(0, 0, 128, 32);

fn course(sheet: &Sheet) -> (Duration, Duration) {
    let Course::Looped { round, elapsed } = sheet.areas[0].course else {
        panic!()
    };
    (round, elapsed)
}

#[test]
fn a_ticker_is_one_strip_at_its_own_pace_that_stays_for_the_round() {
    let wall = files("red", &[9, 20, 5]).wall();
    let mut table = Table::new(&wall, &fast(WHOLE));
    let first = table.after(0);
    assert_eq!(plan(&first), [("128x16+0+16".into(), true)]);
    // Three characters of 16 LEDs a second are 48: one LED a tick is nearest.
    let speed = Entrance::Running(50.try_into().unwrap());
    assert_eq!(first.areas[0].pages[0].entrance, speed);
    let (round, _) = course(&first);
    let columns = u64::from(dots(&first.areas[0].pages[0]).size().width);
    assert_eq!(round, Duration::from_millis(columns * 20));
    for tick in 0..200 {
        let tick = Tick(table.tick(0).0 + tick * 7);
        let sheet = table.at(tick);
        assert!(std::sync::Arc::ptr_eq(&sheet.areas[0].pages, &first.areas[0].pages));
        let screen = picture(&mut Projector::new(wall.clone(), 0), tick);
        assert_eq!(shown(&sheet, WHOLE.size()), screen);
    }
}

#[test]
fn a_card_that_has_only_a_part_of_the_ticker_is_as_far_along_as_the_screen() {
    for pace in ["", "speed = 3\n", "pace = 1.5\n"] {
        let files = files("red", &[9, 20, 5]);
        let site = files.text("site.toml").to_owned() + pace;
        let wall = files.with("site.toml", site).wall();
        let region = Area::new(37, 20, 50, 10);
        let mut table = Table::new(&wall, &fast(region));
        for tick in 0..100 {
            let tick = Tick(table.tick(0).0 + tick * 13);
            let screen = picture(&mut Projector::new(wall.clone(), 0), tick);
            let sheet = table.at(tick);
            assert_eq!(shown(&sheet, region.size()), part(&screen, region), "{pace} {tick:?}");
        }
    }
}

#[test]
fn a_strip_for_which_there_is_no_room_runs_in_parts_that_begin_with_an_item() {
    // In full colour 16 rows of 128 take 6 kB, and half of the card is the ticker's: 24 screenfuls, or 3,072 columns.
    let wall = files("full", &[60, 60, 60, 60, 60, 60]).wall();
    let card = yingbi::site::Card {
        model: yingbi::controller::onbon::Model::named("BX-6Q2").unwrap(),
        ..fast(WHOLE)
    };
    let mut table = Table::new(&wall, &card);
    let day = wall.programme().compile(0, wall.programme().date(0, table.tick(0)));
    let cues: Vec<_> = day.cues(0, table.tick(0), table.tick(240)).collect();
    let mut parts = Vec::new();
    for cue in &cues {
        let tick = cue.since.max(table.tick(0));
        let sheet = table.at(tick);
        let screen = picture(&mut Projector::new(wall.clone(), 0), tick);
        assert_eq!(
            shown(&sheet, WHOLE.size()),
            screen,
            "an item begins as it does on the screen"
        );
        let digest = sheet.areas[0].pages[0].digest;
        if parts.last() != Some(&digest) {
            parts.push(digest);
        }
        let width = dots(&sheet.areas[0].pages[0]).size().width;
        assert!((1000..=3072).contains(&width), "{width}");
    }
    assert!(
        cues.len() > 10 && parts.len() > 3 && parts.len() < cues.len(),
        "{} of {}",
        parts.len(),
        cues.len()
    );
    // The next part is asked for when it is due.
    let mut tick = table.tick(0);
    while tick < table.tick(240) {
        let sheet = table.at(tick);
        let next = table.dealer.next(tick);
        assert_eq!(table.at(Tick(next.0 - 1)).areas[0].pages, sheet.areas[0].pages);
        tick = next;
    }
}

#[test]
fn an_item_that_is_longer_than_the_card_has_room_for_is_cut() {
    let wall = files("full", &[199, 3]).wall();
    let card = yingbi::site::Card {
        model: yingbi::controller::onbon::Model::named("BX-6Q2").unwrap(),
        ..fast(WHOLE)
    };
    let sheet = Table::new(&wall, &card).after(0);
    let width = dots(&sheet.areas[0].pages[0]).size().width;
    assert!((2900..=3072).contains(&width), "{width}");
    let (round, elapsed) = course(&sheet);
    assert!(elapsed < round);
}
