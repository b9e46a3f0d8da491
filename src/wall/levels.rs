//! Items that are more urgent than the playlist that plays them: they play from a list of their own, at their own level.

use super::whole::Exhibit;
use crate::{
    item::{Item, Level},
    playlist::{Effect, Priority},
    programme::{Entry, PlannedPlay, PlannedPlaylist},
};

/// A playlist of a track, and how the pages of each of its plays come in.
pub(super) type Staged = (PlannedPlaylist, Vec<Effect>);

/// The priority that the item asks for; `None` where its playlists shall say.
pub(super) fn asked(item: &Item) -> Option<Priority> {
    match item.level? {
        Level::Routine => None,
        Level::Notice => Some(Priority::Notice),
        Level::Alert => Some(Priority::Alert),
    }
}

/// The playlist, and behind it, with the same windows, one for each level above it that items of its plays have.
pub(super) fn split((playlist, effects): Staged, exhibits: &[Exhibit]) -> Vec<Staged> {
    let priority = |entry: &Entry| {
        let item = exhibits[entry.material.0 as usize].item.as_ref();
        item.and_then(|item| asked(item))
            .filter(|asked| *asked > playlist.priority)
    };
    let of = |level: Option<Priority>| {
        let plays = playlist.plays.iter().zip(&effects).filter_map(|(play, effect)| {
            let entries = play.entries.iter().filter(|entry| priority(entry) == level);
            let entries: Vec<Entry> = entries.cloned().collect();
            let is_kept = level.is_none() || !entries.is_empty();
            let play = PlannedPlay {
                entries,
                ..play.clone()
            };
            is_kept.then_some((play, *effect))
        });
        let (plays, effects): (Vec<_>, Vec<_>) = plays.unzip();
        let planned = PlannedPlaylist {
            priority: level.unwrap_or(playlist.priority),
            plays,
            ..playlist.clone()
        };
        (planned, effects)
    };
    let levels = [Priority::Notice, Priority::Alert].map(Some);
    let raised = levels
        .into_iter()
        .map(of)
        .filter(|(raised, _)| !raised.plays.is_empty());
    let raised: Vec<Staged> = raised.collect();
    if raised.is_empty() {
        return vec![(playlist, effects)];
    }
    [of(None)].into_iter().chain(raised).collect()
}
