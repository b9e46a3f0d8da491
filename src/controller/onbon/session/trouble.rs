//! What is wrong with a card at present: one fault a matter, gone when the matter is mended.

use std::collections::BTreeMap;

use super::{fault::Fault, order::Thing};
use crate::units::Moment;

/// What a fault is about, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Matter {
    Answer,
    Kind,
    Parameters,
    Secret,
    Busy,
    Size,
    Colour,
    Count,
    Area(u8),
    Refused(Thing),
    Unheard(Thing),
    Flash,
    Clock,
    ClockRuns,
    Disagrees(Thing),
    Master(Thing),
    Spared,
}

/// What is wrong with a card at present.
#[derive(Debug, Default)]
pub(super) struct Troubles(BTreeMap<Matter, (Fault, Option<Moment>)>);

impl Troubles {
    /// It is wrong from now on.
    pub(super) fn tell(&mut self, matter: Matter, fault: Fault) {
        self.0.insert(matter, (fault, None));
    }

    /// It was wrong, and is told until then.
    pub(super) fn tell_until(&mut self, matter: Matter, fault: Fault, until: Moment) {
        self.0.insert(matter, (fault, Some(until)));
    }

    /// It is in order.
    pub(super) fn mend(&mut self, matter: Matter) {
        self.0.remove(&matter);
    }

    /// That it does not answer to something is of no account any more.
    pub(super) fn mend_unheard(&mut self) {
        self.0.retain(|matter, _| !matches!(matter, Matter::Unheard(_)));
    }

    /// A fault if there is one, and in order otherwise.
    pub(super) fn set(&mut self, matter: Matter, fault: Option<Fault>) {
        match fault {
            Some(fault) => self.tell(matter, fault),
            None => self.mend(matter),
        }
    }

    /// All that is wrong at `now`, the worst first.
    pub(super) fn at(&self, now: Moment) -> Vec<Fault> {
        let present = self
            .0
            .values()
            .filter(|(_, until)| until.is_none_or(|until| now < until));
        // An area that lies beyond LEDs that the card does not have follows from that, and has no remedy of its own.
        let is_wrong_size = self.0.contains_key(&Matter::Size);
        let told = present.filter(|(fault, _)| !(is_wrong_size && matches!(fault, Fault::Unfit { .. })));
        told.map(|(fault, _)| fault.clone()).collect()
    }
}
