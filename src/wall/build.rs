//! From the files in force to a plan: references followed, items measured, plays put in order.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use jiff::SignedDuration;

use super::{
    card, content,
    filing::Filed,
    film::{self, Showing},
    headline::Headline,
    kind::SITE,
    levels::{self, Staged},
    library::InForce,
    measure::{Measure, Measures, Measuring},
    order,
    problem::Problem,
    quotas::Quotas,
    references::{EVERY, References},
    remarks::Remarks,
    rung::Rung,
    scene,
    term::{Term, Terms},
    want::ClipWant,
    whole::{Exhibit, WHOLE},
};
use crate::{
    calendar::Calendar,
    diagnostic::Diagnostic,
    document,
    item::{Item, Video},
    playlist::{Effect, Play, PlaySource, Playlist, Zones},
    programme::{Entry, Material, Plan, PlannedPlay, PlannedPlaylist, PlannedScreen, Track},
    site::{Screen, Site, ZoneKind},
    stage::{Content, Film, Pane, Rendition, Template},
    text::Type,
    units::{Digest, Motion, Rate, Size, Ticks},
};

/// How long a clock's page lasts where its play does not say: it looks after itself, so the length only bounds the cue.
const CLOCK_DWELL: SignedDuration = SignedDuration::from_mins(1);

/// How many characters of one file are told of.
const TOLD: usize = 20;

/// Everything that the programme's numbers stand for.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub(super) items: Vec<Arc<Item>>,
    /// Of each of the items.
    pub(super) terms: Vec<Term>,
    /// Where each of the items stands, by its identity.
    pub(super) numbers: HashMap<Arc<str>, usize>,
    /// What waits for approval, and never plays.
    pub(super) drafts: Vec<Arc<Item>>,
    /// Of each of the drafts.
    pub(super) draft_terms: Vec<Term>,
    pub(super) exhibits: Vec<Exhibit>,
    /// How each of them is set in a zone of a size.
    pub(super) rungs: HashMap<(Material, Size), Rung>,
    /// The places in which videos play, or will.
    pub(super) showings: Vec<Showing>,
    /// The clips that are still to be made for that.
    pub(super) wants: Vec<ClipWant>,
    /// By screen, track, playlist and play.
    pub(super) effects: Vec<Vec<Vec<Vec<Effect>>>>,
}

/// Builds one wall.
pub(super) struct Builder<'a> {
    site: &'a Site,
    calendar: &'a Arc<Calendar>,
    files: &'a InForce,
    references: References<'a>,
    quotas: Quotas<'a>,
    measuring: Measuring<'a>,
    /// By item, by whether its lines stand as its title, and by its clip.
    contents: HashMap<(Arc<str>, bool, Option<Film>), (Arc<Content>, Digest)>,
    materials: HashMap<(Option<Arc<str>>, Arc<str>, Option<Film>), Material>,
    /// The items that their scenes cut, by file and scene, with the size of one zone where they do.
    too_long: BTreeMap<(Arc<str>, Arc<str>), Size>,
    /// The items whose text has no place in their scenes, by file and scene, with how it begins.
    unshown: BTreeMap<(Arc<str>, Arc<str>), String>,
    /// What cards with fonts of their own lack of an item, by file and character; of a picture, without one.
    unfit: BTreeMap<(Arc<str>, Option<char>), Problem>,
    /// What is worth telling of how they are shown.
    remarks: Remarks,
    /// The words of those that cannot be measured, by file.
    broken: BTreeMap<Arc<str>, String>,
    cast: Cast,
}

/// The room that a track has.
#[derive(Clone, Copy)]
struct Room<'a> {
    /// The screen's index in the site.
    number: usize,
    /// The track's index on it.
    track: usize,
    screen: &'a Screen,
    zone: Option<&'a crate::site::Zone>,
}

