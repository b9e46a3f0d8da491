//! What the card says of its state, against what it was told: what it lost, and what somebody else changed.

use std::time::Duration;

use super::{
    Held, Session, Standing, Thing, Trust,
    exchange::Tally,
    fault::Fault,
    part::{Part, Reading},
    trouble::Matter,
    wanted::half_hour,
};
use crate::{
    controller::onbon::{
        message::{Brightness, FileName, Status},
        model::wire_time,
    },
    units::Moment,
};

/// How long it is told that somebody else drives the card.
const ACCUSED: Duration = Duration::from_secs(600);

/// So near to one of its own hours a card may be lit or dark by itself.
const NEAR: Duration = Duration::from_secs(90);

/// An answer to the question for the status, in bytes.
const ANSWER: usize = 100;

fn milliseconds(duration: Duration) -> i128 {
    i128::try_from(duration.as_millis()).unwrap_or(i128::MAX)
}

impl Session {
    /// Compares `status` with what the card was told. `is_asked` where something may have happened to it.
    pub(super) fn looked(&mut self, status: &Status, is_asked: bool, now: Moment) {
        let is_held = self.canary(status, now);
        if is_asked && !is_held {
            self.reassert();
        }
        self.look.level = Some(status.brightness);
        let may_accuse = !is_asked;
        self.look_at_light(status, may_accuse, now);
        self.look_at_clock(status, may_accuse, now);
        self.look_at_brightness(status, may_accuse, now);
        let has_hours = self.hours.has.as_ref().is_some_and(|hours| !hours.is_empty());
        let hours = self
            .hours
            .read(status.has_hours == has_hours, now, self.timers.refused_rest);
        self.judge(Thing::Hours, hours, may_accuse, now);
        self.is_screen_locked = status.is_screen_locked;
        if let Some(number) = self.files.verified {
            let is_ours = status.programs == 1 && status.program == FileName::program(number);
            if !is_ours && !self.files.is_writing() && self.files.look > now + self.timers.poll {
                self.files.look = now + self.timers.poll;
            }
        }
    }

    /// Whether the volatile lock proves that the card has not lost its power since it was set. Where it is gone, all is sent anew.
    fn canary(&mut self, status: &Status, now: Moment) -> bool {
        if self.lock.has.is_none() {
            return false;
        }
        if status.is_program_locked {
            self.look.saw_lock = true;
            self.lock.read(true, now, self.timers.refused_rest);
            return true;
        }
        let saw = std::mem::take(&mut self.look.saw_lock);
        self.lock.forget();
        if saw {
            self.reassert();
            self.forget();
        } else {
            // A card that does not tell of its lock cannot tell of a reboot either.
            self.look.is_lock_blind = true;
        }
        false
    }

    fn look_at_light(&mut self, status: &Status, may_accuse: bool, now: Moment) {
        let Some(has) = self.light.has else { return };
        let wanted = self.wanted.as_ref();
        let is_near = wanted.is_some_and(|wanted| wanted.is_near_hours(wanted.civil(now), NEAR));
        if has != status.is_on && is_near {
            // By its own hours, a little before us or after.
            self.light.forget();
            return;
        }
        let reading = self.light.read(has == status.is_on, now, self.timers.refused_most);
        self.judge(Thing::Light, reading, may_accuse, now);
    }

    fn look_at_brightness(&mut self, status: &Status, may_accuse: bool, now: Moment) {
        let is_same = match &self.brightness.has {
            None => return,
            Some(Brightness::Manual(levels)) => status.brightness_mode == 0 && status.brightness == levels[0],
            Some(Brightness::HalfHours(levels)) => {
                let shown = status.clock.and_then(|clock| clock.civil());
                let fits = |seconds: i64| {
                    let at = shown.and_then(|shown| shown.checked_add(jiff::Span::new().seconds(seconds)).ok());
                    at.is_none_or(|at| levels[half_hour(at.time())] == status.brightness)
                };
                status.brightness_mode == 1 && (fits(0) || fits(-5) || fits(5))
            }
            Some(Brightness::SensorAlone(_) | Brightness::Sensor(_)) => true,
        };
        let reading = self.brightness.read(is_same, now, self.timers.refused_rest);
        self.judge(Thing::Brightness, reading, may_accuse, now);
    }

