//! One dynamic area of a card: what it ought to show, and what it was told.

use std::{sync::Arc, time::Duration};

use super::{
    part::Retry,
    standing::{AreaStanding, Trust},
};
use crate::{
    controller::card::{CardArea, Course},
    units::{Area, Digest, Moment},
};

/// One dynamic area of a card.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) wanted: Option<Target>,
    pub(super) has: Option<Has>,
    /// The card may have something else than it was told last.
    pub(super) is_suspect: bool,
    /// It cannot be sent as it is: nothing is tried until another is wanted.
    pub(super) is_unfit: bool,
    pub(super) is_refused: bool,
    pub(super) retry: Retry,
}

/// What an area ought to show.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) area: CardArea,
    /// Of place, course and pages.
    pub(super) key: Digest,
    /// When `elapsed` of its course was right.
    pub(super) since: Moment,
}

/// What an area was told.
#[derive(Clone, Debug)]
pub(super) struct Has {
    pub(super) place: Area,
    pub(super) key: Digest,
    /// When its last frame had gone over the line.
    pub(super) sent: Moment,
    /// When the card confirmed it.
    pub(super) confirmed: Option<Moment>,
    /// How far behind the sheet its pages were then.
    pub(super) behind: Option<Duration>,
    /// How long its frame takes.
    pub(super) takes: Duration,
}

impl Slot {
    pub(super) const EMPTY: Self = Self {
        wanted: None,
        has: None,
        is_suspect: false,
        is_unfit: false,
        is_refused: false,
        retry: Retry::NOW,
    };

    /// Whether what the card has there must go before anything comes.
    pub(super) fn is_to_go(&self) -> bool {
        match (&self.has, &self.wanted) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(has), Some(wanted)) => has.place != wanted.area.place || self.is_unfit,
        }
    }

    /// Whether the card lacks what is wanted.
    pub(super) fn is_changed(&self) -> bool {
        let Some(wanted) = self.wanted.as_ref().filter(|_| !self.is_unfit) else {
            return false;
        };
        self.has.as_ref().is_none_or(|has| has.key != wanted.key)
    }

    /// Makes `target` what is wanted.
    pub(super) fn want(&mut self, target: Option<Target>) {
        let key = |target: &Option<Target>| target.as_ref().map(|target| target.key);
        if key(&self.wanted) != key(&target) {
            self.is_unfit = false;
            self.is_refused = false;
            self.retry = Retry::NOW;
        }
        self.wanted = target;
    }

    pub(super) fn standing(&self, id: u8) -> Option<AreaStanding> {
        let wanted = self.wanted.as_ref()?;
        let has = self.has.as_ref().filter(|_| !self.is_changed() && !self.is_suspect);
        let trust = match has {
            Some(_) => Trust::Sent,
            None if self.is_unfit || self.is_refused => Trust::Refused,
            None => Trust::Unsent,
        };
        Some(AreaStanding {
            id,
            place: wanted.area.place,
            trust,
            since: has.and_then(|has| has.confirmed),
            drift: has.and_then(|has| has.behind),
        })
    }
}

impl Target {
    pub(super) fn new(area: &CardArea, now: Moment) -> Self {
        let Area { x, y, width, height } = area.place;
        let place: Vec<u8> = [x, y, width, height]
            .iter()
            .flat_map(|side| side.to_le_bytes())
            .collect();
        let course = [u8::from(area.course != Course::Pushed)];
        let pages = area.pages.iter().map(|page| &page.digest.bytes()[..]);
        Self {
            key: Digest::of_parts([&place[..], &course].into_iter().chain(pages)),
            area: area.clone(),
            since: now,
        }
    }

    /// How long a round takes; `None` where we turn the pages.
    pub(super) fn round(&self) -> Option<Duration> {
        match self.area.course {
            Course::Looped { round, .. } if !round.is_zero() => Some(round),
            Course::Looped { .. } | Course::Pushed => None,
        }
    }

    /// How long ago the round of `moment` began.
    pub(super) fn phase(&self, moment: Moment) -> Duration {
        let (Some(round), Course::Looped { elapsed, .. }) = (self.round(), self.area.course) else {
            return Duration::ZERO;
        };
        let whole = elapsed + moment.since(self.since);
        nanoseconds(whole.as_nanos() % round.as_nanos())
    }

    /// The first moment from `from` on at which a round begins.
    pub(super) fn next_round(&self, from: Moment) -> Option<Moment> {
        let round = self.round()?;
        let phase = self.phase(from);
        Some(if phase.is_zero() { from } else { from + (round - phase) })
    }

    /// The area with the page first that is nearest to its beginning at `moment`, and by how much the sheet is away from that.
    pub(super) fn turned(&self, moment: Moment) -> (CardArea, Option<Duration>) {
        let Some(round) = self.round() else {
            return (self.area.clone(), None);
        };
        let phase = self.phase(moment);
        let mut start = Duration::ZERO;
        let mut best = (Duration::MAX, 0);
        for (index, page) in self.area.pages.iter().enumerate() {
            let apart = nanoseconds(start.abs_diff(phase).as_nanos() % round.as_nanos());
            best = best.min((apart.min(round.saturating_sub(apart)), index));
            start += page.entrance.takes(self.area.place.size()) + page.stay;
        }
        let (behind, first) = best;
        let mut pages = self.area.pages.to_vec();
        pages.rotate_left(first);
        let pages = Arc::from(pages);
        (
            CardArea {
                pages,
                ..self.area.clone()
            },
            Some(behind),
        )
    }
}

fn nanoseconds(nanoseconds: u128) -> Duration {
    Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX))
}
