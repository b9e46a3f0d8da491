//! How many pages an item may take: as it says, else its column, else the column above that, else three.

use yingbi::{
    units::Tick,
    wall::{Projector, Wall},
};

use crate::support::site::{Files, PLAIN, messages, picture};

/// 2026-05-15T09:00:00+08:00 at 50 ticks a second.
const NINE: i64 = 1_778_806_800 * 50;

/// A site with these keys, of the columns 公开 and, below it, 通知, with these; its one item has these, and twenty lines of text.
fn files(site: &str, above: &str, column: &str, item: &str) -> Files {
    let columns =
        format!("[[column]]\nid = \"公开\"\n{above}\n[[column]]\nid = \"通知\"\nparent = \"公开\"\n{column}\n");
    // Too high for a strip, whose texts run.
    let plain = PLAIN.replace("height = 32", "height = 48");
    let site = format!("{site}\n{}", plain.replace("[[column]]\nid = \"通知\"\n", &columns));
    let text = "今日停水。\n\n".repeat(20);
    Files::plain().with("site.toml", site).with(
        "items/通知/甲.md",
        format!("+++\ntitle = \"停水\"\n{item}\n+++\n{text}"),
    )
}

fn pages(wall: &Wall) -> usize {
    let playlist = &wall.programme().plan().screens[0].tracks[0].playlists[0];
    playlist.plays[0].entries[0].pages.len()
}

#[test]
fn the_items_own_limit_goes_before_its_columns_and_the_nearest_columns_before_those_above() {
    let of = |above, column, item| pages(&files("", above, column, item).wall());
    assert_eq!(of("", "", ""), 3);
    assert_eq!(of("pages = 5", "", ""), 5);
    assert_eq!(of("pages = 5", "页数 = 4", ""), 4);
    assert_eq!(of("pages = 5", "页数 = 4", "页数 = 2"), 2);
    assert_eq!(of("", "", "pages = 999"), 7);
}

#[test]
fn the_place_of_the_whole_text_is_the_columns_or_that_of_the_one_above_or_the_sites() {
    let of = |site: &str, above: &str, column: &str| {
        let wall = files(site, above, column, "pages = 1").wall();
        picture(&mut Projector::new(wall, 0), Tick(NINE)).digest()
    };
    let place = "full_text = \"楼下\"";
    let here = of("", "", place);
    assert_eq!(here, of("", place, ""));
    assert_eq!(here, of(place, "", ""));
    assert_eq!(here, of("全文见 = \"楼上\"", "", place));
    assert_eq!(here, of("", "全文见 = \"楼上\"", place));
    assert_ne!(here, of("", "", ""));
    assert_ne!(here, of("", "", "full_text = \"楼上\""));
}

#[test]
fn a_changed_limit_is_measured_anew() {
    let (three, five) = (files("", "", "", ""), files("", "pages = 5", "", ""));
    let library = three.library();
    assert_eq!(pages(library.wall().unwrap()), 3);
    let library = library.accept(&five.sources());
    assert_eq!(pages(library.wall().unwrap()), 5);
    let library = library.accept(&three.sources());
    assert_eq!(pages(library.wall().unwrap()), 3);
}

#[test]
fn a_place_without_a_glyph_is_refused() {
    let files = files("full_text = \"楼\u{1F600}\"", "", "", "");
    assert_eq!(
        messages(files.library().problems()),
        ["site.toml:1:15: cannot show \"\u{1F600}\" (U+1F600): emoji have no bitmap form"]
    );
}