    fn look_at_clock(&mut self, status: &Status, may_accuse: bool, now: Moment) {
        let Some(wanted) = &self.wanted else { return };
        self.look.has_clock = status.is_clock_sound;
        let dead = (!status.is_clock_sound).then_some(Fault::ClockDead);
        self.troubles.set(Matter::ClockRuns, dead);
        let shown = status.clock.and_then(|clock| clock.civil());
        // The card read its clock some time between the end of our question and its answer, and shows up to a second less than it has.
        let asked = now.since(self.exchange.spoke()) + wire_time(ANSWER, self.settings.baud);
        let ours = wanted.civil(now);
        let ahead = shown.map(|shown| shown.duration_since(ours).as_millis());
        self.look.ahead = ahead.map(|ahead| i64::try_from((ahead + 1000).div_euclid(1000)).unwrap_or(i64::MAX));
        if self.clock.has.is_none() {
            return;
        }
        let (tolerance, asked) = (milliseconds(self.timers.clock), milliseconds(asked));
        let is_same = ahead.is_some_and(|ahead| (-1000 - tolerance - asked..=tolerance).contains(&ahead));
        let mut reading = self.clock.read(is_same, now, self.timers.refused_rest);
        // Clocks drift; one that jumped was set by somebody, or lost its battery.
        let drifted = ahead.is_some_and(|ahead| ahead.abs() <= 10 * tolerance + asked);
        if reading == Reading::Changed && drifted {
            reading = Reading::Same;
        }
        self.judge(Thing::Clock, reading, may_accuse, now);
    }

    /// What follows from a comparison.
    fn judge(&mut self, thing: Thing, reading: Reading, may_accuse: bool, now: Moment) {
        match reading {
            Reading::Same => self.troubles.mend(Matter::Disagrees(thing)),
            Reading::Changed => {
                if may_accuse {
                    self.accuse(thing, now);
                }
                self.reassert();
            }
            Reading::Disagrees => self.troubles.tell(Matter::Disagrees(thing), Fault::Disagrees { thing }),
        }
    }

    /// Somebody else changed that, or the card lost it.
    pub(super) fn accuse(&mut self, thing: Thing, now: Moment) {
        let fault = Fault::AnotherMaster { thing };
        self.troubles.tell_until(Matter::Master(thing), fault, now + ACCUSED);
    }

    /// The card may have lost what cannot be read back: that is sent again. The rest is compared with what it says.
    pub(super) fn reassert(&mut self) {
        self.reasserted += 1;
        self.areas.doubt();
        self.light.forget();
        self.light.retry.at = Moment::ZERO;
    }

    /// Nothing of what the card was told is certain any more.
    pub(super) fn forget(&mut self) {
        self.areas.doubt();
        self.light.forget();
        self.clock.forget();
        self.brightness.forget();
        self.hours.forget();
        self.lock.forget();
        self.files.forget();
    }

    /// Since when it has been busy.
    pub(super) fn busy_since(&mut self, now: Moment) -> Moment {
        *self.busy.get_or_insert(now)
    }

    /// How the card stands.
    pub fn standing(&self, now: Moment) -> Standing {
        let tally: Tally = self.exchange.tally();
        let Held { light, brightness } = self.held;
        let wanted = self.wanted.as_ref();
        let of = |trust: Trust, is_held: bool| if is_held { Trust::Unsent } else { trust };
        let fallback = match self.files.verified {
            _ if !self.files.is_wanted() => Trust::Unwanted,
            Some(_) => Trust::Verified,
            None if self.files.lacks.is_some() || self.files.retry.failures > 2 => Trust::Refused,
            None => Trust::Unsent,
        };
        Standing {
            is_connected: self.link.is_connected,
            answers: self.link.answers,
            last_answer: self.link.last_answer,
            told: self
                .said
                .as_ref()
                .or(self.said_before.as_ref())
                .map(|said| said.told.clone()),
            light: of(trust(&self.light), light.is_some()),
            is_lit: self.light.has,
            clock: trust(&self.clock),
            clock_ahead: self.look.ahead,
            brightness: of(trust(&self.brightness), brightness.is_some()),
            level: self.look.level.filter(|_| self.link.answers),
            hours: trust(&self.hours),
            fallback,
            areas: self.areas.standing(),
            writes_today: wanted.map_or(0, |wanted| self.files.writes.on(wanted.civil(now).date())),
            reasserted: self.reasserted,
            requests: tally.requests,
            unanswered: tally.unanswered,
        }
    }
}

const fn trust<T>(part: &Part<T>) -> Trust {
    part.trust
}
