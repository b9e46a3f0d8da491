//! One civil day of one screen, compiled.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use jiff::civil::Date;

use super::{
    bits::Bits,
    chain::chain,
    cue::{Cue, Light, Loop, Opening, Outgoing, PagedRound, Round, RoundPage, Tiered, Why},
    explain::explain,
    hours::Hours,
    layers::{Span, lay_under},
    openings::{Days, Openings, Window, holds, joined},
    plan::{Material, Plan},
    roster::Roster,
    segment::{Place, Segment},
    tier::Tier,
};
use crate::{
    playlist::Priority,
    units::{Tick, Ticks},
};

/// One civil day of one screen. Immutable; a look-up is a binary search.
///
/// It knows the days before and after too, so that a page that goes through midnight has its true beginning and end, and the first
/// page of a day knows what it takes the place of.
#[derive(Clone, Debug)]
pub struct Day {
    start: Tick,
    end: Tick,
    tracks: Vec<TrackDay>,
    hours: Hours,
    /// The solemn days around, disjoint and rising.
    solemn: Arc<[(Tick, Tick)]>,
}

#[derive(Clone, Debug)]
struct TrackDay {
    /// The highest priority first.
    tiers: Vec<TierDay>,
    /// What is seen, in order.
    spans: Vec<Span>,
    /// The solemn days around, on which nothing moves.
    solemn: Arc<[(Tick, Tick)]>,
}

#[derive(Clone, Debug)]
struct TierDay {
    tier: Arc<Tier>,
    openings: Openings,
    segments: Vec<Segment>,
}

/// A page as it is seen.
#[derive(Clone, Copy, Debug)]
struct Seen<'a> {
    tier: &'a TierDay,
    segment: &'a Segment,
    place: Place,
    since: Tick,
    until: Tick,
}

impl Day {
    /// The day `date` of a screen whose tracks have the given tiers, the highest priority first.
    pub(super) fn compile(plan: &Plan, screen: usize, tracks: &[Vec<Arc<Tier>>], date: Date) -> Self {
        let screen = &plan.screens[screen];
        let days = Days::around(date, &plan.calendar, screen.rate);
        let solemn: Arc<[(Tick, Tick)]> = days.solemn().into();
        let track = |tiers: &Vec<Arc<Tier>>| TrackDay::new(tiers, &days, &solemn);
        let tracks: Vec<TrackDay> = tracks.iter().map(track).collect();
        let alarms = joined(tracks.iter().flat_map(TrackDay::alarms).collect());
        Self {
            start: days.start(),
            end: days.end(),
            hours: Hours::new(screen, &days, &alarms),
            tracks,
            solemn,
        }
    }

    /// The day's first tick.
    pub const fn start(&self) -> Tick {
        self.start
    }

    /// The first tick after the day.
    pub const fn end(&self) -> Tick {
        self.end
    }

    /// What the track at `track` shows at `tick`, which must lie in the day; `None` where nothing plays there.
    pub fn at(&self, track: usize, tick: Tick) -> Option<Cue> {
        self.expect_inside(tick);
        let track = &self.tracks[track];
        Some(track.cue(&track.seen(tick)?, tick))
    }

    /// Why the track at `track` shows what it shows at `tick`, which must lie in the day.
    pub fn why(&self, track: usize, tick: Tick) -> Option<Why> {
        self.expect_inside(tick);
        Some(self.tracks[track].seen(tick)?.why(tick))
    }

    /// The loop that the track at `track` runs at `tick`, which must lie in the day. It is put together anew by each call; it stays
    /// the same while the cue's `anchor` and `playlist` priority do, that is, for one [`Cue::anchor`] of one tier.
    pub fn round(&self, track: usize, tick: Tick) -> Option<Round> {
        self.expect_inside(tick);
        Some(self.tracks[track].seen(tick)?.round())
    }

    /// The same page by page.
    pub fn paged_round(&self, track: usize, tick: Tick) -> Option<PagedRound> {
        self.expect_inside(tick);
        Some(self.tracks[track].seen(tick)?.paged_round())
    }

    /// Every loop of which the track shows something on the day, in the order in which they are first seen.
    pub fn loops(&self, track: usize) -> Vec<Loop> {
        self.tracks[track].loops(self.start, self.end)
    }

    /// What each priority of the track at `track` would show at `tick`, which must lie in the day, if nothing lay above it: the highest
    /// first, those that have nothing left out.
    pub fn tiers(&self, track: usize, tick: Tick) -> Vec<Tiered> {
        self.expect_inside(tick);
        let tiers = self.tracks[track].tiers.iter();
        tiers.filter_map(|tier| tier.alone(tick)).collect()
    }

    /// Whether the playlist at `playlist` in the plan of the track at `track` is open at `tick`, which must lie in the day; `None` where
    /// its priority has no entries at all.
    pub fn opening(&self, track: usize, playlist: usize, tick: Tick) -> Option<Opening> {
        self.expect_inside(tick);
        self.tracks[track].tiers.iter().find_map(|tier| {
            let playlists = &tier.tier.playlists;
            let number = playlists.iter().position(|one| one.index == playlist)?;
            Some(tier.openings.opening(number, tick))
        })
    }

