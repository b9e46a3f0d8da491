//! One area as it was made, and of what: so that it is made anew only where that differs.

use std::{sync::Arc, time::Duration};

use jiff::civil::DateTime;

use super::{
    beat,
    course::Reason,
    roll::{Run, Why},
};
use crate::{
    controller::card::{CardArea, CardPage, Course},
    playlist::{Effect, Priority},
    programme::Material,
    units::{Area, Digest, Rate, Tick, Ticks},
    wall::projector::{self, Seen},
};

/// An area, what it was made of, and what is told of it.
#[derive(Clone, Debug)]
pub(super) struct Made {
    /// On the screen.
    pub(super) place: Area,
    pub(super) traces: Vec<Trace>,
    pub(super) is_grey: bool,
    pub(super) style: Style,
    /// How often what tells the time is shown anew, in seconds.
    pub(super) beat: Option<u32>,
    /// The time that it tells.
    pub(super) civil: DateTime,
    pub(super) pages: Arc<[CardPage]>,
    /// Where those are, on the screen: all of `place`, but where something runs over a part of it.
    pub(super) window: Area,
    /// What stands beside it.
    pub(super) rests: Vec<Rest>,
    /// How many areas the card had to spare.
    pub(super) spare: usize,
    /// Whether it stands there only until the loop that is to be is prepared.
    pub(super) is_meanwhile: bool,
    /// Whether that is because frames of a clip are not at hand.
    pub(super) is_lacking: bool,
    pub(super) told: Told,
}

/// What stands beside something that runs.
#[derive(Clone, Debug)]
pub(super) struct Rest {
    /// On the screen.
    pub(super) place: Area,
    pub(super) pages: Arc<[CardPage]>,
}

/// What a track showed of which an area was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trace {
    pub(super) track: usize,
    pub(super) wall: Digest,
    material: Material,
    page: u16,
    since: Tick,
    anchor: Tick,
    priority: Priority,
    is_solemn: bool,
}

/// How an area's pages are turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// By us.
    Pushed,
    /// By the card: those of `track`.
    Looped { track: usize, anchor: Tick, length: Ticks },
    /// By the card, which lets the page run again and again from `since` on, `length` each time.
    Rolling { since: Tick, length: Ticks },
    /// As a strip: its columns from that of `from` on, in ticks of a cycle of `cycle`; `length` long, and seen for `span`.
    Running {
        since: Tick,
        cycle: Ticks,
        from: Ticks,
        span: Ticks,
        length: Ticks,
    },
}

/// What is told of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) reason: Reason,
    /// How long all that is sent at once takes on the wire.
    pub(super) wire: Duration,
    /// The shortest time that a page is seen.
    pub(super) shortest: Option<Duration>,
    /// How many pages the round has.
    pub(super) pages: usize,
    /// How many of them the card has.
    pub(super) shown: usize,
    /// How the page was to come in, where that is not as it does.
    pub(super) lost: Option<Effect>,
    /// Why something runs on the wall that stands here, where it does.
    pub(super) stands: Option<Why>,
    /// How the card lets a page run, where it does.
    pub(super) run: Option<Run>,
    /// How often what tells the time changes on the wall, in seconds.
    pub(super) every: Option<u32>,
    /// What the card has no characters for.
    pub(super) missing: Option<char>,
}

impl Told {
    /// A page on its own, of which nothing is lost.
    pub(super) const fn new(reason: Reason, wire: Duration, shortest: Option<Duration>) -> Self {
        Self {
            reason,
            wire,
            shortest,
            pages: 1,
            shown: 1,
            lost: None,
            stands: None,
            run: None,
            every: None,
            missing: None,
        }
    }
}

impl Style {
    /// Whether an area of which `before` was seen is the same where `now` is.
    pub(super) fn follows(self, before: &Trace, now: &Trace) -> bool {
        match self {
            Self::Pushed | Self::Rolling { .. } => before == now,
            Self::Looped { track, .. } if track == now.track => before.is_round(now),
            Self::Looped { .. } => before.is_page(now),
            Self::Running { .. } => before.is_round(now),
        }
    }

    /// The first tick after `tick` at which another part of a strip is due.
    pub(super) fn turns(self, tick: Tick) -> Option<Tick> {
        let Self::Running {
            since,
            cycle,
            from,
            span,
            ..
        } = self
        else {
            return None;
        };
        let gone = within(tick.since(since), cycle) - from;
        (span < cycle).then(|| tick + (span - gone))
    }
}

