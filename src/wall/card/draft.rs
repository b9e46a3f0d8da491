//! A loop that is being prepared, a few pages a deal: a round may have hundreds, and no tick of the player may wait for them.

use std::sync::Arc;

use jiff::civil::DateTime;

use super::made::{Style, Trace};
use crate::{controller::card::CardPage, playlist::Effect, stage::Scene, units::Area};

/// As much of a loop as is prepared.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    place: Area,
    traces: Vec<Trace>,
    is_grey: bool,
    style: Style,
    /// Those of its first pages.
    pub(super) scenes: Vec<Option<Arc<Scene>>>,
    /// The time that its pages tell, once all scenes are there.
    pub(super) civil: Option<DateTime>,
    /// Its first pages.
    pub(super) pages: Vec<CardPage>,
    /// The first effect that is lost on one of them.
    pub(super) lost: Option<Effect>,
}

/// Loops that are being prepared, and how many pages more may be in this deal.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    drafts: Vec<Draft>,
    left: usize,
}

impl Draft {
    /// Nothing of the loop of that style in which `traces` are seen at `place`.
    const fn new(place: Area, traces: Vec<Trace>, is_grey: bool, style: Style) -> Self {
        Self {
            place,
            traces,
            is_grey,
            style,
            scenes: Vec::new(),
            civil: None,
            pages: Vec::new(),
            lost: None,
        }
    }

    /// Begins the pages anew, where they told another time than `civil`.
    pub(super) fn tell(&mut self, civil: DateTime) {
        if self.civil != Some(civil) {
            self.civil = Some(civil);
            self.pages.clear();
            self.lost = None;
        }
    }

    fn is_of(&self, place: Area, traces: &[Trace], is_grey: bool, style: Style) -> bool {
        let follows = |(before, now)| style.follows(before, now);
        self.place == place
            && self.is_grey == is_grey
            && self.style == style
            && self.traces.len() == traces.len()
            && self.traces.iter().zip(traces).all(follows)
    }
}

impl Drafts {
    /// Begins a deal in which so many pages may be prepared.
    pub(super) const fn begin(&mut self, pages: usize) {
        self.left = pages;
    }

    /// Takes one page of those of this deal; `false` where there is none left.
    pub(super) const fn spend(&mut self) -> bool {
        let is_left = self.left > 0;
        self.left = self.left.saturating_sub(1);
        is_left
    }

    /// What is prepared of that loop.
    pub(super) fn take(&mut self, place: Area, traces: Vec<Trace>, is_grey: bool, style: Style) -> Draft {
        let found = self
            .drafts
            .iter()
            .position(|draft| draft.is_of(place, &traces, is_grey, style));
        match found {
            Some(at) => self.drafts.swap_remove(at),
            None => Draft::new(place, traces, is_grey, style),
        }
    }

    /// Goes on with it at the next deal. Another one at the same place is over.
    pub(super) fn keep(&mut self, draft: Draft) {
        self.drafts.retain(|other| !other.place.overlaps(draft.place));
        self.drafts.push(draft);
    }

    /// Lets go of what is no longer to be prepared: all but the loops at `places`.
    pub(super) fn retain(&mut self, places: &[Area]) {
        self.drafts.retain(|draft| places.contains(&draft.place));
    }
}
