//! Videos in several zones, on the whole screen, under an alert, in the dark.

use yingbi::units::Tick;

use super::{Eye, VIDEO, notice, tick};
use crate::support::{
    footage::Cinema,
    site::{Files, PLAIN},
};

const OTHER: &str = "items/通知/c.mp4";

/// Two zones side by side, each 64 LEDs wide.
const HALVES: &str = r#"
title = "示例省国资委"
timezone = "Asia/Shanghai"

[[column]]
id = "通知"

[[screen]]
id = "lobby"
width = 128
height = 32
colour = "full"
rate = 50

[[screen.zone]]
id = "left"
width = 64

[[screen.zone]]
id = "right"
x = 64
"#;

/// 2026-05-15T`hours`:`minutes`+08:00.
fn at(hours: i64, minutes: i64) -> Tick {
    tick(50, (hours * 60 + minutes) * 60 * 50)
}

fn play(zone: &str, id: &str) -> String {
    format!("zones = [\"{zone}\"]\n[[play]]\nitem = \"通知/{id}\"\n")
}

#[test]
fn two_zones_play_videos_each_at_its_own_pace() {
    let files = Files::default()
        .with("site.toml", HALVES)
        .with("left.toml", play("left", "b.mp4"))
        .with("right.toml", play("right", "c.mp4"));
    let mut cinema = Cinema::default().video(VIDEO, 150).video(OTHER, 221);
    let wall = cinema.wall(&files);
    let mut eye = Eye::on(&wall);
    for more in 0..1500 {
        assert_eq!(eye.sees(tick(50, more), (63, 0)), Some((1, more as u32 % 150)));
        assert_eq!(eye.sees(tick(50, more), (64, 0)), Some((2, more as u32 % 221)));
    }
}

#[test]
fn one_video_plays_in_two_zones_at_once_at_two_places() {
    let files = Files::default()
        .with("site.toml", HALVES)
        .with("left.toml", play("left", "b.mp4"))
        .with(
            "right.toml",
            "zones = [\"right\"]\n[[play]]\nitem = \"通知/a\"\ndwell = \"1s\"\n[[play]]\nitem = \"通知/b.mp4\"\n",
        )
        .with("items/通知/a.md", "+++\ntitle = \"甲\"\n+++\n甲。\n");
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let wall = cinema.wall(&files);
    cinema.screening.be_strict();
    let mut eye = Eye::on(&wall);
    eye.paint(tick(50, 0));
    for more in 1..1000 {
        let left = eye.sees(tick(50, more), (63, 0));
        let right = crate::support::footage::seen(&eye.frame, 64, 0);
        assert_eq!(left, Some((1, more as u32 % 150)));
        let place = more % 200 - 50;
        assert_eq!(right, u32::try_from(place).ok().map(|place| (1, place)), "at {more}");
    }
    assert_eq!(cinema.screening.missed().len(), 1, "only what stood there at the start");
}

#[test]
fn a_video_takes_the_whole_screen() {
    let files = Files::default()
        .with("site.toml", HALVES)
        .with("left.toml", play("left", "b.mp4"))
        .with("whole.toml", play("*", "c.mp4") + "[[when]]\nhours = \"09:00-09:05\"\n");
    let mut cinema = Cinema::default().video(VIDEO, 150).video(OTHER, 221);
    let wall = cinema.wall(&files);
    cinema.screening.be_strict();
    let mut eye = Eye::on(&wall);
    eye.paint(Tick(at(9, 0).0 - 300));
    for later in -299..5 * 3000 + 300 {
        let now = Tick(at(9, 0).0 + later);
        let (left, right) = (
            eye.sees(now, (0, 0)),
            crate::support::footage::seen(&eye.frame, 127, 31),
        );
        let own = Some((1, ((9 * 3600 * 50 + later) % 150) as u32));
        if (0..5 * 3000).contains(&later) {
            let whole = Some((2, (later % 221) as u32));
            assert_eq!((left, right), (whole, whole), "{later} ticks after nine");
        } else {
            assert_eq!((left, right), (own, None), "{later} ticks after nine");
        }
    }
    // That of the very first tick, which nobody could foresee.
    assert_eq!(cinema.screening.missed().len(), 1);
}

#[test]
fn an_alert_cuts_in_and_the_video_comes_back_where_it_would_have_been() {
    let alert = "priority = \"alert\"\n[[when]]\nhours = \"09:00:01-09:00:03\"\n[[play]]\nitem = \"通知/a\"\n";
    let files = notice(50)
        .with("all.toml", "[[play]]\nitem = \"通知/b.mp4\"\n")
        .with("alert.toml", alert);
    let mut cinema = Cinema::default().video(VIDEO, 1000);
    let wall = cinema.wall(&files);
    cinema.screening.be_strict();
    let mut eye = Eye::on(&wall);
    eye.paint(at(9, 0));
    for later in 1..400 {
        let place = (9 * 3600 * 50 + later) % 1000;
        let expected = (!(50..150).contains(&later)).then_some((1, place as u32));
        assert_eq!(
            eye.sees(Tick(at(9, 0).0 + later), (0, 0)),
            expected,
            "{later} ticks after nine"
        );
    }
    assert_eq!(cinema.screening.missed().len(), 1, "only the first of all");
}

#[test]
fn the_first_frame_after_the_dark_is_there_on_its_tick() {
    let lit = "\n[[screen.lit]]\nhours = \"08:00-18:00\"\n";
    let files = Files::plain().with(
        "site.toml",
        PLAIN.replace("\n[[screen.zone]]", &format!("{lit}\n[[screen.zone]]")),
    );
    let mut cinema = Cinema::default().video(VIDEO, 333);
    let wall = cinema.wall(&files);
    cinema.screening.be_strict();
    let mut eye = Eye::on(&wall);
    let morning = at(8, 0);
    assert_eq!(eye.sees(Tick(morning.0 - 50 * 600), (0, 0)), None);
    assert_eq!(cinema.screening.expected(), [], "not all night");
    for before in (1..600).rev() {
        assert_eq!(eye.sees(Tick(morning.0 - before), (0, 0)), None);
    }
    let first = (8 * 3600 * 50 % 333) as u32;
    assert_eq!(cinema.screening.expected(), [(1, first)]);
    assert_eq!(eye.sees(morning, (0, 0)), Some((1, first)));
    assert_eq!(cinema.screening.missed(), []);
    assert_eq!(eye.sees(at(18, 0), (0, 0)), None);
}