    /// Whether `tick`, which must lie in the day, lies on a solemn day: frames are grey.
    pub fn is_solemn(&self, tick: Tick) -> bool {
        self.expect_inside(tick);
        holds(&self.solemn, tick)
    }

    /// Whether the screen is lit at `tick`, which must lie in the day.
    pub fn light(&self, tick: Tick) -> Light {
        self.expect_inside(tick);
        self.hours.at(tick)
    }

    /// The first tick after `tick` at which any track or the light changes; at most the day's end.
    pub fn next_change(&self, tick: Tick) -> Tick {
        self.expect_inside(tick);
        let light = self.hours.at(tick).until();
        let tracks = self.tracks.iter().filter_map(|track| track.next_change(tick));
        tracks.fold(light.min(self.end), Ord::min).max(tick.next())
    }

    /// Every cue of the track that begins before `until` and ends after `from`, in order, as far as it is seen on this day: each as
    /// [`Day::at`] gives it on its first tick here. One that goes through midnight comes on both days, with the same `since`.
    pub fn cues(&self, track: usize, from: Tick, until: Tick) -> impl Iterator<Item = Cue> + '_ {
        let track = &self.tracks[track];
        let (start, until) = (self.start, until.min(self.end));
        let mut next = from.max(start);
        std::iter::from_fn(move || {
            let seen = track.seen_from(next).filter(|seen| seen.since < until)?;
            next = seen.until;
            Some(track.cue(&seen, seen.since.max(start)))
        })
    }

    fn expect_inside(&self, tick: Tick) {
        debug_assert!(
            (self.start..self.end).contains(&tick),
            "tick {} is outside the day from {} to {}",
            tick.0,
            self.start.0,
            self.end.0
        );
    }
}

impl TrackDay {
    fn new(tiers: &[Arc<Tier>], days: &Days, solemn: &Arc<[(Tick, Tick)]>) -> Self {
        let tiers: Vec<TierDay> = tiers.iter().map(|tier| TierDay::new(Arc::clone(tier), days)).collect();
        let spans = tiers.iter().enumerate().fold(Vec::new(), |above, (at, tier)| {
            lay_under(&above, at, &tier.segments, days.first(), days.last())
        });
        Self {
            tiers,
            spans,
            solemn: Arc::clone(solemn),
        }
    }

    /// The times at which an alert or a stop is seen.
    fn alarms(&self) -> impl Iterator<Item = (Tick, Tick)> + '_ {
        let urgent = self.spans.iter().filter(|span| self.tiers[span.tier].tier.is_urgent());
        urgent.map(|span| (span.from, span.until))
    }

    /// The page seen at `tick`.
    fn seen(&self, tick: Tick) -> Option<Seen<'_>> {
        self.seen_from(tick).filter(|seen| seen.since <= tick)
    }

    /// The page seen at `tick`, or else the next.
    fn seen_from(&self, tick: Tick) -> Option<Seen<'_>> {
        let at = self.spans.partition_point(|span| span.until <= tick);
        let span = self.spans.get(at)?;
        let tier = &self.tiers[span.tier];
        let segment = &tier.segments[span.segment];
        let place = segment.locate(&tier.tier, tick.max(span.from));
        Some(Seen {
            tier,
            segment,
            place,
            since: place.began.max(span.from),
            until: place.until.min(span.until),
        })
    }

    fn loops(&self, start: Tick, end: Tick) -> Vec<Loop> {
        let mut seen: BTreeMap<(usize, usize), (Tick, Tick)> = BTreeMap::new();
        for span in &self.spans {
            let (from, until) = (span.from.max(start), span.until.min(end));
            if from < until {
                let seen = seen.entry((span.tier, span.segment)).or_insert((from, until));
                seen.1 = until;
            }
        }
        let loops = seen.into_iter().map(|((tier, segment), (since, until))| {
            let tier = &self.tiers[tier];
            tier.loop_of(&tier.segments[segment], since, until)
        });
        let mut loops: Vec<Loop> = loops.collect();
        loops.sort_by_key(|one| one.since);
        loops
    }

    fn cue(&self, seen: &Seen<'_>, tick: Tick) -> Cue {
        let tier = &*seen.tier.tier;
        let transition = tier.plays[tier.entries[seen.place.entry].play].transition;
        seen.cue(self.outgoing(seen, transition, tick))
    }

    fn outgoing(&self, seen: &Seen<'_>, transition: Ticks, tick: Tick) -> Option<Outgoing> {
        if tick >= seen.since + transition || holds(&self.solemn, seen.since) {
            return None;
        }
        let before = self.seen(Tick(seen.since.0 - 1))?;
        if before.is_cut_to(seen) {
            return None;
        }
        Some(Outgoing {
            material: before.tier.tier.entries[before.place.entry].material,
            page: sixteen_bits(before.place.page),
            since: before.since,
            began: before.place.began,
            transition,
        })
    }

    /// The first tick after `tick` at which this track's answer changes, as far as it is known.
    fn next_change(&self, tick: Tick) -> Option<Tick> {
        let seen = self.seen_from(tick)?;
        if seen.since > tick {
            return Some(seen.since);
        }
        let cue = self.cue(&seen, tick);
        let settled = cue.outgoing.map(|outgoing| cue.since + outgoing.transition);
        Some(settled.map_or(cue.until, |settled| settled.min(cue.until)))
    }
}

