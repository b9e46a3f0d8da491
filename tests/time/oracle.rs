//! What a site shows at any instant, worked out from its model alone, the plain way: ask every window, every item, every silence.

use super::{
    days::{Days, Opening, Purpose},
    model::{ALERT, Order, Site, Source, Stamp, Stretch, WHOLE, Window},
    terms::Term,
    tzif::Zone,
};

/// An opening that holds an instant of a day is named by none more than so many days before: where a zone leaves out a day, what
/// is named by the day before reaches over it.
const BEFORE: i64 = 4;

/// The openings of one stretch, one or none for each day from the first on.
type Openings = Vec<Option<Opening>>;

pub(super) struct Oracle<'a> {
    pub(super) site: &'a Site,
    pub(super) days: Days<'a>,
    /// Of each item.
    pub(super) terms: Vec<Term>,
    /// The first day whose openings are listed.
    first: i64,
    /// Of each playlist, of each stretch of each of its windows, in the order written.
    pub(super) open: Vec<Vec<Openings>>,
    /// Of each screen, by stretch of its windows.
    lit: Vec<Vec<Openings>>,
    /// By overtime with hours of its own.
    extra: Vec<Openings>,
    silences: Vec<Openings>,
    works: Vec<(i64, i64)>,
    /// Of each playlist, of each play, its items in order.
    orders: Vec<Vec<Vec<usize>>>,
    /// Of each item, whether it is off on solemn days.
    festive: Vec<bool>,
}

/// Why a screen is dark, with what it may be called: where two silences fall together, by either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dark {
    Silence(Vec<String>),
    Maintenance(Vec<String>),
    Holiday(String),
    Hours,
}

/// What one screen is to show.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) dark: Option<Dark>,
    /// Whether an alert lights it nevertheless.
    pub(super) alarm: bool,
    /// Of each track, its tiers from the highest down.
    pub(super) tracks: Vec<Vec<Tier>>,
}

/// The playlists of one priority in one track.
#[derive(Clone, Debug)]
pub(super) struct Tier {
    pub(super) priority: usize,
    /// What would show something else at once where it changes: which playlists are open, and whether what is festive is off.
    pub(super) edge: (u64, bool),
    /// Of each playlist, the items that may be on: a bit each.
    pub(super) items: Vec<(usize, u64)>,
}

impl Tier {
    pub(super) fn is_empty(&self) -> bool {
        self.items.iter().all(|(_, items)| *items == 0)
    }

    pub(super) fn has(&self, playlist: usize, item: usize) -> bool {
        self.items
            .iter()
            .any(|(list, items)| *list == playlist && items >> item & 1 == 1)
    }
}

impl<'a> Oracle<'a> {
    /// For all instants of the days from `first` to before `end`.
    pub(super) fn new(site: &'a Site, zone: &'a Zone, first: i64, end: i64) -> Self {
        let days = Days { site, zone };
        let named = first - BEFORE..end + 2;
        let stretch = |hours: Stretch, opens: &dyn Fn(i64) -> bool| -> Openings {
            let day = |day| opens(day).then(|| days.opening(day, hours)).flatten();
            named.clone().map(day).collect()
        };
        let windows = |windows: &[Window], purpose| -> Vec<Openings> {
            let stretches = windows.iter().flat_map(|window| {
                let hours = window.hours.iter();
                hours.map(|hours| stretch(*hours, &|day| days.opens(window, day, purpose)))
            });
            stretches.collect()
        };
        let calendar = &site.calendar;
        let overtime = calendar.overtime.iter();
        Self {
            site,
            days,
            terms: site.items.iter().map(|item| days.term(item)).collect(),
            first: named.start,
            open: site
                .playlists
                .iter()
                .map(|list| windows(&list.windows, Purpose::Play))
                .collect(),
            lit: site
                .screens
                .iter()
                .map(|screen| windows(&screen.lit, Purpose::Light))
                .collect(),
            extra: overtime
                .filter_map(|overtime| Some(stretch(overtime.hours?, &|day| overtime.days.contains(&day))))
                .collect(),
            silences: calendar
                .silences
                .iter()
                .map(|silence| stretch(silence.hours, &|day| silence.days.iter().any(|on| on.is(day))))
                .collect(),
            works: calendar
                .works
                .iter()
                .map(|work| (zone.instant(work.from.begin()), zone.instant(work.until.end())))
                .collect(),
            orders: site
                .playlists
                .iter()
                .map(|list| list.plays.iter().map(|play| order(site, &play.source)).collect())
                .collect(),
            festive: (0..site.items.len())
                .map(|item| {
                    let way = site.way_up(site.items[item].column);
                    way.iter().any(|column| site.columns[*column].festive)
                })
                .collect(),
        }
    }