impl<'a> Builder<'a> {
    /// The builder of the wall of `files`, whose items were `filed`.
    pub(super) fn new(
        filed: &'a Filed,
        calendar: &'a Arc<Calendar>,
        files: &'a InForce,
        measures: &'a Measures,
    ) -> Self {
        let site = &*filed.site;
        let references = References::new(site, files, &filed.items);
        let mut all = Terms::new(site, calendar);
        let items: Vec<Arc<Item>> = references.items().cloned().collect();
        let mut terms: Vec<Term> = items.iter().map(|item| all.of(item)).collect();
        let drafts = filed.drafts.iter().map(|draft| all.of(draft)).collect();
        let numbers: HashMap<_, _> = items.iter().map(|item| Arc::clone(&item.id)).zip(0..).collect();
        for replaced in &filed.replaced {
            if let Some(number) = numbers.get(&replaced.id) {
                terms[*number].end_with(calendar.instant(replaced.at), &replaced.by);
            }
        }
        Self {
            site,
            calendar,
            files,
            quotas: Quotas::new(site),
            measuring: measures.begin(&files.compositor),
            contents: HashMap::new(),
            materials: HashMap::new(),
            cast: Cast {
                items,
                terms,
                numbers,
                drafts: filed.drafts.clone(),
                draft_terms: drafts,
                ..Cast::default()
            },
            references,
            too_long: BTreeMap::new(),
            unshown: BTreeMap::new(),
            unfit: BTreeMap::new(),
            remarks: Remarks::default(),
            broken: BTreeMap::new(),
        }
    }

    /// The plan of all screens.
    pub(super) fn plan(&mut self) -> Plan {
        let site = self.site;
        Plan {
            calendar: Arc::clone(self.calendar),
            quotas: self.quotas.list(),
            screens: (0..site.screens.len()).map(|number| self.screen(number)).collect(),
        }
    }

    /// What the plan's numbers stand for, and the measures to keep; adds what leads nowhere to `problems`.
    pub(super) fn finish(self, problems: &mut Vec<Diagnostic>) -> (Cast, Measures) {
        problems.extend(self.references.into_problems());
        let items = self.cast.items.iter().zip(&self.cast.terms);
        let endless = items.filter(|(item, term)| term.until.is_none() && levels::asked(item).is_some());
        problems.extend(endless.map(|(item, _)| Diagnostic::of_file(Arc::clone(&item.file), &Problem::EndlessLevel)));
        problems.extend(self.too_long.into_iter().map(|((file, scene), size)| {
            let (width, height) = (size.width, size.height);
            Diagnostic::of_file(file, &Problem::TooLongForScene { scene, width, height })
        }));
        problems.extend(self.remarks.told());
        let files = self.files;
        let unfit = self.unfit.iter();
        problems.extend(unfit.map(|((file, character), problem)| placed(files, file, *character, problem)));
        let unshown = self.unshown.into_iter();
        problems
            .extend(unshown.map(|((file, scene), text)| Diagnostic::of_file(file, &Problem::Unshown { scene, text })));
        let broken = self.broken.into_iter();
        problems.extend(broken.map(|(file, words)| Diagnostic::of_file(file, &Problem::Broke(words))));
        let mut cast = self.cast;
        let term = |item: &Item| Some(&cast.terms[*cast.numbers.get(&item.id)?]);
        cast.wants = film::wants(&cast.showings, term);
        (cast, self.measuring.finish())
    }

    fn screen(&mut self, number: usize) -> PlannedScreen {
        let screen = &self.site.screens[number];
        self.look_at_names(screen);
        let zones = screen.zones.iter().map(Some).chain([None]);
        let rooms = zones.enumerate().map(|(track, zone)| Room {
            number,
            track,
            screen,
            zone,
        });
        let (tracks, effects) = rooms.map(|room| self.track(room)).unzip();
        self.cast.effects.push(effects);
        PlannedScreen {
            id: Arc::clone(&screen.id),
            rate: screen.rate,
            lit: screen.lit.clone(),
            tracks,
        }
    }

    fn track(&mut self, room: Room<'a>) -> (Track, Vec<Vec<Effect>>) {
        let files = self.files;
        let here = files.playlists.iter().filter(|(playlist, _)| room.takes(playlist));
        let (playlists, effects) = here.flat_map(|(playlist, _)| self.playlist(playlist, room)).unzip();
        let zone = room.zone.map_or_else(|| WHOLE.into(), |zone| Arc::clone(&zone.id));
        (Track { zone, playlists }, effects)
    }

