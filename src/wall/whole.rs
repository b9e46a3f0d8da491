//! A whole site: referenced, measured, compiled to a programme.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};

use super::{
    build::{Builder, Cast},
    calendar, content,
    filing::Filed,
    film::{Clips, Showing},
    headline::Headline,
    library::InForce,
    measure::Measures,
    rung::Rung,
    scene,
    stopped::Ready,
    term::Term,
    want::ClipWant,
};
use crate::{
    calendar::{Calendar, DayClasses},
    clip::Footages,
    diagnostic::Diagnostic,
    item::{Item, Posting},
    playlist::{Effect, Priority},
    programme::{Cue, Material, Plan, PlannedPlaylist, Programme},
    site::{Depth, Site, Zone, ZoneKind},
    stage::{Content, Pane, Template, Templates},
    text::Compositor,
    units::{Area, Digest, Motion, Size, Tick},
};

/// A whole site, referenced and measured: what a screen needs to show any instant. Immutable.
#[derive(Debug)]
pub struct Wall {
    site: Arc<Site>,
    digest: Digest,
    edition: Edition,
    cast: Arc<Cast>,
    compositor: Arc<Compositor>,
    templates: Templates,
    programme: Programme,
    /// Where clips come from.
    clips: Clips,
    /// What is seen at a stop, once it was asked for.
    ready: Ready,
}

/// Which version of a programme a wall is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Edition {
    /// The digest of the programme's files.
    pub programme: Digest,
    /// Where it is only what is left of the programme by a clock that cannot be believed: that clock's floor.
    pub floor: Option<Timestamp>,
}

/// What a [`Material`] stands for.
#[derive(Clone, Debug)]
pub(super) struct Exhibit {
    /// The item; `None` for the clock.
    pub(super) item: Option<Arc<Item>>,
    /// Its fields, as the template's boxes name them.
    pub(super) content: Arc<Content>,
    /// What sets it.
    pub(super) template: Arc<Template>,
}

impl Wall {
    /// The wall of the files in force; `None` without a site. What leads nowhere is left out and added to `problems`.
    pub(super) fn build(files: &InForce, measures: &mut Measures, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let site = Arc::clone(files.site.as_ref()?);
        let digest = files.digest?;
        let filed = Filed::new(&site, files, problems);
        let calendar = Arc::new(calendar::calendar(&site, files, problems));
        let mut builder = Builder::new(&filed, &calendar, files, measures);
        let plan = builder.plan();
        let (cast, kept) = builder.finish(problems);
        *measures = kept;
        Some(Self {
            site: filed.site,
            digest,
            edition: Edition {
                programme: digest,
                floor: None,
            },
            cast: Arc::new(cast),
            compositor: Arc::clone(&files.compositor),
            templates: files.templates.clone(),
            programme: Programme::new(plan),
            clips: files.clips.clone(),
            ready: Ready::default(),
        })
    }

