//! Videos on cards, which keep pages and play none.

use std::sync::Arc;

use yingbi::{controller::card::Sheet, units::Size};

use super::{VIDEO, notice};
use crate::{
    support::{
        footage::{Cinema, seen},
        site::{Files, PLAIN, messages},
    },
    wall::card::{Table, fast, shown},
};

const SCREEN: Size = Size::new(128, 32);

fn on_card(sheet: &Arc<Sheet>) -> Option<(u8, u32)> {
    seen(&shown(sheet, SCREEN), 0, 0)
}

#[test]
fn a_card_shows_one_picture_of_a_video_for_as_long_as_it_plays() {
    let mut cinema = Cinema::default().video(VIDEO, 300);
    let wall = cinema.wall(&Files::plain().with("all.toml", "[[play]]\nitem = \"通知/b.mp4\"\n"));
    let mut table = Table::new(&wall, &fast(SCREEN.area()));
    for second in 0..20 {
        assert_eq!(on_card(&table.after(second)), Some((1, 100)), "after {second} s");
    }
    let tick = table.tick(3);
    let view = table.dealer.view(&mut table.projector, tick, 1);
    let notes: Vec<&str> = view.areas[0].notes_zh.iter().map(|note| &**note).collect();
    assert_eq!(notes, ["控制卡不放视频，显示其中一幅画面"]);
}

#[test]
fn a_card_keeps_its_page_while_the_picture_is_not_at_hand_for_a_second_at_most() {
    let mut cinema = Cinema::default().video(VIDEO, 300);
    let wall = cinema.wall(&notice(50));
    let mut table = Table::new(&wall, &fast(SCREEN.area()));
    // A round is ten seconds: four of the notice, six of the video; at nine it is at its beginning.
    let notice = shown(&table.after(1), SCREEN);
    cinema.screening.stick(true);
    let boundary = table.tick(4);
    let held = table.at(boundary);
    assert_eq!(shown(&held, SCREEN), notice);
    assert_eq!(
        table.dealer.next(boundary),
        boundary.next(),
        "it is tried again at the next tick"
    );
    cinema.screening.stick(false);
    assert_eq!(on_card(&table.at(boundary.next())), Some((1, 100)));

    cinema.screening.stick(true);
    let mut table = Table::new(&wall, &fast(SCREEN.area()));
    table.after(1);
    table.after(4);
    assert_eq!(shown(&table.after(5), SCREEN), notice);
    assert_eq!(on_card(&table.after(6)), None, "what it showed may be what must go");
}

#[test]
fn a_card_with_fonts_of_its_own_goes_without_the_video_and_it_is_told() {
    let card = "[[screen.card]]\nmodel = \"BX-6K1\"\naddress = \"192.0.2.10:5005\"\n";
    let site = PLAIN.replace("\"full\"", "\"red\"\ndepth = 1") + card;
    let cinema = Cinema::default().video(VIDEO, 300);
    let library = cinema.library(&Files::plain().with("site.toml", site));
    assert_eq!(library.wall().unwrap().wants(), []);
    assert_eq!(
        messages(library.problems()),
        ["items/通知/b.mp4: the card of screen \"lobby\", a BX-6K1, sets words by itself and shows no videos"]
    );
}
