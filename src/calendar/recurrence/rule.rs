//! A rule as a value: which days it admits, before anyone counts.

use std::fmt;

use jiff::civil::{Date, Weekday};

use super::{
    fault::RuleFault,
    ordinals::{Ordinals, Position},
    parse,
    scale::{Scale, Week},
};
use crate::calendar::Weekdays;

/// Which days recur, as a person writes it; see the table of [the module](super).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub(super) frequency: Frequency,
    /// 1 to 1000.
    pub(super) interval: u16,
    pub(super) end: End,
    pub(super) week_start: Weekday,
    pub(super) by: By,
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

impl Frequency {
    pub(super) const ALL: [Self; 4] = [Self::Daily, Self::Weekly, Self::Monthly, Self::Yearly];

    /// As a rule writes it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Daily => "DAILY",
            Self::Weekly => "WEEKLY",
            Self::Monthly => "MONTHLY",
            Self::Yearly => "YEARLY",
        }
    }

    /// The days of its longest period.
    pub(super) const fn longest(self) -> u16 {
        match self {
            Self::Daily => 1,
            Self::Weekly => 7,
            Self::Monthly => 31,
            Self::Yearly => 366,
        }
    }
}

impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What ends a recurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Never,
    /// So many occurrences.
    Count(u16),
    /// The last day on which there may be one.
    Until(Date),
}

/// The BY parts; those that are not written are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct By {
    pub(super) months: Option<Ordinals<1>>,
    pub(super) weeks: Option<Ordinals<1>>,
    pub(super) year_days: Option<Ordinals<6>>,
    pub(super) month_days: Option<Ordinals<1>>,
    pub(super) weekdays: Option<Counted>,
    pub(super) positions: Option<Ordinals<6>>,
}

/// The weekdays of `BYDAY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// Those of which every one is meant.
    pub(super) every: Weekdays,
    /// Which ones are meant of each weekday, Monday first.
    pub(super) nth: [Ordinals<1>; 7],
}

impl Rule {
    /// Reads a rule: `FREQ=…;…`, in capitals or not, with or without `RRULE:` before it, blanks around its signs.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, with its place in `text`.
    pub fn parse(text: &str) -> Result<Self, RuleFault> {
        parse::parse(text)
    }

    /// Whether its days depend on where it starts beyond there being none before: it counts periods or occurrences from there, or
    /// takes a day from there that it does not name itself.
    pub fn needs_start(&self) -> bool {
        self.interval > 1 || matches!(self.end, End::Count(_)) || self.leaves_open()
    }

    /// Whether it names no day within its period.
    fn leaves_open(&self) -> bool {
        let By {
            year_days,
            month_days,
            weekdays,
            ..
        } = &self.by;
        let names_days = year_days.is_some() || month_days.is_some() || weekdays.is_some();
        self.frequency != Frequency::Daily && !names_days
    }

    /// The same rule with what it leaves open taken from `start`.
    #[must_use]
    pub(super) fn completed(mut self, start: Date) -> Self {
        if !self.leaves_open() {
            return self;
        }
        let only = |number: i8| Some(Ordinals::NONE.with(i16::from(number)));
        let by = &mut self.by;
        if self.frequency == Frequency::Weekly || by.weeks.is_some() {
            by.weekdays = Some(Counted {
                every: Weekdays::NONE.with(start.weekday()),
                nth: [Ordinals::NONE; 7],
            });
            return self;
        }
        by.month_days = only(start.day());
        if self.frequency == Frequency::Yearly && by.months.is_none() {
            by.months = only(start.month());
        }
        self
    }

    /// The periods that it counts.
    pub(super) fn scale(&self) -> Scale {
        match self.frequency {
            Frequency::Daily => Scale::Days,
            Frequency::Weekly => Scale::Weeks(self.week_start),
            Frequency::Monthly => Scale::Months,
            Frequency::Yearly if self.by.weeks.is_some() => Scale::WeekYears(self.week_start),
            Frequency::Yearly => Scale::Years,
        }
    }

    /// Whether `date` satisfies every BY part but BYSETPOS. For whole days, to expand a period by parts and to limit it by them come to
    /// this same thing.
    pub(super) fn admits(&self, date: Date) -> bool {
        let By {
            months,
            weeks,
            year_days,
            month_days,
            weekdays,
            ..
        } = &self.by;
        months.is_none_or(|months| months.contains(month(date)))
            && month_days.is_none_or(|days| days.contains(day_of_month(date)))
            && weekdays
                .as_ref()
                .is_none_or(|weekdays| weekdays.contains(date, || self.counting(date)))
            && year_days.is_none_or(|days| days.contains(day_of_year(date)))
            && weeks.is_none_or(|weeks| weeks.contains(Week::of(date, self.week_start).position))
    }

    /// The place of `date` in the month or year in which weekdays are counted.
    fn counting(&self, date: Date) -> Position {
        if counts_in_months(self.frequency, self.by.months.is_some()) {
            day_of_month(date)
        } else {
            day_of_year(date)
        }
    }
}

/// Whether weekdays are counted in months rather than years.
pub(super) fn counts_in_months(frequency: Frequency, by_month: bool) -> bool {
    frequency == Frequency::Monthly || by_month
}

impl Counted {
    /// Whether `date` is meant; `position` gives its place in the month or year.
    fn contains(&self, date: Date, position: impl FnOnce() -> Position) -> bool {
        let weekday = date.weekday();
        if self.every.contains(weekday) {
            return true;
        }
        let nth = &self.nth[usize::from(weekday.to_monday_zero_offset().unsigned_abs())];
        *nth != Ordinals::NONE && nth.contains(position().of_sevenths())
    }
}

fn month(date: Date) -> Position {
    Position::of(small(date.month()), 12)
}

fn day_of_month(date: Date) -> Position {
    Position::of(small(date.day()), small(date.days_in_month()))
}

fn day_of_year(date: Date) -> Position {
    Position::of(date.day_of_year().unsigned_abs(), date.days_in_year().unsigned_abs())
}

fn small(number: i8) -> u16 {
    u16::from(number.unsigned_abs())
}
