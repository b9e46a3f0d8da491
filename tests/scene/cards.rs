//! 9:20 again, but the strip over the door is a card on a serial line: it keeps what it was told, and may keep it too long.

use std::{
    fs,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use yingbi::{
    controller::onbon::{
        Model,
        receiver::{Build, Lamps, Mischief},
    },
    frame::Frame,
    simulator::card::VirtualCard,
};

use super::hall::{Hall, Pictures, STRIP, morning};
use crate::daemon::process::PATIENCE;

/// What Windows writes: GBK, no head, CRLF.
const WELCOME: &str = "热烈欢迎省考察组莅临指导\r\n";
const PATH: &str = "items/欢迎/欢迎语(最终版2).txt";

const PLAYLIST: &str = "[[play]]\ncolumn = \"*\"\ndwell = \"2s\"\n";
const NOTICE: (&str, &str) = ("items/notices/今日值班.txt", "今日值班：办公室\n");

const BAUD: u32 = 57_600;

/// How long a card is watched that must not show something any more.
const WATCHED: Duration = Duration::from_secs(5);

fn screen(id: &str, card: &VirtualCard) -> String {
    let port = card.path().unwrap();
    format!(
        r#"
[[screen]]
id = "{id}"
width = 320
height = 32
rate = 50
colour = "red"
depth = 1
brightness = 100
night = {{ level = 100 }}

[[screen.card]]
model = "BX-6E2"
port = "{}"
number = 1
"#,
        port.display()
    )
}

fn site(screens: &[String]) -> String {
    let zone = morning().iana_name().unwrap().to_owned();
    format!(
        r#"
title = "示例省国资委"
timezone = "{zone}"

[[column]]
id = "notices"
title = "通知公告"

[[column]]
id = "welcome"
title = "欢迎"
scene = "welcome"
lifetime = "day"
{}"#,
        screens.concat()
    )
}

/// A BX-6E2 with 320x32 red LEDs on a serial line that takes ten bits a byte.
fn card() -> VirtualCard {
    let build = Build::new(Model::named("BX-6E2").unwrap(), STRIP, Lamps::Red);
    VirtualCard::pty(BAUD, [(build, Mischief::default())], None).unwrap()
}

/// Waits until the card shows what `is_so`; how long that took.
fn waits_for(card: &VirtualCard, what: &str, is_so: impl FnMut(&Frame) -> bool) -> Duration {
    let begin = Instant::now();
    assert!(card.wait_until(PATIENCE, is_so).is_some(), "{what} never came");
    begin.elapsed()
}

/// Watches the card for a while: what it shows is never one of `pictures`.
fn never(card: &VirtualCard, pictures: &Pictures, why: &str) {
    let end = Instant::now() + WATCHED;
    while Instant::now() < end {
        assert!(!pictures.have(&card.look()), "{why}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_welcome_comes_to_a_card_once_it_is_whole_goes_with_its_file_and_no_power_cut_brings_it_back() {
    let card = card();
    let files = [("strip.toml", PLAYLIST), NOTICE];
    let mut hall = Hall::open(&site(&[screen("strip", &card)]), &files);
    let before = Pictures::of(&hall.wall());
    waits_for(&card, "the notice", |frame| before.have(frame));
    let (gbk, _, _) = encoding_rs::GBK.encode(WELCOME);
    hall.copy(PATH, &gbk, (10, Duration::from_millis(500)), |_| {});
    let welcome = Pictures::of(&hall.wall()).without(&before);
    assert!(welcome.len() > 0, "the welcome is no other picture");
    let shown = hall.waits_for(&welcome);
    let took = waits_for(&card, "the welcome", |frame| welcome.have(frame));
    eprintln!("the welcome showed {shown:?} after the copy was over, and on the card {took:?} later");

    let place: PathBuf = hall.path().join(PATH);
    fs::remove_file(&place).unwrap();
    let took = waits_for(&card, "the notice again", |frame| {
        before.have(frame) && !welcome.have(frame)
    });
    eprintln!("it was gone from the card {took:?} after its file was");
    never(&card, &welcome, "it was taken down");

    card.power_cut(0);
    thread::sleep(Duration::from_millis(500));
    card.power_back(0);
    never(&card, &welcome, "it came back with the power");
    let took = waits_for(&card, "the notice after the power cut", |frame| before.have(frame));
    eprintln!("after the power cut the notice showed within {:?}", WATCHED + took);
    assert_eq!(card.refusal(0).map(|refused| format!("{refused:?}")), None);
}

#[test]
fn a_welcome_that_is_withdrawn_while_the_card_has_no_power_never_shows_again() {
    let card = card();
    let (gbk, _, _) = encoding_rs::GBK.encode(WELCOME);
    let hall = Hall::open(&site(&[screen("strip", &card)]), &[("strip.toml", PLAYLIST), NOTICE]);
    let before = Pictures::of(&hall.wall());
    hall.write(PATH, &gbk);
    let welcome = Pictures::of(&hall.wall()).without(&before);
    waits_for(&card, "the welcome", |frame| welcome.have(frame));
    card.power_cut(0);
    fs::remove_file(hall.path().join(PATH)).unwrap();
    thread::sleep(Duration::from_secs(3));
    card.power_back(0);
    never(&card, &welcome, "the card has kept it");
    waits_for(&card, "the notice", |frame| before.have(frame));
}

// Fault 44.
#[test]
fn of_two_screens_one_whose_card_is_lost_leaves_the_other_and_all_outputs_alone() {
    let (door, strip) = (card(), card());
    let screens = [screen("door", &door), screen("strip", &strip)];
    let mut hall = Hall::open(&site(&screens), &[("strip.toml", PLAYLIST), NOTICE]);
    let before = Pictures::of(&hall.wall());
    waits_for(&door, "the notice", |frame| before.have(frame));
    door.unplug();
    hall.says("card 1 of screen \"door\": ");
    hall.write(PATH, WELCOME.as_bytes());
    let welcome = Pictures::of(&hall.wall()).without(&before);
    waits_for(&strip, "the welcome on the other card", |frame| welcome.have(frame));
    hall.waits_for(&welcome);
}
