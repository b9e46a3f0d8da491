//! Videos on their way into the programme: how each is made ready for a place, which clip plays there, and what is still to be made.
//!
//! A video is an item without a clip until one was made for the very place in which it plays: of its size, at its screen's rate. Until
//! then it is left out there, and [`Wall::wants`] names what is missing. Nothing waits for it.

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use jiff::Timestamp;
use serde::Serialize;

use super::{
    content::{self, Shown},
    kind::is_picture_file,
    lane::Lane,
    term::Term,
    want::ClipWant,
    whole::Wall,
};
use crate::{
    clip::{Footages, NoFootage},
    diagnostic::Bilingual,
    item::{Item, Take},
    playlist::Priority,
    programme::Cue,
    site::Site,
    stage::{Content, Film, Rendition, Template},
    units::{Area, Digest, Rate, Size},
};

/// For how many seconds a short video is seen at least, from beginning to end again and again: as long as the shortest page of text.
const LEAST: i64 = 3;

/// The same of a picture that moves: as long as one that does not.
const LEAST_OF_PICTURE: i64 = 10;

/// Where clips come from.
#[derive(Clone, Debug)]
pub(super) struct Clips(pub(super) Arc<dyn Footages>);

impl Default for Clips {
    fn default() -> Self {
        Self(Arc::new(NoFootage))
    }
}

/// A video in a place in which a playlist plays it.
#[derive(Clone, Debug)]
pub(super) struct Showing {
    pub(super) screen: usize,
    pub(super) track: usize,
    pub(super) item: Arc<Item>,
    pub(super) rendition: Rendition,
    /// The clip that plays there, where there is one.
    pub(super) take: Option<Take>,
    /// The playlist's file, title and priority.
    pub(super) playlist: (Arc<str>, Arc<str>, Priority),
}

/// What has become of a video in one place in which a playlist plays it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilmView {
    /// The screen's identity.
    pub screen: Arc<str>,
    /// The zone's identity, or `*`.
    pub zone: Arc<str>,
    /// The clip's name as hexadecimal digits; `None` while it is still to be made.
    pub clip: Option<String>,
    /// How long it is, in milliseconds, rounded; `None` while it is still to be made.
    pub milliseconds: Option<u64>,
    /// Width and height of the video itself, upright and with square pixels; `None` while no clip was made of it.
    pub original: Option<(u32, u32)>,
    /// Whether it had sound, which no wall plays.
    pub had_sound: bool,
}

impl FilmView {
    /// In words: 视频 12.0 秒，原画面 1920×1080，声音不播放.
    pub fn words(&self) -> Bilingual {
        let Some((length, (width, height))) = self.milliseconds.zip(self.original) else {
            return Bilingual::new(
                "视频正在准备，准备好即播放",
                "the video is being made ready, and plays when it is",
            );
        };
        let (seconds, tenths) = ((length + 50) / 1000, (length + 50) % 1000 / 100);
        let (sound_zh, sound) = match self.had_sound {
            true => ("，声音不播放", ", without its sound"),
            false => ("", ""),
        };
        Bilingual::new(
            format!("视频 {seconds}.{tenths} 秒，原画面 {width}×{height}{sound_zh}"),
            format!("a video of {seconds}.{tenths} s, made from {width}x{height} pixels{sound}"),
        )
    }
}

impl Wall {
    /// The clips that it would show and does not have, each once: what shows from the beginning first, then in the order in which they come
    /// into force, and of those in that of their paths.
    pub fn wants(&self) -> &[ClipWant] {
        self.wanted()
    }

    /// The names of the clips that any screen shows between two instants, also while it is dark or something lies above them.
    pub fn clips_between(self: &Arc<Self>, from: Timestamp, until: Timestamp) -> BTreeSet<Digest> {
        let mut clips = BTreeSet::new();
        for screen in 0..self.site().screens.len() {
            let tracks: Vec<usize> = (0..self.tracks(screen))
                .filter(|track| self.has_film(screen, *track))
                .collect();
            if tracks.is_empty() {
                continue;
            }
            let mut lane = Lane::new(Arc::clone(self), screen);
            let (mut at, until) = (lane.rate().tick_at(from), lane.rate().tick_from(until));
            while at < until {
                let day = lane.day(at);
                let cues = tracks.iter().flat_map(|track| day.cues(*track, at, until));
                clips.extend(cues.filter_map(|cue| self.film_of(&cue)).map(|film| film.clip));
                at = day.end().max(at.next());
            }
        }
        clips
    }

