//! The same question answered the slow way: every tick from two days before, one after the other, with no cleverness.
//!
//! Shares no code with the room but the plan's types. It keeps, of every priority, the page on show and what is left of it.

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, DateTime, Weekday},
};
use yingbi::{
    calendar::{Calendar, DayClass, DayClasses, Purpose, TimeOfDay, When},
    playlist::Priority,
    programme::{Entry, Material, Plan, PlannedPlaylist, PlannedScreen, Track},
    units::Ticks,
};

/// Every priority, low to high.
const PRIORITIES: [Priority; 6] = [
    Priority::Filler,
    Priority::Routine,
    Priority::Campaign,
    Priority::Notice,
    Priority::Alert,
    Priority::Stop,
];

/// A page on show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) priority: Priority,
    /// Playlist, play and entry, by index.
    pub(super) entry: (usize, usize, usize),
    pub(super) page: usize,
    pub(super) began: i64,
    pub(super) anchor: i64,
}

/// What the tracks of a screen show on the days around one.
pub(super) struct Oracle {
    /// The day's first tick.
    pub(super) start: i64,
    /// The first tick after the day.
    pub(super) end: i64,
    /// The first tick of `shown` and `lit`.
    first: i64,
    /// Of each track, what it shows at each tick from the day before to the day after.
    shown: Vec<Vec<Option<Shown>>>,
    /// Why it is dark at each tick; nothing where it is lit.
    dark: Vec<Option<String>>,
    /// Whether each tick from one before two days before lies on a solemn day.
    solemn: Vec<bool>,
    solemn_first: i64,
}

/// What is on show, its first tick and the first after it.
pub(super) type Visit = (Shown, i64, i64);

impl Oracle {
    pub(super) fn new(plan: &Plan, screen: usize, date: Date) -> Self {
        let screen = &plan.screens[screen];
        let world = World::new(&plan.calendar, screen, date);
        let tracks = screen.tracks.iter().map(|track| world.track(track));
        Self {
            start: world.midnights[2],
            end: world.midnights[3],
            first: world.midnights[1],
            shown: tracks.collect(),
            dark: world.dark(screen),
            solemn: world.solemn(),
            solemn_first: world.midnights[0] - 1,
        }
    }

    pub(super) fn is_solemn(&self, tick: i64) -> bool {
        self.solemn[usize::try_from(tick - self.solemn_first).unwrap()]
    }

    /// `lit`, `dark REASON`, or `alarm REASON` where an alert or a stop shows in the dark.
    pub(super) fn light(&self, tick: i64) -> String {
        let at = usize::try_from(tick - self.first).unwrap();
        let urgent = |shown: &Option<Shown>| shown.is_some_and(|shown| shown.priority >= Priority::Alert);
        match &self.dark[at] {
            None => "lit".into(),
            Some(reason) if self.shown.iter().any(|track| urgent(track.get(at).unwrap_or(&None))) => {
                format!("alarm {reason}")
            }
            Some(reason) => format!("dark {reason}"),
        }
    }

    /// The first tick after `tick`, at most the end of the next day, at which the light is not as at `tick`.
    pub(super) fn light_until(&self, tick: i64) -> i64 {
        let (last, now) = (self.first + self.dark.len() as i64, self.light(tick));
        (tick..last).find(|other| self.light(*other) != now).unwrap_or(last)
    }

    /// Everything that the track shows, from the day before to the day after.
    pub(super) fn visits(&self, track: usize) -> Vec<Visit> {
        let mut visits: Vec<Visit> = Vec::new();
        for (tick, shown) in (self.first..).zip(&self.shown[track]) {
            match (visits.last_mut(), shown) {
                (Some((last, _, until)), Some(shown)) if last == shown && *until == tick => *until = tick + 1,
                (_, Some(shown)) => visits.push((*shown, tick, tick + 1)),
                (_, None) => {}
            }
        }
        visits
    }
}

struct World<'a> {
    calendar: &'a Calendar,
    rate: i128,
    date: Date,
    /// The first ticks of the days from two before to two after.
    midnights: Vec<i64>,
}

impl<'a> World<'a> {
    fn new(calendar: &'a Calendar, screen: &PlannedScreen, date: Date) -> Self {
        let mut world = Self {
            calendar,
            rate: i128::from(screen.rate.hertz()),
            date,
            midnights: Vec::new(),
        };
        world.midnights = (-2..=2).map(|day| world.tick(world.civil(day, 0))).collect();
        world
    }

