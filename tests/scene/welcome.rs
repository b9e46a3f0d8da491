//! 9:20: a delegation comes, and somebody copies a welcome into the folder, slowly.

use std::{thread, time::Duration};

use jiff::{SignedDuration, Timestamp};

use super::hall::{Hall, Pictures, morning};

/// How long the strip is lit from now on.
const LIT: SignedDuration = SignedDuration::from_secs(40);

/// What Windows writes: GBK, no head, CRLF.
const WELCOME: &str = "热烈欢迎省考察组莅临指导\r\n";

const PLAYLIST: &str = "[[play]]\ncolumn = \"*\"\ndwell = \"2s\"\n";

fn site() -> String {
    let zone = morning();
    let now = Timestamp::now().to_zoned(zone.clone());
    let (from, until) = (&now - SignedDuration::from_mins(5), &now + LIT);
    let hours = format!("{}-{}", from.strftime("%H:%M:%S"), until.strftime("%H:%M:%S"));
    let zone = zone.iana_name().unwrap().to_owned();
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

[[screen]]
id = "strip"
width = 320
height = 32
rate = 50
colour = "red"
brightness = 100
night = {{ level = 100 }}

[[screen.zone]]
id = "main"

[[screen.lit]]
hours = "{hours}"
"#
    )
}

// Fault 20. Fault 56.
#[test]
fn a_welcome_that_is_copied_slowly_shows_once_it_is_whole_and_goes_with_the_light() {
    let notice = ("items/notices/今日值班.txt", "今日值班：办公室\n");
    let mut hall = Hall::open(&site(), &[("strip.toml", PLAYLIST), notice]);
    let before = Pictures::of(&hall.wall());
    hall.waits_for(&before);
    let (gbk, _, _) = encoding_rs::GBK.encode(WELCOME);
    let path = "items/欢迎/欢迎语(最终版2).txt";
    hall.copy(path, &gbk, (10, Duration::from_secs(1)), |hall| {
        let picture = hall.picture().unwrap();
        assert!(before.have(&picture), "the wall changed before the copy was over");
    });
    let welcome = Pictures::of(&hall.wall()).without(&before);
    assert!(welcome.len() > 0, "the welcome is no other picture");
    let took = hall.waits_for(&welcome);
    eprintln!("the welcome showed {took:?} after the copy was over");
    hall.waits_for(&Pictures::dark());
    thread::sleep(Duration::from_secs(1));
    hall.waits_for(&Pictures::dark());
    let said = hall.ask("explain", &["--lang", "en"]);
    assert!(said.contains("dark"), "{said}");
}
