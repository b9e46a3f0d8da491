//! Cards with fonts of their own: what they are told, and what they cannot show.

use yingbi::{
    controller::card::{Entrance, Look, Sheet},
    frame::Frame,
    units::Area,
    wall::{Dealer, Projector},
};

use super::{Table, fast};
use crate::support::site::{Files, PLAIN, messages};

const CARD: &str = "[[screen.card]]\nmodel = \"BX-6K1\"\naddress = \"192.0.2.10:5005\"\n";

fn files() -> Files {
    let site = PLAIN.replace("\"full\"", "\"red\"\ndepth = 1") + CARD;
    Files::plain().with("site.toml", site)
}

fn titled(title: &str) -> Files {
    files().with("items/通知/甲.md", format!("+++\ntitle = \"{title}\"\n+++\n"))
}

fn table(files: &Files) -> Table {
    let wall = files.wall();
    let card = wall.site().screens[0].cards[0].clone();
    Table {
        projector: Projector::new(wall.clone(), 0),
        dealer: Dealer::new(&wall, 0, &card),
        wall,
    }
}

fn words(sheet: &Sheet) -> Vec<String> {
    let pages = sheet.areas.iter().flat_map(|area| area.pages.iter());
    let words = pages.map(|page| match &page.look {
        Look::Words(words) => words.to_string(),
        Look::Dots(_) => panic!("LEDs for a card of words"),
    });
    words.collect()
}

#[test]
fn it_is_told_what_the_page_says_line_by_line() {
    let files = titled("今日停水").with("items/通知/甲.md", "+++\ntitle = \"今日停水\"\n+++\n请储水。\n");
    let sheet = table(&files).after(0);
    let told = words(&sheet).concat();
    assert!(told.contains("今日停水") && told.contains("请储水。"), "{told}");
    assert_eq!(sheet.fallback, None);
}

#[test]
fn what_stands_faithfully_for_a_character_that_it_lacks_is_told_instead() {
    for (title, told) in [
        ("二〇二六", "二○二六"),
        ("“上—下”", "“上—下”"),
        ("２０２６", "２０２６"),
        ("8 ㎡", "8 平方米"),
        ("甲–乙", "甲-乙"),
        ("«甲»", "《甲》"),
        ("⑫月", "⑿月"),
    ] {
        assert_eq!(words(&table(&titled(title)).after(0)), [told], "{title}");
    }
}

#[test]
fn an_item_with_a_character_that_it_lacks_is_left_out_and_told_with_its_code_point_and_place() {
    // 镕 is not in GB 2312.
    let files = titled("停水").with("items/通知/乙.md", "+++\ntitle = \"周镕同志\"\n+++\n");
    let library = files.library();
    assert_eq!(
        messages(library.problems()),
        ["items/通知/乙.md:2:11: the card of screen \"lobby\", a BX-6K1, has no character \"镕\" (U+9555)"]
    );
    assert!(library.problems()[0].message.zh.contains("“镕”（U+9555）"));
    let wall = library.wall().unwrap();
    let card = wall.site().screens[0].cards[0].clone();
    let mut table = Table::new(wall, &card);
    for second in 0..20 {
        assert_eq!(words(&table.after(second)), ["停水"]);
    }
    // On a screen without such a card it is an item as any other.
    let plain = files.with("site.toml", PLAIN);
    assert!(plain.library().problems().is_empty());
}

#[test]
fn a_clock_is_told_anew_every_second_and_a_ticker_in_one_line() {
    let site = files().text("site.toml").replace(
        "height = 32\n[[screen.card]]",
        "height = 16\n[[screen.zone]]\nid = \"time\"\ny = 16\nheight = 16\nkind = \"live\"\nscene = \"time\"\n[[screen.card]]",
    );
    let scene = "[[box]]\nfield = \"time\"\nsize = 16\n";
    let files = titled("停水")
        .with("site.toml", site)
        .with("scenes/time.toml", scene)
        .with("time.toml", "zones = [\"time\"]\n[[play]]\nclock = true\n");
    let mut table = table(&files);
    assert_eq!(words(&table.after(0)), ["停水", "09:00:00"]);
    assert_eq!(words(&table.after(1)), ["停水", "09:00:01"]);
    assert_eq!(table.dealer.next(table.tick(1)), table.tick(2));

    let ticker = self::files()
        .text("site.toml")
        .replace("id = \"main\"\n", "id = \"main\"\nkind = \"ticker\"\n");
    let files = titled("停水").item("乙", "停电", "3s").with("site.toml", ticker);
    let sheet = self::table(&files).after(0);
    let told = words(&sheet).concat();
    assert!(
        told.contains("停水") && told.contains("停电") && !told.contains('\n'),
        "{told}"
    );
    assert!(matches!(sheet.areas[0].pages[0].entrance, Entrance::Running(_)));
}

#[test]
fn while_the_wall_is_stopped_it_is_told_the_title_of_the_site() {
    let mut table = table(&titled("停水"));
    let mut frame = Frame::new(Area::new(0, 0, 128, 32).size());
    let tick = table.tick(0);
    assert!(table.dealer.deal_frame(&frame, tick).areas.is_empty());
    frame.bytes_mut()[0] = 255;
    assert_eq!(words(&table.dealer.deal_frame(&frame, tick)), ["示例省国资委"]);
}

#[test]
fn a_card_of_leds_shows_every_character() {
    let wall = Files::plain()
        .with("items/通知/乙.md", "+++\ntitle = \"周镕同志\"\n+++\n")
        .wall();
    assert_eq!(
        Table::new(&wall, &fast(Area::new(0, 0, 128, 32))).after(0).areas.len(),
        1
    );
}
