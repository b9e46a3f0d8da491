//! What became of a request, and what is known of the card by it.

use super::{
    Session, Thing,
    exchange::{Answer, Outcome},
    fault::Fault,
    files::Step,
    plan::Task,
    said::Said,
    trouble::Matter,
};
use crate::{
    controller::{
        Event,
        onbon::{
            ANY,
            message::{ErrorCode, Status},
        },
    },
    units::{Moment, Size},
};

impl Session {
    /// Takes what became of the request for `task`.
    pub(super) fn settle(&mut self, task: Task, outcome: Outcome, now: Moment) {
        let unanswered = self.exchange.tally().unanswered;
        if unanswered != self.link.unanswered {
            // While nobody answered, the card may have been without power.
            self.link.unanswered = unanswered;
            self.look.is_urgent = true;
        }
        if matches!(task, Task::Ping | Task::Status) {
            self.look.next = now + self.timers.poll;
        }
        match outcome {
            Outcome::Done(answer) => {
                self.answered(&task, now);
                self.done(task, &answer, now);
            }
            Outcome::Refused(code) => {
                self.answered(&task, now);
                self.refused(task, code, now);
            }
            Outcome::Silent => {
                self.silent(&task, now);
                self.unanswered(task, now);
            }
        }
    }

    /// The card answered, be it with a refusal.
    fn answered(&mut self, task: &Task, now: Moment) {
        self.link.last_answer = Some(now);
        self.link.mark = self.exchange.tally();
        self.troubles.mend(Matter::Answer);
        self.troubles.mend(Matter::Unheard(task.thing()));
        if let Some(thing) = self.link.unheard.take_if(|_| matches!(task, Task::Ping)) {
            self.troubles.tell(Matter::Unheard(thing), Fault::Unheard { thing });
        }
        if !self.link.answers && matches!(task, Task::Ping) {
            self.link.answers = true;
            self.link.ping.failures = 0;
            self.link.ping.at = now;
        }
    }

    /// The card did not answer. It is asked who it is, and what may have happened to it meanwhile.
    fn silent(&mut self, task: &Task, now: Moment) {
        let was_there = self.link.answers;
        self.link.answers = false;
        self.look.is_urgent = true;
        let is_ping = matches!(task, Task::Ping);
        if !is_ping {
            // That it answers to others is said once it does: now it may be gone altogether.
            self.link.unheard = Some(task.thing());
            self.link.ping.at = now;
            return;
        }
        let (first, most) = (self.timers.silence, self.timers.silence_most);
        self.link.ping.fail(now, first, most);
        let (mark, tally) = (self.link.mark, self.exchange.tally());
        let (number, baud) = (self.settings.number, self.settings.baud);
        let is_garbled = tally.bytes > mark.bytes && tally.frames == mark.frames;
        let fault = match is_garbled {
            true => Fault::Garbled { number, baud },
            false => Fault::Silent { number, baud },
        };
        self.link.unheard = None;
        self.troubles.mend_unheard();
        self.troubles.tell(Matter::Answer, fault);
        if was_there {
            let name = self.settings.model.name;
            let name = if number == ANY {
                name.to_owned()
            } else {
                format!("{name} {number}")
            };
            self.events.note(Event::Silent(name));
        }
    }

    /// A request was confirmed.
    fn done(&mut self, task: Task, answer: &Answer, now: Moment) {
        self.troubles.mend(Self::refusal(task.thing()));
        self.troubles.mend(Matter::Secret);
        self.idle_again();
        match task {
            Task::Ping => self.identified(answer, now),
            Task::Status => self.read_status(answer, now),
            Task::Light(is_on) => self.light.done(is_on),
            Task::Clock => {
                self.clock.done(());
                self.troubles.mend(Matter::Clock);
            }
            Task::Brightness(brightness) => {
                self.brightness.done(brightness);
                self.look.level = None;
            }
            Task::Hours(hours) => self.hours.done(hours),
            Task::Wipe => self.areas.wiped(),
            Task::Delete(ids) => self.areas.deleted(&ids),
            Task::Send(id, mut has) => {
                has.confirmed = Some(now);
                self.troubles.mend(Matter::Area(id));
                self.areas.taken(id, has);
            }
            Task::Lock(name) => {
                self.lock.done(name);
                self.look.saw_lock = false;
                if self.look.is_urgent {
                    // It was sent twice: the card may have lost its power between, and then the lock proves nothing of what was before.
                    self.reassert();
                }
            }
            Task::Unlock => self.is_screen_locked = false,
            Task::Files(step) => self.filed(step, answer, now),
            Task::EraseAreas => {
                self.areas.wiped();
                // What is wanted comes back at the refresh, which the order has put off.
                self.areas.wait(self.look.refresh);
                self.then_format(now);
            }
            Task::EraseFiles => {
                self.files.forget();
                self.files.look = self.look.refresh;
            }
        }
    }

