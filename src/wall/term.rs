//! From when until when an item may show, and what decides that.

use std::{collections::HashMap, sync::Arc};

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, DateTime},
};

use crate::{
    calendar::{Calendar, Purpose},
    diagnostic::Bilingual,
    item::{Count, Counter, Item, Posting},
    site::{Lifetime, Site},
};

/// How many days ahead a holiday is sought for a greeting that comes before it.
const EVE: i32 = 15;

/// How many days ahead the next lit day is sought.
const DARK: i32 = 400;

/// From when until when an item may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The first instant; always, where there is none.
    pub from: Option<Timestamp>,
    /// The first instant after; never, where there is none.
    pub until: Option<Timestamp>,
    /// What decides the end.
    pub end: End,
}

/// What decides an item's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Nothing does: it is undated, or its column keeps things for good.
    Open,
    /// Its own `until`.
    Written,
    /// Its posting period, from the first to the last day that counts.
    Posting(Posting, Date, Date),
    /// So many days after its publication.
    Days(u16),
    /// The lit hours of that day.
    Day(Date),
    /// The holiday of that name, whose last day is given.
    Holiday(Arc<str>, Date),
    /// Its countdown has come to zero.
    Countdown,
    /// A newer version of it begins, in that file.
    Replaced(Arc<str>),
    /// No holiday is near: the last day on which one was looked for.
    NoHoliday(Date),
}

impl Term {
    /// Ends it at `at`, where the newer version `by` of it begins, unless it ends sooner.
    pub(super) fn end_with(&mut self, at: Timestamp, by: &Arc<str>) {
        if self.until.is_none_or(|until| at < until) {
            self.until = Some(at);
            self.end = End::Replaced(Arc::clone(by));
        }
    }

    /// The first and last day of its posting period.
    pub const fn period(&self) -> Option<(Date, Date)> {
        match &self.end {
            End::Posting(_, first, last) => Some((*first, *last)),
            _ => None,
        }
    }
}

impl End {
    /// In words: why it ends when it does.
    pub fn words(&self) -> Bilingual {
        match self {
            Self::Open => Bilingual::new("长期", "no end"),
            Self::Written => Bilingual::new("信息的“下屏”", "its own \"until\""),
            Self::Countdown => Bilingual::new("倒计时到零", "its countdown comes to zero"),
            Self::Posting(Posting::Between(..), first, last) => Bilingual::new(
                format!("公示期：{first} 至 {last}"),
                format!("its posting period: {first} to {last}"),
            ),
            Self::Posting(Posting::Days { days, count }, first, last) => {
                let since = counted(*count);
                Bilingual::new(
                    format!("公示{days}个工作日，{}起算：{first} 至 {last}", since.zh),
                    format!(
                        "posted for {days} working day(s) counted from {}: {first} to {last}",
                        since.en
                    ),
                )
            }
            Self::Days(days) => Bilingual::new(
                format!("栏目时效 {days} 天"),
                format!("{days} days, the column's lifetime"),
            ),
            Self::Day(date) => Bilingual::new(
                format!("栏目时效为当日：{date} 亮屏结束"),
                format!("the column's lifetime: the end of the lit hours of {date}"),
            ),
            Self::Holiday(name, last) => Bilingual::new(
                format!("栏目时效为节日：{name}，到 {last}"),
                format!("the column's lifetime: the holiday {name}, to {last}"),
            ),
            Self::Replaced(by) => Bilingual::new(format!("较新的版本 {by}"), format!("its newer version {by}")),
            Self::NoHoliday(last) => Bilingual::new(
                format!("栏目时效为节日，但 {EVE} 天之内没有节日：到 {last}"),
                format!("the column's lifetime is a holiday, but there is none within {EVE} days: to {last}"),
            ),
        }
    }
}

fn counted(count: Count) -> Bilingual {
    match count {
        Count::SameDay => Bilingual::new("当日", "the day of publication"),
        Count::NextDay => Bilingual::new("次日", "the day after publication"),
    }
}

/// Works terms out, and remembers when the site's days are lit.
pub(super) struct Terms<'a> {
    site: &'a Site,
    calendar: &'a Calendar,
    lit: HashMap<Date, Option<Timestamp>>,
}

impl<'a> Terms<'a> {
    pub(super) fn new(site: &'a Site, calendar: &'a Calendar) -> Self {
        Self {
            site,
            calendar,
            lit: HashMap::new(),
        }
    }

    /// The term of `item`.
    pub(super) fn of(&mut self, item: &Item) -> Term {
        let (until, end) = match self.zero(item) {
            Some(zero) => self.counted_down(item, zero),
            None => self.end(item),
        };
        Term {
            from: item.from.or(item.published).map(|civil| self.calendar.instant(civil)),
            until,
            end,
        }
    }

    /// When its countdown, if it has one, comes to zero.
    fn zero(&self, item: &Item) -> Option<Timestamp> {
        match item.counter {
            Some(Counter::Countdown(zero)) => Some(self.calendar.instant(zero)),
            Some(Counter::Days(_)) | None => None,
        }
    }

