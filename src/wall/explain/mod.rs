//! Why an item is on a screen at an instant, or is not, and when it will be seen next.

mod absent;
mod ahead;
mod standing;

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    film::{FilmView, Showing},
    lane::Lane,
    term::End,
    view,
    whole::{Exhibit, Wall},
};
use crate::{
    diagnostic::Bilingual,
    playlist::Priority,
    programme::{Dark, Day, Entry, Light, Opening, PlannedPlay, PlannedPlaylist, Tiered},
    units::Tick,
};

pub use standing::Standing;

/// How an item stands in one zone in which a playlist plays it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemView {
    /// The screen's identity.
    pub screen: Arc<str>,
    /// The zone's identity, or `*`.
    pub zone: Arc<str>,
    /// One a playlist, in path order.
    pub plays: Vec<PlayView>,
    /// From when until when it is seen next here, which may have begun; `None` where that is not within 400 days.
    pub next: Option<(Timestamp, Timestamp)>,
    /// What has become of it here, where it is a video.
    pub film: Option<FilmView>,
}

/// How an item stands in one playlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayView {
    /// The playlist's file.
    pub file: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// Its priority.
    pub priority: Priority,
    /// How the item stands.
    pub standing: Standing,
    /// Its index in the track's plan.
    index: usize,
}

/// One track at one tick.
struct Now<'a> {
    wall: &'a Wall,
    screen: usize,
    track: usize,
    instant: Timestamp,
    light: Light,
    tiers: Vec<Tiered>,
    /// What takes the whole screen, above this track.
    whole: Option<Tiered>,
}

impl Wall {
    /// How the item of identity `id` stands at `instant`, in each zone in which a playlist plays it; nowhere where none does.
    pub fn explain(self: &Arc<Self>, id: &str, instant: Timestamp) -> Vec<ItemView> {
        let screens = 0..self.site().screens.len();
        screens
            .flat_map(|screen| self.explain_on(screen, id, instant))
            .collect()
    }

    fn explain_on(self: &Arc<Self>, screen: usize, id: &str, instant: Timestamp) -> Vec<ItemView> {
        let mut lane = Lane::new(Arc::clone(self), screen);
        let tick = lane.rate().tick_at(instant);
        let mut tracks = Vec::new();
        let mut views = Vec::new();
        let whole = self.tracks(screen) - 1;
        for track in 0..=whole {
            let day = lane.day(tick);
            let now = Now::at(self, (screen, track), day, (tick, instant));
            let opening = |playlist| day.opening(track, playlist, tick);
            let plays = now.plays(id, opening);
            if !plays.is_empty() {
                tracks.push(track);
                views.push(ItemView {
                    screen: Arc::clone(&self.site().screens[screen].id),
                    zone: self.zone_id(screen, track),
                    plays,
                    next: None,
                    film: self.film_in(screen, track, id),
                });
            }
        }
        ahead::look(&mut lane, id, tick, &tracks, &mut views);
        views
    }

    /// The entries of a track that show the item of identity `id`, each with its place in the plan.
    fn entries_of<'a>(&'a self, screen: usize, track: usize, id: &'a str) -> impl Iterator<Item = At<'a>> {
        let playlists = self.programme().plan().screens[screen].tracks[track].playlists.iter();
        let plays = playlists.enumerate().flat_map(|(index, playlist)| {
            playlist
                .plays
                .iter()
                .enumerate()
                .map(move |play| (index, playlist, play))
        });
        plays.flat_map(move |(index, playlist, (number, play))| {
            let entries = play.entries.iter().enumerate();
            entries
                .filter(move |(_, entry)| self.shows(entry, id))
                .map(move |(place, entry)| At {
                    index,
                    playlist,
                    number,
                    play,
                    place,
                    entry,
                })
        })
    }

    fn shows(&self, entry: &Entry, id: &str) -> bool {
        let item = &self.exhibit(entry.material).item;
        item.as_ref().is_some_and(|item| &*item.id == id)
    }
}

