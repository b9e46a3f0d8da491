//! What is asked next: the most urgent difference between what is wanted and what is known.
//!
//! | | |
//! |---|---|
//! | 1 | what a technician orders |
//! | 2 | who the card is; nothing else before that is known and right |
//! | 3 | how it is, where something may have happened to it |
//! | 4 | LEDs on or off; areas: what must go, what changed, what is in doubt |
//! | 5 | brightness, clock, hours |
//! | 6 | loops that are to be set right at this moment |
//! | 7 | how it is, as often as the table of timers says |
//! | 8 | locks, then files, one step at a time, with all of the above between them |

use super::{
    Ask, Order, Session, Thing, Trust, areas::Move, fault::Fault, files::Step, slot::Has, trouble::Matter,
    wanted::level,
};
use crate::{
    controller::{
        card::{HALF_HOURS, Look},
        onbon::{
            Family,
            message::{Brightness, Clock, FileName, FontRequest, Hold, Hours, Request},
            model::wire_time,
            picture::{area, words},
        },
    },
    units::Moment,
};

/// What the request that is outstanding is for.
#[derive(Clone, Debug)]
pub(super) enum Task {
    Ping,
    Status,
    Light(bool),
    Clock,
    Brightness(Brightness),
    Hours(Vec<Hours>),
    Wipe,
    Delete(Vec<u8>),
    Send(u8, Has),
    Lock(FileName),
    Unlock,
    Files(Step),
    /// The first half of erasing: all areas.
    EraseAreas,
    EraseFiles,
}

/// The least that a frame takes beside its body: header, sums, preamble.
const FRAMING: usize = 64;

/// How long before a loop is to be set right nothing is begun that can wait.
const AHEAD: std::time::Duration = std::time::Duration::from_millis(400);

impl Session {
    /// The next request, or in `wake` when there is one.
    pub(super) fn plan(&mut self, now: Moment, wake: &mut Moment) -> Option<(Task, Ask)> {
        let is_fit = self.said.as_ref().is_some_and(|said| said.is_fit);
        if let Some(order) = self.orders.front().copied()
            && self.link.answers
        {
            self.orders.pop_front();
            return Some(self.ordered(order, now));
        }
        if !is_fit || !self.link.answers {
            return due(self.link.ping.at, now, wake).then(|| (Task::Ping, self.ping()));
        }
        self.refreshed(now, wake);
        if let Some(at) = self.look.doubt
            && due(at, now, wake)
        {
            self.look.doubt = None;
            self.reassert();
            if self.settings.model.family.takes_words() {
                self.light.forget();
                self.clock.forget();
            }
        }
        if self.look.is_urgent && due(self.look.status.at, now, wake) {
            return Some((Task::Status, Ask::status(self.settings.model)));
        }
        self.wanted.as_ref()?;
        self.seen(now, wake)
            .or_else(|| self.kept(now, wake))
            .or_else(|| self.set_right(now, wake))
            .or_else(|| self.idle(now, wake))
    }

    fn ping(&self) -> Ask {
        Ask::ping(self.settings.model)
    }

    /// `request` to a BX-5 or BX-6, or its like to a card with fonts; `None` where that has none.
    fn ask(&self, request: &Request<'_>) -> Option<Ask> {
        let model = self.settings.model;
        if !model.family.takes_words() {
            return Some(Ask::new(model, request));
        }
        let font = match request {
            Request::SetClock(clock) => FontRequest::SetClock(*clock),
            Request::Switch { is_on } => FontRequest::Switch { is_on: *is_on },
            Request::DeleteAllAreas => FontRequest::Clear,
            _ => return None,
        };
        Some(Ask::font(&font))
    }

