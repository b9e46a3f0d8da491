//! Pages that the card turns by itself, since the line is too slow for us to.

use std::time::Duration;

use yingbi::{
    controller::card::{CardArea, Course, Entrance, Look},
    site::Card,
    units::{Area, Tick},
    wall::Projector,
};

use super::{Table, dots, due, part, plan, serial};
use crate::support::site::{Files, PLAIN, picture};

const WHOLE: Area = Area::new(0, 0, 128, 32);

/// So many items of 2 s to 6 s that come in by `transition`, on one-colour LEDs.
fn files(items: i64, transition: &str) -> Files {
    let list = format!("[[play]]\ncolumn = \"通知\"\norder = \"path\"\ntransition = \"{transition}\"\n");
    let site = PLAIN.replace("\"full\"", "\"red\"\ndepth = 1");
    let files = Files::plain().with("site.toml", site).with("all.toml", list);
    (0..items).fold(files, |files, item| {
        files.item(
            &format!("{item:03}"),
            &format!("通知{item}"),
            &format!("{}s", 2 + item % 5),
        )
    })
}

/// 128 by 32 LEDs of one colour are 512 bytes: half a second at 9600 baud and more at less.
fn card(baud: u32) -> Card {
    serial(WHOLE, baud)
}

#[test]
fn pages_are_pushed_where_the_wire_takes_less_than_half_of_their_time_and_looped_where_it_takes_more() {
    let wall = files(4, "cut").wall();
    for (baud, is_looped) in [(57_600, false), (9600, false), (4800, true), (1200, true)] {
        let sheet = Table::new(&wall, &card(baud)).after(0);
        assert_eq!(plan(&sheet), [("128x32+0+0".into(), is_looped)], "at {baud} baud");
        let pages = if is_looped { 4 } else { 1 };
        assert_eq!(sheet.areas[0].pages.len(), pages, "at {baud} baud");
    }
}

#[test]
fn a_single_page_is_pushed_however_slow_the_line_is() {
    let wall = files(1, "cut").wall();
    assert_eq!(
        plan(&Table::new(&wall, &card(300)).after(0)),
        [("128x32+0+0".into(), false)]
    );
}

#[test]
fn at_every_second_of_its_round_a_loop_shows_the_page_of_the_programme() {
    for transition in ["cut", "push 0.4s", "rise 1s", "fade 0.5s"] {
        for rate in [1, 25, 50, 60] {
            let files = files(5, transition);
            let site = files.text("site.toml").replace("rate = 50", &format!("rate = {rate}"));
            let wall = files.with("site.toml", site).wall();
            let mut table = Table::new(&wall, &card(1200));
            let mut projector = Projector::new(wall.clone(), 0);
            let day = wall.programme().compile(0, wall.programme().date(0, table.tick(0)));
            let mut pages = None;
            for second in 0..60 {
                let tick = table.tick(second);
                let sheet = table.at(tick);
                let area = &sheet.areas[0];
                let pages = pages.get_or_insert_with(|| area.pages.clone());
                assert!(std::sync::Arc::ptr_eq(pages, &area.pages), "the loop stays");
                let cue = day.at(0, tick).unwrap();
                // Nothing of these titles runs, so a page looks the same until it goes.
                let shown = picture(&mut projector, Tick(cue.until.0 - 1));
                assert_eq!(*dots(due(area)), shown, "{transition}, {rate} Hz, {second} s");
                let (since, until) = stays(area);
                let ns = |ticks: i64| i128::from(ticks) * 1_000_000_000 / i128::from(rate);
                let close = |a: i128, b: i128| (a - b).abs() <= 2;
                assert!(
                    close(since, ns(tick.0 - cue.since.0)),
                    "{since} since {tick:?}, {cue:?}"
                );
                assert!(
                    close(until, ns(cue.until.0 - tick.0)),
                    "{until} until {tick:?}, {cue:?}"
                );
            }
        }
    }
}

/// How long ago the page that is due began, and how long it is due, in nanoseconds.
fn stays(area: &CardArea) -> (i128, i128) {
    let Course::Looped { elapsed, .. } = area.course else {
        panic!()
    };
    let mut begins = Duration::ZERO;
    for page in area.pages.iter() {
        let ends = begins + page.stay + page.entrance.takes(area.place.size());
        if elapsed < ends {
            let ns = |duration: Duration| duration.as_nanos() as i128;
            return (ns(elapsed - begins), ns(ends - elapsed));
        }
        begins = ends;
    }
    panic!("the round is longer than its pages")
}

#[test]
fn the_pages_of_a_loop_last_as_long_as_its_round() {
    for transition in ["cut", "push 0.4s", "rise 5s"] {
        let wall = files(7, transition).wall();
        let sheet = Table::new(&wall, &card(1200)).after(13);
        let area = &sheet.areas[0];
        let Course::Looped { round, .. } = area.course else {
            panic!()
        };
        let sum: Duration = area
            .pages
            .iter()
            .map(|page| page.stay + page.entrance.takes(WHOLE.size()))
            .sum();
        assert_eq!(sum, round);
        assert_eq!(round, Duration::from_secs(2 + 3 + 4 + 5 + 6 + 2 + 3));
        let moves = area.pages.iter().filter(|page| page.entrance != Entrance::Cut).count();
        assert_eq!(moves, if transition == "cut" { 0 } else { 7 });
    }
}