    /// A countdown is an end of its own, in place of the column's lifetime; what the item itself ends with may come sooner.
    fn counted_down(&mut self, item: &Item, zero: Timestamp) -> (Option<Timestamp>, End) {
        let has_own = item.until.is_some() || item.posting.is_some();
        let own = has_own.then(|| self.end(item));
        own.filter(|(until, _)| until.is_some_and(|until| until <= zero))
            .unwrap_or((Some(zero), End::Countdown))
    }

    fn end(&mut self, item: &Item) -> (Option<Timestamp>, End) {
        if let Some(until) = item.until {
            return (Some(self.calendar.instant(until)), End::Written);
        }
        if item.lasts {
            return (None, End::Open);
        }
        let Some(published) = item.published.or(item.from) else {
            return (None, End::Open);
        };
        if let Some(posting) = item.posting {
            return self.posting(posting, published);
        }
        match self.site.lifetime(&item.column) {
            Lifetime::Forever => (None, End::Open),
            Lifetime::Days(days) => {
                let last = published.date().checked_add(i32::from(days).days());
                let until = last.ok().map(|last| self.calendar.day(last).end);
                (until, End::Days(days))
            }
            Lifetime::Day => {
                let date = self.lit_day(published);
                let until = self.lit_until(date).unwrap_or_else(|| self.calendar.day(date).end);
                (Some(until), End::Day(date))
            }
            Lifetime::Holiday => {
                let end = self.holiday(published.date());
                let (End::Holiday(_, last) | End::NoHoliday(last)) = end else {
                    return (None, end);
                };
                (Some(self.calendar.day(last).end), end)
            }
        }
    }

    /// A period without a last day, for want of dates, has no end.
    fn posting(&mut self, posting: Posting, published: DateTime) -> (Option<Timestamp>, End) {
        let (days, count) = match posting {
            Posting::Days { days, count } => (days, count),
            Posting::Between(first, last) => {
                return (Some(self.calendar.day(last).end), End::Posting(posting, first, last));
            }
        };
        let day = self.lit_day(published);
        let counted = match count {
            Count::SameDay => Some(day),
            Count::NextDay => day.tomorrow().ok(),
        };
        let first = counted.and_then(|day| self.calendar.working_day(day, 1));
        let last = first.and_then(|first| self.calendar.working_day(first, days.into()));
        match (first, last) {
            (Some(first), Some(last)) => (Some(self.calendar.day(last).end), End::Posting(posting, first, last)),
            _ => (None, End::Open),
        }
    }

    /// The holiday that holds `date`, or the next one.
    fn holiday(&self, date: Date) -> End {
        let mut near = (0..=EVE).filter_map(|offset| date.checked_add(offset.days()).ok());
        for day in near.clone() {
            if let Some(name) = self.calendar.holiday(day) {
                let last = self.last_of(name, day);
                return End::Holiday(Arc::clone(name), last);
            }
            if let Some(festival) = self.calendar.festivals_on(day).next() {
                return End::Holiday(Arc::clone(&festival.name), day);
            }
        }
        End::NoHoliday(near.next_back().unwrap_or(date))
    }

    /// The last day in a row, from `day` on, that the holiday called `name` gives off.
    fn last_of(&self, name: &Arc<str>, day: Date) -> Date {
        let later = (0..).map_while(|offset: i32| day.checked_add(offset.days()).ok());
        let run = later.take_while(|day| self.calendar.holiday(*day) == Some(name));
        run.last().unwrap_or(day)
    }

    /// The day as of which something counts that was published then: that day, or, after its lit hours, the next lit one.
    fn lit_day(&mut self, published: DateTime) -> Date {
        let date = published.date();
        let instant = self.calendar.instant(published);
        let days = (0..DARK).filter_map(|offset| date.checked_add(offset.days()).ok());
        let mut lit = days.filter(|day| self.lit_until(*day).is_some_and(|until| instant < until));
        lit.next().unwrap_or(date)
    }

    /// When the last of the site's screens goes dark that is lit on `date`; `None` where none is.
    fn lit_until(&mut self, date: Date) -> Option<Timestamp> {
        let (site, calendar) = (self.site, self.calendar);
        *self.lit.entry(date).or_insert_with(|| lit_until(site, calendar, date))
    }
}

fn lit_until(site: &Site, calendar: &Calendar, date: Date) -> Option<Timestamp> {
    let day = calendar.day(date);
    if site.screens.iter().any(|screen| screen.lit.is_empty()) {
        return (!day.is_empty()).then_some(day.end);
    }
    let windows = site.screens.iter().flat_map(|screen| &screen.lit);
    let own = windows.filter_map(|window| window.occurrence(date, calendar, Purpose::Light));
    let overtime = calendar.special.overtime.iter();
    let extra = overtime.filter_map(|overtime| overtime.occurrence(date, &calendar.zone));
    own.chain(extra).map(|hours| hours.end).max()
}
