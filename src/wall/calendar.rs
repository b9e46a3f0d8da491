//! The calendar that all files under `calendar/` make together, and the names that lead to it.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use super::{
    kind::SITE,
    library::InForce,
    problem::{Noun, Problem},
};
use crate::{
    calendar::{Calendar, When},
    diagnostic::{Diagnostic, Source},
    document::nearest,
    playlist::Reference,
    site::Site,
};

/// The site's calendar. What the files contradict each other in, and the names that lead nowhere, are added to `problems`.
pub(super) fn calendar(site: &Site, files: &InForce, problems: &mut Vec<Diagnostic>) -> Calendar {
    let mut calendar = Calendar::plain(site.timezone.clone());
    let mut sources = BTreeMap::new();
    for (almanac, source) in &files.almanacs {
        for (holiday, conflict) in almanac.enter(source.file(), &mut calendar, &mut sources) {
            problems.push(Diagnostic::at(source, holiday.span.clone(), &conflict));
        }
        check_screens(site, almanac, source, problems);
    }
    check_playlists(&calendar, files, problems);
    check_light(&calendar, site, problems);
    calendar
}

/// Reports screens that a maintenance names and that are not there.
fn check_screens(site: &Site, almanac: &crate::almanac::Almanac, source: &Source, problems: &mut Vec<Diagnostic>) {
    let named = almanac.maintenance.iter().flat_map(|work| &work.screens);
    for screen in named.filter(|screen| site.screen(screen).is_none()) {
        let names = site.screens.iter().map(|screen| &*screen.id);
        let problem = dangling(Noun::Screen, screen, names);
        problems.push(Diagnostic::of_file(Arc::clone(source.file()), &problem));
    }
}

fn check_playlists(calendar: &Calendar, files: &InForce, problems: &mut Vec<Diagnostic>) {
    for (playlist, source) in &files.playlists {
        let mut report = |noun, reference: &Reference, names: &[&str]| {
            let problem = dangling(noun, &reference.name, names.iter().copied());
            problems.push(Diagnostic::at(source, reference.span.clone(), &problem));
        };
        for season in &playlist.seasons {
            if !seasons(calendar).any(|name| name == &*season.name) {
                report(Noun::Season, season, &seasons(calendar).collect::<Vec<_>>());
            }
        }
        for holiday in &playlist.holidays {
            if !holidays(calendar).any(|name| name == &*holiday.name) {
                report(Noun::Holiday, holiday, &holidays(calendar).collect::<Vec<_>>());
            }
        }
    }
}

fn check_light(calendar: &Calendar, site: &Site, problems: &mut Vec<Diagnostic>) {
    let windows: Vec<&When> = site.screens.iter().flat_map(|screen| &screen.lit).collect();
    let named = |noun, name: &Arc<str>| (noun, Arc::clone(name));
    let lost_seasons = windows
        .iter()
        .filter_map(|window| window.season.as_ref())
        .filter(|name| !seasons(calendar).any(|known| known == &***name))
        .map(|name| named(Noun::Season, name));
    let lost_holidays = windows
        .iter()
        .flat_map(|window| &window.holidays)
        .filter(|name| !holidays(calendar).any(|known| known == &***name))
        .map(|name| named(Noun::Holiday, name));
    let mut lost: Vec<(Noun, Arc<str>)> = lost_seasons.chain(lost_holidays).collect();
    lost.dedup();
    for (noun, name) in lost {
        let problem = match noun {
            Noun::Season => dangling(noun, &name, seasons(calendar)),
            _ => dangling(noun, &name, holidays(calendar)),
        };
        problems.push(Diagnostic::of_file(SITE.into(), &problem));
    }
}

/// How many days before they end it is told that the known holidays come to an end.
const NOTICE: i32 = 60;

/// Whether the statutory holidays that `calendar` knows come to an end soon, seen from `today`; only where working days matter.
pub(super) fn outlook(calendar: &Calendar, matters: bool, today: Date) -> Option<Diagnostic> {
    let until = calendar.known_until();
    let left = until.map_or(-1, |until| (until - today).get_days());
    if !matters || left >= NOTICE {
        return None;
    }
    let year = until.map_or_else(|| today.year(), |until| until.year() + 1);
    let problem = Problem::HolidaysEnd { until, left, year };
    Some(Diagnostic::of_file(format!("calendar/CN-{year}.toml").into(), &problem))
}

fn seasons(calendar: &Calendar) -> impl Iterator<Item = &str> {
    calendar.seasons.iter().map(|season| &*season.name)
}

/// The names of holidays and festivals, each as often as it has days.
fn holidays(calendar: &Calendar) -> impl Iterator<Item = &str> {
    let off = calendar.marks.values().filter(|mark| mark.is_off);
    let festivals = calendar.festivals.iter().map(|festival| &*festival.name);
    off.flat_map(|mark| mark.name.split('、')).chain(festivals)
}

fn dangling<'a>(noun: Noun, name: &Arc<str>, names: impl Iterator<Item = &'a str>) -> Problem {
    Problem::Dangling {
        noun,
        name: Arc::clone(name),
        nearest: nearest(name, names).map(Into::into),
    }
}
