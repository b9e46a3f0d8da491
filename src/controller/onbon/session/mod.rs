//! Our side of the conversation with a card: it is told what it lacks, asked how it is, and kept true.
//!
//! ```text
//! Sheet -> wanted -\
//!                   plan -> one request -> Exchange -> bytes of the line
//! answers -> known -/
//! ```
//!
//! There is no script. Whenever nothing is outstanding, what is wanted is compared with what is known of the card, and the most urgent
//! difference becomes the next request (`plan`). What becomes of it changes what is known (`settle`). Whatever goes wrong makes something
//! unknown, and so it is asked or sent again. No clock, no I/O: bytes and moments come in, bytes and deadlines go out.

mod areas;
mod ask;
mod exchange;
mod fault;
mod files;
mod look;
mod order;
mod part;
mod plan;
mod said;
mod settle;
mod slot;
mod standing;
mod timers;
mod trouble;
mod wanted;

pub use ask::Ask;
pub use exchange::{Answer, Exchange, Outcome, Tally};
pub use fault::Fault;
pub use files::WRITES;
pub use order::{Order, Thing};
pub use standing::{AreaStanding, Standing, Told, Trust};
pub use timers::Timers;

use std::collections::VecDeque;

use jiff::civil::Date;

use super::{
    Settings,
    message::{Brightness, FileName, Hours},
};
use crate::{
    controller::{Controller, Event, Transmit, card::Sheet, events::Events},
    units::{Level, Moment},
};
use areas::Areas;
use files::Files;
use part::{Part, Retry};
use plan::Task;
use said::Said;
use trouble::{Matter, Troubles};
use wanted::Wanted;

/// Orders that wait, at most.
const ORDERS: usize = 8;

/// Later than anything.
const NEVER: Moment = Moment::from_nanoseconds(u64::MAX);

/// A session with one card.
#[derive(Debug)]
pub struct Session {
    settings: Settings,
    timers: Timers,
    exchange: Exchange,
    events: Events,
    troubles: Troubles,
    link: Link,
    wanted: Option<Wanted>,
    orders: VecDeque<Order>,
    held: Held,
    /// What the request that is outstanding is for.
    task: Option<Task>,
    /// Who the card is; `None` until it said so on this connection.
    said: Option<Said>,
    /// What it said before the link was lost.
    said_before: Option<Said>,
    light: Part<bool>,
    clock: Part<()>,
    brightness: Part<Brightness>,
    hours: Part<Vec<Hours>>,
    /// The volatile lock to the fallback program. A reboot clears it, and the status tells.
    lock: Part<FileName>,
    /// Whether somebody has locked the screen.
    is_screen_locked: bool,
    unlock: Retry,
    areas: Areas,
    files: Files,
    look: Look,
    /// When to plan again though nothing happened.
    wake: Moment,
    reasserted: u64,
    /// Since when it has said that it is busy.
    busy: Option<Moment>,
    /// Whether it speaks only in its turn, and whether that is now.
    has_turns: bool,
    is_its_turn: bool,
}

/// How the link is.
#[derive(Debug)]
struct Link {
    is_connected: bool,
    is_closed: bool,
    since: Moment,
    /// Whether the last request was answered.
    answers: bool,
    last_answer: Option<Moment>,
    /// When the card may be asked who it is.
    ping: Retry,
    /// What had been counted when it stopped to answer.
    mark: Tally,
    /// What it did not answer to just now, while it is asked whether it answers at all.
    unheard: Option<Thing>,
    doubts: u64,
    unanswered: u64,
}

/// What a technician ordered; until the next refresh it goes before the sheet.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    light: Option<bool>,
    brightness: Option<Level>,
}

/// When the card is asked how it is.
#[derive(Debug)]
struct Look {
    /// The next question for its status.
    next: Moment,
    status: Retry,
    /// It is asked before anything else: something may have happened to it.
    is_urgent: bool,
    /// The next refresh.
    refresh: Moment,
    /// When areas that are in doubt count as lost.
    doubt: Option<Moment>,
    /// Whether its clock runs.
    has_clock: bool,
    ahead: Option<i64>,
    /// How bright it said that it is, since it was last told.
    level: Option<u8>,
    /// Whether the status said that the lock is there, since it was last set.
    saw_lock: bool,
    /// Whether the lock never shows in the status.
    is_lock_blind: bool,
}

