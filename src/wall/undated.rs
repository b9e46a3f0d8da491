//! What may play while nobody knows what time it is.
//!
//! Of a clock that stands below its floor only one thing is certain: that it is later than it says, and later than the floor. So what
//! was to begin by the floor has begun; whether anything else has begun, or has ended, nobody can say.

use std::sync::Arc;

use jiff::Timestamp;

use super::whole::{Edition, Exhibit, Wall};
use crate::{
    calendar::Calendar,
    programme::{Entry, PlannedPlaylist, PlannedScreen},
    stage::{Field, Fill, Template},
    units::Digest,
};

impl Wall {
    /// The same wall without all that needs the time: playlists with windows, what ends, what begins after `floor`, what is off on
    /// solemn days, and whatever tells the time. Its screens are lit at every hour. Zones in which nothing is left are empty; playlists and plays keep their numbers.
    #[must_use]
    pub fn undated(&self, floor: Timestamp) -> Self {
        let mut plan = self.programme().plan().clone();
        plan.calendar = Arc::new(Calendar::plain(plan.calendar.zone.clone()));
        for screen in &mut plan.screens {
            screen.lit.clear();
            let playlists = screen.tracks.iter_mut().flat_map(|track| &mut track.playlists);
            playlists.for_each(|playlist| self.strip(playlist, floor));
        }
        let (digest, instant) = (self.digest(), floor.to_string());
        let parts: [&[u8]; 3] = [b"undated", digest.bytes(), instant.as_bytes()];
        let edition = Edition {
            floor: Some(floor),
            ..self.edition()
        };
        self.with_plan(Digest::of_parts(parts), edition, plan)
    }

    /// The identities of the screens for which nothing is planned at all: they stay black.
    pub fn bare_screens(&self) -> Vec<Arc<str>> {
        let screens = self.programme().plan().screens.iter();
        let is_bare = |screen: &&PlannedScreen| {
            let mut playlists = screen.tracks.iter().flat_map(|track| &track.playlists);
            !playlists.any(|playlist| playlist.plays.iter().any(|play| !play.entries.is_empty()))
        };
        screens.filter(is_bare).map(|screen| Arc::clone(&screen.id)).collect()
    }

    /// Leaves of the playlist what plays at any time. One with windows is left empty, and without them: its edges would only begin
    /// the loop of the others anew.
    fn strip(&self, playlist: &mut PlannedPlaylist, floor: Timestamp) {
        let is_open = playlist.when.is_empty();
        playlist.when.clear();
        for play in &mut playlist.plays {
            play.entries
                .retain(|entry| is_open && self.holds_at_any_time(entry, floor));
            play.entries.iter_mut().for_each(|entry| entry.from = None);
        }
    }

    fn holds_at_any_time(&self, entry: &Entry, floor: Timestamp) -> bool {
        let has_begun = entry.from.is_none_or(|from| from <= floor);
        // Any day may be a solemn one.
        has_begun && entry.until.is_none() && !entry.is_festive && !tells_time(self.exhibit(entry.material))
    }
}

fn tells_time(exhibit: &Exhibit) -> bool {
    exhibit.item.is_none() || (!exhibit.content.is_wordless() && has_clock(&exhibit.template))
}

fn has_clock(template: &Template) -> bool {
    let is_time = |field: &Field| matches!(field, Field::Time(_) | Field::DaysLeft | Field::DayNumber);
    template.blocks.iter().any(|block| match &block.fill {
        Fill::Field(field) => is_time(field),
        Fill::Flow(fields) => fields.iter().any(is_time),
        Fill::Nothing | Fill::Text(_) => false,
    })
}
