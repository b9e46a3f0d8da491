//! The office's calendar: what each civil day is, and what is not as usual on it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime, Weekday},
    tz::TimeZone,
};

use super::{DayClass, Festival, Occurrence, Overtime, Purpose, Special, span::instant_of};

/// Everything that is known of the site's days. Past what is known, Monday to Friday are working days.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The zone of all civil times.
    pub zone: TimeZone,
    /// The days that are not what their weekday says.
    pub marks: BTreeMap<Date, Mark>,
    /// The years for which the notice of statutory holidays is at hand.
    pub years: BTreeSet<i16>,
    /// What is not as usual.
    pub special: Special,
}

/// What a notice or the office says of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Off, or a make-up working day.
    pub is_off: bool,
    /// The holiday that it belongs to: 国庆节; of two that fall together 国庆节、中秋节.
    pub name: Arc<str>,
}

impl Calendar {
    /// A calendar of `zone` in which nothing is said of any day.
    pub fn plain(zone: TimeZone) -> Self {
        Self {
            zone,
            marks: BTreeMap::new(),
            years: BTreeSet::new(),
            special: Special::default(),
        }
    }

    /// What `date` is by law and by the office's own days off: what postings count.
    pub fn class(&self, date: Date) -> DayClass {
        match (self.marks.get(&date), date.weekday()) {
            (Some(mark), _) if mark.is_off => DayClass::Holiday,
            (Some(_), _) => DayClass::Workday,
            (None, Weekday::Saturday | Weekday::Sunday) => DayClass::Weekend,
            (None, _) => DayClass::Workday,
        }
    }

    /// Whether `date` counts as a working day.
    pub fn is_working(&self, date: Date) -> bool {
        self.class(date) == DayClass::Workday
    }

    /// What `date` is to a window. An overtime day is a working day to playlists; to a screen's light only where it has no hours of
    /// its own.
    pub fn class_for(&self, date: Date, purpose: Purpose) -> DayClass {
        let works =
            |overtime: &Overtime| overtime.is_on(date) && (purpose == Purpose::Play || overtime.hours.is_none());
        if self.special.overtime.iter().any(works) {
            DayClass::Workday
        } else {
            self.class(date)
        }
    }

    /// The holiday that gives `date` off, by name.
    pub fn holiday(&self, date: Date) -> Option<&Arc<str>> {
        let mark = self.marks.get(&date).filter(|mark| mark.is_off)?;
        Some(&mark.name)
    }

    /// Whether `date` belongs to the holiday or festival called `name`.
    pub fn is_festive(&self, date: Date, name: &str) -> bool {
        let is_off = self
            .holiday(date)
            .is_some_and(|names| names.split('、').any(|one| one == name));
        is_off || self.festivals_on(date).any(|festival| *festival.name == *name)
    }

    /// The festivals of `date`.
    pub fn festivals_on(&self, date: Date) -> impl Iterator<Item = &Festival> {
        let on = move |festival: &&Festival| festival.day == super::MonthDay::of(date);
        self.special.festivals.iter().filter(on)
    }

    /// Whether `date` lies in the season called `name`.
    pub fn is_in_season(&self, date: Date, name: &str) -> bool {
        let mut seasons = self.special.seasons.iter().filter(|season| *season.name == *name);
        seasons.any(|season| season.contains(date))
    }

    /// What makes `date` a solemn day, by name.
    pub fn solemn(&self, date: Date) -> Option<&Arc<str>> {
        let solemn = self.special.solemn.iter().find(|solemn| solemn.is_on(date))?;
        Some(&solemn.name)
    }

    /// The civil day `date` in real time.
    pub fn day(&self, date: Date) -> Occurrence {
        Occurrence::of_day(date, &self.zone)
    }

    /// The instant of a civil time: of one that clocks skip it is as much later as they skip, of one that comes twice the first.
    pub fn instant(&self, civil: DateTime) -> Timestamp {
        instant_of(civil, &self.zone)
    }

    /// The last day up to which statutory holidays are known without a gap, seen from `today`: in its year, else before it; `None` where
    /// no such year is known.
    pub fn known_until(&self, today: Date) -> Option<Date> {
        let mut year = *self.years.range(..=today.year()).next_back()?;
        while self.years.contains(&(year + 1)) {
            year += 1;
        }
        Date::new(year, 12, 31).ok()
    }

    /// The `count`-th working day from `first` on, `first` included; `None` where there is none in ten years. A day that the zone leaves
    /// out is worked by nobody.
    pub fn working_day(&self, first: Date, count: u32) -> Option<Date> {
        let days = (0..3660).map_while(|offset| first.checked_add(offset.days()).ok());
        let mut working = days.filter(|date| self.is_working(*date) && !self.day(*date).is_empty());
        working.nth(usize::try_from(count).ok()?.checked_sub(1)?)
    }
}