    /// What has become of the video of that identity in every place in which a playlist plays it.
    pub fn films(&self, id: &str) -> Vec<FilmView> {
        let is_it = |showing: &&Showing| *showing.item.id == *id;
        self.showings()
            .iter()
            .filter(is_it)
            .map(|showing| self.film_view(showing))
            .collect()
    }

    /// What has become of the video of that identity in one place; `None` where no playlist plays it there, or it is none.
    pub(super) fn film_in(&self, screen: usize, track: usize, id: &str) -> Option<FilmView> {
        let is_it = |showing: &&Showing| (showing.screen, showing.track, &*showing.item.id) == (screen, track, id);
        self.showings()
            .iter()
            .find(is_it)
            .map(|showing| self.film_view(showing))
    }

    /// The video that the cue shows, in words; `None` where it shows none.
    pub(super) fn film_at(&self, screen: usize, track: usize, cue: &Cue) -> Option<FilmView> {
        let clip = self.film_of(cue)?.clip;
        let is_it = |showing: &&Showing| {
            (showing.screen, showing.track) == (screen, track)
                && showing.take.as_ref().is_some_and(|take| take.clip == clip)
        };
        self.showings()
            .iter()
            .find(is_it)
            .map(|showing| self.film_view(showing))
    }

    fn film_view(&self, showing: &Showing) -> FilmView {
        let Showing {
            screen, track, take, ..
        } = showing;
        let screen = (*screen, &self.site().screens[*screen]);
        FilmView {
            screen: Arc::clone(&screen.1.id),
            zone: self.zone_id(screen.0, *track),
            clip: take.as_ref().map(|take| take.clip.to_string()),
            milliseconds: take.as_ref().map(|take| {
                let hertz = u64::from(screen.1.rate.hertz());
                (u64::from(take.frames) * 1000 + hertz / 2) / hertz
            }),
            original: take.as_ref().map(|take| (take.original.width, take.original.height)),
            had_sound: take.as_ref().is_some_and(|take| take.had_sound),
        }
    }

    /// The film that the cue shows.
    pub(super) fn film_of(&self, cue: &Cue) -> Option<Film> {
        self.exhibit(cue.material).content.film
    }

    fn has_film(&self, screen: usize, track: usize) -> bool {
        let playlists = &self.programme().plan().screens[screen].tracks[track].playlists;
        let mut entries = playlists
            .iter()
            .flat_map(|playlist| &playlist.plays)
            .flat_map(|play| &play.entries);
        entries.any(|entry| self.exhibit(entry.material).content.film.is_some())
    }
}

/// How large the item's video is in a room of `size`: as large as that, or, beside a text, as its box in the template; `None` where that has
/// none.
pub(super) fn place(site: &Site, item: &Item, template: &Template, size: Size) -> Option<Size> {
    if item.media.is_none() {
        return Some(size);
    }
    let (content, _) = content::of_item(site, item, Shown::default(), None);
    let shown = Content {
        is_beside: true,
        ..Content::clone(&content)
    };
    template.media_area(&shown, size).map(Area::size)
}

/// The film that `take` is, of the video in `file`, on a screen of that rate: so many passes that it is seen for as long as anything is.
pub(super) fn film(file: &str, take: &Take, size: Size, rate: Rate) -> Film {
    let least = if is_picture_file(file) { LEAST_OF_PICTURE } else { LEAST };
    let least = u32::try_from(least * i64::from(rate.hertz())).unwrap_or(u32::MAX);
    Film {
        clip: take.clip,
        contents: take.contents,
        size,
        frames: take.frames,
        passes: least.div_ceil(take.frames.max(1)).max(1),
    }
}

/// What is still to be made for `showings`, of which each item has its term: see [`Wall::wants`].
pub(super) fn wants<'a>(showings: &[Showing], term: impl Fn(&Item) -> Option<&'a Term>) -> Vec<ClipWant> {
    let mut seen = HashSet::new();
    let mut wants: Vec<ClipWant> = Vec::new();
    for showing in showings.iter().filter(|showing| showing.take.is_none()) {
        let (Some(video), Some(term)) = (&showing.item.video, term(&showing.item)) else {
            continue;
        };
        let never = term
            .until
            .is_some_and(|until| term.from.is_some_and(|from| until <= from));
        if !never && seen.insert((video.source, showing.rendition)) {
            wants.push(ClipWant {
                path: Arc::clone(showing.item.shown_file()),
                source: video.source,
                rendition: showing.rendition,
                from: term.from,
                until: term.until,
            });
        }
    }
    wants.sort_by(|one, other| (one.from, &one.path).cmp(&(other.from, &other.path)));
    wants
}
