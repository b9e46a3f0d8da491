//! The last good version of every file, and the wall that they make.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    film::Clips,
    kind::{Kind, SITE},
    manifest::Manifest,
    measure::Measures,
    problem::{Noun, Problem},
    shelf::{Shelf, Value},
    source::SourceFile,
    whole::Wall,
};
use crate::{
    almanac::Almanac,
    clip::Footages,
    diagnostic::{Diagnostic, Source},
    document::nearest,
    item::{Figures, Item},
    playlist::{PlaySource, Playlist},
    site::Site,
    stage::Templates,
    text::{Compositor, Phrases, Rules, SiteFonts, bitmap::own::OwnGlyphs},
    units::Digest,
};

/// The files in force: of each the newest version that was good.
#[derive(Clone, Debug, Default)]
pub struct Library {
    shelves: BTreeMap<Arc<str>, Shelf>,
    problems: Vec<Diagnostic>,
    wall: Option<Arc<Wall>>,
    measures: Measures,
    /// The site's own faces and glyphs.
    fonts: Arc<SiteFonts>,
    /// What sets text by these files, kept so that what it measured stays known while it does not change.
    compositor: Arc<Compositor>,
    /// Where the walls have their clips from.
    clips: Clips,
}

/// The good files by kind, in the order of their paths.
#[derive(Debug, Default)]
pub(super) struct InForce {
    pub(super) site: Option<Arc<Site>>,
    pub(super) playlists: Vec<(Arc<Playlist>, Source)>,
    pub(super) items: Vec<Arc<Item>>,
    /// The files of which nothing good is there.
    pub(super) unready: BTreeSet<Arc<str>>,
    /// The figures of charts, by their files.
    pub(super) figures: BTreeMap<Arc<str>, Arc<Figures>>,
    pub(super) almanacs: Vec<(Arc<Almanac>, Source)>,
    pub(super) templates: Templates,
    phrases: Phrases,
    pub(super) compositor: Arc<Compositor>,
    pub(super) digest: Option<Digest>,
    /// The bytes of what people wrote, for the places of what a card cannot show.
    pub(super) written: BTreeMap<Arc<str>, Arc<[u8]>>,
    /// Whether no file is there that could be an item, in whatever state.
    pub(super) is_empty: bool,
    pub(super) clips: Clips,
}

impl InForce {
    /// Whether playlists play items, and there is no file of any.
    pub(super) fn is_without_items(&self) -> bool {
        let plays = self.playlists.iter().flat_map(|(playlist, _)| &playlist.plays);
        let mut named = plays.filter(|play| matches!(play.source, PlaySource::Item(_)));
        self.is_empty && named.next().is_some()
    }
}

impl Library {
    /// The same library whose walls, from the next one that is accepted on, have their clips from `footages`; without this there are none.
    #[must_use]
    pub fn with_footages(self, footages: Arc<dyn Footages>) -> Self {
        Self {
            clips: Clips(footages),
            ..self
        }
    }

    /// What is in force once the site's files are `files`, all of them. A file that is bad keeps its last good version; one that is
    /// no longer there is withdrawn, but for `site.toml`, without which nothing could be shown: that stays.
    #[must_use]
    pub fn accept(&self, files: &[SourceFile]) -> Self {
        let mut shelves = BTreeMap::new();
        let mut problems = Vec::new();
        let kinds = || files.iter().filter_map(|file| Some((file, Kind::of(&file.path)?)));
        // What has a glyph is known before the texts are read.
        self.fill(
            &mut shelves,
            kinds().filter(|(_, kind)| kind.is_font()),
            &Compositor::default(),
            false,
        );
        let fonts = fonts(&shelves, &self.fonts, &mut problems);
        let gate = Compositor::new(Rules::default(), &Phrases::none(), &fonts);
        let changed = fonts != self.fonts;
        self.fill(
            &mut shelves,
            kinds().filter(|(_, kind)| !kind.is_font()),
            &gate,
            changed,
        );
        keep_site(&self.shelves, &mut shelves, &mut problems);
        problems.extend(shelves.values().flat_map(|shelf| shelf.diagnostics.iter().cloned()));
        let mut measures = self.measures.clone();
        let files = InForce {
            clips: self.clips.clone(),
            ..in_force(&shelves, &fonts, &self.compositor, &mut problems)
        };
        let wall = Wall::build(&files, &mut measures, &mut problems);
        problems.sort_by(|a, b| place_of(a).cmp(&place_of(b)));
        if files.is_without_items() {
            // It explains whatever else there is.
            problems.insert(0, Diagnostic::of_file("items".into(), &Problem::NoItems));
        }
        Self {
            shelves,
            problems,
            wall: self.unchanged(wall),
            measures,
            compositor: files.compositor,
            fonts,
            clips: files.clips,
        }
    }

    /// Puts what `files` are now on `shelves`.
    fn fill<'a>(
        &self,
        shelves: &mut BTreeMap<Arc<str>, Shelf>,
        files: impl Iterator<Item = (&'a SourceFile, Kind)>,
        compositor: &Compositor,
        changed: bool,
    ) {
        for (file, kind) in files {
            let shelf = Shelf::update(self.shelves.get(&file.path), file, kind, compositor, changed);
            shelves.insert(Arc::clone(&file.path), shelf);
        }
    }

    /// Everything that is wrong with the files, in the order of their paths and places.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// The files in force, in the order of their paths: of each the version that was good, which may not be its newest. Accepted from
    /// nothing they make the same wall again.
    pub fn kept(&self) -> Vec<SourceFile> {
        let good = |(path, shelf): (&Arc<str>, &Shelf)| {
            let good = shelf.good.as_ref()?;
            Some(SourceFile {
                path: Arc::clone(path),
                bytes: Ok(Arc::clone(&good.bytes)),
                digest: good.digest,
            })
        };
        self.shelves.iter().filter_map(good).collect()
    }

