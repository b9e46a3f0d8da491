//! Random rules, read by the room and by the crate `rrule`, compared on every day of some decades.
//!
//! Where `rrule` departs from the RFC, [`Random::theirs`] tells it in other words what the RFC says, and [`Random::is_amiss`] leaves
//! out the few days that no words reach; each with the RFC's own.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use rrule::RRuleSet;

use super::{days, recurrence};

const NAMES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// How far the comparison goes, in years.
const HORIZON: i32 = 30;

/// The calendar is the same after 400 years, and `rrule` looks for days until the year 10000. Moved so close to that, it soon gives up
/// on rules that have none.
const SHIFT: i32 = 19 * 400;

/// A rule in pieces.
#[derive(Clone, Debug)]
struct Random {
    start: Date,
    frequency: &'static str,
    interval: u16,
    count: Option<u16>,
    /// Days after the start.
    until: Option<i32>,
    week_start: Option<usize>,
    months: Vec<i16>,
    weeks: Vec<i16>,
    year_days: Vec<i16>,
    month_days: Vec<i16>,
    /// Number, or 0 for every one, and weekday.
    weekdays: Vec<(i16, usize)>,
    positions: Vec<i16>,
}

impl Random {
    /// The rule without what ends it.
    fn text(&self) -> String {
        let mut parts = vec![format!("FREQ={}", self.frequency)];
        let mut add = |name: &str, values: Vec<String>| {
            if !values.is_empty() {
                parts.push(format!("{name}={}", values.join(",")));
            }
        };
        let numbers = |list: &[i16]| list.iter().map(ToString::to_string).collect();
        add("BYSETPOS", numbers(&self.positions));
        add("BYMONTH", numbers(&self.months));
        add("BYWEEKNO", numbers(&self.weeks));
        add("BYYEARDAY", numbers(&self.year_days));
        add("BYMONTHDAY", numbers(&self.month_days));
        add("BYDAY", self.weekdays.iter().map(counted).collect());
        add("WKST", Vec::from_iter(self.week_start.map(|day| NAMES[day].to_owned())));
        add("INTERVAL", vec![self.interval.to_string()]);
        parts.join(";")
    }

    /// The rule as the room reads it.
    fn ours(&self) -> String {
        let count = self.count.map(|count| format!(";COUNT={count}"));
        let until = self
            .until_date()
            .map(|date| format!(";UNTIL={}", date.strftime("%Y%m%d")));
        self.text() + &count.unwrap_or_default() + &until.unwrap_or_default()
    }

    fn until_date(&self) -> Option<Date> {
        self.until.map(|days| self.start + days.days())
    }

    fn horizon(&self) -> Date {
        self.start + HORIZON.years()
    }

    /// The days as `rrule` has them.
    fn theirs(&self) -> Vec<Date> {
        let mut told = self.clone();
        told.complete();
        told.add_weekdays_up();
        let start = told.whole_week();
        // Days before the start shall not be counted, so there the count is made here.
        let counted_there = self.count.filter(|_| start == self.start);
        let counted_here = self.count.filter(|_| start < self.start);
        let stamp = |date: Date| (date + SHIFT.years()).strftime("%Y%m%dT000000Z").to_string();
        let count = counted_there.map(|count| format!(";COUNT={count}")).unwrap_or_default();
        let until = self
            .until_date()
            .map(|date| format!(";UNTIL={}", stamp(date)))
            .unwrap_or_default();
        let text = format!("DTSTART:{}\nRRULE:{}{count}{until}", stamp(start), told.text());
        let set: RRuleSet = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        set.into_iter()
            .map(|instant| civil(instant.timestamp()) - SHIFT.years())
            .skip_while(|date| *date < self.start)
            .take(counted_here.map_or(usize::MAX, usize::from))
            .take_while(|date| *date <= self.horizon())
            .collect()
    }

