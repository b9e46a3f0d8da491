//! What a card keeps for one civil day: how bright it is, and when it is lit.

use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};

use crate::{
    controller::card::CardDay,
    site::Card,
    units::{Rate, Tick},
    wall::whole::Wall,
};

/// The civil day `date` of a card of the screen at `screen`.
pub(super) fn day(wall: &Wall, screen: usize, card: &Card, date: Date) -> CardDay {
    let site = wall.site();
    let table = site.screens[screen].dimming.table(date, wall.calendar());
    let lit = wall.programme().lit(screen, date);
    CardDay {
        levels: table.map(|level| card.brightness.of(level)),
        lit: windows(&lit, date, &site.timezone, site.screens[screen].rate),
    }
}

/// Stretches of ticks by the clock on the wall. Where clocks are turned back, what would begin before the one before it ends is joined to it.
fn windows(lit: &[(Tick, Tick)], date: Date, zone: &TimeZone, rate: Rate) -> Vec<(Time, Time)> {
    // 24:00 is later than all, and is written as 00:00.
    let seconds = |tick: Tick| {
        let civil = zone.to_datetime(rate.timestamp(tick));
        let time = civil.time();
        let second = i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
        match civil.date().cmp(&date) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => second,
            std::cmp::Ordering::Greater => DAY,
        }
    };
    let mut windows: Vec<(i32, i32)> = Vec::new();
    for (from, until) in lit {
        let (from, until) = (seconds(*from), seconds(*until));
        match windows.last_mut() {
            Some(before) if from <= before.1 => before.1 = before.1.max(until),
            _ if from < until => windows.push((from, until)),
            _ => {}
        }
    }
    windows
        .into_iter()
        .map(|(from, until)| (time(from), time(until)))
        .collect()
}

/// A civil day in seconds.
const DAY: i32 = 86_400;

fn time(seconds: i32) -> Time {
    let seconds = seconds % DAY;
    let [hour, minute, second] = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(|part| part as i8);
    Time::new(hour, minute, second, 0).unwrap_or(Time::MIN)
}
