//! All dynamic areas of a card: which number shows what, and what comes next so that they agree with the sheet.

use std::time::Duration;

use super::{
    slot::{Has, Slot, Target},
    standing::AreaStanding,
    timers::Timers,
};
use crate::{
    controller::card::CardArea,
    units::{Area, Moment},
};

/// How long after its moment an upload that sets a loop right may still begin.
const LATE: Duration = Duration::from_millis(250);

/// What is to be done about areas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// All areas of the card go, whoever sent them.
    Wipe,
    /// These go, or are made sure to be gone.
    Delete(Vec<u8>),
    /// This one is sent.
    Send(u8),
}

/// All dynamic areas of a card.
#[derive(Debug)]
pub(super) struct Areas {
    slots: Vec<Slot>,
    /// Numbers that nothing is wanted of may show something nevertheless.
    has_strangers: bool,
    /// Nothing is known of what the card shows: everything goes first.
    is_unknown: bool,
    retry: super::part::Retry,
}

impl Areas {
    /// Those of a card that has so many, and of which nothing is known.
    pub(super) fn new(count: usize) -> Self {
        let mut slots = Vec::new();
        slots.resize_with(count.clamp(1, 256), || Slot::EMPTY);
        Self {
            slots,
            has_strangers: false,
            is_unknown: true,
            retry: super::part::Retry::NOW,
        }
    }

    /// How many the card has.
    pub(super) const fn count(&self) -> usize {
        self.slots.len()
    }

    pub(super) fn slot(&mut self, id: u8) -> Option<&mut Slot> {
        self.slots.get_mut(usize::from(id))
    }

    pub(super) fn slots(&self) -> impl Iterator<Item = (u8, &Slot)> {
        (0..=u8::MAX).zip(&self.slots)
    }

    /// Makes `areas` what is wanted. One that is where another was keeps its number, so that only what changed is sent.
    pub(super) fn want(&mut self, areas: &[CardArea], now: Moment) {
        let areas = &areas[..areas.len().min(self.slots.len())];
        let mut targets: Vec<Option<Target>> = self.slots.iter().map(|_| None).collect();
        let mut homeless = Vec::new();
        for area in areas {
            let is_home = |slot: &Slot| slot.wanted.as_ref().is_some_and(|old| old.area.place == area.place);
            match self.free(&targets, is_home).or_else(|| {
                let is_home = |slot: &Slot| slot.has.as_ref().is_some_and(|has| has.place == area.place);
                self.free(&targets, is_home)
            }) {
                Some(index) => targets[index] = Some(Target::new(area, now)),
                None => homeless.push(area),
            }
        }
        for area in homeless {
            let empty = self.free(&targets, |slot| slot.has.is_none());
            if let Some(index) = empty.or_else(|| self.free(&targets, |_| true)) {
                targets[index] = Some(Target::new(area, now));
            }
        }
        for (slot, target) in self.slots.iter_mut().zip(targets) {
            slot.want(target);
        }
    }

    fn free(&self, targets: &[Option<Target>], fits: impl Fn(&Slot) -> bool) -> Option<usize> {
        let mut pairs = self.slots.iter().zip(targets).enumerate();
        pairs.find_map(|(index, (slot, target))| (target.is_none() && fits(slot)).then_some(index))
    }

    /// What the card was told may be there no more, and something else may.
    pub(super) fn doubt(&mut self) {
        self.has_strangers = true;
        for slot in &mut self.slots {
            slot.is_suspect |= slot.has.is_some();
        }
    }

    /// Numbers that nothing is wanted of are made sure to be empty.
    pub(super) const fn sweep(&mut self) {
        self.has_strangers = true;
    }

    /// Nothing is known of what the card shows.
    pub(super) fn forget(&mut self) {
        self.is_unknown = true;
    }

    /// What comes next of what is urgent, or when it does: what must go, what changed, what is in doubt. An area that was confirmed `refresh` ago is sent again, since it cannot be read back. Loops are sent as often as they are set right.
    pub(super) fn urgent(&self, refresh: Duration, now: Moment, wake: &mut Moment) -> Option<Move> {
        let mut is_due = |at: Moment| {
            let is_due = at <= now;
            if !is_due {
                *wake = (*wake).min(at);
            }
            is_due
        };
        if self.is_unknown {
            return is_due(self.retry.at).then_some(Move::Wipe);
        }
        let going: Vec<u8> = self.going().collect();
        if !going.is_empty() && is_due(self.retry.at) {
            return Some(Move::Delete(going));
        }
        let ready = |(_, slot): &(u8, &Slot)| self.is_clear(slot);
        let changed = self.slots().filter(ready).filter(|(_, slot)| slot.is_changed());
        let doubted = self
            .slots()
            .filter(ready)
            .filter(|(_, slot)| slot.is_suspect && !slot.is_to_go());
        let mut next = changed
            .chain(doubted)
            .filter(|(_, slot)| slot.wanted.is_some() && !slot.is_unfit);
        if let Some((id, _)) = next.find(|(_, slot)| is_due(slot.retry.at)) {
            return Some(Move::Send(id));
        }
        let is_kept = |slot: &Slot| !slot.is_to_go() && !slot.is_changed() && !slot.is_suspect;
        let mut kept = self.slots().filter(|(_, slot)| is_kept(slot));
        kept.find_map(|(id, slot)| {
            let wanted = slot.wanted.as_ref()?;
            // What runs once would begin again, and its page is over soon.
            let runs = wanted.round().is_some() || wanted.area.pages.len() > 1;
            let confirmed = slot.has.as_ref()?.confirmed?;
            (!runs && is_due((confirmed + refresh).max(slot.retry.at))).then_some(Move::Send(id))
        })
    }

