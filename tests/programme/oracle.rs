//! The same question answered the slow way: every tick from two days before, one after the other, with no cleverness.
//!
//! Shares no code with the room but the plan's types. It keeps, of every priority, the page on show and what is left of it.

use jiff::{
    SignedDuration, Timestamp, ToSpan, Zoned,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use yingbi::{
    calendar::When,
    playlist::Priority,
    programme::{Entry, Plan, PlannedPlaylist, PlannedScreen, Track},
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
    lit: Vec<bool>,
}

/// What is on show, its first tick and the first after it.
pub(super) type Visit = (Shown, i64, i64);

impl Oracle {
    pub(super) fn new(plan: &Plan, screen: usize, date: Date) -> Self {
        let screen = &plan.screens[screen];
        let world = World::new(&plan.timezone, screen, date);
        let tracks = screen.tracks.iter().map(|track| world.track(track));
        Self {
            start: world.midnights[2],
            end: world.midnights[3],
            first: world.midnights[1],
            shown: tracks.collect(),
            lit: world.lit(screen),
        }
    }

    pub(super) fn is_lit(&self, tick: i64) -> bool {
        self.lit[usize::try_from(tick - self.first).unwrap()]
    }

    /// The first tick after `tick`, at most the end of the next day, at which the light is not as at `tick`.
    pub(super) fn light_until(&self, tick: i64) -> i64 {
        let last = self.first + self.lit.len() as i64;
        (tick..last)
            .find(|other| self.is_lit(*other) != self.is_lit(tick))
            .unwrap_or(last)
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
    zone: &'a TimeZone,
    rate: i128,
    date: Date,
    /// The first ticks of the days from two before to two after.
    midnights: Vec<i64>,
}

impl<'a> World<'a> {
    fn new(zone: &'a TimeZone, screen: &PlannedScreen, date: Date) -> Self {
        let mut world = Self {
            zone,
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
        Zoned::try_from(clock.to_zoned(self.zone.clone()).unwrap())
            .unwrap()
            .timestamp()
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
    fn openings(&self, when: &When) -> Vec<(i64, i64, bool)> {
        let mut openings = Vec::new();
        for day in -6..=3 {
            let date = self.date + day.days();
            if !when.weekdays.contains(date.weekday())
                || when.from.is_some_and(|from| date < from)
                || when.until.is_some_and(|until| date > until)
                || when.except.contains(&date)
            {
                continue;
            }
            let (start, end) = (when.start.seconds(), when.end.seconds());
            let over_midnight = if end <= start { 86_400 } else { 0 };
            let (from, until) = (self.civil(day, start), self.civil(day, end + over_midnight));
            let whole = from == self.civil(day, 0) && until >= self.civil(day, 86_400);
            if self.tick(from) < self.tick(until) && from < until {
                openings.push((self.tick(from), self.tick(until), whole));
            }
        }
        openings
    }

    fn lit(&self, screen: &PlannedScreen) -> Vec<bool> {
        let openings: Vec<_> = screen.lit.iter().flat_map(|when| self.openings(when)).collect();
        let is_lit = |tick| openings.iter().any(|(from, until, _)| (*from..*until).contains(&tick));
        (self.midnights[1]..self.midnights[4])
            .map(|tick| screen.lit.is_empty() || is_lit(tick))
            .collect()
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
        let playlists: Vec<(usize, &PlannedPlaylist)> = track
            .playlists
            .iter()
            .enumerate()
            .filter(|(_, playlist)| playlist.priority == priority)
            .collect();
        if playlists
            .iter()
            .all(|(_, playlist)| playlist.plays.iter().all(|play| play.entries.is_empty()))
        {
            return Vec::new();
        }
        let openings: Vec<Vec<(i64, i64, bool)>> = playlists
            .iter()
            .map(|(_, playlist)| playlist.when.iter().flat_map(|when| self.openings(when)).collect())
            .collect();
        let is_open = |at: usize, tick: i64| {
            playlists[at].1.when.is_empty()
                || openings[at]
                    .iter()
                    .any(|(from, until, _)| (*from..*until).contains(&tick))
        };
        let open_at = |tick: i64| (0..playlists.len()).map(|at| is_open(at, tick)).collect::<Vec<bool>>();
        let begins_a_day = |tick: i64| {
            let always =
                playlists.iter().any(|(_, playlist)| playlist.when.is_empty()) && self.midnights.contains(&tick);
            always
                || openings
                    .iter()
                    .flatten()
                    .any(|(from, _, whole)| *whole && *from == tick)
        };
        let mut last_edges: Vec<i64> = Vec::new();
        let mut open_before = open_at(self.midnights[0] - 1);
        let mut show: Option<(Vec<Slot>, usize, i64, i64)> = None;
        let mut result = Vec::new();
        for tick in self.midnights[0]..self.midnights[4] {
            let open = open_at(tick);
            let edge = open != open_before || begins_a_day(tick);
            let quiet_midnight = (1..4).any(|day| {
                let yesterday = self.midnights[day - 1]..self.midnights[day];
                tick == self.midnights[day] && !last_edges.iter().any(|edge| yesterday.contains(edge))
            });
            if edge {
                last_edges.push(tick);
            }
            open_before = open;
            let composition = || self.composition(&playlists, &open_before, tick);
            show = match show {
                Some((slots, _, _, _)) if edge || quiet_midnight => {
                    drop(slots);
                    begin(&composition(), tick)
                }
                None => begin(&composition(), tick),
                Some((slots, at, left, anchor)) if left > 1 => {
                    let now = (priority >= Priority::Alert).then(composition);
                    match now {
                        Some(now) if !same(&now, &slots) => begin(&now, tick),
                        _ => Some((slots, at, left - 1, anchor)),
                    }
                }
                Some((slots, at, _, anchor)) => {
                    let now = composition();
                    if same(&now, &slots) {
                        let at = (at + 1) % slots.len();
                        let left = slots[at].length;
                        Some((slots, at, left, anchor))
                    } else {
                        begin(&now, tick)
                    }
                }
            };
            if tick >= self.midnights[1] {
                result.push(show.as_ref().map(|(slots, at, left, anchor)| Shown {
                    priority,
                    entry: slots[*at].entry,
                    page: slots[*at].page,
                    began: tick - (slots[*at].length - left),
                    anchor: *anchor,
                }));
            }
        }
        result
    }

    /// The entries in force, limits applied, each with its weight and its pages.
    fn composition(&self, playlists: &[(usize, &PlannedPlaylist)], open: &[bool], tick: i64) -> Vec<Member> {
        let mut members = Vec::new();
        for ((index, playlist), _) in playlists.iter().zip(open).filter(|(_, open)| **open) {
            for (play_index, play) in playlist.plays.iter().enumerate() {
                let in_force = play
                    .entries
                    .iter()
                    .enumerate()
                    .filter(|(_, entry)| self.in_force(entry, tick));
                for (entry_index, entry) in in_force.take(play.limit.map_or(usize::MAX, |limit| limit as usize)) {
                    members.push(Member {
                        entry: (*index, play_index, entry_index),
                        weight: u64::from(play.weight),
                        pages: entry.pages.iter().map(|ticks| ticks.0).collect(),
                    });
                }
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
struct Member {
    entry: (usize, usize, usize),
    weight: u64,
    pages: Vec<i64>,
}

/// A page of the loop.
struct Slot {
    entry: (usize, usize, usize),
    page: usize,
    length: i64,
}

/// The first page of a loop that begins at `tick`.
fn begin(members: &[Member], tick: i64) -> Option<(Vec<Slot>, usize, i64, i64)> {
    let slots = round(members);
    let left = slots.first()?.length;
    Some((slots, 0, left, tick))
}

/// Occurrence k of member i of n at (k + i / n) / weight, ties to the earlier member.
fn round(members: &[Member]) -> Vec<Slot> {
    let n = members.len() as u64;
    let mut places: Vec<(u64, u64, usize)> = Vec::new();
    for (i, member) in members.iter().enumerate() {
        places.extend((0..member.weight).map(|k| (k * n + i as u64, member.weight, i)));
    }
    places.sort_by(|one, other| (one.0 * other.1).cmp(&(other.0 * one.1)).then(one.2.cmp(&other.2)));
    let mut slots = Vec::new();
    for (_, _, i) in places {
        slots.extend(members[i].pages.iter().enumerate().map(|(page, length)| Slot {
            entry: members[i].entry,
            page,
            length: *length,
        }));
    }
    slots
}

/// Whether a loop is made of just these members.
fn same(members: &[Member], slots: &[Slot]) -> bool {
    let mut playing: Vec<_> = slots.iter().map(|slot| slot.entry).collect();
    playing.sort_unstable();
    playing.dedup();
    playing.iter().copied().eq(members.iter().map(|member| member.entry))
}
