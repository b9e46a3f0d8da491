//! Small plans by hand, and what a day shows as one line of text.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use yingbi::{
    calendar::{Calendar, TimeOfDay, When},
    playlist::Priority,
    programme::{Day, Entry, Material, Plan, PlannedPlay, PlannedPlaylist, PlannedScreen, Programme, Quota, Track},
    units::{Rate, Tick, Ticks},
};

/// The day of most sentences, a Friday.
pub(super) const DAY: Date = jiff::civil::date(2026, 5, 15);

/// An entry known by a capital letter, always in force, whose pages stay so many seconds each.
pub(super) fn item(letter: char, pages: &[i64]) -> Entry {
    Entry {
        material: Material(u32::from(letter)),
        from: None,
        until: None,
        is_festive: false,
        quota: None,
        pages: pages.iter().copied().map(Ticks).collect(),
    }
}

/// An entry of one page of ten seconds, in force between two instants of UTC; an empty text is no limit.
pub(super) fn dated(letter: char, from: &str, until: &str) -> Entry {
    let instant = |text: &str| (!text.is_empty()).then(|| text.parse::<Timestamp>().unwrap());
    Entry {
        from: instant(from),
        until: instant(until),
        ..item(letter, &[10])
    }
}

/// A play of these entries, once a round each, by a cut.
pub(super) fn play(entries: impl Into<Vec<Entry>>) -> PlannedPlay {
    PlannedPlay {
        entries: entries.into(),
        limit: None,
        weight: 1,
        transition: Ticks::ZERO,
    }
}

/// An always open playlist of one play.
pub(super) fn playlist(priority: Priority, entries: impl Into<Vec<Entry>>) -> PlannedPlaylist {
    PlannedPlaylist {
        file: "playlists/list.toml".into(),
        title: "list".into(),
        priority,
        when: Vec::new(),
        plays: vec![play(entries)],
    }
}

/// The same playlist, open between these times of every day.
pub(super) fn open(playlist: PlannedPlaylist, windows: &[(&str, &str)]) -> PlannedPlaylist {
    let when = windows.iter().map(|(start, end)| window(start, end)).collect();
    PlannedPlaylist { when, ..playlist }
}

/// A window of every day, `08:00` to `18:00`.
pub(super) fn window(start: &str, end: &str) -> When {
    let time = |text| TimeOfDay::new(seconds(text) as u32).unwrap();
    When {
        start: time(start),
        end: time(end),
        ..When::default()
    }
}

/// The programme of one screen of one zone at one tick a second.
pub(super) fn programme(zone: &str, playlists: impl Into<Vec<PlannedPlaylist>>, lit: Vec<When>) -> Programme {
    planned(zone, playlists.into(), lit, &[])
}

/// The same in UTC, always lit, where columns have quotas.
pub(super) fn quoted(quotas: impl Into<Vec<Quota>>, playlists: impl Into<Vec<PlannedPlaylist>>) -> Programme {
    planned("UTC", playlists.into(), Vec::new(), &quotas.into())
}

fn planned(zone: &str, playlists: Vec<PlannedPlaylist>, lit: Vec<When>, quotas: &[Quota]) -> Programme {
    let track = Track {
        zone: "main".into(),
        playlists,
    };
    let screen = PlannedScreen {
        id: "hall".into(),
        rate: Rate::new(1).unwrap(),
        lit,
        tracks: vec![track],
    };
    Programme::new(Plan {
        calendar: Arc::new(Calendar::plain(TimeZone::get(zone).unwrap())),
        quotas: quotas.into(),
        screens: vec![screen],
    })
}

/// The usual day in UTC.
pub(super) fn day(playlists: impl Into<Vec<PlannedPlaylist>>) -> Day {
    programme("UTC", playlists, Vec::new()).compile(0, DAY)
}

/// The tick at `08:00` or `08:00:30` on a day of 24 hours.
pub(super) fn at(day: &Day, time: &str) -> Tick {
    day.start() + Ticks(seconds(time))
}

/// What the day shows from the cue at `from` until `until`: `08:00:00 A1, 08:00:10 A2, 08:00:20 -`.
pub(super) fn story(day: &Day, from: &str, until: &str) -> String {
    let (from, until) = (at(day, from), at(day, until));
    let mut told = Vec::new();
    let mut next = from;
    for cue in day.cues(0, from, until) {
        if cue.since > next {
            told.push(format!("{} -", clock(day, next)));
        }
        let letter = char::from_u32(cue.material.0).unwrap();
        told.push(format!("{} {letter}{}", clock(day, cue.since), cue.page + 1));
        next = cue.until;
    }
    if next < until {
        told.push(format!("{} -", clock(day, next)));
    }
    told.join(", ")
}

/// The letters of one round.
pub(super) fn round(day: &Day, time: &str) -> String {
    let round = day.round(0, at(day, time)).unwrap();
    let letters = round
        .materials
        .iter()
        .map(|(material, _)| char::from_u32(material.0).unwrap());
    letters.collect()
}

fn clock(day: &Day, tick: Tick) -> String {
    let seconds = tick.since(day.start()).0;
    let sign = if seconds < 0 { "-" } else { "" };
    let (hours, rest) = (seconds.abs() / 3600, seconds.abs() % 3600);
    format!("{sign}{hours:02}:{:02}:{:02}", rest / 60, rest % 60)
}

fn seconds(text: &str) -> i64 {
    let parts = text.split(':').map(|part| part.parse::<i64>().unwrap());
    let padded = parts.chain([0, 0]).take(3);
    padded.fold(0, |sum, part| sum * 60 + part)
}