#[test]
fn a_loop_changes_at_the_boundary_at_which_its_composition_does() {
    let gone = "+++\ntitle = \"通知1\"\ndwell = \"3s\"\nuntil = \"2026-05-15 09:00:30\"\n+++\n";
    let wall = files(4, "cut").with("items/通知/001.md", gone).wall();
    let mut table = Table::new(&wall, &card(1200));
    let count = |second: i64, table: &mut Table| table.after(second).areas[0].pages.len();
    assert_eq!(count(29, &mut table), 4);
    let day = wall.programme().compile(0, wall.programme().date(0, table.tick(0)));
    let boundary = day.at(0, table.tick(30)).unwrap();
    let first = if boundary.since == table.tick(30) {
        boundary.since
    } else {
        boundary.until
    };
    assert_eq!(table.at(Tick(first.0 - 1)).areas[0].pages.len(), 4);
    assert_eq!(table.at(first).areas[0].pages.len(), 3);
}

#[test]
fn where_a_card_has_no_room_for_all_pages_it_shows_the_first_ones() {
    // A card holds 300,000 bytes: some 550 pages of 512 bytes and what stands before them.
    let wall = files(700, "cut").wall();
    let sheet = Table::new(&wall, &card(1200)).after(0);
    let pages = sheet.areas[0].pages.len();
    assert!((400..600).contains(&pages), "{pages} pages");
    // While they come in less than their time they are pushed, though late.
    let sheet = Table::new(&wall, &card(4800)).after(0);
    assert_eq!(plan(&sheet), [("128x32+0+0".into(), false)]);
}

#[test]
fn a_clock_in_a_loop_goes_as_often_as_the_line_allows() {
    let scene = "[[box]]\nfield = \"title\"\nsize = 16\nh = 16\n[[box]]\nfield = \"time\"\ny = 16\nh = 16\nsize = 16\n";
    let files = files(3, "cut").with("scenes/notice.toml", scene);
    let wall = files.wall();
    let mut table = Table::new(&wall, &card(1200));
    let first = table.after(0);
    assert_eq!(first.areas[0].pages.len(), 3);
    let mut changes = Vec::new();
    let mut before = first;
    for second in 1..120 {
        let sheet = table.after(second);
        if sheet.areas[0].pages != before.areas[0].pages {
            changes.push(second);
        }
        before = sheet;
    }
    // Three pages take 15 s at 1200 baud, so every minute, which is more than twice that.
    assert_eq!(changes, [60]);
    let mut then = picture(&mut Projector::new(wall.clone(), 0), table.tick(60));
    then = part(&then, WHOLE);
    assert!(
        before.areas[0]
            .pages
            .iter()
            .any(|page| matches!(&page.look, Look::Dots(look) if **look == then)),
        "one of the pages tells 09:01:00"
    );
}

#[test]
fn a_loop_is_prepared_a_few_pages_at_a_time_and_the_page_that_is_due_is_pushed_meanwhile() {
    let wall = files(40, "cut").wall();
    let mut table = Table::new(&wall, &card(1200));
    let mut whole = Table::new(&wall, &card(1200));
    let mut tick = table.tick(0);
    for deal in 0.. {
        let sheet = table.dealer.deal_some(&mut table.projector, tick, 8);
        if matches!(sheet.areas[0].course, Course::Looped { .. }) {
            // Forty scenes and forty pictures, eight a deal.
            assert_eq!(deal, 9);
            assert_eq!(sheet, whole.at(tick));
            break;
        }
        let mut still = yingbi::frame::Frame::new(WHOLE.size());
        Projector::new(wall.clone(), 0).still(tick, &mut still);
        assert_eq!(*dots(&sheet.areas[0].pages[0]), still);
        assert_eq!(table.dealer.next(tick), tick.next());
        tick = tick.next();
    }
    assert!(table.dealer.next(tick) > tick.next());
    assert_eq!(
        table.dealer.deal_some(&mut table.projector, tick, 0),
        whole.at(tick),
        "what is ready stays so"
    );
}

#[test]
fn while_a_loop_is_prepared_that_tells_a_later_time_the_one_before_stays_and_none_that_was_withdrawn() {
    let scene = "[[box]]\nfield = \"title\"\nsize = 16\nh = 16\n[[box]]\nfield = \"time\"\ny = 16\nh = 16\nsize = 16\n";
    let files = files(6, "cut").with("scenes/notice.toml", scene);
    let library = files.library();
    let wall = library.wall().unwrap().clone();
    let mut table = Table::new(&wall, &card(1200));
    let first = table.after(59);
    let tick = table.tick(120);
    let meanwhile = table.dealer.deal_some(&mut table.projector, tick, 3);
    assert_eq!(meanwhile.areas[0].pages, first.areas[0].pages);
    let later = table.at(tick);
    assert_eq!(later.areas[0].pages.len(), 6);
    assert_ne!(later.areas[0].pages, first.areas[0].pages);
    // One of them is taken down: not a moment longer is it in the loop.
    let without = library.accept(&files.without("items/通知/003.md").sources());
    let now = without.wall().unwrap().clone();
    let mut tick = table.tick(121);
    assert!(table.projector.take_over(now, tick));
    let mut sheet = table.dealer.deal_some(&mut table.projector, tick, 1);
    while table.projector.view(tick).zones[0].now.is_none() || sheet.areas[0].pages.len() == 6 {
        assert!(tick < table.tick(140), "it is taken over at the next boundary");
        tick = tick.next();
        sheet = table.dealer.deal_some(&mut table.projector, tick, 1);
    }
    assert_eq!(sheet.areas[0].pages.len(), 1);
}
