//! Every item as whoever judges it sees it.

use jiff::civil::date;
use yingbi::units::Size;

use crate::support::site::{Files, PLAIN, picture};

const TWO_ZONES: &str = r#"
title = "示例省国资委"

[[column]]
id = "通知"

[[screen]]
id = "lobby"
width = 128
height = 96

[[screen.zone]]
id = "strip"
height = 16
kind = "ticker"

[[screen.zone]]
id = "side"
y = 16
width = 32

[[screen.zone]]
id = "main"
x = 32
y = 16
"#;

fn noon() -> jiff::civil::DateTime {
    date(2026, 5, 15).at(12, 0, 0, 0)
}

#[test]
fn a_proof_has_the_dots_of_the_page_on_the_wall() {
    let wall = Files::plain()
        .with("site.toml", PLAIN.replace("= 32", "= 64"))
        .item("a", "关于召开座谈会的通知", "5s")
        .wall();
    let proofs = wall.proofs();
    assert_eq!(proofs.len(), 1);
    let mut projector = yingbi::wall::Projector::new(wall.clone(), 0);
    let tick = projector.rate().tick_at("2026-05-15T04:00:00Z".parse().unwrap());
    assert_eq!(proofs[0].picture(&wall, 0, noon()), Some(picture(&mut projector, tick)));
}

#[test]
fn an_item_is_set_where_it_plays_and_pages_come_before_strips() {
    let files = Files::default()
        .with("site.toml", TWO_ZONES)
        .with(
            "a.toml",
            "zones = [\"strip\"]\n[[play]]\nitem = \"通知/a\"\n[[play]]\nitem = \"通知/b\"\n",
        )
        .with("b.toml", "zones = [\"side\"]\n[[play]]\nitem = \"通知/b\"\n")
        .item("a", "甲", "5s")
        .item("b", "乙", "5s")
        .item("c", "丙", "5s");
    let wall = files.library().wall().cloned().unwrap();
    let sizes: Vec<(String, Size)> = wall
        .proofs()
        .iter()
        .map(|proof| {
            (
                proof.item.id.to_string(),
                proof.picture(&wall, 0, noon()).unwrap().size(),
            )
        })
        .collect();
    let expected = [
        // In a strip only: two screenfuls, one below the other.
        ("通知/a", Size::new(128, 16 + 4 + 16)),
        // In both.
        ("通知/b", Size::new(32, 80)),
        // Nowhere: in the largest zone of pages.
        ("通知/c", Size::new(96, 80)),
    ];
    assert_eq!(sizes, expected.map(|(id, size)| (id.to_owned(), size)));
}
