//! When an item will be seen next: day after day is looked through.

use jiff::Timestamp;

use super::{ItemView, Standing};
use crate::{
    playlist::Priority,
    programme::{Cue, Day, Light, Opening},
    units::Tick,
    wall::{lane::Lane, whole::Wall},
};

/// How many days are looked through.
const LOOK_AHEAD: usize = 400;

/// Finds for each view, which is of the track in `tracks`, when the item is seen next after `now`, and when closed playlists open.
pub(super) fn look(lane: &mut Lane, id: &str, now: Tick, tracks: &[usize], views: &mut [ItemView]) {
    let wall = std::sync::Arc::clone(lane.wall());
    let screen = lane.screen();
    let last = tracks.iter().map(|track| last(&wall, screen, *track, id)).max();
    let Some(last) = last.map(|last| last.map(|last| lane.rate().tick_from(last))) else {
        return;
    };
    let mut from = now;
    for _ in 0..LOOK_AHEAD {
        let is_over = last.is_some_and(|last| last <= from);
        for (track, view) in tracks.iter().zip(&mut *views) {
            let day = lane.day(from);
            open(view, |playlist| day.opening(*track, playlist, from));
            if view.next.is_none() && !is_over {
                view.next = seen(&wall, screen, *track, day, id, from);
            }
        }
        let is_done = views
            .iter()
            .all(|view| (view.next.is_some() || is_over) && !is_closed(view));
        let end = lane.day(from).end();
        if is_done || end <= from {
            return;
        }
        from = end;
    }
}

/// Fills in when closed playlists open.
fn open(view: &mut ItemView, opening: impl Fn(usize) -> Option<Opening>) {
    for play in &mut view.plays {
        if let Standing::Closed { opens: opens @ None } = &mut play.standing {
            *opens = match opening(play.index) {
                Some(Opening::Open(window) | Opening::Closed(Some(window))) => Some(window.occurrence),
                _ => None,
            };
        }
    }
}

/// Whether it is still to be found when a playlist opens.
fn is_closed(view: &ItemView) -> bool {
    let mut plays = view.plays.iter();
    plays.any(|play| matches!(play.standing, Standing::Closed { opens: None }))
}

/// The first time from `from` on at which the item is seen on the day.
fn seen(wall: &Wall, screen: usize, track: usize, day: &Day, id: &str, from: Tick) -> Option<(Timestamp, Timestamp)> {
    let is_it = |cue: &Cue| {
        let item = &wall.exhibit(cue.material).item;
        item.as_ref().is_some_and(|item| &*item.id == id)
    };
    let (rate, whole) = (wall.site().screens[screen].rate, wall.tracks(screen) - 1);
    let above = (track < whole).then_some(whole);
    let mut cues = day.cues(track, from, day.end()).filter(is_it);
    let (since, until) = cues.find_map(|cue| {
        let is_urgent = wall.priority(screen, track, &cue) >= Priority::Alert;
        Some((visible(day, above, &cue, is_urgent, from)?, cue.until))
    })?;
    Some((rate.timestamp(since), rate.timestamp(until)))
}

/// The first tick from `from` on, on this day, at which the cue is seen: on a screen that is lit, or lit for what `is_urgent`, with
/// nothing on the track `above`.
fn visible(day: &Day, above: Option<usize>, cue: &Cue, is_urgent: bool, from: Tick) -> Option<Tick> {
    let end = cue.until.min(day.end());
    let mut at = cue.since.max(from).max(day.start());
    while at < end {
        let cover = above.and_then(|above| day.at(above, at));
        at = match (day.light(at), cover) {
            (Light::Lit(_), None) => return Some(at),
            (Light::Alarm(..), None) if is_urgent => return Some(at),
            (Light::Dark(_, until) | Light::Alarm(_, until), None) => until,
            (light, Some(cover)) => cover.until.min(light.until()),
        };
    }
    None
}

/// When the item goes out of force in the track for the last time; `None` where it does not.
fn last(wall: &Wall, screen: usize, track: usize, id: &str) -> Last {
    wall.entries_of(screen, track, id)
        .map(|at| at.entry.until.map_or(Last::Never, Last::At))
        .max()
        .unwrap_or(Last::At(Timestamp::MIN))
}

/// An instant, or none, which is later than all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Last {
    At(Timestamp),
    Never,
}

impl Last {
    fn map(self, tick: impl FnOnce(Timestamp) -> Tick) -> Option<Tick> {
        match self {
            Self::At(instant) => Some(tick(instant)),
            Self::Never => None,
        }
    }
}
