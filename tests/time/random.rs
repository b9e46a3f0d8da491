//! Random sites, and the days on which to look at them: mostly where something is the matter with time.

use super::{
    civil::{self, DAY},
    model::{
        Calendar, Column, End, Every, Holiday, Item, Kind, Lifetime, OnDay, Order, Overtime, Play, Playlist, Posting,
        Rule, Screen, Silence, Site, Source, Stamp, Stretch, WHOLE, Window, Work,
    },
    tzif::{Period, Zone},
};

/// The days to look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) first: i64,
    pub(super) days: i64,
}

/// A source of numbers that depends on nothing but its seed.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut dice = Self(seed);
        let mixed = dice.next() ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(mixed)
    }

    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number from `least` to `most`.
    pub(super) fn number(&mut self, least: i64, most: i64) -> i64 {
        least + (self.next() % (most - least + 1) as u64) as i64
    }

    /// True so many times in a hundred.
    pub(super) fn chance(&mut self, percent: i64) -> bool {
        self.number(0, 99) < percent
    }

    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.number(0, list.len() as i64 - 1) as usize]
    }

    /// Each of the list so many times in a hundred.
    fn some<T: Copy>(&mut self, percent: i64, list: &[T]) -> Vec<T> {
        list.iter().copied().filter(|_| self.chance(percent)).collect()
    }
}

/// The span of the site, drawn before all else so that it can be had alone.
pub(super) fn span(dice: &mut Dice, zone: &Zone) -> Span {
    let days = match dice.number(0, 9) {
        0..=5 => dice.number(3, 12),
        6..=8 => dice.number(20, 60),
        _ => dice.number(100, 200),
    };
    let (first_year, last_year) = (1970, 2100);
    let year = dice.number(first_year, last_year);
    let changes = zone.changes(civil::day(first_year, 1, 1) * DAY, civil::day(last_year, 12, 31) * DAY);
    let is_odd = |(period, before): &(Period, i64)| {
        let (stops, goes_on) = (period.from + before, period.from + period.offset);
        (goes_on - stops).abs() != 3600 || stops.div_euclid(DAY) != goes_on.div_euclid(DAY)
    };
    let odd: Vec<(Period, i64)> = changes.iter().copied().filter(is_odd).collect();
    let about = match dice.number(0, 19) {
        0..=2 if !odd.is_empty() => dice.pick(&odd).0.from.div_euclid(DAY),
        0..=8 if !changes.is_empty() => dice.pick(&changes).0.from.div_euclid(DAY),
        0..=12 => civil::day(year, 12, 31),
        13..=14 => civil::day(year, 2, 28),
        15..=16 => civil::day(year, dice.number(1, 12), 1),
        _ => civil::day(year, 1, 1) + dice.number(0, 364),
    };
    let first = about - dice.number(0, days - 1);
    let (least, most) = (civil::day(first_year, 1, 1), civil::day(last_year, 12, 31) - days);
    Span {
        first: first.clamp(least, most),
        days,
    }
}

/// A site in which much is the matter on the days of the span.
pub(super) fn site(dice: &mut Dice, zone: &Zone, span: Span) -> Site {
    let mut drawing = Drawing::new(dice, zone, span);
    let calendar = drawing.calendar();
    let columns = drawing.columns();
    let screens = drawing.screens(&calendar);
    let items = drawing.items(&columns);
    let playlists = drawing.playlists(&calendar, &columns, items.len(), screens.len());
    Site {
        zone: zone.name,
        columns,
        screens,
        playlists,
        items,
        calendar,
    }
}

struct Drawing<'a> {
    dice: &'a mut Dice,
    span: Span,
    /// Days on which something is the matter.
    focus: Vec<i64>,
    /// Times of day at which the clocks change somewhere in the span.
    hot: Vec<i64>,
}

