//! What a screen shows, told in words: for the page, for `--json`, for the terminal.

use std::sync::Arc;

use serde::Serialize;

use super::{film::FilmView, lane::Lane, panel_test::TestView, rung::Rung, stopped::StopView, whole::Wall};
use crate::{
    item::Level,
    playlist::Priority,
    programme::{Cue, Dark, Material, Why},
    site::Screen,
    units::{Rate, Tick},
};

/// What one screen shows at one instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScreenView {
    /// The screen's identity.
    pub id: Arc<str>,
    /// Its name for people.
    pub title: Arc<str>,
    /// Columns of LEDs.
    pub width: u32,
    /// Rows of LEDs.
    pub height: u32,
    /// Ticks a second.
    pub rate: u16,
    /// Why it is dark, in both languages; `None` while it is lit.
    pub dark: Option<(String, String)>,
    /// That the wall is stopped; `None` while it is not.
    pub stopped: Option<StopView>,
    /// That test pictures are shown in place of what plays; `None` while they are not.
    pub test: Option<TestView>,
    /// One a zone, in the site's order, then the whole screen's.
    pub zones: Vec<ZoneView>,
}

/// What one zone shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ZoneView {
    /// The zone's identity, or `*`.
    pub id: Arc<str>,
    /// LEDs from the left edge.
    pub x: u32,
    /// LEDs from the top edge.
    pub y: u32,
    /// Columns of LEDs.
    pub width: u32,
    /// Rows of LEDs.
    pub height: u32,
    /// What plays now.
    pub now: Option<CueView>,
    /// What comes next.
    pub next: Option<CueView>,
}

/// One cue, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CueView {
    /// The item's identity, or `clock`.
    pub item: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// The item's file, where it has one.
    pub file: Option<Arc<str>>,
    /// Its page, from 1.
    pub page: u16,
    /// How many pages it has.
    pub pages: u16,
    /// Since when, RFC 3339 in the site's zone.
    pub since: String,
    /// Until when, RFC 3339 in the site's zone.
    pub until: String,
    /// The playlist's file.
    pub playlist: Arc<str>,
    /// The playlist's priority by name.
    pub priority: &'static str,
    /// Why it plays, in Chinese.
    pub why_zh: String,
    /// Why it plays, in English.
    pub why_en: String,
    /// How its type is set; `None` for what only tells the time.
    pub rung: Option<Rung>,
    /// The video that it shows, where it is one.
    pub film: Option<FilmView>,
}

impl ZoneView {
    /// Leaves nothing but what an alert or a stop shows: all that is seen in a time that is dark otherwise.
    pub(super) fn keep_alarms(&mut self) {
        let is_urgent = |cue: &CueView| [Priority::Alert.name(), Priority::Stop.name()].contains(&cue.priority);
        self.now = self.now.take().filter(is_urgent);
        self.next = self.next.take().filter(is_urgent);
    }
}

impl ScreenView {
    /// The view of `screen` with these zones, which is not stopped; `dark` says why it is, where it is, in Chinese and in English.
    pub fn of(screen: &Screen, dark: Option<(String, String)>, zones: Vec<ZoneView>) -> Self {
        Self {
            id: Arc::clone(&screen.id),
            title: Arc::clone(&screen.title),
            width: screen.size.width,
            height: screen.size.height,
            rate: screen.rate.hertz(),
            dark,
            stopped: None,
            test: None,
            zones,
        }
    }
}

/// What the zone of the track shows at `tick`, and what comes next there.
pub(super) fn zone(lane: &mut Lane, track: usize, tick: Tick) -> ZoneView {
    let now = lane.day(tick).at(track, tick);
    let after = now.as_ref().map(|cue| cue.until);
    let next = after.and_then(|after| Some((lane.day(after).at(track, after)?, lane.day(after).why(track, after)?)));
    let now = now.and_then(|now| Some((now, lane.day(tick).why(track, tick)?)));
    let (wall, screen) = (lane.wall(), lane.screen());
    let (area, _) = wall.place(screen, track);
    ZoneView {
        id: wall.zone_id(screen, track),
        x: area.x,
        y: area.y,
        width: area.width,
        height: area.height,
        now: now.map(|(now, why)| cue(lane, track, &now, why)),
        next: next.map(|(next, why)| cue(lane, track, &next, why)),
    }
}