    /// The playlist in that room, and apart from it what of it is more urgent than itself.
    fn playlist(&mut self, playlist: &'a Playlist, room: Room<'a>) -> Vec<Staged> {
        let mut plays = Vec::new();
        let mut effects = Vec::new();
        for play in &playlist.plays {
            if let Some(planned) = self.play(play, playlist, room) {
                plays.push(planned);
                effects.push(play.transition.effect);
            }
        }
        let planned = PlannedPlaylist {
            file: Arc::clone(&playlist.file),
            title: Arc::clone(&playlist.title),
            priority: playlist.priority,
            when: playlist.when.clone(),
            plays,
        };
        // A site may have no folder that nobody else plays; a list of nothing would only begin the loops anew.
        if planned.plays.iter().all(|play| play.entries.is_empty()) && plays_every_folder(playlist) {
            return Vec::new();
        }
        levels::split((planned, effects), &self.cast.exhibits)
    }

    fn play(&mut self, play: &'a Play, playlist: &Playlist, room: Room<'a>) -> Option<PlannedPlay> {
        let (entries, limit) = match &play.source {
            PlaySource::Clock => (vec![self.clock(play, room)?], None),
            PlaySource::Item(reference) => {
                let item = self.references.item(reference)?;
                (vec![self.item(item, play, playlist, room)?], None)
            }
            PlaySource::Column { column, order, limit } => {
                let mut items = self.references.column(column)?;
                order::sort(&mut items, *order);
                (
                    items
                        .into_iter()
                        .filter_map(|item| self.item(item, play, playlist, room))
                        .collect(),
                    *limit,
                )
            }
        };
        Some(PlannedPlay {
            entries,
            limit,
            weight: play.weight,
            transition: room.transition(play),
        })
    }

    /// The clock; a ticker has no place for one, which [`References`] reports.
    fn clock(&mut self, play: &Play, room: Room<'a>) -> Option<Entry> {
        if room.is_ticker() {
            return None;
        }
        let (content, _) = content::of_clock(self.site);
        let named = room.zone.and_then(|zone| zone.scene.as_ref());
        let template = scene::named(&self.files.templates, named, "clock")?;
        let dwell = room.rate().ticks(play.dwell.unwrap_or(CLOCK_DWELL));
        Some(Entry {
            material: self.material(None, content, template),
            from: None,
            until: None,
            is_festive: false,
            quota: None,
            pages: [dwell].into(),
        })
    }

    fn item(&mut self, item: &'a Arc<Item>, play: &Play, playlist: &Playlist, room: Room<'a>) -> Option<Entry> {
        // A strip is type in one line: there is no place for a picture.
        if item.media.is_none() && item.shows_media() && room.is_ticker() || item.is_bereft() {
            return None;
        }
        if self.is_unfit(item, room) {
            return None;
        }
        let site = self.site;
        let term = self.cast.terms[*self.cast.numbers.get(&item.id)?].clone();
        let template = self.template(item, room)?;
        let lines = self.headline(item, &template, room);
        let film = match &item.video {
            Some(video) if !room.is_ticker() => self.film(item, video, (playlist, &template), room)?,
            _ => None,
        };
        let known = self.contents.entry((Arc::clone(&item.id), lines.is_some(), film));
        let (content, digest) = known
            .or_insert_with(|| content::of_item(site, item, content::Shown { lines, film }, term.period()))
            .clone();
        let (pages, rung) = match self.pages(item, (&content, digest), &template, play, room) {
            Ok(measured) => measured,
            Err(words) => {
                self.broken.insert(Arc::clone(&item.file), words);
                return None;
            }
        };
        let size = room.pane().size;
        let is_low = size.height.min(size.width) < Type::default().dots().into();
        let is_cut = rung.is_some_and(|rung| rung.cut);
        if !room.is_ticker() {
            self.remarks.look(item, &content, &template, size, is_cut);
        }
        if is_cut && content.chart.is_none() && (is_low || !template.takes_more(size)) {
            self.too_long
                .insert((Arc::clone(&item.file), Arc::clone(&template.name)), room.pane().size);
        }
        let material = self.material(Some(item), content, template);
        if let Some(rung) = rung {
            self.cast.rungs.insert((material, room.pane().size), rung);
        }
        Some(Entry {
            material,
            from: term.from,
            until: term.until,
            is_festive: site.is_festive(&item.column),
            // A strip shows several items at a time, so none has a share of it.
            quota: self.quotas.of(&item.column).filter(|_| !room.is_ticker()),
            pages,
        })
    }