/// An entry, and its place in the plan.
struct At<'a> {
    index: usize,
    playlist: &'a PlannedPlaylist,
    number: usize,
    play: &'a PlannedPlay,
    place: usize,
    entry: &'a Entry,
}

impl<'a> Now<'a> {
    /// The track of a screen at `tick`, which is `instant`, of that `day`.
    fn at(wall: &'a Wall, (screen, track): (usize, usize), day: &Day, (tick, instant): (Tick, Timestamp)) -> Self {
        let whole = wall.tracks(screen) - 1;
        let above = day.tiers(whole, tick).into_iter().next();
        Self {
            wall,
            screen,
            track,
            whole: above.filter(|_| track < whole),
            instant,
            light: day.light(tick),
            tiers: day.tiers(track, tick),
        }
    }

    /// How the item stands in each playlist that plays it; of several plays of one, the best counts.
    fn plays(&self, id: &str, opening: impl Fn(usize) -> Option<Opening>) -> Vec<PlayView> {
        let mut plays: Vec<PlayView> = Vec::new();
        for at in self.wall.entries_of(self.screen, self.track, id) {
            let standing = self.standing(&at, opening(at.index));
            match plays.last_mut().filter(|play| play.index == at.index) {
                Some(play) if play.standing.rank() < standing.rank() => {}
                Some(play) => play.standing = standing,
                None => plays.push(PlayView {
                    file: Arc::clone(&at.playlist.file),
                    title: Arc::clone(&at.playlist.title),
                    priority: at.playlist.priority,
                    standing,
                    index: at.index,
                }),
            }
        }
        plays.extend(self.preparing(id));
        plays
    }

    /// How the item stands in the playlists that will play it once its clip is made.
    fn preparing(&self, id: &str) -> impl Iterator<Item = PlayView> {
        let is_here = |showing: &&Showing| {
            (showing.screen, showing.track) == (self.screen, self.track)
                && showing.take.is_none()
                && *showing.item.id == *id
        };
        let term = self.wall.term(id);
        let ended = term.and_then(|term| {
            let until = term.until.filter(|until| *until <= self.instant)?;
            let by = term.end.words();
            Some(Standing::Expired { until, by })
        });
        let view = move |showing: &Showing| PlayView {
            file: Arc::clone(&showing.playlist.0),
            title: Arc::clone(&showing.playlist.1),
            priority: showing.playlist.2,
            standing: ended.clone().unwrap_or(Standing::Preparing),
            index: usize::MAX,
        };
        self.wall.showings().iter().filter(is_here).map(view)
    }

    /// How the entry stands by its own playlist, whose opening is given.
    fn standing(&self, at: &At<'_>, opening: Option<Opening>) -> Standing {
        let lit = self.dark_for(at.playlist.priority).is_none();
        let top = self.tiers.first();
        let is_seen = |tier: &&Tiered| {
            let cue = &tier.cue;
            lit && self.whole.is_none()
                && (cue.playlist, cue.play, cue.material) == (at.index, at.number, at.entry.material)
        };
        if let Some(tier) = top.filter(is_seen) {
            return Standing::Seen {
                page: tier.cue.page + 1,
                pages: tier.cue.pages,
                until: self.timestamp(tier.cue.until),
            };
        }
        if let Some(standing) = self.out_of_force(at.entry) {
            return standing;
        }
        if let Some(Opening::Closed(opens)) = opening {
            let opens = opens.map(|window| window.occurrence);
            return Standing::Closed { opens };
        }
        let own = self.tiers.iter().find(|tier| tier.why.priority == at.playlist.priority);
        let plays = |tier: &Tiered| {
            tier.round
                .materials
                .iter()
                .any(|(material, _)| *material == at.entry.material)
        };
        if !own.is_some_and(plays) {
            return self.not_in_round(at);
        }
        let higher = top.filter(|top| top.why.priority > at.playlist.priority);
        match (higher, &self.whole, self.dark_for(at.playlist.priority)) {
            (Some(higher), ..) => self.beaten(higher),
            (None, Some(whole), _) => self.covered(whole),
            (None, None, Some((reason, until))) => {
                let (zh, en) = view::dark(reason);
                let programme = self.wall.programme();
                let dawn = programme.dawn(self.screen, self.tick()).unwrap_or(until);
                Standing::Dark {
                    reason: Bilingual { zh, en },
                    until: self.timestamp(dawn),
                }
            }
            (None, None, None) => Standing::Waiting,
        }
    }