/// What the track shows at `tick`, which is where it begins.
pub(super) fn begins(lane: &mut Lane, track: usize, tick: Tick) -> Option<CueView> {
    let (now, why) = (lane.day(tick).at(track, tick)?, lane.day(tick).why(track, tick)?);
    Some(CueView {
        since: written(lane.wall(), lane.rate(), tick),
        ..cue(lane, track, &now, why)
    })
}

/// What the lower priorities of the track would show at `tick` if nothing lay above them, the highest first.
pub(super) fn beaten(lane: &mut Lane, track: usize, tick: Tick) -> Vec<CueView> {
    let tiers = lane.day(tick).tiers(track, tick).into_iter().skip(1);
    tiers.map(|tier| cue(lane, track, &tier.cue, tier.why)).collect()
}

/// The instant of `tick`, RFC 3339 in the site's zone.
pub(super) fn instant(lane: &Lane, tick: Tick) -> String {
    written(lane.wall(), lane.rate(), tick)
}

/// A reason for dark, in Chinese and in English.
pub(super) fn dark(reason: &Dark) -> (String, String) {
    match reason {
        Dark::Silence(name) => (format!("默哀：{name}"), format!("silence: {name}")),
        Dark::Maintenance(name) => (format!("检修：{name}"), format!("maintenance: {name}")),
        Dark::Holiday(name) => (format!("节假日：{name}"), format!("holiday: {name}")),
        Dark::Hours => ("不在开屏时间".into(), "outside the lit hours".into()),
    }
}

/// The reason for the dark of a lit screen on which no zone has anything to show, in Chinese and in English.
pub(super) fn nothing() -> (String, String) {
    ("此刻没有可播的内容".into(), "nothing is scheduled for now".into())
}

/// The identity and the title of what `material` stands for.
pub(super) fn name(wall: &Wall, material: Material) -> (Arc<str>, Arc<str>) {
    match &wall.exhibit(material).item {
        Some(item) => (Arc::clone(&item.id), Arc::clone(&item.title)),
        None => (CLOCK.into(), "时钟".into()),
    }
}

/// What the clock is called where an item's identity stands otherwise.
const CLOCK: &str = "clock";

fn cue(lane: &Lane, track: usize, cue: &Cue, why: Why) -> CueView {
    let (wall, screen) = (lane.wall(), lane.screen());
    let playlist = wall.playlist(screen, track, cue);
    let (item, title) = name(wall, cue.material);
    let (mut why_zh, mut why_en) = reason(wall, &playlist.title, why);
    let item_level = wall.exhibit(cue.material).item.as_ref().and_then(|item| item.level);
    if let Some(level) = item_level.filter(|level| *level > Level::Routine) {
        why_zh += &format!("；信息级别“{}”", level.chinese());
        why_en += &format!("; the item's own level is \"{}\"", level.name());
    }
    CueView {
        item,
        title,
        file: wall
            .exhibit(cue.material)
            .item
            .as_ref()
            .map(|item| Arc::clone(&item.file)),
        page: cue.page + 1,
        pages: cue.pages,
        since: written(wall, lane.rate(), cue.since),
        until: written(wall, lane.rate(), cue.until),
        playlist: Arc::clone(&playlist.file),
        priority: why.priority.name(),
        why_zh,
        why_en,
        rung: wall.rung(cue.material, wall.place(screen, track).0.size()),
        film: wall.film_at(screen, track, cue),
    }
}

/// Why a cue plays, in Chinese and in English.
fn reason(wall: &Wall, playlist: &str, why: Why) -> (String, String) {
    let (level_zh, level) = (why.priority.chinese(), why.priority.name());
    let (open_zh, open) = match why.window {
        None => ("全天开放".into(), "is always open".into()),
        Some(window) => {
            let zone = &wall.site().timezone;
            let civil = |instant| zone.to_datetime(instant).strftime("%Y-%m-%d %H:%M").to_string();
            let (start, end) = (civil(window.occurrence.start), civil(window.occurrence.end));
            (
                format!("自 {start} 至 {end} 开放"),
                format!("is open from {start} to {end}"),
            )
        }
    };
    (
        format!("节目单“{playlist}”{open_zh}，“{level_zh}”级在此区域为当前最高"),
        format!("the playlist \"{playlist}\" {open}, and \"{level}\" is the highest priority here now"),
    )
}

/// The instant of a tick, RFC 3339 in the site's zone.
fn written(wall: &Wall, rate: Rate, tick: Tick) -> String {
    let instant = rate.timestamp(tick);
    instant
        .display_with_offset(wall.site().timezone.to_offset(instant))
        .to_string()
}