    /// The wall in force; `None` until there was a good `site.toml`.
    pub fn wall(&self) -> Option<&Arc<Wall>> {
        self.wall.as_ref()
    }

    /// The wall that we have where the new one is the same, so that nobody takes over from himself.
    fn unchanged(&self, wall: Option<Wall>) -> Option<Arc<Wall>> {
        let wall = wall?;
        match &self.wall {
            Some(before) if before.digest() == wall.digest() => Some(Arc::clone(before)),
            _ => Some(Arc::new(wall)),
        }
    }
}

/// A site without `site.toml` keeps the one that it had.
fn keep_site(before: &BTreeMap<Arc<str>, Shelf>, now: &mut BTreeMap<Arc<str>, Shelf>, problems: &mut Vec<Diagnostic>) {
    if now.contains_key(SITE) {
        return;
    }
    let problem = match before.get_key_value(SITE) {
        Some((path, shelf)) => {
            now.insert(Arc::clone(path), shelf.held());
            Problem::SiteGone
        }
        None => Problem::NoSite,
    };
    problems.push(Diagnostic::of_file(SITE.into(), &problem));
}

/// `before` is the compositor so far.
fn in_force(
    shelves: &BTreeMap<Arc<str>, Shelf>,
    fonts: &Arc<SiteFonts>,
    before: &Arc<Compositor>,
    problems: &mut Vec<Diagnostic>,
) -> InForce {
    let mut all = InForce {
        templates: Templates::builtin(),
        is_empty: !shelves.keys().any(|path| Kind::of(path).is_some_and(Kind::is_item)),
        ..InForce::default()
    };
    let mut names = Vec::new();
    for (path, shelf) in shelves {
        let Some(good) = &shelf.good else {
            all.unready.insert(Arc::clone(path));
            continue;
        };
        names.push((Arc::clone(path), good.digest));
        if matches!(good.value, Value::Site(_) | Value::Item(_) | Value::Sheet(_)) {
            all.written.insert(Arc::clone(path), Arc::clone(&good.bytes));
        }
        match &good.value {
            Value::Site(site) => all.site = Some(Arc::clone(site)),
            Value::Playlist(playlist, source) => all.playlists.push((Arc::clone(playlist), source.clone())),
            Value::Scene(template) => {
                let (template, lost) = template.as_ref().clone().with_faces(|name| fonts.face(name));
                problems.extend(lost.into_iter().map(|name| no_face(path, name, fonts)));
                all.templates.insert(template);
            }
            Value::Almanac(almanac, source) => all.almanacs.push((Arc::clone(almanac), source.clone())),
            Value::Item(item) => all.items.push(Arc::clone(item)),
            Value::Sheet(items) => all.items.extend(items.iter().cloned()),
            Value::Data(figures) => {
                all.figures.insert(Arc::clone(path), Arc::clone(figures));
            }
            Value::Glyph(_) | Value::Strike(_) => {}
            Value::Phrases(phrases) => all.phrases = all.phrases.with(phrases),
        }
    }
    all.compositor = compositor(&all, fonts, before);
    all.digest = Some(Manifest::new(names).digest());
    all
}

/// The site's own faces and glyphs on `shelves`: `before` itself where they are the same.
fn fonts(
    shelves: &BTreeMap<Arc<str>, Shelf>,
    before: &Arc<SiteFonts>,
    problems: &mut Vec<Diagnostic>,
) -> Arc<SiteFonts> {
    let good = || {
        shelves
            .iter()
            .filter_map(|(path, shelf)| Some((path, &shelf.good.as_ref()?.value)))
    };
    let mut glyphs = OwnGlyphs::default();
    for (path, value) in good() {
        if let Value::Glyph(glyph) = value
            && let Err(fault) = glyphs.add(Arc::clone(path), glyph.as_ref().clone())
        {
            problems.push(fault.diagnostic(Arc::clone(path)));
        }
    }
    let mut fonts = SiteFonts::new(glyphs);
    for (path, value) in good() {
        if let Value::Strike(strike) = value
            && !fonts.add(SiteFonts::name(path), strike.clone())
        {
            problems.push(Diagnostic::of_file(Arc::clone(path), &Problem::TooManyFaces));
        }
    }
    if fonts == **before {
        Arc::clone(before)
    } else {
        Arc::new(fonts)
    }
}

/// A scene asks for a face that the site does not have.
fn no_face(scene: &Arc<str>, name: Arc<str>, fonts: &SiteFonts) -> Diagnostic {
    let names = fonts.names().chain(["黑体", "宋体"]);
    let problem = Problem::Dangling {
        noun: Noun::Face,
        nearest: nearest(&name, names).map(Into::into),
        name,
    };
    Diagnostic::of_file(Arc::clone(scene), &problem)
}

/// What sets text by these files: `before` itself where nothing of it has changed.
fn compositor(files: &InForce, fonts: &Arc<SiteFonts>, before: &Arc<Compositor>) -> Arc<Compositor> {
    let rules = files.site.as_ref().map(|site| site.rules).unwrap_or_default();
    let now = Compositor::new(rules, &files.phrases, fonts);
    if now == **before {
        Arc::clone(before)
    } else {
        Arc::new(now)
    }
}

fn place_of(diagnostic: &Diagnostic) -> (&str, u32, u32) {
    let (line, column) = diagnostic
        .place
        .as_ref()
        .map_or((0, 0), |place| (place.line, place.column));
    (&diagnostic.file, line, column)
}
