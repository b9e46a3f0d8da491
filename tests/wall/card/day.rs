//! What a card keeps for the civil day.

use jiff::civil::{DateTime, Time, time};
use yingbi::{
    site::Card,
    units::{Area, Level, Tick},
};

use super::{Table, fast};
use crate::support::site::{Files, PLAIN};

fn table(more: &str, brightness: u8) -> Table {
    let site = PLAIN.replace("rate = 50\n", &format!("rate = 50\n{more}"));
    let wall = Files::plain().item("甲", "甲", "4s").with("site.toml", site).wall();
    let card = Card {
        brightness: Level::new(brightness).unwrap(),
        ..fast(Area::new(0, 0, 128, 32))
    };
    Table::new(&wall, &card)
}

fn lit(table: &mut Table, civil: &str) -> Vec<(Time, Time)> {
    let tick = instant(table, civil);
    table.at(tick).day.lit.clone()
}

fn instant(table: &Table, civil: &str) -> Tick {
    let civil: DateTime = civil.parse().unwrap();
    let site = table.wall.site();
    let instant = civil.to_zoned(site.timezone.clone()).unwrap().timestamp();
    site.screens[0].rate.tick_at(instant)
}

#[test]
fn its_levels_are_those_of_the_half_hours_times_its_own() {
    let dims = "brightness = 60\n[[screen.dim]]\nhours = \"09:00-17:00\"\nlevel = 80\n";
    let mut table = table(dims, 50);
    let sheet = table.after(0);
    let level = |half_hour: usize| sheet.day.levels[half_hour].percent();
    assert_eq!(
        [level(0), level(12), level(17), level(18), level(33), level(34)],
        [10, 30, 30, 40, 40, 30]
    );
    for (half_hour, level) in sheet.day.levels.iter().enumerate() {
        let civil = format!("2026-05-15T{:02}:{:02}:00", half_hour / 2, half_hour % 2 * 30);
        let tick = instant(&table, &civil);
        let screen = table.wall.brightness(0, tick);
        assert_eq!(*level, Level::new(50).unwrap().of(screen), "{civil}");
    }
    let civil: DateTime = "2026-05-15T09:00:00".parse().unwrap();
    assert_eq!(sheet.civil, civil);
}

#[test]
fn it_is_lit_all_day_or_by_its_windows_and_goes_on_through_midnight() {
    assert_eq!(
        lit(&mut table("", 100), "2026-05-15T12:00"),
        [(Time::midnight(), Time::midnight())]
    );
    let late =
        "[[screen.lit]]\nstart = \"08:00\"\nend = \"12:00\"\n[[screen.lit]]\nstart = \"22:00\"\nend = \"01:30\"\n";
    let mut table = table(late, 100);
    let windows = [
        (Time::midnight(), time(1, 30, 0, 0)),
        (time(8, 0, 0, 0), time(12, 0, 0, 0)),
        (time(22, 0, 0, 0), Time::midnight()),
    ];
    assert_eq!(lit(&mut table, "2026-05-15T12:00"), windows);
    // And so it is at every minute.
    for minute in 0..1440 {
        let civil = format!("2026-05-15T{:02}:{:02}", minute / 60, minute % 60);
        let now: DateTime = civil.parse().unwrap();
        let tick = instant(&table, &civil);
        let by_table = windows
            .iter()
            .any(|(from, until)| *from <= now.time() && (now.time() < *until || *until == Time::midnight()));
        assert_eq!(table.at(tick).is_lit, by_table, "{civil}");
    }
}

#[test]
fn it_is_dark_in_a_silence_and_on_a_day_that_has_no_window() {
    let special = "[[silence]]\nname = \"哀悼\"\ndays = 2026-05-15\nstart = \"10:00\"\nend = \"10:03\"\n";
    let site = PLAIN.replace(
        "rate = 50\n",
        "rate = 50\n[[screen.lit]]\ndays = \"工作日\"\nhours = \"08:00-18:00\"\n",
    );
    let files = Files::plain().item("甲", "甲", "4s").with("site.toml", site);
    let files = files.with("calendar/special.toml", special).with(
        "calendar/CN-2026.toml",
        include_str!("../../../playlists/calendar/CN-2026.toml"),
    );
    let mut table = Table::new(&files.wall(), &fast(Area::new(0, 0, 128, 32)));
    let windows = [
        (time(8, 0, 0, 0), time(10, 0, 0, 0)),
        (time(10, 3, 0, 0), time(18, 0, 0, 0)),
    ];
    assert_eq!(lit(&mut table, "2026-05-15T07:00"), windows);
    assert_eq!(lit(&mut table, "2026-05-16T07:00"), []);
}

#[test]
fn where_clocks_are_changed_its_windows_are_in_order_and_apart() {
    let site = PLAIN.replace("Asia/Shanghai", "Europe/Berlin");
    let hours = "rate = 50\n[[screen.lit]]\nstart = \"00:30\"\nend = \"02:15\"\n[[screen.lit]]\nstart = \"02:30\"\nend = \"04:00\"\n";
    let files = Files::plain()
        .item("甲", "甲", "4s")
        .with("site.toml", site.replace("rate = 50\n", hours));
    let mut table = Table::new(&files.wall(), &fast(Area::new(0, 0, 128, 32)));
    for date in ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"] {
        let windows = lit(&mut table, &format!("{date}T12:00"));
        assert!(!windows.is_empty());
        assert!(windows.iter().all(|(from, until)| from < until), "{date} {windows:?}");
        assert!(
            windows.windows(2).all(|pair| pair[0].1 < pair[1].0),
            "{date} {windows:?}"
        );
    }
}

#[test]
fn the_day_changes_at_midnight_also_while_the_screen_is_dark() {
    let mut table = table("[[screen.lit]]\nstart = \"08:00\"\nend = \"18:00\"\n", 100);
    let evening = instant(&table, "2026-05-15T20:00");
    let before = table.at(evening);
    let next = table.dealer.next(evening);
    assert_eq!(next, instant(&table, "2026-05-16T00:00"));
    assert!(!std::sync::Arc::ptr_eq(&table.at(next).day, &before.day));
}
