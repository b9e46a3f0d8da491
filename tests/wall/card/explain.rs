//! What is told of a card: who turns the pages, and what is lost.

use yingbi::{
    site::Card,
    units::Area,
    wall::{CardAreaView, CardView},
};

use super::{Table, fast, serial};
use crate::support::site::{Files, PLAIN};

const WHOLE: Area = Area::new(0, 0, 128, 32);

fn view(files: &Files, card: &Card) -> CardView {
    let wall = files.wall();
    let mut table = Table::new(&wall, card);
    let tick = table.tick(1);
    table.dealer.view(&mut table.projector, tick, 1)
}

fn two(transition: &str) -> Files {
    let list = format!("[[play]]\ncolumn = \"通知\"\norder = \"path\"\ntransition = \"{transition}\"\n");
    let site = PLAIN.replace("\"full\"", "\"red+green\"");
    let files = Files::plain().with("site.toml", site).with("all.toml", list);
    files.item("甲", "甲", "4s").item("乙", "乙", "3s")
}

fn only(view: &CardView) -> &CardAreaView {
    assert_eq!((view.number, view.model), (1, "BX-6E2"));
    let [area] = &view.areas[..] else { panic!("{view:?}") };
    area
}

#[test]
fn pages_that_are_pushed_are_told_with_their_time_on_the_wire() {
    let told = view(&two("cut"), &serial(WHOLE, 57_600));
    let area = only(&told);
    assert_eq!((area.course, area.pages, area.round_pages), ("pushed", 1, 2));
    // Two planes of 128 by 32 are 1,024 bytes, ten bits each.
    assert!(
        (177..240).contains(&area.wire_ms) && area.drift_ms == area.wire_ms,
        "{area:?}"
    );
    let words = area.words();
    assert!(
        words.en.starts_with("main: each page is pushed, and seen about "),
        "{}",
        words.en
    );
    assert!(
        words.zh.starts_with("区域 main：逐页推送，每页到点后约 "),
        "{}",
        words.zh
    );
    assert!(area.notes.is_empty(), "{:?}", area.notes);
}

#[test]
fn loops_are_told_with_their_round_and_their_drift() {
    let told = view(&two("cut"), &serial(WHOLE, 2400));
    let area = only(&told);
    assert_eq!((area.course, area.pages, area.round_pages), ("looped", 2, 2));
    assert_eq!(area.round_ms, Some(7000));
    assert!(area.drift_ms < 20, "{area:?}");
    assert!(area.notes[0].contains("more than half of its stay"), "{:?}", area.notes);
}

#[test]
fn an_effect_that_a_card_has_not_is_told_as_what_it_becomes() {
    let files = two("fade 0.5s");
    let notes = |card: &Card| only(&view(&files, card)).notes.clone();
    assert!(notes(&fast(WHOLE)).contains(&"\"fade\" is shown as a cut".to_owned()));
    assert!(notes(&serial(WHOLE, 1200)).contains(&"\"fade\" is shown as a cut".to_owned()));
}

#[test]
fn zones_that_share_an_area_and_text_that_stands_are_told() {
    let site =
        two("cut").text("site.toml").to_owned() + "[[screen.zone]]\nid = \"badge\"\nx = 100\nwidth = 28\nlayer = 1\n";
    let long = "关于开展二〇二六年度机关工作人员健康检查工作有关事项的补充通知";
    let files = two("cut")
        .with("site.toml", site)
        .item("甲", long, "4s")
        .with("badge.toml", "zones = [\"badge\"]\n[[play]]\nitem = \"通知/甲\"\n");
    let told = view(&files, &fast(WHOLE));
    let area = only(&told);
    assert_eq!(area.zones.iter().map(|id| &**id).collect::<Vec<_>>(), ["main", "badge"]);
    assert!(
        area.notes.iter().any(|note| note.contains("share one")),
        "{:?}",
        area.notes
    );
    assert!(
        area.notes
            .iter()
            .any(|note| note == "text that runs stands at its beginning"),
        "{:?}",
        area.notes
    );
}

#[test]
fn a_round_of_which_the_card_has_room_for_a_part_is_told_with_what_to_do() {
    let files = (0..700).fold(two("cut"), |files, item| {
        files.item(&format!("{item:03}"), &format!("通知{item}"), "2s")
    });
    let told = view(&files, &serial(WHOLE, 1200));
    let note = &only(&told).notes[0];
    assert!(
        note.contains("of 702 pages only") && note.contains("a faster line"),
        "{note}"
    );
}

#[test]
fn a_clock_on_a_slow_line_is_told_with_how_often_it_goes() {
    let site = PLAIN
        .replace("\"full\"", "\"red\"\ndepth = 1")
        .replace("id = \"main\"", "id = \"main\"\nkind = \"live\"\nscene = \"time\"");
    let files = Files::default()
        .with("site.toml", site)
        .with("scenes/time.toml", "[[box]]\nfield = \"time\"\nsize = 16\n")
        .with("time.toml", "[[play]]\nclock = true\n");
    let quick = view(&files, &serial(WHOLE, 57_600));
    assert_eq!(only(&quick).clock_s, Some(1));
    let slow = view(&files, &serial(WHOLE, 1200));
    assert_eq!(only(&slow).clock_s, Some(15));
    assert!(
        only(&slow).notes.iter().any(|note| note.contains("anew every 15 s")),
        "{slow:?}"
    );
}