    /// The instant that the zone's clocks show `seconds` after 00:00, `days` after the date.
    fn civil(&self, days: i64, seconds: u32) -> Timestamp {
        let midnight: DateTime = (self.date + days.days()).at(0, 0, 0, 0);
        let clock = midnight + SignedDuration::from_secs(i64::from(seconds));
        clock.to_zoned(self.calendar.zone.clone()).unwrap().timestamp()
    }

    /// The first tick that is not before `instant`.
    fn tick(&self, instant: Timestamp) -> i64 {
        let product = instant.as_nanosecond() * self.rate;
        let whole = product.div_euclid(1_000_000_000);
        (if product.rem_euclid(1_000_000_000) == 0 {
            whole
        } else {
            whole + 1
        }) as i64
    }

    /// The ticks from which until which a window is open, and whether it is so for a whole day, for each day that matters.
    fn openings(&self, when: &When, purpose: Purpose) -> Vec<(i64, i64, bool)> {
        let days = (-6..=3).filter(|day| self.opens(when, self.date + day.days(), purpose));
        days.filter_map(|day| self.opening(day, when.start, when.end)).collect()
    }

    fn opens(&self, when: &When, date: Date, purpose: Purpose) -> bool {
        if when.except.contains(&date) {
            return false;
        }
        let class = self.class(date, purpose);
        let of_holiday = |name: &str| {
            let off = self.calendar.marks.get(&date).filter(|mark| mark.is_off);
            let festivals = self
                .calendar
                .special
                .festivals
                .iter()
                .filter(|festival| *festival.name == *name);
            off.is_some_and(|mark| mark.name.split('、').any(|one| one == name))
                || festivals
                    .into_iter()
                    .any(|festival| festival.day.in_year(date.year()) == Some(date))
        };
        let in_season = |name: &str| {
            let year = date.year();
            let mut seasons = self
                .calendar
                .special
                .seasons
                .iter()
                .filter(|season| *season.name == *name);
            seasons.any(|season| {
                let (from, until) = (season.from.in_year(year).unwrap(), season.until.in_year(year).unwrap());
                if from <= until {
                    from <= date && date <= until
                } else {
                    date >= from || date <= until
                }
            })
        };
        when.also.contains(&date)
            || when.weekdays.contains(date.weekday())
                && when.from.is_none_or(|from| date >= from)
                && when.until.is_none_or(|until| date <= until)
                && (when.days == DayClasses::ALL || when.days.contains(class))
                && (when.holidays.is_empty() || when.holidays.iter().any(|name| of_holiday(name)))
                && when.season.as_deref().is_none_or(in_season)
    }

    fn class(&self, date: Date, purpose: Purpose) -> DayClass {
        for overtime in &self.calendar.special.overtime {
            let runs = purpose == Purpose::Play || overtime.hours.is_none();
            if runs && overtime.days.contains(&date) {
                return DayClass::Workday;
            }
        }
        match self.calendar.marks.get(&date) {
            Some(mark) if mark.is_off => DayClass::Holiday,
            Some(_) => DayClass::Workday,
            None if [Weekday::Saturday, Weekday::Sunday].contains(&date.weekday()) => DayClass::Weekend,
            None => DayClass::Workday,
        }
    }

    /// The ticks from which until which something is open that opens on the day at these times.
    fn opening(&self, day: i64, start: TimeOfDay, end: TimeOfDay) -> Option<(i64, i64, bool)> {
        // A day that the zone leaves out opens nothing.
        if self.civil(day, 0) >= self.civil(day, 86_400) {
            return None;
        }
        let (start, end) = (start.seconds(), end.seconds());
        let over_midnight = if end <= start { 86_400 } else { 0 };
        let (from, until) = (self.civil(day, start), self.civil(day, end + over_midnight));
        let whole = from == self.civil(day, 0) && until >= self.civil(day, 86_400);
        (self.tick(from) < self.tick(until)).then(|| (self.tick(from), self.tick(until), whole))
    }