    /// What was ordered, as a task.
    fn ordered(&mut self, order: Order, now: Moment) -> (Task, Ask) {
        let task = match order {
            Order::On | Order::Off => {
                let is_on = order == Order::On;
                self.held.light = Some(is_on);
                self.ask(&Request::Switch { is_on })
                    .map(|ask| (Task::Light(is_on), ask))
            }
            Order::Erase => self.ask(&Request::DeleteAllAreas).map(|ask| (Task::EraseAreas, ask)),
            Order::Clock => self.clock_task(now),
            Order::Brightness(wanted) => {
                self.held.brightness = Some(wanted);
                let brightness = Brightness::Manual([level(wanted); HALF_HOURS]);
                self.brightness_task(brightness)
            }
        };
        self.look.refresh = now + self.timers.refresh;
        task.unwrap_or_else(|| (Task::Ping, self.ping()))
    }

    /// Every 60 s what cannot be read back is due again, and what was ordered by hand is over.
    fn refreshed(&mut self, now: Moment, wake: &mut Moment) {
        if !due(self.look.refresh, now, wake) {
            return;
        }
        self.look.refresh = now + self.timers.refresh;
        *wake = (*wake).min(self.look.refresh);
        self.held = super::Held::default();
        self.areas.sweep();
        if self.settings.model.family.takes_words() {
            self.light.forget();
            self.clock.forget();
        }
    }

    /// What is seen at once: light, areas.
    fn seen(&mut self, now: Moment, wake: &mut Moment) -> Option<(Task, Ask)> {
        let is_on = self.held.light.unwrap_or(self.wanted.as_ref()?.sheet.is_lit);
        if let Some(at) = self.light.due(&is_on)
            && due(at, now, wake)
        {
            let ask = self.ask(&Request::Switch { is_on })?;
            return Some((Task::Light(is_on), ask));
        }
        self.count();
        // An area that cannot be sent is marked so, and the next one takes its turn.
        for _ in 0..=self.areas.count() {
            let task = match self.areas.urgent(self.timers.refresh, now, wake)? {
                Move::Wipe => self.ask(&Request::DeleteAllAreas).map(|ask| (Task::Wipe, ask)),
                Move::Delete(ids) => Some(self.delete(ids)),
                Move::Send(id) => self.send(id, now),
            };
            if task.is_some() {
                return task;
            }
        }
        None
    }

    fn count(&mut self) {
        let (limit, wanted) = (
            self.areas.count(),
            self.wanted.as_ref().map_or(0, |wanted| wanted.sheet.areas.len()),
        );
        let fault = (wanted > limit).then_some(Fault::TooMany { wanted, limit });
        self.troubles.set(Matter::Count, fault);
    }

    fn delete(&self, ids: Vec<u8>) -> (Task, Ask) {
        let model = self.settings.model;
        let ask = if model.family.takes_words() {
            let mut body = vec![ids.len() as u8];
            body.extend(&ids);
            body.push(0);
            Ask::words(&body)
        } else {
            Ask::new(model, &Request::DeleteAreas { ids: ids.clone() })
        };
        (Task::Delete(ids), ask)
    }

    /// The frame of an area; `None`, with a fault, where it cannot be sent.
    fn send(&mut self, id: u8, now: Moment) -> Option<(Task, Ask)> {
        let said = self.said.as_ref()?;
        let (size, layout, frame_max) = (said.size(&self.settings), said.layout, said.told.frame_max);
        let model = self.settings.model;
        let target = self.areas.slot(id)?.wanted.clone()?;
        let place = target.area.place;
        let made = if !place.fits(size) {
            Err(Fault::Unfit {
                place,
                reason: format!("{place} / {size}"),
            })
        } else {
            // How long it takes does not depend on which page comes first.
            self.ask_of(id, &target.area, layout).and_then(|first| {
                let takes = self.exchange.takes(&first);
                let (turned, behind) = target.turned(self.exchange.free().max(now) + takes);
                let is_turned = turned.pages != target.area.pages;
                let ask = if is_turned {
                    self.ask_of(id, &turned, layout)?
                } else {
                    first
                };
                Ok((ask, takes, behind))
            })
        };
        let made = made.and_then(|(ask, takes, behind)| {
            let bytes = ask.data.len();
            let memory = usize::try_from(model.memory.value).unwrap_or(usize::MAX);
            let limit = frame_max.map_or(memory, |most| memory.min(most.saturating_sub(FRAMING)));
            if bytes > limit {
                return Err(Fault::TooLarge { place, bytes, limit });
            }
            Ok((ask, takes, behind))
        });
        match made {
            Ok((ask, takes, behind)) => {
                let has = Has {
                    place,
                    key: target.key,
                    sent: now + takes,
                    confirmed: None,
                    behind,
                    takes,
                };
                Some((Task::Send(id, has), ask))
            }
            Err(fault) => {
                self.troubles.tell(Matter::Area(id), fault);
                self.areas.slot(id)?.is_unfit = true;
                None
            }
        }
    }