    /// Every instant of the day at which anything may change, from its first second on.
    pub(super) fn edges(&self, day: i64) -> Vec<i64> {
        let (start, end) = (self.days.zone.midnight(day), self.days.zone.midnight(day + 1));
        let mut edges = vec![start];
        let all = self.open.iter().chain(&self.lit).flatten();
        for openings in all.chain(&self.extra).chain(&self.silences) {
            edges.extend(
                self.near(openings, day)
                    .flat_map(|opening| [opening.start, opening.end]),
            );
        }
        edges.extend(self.works.iter().flat_map(|(from, until)| [*from, *until]));
        edges.extend(self.terms.iter().flat_map(|term| [term.from, term.until]).flatten());
        edges.extend(self.days.zone.changes(start, end).iter().map(|(period, _)| period.from));
        edges.retain(|edge| (start..end).contains(edge));
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    /// What the screen shows at an instant of that day.
    pub(super) fn at(&self, screen: usize, day: i64, instant: i64) -> Shown {
        let zones = self.site.screens[screen].zones.iter().chain([&WHOLE]);
        let tracks: Vec<Vec<Tier>> = zones.map(|zone| self.track(screen, zone, day, instant)).collect();
        let mut tiers = tracks.iter().flatten();
        Shown {
            dark: self.dark(screen, day, instant),
            alarm: tiers.any(|tier| tier.priority >= ALERT && !tier.is_empty()),
            tracks,
        }
    }

    /// Why the screen is dark at an instant of that day, alerts aside.
    pub(super) fn dark(&self, screen: usize, day: i64, instant: i64) -> Option<Dark> {
        let calendar = &self.site.calendar;
        let silences = self.silences.iter().zip(&calendar.silences);
        let kept: Vec<String> = silences
            .filter(|(openings, _)| self.is_open(openings, day, instant))
            .map(|(_, silence)| silence.name.clone())
            .collect();
        if !kept.is_empty() {
            return Some(Dark::Silence(kept));
        }
        let here = self.site.screens[screen].id;
        let works = self.works.iter().zip(&calendar.works);
        let worked: Vec<String> = works
            .filter(|((from, until), _)| *from <= instant && instant < *until)
            .filter(|(_, work)| work.screens.is_empty() || work.screens.contains(&here))
            .map(|(_, work)| work.name.clone())
            .collect();
        if !worked.is_empty() {
            return Some(Dark::Maintenance(worked));
        }
        let lit = &self.site.screens[screen].lit;
        let mut hours = self.lit[screen].iter().chain(&self.extra);
        if lit.is_empty() || hours.any(|openings| self.is_open(openings, day, instant)) {
            return None;
        }
        let is_holiday = self.days.kind_for(day, Purpose::Light) == super::model::Kind::Holiday;
        let kept_closed = |window: &Window| {
            self.days.opens_but_for_kind(window, day) && !self.days.opens(window, day, Purpose::Light)
        };
        match self.days.holiday(day) {
            Some(holiday) if is_holiday && lit.iter().any(kept_closed) => Some(Dark::Holiday(holiday.name())),
            _ => Some(Dark::Hours),
        }
    }

    fn track(&self, screen: usize, zone: &str, day: i64, instant: i64) -> Vec<Tier> {
        let here = self.site.screens[screen].id;
        let lists = self.site.playlists.iter().enumerate();
        let lists: Vec<_> = lists
            .filter(|(_, list)| list.screens.contains(&here) && list.zones.contains(&zone))
            .collect();
        let solemn = self.days.is_solemn(day);
        let tiers = (0..super::model::PRIORITIES.len()).rev().map(|priority| {
            let mut tier = Tier {
                priority,
                edge: (0, false),
                items: Vec::new(),
            };
            for (number, list) in lists.iter().filter(|(_, list)| list.priority == priority) {
                let open = list.windows.is_empty()
                    || self.open[*number]
                        .iter()
                        .any(|openings| self.is_open(openings, day, instant));
                let has_festive = self.orders[*number].iter().flatten().any(|item| self.festive[*item]);
                tier.edge.0 |= u64::from(open) << number;
                tier.edge.1 |= has_festive && solemn;
                let items = if open {
                    self.playing(*number, solemn, instant)
                } else {
                    0
                };
                tier.items.push((*number, items));
            }
            tier
        });
        tiers.filter(|tier| !tier.items.is_empty()).collect()
    }

    /// The items that an open playlist plays.
    fn playing(&self, list: usize, solemn: bool, instant: i64) -> u64 {
        let mut playing = 0;
        for (play, items) in self.site.playlists[list].plays.iter().zip(&self.orders[list]) {
            let in_force = items
                .iter()
                .filter(|item| self.terms[**item].holds(instant) && !(solemn && self.festive[**item]));
            let limit = match play.source {
                Source::Column { limit, .. } => limit.unwrap_or(usize::MAX),
                Source::Item(_) => usize::MAX,
            };
            in_force.take(limit).for_each(|item| playing |= 1 << item);
        }
        playing
    }

    /// Of the openings of a stretch, those that may hold an instant of that day.
    pub(super) fn near<'o>(&self, openings: &'o Openings, day: i64) -> impl Iterator<Item = &'o Opening> {
        let at = usize::try_from(day - BEFORE - self.first).expect("the day is within the oracle's");
        openings[at..at + BEFORE as usize + 2].iter().flatten()
    }

    fn is_open(&self, openings: &Openings, day: i64, instant: i64) -> bool {
        self.near(openings, day).any(|opening| opening.holds(instant))
    }
}

/// The items of a play, in the order in which its limit counts them.
fn order(site: &Site, source: &Source) -> Vec<usize> {
    let (column, order) = match source {
        Source::Item(item) => return vec![*item],
        Source::Column { column, order, .. } => (*column, *order),
    };
    let below = |item: &usize| site.way_up(site.items[*item].column).contains(&column);
    let mut items: Vec<usize> = (0..site.items.len()).filter(below).collect();
    let published = |item: &usize| {
        let item = &site.items[*item];
        item.published.or(item.from).map(Stamp::begin)
    };
    // Those of one time stay in path order; the undated are older than all.
    match order {
        Order::Path => {}
        Order::Oldest => items.sort_by_key(published),
        Order::Newest => items.sort_by_key(|item| std::cmp::Reverse(published(item).unwrap_or(i64::MAX))),
    }
    items
}