impl Session {
    /// A session with a card that is not connected yet, and that nothing is to be shown on yet.
    pub fn new(settings: Settings) -> Self {
        let timers = Timers::of(settings.baud);
        let areas = Areas::new(settings.model.abilities(settings.size, settings.colour).areas);
        Self {
            exchange: Exchange::new(&settings),
            settings,
            timers,
            events: Events::new(),
            troubles: Troubles::default(),
            link: Link {
                is_connected: false,
                is_closed: false,
                since: Moment::ZERO,
                answers: false,
                last_answer: None,
                ping: Retry::NOW,
                mark: Tally::default(),
                unheard: None,
                doubts: 0,
                unanswered: 0,
            },
            wanted: None,
            orders: VecDeque::new(),
            held: Held::default(),
            task: None,
            said: None,
            said_before: None,
            light: Part::NEW,
            clock: Part::NEW,
            brightness: Part::NEW,
            hours: Part::NEW,
            lock: Part::NEW,
            is_screen_locked: false,
            unlock: Retry::NOW,
            areas,
            files: Files::new(),
            look: Look {
                next: Moment::ZERO,
                status: Retry::NOW,
                is_urgent: false,
                refresh: Moment::ZERO,
                doubt: None,
                has_clock: true,
                ahead: None,
                level: None,
                saw_lock: false,
                is_lock_blind: false,
            },
            wake: Moment::ZERO,
            reasserted: 0,
            busy: None,
            has_turns: false,
            is_its_turn: false,
        }
    }

    /// What it was told.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The link is there, be it for the first time or again: the card is asked who it is, and everything is asserted anew.
    pub fn connected(&mut self, now: Moment) {
        self.interrupt(now);
        self.link.is_connected = true;
        self.link.since = now;
        self.link.ping = Retry::NOW;
        self.link.mark = self.exchange.tally();
        self.wake = Moment::ZERO;
    }

    /// The link is gone. Nothing is sent until it is there again.
    pub fn disconnected(&mut self, now: Moment) {
        self.interrupt(now);
        self.link.is_connected = false;
    }

    /// What is outstanding will not be answered, and of the card nothing is certain.
    fn interrupt(&mut self, now: Moment) {
        if let Some(task) = self.task.take() {
            self.unanswered(task, now);
        }
        self.exchange.reopen();
        self.link.answers = false;
        self.link.unheard = None;
        self.troubles.mend_unheard();
        self.said_before = self.said.take().or_else(|| self.said_before.take());
        self.forget();
    }

    /// Whether the link ought to be opened anew, though it believes to be there: over a network, a card that has said nothing for long.
    pub fn is_lost(&self, now: Moment) -> bool {
        let heard = self
            .link
            .last_answer
            .map_or(self.link.since, |last| last.max(self.link.since));
        self.settings.baud.is_none() && self.link.is_connected && now.since(heard) >= self.timers.lost
    }

    /// Whether a request is outstanding, so that nobody else may speak on the line.
    pub const fn is_waiting(&self) -> bool {
        self.exchange.is_waiting()
    }

    /// From when on we may speak on a line on which something was said or heard.
    pub(super) fn free(&self) -> Moment {
        self.exchange.free()
    }

    /// It speaks only in its turn from now on: others are on its line.
    pub(super) const fn takes_turns(&mut self) {
        self.has_turns = true;
    }

    /// It is its turn: one request may begin.
    pub(super) fn speak(&mut self, now: Moment, out: &mut Vec<u8>) -> Option<Transmit> {
        self.is_its_turn = true;
        let transmit = self.poll_transmit(now, out);
        self.is_its_turn = false;
        transmit
    }

    /// Does what a technician orders, before all else. Of orders that wait there are eight at most; `false` for one more. What it changes is
    /// the sheet's again at the next refresh.
    pub fn order(&mut self, order: Order, _now: Moment) -> bool {
        if self.orders.len() >= ORDERS {
            return false;
        }
        self.orders.push_back(order);
        self.wake = Moment::ZERO;
        true
    }

    /// How often flash was written on that day before this session was made, as its [`Standing`] told: the day's limit goes on from there.
    pub fn spent(&mut self, day: Date, writes: u32) {
        self.files.writes.spent(day, writes);
    }

