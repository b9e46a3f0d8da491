//! Which days recur by a rule: asked of one day at a time.

use super::{
    civil::{self, date, month_length, weekday},
    model::{End, Every, Rule},
};

impl Rule {
    /// Whether `day` is one of the days of the rule that begins on `from`.
    pub(super) fn recurs(&self, from: i64, day: i64) -> bool {
        let is_one = |day: &i64| self.has(from, *day);
        is_one(&day)
            && match self.end {
                End::Never => true,
                End::Until(last) => day <= last,
                End::Count(count) => (from..=day).filter(is_one).count() <= count,
            }
    }

    /// The same without its end.
    fn has(&self, from: i64, day: i64) -> bool {
        day >= from && (self.period(day) - self.period(from)) % self.interval == 0 && self.suits(from, day)
    }

    /// The number of the day, the week from Monday, the month or the year that holds it.
    fn period(&self, day: i64) -> i64 {
        let (year, month, _) = date(day);
        match self.every {
            Every::Day => day,
            Every::Week => (day - weekday(day) as i64).div_euclid(7),
            Every::Month => year * 12 + month,
            Every::Year => year,
        }
    }

    fn suits(&self, from: i64, day: i64) -> bool {
        let ((_, month, of_month), (_, first_month, first_of_month)) = (date(day), date(from));
        let names_days = !(self.month_days.is_empty() && self.weekdays.is_empty());
        // What is left open is as on the first day.
        let month_suits = match self.every {
            Every::Year if self.months.is_empty() && !names_days => month == first_month,
            _ => self.months.is_empty() || self.months.contains(&month),
        };
        let day_suits = match self.every {
            Every::Day => self.is_named(day),
            _ if names_days => self.is_named(day),
            Every::Week => weekday(day) == weekday(from),
            Every::Month | Every::Year => of_month == first_of_month,
        };
        month_suits && day_suits
    }

    /// Whether the parts that name days, where there are any, name the day.
    fn is_named(&self, day: i64) -> bool {
        let (year, month, of_month) = date(day);
        let from_end = of_month - month_length(year, month) - 1;
        let by_number = self.month_days.contains(&of_month) || self.month_days.contains(&from_end);
        let by_weekday = self.weekdays.iter().any(|(nth, on)| {
            let counted = match nth {
                0 => true,
                1.. => (of_month - 1) / 7 + 1 == *nth,
                _ => (-from_end - 1) / 7 + 1 == -*nth,
            };
            counted && *on == weekday(day)
        });
        (self.month_days.is_empty() || by_number) && (self.weekdays.is_empty() || by_weekday)
    }

    /// As it is written: `FREQ=MONTHLY;BYDAY=-1FR`.
    pub(super) fn written(&self) -> String {
        let mut parts = vec![format!("FREQ={}", self.every.name())];
        if self.interval != 1 {
            parts.push(format!("INTERVAL={}", self.interval));
        }
        let numbers = |name: &str, list: &[i64]| {
            let list: Vec<String> = list.iter().map(i64::to_string).collect();
            (!list.is_empty()).then(|| format!("{name}={}", list.join(",")))
        };
        parts.extend(numbers("BYMONTH", &self.months));
        parts.extend(numbers("BYMONTHDAY", &self.month_days));
        let weekdays: Vec<String> = self.weekdays.iter().map(written_weekday).collect();
        if !weekdays.is_empty() {
            parts.push(format!("BYDAY={}", weekdays.join(",")));
        }
        match self.end {
            End::Never => {}
            End::Until(last) => parts.push(format!("UNTIL={}", civil::written(last).replace('-', ""))),
            End::Count(count) => parts.push(format!("COUNT={count}")),
        }
        parts.join(";")
    }
}

fn written_weekday((nth, day): &(i64, usize)) -> String {
    let day = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][*day];
    if *nth == 0 { day.into() } else { format!("{nth}{day}") }
}

impl Every {
    const fn name(self) -> &'static str {
        match self {
            Self::Day => "DAILY",
            Self::Week => "WEEKLY",
            Self::Month => "MONTHLY",
            Self::Year => "YEARLY",
        }
    }
}

#[test]
fn the_days_of_a_rule_are_those_of_the_calendar_on_the_wall() {
    let rule = |every, interval, month_days: &[i64], weekdays: &[(i64, usize)]| Rule {
        every,
        interval,
        months: Vec::new(),
        month_days: month_days.to_vec(),
        weekdays: weekdays.to_vec(),
        end: End::Count(4),
    };
    let days = |rule: &Rule, from: (i64, i64, i64)| -> Vec<String> {
        let from = civil::day(from.0, from.1, from.2);
        let days = (from..from + 1500).filter(|day| rule.recurs(from, *day));
        days.map(civil::written).collect()
    };
    assert_eq!(
        days(&rule(Every::Week, 2, &[], &[]), (2026, 12, 7)),
        ["2026-12-07", "2026-12-21", "2027-01-04", "2027-01-18"]
    );
    assert_eq!(
        days(&rule(Every::Month, 1, &[], &[(-1, 4)]), (2026, 1, 1)),
        ["2026-01-30", "2026-02-27", "2026-03-27", "2026-04-24"]
    );
    assert_eq!(
        days(&rule(Every::Month, 1, &[], &[]), (2026, 1, 31)),
        ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"]
    );
    assert_eq!(
        days(&rule(Every::Month, 1, &[-1], &[]), (2028, 1, 1)),
        ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]
    );
    assert_eq!(
        days(&rule(Every::Year, 1, &[], &[]), (2026, 5, 8)),
        ["2026-05-08", "2027-05-08", "2028-05-08", "2029-05-08"]
    );
}