    fn ask_of(
        &self,
        id: u8,
        area: &crate::controller::card::CardArea,
        layout: Option<crate::controller::onbon::Layout>,
    ) -> Result<Ask, Fault> {
        let model = self.settings.model;
        let unfit = |reason: String| Fault::Unfit {
            place: area.place,
            reason,
        };
        let is_words = |look: &Look| matches!(look, Look::Words(_));
        if area.pages.is_empty()
            || area
                .pages
                .iter()
                .any(|page| is_words(&page.look) != model.family.takes_words())
        {
            return Err(unfit(model.name.to_owned()));
        }
        if model.family.takes_words() {
            let body = words::update(model, &[(id, area)], &[]);
            return body
                .map(|body| Ask::words(&body))
                .map_err(|character| unfit(character.to_string()));
        }
        let layout = layout.ok_or_else(|| unfit(model.name.to_owned()))?;
        let bodies = area::updates(model, layout, &[(id, area)]);
        let areas = bodies.first().ok_or_else(|| unfit(model.name.to_owned()))?;
        Ok(Ask::new(model, &Request::UpdateAreas { areas }))
    }

    /// What the card keeps: brightness, clock, hours.
    fn kept(&mut self, now: Moment, wake: &mut Moment) -> Option<(Task, Ask)> {
        let wanted = self.wanted.as_ref()?;
        // By a clock that is wrong, the table would be wrong as well.
        let has_clock = self.look.has_clock && self.clock.trust != Trust::Refused;
        let brightness = wanted.brightness(now, has_clock, self.held.brightness);
        let hours = wanted.hours();
        if !self.settings.model.family.takes_words() {
            if let Some(at) = self.brightness.due(&brightness)
                && due(at, now, wake)
            {
                return self.brightness_task(brightness);
            }
            if let Some(at) = self.hours.due(&hours)
                && due(at, now, wake)
            {
                let ask = match hours.is_empty() {
                    true => self.ask(&Request::CancelHours),
                    false => self.ask(&Request::SetHours(hours.clone())),
                };
                return Some((Task::Hours(hours), ask?));
            }
        }
        if let Some(at) = self.clock.due(&())
            && due(at, now, wake)
        {
            return self.clock_task(now);
        }
        None
    }

    fn brightness_task(&self, brightness: Brightness) -> Option<(Task, Ask)> {
        let ask = self.ask(&Request::SetBrightness(brightness))?;
        Some((Task::Brightness(brightness), ask))
    }

    /// The clock, as it will be when the frame has gone over the line, to the nearest second.
    fn clock_task(&self, now: Moment) -> Option<(Task, Ask)> {
        let wanted = self.wanted.as_ref()?;
        let draft = self.ask(&Request::SetClock(Clock::at(wanted.civil(now))))?;
        let there = self.exchange.free().max(now) + self.exchange.takes(&draft);
        let half = std::time::Duration::from_millis(500);
        let ask = self.ask(&Request::SetClock(Clock::at(wanted.civil(there + half))))?;
        Some((Task::Clock, ask))
    }

    /// A loop whose moment has come.
    fn set_right(&mut self, now: Moment, wake: &mut Moment) -> Option<(Task, Ask)> {
        let id = self.areas.anchor(now, wake)?;
        self.send(id, now)
    }

