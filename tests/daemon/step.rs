//! Two screens that never talk to each other: one programme, two processes, the same pictures.

use std::{
    io::Write as _,
    process::{Child, Command, Stdio},
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp};
use yingbi::{
    daemon::{Player, Reload},
    units::{Digest, Tick},
    wall::Wall,
};

use crate::support::site::Files;

/// Tells a process to be one of the screens, started so many seconds after the day began.
const SCREEN: &str = "STEP_SCREEN_STARTED_AFTER";

/// 2026-05-08T00:00:00 in Shanghai.
const MIDNIGHT: &str = "2026-05-07T16:00:00Z";

const SITE: &str = r#"
title = "示例省国资委"
timezone = "Asia/Shanghai"

[[column]]
id = "通知"

[[screen]]
id = "lobby"
width = 96
height = 48
rate = 2
[[screen.zone]]
id = "main"
height = 32
[[screen.zone]]
id = "ticker"
y = 32
height = 16
kind = "ticker"
"#;

fn before() -> Files {
    let list = |head: &str, item: &str| format!("{head}\n[[play]]\nitem = \"通知/{item}\"\ntransition = \"fade 1s\"\n");
    Files::default()
        .with("site.toml", SITE)
        .with(
            "all.toml",
            "[[play]]\ncolumn = \"通知\"\ntransition = \"push 1s\"\n[[play]]\nclock = true\ndwell = \"5s\"\n",
        )
        .with("ticker.toml", "zones = \"ticker\"\n[[play]]\ncolumn = \"通知\"\n")
        .with(
            "noon.toml",
            list("priority = \"notice\"\n[[when]]\nhours = \"11:30-13:00\"", "乙"),
        )
        .with(
            "alert.toml",
            list(
                "priority = \"alert\"\nzones = \"*\"\n[[when]]\nhours = \"10:00-10:05\"",
                "丙",
            ),
        )
        .with(
            "stop.toml",
            list(
                "priority = \"stop\"\nzones = \"*\"\n[[when]]\nhours = \"15:00-15:10\"",
                "丁",
            ),
        )
        .item("甲", "甲", "7s")
        .item("乙", "乙", "11s")
        .item("丙", "丙", "4s")
        .item("丁", "丁", "4s")
}

/// The files after somebody changed one, withdrew one and added one.
fn after() -> Files {
    before()
        .without("items/通知/丙.md")
        .item("甲", "甲改", "6s")
        .item("戊", "戊", "9s")
}

/// One screen from `started` seconds after midnight until the next one: the digest of the pictures of each whole minute.
fn play(started: i64) -> Vec<(i64, Digest)> {
    let mut reload = Reload::default();
    let take = |reload: &mut Reload, files: &Files| reload.take(&files.sources()).unwrap().unwrap();
    let wall: Arc<Wall> = take(&mut reload, &before());
    let rate = wall.site().screens[0].rate;
    let midnight: Timestamp = MIDNIGHT.parse().unwrap();
    let tick = |seconds| rate.tick_at(midnight + SignedDuration::from_secs(seconds));
    let mut player = Player::new(wall, "lobby").unwrap();
    let (changed, end) = (tick(12 * 3600 + 34 * 60 + 56), tick(86_400));
    let per_minute = i64::from(rate.hertz()) * 60;
    let (mut minutes, mut frames) = (Vec::new(), Vec::new());
    let mut at = tick(started);
    while at < end {
        if at == changed {
            player.take_over(&take(&mut reload, &after()), at).unwrap();
        }
        player.step(at);
        frames.push(player.frame().digest());
        at = at.next();
        if at.0 % per_minute == 0 {
            let whole = frames.len() as i64 == per_minute;
            let digest = Digest::of_parts(
                frames
                    .iter()
                    .map(Digest::bytes)
                    .collect::<Vec<_>>()
                    .iter()
                    .map(|bytes| &bytes[..]),
            );
            if whole {
                minutes.push((Tick(at.0 - per_minute).0, digest));
            }
            frames.clear();
        }
    }
    minutes
}

/// Not a test of its own: what a process does that is told to be a screen.
#[test]
fn a_process_that_is_told_to_be_a_screen_prints_its_minutes() {
    let Ok(started) = std::env::var(SCREEN) else { return };
    for (minute, digest) in play(started.parse().unwrap()) {
        writeln!(std::io::stdout(), "minute {minute} {digest:?}").unwrap();
    }
}

fn screen(started: i64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "--test-threads=1"])
        .arg("daemon::step::a_process_that_is_told_to_be_a_screen_prints_its_minutes")
        .env(SCREEN, started.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn minutes(screen: Child) -> Vec<String> {
    let output = screen.wait_with_output().unwrap();
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    let minutes = said
        .lines()
        .filter_map(|line| line.split_once("minute "))
        .map(|(_, minute)| minute.to_owned());
    minutes.collect()
}

#[test]
fn two_screens_in_two_processes_show_the_same_all_day_across_a_reload_a_stop_and_an_alert() {
    // The second one is switched on in the middle of the night, in the middle of a page.
    let late = 3 * 3600 + 17 * 60 + 11;
    let (early, late) = (screen(0), screen(late));
    let (early, late) = (minutes(early), minutes(late));
    assert_eq!((early.len(), late.len()), (1440, 1440 - (3 * 60 + 18)));
    assert_eq!(early[3 * 60 + 18..], late[..]);
    let mut distinct: Vec<&str> = early
        .iter()
        .filter_map(|line| line.split_once(' '))
        .map(|(_, digest)| digest)
        .collect();
    distinct.sort_unstable();
    distinct.dedup();
    assert!(distinct.len() > 1000, "the day is not one picture");
}
