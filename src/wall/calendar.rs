//! The calendar that all files under `calendar/` make together, and the names that lead to it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;

use super::{
    kind::SITE,
    library::InForce,
    problem::{Noun, Problem},
};
use crate::{
    calendar::Calendar,
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
    let names = Names::of(&calendar);
    check_playlists(&names, files, problems);
    check_light(&names, site, problems);
    calendar
}

/// Reports screens that a maintenance names and that are not there.
fn check_screens(site: &Site, almanac: &crate::almanac::Almanac, source: &Source, problems: &mut Vec<Diagnostic>) {
    let named = almanac.special.maintenance.iter().flat_map(|work| &work.screens);
    for screen in named.filter(|screen| site.screen(screen).is_none()) {
        let names = site.screens.iter().map(|screen| &*screen.id);
        let problem = dangling(Noun::Screen, screen, names);
        problems.push(Diagnostic::of_file(Arc::clone(source.file()), &problem));
    }
}

/// The names that windows may use.
struct Names<'a> {
    seasons: BTreeSet<&'a str>,
    holidays: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(calendar: &'a Calendar) -> Self {
        let off = calendar.marks.values().filter(|mark| mark.is_off);
        let festivals = calendar.special.festivals.iter().map(|festival| &*festival.name);
        let seasons = calendar.special.seasons.iter().map(|season| &*season.name);
        Self {
            seasons: seasons.collect(),
            holidays: off.flat_map(|mark| mark.name.split('、')).chain(festivals).collect(),
        }
    }

    fn no_season(&self, name: &Arc<str>) -> Option<Problem> {
        lost(Noun::Season, name, &self.seasons)
    }

    fn no_holiday(&self, name: &Arc<str>) -> Option<Problem> {
        lost(Noun::Holiday, name, &self.holidays)
    }
}

/// The problem of a name that is none of `known`.
fn lost(noun: Noun, name: &Arc<str>, known: &BTreeSet<&str>) -> Option<Problem> {
    let is_lost = !known.contains(&**name);
    is_lost.then(|| dangling(noun, name, known.iter().copied()))
}

fn check_playlists(names: &Names<'_>, files: &InForce, problems: &mut Vec<Diagnostic>) {
    for (playlist, source) in &files.playlists {
        let told = |reference: &Reference, problem: Option<Problem>| {
            Some(Diagnostic::at(source, reference.span.clone(), &problem?))
        };
        let seasons = playlist.seasons.iter();
        problems.extend(seasons.filter_map(|season| told(season, names.no_season(&season.name))));
        let holidays = playlist.holidays.iter();
        problems.extend(holidays.filter_map(|holiday| told(holiday, names.no_holiday(&holiday.name))));
    }
}

/// The same of the windows of light and of brightness; `site.toml` is told of each name once where they follow each other.
fn check_light(names: &Names<'_>, site: &Site, problems: &mut Vec<Diagnostic>) {
    let windows = || {
        let screens = site.screens.iter();
        screens.flat_map(|screen| screen.lit.iter().chain(screen.dimming.windows()))
    };
    let seasons = windows().filter_map(|window| names.no_season(window.season.as_ref()?));
    let holidays = windows().flat_map(|window| &window.holidays);
    let holidays = holidays.filter_map(|holiday| names.no_holiday(holiday));
    let mut lost: Vec<Problem> = seasons.chain(holidays).collect();
    lost.dedup();
    problems.extend(lost.iter().map(|problem| Diagnostic::of_file(SITE.into(), problem)));
}

/// How many days before they end it is told that the known holidays come to an end.
const NOTICE: i32 = 60;

/// Whether the statutory holidays that `calendar` knows come to an end soon, seen from `today`; only where working days matter.
pub(super) fn outlook(calendar: &Calendar, matters: bool, today: Date) -> Option<Diagnostic> {
    let until = calendar.known_until(today);
    let left = until.map_or(-1, |until| (until - today).get_days());
    if !matters || left >= NOTICE {
        return None;
    }
    let year = until.map_or_else(|| today.year(), |until| today.year().max(until.year() + 1));
    let problem = Problem::HolidaysEnd { until, left, year };
    Some(Diagnostic::of_file(format!("calendar/CN-{year}.toml").into(), &problem))
}

fn dangling<'a>(noun: Noun, name: &Arc<str>, names: impl Iterator<Item = &'a str>) -> Problem {
    Problem::Dangling {
        noun,
        name: Arc::clone(name),
        nearest: nearest(name, names).map(Into::into),
    }
}
