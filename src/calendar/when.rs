//! Windows of time, as written in `[[when]]` and `lit`.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Calendar, DayClasses, Occurrence, Recurrence, TimeOfDay, Weekdays, span::span};

/// One window: open on a day that satisfies every part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The classes of days on which it opens; any unless written.
    pub days: DayClasses,
    /// The holidays and festivals on whose days it opens, by name; none where it does not matter.
    pub holidays: Vec<Arc<str>>,
    /// The season in which it opens, by name.
    pub season: Option<Arc<str>>,
    /// The weekdays on which it opens; all seven unless written.
    pub weekdays: Weekdays,
    /// The rule by which its days recur; any day unless written.
    pub rule: Option<Recurrence>,
    /// The first date, included.
    pub from: Option<Date>,
    /// The last date, included, to 24:00.
    pub until: Option<Date>,
    /// Dates on which it opens besides, whatever the parts above say.
    pub also: Vec<Date>,
    /// Dates on which it does not open, whatever else says so.
    pub except: Vec<Date>,
    /// When it opens; 00:00 unless written.
    pub start: TimeOfDay,
    /// When it closes; 24:00 unless written. At or before `start`: on the next day, and the window is named by the day it opens.
    pub end: TimeOfDay,
}

/// What a window opens: overtime means something else to each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A playlist.
    Play,
    /// The light of a screen.
    Light,
}

impl Default for When {
    /// Every day, all day.
    fn default() -> Self {
        Self {
            days: DayClasses::ALL,
            holidays: Vec::new(),
            season: None,
            weekdays: Weekdays::ALL,
            rule: None,
            from: None,
            until: None,
            also: Vec::new(),
            except: Vec::new(),
            start: TimeOfDay::MIDNIGHT,
            end: TimeOfDay::DAY_END,
        }
    }
}

impl When {
    /// The opening that is named by the civil day `date`, if there is one.
    pub fn occurrence(&self, date: Date, calendar: &Calendar, purpose: Purpose) -> Option<Occurrence> {
        if !self.opens_on(date, calendar, purpose) {
            return None;
        }
        span(date, self.start, self.end, &calendar.zone)
    }

    /// Whether it would open on `date` but for the class of that day: what a holiday keeps closed.
    pub fn is_kept_by_class(&self, date: Date, calendar: &Calendar, purpose: Purpose) -> bool {
        !self.except.contains(&date)
            && !self.also.contains(&date)
            && self.is_within(date)
            && self.is_named(date, calendar)
            && !self.takes_class(date, calendar, purpose)
    }

    /// Whether dates and weekdays let it open on `date`, whatever kind of day that may be.
    pub fn may_open_on(&self, date: Date) -> bool {
        !self.except.contains(&date) && (self.also.contains(&date) || self.is_within(date))
    }

    fn opens_on(&self, date: Date, calendar: &Calendar, purpose: Purpose) -> bool {
        if self.except.contains(&date) {
            return false;
        }
        let is_meant = self.is_within(date) && self.is_named(date, calendar);
        self.also.contains(&date) || is_meant && self.takes_class(date, calendar, purpose)
    }

    fn is_within(&self, date: Date) -> bool {
        self.weekdays.contains(date.weekday())
            && self.from.is_none_or(|from| from <= date)
            && self.until.is_none_or(|until| date <= until)
            && self.rule.as_ref().is_none_or(|rule| rule.contains(date))
    }

    fn takes_class(&self, date: Date, calendar: &Calendar, purpose: Purpose) -> bool {
        self.days == DayClasses::ALL || self.days.contains(calendar.class_for(date, purpose))
    }

    /// Whether the day's holidays and season are those that it names, where it names any.
    fn is_named(&self, date: Date, calendar: &Calendar) -> bool {
        let season = self.season.as_ref();
        (self.holidays.is_empty() || self.holidays.iter().any(|name| calendar.is_festive(date, name)))
            && season.is_none_or(|season| calendar.is_in_season(date, season))
    }
}
