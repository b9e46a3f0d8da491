//! How bright a screen shines, and when: the half hours of a day, the first entry that is open, the cap at night.

use std::sync::Arc;

use jiff::{Timestamp, civil::date};
use yingbi::{
    site::{self, Because, Depth},
    units::{Level, Rate, Tick},
    wall::Wall,
};

use crate::{
    document::{en, zh},
    support::site::Files,
};

const YEAR: &str = include_str!("../../playlists/calendar/CN-2026.toml");
const SEASONS: &str = "[[season]]\nname = \"夏季\"\nfrom = \"05-01\"\nuntil = \"09-30\"\n";

/// The wall of a screen of one tick a second with these keys.
fn wall(timezone: &str, keys: &str) -> Arc<Wall> {
    let site = format!(
        "title = \"示例\"\ntimezone = \"{timezone}\"\n[[screen]]\nid = \"s\"\nwidth = 64\nheight = 32\nrate = 1\n{keys}"
    );
    let files = Files::default()
        .with("site.toml", site)
        .with("calendar/CN-2026.toml", YEAR)
        .with("calendar/office.toml", SEASONS);
    files.wall()
}

/// The problems of a screen with these keys, in English and in Chinese.
fn problems(keys: &str) -> (Vec<String>, Vec<String>) {
    let text = format!("title = \"示例\"\n[[screen]]\nid = \"s\"\nwidth = 64\nheight = 32\n{keys}");
    let parsed = site::parse("site.toml", text.as_bytes());
    (en(&parsed), zh(&parsed))
}

fn tick(wall: &Wall, civil: &str) -> Tick {
    let zone = &wall.site().timezone;
    let instant = zone.to_timestamp(civil.parse().unwrap()).unwrap();
    Rate::new(1).unwrap().tick_at(instant)
}

/// The percent of each stretch of the day: `00:00 20, 06:00 40, …`.
fn stretches(wall: &Wall, day: jiff::civil::Date) -> String {
    let table = wall.site().screens[0].dimming.table(day, wall.calendar());
    let mut told = Vec::new();
    let mut last = None;
    for (half_hour, level) in table.into_iter().enumerate() {
        if last.replace(level) != Some(level) {
            told.push(format!(
                "{:02}:{:02} {}",
                half_hour / 2,
                half_hour % 2 * 30,
                level.percent()
            ));
        }
    }
    told.join(", ")
}

#[test]
fn where_nothing_is_written_it_is_as_bright_as_indoors_and_less_at_night() {
    let wall = wall("Asia/Shanghai", "");
    assert_eq!(stretches(&wall, date(2026, 5, 15)), "00:00 20, 06:00 40, 22:00 20");
    assert_eq!(wall.site().screens[0].depth, Depth::EightBits);
}

#[test]
fn the_first_entry_that_is_open_counts_and_the_night_caps_it() {
    let keys = "brightness = 50\nnight = { hours = \"21:30-06:30\", level = 10 }\n\
                [[screen.dim]]\nseason = \"夏季\"\ndays = \"workday\"\nhours = \"09:00-16:30\"\nlevel = 80\n\
                [[screen.dim]]\nhours = [\"08:00-12:00\", \"20:00-23:00\"]\nlevel = \"60%\"\n\
                [[screen.dim]]\nhours = \"00:00-01:00\"\nlevel = 5\n";
    let wall = wall("Asia/Shanghai", keys);
    let day = |day| stretches(&wall, day);
    // A Friday in summer, a Saturday in summer, a Friday in winter, a Saturday that is worked.
    let weekend = "00:00 5, 01:00 10, 06:30 50, 08:00 60, 12:00 50, 20:00 60, 21:30 10";
    assert_eq!(
        day(date(2026, 5, 15)),
        "00:00 5, 01:00 10, 06:30 50, 08:00 60, 09:00 80, 16:30 50, 20:00 60, 21:30 10"
    );
    assert_eq!(day(date(2026, 5, 16)), weekend);
    assert_eq!(day(date(2026, 11, 20)), weekend);
    assert_eq!(day(date(2026, 5, 9)), day(date(2026, 5, 15)), "a make-up day");
}