impl<'a> Drawing<'a> {
    fn new(dice: &'a mut Dice, zone: &Zone, span: Span) -> Self {
        let end = span.first + span.days;
        let mut focus: Vec<i64> = (span.first..end)
            .filter(|day| [1, 28, 29, 30, 31].contains(&civil::date(*day).2))
            .collect();
        let mut hot = Vec::new();
        for (period, before) in zone.changes((span.first - 1) * DAY, (end + 1) * DAY) {
            for civil in [period.from + before, period.from + period.offset] {
                // Whatever the month has to offer, the change weighs more.
                focus.extend([civil.div_euclid(DAY); 4]);
                hot.push(civil.rem_euclid(DAY));
            }
        }
        Self { dice, span, focus, hot }
    }

    fn day(&mut self) -> i64 {
        if !self.focus.is_empty() && self.dice.chance(50) {
            return self.dice.pick(&self.focus) + self.dice.number(-2, 2);
        }
        self.span.first + self.dice.number(-2, self.span.days + 1)
    }

    fn days(&mut self, most: i64) -> Vec<i64> {
        let mut days: Vec<i64> = (0..self.dice.number(1, most)).map(|_| self.day()).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    fn on_days(&mut self) -> Vec<OnDay> {
        let days = self.days(2);
        days.into_iter()
            .map(|day| {
                match (self.dice.chance(50), civil::month_day(day)) {
                    // It does not come in every year.
                    (_, (2, 28) | (3, 1)) => OnDay::Yearly((2, 29)),
                    (true, _) => OnDay::Once(day),
                    (false, yearly) => OnDay::Yearly(yearly),
                }
            })
            .collect()
    }

    /// So many things for each ten days of the span.
    fn count(&mut self, percent: i64) -> i64 {
        let tens = 1 + self.span.days / 10;
        (0..tens).filter(|_| self.dice.chance(percent)).count() as i64
    }

    /// A time of day, 24:00 included.
    fn time(&mut self) -> i64 {
        if !self.hot.is_empty() && self.dice.chance(30) {
            let near = self.dice.pick(&[-3600, -1800, -60, -1, 0, 0, 1, 60, 900, 1800, 3600]);
            return (self.dice.pick(&self.hot) + near).clamp(0, DAY);
        }
        match self.dice.number(0, 9) {
            0 => self.dice.pick(&[0, DAY]),
            1..=6 => self.dice.number(0, 48) * 1800,
            7..=8 => self.dice.number(0, 1440) * 60,
            _ => self.dice.number(0, DAY),
        }
    }

    fn stretch(&mut self) -> Stretch {
        loop {
            let (start, end) = match self.dice.number(0, 9) {
                0 => (0, DAY),
                1 => (self.time(), DAY),
                _ => (self.time(), self.time()),
            };
            if start != end {
                return (start, end);
            }
        }
    }

    fn stamp(&mut self, with_time: i64) -> Stamp {
        let day = self.day();
        let time = self.dice.chance(with_time).then(|| self.time());
        Stamp { day, time }
    }

    fn calendar(&mut self) -> Calendar {
        let mut calendar = Calendar::default();
        for _ in 0..self.count(70) {
            let holiday = self.holiday();
            let free = |other: &Holiday| {
                let touched = |day: &i64| (other.from - 1..=other.until + 1).contains(day) || other.work.contains(day);
                !(holiday.from..=holiday.until)
                    .chain(holiday.work.iter().copied())
                    .any(|day| touched(&day))
                    && !other
                        .work
                        .iter()
                        .any(|day| (holiday.from..=holiday.until).contains(day))
            };
            if calendar.holidays.iter().all(free) {
                calendar.holidays.push(holiday);
            }
        }
        if self.dice.chance(40) {
            let day = self.day();
            calendar.festivals.push(("f1", civil::month_day(day)));
        }
        for name in ["s1", "s2"] {
            if self.dice.chance(40) {
                let (from, until) = (self.day(), self.day());
                calendar
                    .seasons
                    .push((name, civil::month_day(from), civil::month_day(until)));
            }
        }
        calendar.solemn = (0..self.count(30)).map(|_| self.on_days()).collect();
        calendar.silences = (0..self.count(35)).map(|number| self.silence(number)).collect();
        calendar.overtime = (0..self.count(40)).map(|_| self.overtime()).collect();
        for number in 0..self.count(30) {
            calendar.works.extend(self.work(number));
        }
        calendar
    }

    fn holiday(&mut self) -> Holiday {
        let from = self.day();
        let until = from + self.dice.number(0, 1) * self.dice.number(0, 8);
        let names = match self.dice.number(0, 3) {
            0 => vec!["h1"],
            1 => vec!["h2"],
            2 => vec!["h1", "h2"],
            _ => vec!["h3"],
        };
        let mut holiday = Holiday {
            names,
            from,
            until,
            work: Vec::new(),
            notice: None,
        };
        // The notice of a year may reach back into December before it.
        let (year, month, _) = civil::date(from);
        let notice = if civil::date(until).0 > year || month == 12 && self.dice.chance(50) {
            year + 1
        } else {
            year
        };
        if notice >= 1990 && self.dice.chance(70) {
            holiday.notice = Some(notice);
            let around: Vec<i64> = (from - 6..from).chain(until + 1..until + 7).collect();
            let weekends: Vec<i64> = around
                .into_iter()
                .filter(|day| civil::weekday(*day) >= 5)
                .filter(|day| {
                    let (year, month, _) = civil::date(*day);
                    year == notice || year == notice - 1 && month == 12
                })
                .collect();
            holiday.work = self.dice.some(40, &weekends);
        }
        holiday
    }

    fn silence(&mut self, number: i64) -> Silence {
        let hours = if self.dice.chance(60) {
            let start = self.time().min(DAY - 180);
            (start, start + 180)
        } else {
            self.stretch()
        };
        Silence {
            name: format!("q{number}"),
            days: self.on_days(),
            hours,
        }
    }

    fn overtime(&mut self) -> Overtime {
        Overtime {
            days: self.days(2),
            hours: self.dice.chance(60).then(|| self.stretch()),
        }
    }

    fn work(&mut self, number: i64) -> Option<Work> {
        let from = self.stamp(80);
        let until = Stamp {
            day: from.day + self.dice.number(0, 1),
            time: self.dice.chance(80).then(|| self.time()),
        };
        (from.begin() < until.end()).then(|| Work {
            name: format!("m{number}"),
            from,
            until,
            screens: if self.dice.chance(40) { vec!["hall"] } else { Vec::new() },
        })
    }

    fn columns(&mut self) -> Vec<Column> {
        let days = Lifetime::Days(self.dice.number(1, 9));
        let ids = ["c0", "c1", "c2", "c3", "c4"];
        let lifetimes = [
            None,
            Some(days),
            Some(Lifetime::Day),
            Some(Lifetime::Holiday),
            Some(Lifetime::Forever),
        ];
        let mut columns: Vec<Column> = Vec::new();
        for (at, (id, lifetime)) in ids.into_iter().zip(lifetimes).enumerate() {
            let above = at > 0 && self.dice.chance(25);
            columns.push(Column {
                id,
                parent: above.then(|| self.dice.number(0, at as i64 - 1) as usize),
                lifetime: lifetime.filter(|_| !above || self.dice.chance(60)),
                festive: self.dice.chance(25),
            });
        }
        columns
    }

    fn screens(&mut self, calendar: &Calendar) -> Vec<Screen> {
        let rate = self.dice.pick(&[1, 1, 1, 1, 2, 5]);
        let mut screens = vec![Screen {
            id: "hall",
            rate,
            lit: self.lit(calendar),
            zones: vec!["main", "side"],
        }];
        if self.dice.chance(20) {
            screens.push(Screen {
                id: "annex",
                rate: 1,
                lit: self.lit(calendar),
                zones: vec!["main"],
            });
        }
        screens
    }

    fn lit(&mut self, calendar: &Calendar) -> Vec<Window> {
        match self.dice.number(0, 3) {
            0 => Vec::new(),
            1 => vec![Window {
                kinds: vec![Kind::Workday],
                hours: vec![(8 * 3600, 18 * 3600)],
                ..Window::default()
            }],
            _ => (0..self.dice.number(1, 3)).map(|_| self.window(calendar)).collect(),
        }
    }

    fn window(&mut self, calendar: &Calendar) -> Window {
        let names: Vec<&'static str> = calendar
            .holidays
            .iter()
            .flat_map(|holiday| holiday.names.iter().copied())
            .chain(calendar.festivals.iter().map(|(name, _)| *name))
            .collect();
        let seasons: Vec<&'static str> = calendar.seasons.iter().map(|(name, ..)| *name).collect();
        let mut window = Window {
            hours: (0..self.dice.pick(&[1, 1, 1, 2, 2, 3]))
                .map(|_| self.stretch())
                .collect(),
            ..Window::default()
        };
        if self.dice.chance(40) {
            window.kinds = self
                .dice
                .some(40, &[Kind::Workday, Kind::Weekend, Kind::Holiday, Kind::Off]);
        }
        if !names.is_empty() && self.dice.chance(12) {
            window.holidays = vec![self.dice.pick(&names)];
        }
        if !seasons.is_empty() && self.dice.chance(20) {
            window.season = Some(self.dice.pick(&seasons));
        }
        if self.dice.chance(25) {
            window.weekdays = self.dice.some(50, &[0, 1, 2, 3, 4, 5, 6]);
        }
        self.dates(&mut window);
        window
    }

    fn dates(&mut self, window: &mut Window) {
        window.from = self.dice.chance(20).then(|| self.day());
        window.until = self.dice.chance(20).then(|| self.day());
        if self.dice.chance(10) {
            window.also = self.days(2);
        }
        if self.dice.chance(15) {
            window.except = self.days(2);
        }
        if self.dice.chance(20) {
            let rule = self.rule();
            // A count is counted from the first day on, which takes its time.
            let longest = if matches!(rule.end, End::Count(_)) { 400 } else { 2000 };
            let back = self.dice.pick(&[0, 0, 30, longest]);
            window.from = Some(window.from.unwrap_or_else(|| self.day()) - self.dice.number(0, back));
            window.rule = Some(rule);
        }
        if let (Some(from), Some(until)) = (window.from, window.until) {
            (window.from, window.until) = (Some(from.min(until)), Some(from.max(until)));
        }
        if never_opens(window) {
            (window.weekdays, window.except, window.rule) = (Vec::new(), Vec::new(), None);
        }
    }

    fn rule(&mut self) -> Rule {
        let every = self.dice.pick(&[
            Every::Day,
            Every::Week,
            Every::Week,
            Every::Month,
            Every::Month,
            Every::Year,
        ]);
        let weekdays = self.dice.some(35, &[0, 1, 2, 3, 4, 5, 6]);
        let odd: Vec<i64> = (1..=31).step_by(2).collect();
        let month_days = match self.dice.number(0, 3) {
            0 => odd,
            1 => vec![self.dice.pick(&[1, 15, 28, 29, 30, 31, -1, -2, -31])],
            _ => Vec::new(),
        };
        let each = |weekdays: Vec<usize>| weekdays.into_iter().map(|day| (0, day)).collect();
        let (month_days, weekdays) = match every {
            Every::Day => (month_days, each(weekdays)),
            Every::Week => (Vec::new(), each(weekdays)),
            Every::Month | Every::Year if self.dice.chance(40) => {
                let nth = self.dice.pick(&[1, 2, 4, 5, -1, -2]);
                (Vec::new(), vec![(nth, self.dice.number(0, 6) as usize)])
            }
            Every::Month | Every::Year => (month_days, Vec::new()),
        };
        let month = civil::month_day(self.day()).0;
        // Weekdays counted without a month are counted in the year, which the oracle leaves to others.
        let has_month = matches!(every, Every::Year) && (!weekdays.is_empty() || self.dice.chance(50));
        Rule {
            every,
            interval: self.dice.pick(&[1, 1, 2, 2, 3]),
            months: if has_month { vec![month] } else { Vec::new() },
            month_days,
            weekdays,
            end: match self.dice.number(0, 3) {
                0 => End::Count(self.dice.number(1, 20) as usize),
                1 => End::Until(self.day()),
                _ => End::Never,
            },
        }
    }

    fn items(&mut self, columns: &[Column]) -> Vec<Item> {
        let mut items: Vec<Item> = (0..self.dice.number(4, 14))
            .map(|number| self.item(number, columns.len() as i64))
            .collect();
        items.sort_by_key(|item| (item.column, item.name.clone()));
        items
    }

    fn item(&mut self, number: i64, columns: i64) -> Item {
        let published = self.dice.chance(75).then(|| self.stamp(60));
        let from = self.dice.chance(15).then(|| self.stamp(60));
        let begin = from.or(published);
        let posting = (published.is_some() && self.dice.chance(20)).then(|| Posting {
            days: self.dice.number(1, 7) as usize,
            same_day: self.dice.chance(50),
        });
        let until = (posting.is_none() && self.dice.chance(30)).then(|| self.stamp(50));
        let countdown = self.dice.chance(10).then(|| self.stamp(50));
        Item {
            column: self.dice.number(0, columns - 1) as usize,
            name: format!("i{number:02}"),
            published,
            from,
            // What never shows is refused.
            until: until.filter(|until| begin.is_none_or(|begin| begin.begin() < until.end())),
            posting,
            countdown: countdown.filter(|zero| begin.is_none_or(|begin| begin.begin() < zero.begin())),
            dwell: self.dice.number(1, 7),
        }
    }

    fn playlists(&mut self, calendar: &Calendar, columns: &[Column], items: usize, screens: usize) -> Vec<Playlist> {
        let count = self.dice.number(3, 6);
        (0..count)
            .map(|number| Playlist {
                file: format!("p{number}.toml"),
                priority: self.dice.pick(&[0, 1, 1, 1, 1, 2, 3, 3, 4, 5]),
                screens: if screens > 1 && self.dice.chance(50) {
                    vec!["hall", "annex"]
                } else {
                    vec!["hall"]
                },
                zones: match self.dice.number(0, 9) {
                    0 => vec![WHOLE],
                    1 => vec!["side"],
                    2 => vec!["main", "side"],
                    _ => vec!["main"],
                },
                windows: if number == 0 && self.dice.chance(60) {
                    Vec::new()
                } else {
                    (0..self.dice.pick(&[1, 1, 1, 2]))
                        .map(|_| self.window(calendar))
                        .collect()
                },
                plays: (0..self.dice.number(1, 3)).map(|_| self.play(columns, items)).collect(),
            })
            .collect()
    }

    fn play(&mut self, columns: &[Column], items: usize) -> Play {
        let source = if self.dice.chance(60) {
            Source::Item(self.dice.number(0, items as i64 - 1) as usize)
        } else {
            Source::Column {
                column: self.dice.number(0, columns.len() as i64 - 1) as usize,
                order: self.dice.pick(&[Order::Newest, Order::Oldest, Order::Path]),
                limit: self.dice.chance(40).then(|| self.dice.number(1, 3) as usize),
            }
        };
        Play {
            source,
            weight: self.dice.pick(&[1, 1, 1, 2, 3]),
        }
    }
}

/// Whether a window would be refused, since it never opens: as far as one need look.
fn never_opens(window: &Window) -> bool {
    let suits = |day: &i64| {
        let weekday = window.weekdays.is_empty() || window.weekdays.contains(&civil::weekday(*day));
        let rule = window
            .rule
            .iter()
            .zip(window.from)
            .all(|(rule, from)| rule.recurs(from, *day));
        weekday && rule && !window.except.contains(day)
    };
    let Some(from) = window.from.filter(|_| window.until.is_some() || window.rule.is_some()) else {
        return false;
    };
    let until = window.until.unwrap_or(i64::MAX).min(from + 1500);
    !(from..=until).any(|day| suits(&day)) && !window.also.iter().any(|day| !window.except.contains(day))
}
