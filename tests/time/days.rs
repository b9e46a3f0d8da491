//! What a civil day is, and what opens on it.

use super::{
    civil,
    model::{Holiday, Kind, Site, Stretch, Window},
    tzif::Zone,
};

/// The days of a site in its zone.
#[derive(Clone, Copy)]
pub(super) struct Days<'a> {
    pub(super) site: &'a Site,
    pub(super) zone: &'a Zone,
}

/// One opening of a stretch, by the day that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    pub(super) day: i64,
    pub(super) start: i64,
    pub(super) end: i64,
}

impl Opening {
    pub(super) fn holds(&self, instant: i64) -> bool {
        self.start <= instant && instant < self.end
    }
}

/// What a window is for: overtime with hours of its own makes a working day for playlists only.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Play,
    Light,
}

impl<'a> Days<'a> {
    /// The holiday that gives the day off.
    pub(super) fn holiday(&self, day: i64) -> Option<&'a Holiday> {
        let mut holidays = self.site.calendar.holidays.iter();
        holidays.find(|holiday| holiday.from <= day && day <= holiday.until)
    }

    /// What the day is by law: what postings count.
    pub(super) fn kind(&self, day: i64) -> Kind {
        let mut holidays = self.site.calendar.holidays.iter();
        if self.holiday(day).is_some() {
            Kind::Holiday
        } else if holidays.any(|holiday| holiday.work.contains(&day)) || civil::weekday(day) < 5 {
            Kind::Workday
        } else {
            Kind::Weekend
        }
    }

    /// What the day is to a window.
    pub(super) fn kind_for(&self, day: i64, purpose: Purpose) -> Kind {
        for overtime in &self.site.calendar.overtime {
            if overtime.days.contains(&day) && (purpose == Purpose::Play || overtime.hours.is_none()) {
                return Kind::Workday;
            }
        }
        self.kind(day)
    }

    pub(super) fn is_solemn(&self, day: i64) -> bool {
        self.site.calendar.solemn.iter().flatten().any(|on| on.is(day))
    }

    /// The festival of the day.
    pub(super) fn festival(&self, day: i64) -> Option<&'static str> {
        let festivals = self.site.calendar.festivals.iter();
        let mut on = festivals.filter(|(_, on)| *on == civil::month_day(day));
        on.next().map(|(name, _)| *name)
    }

    /// Whether a window opens on the day.
    pub(super) fn opens(&self, window: &Window, day: i64, purpose: Purpose) -> bool {
        let kind = self.kind_for(day, purpose);
        self.opens_if(window, day, |asked| match asked {
            Kind::Off => kind != Kind::Workday,
            asked => kind == asked,
        })
    }

    /// Whether a window would open on the day if all kinds of days were alike to it.
    pub(super) fn opens_but_for_kind(&self, window: &Window, day: i64) -> bool {
        self.opens_if(window, day, |_| true)
    }

    fn opens_if(&self, window: &Window, day: i64, suits: impl Fn(Kind) -> bool) -> bool {
        if window.except.contains(&day) {
            return false;
        }
        if window.also.contains(&day) {
            return true;
        }
        let kind = window.kinds.is_empty() || window.kinds.iter().any(|kind| suits(*kind));
        let weekday = window.weekdays.is_empty() || window.weekdays.contains(&civil::weekday(day));
        let dates = window.from.is_none_or(|from| from <= day) && window.until.is_none_or(|until| day <= until);
        let rule = match (&window.rule, window.from) {
            (Some(rule), Some(from)) => rule.recurs(from, day),
            (None, _) => true,
            (Some(_), None) => panic!("a rule goes with a first date"),
        };
        let holiday = window.holidays.is_empty() || window.holidays.iter().any(|name| self.is_of(day, name));
        let season = window.season.is_none_or(|season| self.is_in(day, season));
        kind && weekday && dates && holiday && season && rule
    }

    /// Whether the day is one of the holiday or festival of that name.
    fn is_of(&self, day: i64, name: &str) -> bool {
        let festivals = &self.site.calendar.festivals;
        let is_off = self.holiday(day).is_some_and(|holiday| holiday.names.contains(&name));
        is_off
            || festivals
                .iter()
                .any(|(festival, on)| *festival == name && *on == civil::month_day(day))
    }

    /// Whether the day lies in the season of that name, whose last day is its own.
    fn is_in(&self, day: i64, name: &str) -> bool {
        let today = civil::month_day(day);
        let seasons = self.site.calendar.seasons.iter();
        let mut named = seasons.filter(|(season, ..)| *season == name);
        named.any(|(_, from, until)| {
            let (begun, not_over) = (*from <= today, today <= *until);
            if from <= until {
                begun && not_over
            } else {
                begun || not_over
            }
        })
    }

    /// What opens on the day for that stretch of it.
    pub(super) fn opening(&self, day: i64, (from, until): Stretch) -> Option<Opening> {
        if !self.zone.has(day) {
            return None;
        }
        let last_day = if until <= from { day + 1 } else { day };
        let (start, end) = (
            self.zone.instant(day * civil::DAY + from),
            self.zone.instant(last_day * civil::DAY + until),
        );
        (start < end).then_some(Opening { day, start, end })
    }
}
