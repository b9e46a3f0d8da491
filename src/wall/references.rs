//! Names that lead from file to file: followed, or reported where they stand.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    library::InForce,
    problem::{Noun, Problem},
};
use crate::{
    diagnostic::{Diagnostic, Source},
    document::nearest,
    item::{Item, Level},
    playlist::{PlaySource, Playlist, Reference, Zones},
    site::{Site, ZoneKind},
    stage::Templates,
};

/// What a play names as its column where it means every folder that nobody else plays.
pub(super) const EVERY: &str = "*";

/// All that can be referred to, and the references that led nowhere.
pub(super) struct References<'a> {
    site: &'a Site,
    templates: &'a Templates,
    items: BTreeMap<&'a str, &'a Arc<Item>>,
    in_path_order: Vec<&'a Arc<Item>>,
    /// The items of each column and of the columns below it, in path order.
    by_column: BTreeMap<&'a str, Vec<&'a Arc<Item>>>,
    /// The columns of which playlists speak, by themselves or by an item of theirs.
    spoken_of: BTreeSet<&'a str>,
    problems: Vec<Diagnostic>,
    /// Whether there is no item at all, which is told by itself.
    is_without_items: bool,
}

impl<'a> References<'a> {
    /// The references of `files`, whose items are `items`, each in its column.
    pub(super) fn new(site: &'a Site, files: &'a InForce, items: &'a [Arc<Item>]) -> Self {
        let mut references = Self {
            site,
            templates: &files.templates,
            items: BTreeMap::new(),
            in_path_order: Vec::new(),
            by_column: BTreeMap::new(),
            spoken_of: BTreeSet::new(),
            problems: Vec::new(),
            is_without_items: files.is_without_items(),
        };
        items.iter().for_each(|item| references.enter(item));
        references.spoken_of = references.find_spoken_of(files);
        for (playlist, source) in &files.playlists {
            references.check_places(playlist, source);
            references.check_plays(playlist, source);
        }
        references.check_scenes();
        references
    }