    /// Why the screen is dark, at each tick from the day before to the day after.
    fn dark(&self, screen: &PlannedScreen) -> Vec<Option<String>> {
        let first = self.midnights[1];
        let lit = |when| self.openings(when, Purpose::Light);
        let mut openings: Vec<(i64, i64)> = screen.lit.iter().flat_map(lit).map(|(a, b, _)| (a, b)).collect();
        for (day, overtime) in (-6..=3).flat_map(|day| self.calendar.special.overtime.iter().map(move |one| (day, one)))
        {
            if let Some((start, end)) = overtime
                .hours
                .filter(|_| overtime.days.contains(&(self.date + day.days())))
            {
                openings.extend(self.opening(day, start, end).map(|(from, until, _)| (from, until)));
            }
        }
        let mut dark: Vec<Option<String>> = vec![None; (self.midnights[4] - first) as usize];
        let mut fill = |from: i64, until: i64, reason: Option<String>| {
            for tick in from.max(first)..until.min(self.midnights[4]) {
                dark[(tick - first) as usize].clone_from(&reason);
            }
        };
        if !screen.lit.is_empty() {
            fill(i64::MIN, i64::MAX, Some("hours".into()));
            for day in -1..=1 {
                let date = self.date + day.days();
                let name = self
                    .calendar
                    .marks
                    .get(&date)
                    .filter(|mark| mark.is_off)
                    .map(|mark| &mark.name);
                let opens = |when: &When| self.opens(when, date, Purpose::Light);
                let open_for_all = |when: &When| When {
                    days: DayClasses::ALL,
                    ..when.clone()
                };
                let mut closed = screen
                    .lit
                    .iter()
                    .filter(|when| !opens(when) && opens(&open_for_all(when)));
                let is_holiday = self.class(date, Purpose::Light) == DayClass::Holiday;
                if let (Some(name), Some(_), true) = (name, closed.next(), is_holiday) {
                    let at = (day + 2) as usize;
                    fill(
                        self.midnights[at],
                        self.midnights[at + 1],
                        Some(format!("holiday {name}")),
                    );
                }
            }
            openings.iter().for_each(|(from, until)| fill(*from, *until, None));
        }
        for work in self.calendar.special.maintenance.iter().rev() {
            let tick = |civil: DateTime| self.tick(civil.to_zoned(self.calendar.zone.clone()).unwrap().timestamp());
            if work.screens.is_empty() || work.screens.contains(&screen.id) {
                fill(
                    tick(work.from),
                    tick(work.until),
                    Some(format!("maintenance {}", work.name)),
                );
            }
        }
        for (day, silence) in (-6..=3).flat_map(|day| self.calendar.special.silences.iter().map(move |one| (day, one)))
        {
            if silence.days.iter().any(|on| on.is(self.date + day.days()))
                && let Some((from, until, _)) = self.opening(day, silence.start, silence.end)
            {
                fill(from, until, Some(format!("silence {}", silence.name)));
            }
        }
        dark
    }

    /// Whether each tick from one before the first day lies on a solemn day.
    fn solemn(&self) -> Vec<bool> {
        let first = self.midnights[0] - 1;
        let mut solemn = vec![false; (self.midnights[4] - first) as usize];
        for day in -6..=3 {
            let date = self.date + day.days();
            let is_solemn = self
                .calendar
                .special
                .solemn
                .iter()
                .any(|one| one.days.iter().any(|on| on.is(date)));
            let (from, until) = (self.tick(self.civil(day, 0)), self.tick(self.civil(day, 86_400)));
            for tick in from.max(first)..until.min(self.midnights[4]) {
                solemn[(tick - first) as usize] = is_solemn;
            }
        }
        solemn
    }

    fn track(&self, track: &Track) -> Vec<Option<Shown>> {
        let mut seen = vec![None; (self.midnights[4] - self.midnights[1]) as usize];
        for priority in PRIORITIES {
            for (seen, shown) in seen.iter_mut().zip(self.tier(track, priority)) {
                *seen = shown.or(*seen);
            }
        }
        seen
    }

    /// What one priority shows from the day before to the day after.
    fn tier(&self, track: &Track, priority: Priority) -> Vec<Option<Shown>> {
        let playlists = track.playlists.iter().enumerate();
        let playlists: Vec<(usize, &PlannedPlaylist)> =
            playlists.filter(|(_, list)| list.priority == priority).collect();
        if playlists
            .iter()
            .all(|(_, list)| list.plays.iter().all(|play| play.entries.is_empty()))
        {
            return Vec::new();
        }
        let mut open: Vec<Vec<bool>> = playlists.iter().map(|(_, list)| self.open(list)).collect();
        let solemn = self.solemn();
        let mut entries = playlists
            .iter()
            .flat_map(|(_, list)| &list.plays)
            .flat_map(|play| &play.entries);
        if entries.any(|entry| entry.is_festive) {
            // It turns as a playlist does.
            open.push(solemn.clone());
        }
        let edges = self.edges(&playlists, &open);
        let mut reel: Option<Reel<'_>> = None;
        let mut result = Vec::new();
        for (at, tick) in (self.midnights[0]..self.midnights[4]).enumerate() {
            let composition = || self.composition(&playlists, |list| open[list][at + 1], solemn[at + 1], tick);
            reel = match reel {
                Some(reel) if !edges[at] => reel.step(tick, priority >= Priority::Alert, composition),
                _ => Reel::begin(composition(), tick, None),
            };
            if tick >= self.midnights[1] {
                result.push(reel.as_ref().map(|reel| reel.shown(priority, tick)));
            }
        }
        result
    }

