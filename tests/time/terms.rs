//! From when until when an item is in force.

use super::{
    civil::DAY,
    days::{Days, Opening, Purpose},
    model::{Holiday, Item, Kind, Lifetime, Posting},
};

/// How far a greeting that comes before its holiday looks ahead, in days.
const EVE: i64 = 15;

/// How far the next lit day is sought.
const DARK: i64 = 400;

/// No working day is farther than that.
const WORKLESS: i64 = 3660;

/// From the first instant until before the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) from: Option<i64>,
    pub(super) until: Option<i64>,
}

impl Term {
    pub(super) fn holds(&self, instant: i64) -> bool {
        self.from.is_none_or(|from| from <= instant) && self.until.is_none_or(|until| instant < until)
    }
}

impl Days<'_> {
    pub(super) fn term(&self, item: &Item) -> Term {
        let from = item.from.or(item.published);
        Term {
            from: from.map(|from| self.zone.instant(from.begin())),
            until: match self.zero(item) {
                Some(zero) => Some(zero.min(self.own_end(item).unwrap_or(zero))),
                None => self.end(item),
            },
        }
    }

    /// A countdown leaves at zero, a date alone at its 00:00; the column's lifetime has no say then.
    fn zero(&self, item: &Item) -> Option<i64> {
        Some(self.zone.instant(item.countdown?.begin()))
    }

    /// What the item itself says of its end, a countdown aside.
    fn own_end(&self, item: &Item) -> Option<i64> {
        match (item.until, item.posting) {
            (Some(until), _) => Some(self.zone.instant(until.end())),
            (None, Some(posting)) => self.posted_until(posting, item.published?.begin()),
            (None, None) => None,
        }
    }

    fn end(&self, item: &Item) -> Option<i64> {
        if item.until.is_some() || item.posting.is_some() {
            return self.own_end(item);
        }
        let published = item.published.or(item.from)?.begin();
        let day = published.div_euclid(DAY);
        match self.lifetime(item.column) {
            Lifetime::Forever => None,
            Lifetime::Days(days) => Some(self.day_end(day + days)),
            Lifetime::Holiday => Some(self.day_end(self.holiday_end(day))),
            Lifetime::Day => {
                let day = self.counts_as_of(published);
                Some(self.lit_until(day).unwrap_or_else(|| self.day_end(day)))
            }
        }
    }

    /// The column's own, or that of the next above it.
    fn lifetime(&self, column: usize) -> Lifetime {
        let way = self.site.way_up(column);
        let mut written = way.iter().filter_map(|column| self.site.columns[*column].lifetime);
        written.next().unwrap_or(Lifetime::Days(30))
    }

    fn day_end(&self, day: i64) -> i64 {
        self.zone.midnight(day + 1)
    }

    fn posted_until(&self, posting: Posting, published: i64) -> Option<i64> {
        let day = self.counts_as_of(published);
        let first = if posting.same_day { day } else { day + 1 };
        // A day that the zone leaves out is worked by nobody. Overtime makes no working day.
        let working = (first..first + WORKLESS).filter(|day| self.kind(*day) == Kind::Workday && self.zone.has(*day));
        working.skip(posting.days - 1).map(|day| self.day_end(day)).next()
    }

    /// The last day of the holiday that holds `day`, or of the next one; of the search, where none is near.
    fn holiday_end(&self, day: i64) -> i64 {
        for near in day..=day + EVE {
            if let Some(holiday) = self.holiday(near) {
                return self.run_end(near, holiday);
            }
            if self.festival(near).is_some() {
                return near;
            }
        }
        day + EVE
    }

    /// The last day of a run of days off that go by one name.
    fn run_end(&self, day: i64, holiday: &Holiday) -> i64 {
        let mut last = day;
        while self.holiday(last + 1).is_some_and(|next| next.names == holiday.names) {
            last += 1;
        }
        last
    }

    /// The day as of which counts what is published then: the first whose lit hours are not over.
    fn counts_as_of(&self, published: i64) -> i64 {
        let (day, instant) = (published.div_euclid(DAY), self.zone.instant(published));
        let mut days = (day..day + DARK).filter(|day| self.lit_until(*day).is_some_and(|until| instant < until));
        days.next().unwrap_or(day)
    }

    /// When the last of the screens goes dark that is lit by the hours of the day.
    fn lit_until(&self, day: i64) -> Option<i64> {
        let mut openings: Vec<Opening> = Vec::new();
        for screen in &self.site.screens {
            if screen.lit.is_empty() {
                return self.zone.has(day).then(|| self.day_end(day));
            }
            for window in screen.lit.iter().filter(|lit| self.opens(lit, day, Purpose::Light)) {
                openings.extend(window.hours.iter().filter_map(|hours| self.opening(day, *hours)));
            }
        }
        let overtime = self.site.calendar.overtime.iter();
        let extra = overtime.filter(|overtime| overtime.days.contains(&day));
        openings.extend(extra.filter_map(|overtime| self.opening(day, overtime.hours?)));
        openings.iter().map(|opening| opening.end).max()
    }
}