#[test]
fn a_window_past_midnight_belongs_to_the_day_on_which_it_opens() {
    let keys = "night = { level = 100 }\n[[screen.dim]]\nweekdays = \"fri\"\nhours = \"22:30-01:30\"\nlevel = 10\n";
    let wall = wall("Asia/Shanghai", keys);
    assert_eq!(stretches(&wall, date(2026, 5, 15)), "00:00 40, 22:30 10");
    assert_eq!(stretches(&wall, date(2026, 5, 16)), "00:00 10, 01:30 40");
    assert_eq!(stretches(&wall, date(2026, 5, 17)), "00:00 40");
}

#[test]
fn at_every_tick_the_wall_is_as_bright_as_the_table_of_that_civil_day_says() {
    let keys =
        "[[screen.dim]]\nhours = \"02:00-03:30\"\nlevel = 7\n[[screen.dim]]\nhours = \"23:30-00:30\"\nlevel = 9\n";
    // Half an hour's and three quarters' offsets, clocks that change by an hour and by half an hour.
    for timezone in ["Asia/Kathmandu", "Australia/Lord_Howe", "Europe/Berlin"] {
        let wall = wall(timezone, keys);
        let screen = &wall.site().screens[0];
        for from in [
            "2026-03-28T20:00",
            "2026-04-04T10:00",
            "2026-10-03T10:00",
            "2026-10-24T20:00",
        ] {
            let first = tick(&wall, from);
            let (mut shine, mut changes) = (wall.shine(0, first), 0);
            for offset in (0..16 * 3600).step_by(60) {
                let now = Tick(first.0 + offset);
                let civil = wall.site().timezone.to_datetime(screen.rate.timestamp(now));
                let half_hour = usize::try_from(i32::from(civil.hour()) * 2 + i32::from(civil.minute()) / 30).unwrap();
                let told = screen.dimming.table(civil.date(), wall.calendar())[half_hour];
                assert_eq!(wall.brightness(0, now), told, "{timezone} {civil}");
                if now >= shine.until {
                    (shine, changes) = (wall.shine(0, now), changes + 1);
                }
                assert_eq!(
                    shine.level, told,
                    "{timezone} {civil}: what was told to hold until then"
                );
            }
            assert!((31..=34).contains(&changes), "{timezone} {from}: {changes} half hours");
        }
    }
}

#[test]
fn it_is_told_why_a_screen_is_as_bright_as_it_is() {
    let keys = "[[screen.dim]]\nhours = \"09:00-10:00\"\nlevel = 70\n";
    let wall = wall("Asia/Shanghai", keys);
    let at = |civil: &str| {
        let shine = wall.shine(0, tick(&wall, civil));
        (shine.level.percent(), shine.because)
    };
    assert_eq!(at("2026-05-15T08:59:59"), (40, Because::Usual));
    assert_eq!(at("2026-05-15T09:00:00"), (70, Because::Entry(0)));
    assert_eq!(at("2026-05-15T22:00:00"), (20, Because::Night));
    // The first instant of all is a morning in Shanghai.
    let first = Rate::new(1).unwrap().tick_at(Timestamp::MIN);
    assert_eq!(wall.brightness(0, first), Level::new(40).unwrap());
}

#[test]
fn times_on_no_half_hour_are_refused() {
    let (en, zh) = problems("[[screen.dim]]\nhours = \"08:15-17:00\"\nlevel = 60\n");
    assert_eq!(
        en,
        [
            "6:1 08:15 lies on no half hour, and brightness changes on half hours only; write a time on the hour or half hour, such as 18:00 or 18:30"
        ]
    );
    assert_eq!(
        zh,
        ["6:1 08:15 不是整点或半点，而亮度只在整点和半点变化；写整点或半点，如 18:00、18:30"]
    );
    let (en, _) = problems("night = { hours = \"22:00-06:10\" }\n");
    assert_eq!(
        en,
        [
            "6:19 06:10 lies on no half hour, and brightness changes on half hours only; write a time on the hour or half hour, such as 18:00 or 18:30"
        ]
    );
}

#[test]
fn a_brightness_is_no_accident() {
    for keys in [
        "brightness = 0",
        "night = { level = 0 }",
        "[[screen.dim]]\nlevel = \"0%\"",
    ] {
        let (en, _) = problems(keys);
        assert_eq!(en.len(), 1, "{keys}");
        assert!(en[0].contains("takes a share from 1% to 100%"), "{en:?}");
    }
    let (en, _) = problems("depth = 2\n");
    assert_eq!(en, ["6:9 \"depth\" takes 1 or 8; found 2; write 1 or 8"]);
}