    /// Whether a playlist is open, at each tick from one before the first day.
    fn open(&self, playlist: &PlannedPlaylist) -> Vec<bool> {
        let first = self.midnights[0] - 1;
        let length = self.midnights[4] - first;
        let mut open = vec![playlist.when.is_empty(); length as usize];
        for (from, until, _) in playlist.when.iter().flat_map(|when| self.openings(when, Purpose::Play)) {
            let (from, until) = ((from - first).clamp(0, length), (until - first).clamp(0, length));
            open[from as usize..until as usize].fill(true);
        }
        open
    }

    /// Whether the loop begins anew, at each tick from the first day.
    fn edges(&self, playlists: &[(usize, &PlannedPlaylist)], open: &[Vec<bool>]) -> Vec<bool> {
        let always = playlists.iter().any(|(_, list)| list.when.is_empty());
        let windows = playlists.iter().flat_map(|(_, list)| &list.when);
        let whole_days: Vec<i64> = windows
            .flat_map(|when| self.openings(when, Purpose::Play))
            .filter(|opening| opening.2)
            .map(|opening| opening.0)
            .collect();
        let ticks = (self.midnights[0]..self.midnights[4]).enumerate();
        let mut edges: Vec<bool> = ticks
            .map(|(at, tick)| {
                let turns = open.iter().any(|open| open[at] != open[at + 1]);
                turns || always && self.midnights.contains(&tick) || whole_days.contains(&tick)
            })
            .collect();
        let at = |day: usize| (self.midnights[day] - self.midnights[0]) as usize;
        let quiet: Vec<usize> = (1..4)
            .filter(|day| !edges[at(day - 1)..at(*day)].contains(&true))
            .collect();
        for day in quiet {
            // A day that the zone skips has no tick of its own.
            edges.get_mut(at(day)).into_iter().for_each(|edge| *edge = true);
        }
        edges
    }

    /// The entries in force, limits applied.
    fn composition<'p>(
        &self,
        playlists: &[(usize, &'p PlannedPlaylist)],
        is_open: impl Fn(usize) -> bool,
        is_solemn: bool,
        tick: i64,
    ) -> Vec<Member<'p>> {
        let mut members = Vec::new();
        for (_, (index, playlist)) in playlists.iter().enumerate().filter(|(at, _)| is_open(*at)) {
            for (play_index, play) in playlist.plays.iter().enumerate() {
                let in_force = play
                    .entries
                    .iter()
                    .enumerate()
                    .filter(|(_, entry)| self.in_force(entry, tick) && !(is_solemn && entry.is_festive));
                let limit = play.limit.map_or(usize::MAX, |limit| limit as usize);
                members.extend(in_force.take(limit).map(|(entry_index, entry)| Member {
                    entry: (*index, play_index, entry_index),
                    material: entry.material,
                    weight: u64::from(play.weight),
                    pages: &entry.pages,
                }));
            }
        }
        members
    }

    fn in_force(&self, entry: &Entry, tick: i64) -> bool {
        // The tick's instant in nanoseconds, times the rate, beside the limit's.
        let now = i128::from(tick) * 1_000_000_000;
        entry.from.is_none_or(|from| from.as_nanosecond() * self.rate <= now)
            && entry.until.is_none_or(|until| now < until.as_nanosecond() * self.rate)
    }
}

/// An entry that plays.
#[derive(Clone, Copy)]
struct Member<'p> {
    entry: (usize, usize, usize),
    material: Material,
    weight: u64,
    pages: &'p [Ticks],
}

/// A page of the loop.
struct Slot {
    entry: (usize, usize, usize),
    material: Material,
    page: usize,
    length: i64,
}

/// A loop on show: which of its pages, and for how many ticks more.
struct Reel<'p> {
    members: Vec<Member<'p>>,
    slots: Vec<Slot>,
    at: usize,
    left: i64,
    anchor: i64,
}