    /// The items in force, in path order; of two with one identity the first.
    pub(super) fn items(&self) -> impl Iterator<Item = &'a Arc<Item>> {
        self.in_path_order.iter().copied()
    }

    pub(super) fn into_problems(self) -> Vec<Diagnostic> {
        self.problems
    }

    /// The item that is meant.
    pub(super) fn item(&self, reference: &Reference) -> Option<&'a Arc<Item>> {
        self.items.get(&*reference.name).copied()
    }

    /// The items of the column that is meant and of the columns below it, in path order; `None` without such a column.
    pub(super) fn column(&self, reference: &Reference) -> Option<Vec<&'a Arc<Item>>> {
        if &*reference.name == EVERY {
            return Some(self.rest());
        }
        let column = self.site.column_named(&reference.name)?;
        Some(self.by_column.get(&*column.id).cloned().unwrap_or_default())
    }

    /// The items of all columns of which no playlist speaks, and what is urgent in the others, in path order.
    fn rest(&self) -> Vec<&'a Arc<Item>> {
        let is_rest = |item: &&&Arc<Item>| {
            let mut columns = self.site.lineage(&item.column);
            item.level == Some(Level::Alert)
                || !item.column.is_empty() && !columns.any(|column| self.spoken_of.contains(&*column.id))
        };
        self.in_path_order.iter().filter(is_rest).copied().collect()
    }

    fn find_spoken_of(&self, files: &'a InForce) -> BTreeSet<&'a str> {
        let plays = files.playlists.iter().flat_map(|(playlist, _)| &playlist.plays);
        let columns = plays.filter_map(|play| match &play.source {
            PlaySource::Item(reference) => self.item(reference).map(|item| &*item.column),
            PlaySource::Column { column, .. } => self.site.column_named(&column.name).map(|column| &*column.id),
            PlaySource::Clock => None,
        });
        columns.collect()
    }

    fn enter(&mut self, item: &'a Arc<Item>) {
        if let Some(first) = self.items.get(&*item.id) {
            let problem = Problem::Duplicate {
                id: Arc::clone(&item.id),
                first: Arc::clone(&first.file),
            };
            self.problems
                .push(Diagnostic::of_file(Arc::clone(&item.file), &problem));
            return;
        }
        if item.column.is_empty() {
            self.problems
                .push(Diagnostic::of_file(Arc::clone(&item.file), &Problem::NoColumn));
        }
        if let Some(scene) = item.scene.as_ref().filter(|name| self.templates.get(name).is_none()) {
            let problem = self.stray_scene(scene);
            self.problems
                .push(Diagnostic::of_file(Arc::clone(&item.file), &problem));
        }
        self.items.insert(&item.id, item);
        self.in_path_order.push(item);
        self.file_under_columns(item);
    }

    /// Reports the screens and zones of a playlist that are not there.
    fn check_places(&mut self, playlist: &Playlist, source: &Source) {
        let site = self.site;
        let screens: Vec<&str> = site.screens.iter().map(|screen| &*screen.id).collect();
        for screen in playlist.screens.iter().flatten() {
            if !screens.contains(&&*screen.name) {
                self.dangling(source, screen, Noun::Screen, &screens);
            }
        }
        let Zones::Named(named) = &playlist.zones else { return };
        let zones: Vec<&str> = site
            .screens
            .iter()
            .flat_map(|screen| &screen.zones)
            .map(|zone| &*zone.id)
            .collect();
        for zone in named {
            if !zones.contains(&&*zone.name) {
                self.dangling(source, zone, Noun::Zone, &zones);
            }
        }
        let known = |list: &[Reference], all: &[&str]| list.iter().all(|one| all.contains(&&*one.name));
        let all_known = known(named, &zones) && playlist.screens.as_ref().is_none_or(|list| known(list, &screens));
        if all_known && !self.lands(playlist, named) {
            self.problems
                .push(Diagnostic::of_file(Arc::clone(&playlist.file), &Problem::Nowhere));
        }
    }

    /// Reports the items and columns of a playlist that are not there.
    fn check_plays(&mut self, playlist: &Playlist, source: &Source) {
        for play in &playlist.plays {
            match &play.source {
                PlaySource::Item(reference) if self.item(reference).is_none() && !self.is_without_items => {
                    let names: Vec<&str> = self.items.keys().copied().collect();
                    self.dangling(source, reference, Noun::Item, &names);
                }
                PlaySource::Column { column, .. }
                    if &*column.name != EVERY && self.site.column_named(&column.name).is_none() =>
                {
                    let columns = &self.site.columns;
                    let names: Vec<&str> = columns
                        .iter()
                        .flat_map(|column| [&*column.id, &*column.title])
                        .collect();
                    self.dangling(source, column, Noun::Column, &names);
                }
                PlaySource::Clock => self.check_clock(playlist),
                _ => {}
            }
        }
    }

    /// Reports a clock that is to play in a ticker.
    fn check_clock(&mut self, playlist: &Playlist) {
        let Zones::Named(named) = &playlist.zones else { return };
        let mut zones = self.site.screens.iter().flat_map(|screen| &screen.zones);
        let ticker = zones.find(|zone| zone.kind == ZoneKind::Ticker && named.iter().any(|name| name.name == zone.id));
        if let Some(zone) = ticker {
            let problem = Problem::ClockInTicker(Arc::clone(&zone.id));
            self.problems
                .push(Diagnostic::of_file(Arc::clone(&playlist.file), &problem));
        }
    }

    fn lands(&self, playlist: &Playlist, zones: &[Reference]) -> bool {
        let plays_on = |id: &str| {
            let screens = playlist.screens.as_ref();
            screens.is_none_or(|screens| screens.iter().any(|screen| &*screen.name == id))
        };
        let mut screens = self.site.screens.iter().filter(|screen| plays_on(&screen.id));
        screens.any(|screen| {
            screen
                .zones
                .iter()
                .any(|zone| zones.iter().any(|named| named.name == zone.id))
        })
    }

    /// Reports the scenes that `site.toml` names and that are not there.
    fn check_scenes(&mut self) {
        let zones = self
            .site
            .screens
            .iter()
            .flat_map(|screen| &screen.zones)
            .filter_map(|zone| zone.scene.as_ref());
        let columns = self.site.columns.iter().filter_map(|column| column.scene.as_ref());
        let names: BTreeSet<&Arc<str>> = zones.chain(columns).collect();
        for name in names {
            if self.templates.get(name).is_none() {
                let problem = self.no_scene(name);
                self.problems
                    .push(Diagnostic::of_file(super::kind::SITE.into(), &problem));
            }
        }
    }

    /// An item without its own scene plays all the same.
    fn stray_scene(&self, name: &Arc<str>) -> Problem {
        let names: Vec<&str> = self.templates.names().map(|name| &**name).collect();
        Problem::StrayScene {
            name: Arc::clone(name),
            nearest: nearest(name, names.iter().copied()).map(Into::into),
            known: names.join("、"),
        }
    }

    fn no_scene(&self, name: &Arc<str>) -> Problem {
        let names: Vec<&str> = self.templates.names().map(|name| &**name).collect();
        Problem::Dangling {
            noun: Noun::Scene,
            name: Arc::clone(name),
            nearest: nearest(name, names).map(Into::into),
        }
    }

    /// Files the item under its column and all columns above that. The site's reader has made sure that parents do not run in a
    /// circle.
    fn file_under_columns(&mut self, item: &'a Arc<Item>) {
        let mut at = Some(&*item.column);
        while let Some(id) = at {
            self.by_column.entry(id).or_default().push(item);
            at = self.site.column(id).and_then(|column| column.parent.as_deref());
        }
    }

    fn dangling(&mut self, source: &Source, reference: &Reference, noun: Noun, names: &[&str]) {
        let problem = Problem::Dangling {
            noun,
            name: Arc::clone(&reference.name),
            nearest: nearest(&reference.name, names.iter().copied()).map(Into::into),
        };
        self.problems
            .push(Diagnostic::at(source, reference.span.clone(), &problem));
    }
}