    /// The clip of a video in that room; the inner `None` where the item goes without it, the outer one where it waits until that was made.
    /// Remembers what is wanted.
    fn film(
        &mut self,
        item: &Arc<Item>,
        video: &Video,
        (playlist, template): (&Playlist, &Template),
        room: Room<'a>,
    ) -> Option<Option<Film>> {
        let Some(size) = film::place(self.site, item, template, room.pane().size) else {
            return Some(None);
        };
        let rendition = room.rendition(item, size);
        let take = video.take(rendition.digest()).cloned();
        if let Some(take) = &take {
            let placed = rendition.fitting.place(take.original, rendition.size);
            self.remarks.look_at_size(item, placed);
        }
        let film = take
            .as_ref()
            .map(|take| film::film(item.shown_file(), take, rendition.size, rendition.rate));
        let (file, title) = (Arc::clone(&playlist.file), Arc::clone(&playlist.title));
        self.cast.showings.push(Showing {
            screen: room.number,
            track: room.track,
            item: Arc::clone(item),
            rendition,
            take,
            playlist: (file, title, playlist.priority),
        });
        // A text does not wait for its video.
        let has_words = item.media.is_some() && !item.body.is_empty();
        (film.is_some() || has_words).then_some(film)
    }

    /// Whether a card that lights some of the room cannot show the item, since it sets words in fonts of its own; remembers why.
    fn is_unfit(&mut self, item: &Item, room: Room<'_>) -> bool {
        let area = room.zone.map_or_else(|| room.screen.size.area(), |zone| zone.area);
        let Some(model) = card::with_fonts(room.screen, area) else {
            return false;
        };
        let (screen, model) = (Arc::clone(&room.screen.id), model.name);
        let key = |character| (Arc::clone(&item.file), character);
        if item.video.is_some() {
            self.unfit.insert(key(None), Problem::VideoOnCard { screen, model });
            return true;
        }
        if item.shows_media() || item.chart.is_some() {
            self.unfit.insert(key(None), Problem::PictureOnCard { screen, model });
            return true;
        }
        let lacking = card::lacking(item);
        for character in lacking.iter().take(TOLD) {
            let problem = Problem::NotOnCard {
                character: *character,
                screen: Arc::clone(&screen),
                model,
                is_item: true,
            };
            self.unfit.insert(key(Some(*character)), problem);
        }
        !lacking.is_empty()
    }

    /// Remembers what such a card lacks of the site's own names.
    fn look_at_names(&mut self, screen: &Screen) {
        let Some(model) = card::with_fonts(screen, screen.size.area()) else {
            return;
        };
        for character in card::lacking_of_site(self.site).into_iter().take(TOLD) {
            let problem = Problem::NotOnCard {
                character,
                screen: Arc::clone(&screen.id),
                model: model.name,
                is_item: false,
            };
            self.unfit.insert((SITE.into(), Some(character)), problem);
        }
    }

    /// The lines that stand as the item's title, where they do; remembers what has no place. A ticker is what its scene makes it.
    fn headline(&mut self, item: &Item, template: &Template, room: Room<'a>) -> Option<Arc<str>> {
        match Headline::of(item, template) {
            _ if room.is_ticker() => None,
            Headline::Title => None,
            Headline::Lines(lines) => Some(lines),
            Headline::Without(text) => {
                let place = (Arc::clone(&item.file), Arc::clone(&template.name));
                self.unshown.insert(place, text);
                None
            }
        }
    }

    fn template(&self, item: &Item, room: Room<'a>) -> Option<Arc<Template>> {
        scene::of_item(self.site, &self.files.templates, item, room.zone)
    }