impl<'p> Reel<'p> {
    /// The loop that begins at `tick`, if it has anything, where `before` was shown until then.
    fn begin(members: Vec<Member<'p>>, tick: i64, before: Option<Material>) -> Option<Self> {
        let slots = round(&members, before);
        let left = slots.first()?.length;
        Some(Self {
            members,
            slots,
            at: 0,
            left,
            anchor: tick,
        })
    }

    /// The next tick, where nothing opens or closes.
    fn step(mut self, tick: i64, urgent: bool, composition: impl Fn() -> Vec<Member<'p>>) -> Option<Self> {
        self.left -= 1;
        let page_ends = self.left == 0;
        if (page_ends || urgent) && !self.is_of(&composition()) {
            return Self::begin(composition(), tick, Some(self.slots[self.at].material));
        }
        if page_ends {
            self.at = (self.at + 1) % self.slots.len();
            self.left = self.slots[self.at].length;
        }
        Some(self)
    }

    /// Whether the loop is made of just these members.
    fn is_of(&self, members: &[Member<'_>]) -> bool {
        let entries = |members: &[Member<'_>]| members.iter().map(|member| member.entry).collect::<Vec<_>>();
        entries(&self.members) == entries(members)
    }

    fn shown(&self, priority: Priority, tick: i64) -> Shown {
        let slot = &self.slots[self.at];
        Shown {
            priority,
            entry: slot.entry,
            page: slot.page,
            began: tick - (slot.length - self.left),
            anchor: self.anchor,
        }
    }
}

/// The pages of a round in order. Where it would begin with what was shown `before`, its first item comes last.
fn round(members: &[Member<'_>], before: Option<Material>) -> Vec<Slot> {
    let mut order = order(members);
    if before.is_some() && order.first().map(|at| members[*at].material) == before {
        order.rotate_left(1);
    }
    let mut slots = Vec::new();
    for at in order {
        slots.extend(members[at].pages.iter().enumerate().map(|(page, length)| Slot {
            entry: members[at].entry,
            material: members[at].material,
            page,
            length: length.0,
        }));
    }
    slots
}

/// The members of a round in order: occurrence k of member i of n at (k + i / n) / weight, ties to the earlier member; of these,
/// each time the first after which all the others can still stand apart.
fn order(members: &[Member<'_>]) -> Vec<usize> {
    let n = members.len() as u64;
    let mut places: Vec<(u64, u64, usize)> = Vec::new();
    for (i, member) in members.iter().enumerate() {
        places.extend((0..member.weight).map(|k| (k * n + i as u64, member.weight, i)));
    }
    places.sort_by(|one, other| (one.0 * other.1).cmp(&(other.0 * one.1)).then(one.2.cmp(&other.2)));
    let mut left: Vec<usize> = places.into_iter().map(|place| place.2).collect();
    let material = |at: usize| members[at].material;
    // Where one material outnumbers all the others, its last ones cannot come.
    while let Some(crowd) = left.iter().copied().find(|at| {
        let alike = left.iter().filter(|other| material(**other) == material(*at)).count();
        alike > (left.len() - alike).max(1)
    }) {
        let last = left.iter().rposition(|at| material(*at) == material(crowd)).unwrap();
        left.remove(last);
    }
    let mut order: Vec<usize> = Vec::new();
    while !left.is_empty() {
        let chosen = (0..left.len()).find(|at| {
            let mut rest = left.clone();
            let next = material(rest.remove(*at));
            let first = order.first().map_or(next, |first| material(*first));
            let differs = order.last().is_none_or(|last| material(*last) != next);
            differs && can_stand_apart(&rest, material, first, next)
        });
        // A single item has nothing else to stand between.
        order.push(left.remove(chosen.unwrap_or(0)));
    }
    order
}

/// Whether `rest` can be put in an order after `last` so that no two neighbours are alike and the last is not `first`: every material
/// can have each second place of those that are open to it.
fn can_stand_apart(rest: &[usize], material: impl Fn(usize) -> Material, first: Material, last: Material) -> bool {
    let enough = |alike: Material| {
        let wanted = rest.iter().filter(|at| material(**at) == alike).count();
        let closed = usize::from(alike == first) + usize::from(alike == last);
        wanted <= rest.len().saturating_sub(closed).div_ceil(2)
    };
    rest.iter().all(|at| enough(material(*at))) && (!rest.is_empty() || first != last)
}