    /// Why, and until when at least, the screen is dark for a playlist of that priority.
    fn dark_for(&self, priority: Priority) -> Option<(&Dark, Tick)> {
        match &self.light {
            Light::Lit(_) => None,
            Light::Alarm(..) if priority >= Priority::Alert => None,
            Light::Dark(reason, until) | Light::Alarm(reason, until) => Some((reason, *until)),
        }
    }

    /// Not yet in force, or no longer.
    fn out_of_force(&self, entry: &Entry) -> Option<Standing> {
        let exhibit = self.wall.exhibit(entry.material);
        let ended = entry.until.filter(|until| *until <= self.instant);
        let ended = ended.map(|until| Standing::Expired {
            until,
            by: self.until_by(exhibit),
        });
        let begins = entry.from.filter(|from| self.instant < *from);
        ended.or_else(|| {
            Some(Standing::NotYet {
                from: begins?,
                by: from_by(exhibit),
            })
        })
    }

    /// In force in an open playlist, and not in the loop: beyond the play's limit, or about to come in.
    fn not_in_round(&self, at: &At<'_>) -> Standing {
        let (calendar, programme) = (self.wall.calendar(), self.wall.programme());
        let solemn = calendar.solemn(programme.date(self.screen, self.tick()));
        if let Some(name) = solemn.filter(|_| at.entry.is_festive) {
            let name = Arc::clone(name);
            return Standing::Solemn { name };
        }
        let before = at.play.entries[..at.place].iter();
        let in_force = before.filter(|entry| self.out_of_force(entry).is_none()).count();
        match at.play.limit {
            Some(limit) if limit as usize <= in_force => Standing::Limited { limit },
            _ => Standing::Joining,
        }
    }

    fn covered(&self, whole: &Tiered) -> Standing {
        let track = self.wall.tracks(self.screen) - 1;
        let playlist = self.wall.playlist(self.screen, track, &whole.cue);
        Standing::Covered {
            file: Arc::clone(&playlist.file),
            title: Arc::clone(&playlist.title),
        }
    }

    fn beaten(&self, top: &Tiered) -> Standing {
        let playlist = self.wall.playlist(self.screen, self.track, &top.cue);
        Standing::Beaten {
            file: Arc::clone(&playlist.file),
            title: Arc::clone(&playlist.title),
            priority: playlist.priority,
        }
    }

    /// Who says until when it is in force.
    fn until_by(&self, exhibit: &Exhibit) -> Bilingual {
        let term = exhibit.item.as_ref().and_then(|item| self.wall.term(&item.id));
        term.map_or(&End::Open, |term| &term.end).words()
    }

    fn tick(&self) -> Tick {
        self.wall.site().screens[self.screen].rate.tick_at(self.instant)
    }

    fn timestamp(&self, tick: Tick) -> Timestamp {
        self.wall.site().screens[self.screen].rate.timestamp(tick)
    }
}

/// Who says from when on it is in force.
fn from_by(exhibit: &Exhibit) -> Bilingual {
    match &exhibit.item {
        Some(item) if item.from.is_some() => Bilingual::new("信息的“上屏”", "its own \"from\""),
        _ => Bilingual::new("信息的“发布”", "its own \"published\""),
    }
}