    /// What can wait: questions, locks, files.
    fn idle(&mut self, now: Moment, wake: &mut Moment) -> Option<(Task, Ask)> {
        let mut anchor = super::NEVER;
        let ahead = AHEAD + wire_time(self.block() + FRAMING, self.settings.baud);
        let is_soon = self.areas.anchor(now, &mut anchor).is_some() || anchor <= now + ahead;
        // Loops of a second may not keep everything else waiting.
        let is_starved = self.look.next + self.timers.poll <= now;
        if is_soon && !is_starved {
            return None;
        }
        let model = self.settings.model;
        if due(self.look.next, now, wake) {
            if self.look.status.at <= now {
                return Some((Task::Status, Ask::status(model)));
            }
            return Some((Task::Ping, self.ping()));
        }
        if model.family.takes_words() {
            return None;
        }
        self.locks(now, wake).or_else(|| self.file(now, wake))
    }

    fn locks(&mut self, now: Moment, wake: &mut Moment) -> Option<(Task, Ask)> {
        if self.is_screen_locked && due(self.unlock.at, now, wake) {
            let ask = self.ask(&Request::LockScreen {
                is_kept: false,
                is_locked: false,
            })?;
            return Some((Task::Unlock, ask));
        }
        let number = self
            .files
            .verified
            .filter(|_| !self.files.is_writing() && !self.look.is_lock_blind)?;
        let name = FileName::program(number);
        let is_due = self.lock.due(&name).is_some_and(|at| due(at, now, wake));
        if !is_due {
            return None;
        }
        let hold = match self.settings.model.family {
            Family::Five | Family::FiveQ => Hold::Five(u32::MAX),
            _ => Hold::Six {
                is_count: false,
                value: u32::MAX,
            },
        };
        let ask = self.ask(&Request::LockProgram {
            is_kept: false,
            is_locked: true,
            name,
            hold,
        })?;
        Some((Task::Lock(name), ask))
    }

    fn file(&mut self, now: Moment, wake: &mut Moment) -> Option<(Task, Ask)> {
        let civil = self.wanted.as_ref()?.civil(now);
        let step = self.files.next(civil, now, wake);
        let spared = self.files.is_spared.then(|| Fault::Spared {
            writes: self.files.writes.on(civil.date()),
        });
        self.troubles.set(Matter::Spared, spared);
        let (step, block, model) = (step?, self.block(), self.settings.model);
        let ask = self
            .files
            .with_request(step, block, |request| Ask::new(model, request))?;
        Some((Task::Files(step), ask))
    }

    /// How many bytes of a file go into one block.
    pub(super) fn block(&self) -> usize {
        let block = usize::from(self.settings.model.block.value).max(1);
        let frame = self.said.as_ref().and_then(|said| said.told.frame_max);
        frame.map_or(block, |frame| block.min(frame.saturating_sub(FRAMING).max(64)))
    }

    /// The program files that the sheet wants, as far as the card is known.
    pub(super) fn want_files(&mut self) {
        let layout = self
            .said
            .as_ref()
            .or(self.said_before.as_ref())
            .and_then(|said| said.layout);
        let fallback = self.wanted.as_ref().and_then(|wanted| wanted.sheet.fallback.as_ref());
        let files = match (fallback, layout) {
            (Some(frame), Some(layout)) => {
                crate::controller::onbon::picture::file::fallback(self.settings.model, layout, frame)
            }
            _ => Vec::new(),
        };
        self.files.want(files);
    }

    /// What a thing that failed says of it.
    pub(super) const fn refusal(thing: Thing) -> Matter {
        Matter::Refused(thing)
    }
}

/// Whether it is time; if not, then when.
pub(super) fn due(at: Moment, now: Moment, wake: &mut Moment) -> bool {
    if at > now {
        *wake = (*wake).min(at);
    }
    at <= now
}