    /// §3.3.10: "Information, not contained in the rule, necessary to determine the various recurrence instance start time and dates are
    /// derived from the Start Time ("DTSTART") component attribute." Of a week that no part divides, `rrule` takes all seven days.
    fn complete(&mut self) {
        let names_days = !(self.weekdays.is_empty() && self.month_days.is_empty() && self.year_days.is_empty());
        if !names_days && (self.frequency == "WEEKLY" || !self.weeks.is_empty()) {
            let weekday = self.start.weekday().to_monday_zero_offset();
            self.weekdays = vec![(0, usize::try_from(weekday).unwrap())];
        }
    }

    /// §3.3.10: "The BYDAY rule part specifies a COMMA-separated list of days of the week", and "Each BYDAY value can also be preceded by
    /// a positive (+n) or negative (-n) integer": the values of the list add up. `rrule` takes the days that those with a number and
    /// those without have in common.
    fn add_weekdays_up(&mut self) {
        let some = |counted: bool| self.weekdays.iter().any(|(number, _)| (*number != 0) == counted);
        if !(some(true) && some(false)) {
            return;
        }
        let most = if self.frequency == "MONTHLY" || !self.months.is_empty() {
            5
        } else {
            53
        };
        let all = self.weekdays.iter().flat_map(|(number, day)| {
            let numbers = if *number == 0 { 1..=most } else { *number..=*number };
            numbers.map(|number| (number, *day))
        });
        self.weekdays = all.collect();
    }

    /// The day from which `rrule` is asked. §3.3.10: "A set of recurrence instances starts at the beginning of the interval defined by the
    /// FREQ rule part." `rrule` counts the positions of its first week from its first day, so it gets one that begins a week.
    fn whole_week(&self) -> Date {
        let first = i8::try_from(self.week_start.unwrap_or(0)).unwrap();
        let past = self
            .start
            .weekday()
            .since(Weekday::from_monday_zero_offset(first).unwrap());
        if self.frequency == "WEEKLY" && !self.positions.is_empty() {
            self.start - i32::from(past).days()
        } else {
            self.start
        }
    }
}

/// `MO`, `2MO`.
fn counted((number, day): &(i16, usize)) -> String {
    let number = if *number == 0 {
        String::new()
    } else {
        number.to_string()
    };
    number + NAMES[*day]
}

fn civil(timestamp: i64) -> Date {
    let instant = Timestamp::from_second(timestamp).unwrap();
    TimeZone::UTC.to_datetime(instant).date()
}

/// A list that is there with probability `chance`.
fn list<S: Strategy>(chance: f64, values: S) -> impl Strategy<Value = Vec<S::Value>>
where
    S::Value: Clone,
{
    option::weighted(chance, vec(values, 1..5)).prop_map(Option::unwrap_or_default)
}

fn signed(most: i16) -> impl Strategy<Value = i16> {
    prop_oneof![3 => 1..=most, 1 => -most..=-1]
}

fn random() -> impl Strategy<Value = Random> {
    let start = (0..25_000_i32).prop_map(|days| jiff::civil::date(1990, 1, 1) + days.days());
    let head = (start, select(&["DAILY", "WEEKLY", "MONTHLY", "YEARLY"][..]));
    let interval = prop_oneof![4 => Just(1), 3 => 2..=6_u16, 1 => 7..=60_u16];
    let end = prop_oneof![
        3 => Just((None, None)),
        2 => (1..=80_u16).prop_map(|count| (Some(count), None)),
        1 => (0..8000).prop_map(|days| (None, Some(days))),
    ];
    let parts = (
        list(0.35, 1..=12_i16),
        list(0.25, signed(53)),
        list(0.2, signed(366)),
        list(0.3, signed(31)),
        list(
            0.5,
            (prop_oneof![3 => Just(0), 2 => signed(5), 1 => signed(52)], 0..7_usize),
        ),
        list(0.3, prop_oneof![3 => signed(5), 1 => signed(366)]),
    );
    let week_start = option::weighted(0.4, 0..7_usize);
    (head, interval, end, week_start, parts).prop_map(
        |((start, frequency), interval, (count, until), week_start, parts)| {
            let (months, weeks, year_days, month_days, weekdays, positions) = parts;
            let mut random = Random {
                start,
                frequency,
                interval,
                count,
                until,
                week_start,
                months,
                weeks,
                year_days,
                month_days,
                weekdays,
                positions,
            };
            random.conform();
            random
        },
    )
}