    /// It is not busy, or no more.
    fn idle_again(&mut self) {
        self.busy = None;
        self.troubles.mend(Matter::Busy);
    }

    /// The second half of erasing.
    fn then_format(&mut self, now: Moment) {
        if !self.settings.model.family.takes_words() {
            let request = crate::controller::onbon::message::Request::Format;
            self.task = Some(Task::EraseFiles);
            self.exchange.ask(super::Ask::new(self.settings.model, &request), now);
        }
    }

    /// Tells that flash has no room for the fallback, or that it has.
    fn tell_room(&mut self) {
        let lacks = self.files.lacks.map(|(needed, free)| Fault::FlashFull { needed, free });
        self.troubles.set(Matter::Flash, lacks);
    }

    fn filed(&mut self, step: Step, answer: &Answer, now: Moment) {
        let Some(wanted) = &self.wanted else { return };
        let (civil, block) = (wanted.civil(now), self.block());
        self.files.done(step, &answer.data, block, civil, now, &self.timers);
        self.tell_room();
        if std::mem::take(&mut self.files.was_changed) {
            self.accuse(Thing::Files, now);
        }
        if matches!(step, Step::End | Step::Clear) {
            // What is locked may be gone.
            self.lock.forget();
        }
    }

    /// The card said who it is.
    fn identified(&mut self, answer: &Answer, now: Moment) {
        let said = Said::new(answer, &self.settings);
        said.judge(&self.settings, &mut self.troubles);
        self.exchange.address(said.told.wire);
        let is_other = self
            .said_before
            .as_ref()
            .or(self.said.as_ref())
            .is_some_and(|before| *before != said);
        let is_first = self.said.is_none();
        let is_fit = said.is_fit;
        if is_first {
            self.events.note(Event::Answered(describe(&said)));
        }
        self.said_before = None;
        self.said = Some(said);
        self.look.next = now + self.timers.poll;
        if !is_fit {
            self.link.ping.at = now + self.timers.silence_most;
            return;
        }
        if is_other {
            // Other LEDs, or another card: nothing that was sent fits.
            self.areas.forget();
            self.forget();
        }
        if is_first || is_other {
            self.want_files();
            self.look.refresh = now + self.timers.refresh;
        } else if self.look.is_urgent && self.look.status.at > now {
            // It cannot be asked how it is.
            self.look.is_urgent = false;
            self.look.doubt = self.look.doubt.or(Some(now));
        }
    }

    fn read_status(&mut self, answer: &Answer, now: Moment) {
        self.look.status.failures = 0;
        self.look.next = now + self.timers.poll;
        let was_urgent = std::mem::take(&mut self.look.is_urgent);
        match Status::parse(&answer.data) {
            Ok(status) if !self.settings.model.family.takes_words() => self.looked(&status, was_urgent, now),
            // It answers, and that is all that can be said.
            _ if was_urgent => self.look.doubt = self.look.doubt.or(Some(now)),
            _ => {}
        }
    }

    /// A request was refused.
    fn refused(&mut self, task: Task, code: ErrorCode, now: Moment) {
        let thing = task.thing();
        if code == ErrorCode::BUSY {
            return self.busy(&task, now);
        }
        self.idle_again();
        let is_secret = matches!(code, ErrorCode::SECRET | ErrorCode::NO_SECRET | ErrorCode::USES_SECRET);
        if is_secret {
            self.troubles.tell(Matter::Secret, Fault::Secret { code: code.0 });
        } else {
            self.troubles.mend(Matter::Secret);
        }
        let is_told = is_secret
            || matches!(
                (thing, code),
                (Thing::Clock, ErrorCode::DATE) | (Thing::Areas | Thing::Files, ErrorCode::MEMORY)
            );
        if !is_told {
            self.troubles
                .tell(Self::refusal(thing), Fault::Refused { thing, code: code.0 });
        }
        let timers = self.timers;
        let (first, most, rest) = (timers.refused, timers.refused_most, timers.refused_rest);
        match task {
            Task::Ping => {
                // It is there, but does not say who it is: as long as that is so, nothing else can be right.
                self.link.ping.at = now + timers.silence_most;
            }
            Task::Status => self.no_status(now),
            Task::Light(_) => self.light.failed(now, first, most),
            Task::Clock => {
                self.clock.failed(now, first, rest);
                if code == ErrorCode::DATE {
                    self.troubles.tell(Matter::Clock, Fault::ClockRefused);
                }
            }
            Task::Brightness(_) => self.brightness.failed(now, first, rest),
            Task::Hours(_) => self.hours.failed(now, first, rest),
            Task::Wipe | Task::EraseAreas => self.areas.stuck(now, &timers),
            Task::Delete(ids) if code == ErrorCode::NO_FILE => self.areas.missing(&ids, now, &timers),
            Task::Delete(_) => self.areas.stuck(now, &timers),
            Task::Send(id, has) => {
                if code == ErrorCode::MEMORY {
                    let fault = Fault::MemoryFull { place: has.place };
                    self.troubles.tell(Matter::Area(id), fault);
                }
                self.areas.refused(id, now, &timers);
            }
            Task::Lock(_) => self.lock.failed(now, first, rest),
            Task::Unlock => self.unlock.fail(now, first, rest),
            Task::Files(step) => {
                self.files.failed(step, now, &timers);
                if code == ErrorCode::MEMORY {
                    self.files.full();
                    self.tell_room();
                }
            }
            Task::EraseFiles => {}
        }
    }