    /// The same cast in another plan, which must have its screens, tracks, playlists and plays in the same places; it is that `edition`
    /// of it.
    pub(super) fn with_plan(&self, digest: Digest, edition: Edition, plan: Plan) -> Self {
        Self {
            site: Arc::clone(&self.site),
            digest,
            edition,
            cast: Arc::clone(&self.cast),
            compositor: Arc::clone(&self.compositor),
            templates: self.templates.clone(),
            programme: Programme::new(plan),
            clips: self.clips.clone(),
            ready: Ready::default(),
        }
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The digest of all files in force, and of what was left out of them: two walls of one digest show the same.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Which version of a programme it is.
    pub const fn edition(&self) -> Edition {
        self.edition
    }

    /// What it has ready for a stop.
    pub(super) const fn ready(&self) -> &Ready {
        &self.ready
    }

    /// What plays when.
    pub const fn programme(&self) -> &Programme {
        &self.programme
    }

    /// The items in force, in the order of their paths.
    pub fn items(&self) -> &[Arc<Item>] {
        &self.cast.items
    }

    /// From when until when each of the items may show, in the same order.
    pub fn terms(&self) -> &[Term] {
        &self.cast.terms
    }

    /// The items that wait for approval, in the order of their paths. They never play; their identities may be those of items.
    pub fn drafts(&self) -> &[Arc<Item>] {
        &self.cast.drafts
    }

    /// From when until when each of the drafts would show, in the same order.
    pub fn draft_terms(&self) -> &[Term] {
        &self.cast.draft_terms
    }

    /// From when until when the item of identity `id` may show.
    pub fn term(&self, id: &str) -> Option<&Term> {
        Some(&self.cast.terms[*self.cast.numbers.get(id)?])
    }

    /// From when until when this item or draft may show.
    fn term_of(&self, item: &Item) -> Option<&Term> {
        let is_it = |other: &Arc<Item>| other.file == item.file;
        let draft = || {
            self.cast
                .drafts
                .iter()
                .position(is_it)
                .map(|at| &self.cast.draft_terms[at])
        };
        let known = self.item(&item.id).filter(|other| is_it(other));
        known.and_then(|item| self.term(&item.id)).or_else(draft)
    }

    /// The item of identity `id`.
    pub fn item(&self, id: &str) -> Option<&Arc<Item>> {
        Some(&self.cast.items[*self.cast.numbers.get(id)?])
    }

    /// What each civil day is.
    pub fn calendar(&self) -> &Calendar {
        &self.programme.plan().calendar
    }

    /// What will need somebody's hand before long, seen from the civil day `today`: the statutory holidays that are known come to
    /// an end.
    pub fn outlook(&self, today: Date) -> Option<Diagnostic> {
        calendar::outlook(self.calendar(), self.counts_working_days(), today)
    }

    /// Whether it matters to the site which days are working days.
    fn counts_working_days(&self) -> bool {
        let plan = self.programme.plan();
        let tracks = plan.screens.iter().flat_map(|screen| &screen.tracks);
        let lists = tracks.flat_map(|track| &track.playlists).flat_map(|list| &list.when);
        let dims = self.site.screens.iter().flat_map(|screen| screen.dimming.windows());
        let lit = plan.screens.iter().flat_map(|screen| &screen.lit);
        let mut windows = lit.chain(lists).chain(dims);
        windows.any(|window| window.days != DayClasses::ALL || !window.holidays.is_empty())
            || self
                .cast
                .items
                .iter()
                .any(|item| matches!(item.posting, Some(Posting::Days { .. })))
    }

    /// The templates in force, the built-in ones among them.
    pub const fn templates(&self) -> &Templates {
        &self.templates
    }

    /// What the item of identity `id` gives the boxes of a template.
    pub fn content(&self, id: &str) -> Option<Arc<Content>> {
        let (item, term) = (self.item(id)?, self.term(id)?);
        Some(content::of_item(&self.site, item, content::Shown::default(), term.period()).0)
    }

    /// What this item or draft of the wall gives the boxes of a template.
    pub fn content_of(&self, item: &Item) -> Arc<Content> {
        let period = self.term_of(item).and_then(Term::period);
        content::of_item(&self.site, item, content::Shown::default(), period).0
    }

    /// The same as `template` shows it: where that has no place for the short lines of a plain text, they are its title.
    pub fn content_on(&self, item: &Item, template: &Template) -> Arc<Content> {
        let lines = match Headline::of(item, template) {
            Headline::Lines(lines) => Some(lines),
            Headline::Title | Headline::Without(_) => None,
        };
        let period = self.term_of(item).and_then(Term::period);
        content::of_item(&self.site, item, content::Shown { lines, film: None }, period).0
    }

    /// What sets this item or draft in a zone of the site, or on the whole screen.
    pub fn template_of(&self, item: &Item, zone: Option<&Zone>) -> Option<Arc<Template>> {
        scene::of_item(&self.site, &self.templates, item, zone)
    }

    /// What sets its text.
    pub fn compositor(&self) -> &Compositor {
        &self.compositor
    }

    /// Where its clips come from.
    pub fn footages(&self) -> &dyn Footages {
        &*self.clips.0
    }

    /// The clips that are still to be made.
    pub(super) fn wanted(&self) -> &[ClipWant] {
        &self.cast.wants
    }

    /// The places in which videos play, or will.
    pub(super) fn showings(&self) -> &[Showing] {
        &self.cast.showings
    }

    /// What `material` stands for.
    pub(super) fn exhibit(&self, material: Material) -> &Exhibit {
        &self.cast.exhibits[material.0 as usize]
    }

    /// How `material` is set in a zone of `size`; `None` where it has no type of an item that stands still.
    pub(super) fn rung(&self, material: Material, size: Size) -> Option<Rung> {
        self.cast.rungs.get(&(material, size)).copied()
    }

    /// How the pages of the cue's play come in. LEDs of one bit cannot dim, so what would fade is cut.
    pub(super) fn effect(&self, screen: usize, track: usize, cue: &Cue) -> Effect {
        self.effect_of(screen, track, cue.playlist, cue.play)
    }

    /// The same of the play at `play` of the playlist at `playlist` in the track's plan.
    pub(super) fn effect_of(&self, screen: usize, track: usize, playlist: usize, play: usize) -> Effect {
        match self.cast.effects[screen][track][playlist][play] {
            Effect::Fade if self.site().screens[screen].depth == Depth::OneBit => Effect::Cut,
            effect => effect,
        }
    }

    /// The tick from which the motion of a cue's page counts: when it has come in.
    ///
    /// A film moves from its first tick on, so that all of it is seen in the time that it takes.
    pub(super) fn stands(&self, screen: usize, track: usize, cue: &Cue) -> Tick {
        if self.film_of(cue).is_some() {
            return cue.began;
        }
        cue.began + self.playlist(screen, track, cue).plays[cue.play].transition
    }

    /// The playlist that a cue comes from.
    pub(super) fn playlist(&self, screen: usize, track: usize, cue: &Cue) -> &PlannedPlaylist {
        &self.programme.plan().screens[screen].tracks[track].playlists[cue.playlist]
    }

    /// The priority of a cue.
    pub(super) fn priority(&self, screen: usize, track: usize, cue: &Cue) -> Priority {
        self.playlist(screen, track, cue).priority
    }

    /// Whether anything in the track's plan shows the item of that identity (`None` for the clock) at `instant` or later.
    pub(super) fn plays(&self, screen: usize, track: usize, item: Option<&str>, instant: Timestamp) -> bool {
        let playlists = &self.programme.plan().screens[screen].tracks[track].playlists;
        let mut entries = playlists
            .iter()
            .flat_map(|playlist| &playlist.plays)
            .flat_map(|play| &play.entries);
        entries.any(|entry| {
            let shown = &self.exhibit(entry.material).item;
            shown.as_ref().map(|item| &*item.id) == item && entry.until.is_none_or(|until| instant < until)
        })
    }

    /// How many tracks the screen has: one a zone and that of the whole screen.
    pub(super) fn tracks(&self, screen: usize) -> usize {
        self.site.screens[screen].zones.len() + 1
    }

    /// The place of a track on its screen, and its layer.
    pub(super) fn place(&self, screen: usize, track: usize) -> (Area, i32) {
        let screen = &self.site.screens[screen];
        match screen.zones.get(track) {
            Some(zone) => (zone.area, zone.layer),
            None => (screen.size.area(), i32::MAX),
        }
    }

    /// The zone of a track; `None` for the whole screen.
    pub(super) fn zone(&self, screen: usize, track: usize) -> Option<&Zone> {
        self.site.screens[screen].zones.get(track)
    }

    /// The identity of a track's zone.
    pub(super) fn zone_id(&self, screen: usize, track: usize) -> Arc<str> {
        self.zone(screen, track)
            .map_or_else(|| WHOLE.into(), |zone| Arc::clone(&zone.id))
    }

    /// The room that a track's scenes have.
    pub(super) fn pane(&self, screen: usize, track: usize) -> Pane {
        Pane {
            size: self.place(screen, track).0.size(),
            rate: self.site.screens[screen].rate,
            motion: self
                .zone(screen, track)
                .map_or_else(Motion::default, |zone| zone.motion),
        }
    }

    /// Whether a track shows one strip.
    pub(super) fn is_ticker(&self, screen: usize, track: usize) -> bool {
        let zone = self.zone(screen, track);
        zone.is_some_and(|zone| zone.kind == ZoneKind::Ticker)
    }
}

/// The name of the track that covers the whole screen.
pub(super) const WHOLE: &str = "*";