impl TierDay {
    fn new(tier: Arc<Tier>, days: &Days) -> Self {
        let openings = Openings::new(&tier, days);
        let segments = chain(&tier, &openings, days);
        Self {
            tier,
            openings,
            segments,
        }
    }

    /// What it would show at `tick` if nothing lay above it.
    fn alone(&self, tick: Tick) -> Option<Tiered> {
        let at = self.segments.partition_point(|segment| segment.until <= tick);
        let segment = self.segments.get(at).filter(|segment| segment.start <= tick)?;
        let place = segment.locate(&self.tier, tick);
        let seen = Seen {
            tier: self,
            segment,
            place,
            since: place.began,
            until: place.until,
        };
        Some(Tiered {
            cue: seen.cue(None),
            why: seen.why(tick),
            round: seen.round(),
        })
    }

    /// The entries of a segment.
    fn playing(&self, segment: &Segment) -> Bits {
        Roster::at(&self.tier, segment.start, &self.openings).playing().clone()
    }

    fn loop_of(&self, segment: &Segment, since: Tick, until: Tick) -> Loop {
        let (tier, playing) = (&*self.tier, self.playing(segment));
        let materials: HashSet<Material> = playing.iter().map(|entry| tier.entries[entry].material).collect();
        let explained = segment.arrangement.as_ref().map(|of| explain(tier, &playing, of));
        Loop {
            priority: tier.priority,
            since,
            until,
            items: materials.len(),
            round: segment.longest_wait(tier, &playing),
            infeasible: explained.unwrap_or_default(),
        }
    }
}

impl Seen<'_> {
    fn cue(&self, outgoing: Option<Outgoing>) -> Cue {
        let tier = &*self.tier.tier;
        let entry = &tier.entries[self.place.entry];
        let play = &tier.plays[entry.play];
        Cue {
            material: entry.material,
            page: sixteen_bits(self.place.page),
            pages: sixteen_bits(tier.page_ends(self.place.entry).len()),
            since: self.since,
            until: self.until,
            began: self.place.began,
            anchor: self.segment.start,
            playlist: tier.playlists[play.playlist].index,
            play: play.index,
            outgoing,
        }
    }

    /// An alert or a stop cuts in, and what comes after it cuts in too.
    fn is_cut_to(&self, next: &Self) -> bool {
        let (from, to) = (self.tier.tier.priority, next.tier.tier.priority);
        from != to && from.max(to) >= Priority::Alert
    }

    fn why(&self, tick: Tick) -> Why {
        let tier = &self.tier.tier;
        let playlist = tier.plays[tier.entries[self.place.entry].play].playlist;
        Why {
            priority: tier.priority,
            window: self.tier.openings.window(playlist, tick).map(Window::open),
        }
    }

    fn round(&self) -> Round {
        let (tier, anchor) = (&*self.tier.tier, self.segment.start);
        let mut length = 0;
        let order = self.segment.round(tier, &self.tier.playing(self.segment));
        let slots = order.into_iter().map(|entry| {
            let offset = Ticks(length);
            length += tier.length(entry);
            (tier.entries[entry].material, offset)
        });
        let materials: Arc<[(Material, Ticks)]> = slots.collect();
        Round {
            anchor,
            length: Ticks(length),
            materials,
        }
    }

    fn paged_round(&self) -> PagedRound {
        let tier = &*self.tier.tier;
        let order = self.segment.round(tier, &self.tier.playing(self.segment));
        let pages: Arc<[RoundPage]> = order.into_iter().flat_map(|entry| pages(tier, entry)).collect();
        PagedRound {
            anchor: self.segment.start,
            length: Ticks(pages.iter().map(|page| page.length.0).sum()),
            pages,
        }
    }
}

/// The pages of an entry of `tier`, in order.
fn pages(tier: &Tier, entry: usize) -> impl Iterator<Item = RoundPage> + '_ {
    let material = tier.entries[entry].material;
    let play = &tier.plays[tier.entries[entry].play];
    let ends = tier.page_ends(entry);
    ends.iter().enumerate().map(move |(page, end)| RoundPage {
        material,
        page: sixteen_bits(page),
        playlist: tier.playlists[play.playlist].index,
        play: play.index,
        length: Ticks(end - page.checked_sub(1).map_or(0, |before| ends[before])),
        transition: play.transition,
    })
}

fn sixteen_bits(pages: usize) -> u16 {
    u16::try_from(pages).expect("a tier keeps at most 65,535 pages of an entry")
}