    /// The card is busy: the same again, a little later.
    fn busy(&mut self, task: &Task, now: Moment) {
        let since = self.busy_since(now);
        let (first, most) = (self.timers.busy, self.timers.busy_most);
        match task {
            Task::Ping => self.link.ping.at = now + most,
            Task::Status => self.look.status.fail(now, first, most),
            Task::Light(_) => self.light.retry.fail(now, first, most),
            Task::Clock => self.clock.retry.fail(now, first, most),
            Task::Brightness(_) => self.brightness.retry.fail(now, first, most),
            Task::Hours(_) => self.hours.retry.fail(now, first, most),
            Task::Wipe | Task::Delete(_) | Task::EraseAreas => self.areas.busy(now, first, most),
            Task::Send(id, _) => {
                if let Some(slot) = self.areas.slot(*id) {
                    slot.retry.fail(now, first, most);
                }
            }
            Task::Lock(_) => self.lock.retry.fail(now, first, most),
            Task::Unlock => self.unlock.fail(now, first, most),
            Task::Files(_) if self.files.retry.failures < 8 => {
                self.files.retry.fail(now, first, most);
            }
            Task::Files(step) => self.files.failed(*step, now, &self.timers),
            Task::EraseFiles => {}
        }
        let long = now.since(since);
        if long >= self.timers.busy_long {
            self.troubles.tell(Matter::Busy, Fault::Busy { since: long });
        }
    }

    /// A request was not answered, or cut off: it may have been done, or not.
    pub(super) fn unanswered(&mut self, task: Task, now: Moment) {
        let timers = self.timers;
        let (first, most, rest) = (timers.refused, timers.refused_most, timers.refused_rest);
        match task {
            Task::Ping => {}
            Task::Status => self.no_status(now),
            Task::Light(_) => self.light.failed(now, first, most),
            Task::Clock => self.clock.unheard(now, first, rest),
            Task::Brightness(_) => self.brightness.unheard(now, first, rest),
            Task::Hours(_) => self.hours.unheard(now, first, rest),
            Task::Wipe | Task::EraseAreas => self.areas.forget(),
            Task::Delete(ids) => self.areas.maybe_deleted(&ids),
            Task::Send(id, has) => self.areas.unsure(id, has),
            Task::Lock(_) => self.lock.unheard(now, first, rest),
            Task::Unlock => self.unlock.unheard(now, first, rest),
            Task::Files(_) => self.files.unheard(now, &timers),
            Task::EraseFiles => self.files.forget(),
        }
    }

    /// The card does not say how it is: a ping takes the place of that question for a while.
    fn no_status(&mut self, now: Moment) {
        self.look.status.fail(now, self.timers.poll, self.timers.refused_rest);
        if std::mem::take(&mut self.look.is_urgent) {
            self.look.doubt = self.look.doubt.or(Some(now));
        }
        self.look.next = now + self.timers.poll;
    }
}

impl Task {
    /// What it is about.
    pub(super) const fn thing(&self) -> Thing {
        match self {
            Self::Ping => Thing::Identity,
            Self::Status => Thing::Status,
            Self::Light(_) => Thing::Light,
            Self::Clock => Thing::Clock,
            Self::Brightness(_) => Thing::Brightness,
            Self::Hours(_) => Thing::Hours,
            Self::Wipe | Self::Delete(_) | Self::Send(..) | Self::EraseAreas => Thing::Areas,
            Self::Lock(_) | Self::Unlock => Thing::Lock,
            Self::Files(_) | Self::EraseFiles => Thing::Files,
        }
    }
}

fn describe(said: &Said) -> String {
    let told = &said.told;
    let name = told.name.unwrap_or("BX");
    let mut words = vec![name.to_owned(), told.number.to_string()];
    // Cards with fonts tell neither.
    words.extend((told.size != Size::default()).then(|| told.size.to_string()));
    words.extend((!told.firmware.is_empty()).then(|| told.firmware.clone()));
    words.join(" ")
}