    fn pages(
        &mut self,
        item: &Item,
        content: (&Content, Digest),
        template: &Arc<Template>,
        play: &Play,
        room: Room<'a>,
    ) -> Result<(Arc<[Ticks]>, Option<Rung>), String> {
        let dwell = item.dwell.or(play.dwell).map(|dwell| room.rate().ticks(dwell));
        // Beside a text it is seen again and again while that is read.
        let alone = content.0.film.filter(|_| content.0.is_wordless());
        let is_own = item.dwell.is_some() || matches!(play.source, PlaySource::Item(_));
        let measure = self
            .measuring
            .measure(item, content, template, room.pane(), room.is_ticker())?;
        Ok(match measure {
            Measure::Strip(ticks) => ([ticks].into(), Some(Rung::STRIP)),
            Measure::Pages(pages, setting) => {
                let rung = setting.map(Rung::from);
                let stay = |read: &SignedDuration| {
                    let read = room.rate().ticks(*read);
                    match dwell {
                        dwell if rung.is_some_and(|rung| rung.scrolls) => room.transition(play) + runs(read, dwell),
                        // What is said of all items of a column cuts off no film.
                        Some(dwell) if let Some(film) = alone.filter(|_| !is_own) => {
                            runs(Ticks(film.frames.into()), Some(dwell))
                        }
                        None if let Some(film) = alone => film.length(),
                        dwell => dwell.unwrap_or(read),
                    }
                };
                (pages.iter().map(stay).collect(), rung)
            }
        })
    }

    fn material(&mut self, item: Option<&Arc<Item>>, content: Arc<Content>, template: Arc<Template>) -> Material {
        let key = (
            item.map(|item| Arc::clone(&item.id)),
            Arc::clone(&template.name),
            content.film,
        );
        let exhibits = &mut self.cast.exhibits;
        *self.materials.entry(key).or_insert_with(|| {
            exhibits.push(Exhibit {
                item: item.cloned(),
                content,
                template,
            });
            Material(u32::try_from(exhibits.len() - 1).expect("a site has fewer than 2^32 items and scenes"))
        })
    }
}

impl Room<'_> {
    fn takes(&self, playlist: &Playlist) -> bool {
        let named =
            |list: &Vec<crate::playlist::Reference>, id: &str| list.iter().any(|reference| &*reference.name == id);
        let screen = playlist
            .screens
            .as_ref()
            .is_none_or(|screens| named(screens, &self.screen.id));
        screen
            && match (&playlist.zones, self.zone) {
                (Zones::Whole, None) => true,
                (Zones::Named(zones), Some(zone)) => named(zones, &zone.id),
                _ => false,
            }
    }

    fn rate(&self) -> Rate {
        self.screen.rate
    }

    /// How a video is made ready for it.
    fn rendition(&self, item: &Item, size: Size) -> Rendition {
        Rendition {
            size,
            rate: self.rate(),
            fitting: item.fitting.unwrap_or_default(),
            leds: self.screen.leds(),
            may_flash: item.may_flash,
        }
    }

    /// How long a play's pages take to come in.
    fn transition(&self, play: &Play) -> Ticks {
        let transition = play.transition.duration;
        if transition.is_positive() {
            self.rate().ticks(transition)
        } else {
            Ticks::ZERO
        }
    }

    /// The room that a scene has.
    fn pane(&self) -> Pane {
        Pane {
            size: self.zone.map_or(self.screen.size, |zone| zone.area.size()),
            rate: self.rate(),
            motion: self.zone.map_or_else(Motion::default, |zone| zone.motion),
        }
    }

    fn is_ticker(&self) -> bool {
        self.zone.is_some_and(|zone| zone.kind == ZoneKind::Ticker)
    }
}

/// How long a page stays that runs once in `run` ticks: as many whole runs as come nearest to the `dwell` that is asked for, one at least.
fn runs(run: Ticks, dwell: Option<Ticks>) -> Ticks {
    let asked = dwell.map_or(1, |dwell| (2 * dwell.0 + run.0) / (2 * run.0));
    Ticks(run.0 * asked.max(1))
}

/// Whether any of its plays takes the folders that no playlist speaks of.
fn plays_every_folder(playlist: &Playlist) -> bool {
    let mut plays = playlist.plays.iter();
    plays.any(|play| matches!(&play.source, PlaySource::Column { column, .. } if &*column.name == EVERY))
}

/// `problem` at the first place of `character` in `file`, as far as that is known.
fn placed(files: &InForce, file: &Arc<str>, character: Option<char>, problem: &Problem) -> Diagnostic {
    let source = files
        .written
        .get(file)
        .and_then(|bytes| document::source(file, bytes).ok());
    let found = source.zip(character).and_then(|(source, character)| {
        let at = source.text().find(character)?;
        Some(Diagnostic::at(&source, at..at + character.len_utf8(), problem))
    });
    found.unwrap_or_else(|| Diagnostic::of_file(Arc::clone(file), problem))
}
