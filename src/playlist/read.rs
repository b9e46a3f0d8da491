//! From the records of a playlist to a [`Playlist`].

use std::{collections::HashSet, sync::Arc};

use super::{Play, PlaySource, Playlist, Reference, Zones, fault::PlaylistFault, table as t};
use crate::document::{self, Field, Located, Record, kind::Name};

/// Everything is read before anything is given up, so that all problems are told.
pub(super) fn playlist(root: &Record<'_>, file: &str) -> Option<Playlist> {
    let title = root.get(&t::TITLE);
    let (priority, zones) = (root.get(&t::PRIORITY), zones(root));
    let screens = screens(root);
    let when: Vec<_> = root.tables(&t::WINDOWS).iter().map(document::when).collect();
    let when: Vec<_> = when.into_iter().flatten().collect();
    let plays: Vec<_> = root.tables(&t::PLAYS).iter().map(play).collect();
    let seasons = when.iter().filter_map(|window| window.season.clone());
    let holidays = when.iter().flat_map(|window| window.holidays.clone());
    Some(Playlist {
        seasons: seasons.map(reference).collect(),
        holidays: holidays.map(reference).collect(),
        file: file.into(),
        title: title.unwrap_or_else(|| stem(file).into()),
        priority: priority?,
        zones: zones?,
        screens,
        when: when.into_iter().flat_map(|window| window.when).collect(),
        plays: plays.into_iter().collect::<Option<_>>()?,
    })
}

/// The file's name without folders and extension.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".toml").unwrap_or(name)
}

fn zones(root: &Record<'_>) -> Option<Zones> {
    let names = root.get(&t::ZONES)?;
    tell_doubles(root, &names);
    match names.iter().find(|name| &*name.value == "*") {
        Some(_) if names.len() == 1 => Some(Zones::Whole),
        Some(star) => {
            root.problem_at(star.span.clone(), PlaylistFault::WholeAndParts);
            None
        }
        None => Some(Zones::Named(names.into_iter().map(reference).collect())),
    }
}

fn screens(root: &Record<'_>) -> Option<Vec<Reference>> {
    let names = root.get(&t::SCREENS)?;
    tell_doubles(root, &names);
    for star in names.iter().filter(|name| &*name.value == "*") {
        root.problem_at(star.span.clone(), PlaylistFault::NoSuchScreen);
    }
    Some(names.into_iter().map(reference).collect())
}

fn tell_doubles(root: &Record<'_>, names: &[Located<Arc<str>>]) {
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(&name.value) {
            root.problem_at(name.span.clone(), PlaylistFault::NamedTwice(name.value.to_string()));
        }
    }
}

fn play(record: &Record<'_>) -> Option<Play> {
    let source = source(record);
    let dwell = record.get(&t::DWELL);
    let (transition, weight) = (record.get(&t::TRANSITION), record.get(&t::WEIGHT));
    Some(Play {
        source: source?,
        dwell,
        transition: transition?,
        weight: u16::try_from(weight?).ok()?,
    })
}

/// What is to be played; exactly one thing.
fn source(record: &Record<'_>) -> Option<PlaySource> {
    let (item, column) = (record.get(&t::ITEM), record.get(&t::COLUMN));
    let clock = record.get(&t::CLOCK);
    let (order, limit) = (record.get(&t::ORDER), record.get(&t::LIMIT));
    let written = sources(record, clock);
    if written.len() > 1 {
        record.problem(PlaylistFault::SeveralSources(written));
        return None;
    }
    if written.is_empty() {
        record.absence(PlaylistFault::NoSource);
        return None;
    }
    if record.written(&t::COLUMN).is_none() {
        only_with_column(record, &t::ORDER);
        only_with_column(record, &t::LIMIT);
    }
    let whole_column = |column| {
        Some(PlaySource::Column {
            column: reference(column),
            order: order?,
            limit: limit.and_then(|limit| u32::try_from(limit).ok()),
        })
    };
    let clock = clock.filter(|clock| *clock).map(|_| PlaySource::Clock);
    item.map(|item| PlaySource::Item(reference(item)))
        .or_else(|| column.and_then(whole_column))
        .or(clock)
}

/// The things to play that are written, in order or not.
fn sources(record: &Record<'_>, clock: Option<bool>) -> Vec<&'static str> {
    let is_written = |field: &Field<Name>| record.written(field).map(|_| field.key);
    let clock = record
        .written(&t::CLOCK)
        .filter(|_| clock != Some(false))
        .map(|_| t::CLOCK.key);
    [is_written(&t::ITEM), is_written(&t::COLUMN), clock]
        .into_iter()
        .flatten()
        .collect()
}

fn only_with_column<K>(record: &Record<'_>, field: &Field<K>) {
    if let Some(span) = record.written(field) {
        let (key, alias) = (field.key, field.alias);
        record.problem_at(span, PlaylistFault::OnlyWithColumn { key, alias });
    }
}

fn reference(name: Located<Arc<str>>) -> Reference {
    Reference {
        name: name.value,
        span: name.span,
    }
}