    /// How often flash was written on the last day on which it was; `None` where it never was.
    pub const fn writes(&self) -> Option<(Date, u32)> {
        self.files.writes.spent_so_far()
    }

    /// What is wrong at present, the worst first.
    pub fn faults(&self, now: Moment) -> Vec<Fault> {
        self.troubles.at(now)
    }

    /// Does what is due: takes what became of the last request, and plans the next.
    fn turn(&mut self, now: Moment) {
        self.exchange.poll(now);
        self.doubted(now);
        if let Some(outcome) = self.exchange.outcome()
            && let Some(task) = self.task.take()
        {
            self.settle(task, outcome, now);
        }
        let is_others_turn = self.has_turns && !self.is_its_turn;
        if self.exchange.is_waiting() || !self.link.is_connected || self.link.is_closed || is_others_turn {
            return;
        }
        let mut wake = NEVER;
        match self.plan(now, &mut wake) {
            Some((task, ask)) => {
                self.task = Some(task);
                self.exchange.ask(ask, now);
                self.wake = Moment::ZERO;
            }
            None => self.wake = wake,
        }
    }

    /// Looks whether acknowledgements came that nobody had waited for: one that was taken may not have been the card's.
    fn doubted(&mut self, now: Moment) {
        let doubts = self.exchange.doubts();
        if doubts != self.link.doubts {
            self.link.doubts = doubts;
            self.look.doubt = self.look.doubt.or(Some(now + self.timers.doubt));
            self.wake = Moment::ZERO;
        }
        if let Some(malformed) = self.exchange.malformed() {
            self.events.note(Event::Malformed(malformed));
        }
    }
}

impl Controller for Session {
    type Picture = Sheet;

    /// Makes `sheet` what the card ought to show and know from now on. What of it the card has already is not sent. The newest sheet wins:
    /// a frame that has left is waited for, since a second one could not overtake it, and then the newest follows.
    fn show(&mut self, sheet: &Sheet, now: Moment) {
        if self.link.is_closed {
            return;
        }
        self.areas.want(&sheet.areas, now);
        for (id, slot) in self.areas.slots() {
            if !slot.is_unfit && !slot.is_refused {
                self.troubles.mend(Matter::Area(id));
            }
        }
        let ours = self
            .wanted
            .as_ref()
            .map(|old| old.civil(now).duration_since(sheet.civil).abs());
        if ours.is_some_and(|ours| ours.unsigned_abs() > self.timers.clock) {
            // It was our own clock that jumped.
            self.clock.forget();
        }
        let is_new_fallback = self
            .wanted
            .as_ref()
            .is_none_or(|old| old.sheet.fallback != sheet.fallback);
        self.wanted = Some(Wanted {
            sheet: sheet.clone(),
            since: now,
        });
        if is_new_fallback {
            self.want_files();
        }
        self.wake = Moment::ZERO;
    }

    /// Makes all that cannot be read back due again. The session does so by itself every 60 s.
    fn refresh(&mut self, _now: Moment) {
        self.look.refresh = Moment::ZERO;
        self.areas.doubt();
        self.wake = Moment::ZERO;
    }

    /// Says farewell: a request that is outstanding is the last one. What the card shows stays.
    fn close(&mut self, _now: Moment) {
        self.link.is_closed = true;
        self.orders.clear();
    }

    fn handle(&mut self, bytes: &[u8], now: Moment) {
        if !self.link.is_connected {
            return;
        }
        self.exchange.handle(bytes, now);
        self.turn(now);
    }

    fn poll_transmit(&mut self, now: Moment, out: &mut Vec<u8>) -> Option<Transmit> {
        if !self.link.is_connected {
            return None;
        }
        self.turn(now);
        self.exchange.poll_transmit(now, out)
    }

    /// Whether the card does not show yet what it ought to.
    fn is_under_way(&self) -> bool {
        self.link.is_connected && self.wanted.is_some() && !self.areas.is_settled()
    }

    fn poll_timeout(&self) -> Option<Moment> {
        if !self.link.is_connected {
            return None;
        }
        if self.exchange.is_waiting() {
            return self.exchange.poll_timeout();
        }
        let is_done = self.link.is_closed && self.task.is_none();
        (!is_done && self.wake != NEVER).then_some(self.wake)
    }

    fn poll_event(&mut self) -> Option<Event> {
        self.events.next()
    }
}
