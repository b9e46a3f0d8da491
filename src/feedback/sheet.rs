//! 今日播出.csv: what plays on a civil day, from 0:00 to 24:00.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    csv::{self, MARK},
    idle::{Idle, idle},
    stretch::{self, Stretch, What},
    words as w,
};
use crate::{
    calendar::{WEEKDAY_NAMES, weekday_place},
    diagnostic::Language,
    site::{Screen, ZoneKind},
    wall::Wall,
};

/// The most rows: what a spreadsheet shows without trouble, and a person reads.
const LIMIT: usize = 10_000;

/// The plan of the civil day `date` as a table: two lines that say what it is, the names of the columns, then a row an item and stretch, screen
/// by screen and zone by zone, in the order of their beginnings; at last the items in force that do not play, with the reason.
pub fn sheet(wall: &Arc<Wall>, date: Date, language: Language) -> Vec<u8> {
    plan(wall, date, language).0
}

/// The [`sheet`] of the day, and the items in force that do not play on it.
pub fn plan(wall: &Arc<Wall>, date: Date, language: Language) -> (Vec<u8>, Vec<Idle>) {
    let (mut played, mut unplayed) = (HashSet::new(), Vec::new());
    let site = wall.site();
    let (zh, en) = WEEKDAY_NAMES[weekday_place(date.weekday())];
    let day = date.to_string();
    let mut text = String::from(MARK);
    text += &csv::row([
        w::SHEET_HEADING.get(language),
        &day,
        w::Words(zh, en).get(language),
        &site.title,
    ]);
    text += &csv::row([w::SHEET_NOTE.get(language)]);
    text += &csv::row(w::SHEET_COLUMNS.get(language).split(','));
    let mut left_out = 0;
    if let Some((from, until)) = bounds(wall, date) {
        let mut count = 0;
        for (at, screen) in site.screens.iter().enumerate() {
            let page = Page {
                wall,
                screen,
                titles: titles(wall, at),
                date,
                language,
            };
            let mut stretches = stretch::gather(wall.timeline(at, from, until));
            played.extend(stretches.iter().filter_map(Stretch::item));
            stretches.sort_by_key(|stretch| place_of(screen, &stretch.zone));
            for stretch in stretches {
                count += 1;
                if count <= LIMIT {
                    text += &page.row(&stretch);
                } else {
                    left_out += 1;
                }
            }
        }
        unplayed = idle(wall, &played, from, until);
    }
    if left_out > 0 {
        text += &csv::row([&*w::SHEET_MORE.get(language).replace("{}", &i32::to_string(&left_out))]);
    }
    text.extend(unplayed.iter().map(|idle| idle_row(idle, language)));
    (text.into_bytes(), unplayed)
}

/// The row of an item that does not play.
fn idle_row(idle: &Idle, language: Language) -> String {
    let why = w::IDLE_WHY.get(language).replace("{file}", &idle.file);
    let why = why.replace("{why}", idle.why.get(language));
    let head = [
        w::IDLE.get(language),
        "",
        "",
        "",
        "0",
        "0:00:00",
        &*idle.column,
        &*idle.title,
        "",
        "",
        "",
    ];
    csv::row(head.into_iter().chain([&*why]))
}

/// The instants at which the day begins and ends in the site's zone.
fn bounds(wall: &Wall, date: Date) -> Option<(Timestamp, Timestamp)> {
    let zone = &wall.site().timezone;
    let instant = |date: Date| Some(date.to_zoned(zone.clone()).ok()?.timestamp());
    Some((instant(date)?, instant(date.tomorrow().ok()?)?))
}

/// Where the rows of a zone stand among those of its screen: those of the whole screen, the dark among them, first.
fn place_of(screen: &Screen, zone: &str) -> Option<usize> {
    screen.zones.iter().position(|other| &*other.id == zone)
}

/// The titles of the playlists of the screen of that number, by their files.
fn titles(wall: &Wall, screen: usize) -> HashMap<Arc<str>, Arc<str>> {
    let tracks = wall.programme().plan().screens[screen].tracks.iter();
    let lists = tracks.flat_map(|track| &track.playlists);
    lists
        .map(|list| (Arc::clone(&list.file), Arc::clone(&list.title)))
        .collect()
}

/// The part of the table that is about one screen.
struct Page<'a> {
    wall: &'a Wall,
    screen: &'a Screen,
    titles: HashMap<Arc<str>, Arc<str>>,
    date: Date,
    language: Language,
}

impl Page<'_> {
    fn row(&self, stretch: &Stretch) -> String {
        let (zone, total) = (self.zone(&stretch.zone), length(stretch.total));
        let (since, until) = (self.clock(stretch.since), self.clock(stretch.until));
        let head = [&*self.screen.title, &zone, &since, &until];
        match &stretch.what {
            What::Dark(why) => {
                let dark = w::DARK.get(self.language);
                csv::row(
                    head.into_iter()
                        .chain(["", &total, "", dark, "", "", "", why.get(self.language)]),
                )
            }
            What::Item {
                item,
                title,
                pages,
                playlist,
                priority,
            } => {
                let item = self.wall.item(item);
                let column = item.map(|item| &item.column);
                let column = column.map(|id| self.wall.site().column(id).map_or(id, |column| &column.title));
                let playlist = self.titles.get(playlist).unwrap_or(playlist);
                let priority = w::Words(priority.chinese(), priority.name()).get(self.language);
                csv::row(head.into_iter().chain([
                    &*stretch.times.to_string(),
                    &total,
                    column.map_or("", |column| column),
                    title,
                    &pages.to_string(),
                    playlist,
                    priority,
                    item.map_or("", |item| &item.file),
                ]))
            }
        }
    }

    /// The zone's kind, and its identity where others of the screen are of the same kind.
    fn zone(&self, id: &str) -> String {
        let zones = &self.screen.zones;
        let Some(zone) = zones.iter().find(|zone| &*zone.id == id) else {
            return w::WHOLE_SCREEN.get(self.language).into();
        };
        let kind = match zone.kind {
            ZoneKind::Pages => w::ZONE_PAGES,
            ZoneKind::Ticker => w::ZONE_TICKER,
            ZoneKind::Live => w::ZONE_LIVE,
        };
        let kind = kind.get(self.language);
        if zones.iter().filter(|other| other.kind == zone.kind).count() > 1 {
            format!("{kind} {id}")
        } else {
            kind.into()
        }
    }

    /// The time of the day; the end of the day is 24:00.
    fn clock(&self, instant: Timestamp) -> String {
        let civil = self.wall.site().timezone.to_datetime(instant);
        if civil.date() > self.date {
            return "24:00:00".into();
        }
        civil.strftime("%H:%M:%S").to_string()
    }
}

/// Hours, minutes and seconds.
fn length(duration: SignedDuration) -> String {
    // Rounded, since pages end at ticks, not at seconds.
    let seconds = (duration.as_millis() + 500) / 1000;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