impl Trace {
    pub(super) fn of(seen: &Seen) -> Self {
        Self {
            track: seen.track,
            wall: seen.wall.digest(),
            material: seen.cue.material,
            page: seen.cue.page,
            since: seen.cue.since,
            anchor: seen.cue.anchor,
            priority: seen.priority,
            is_solemn: seen.is_solemn,
        }
    }

    /// Whether the same page of the same wall is seen, since whenever.
    fn is_page(&self, other: &Self) -> bool {
        let page = |trace: &Self| (trace.track, trace.wall, trace.material, trace.page);
        page(self) == page(other)
    }

    /// Whether the same round runs.
    fn is_round(&self, other: &Self) -> bool {
        let round = |trace: &Self| (trace.track, trace.wall, trace.anchor, trace.priority, trace.is_solemn);
        round(self) == round(other)
    }
}

impl Made {
    /// Whether it is still what those `seen` in `place` make at `tick`, where the card has areas to `spare`.
    pub(super) fn holds(
        &self,
        (place, spare): (Area, usize),
        seen: &[&Seen],
        rest: &projector::Rest,
        tick: Tick,
        rate: Rate,
    ) -> bool {
        self.spare == spare
            && self.is_alike(place, seen, rest)
            && self.has_part(tick)
            && self.civil == told_at(self.style, self.beat, seen, rest, rate)
    }

    /// The same, whatever time it tells.
    pub(super) fn is_alike(&self, place: Area, seen: &[&Seen], rest: &projector::Rest) -> bool {
        let follows = |(trace, seen): (&Trace, &&Seen)| self.style.follows(trace, &Trace::of(seen));
        self.place == place
            && self.is_grey == rest.is_grey
            && self.traces.len() == seen.len()
            && self.traces.iter().zip(seen).all(follows)
    }

    /// Whether the part of the strip that it has is the one of `tick`.
    fn has_part(&self, tick: Tick) -> bool {
        match self.style {
            Style::Running {
                since,
                cycle,
                from,
                span,
                ..
            } => {
                let within = tick.since(since).0.rem_euclid(cycle.0.max(1));
                (from.0..from.0 + span.0).contains(&within)
            }
            Style::Pushed | Style::Looped { .. } | Style::Rolling { .. } => true,
        }
    }

    /// The areas at `tick`, for a card whose top left corner on the screen is that of `region`; none where there is no page.
    pub(super) fn areas(&self, region: Area, tick: Tick, rate: Rate) -> Vec<CardArea> {
        let area = |place: Area, pages: &Arc<[CardPage]>, course| CardArea {
            place: Area {
                x: place.x - region.x,
                y: place.y - region.y,
                ..place
            },
            pages: Arc::clone(pages),
            course,
        };
        let still = self
            .rests
            .iter()
            .map(|rest| area(rest.place, &rest.pages, Course::Pushed));
        let own = area(self.window, &self.pages, self.course(tick, rate));
        let all = still.chain([own]);
        all.filter(|area| !area.pages.is_empty()).collect()
    }

    fn course(&self, tick: Tick, rate: Rate) -> Course {
        let looped = |since: Tick, length| Course::Looped {
            round: lasts(length, rate),
            elapsed: lasts(within(tick.since(since), length), rate),
        };
        match self.style {
            Style::Pushed => Course::Pushed,
            Style::Looped { anchor, length, .. } => looped(anchor, length),
            Style::Rolling { since, length } => looped(since, length),
            Style::Running {
                since,
                cycle,
                from,
                length,
                ..
            } => {
                let gone = within(tick.since(since), cycle) - from;
                Course::Looped {
                    round: lasts(length, rate),
                    elapsed: lasts(within(gone, length), rate),
                }
            }
        }
    }
}

/// The time that the picture of an area tells: that of the last beat, and of a page that we turn, none before the page came.
pub(super) fn told_at(
    style: Style,
    own_beat: Option<u32>,
    seen: &[&Seen],
    rest: &projector::Rest,
    rate: Rate,
) -> DateTime {
    let last = beat::last(own_beat, rest.civil);
    if style != Style::Pushed || own_beat.is_none() {
        return last;
    }
    let came = seen.iter().map(|seen| {
        let zone = &seen.wall.site().timezone;
        zone.to_datetime(rate.timestamp(seen.cue.since))
    });
    // Where clocks are turned back, it may have come later than now.
    let came = came.filter(|came| *came <= rest.civil).max();
    came.map_or(last, |came| last.max(came))
}

fn within(ticks: Ticks, length: Ticks) -> Ticks {
    Ticks(ticks.0.rem_euclid(length.0.max(1)))
}

/// So many ticks in time.
pub(super) fn lasts(ticks: Ticks, rate: Rate) -> Duration {
    Duration::try_from(rate.duration(ticks)).unwrap_or_default()
}