impl Random {
    /// §3.3.10: "Week number one of the calendar year is the first week that contains at least four (4) days in that calendar year." So
    /// week one of a year may begin in December before it. `rrule` counts intervals and positions in calendar years all the same, and
    /// so cuts that week in two; and it misses the days of two weeks across new year, so that a count of occurrences goes wrong.
    fn avoid_weeks_of_calendar_years(&mut self) {
        if !self.weeks.is_empty() {
            self.interval = 1;
            self.positions.clear();
        }
        if self.weeks.iter().any(|week| week.abs() >= 52) {
            self.count = None;
        }
    }

    /// Whether `rrule` is wrong about `date`. Days of January in the last week of the year before: it takes its number from the wrong
    /// year's length. Days of December in week one of the next year: it asks for 1, but not for -52 or -53, which may be the same week.
    fn is_amiss(&self, date: Date) -> bool {
        let holds = |numbers: [i16; 2]| numbers.iter().any(|number| self.weeks.contains(number));
        let (month, day) = (date.month(), date.day());
        (month, day) < (1, 4) && holds([52, 53]) || (month, day) > (12, 28) && holds([-52, -53])
    }

    /// Drops what the RFC forbids.
    fn conform(&mut self) {
        let yearly = self.frequency == "YEARLY";
        if !yearly {
            self.weeks.clear();
            self.year_days.clear();
        }
        if self.frequency == "WEEKLY" {
            self.month_days.clear();
        }
        let counts = (yearly || self.frequency == "MONTHLY") && self.weeks.is_empty();
        // `rrule` refuses -5 in months and -53 in years, which the RFC has.
        let numbers = if yearly && self.months.is_empty() {
            -52..=52
        } else {
            -4..=5
        };
        for (number, _) in &mut self.weekdays {
            *number = if counts && numbers.contains(number) { *number } else { 0 };
        }
        let by = [&self.months, &self.weeks, &self.year_days, &self.month_days];
        let names_none = by.iter().all(|list| list.is_empty()) && self.weekdays.is_empty();
        let longest = match self.frequency {
            "DAILY" => 1,
            "WEEKLY" => 7,
            "MONTHLY" => 31,
            _ => 366,
        };
        self.positions
            .retain(|position| !names_none && position.abs() <= longest);
        self.avoid_weeks_of_calendar_years();
    }
}

proptest! {
    #[test]
    fn a_random_rule_has_the_days_that_another_reading_of_the_rfc_gives_it(random in random()) {
        let ours = recurrence(&random.ours(), &random.start.to_string());
        let horizon = random.horizon();
        let found: Vec<Date> = days(&ours).take_while(|date| *date <= horizon).collect();
        let theirs = random.theirs();
        let sound = |days: &[Date]| -> Vec<Date> { days.iter().copied().filter(|date| !random.is_amiss(*date)).collect() };
        prop_assert_eq!(sound(&found), sound(&theirs), "{} from {}", random.ours(), random.start);
    }

    #[test]
    fn every_way_of_asking_gives_the_same_days(random in random()) {
        let ours = recurrence(&random.ours(), &random.start.to_string());
        let horizon = random.horizon();
        let found: Vec<Date> = days(&ours).take_while(|date| *date <= horizon).collect();
        let mut rest = found.iter();
        let mut next = rest.next();
        for date in (random.start - 400.days()).series(1.day()).take_while(|date| *date <= horizon) {
            let is_one = next == Some(&date);
            prop_assert_eq!(ours.contains(date), is_one, "{} from {}: {}", random.ours(), random.start, date);
            if is_one {
                next = rest.next();
            }
        }
        let ends = random.count.is_some() || random.until.is_some();
        if ends && ours.last().is_none_or(|last| last <= horizon) {
            prop_assert_eq!(ours.last(), found.last().copied());
        }
        if let Some(count) = random.count {
            prop_assert!(found.len() <= usize::from(count));
        }
    }
}
