//! What FREQ counts: days, weeks, months, years; each has a number, and days that belong to it.

use std::ops::Range;

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::ordinals::Position;

/// The day that has the number 0, a Monday.
const DAY_ZERO: Date = Date::constant(1, 1, 1);

/// A way of cutting time into periods, which have ascending numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// Single days.
    Days,
    /// Weeks that begin on that day.
    Weeks(Weekday),
    /// Months.
    Months,
    /// Years from 1 January.
    Years,
    /// Years of whole weeks that begin on that day.
    WeekYears(Weekday),
}

impl Scale {
    /// After how many periods the calendar is the same again, weekdays included: the Gregorian one after 400 years, which are 20,871
    /// whole weeks.
    pub(super) const fn cycle(self) -> i32 {
        match self {
            Self::Days => 146_097,
            Self::Weeks(_) => 20_871,
            Self::Months => 4800,
            Self::Years | Self::WeekYears(_) => 400,
        }
    }

    /// The number of the period to which `date` belongs.
    pub(super) fn index(self, date: Date) -> i32 {
        match self {
            Self::Days => number(date),
            Self::Weeks(start) => (number(date) - past_monday(start)).div_euclid(7),
            Self::Months => i32::from(date.year()) * 12 + i32::from(date.month()) - 1,
            Self::Years => i32::from(date.year()),
            Self::WeekYears(start) => Week::of(date, start).year,
        }
    }

    /// The days of period `index`, in order; those that no [`Date`] can say are left out.
    pub(super) fn days(self, index: i32) -> impl Iterator<Item = Date> + Clone {
        let Range { start, end } = self.numbers(index);
        let (start, end) = (start.max(number(Date::MIN)), end.min(number(Date::MAX) + 1));
        let length = usize::try_from(end - start).unwrap_or(0);
        let first = DAY_ZERO.saturating_add(start.days());
        std::iter::successors(Some(first), |date| date.tomorrow().ok()).take(length)
    }

    /// The numbers of the days of period `index`.
    fn numbers(self, index: i32) -> Range<i32> {
        match self {
            Self::Days => index..index + 1,
            Self::Weeks(start) => {
                let first = index * 7 + past_monday(start);
                first..first + 7
            }
            Self::Months => {
                let year = index.div_euclid(12);
                let month = usize::try_from(index.rem_euclid(12)).expect("a remainder is not negative");
                month_start(year, month)..month_start(year, month + 1)
            }
            Self::Years => year_start(index)..year_start(index + 1),
            Self::WeekYears(start) => week_year_start(index, start)..week_year_start(index + 1, start),
        }
    }
}

/// A week that begins on a given weekday, in its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Week {
    /// The calendar year in which it has at least four days.
    pub(super) year: i32,
    /// Its place in that year.
    pub(super) position: Position,
}

impl Week {
    /// The week of `date`, weeks beginning on `start`.
    pub(super) fn of(date: Date, start: Weekday) -> Self {
        // A week lies in the year of its fourth day, and is the nth of its year if that day is the nth of its weekday.
        let fourth = i32::from(date.day_of_year()) + 3 - i32::from(date.weekday().since(start));
        let year = i32::from(date.year());
        let (year, day) = if fourth < 1 {
            (year - 1, fourth + length_of(year - 1))
        } else if fourth > length_of(year) {
            (year + 1, fourth - length_of(year))
        } else {
            (year, fourth)
        };
        let small = |days: i32| u16::try_from(days).expect("a day of a year is from 1 to 366");
        let position = Position::of(small(day), small(length_of(year))).of_sevenths();
        Self { year, position }
    }
}

/// The number of `date`.
fn number(date: Date) -> i32 {
    year_start(i32::from(date.year())) + i32::from(date.day_of_year()) - 1
}

/// The number of 1 January of `year`.
const fn year_start(year: i32) -> i32 {
    let past = year - 1;
    365 * past + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400)
}

/// The number of the first day of a month of `year`; months from 0, and 12 is the next January.
fn month_start(year: i32, month: usize) -> i32 {
    /// The days of a common year before each month.
    const BEFORE: [i32; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
    let leap_day = if month >= 2 { length_of(year) - 365 } else { 0 };
    year_start(year) + BEFORE[month] + leap_day
}

/// The number of the first day of week one of `year`, which holds 4 January.
fn week_year_start(year: i32, start: Weekday) -> i32 {
    let fourth = year_start(year) + 3;
    fourth - (fourth - past_monday(start)).rem_euclid(7)
}

/// The days of `year`.
const fn length_of(year: i32) -> i32 {
    year_start(year + 1) - year_start(year)
}

/// How many days after Monday `weekday` is.
fn past_monday(weekday: Weekday) -> i32 {
    i32::from(weekday.to_monday_zero_offset())
}