    /// The numbers that must go: of areas that are wanted no more, or elsewhere; and of strangers, where there may be some.
    fn going(&self) -> impl Iterator<Item = u8> {
        let is_stranger = |slot: &Slot| self.has_strangers && slot.has.is_none() && slot.wanted.is_none();
        self.slots()
            .filter(move |(_, slot)| slot.is_to_go() || is_stranger(slot))
            .map(|(id, _)| id)
    }

    /// Whether nothing that still stands on the card is in the way of what is wanted there.
    fn is_clear(&self, slot: &Slot) -> bool {
        let Some(wanted) = &slot.wanted else { return true };
        let others = self.slots.iter().filter(|other| !std::ptr::eq(*other, slot));
        let mut places = others.filter_map(|other| other.has.as_ref().map(|has| has.place));
        !slot.is_to_go() && !places.any(|place: Area| place.overlaps(wanted.area.place))
    }

    /// The loop that is to be set right now, or when one is. All loops together take half of the line's time at most.
    pub(super) fn anchor(&self, now: Moment, wake: &mut Moment) -> Option<u8> {
        let all = self
            .slots
            .iter()
            .filter(|slot| slot.wanted.as_ref().is_some_and(|wanted| wanted.round().is_some()));
        let takes: Duration = all.filter_map(|slot| slot.has.as_ref().map(|has| has.takes)).sum();
        for (id, slot) in self.slots() {
            let (Some(wanted), Some(has)) = (&slot.wanted, &slot.has) else {
                continue;
            };
            if wanted.round().is_none() || slot.is_changed() {
                continue;
            }
            // As long as the uploads took, the line is left to others.
            let rested = has.sent + takes;
            let from = (rested + has.takes).max(now + has.takes - LATE);
            let Some(ends) = wanted.next_round(from) else { continue };
            let begins = (ends - has.takes).max(slot.retry.at);
            if begins <= now {
                return Some(id);
            }
            *wake = (*wake).min(begins);
        }
        None
    }

    /// All of them went.
    pub(super) fn wiped(&mut self) {
        for slot in &mut self.slots {
            slot.has = None;
            slot.is_suspect = false;
        }
        self.is_unknown = false;
        self.has_strangers = false;
        self.retry = super::part::Retry::NOW;
    }

    /// These went.
    pub(super) fn deleted(&mut self, ids: &[u8]) {
        for id in ids {
            if let Some(slot) = self.slot(*id) {
                slot.has = None;
                slot.is_suspect = false;
            }
        }
        let stays = |slot: &Slot| slot.has.is_some() || slot.wanted.is_some();
        self.has_strangers &= !(0..=u8::MAX)
            .zip(&self.slots)
            .all(|(id, slot)| stays(slot) || ids.contains(&id));
        self.retry = super::part::Retry::NOW;
    }

    /// These may have gone, or not: whichever of them is wanted again meanwhile is sent again.
    pub(super) fn maybe_deleted(&mut self, ids: &[u8]) {
        for id in ids {
            if let Some(slot) = self.slot(*id) {
                slot.is_suspect |= slot.has.is_some();
            }
        }
    }

    /// Of these the card says that there are none. Of strangers it may be believed; where it took one of them before, they are asked for without the
    /// strangers, and at last everything goes.
    pub(super) fn missing(&mut self, ids: &[u8], now: Moment, timers: &Timers) {
        let (known, strangers): (Vec<u8>, Vec<u8>) = ids
            .iter()
            .partition(|id| self.slot(**id).is_some_and(|slot| slot.has.is_some()));
        self.has_strangers = false;
        match (known.is_empty(), strangers.is_empty()) {
            (true, _) => self.deleted(ids),
            (false, false) => self.maybe_deleted(&known),
            (false, true) => self.stuck(now, timers),
        }
    }

    /// The card is busy.
    pub(super) fn busy(&mut self, now: Moment, first: Duration, most: Duration) {
        self.retry.fail(now, first, most);
    }

    /// Nothing is sent before that.
    pub(super) fn wait(&mut self, until: Moment) {
        for slot in &mut self.slots {
            slot.retry.at = until;
        }
    }

    /// The card refused to let something go: it is asked for a clean sheet.
    pub(super) fn stuck(&mut self, now: Moment, timers: &Timers) {
        self.is_unknown = true;
        self.retry.fail(now, timers.refused, timers.refused_most);
    }

    /// An area was on its way when its answer failed to come: the card has it, or what it had before.
    pub(super) fn unsure(&mut self, id: u8, sent: Has) {
        if let Some(slot) = self.slot(id) {
            slot.has = Some(sent);
            slot.is_suspect = true;
        }
    }

    /// An area was taken.
    pub(super) fn taken(&mut self, id: u8, sent: Has) {
        if let Some(slot) = self.slot(id) {
            slot.has = Some(sent);
            slot.is_suspect = false;
            slot.is_refused = false;
            slot.retry = super::part::Retry::NOW;
        }
    }

    /// An area was refused; the second time, everything goes first, since what we do not know of may be in its way.
    pub(super) fn refused(&mut self, id: u8, now: Moment, timers: &Timers) {
        let Some(slot) = self.slot(id) else { return };
        slot.retry.fail(now, timers.refused, timers.refused_most);
        if std::mem::replace(&mut slot.is_refused, true) {
            self.is_unknown = true;
        }
    }

    /// Whether everything that is wanted was confirmed, and nothing else is known to be there.
    pub(super) fn is_settled(&self) -> bool {
        let is_fine = |slot: &Slot| !slot.is_to_go() && !slot.is_changed() && !slot.is_suspect;
        !self.is_unknown && self.slots.iter().all(is_fine)
    }

    pub(super) fn standing(&self) -> Vec<AreaStanding> {
        self.slots().filter_map(|(id, slot)| slot.standing(id)).collect()
    }
}
