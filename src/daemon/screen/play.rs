//! The threads of one screen: its player, and one for each of its outputs.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};

use super::{
    conductor::{Beat, Conductor},
    haste::Haste,
    held::Painting,
    lapses::Lapses,
    player::Turned,
    unseen::{Lacking, Unseen},
};
use crate::{
    daemon::{
        bill::Bill,
        card::SheetBox,
        clock::{self, ClockEvent, StepTaken},
        fault::{self, Fault},
        mailbox::{FrameBox, News, Slot},
        output,
        problems::Origin,
        shared::Shared,
        threads::{self, Alive, Ended},
    },
    diagnostic::Diagnostic,
    site::Screen,
    units::Moment,
    units::Tick,
    wall::history::{Event, Held, Holding},
};

/// How long the threads may take to end: a player looks up at every tick, and the slowest has one a second.
const FAREWELL: Duration = Duration::from_millis(1500);

/// A screen that is being played. Dropping it does not stop the threads; [`ScreenThreads::end`] does.
#[derive(Debug)]
pub(in crate::daemon) struct ScreenThreads {
    screen: Screen,
    inbox: Arc<Slot<Arc<Bill>>>,
    is_ending: Arc<AtomicBool>,
    outputs: Vec<Arc<FrameBox>>,
    cards: Vec<Arc<SheetBox>>,
    ended: Ended,
}

/// What the player's thread works with.
struct Stage {
    conductor: Conductor,
    shared: Arc<Shared>,
    inbox: Arc<Slot<Arc<Bill>>>,
    is_ending: Arc<AtomicBool>,
    outputs: Vec<Arc<FrameBox>>,
    cards: Vec<Arc<SheetBox>>,
    /// The number of the newest order.
    order: u64,
    /// The number of the newest change of the tests.
    tests: u64,
    /// When the test of this screen ends, whatever the clock shows.
    test_ends: Option<Moment>,
    /// Whether a fault is reported.
    is_faulty: bool,
    /// Whether the newest wall could not be taken in, and the one before plays on.
    is_refused: bool,
    lapses: Lapses,
    lacking: Lacking,
}

impl ScreenThreads {
    /// Starts the threads of `conductor`'s screen, which is `screen` in the site. Each holds `alive` while it works.
    pub(in crate::daemon) fn start(
        conductor: Conductor,
        screen: &Screen,
        shared: &Arc<Shared>,
        alive: &Alive,
    ) -> io::Result<Self> {
        let (own, ended) = threads::lives();
        let alive = (alive.clone(), own);
        let outputs = screen.outputs.iter().enumerate();
        let outputs: io::Result<Vec<_>> = outputs
            .map(|(number, output)| output::start(screen, number, output, shared, alive.clone()))
            .collect();
        let cards = (0..screen.cards.len()).map(|number| shared.lines.join(screen, number, shared, alive.clone()));
        let cards: Vec<io::Result<_>> = cards.collect();
        // A card's line holds its mailbox, and would never learn that nothing comes to it.
        if outputs.is_err() || cards.iter().any(Result::is_err) {
            cards.iter().flatten().for_each(|card| card.close());
        }
        let cards: io::Result<Vec<_>> = cards.into_iter().collect();
        let this = Self {
            screen: screen.clone(),
            inbox: Arc::default(),
            is_ending: Arc::default(),
            outputs: outputs?,
            cards: cards?,
            ended,
        };
        let stage = Stage {
            lapses: Lapses::new(conductor.player().rate()),
            conductor,
            shared: Arc::clone(shared),
            inbox: Arc::clone(&this.inbox),
            is_ending: Arc::clone(&this.is_ending),
            outputs: this.outputs.clone(),
            cards: this.cards.clone(),
            order: 0,
            tests: 0,
            test_ends: None,
            is_faulty: false,
            is_refused: false,
            lacking: Lacking::default(),
        };
        thread::Builder::new()
            .name(format!("play {}", screen.id))
            .spawn(move || {
                stage.play();
                drop(alive);
            })?;
        Ok(this)
    }

    /// The screen's identity.
    pub(in crate::daemon) fn id(&self) -> &str {
        &self.screen.id
    }

    /// Whether these threads can play `screen`: the same LEDs at the same rate on the same outputs and cards.
    pub(in crate::daemon) fn fits(&self, screen: &Screen) -> bool {
        let own = &self.screen;
        own.id == screen.id
            && own.size == screen.size
            && own.rate == screen.rate
            && own.colour == screen.colour
            && own.outputs == screen.outputs
            && own.cards == screen.cards
    }

    /// Hands `bill` to the player, who takes it at his next tick.
    pub(in crate::daemon) fn take_over(&self, bill: &Arc<Bill>) {
        self.inbox.put(Arc::clone(bill));
    }

    /// Ends the threads, and waits for that no longer than it takes. The controllers keep the last frame, but those of outputs that the
    /// screen no longer has, and cards that none of `screens`, the site's from now on, has: they are told so.
    pub(in crate::daemon) fn end(&self, screens: &[Screen]) {
        let next = screens.iter().find(|screen| screen.id == self.screen.id);
        for (number, (output, mailbox)) in self.screen.outputs.iter().zip(&self.outputs).enumerate() {
            let stays = next.and_then(|next| next.outputs.get(number));
            if stays.is_none_or(|next| !output.goes_on_as(next)) {
                mailbox.dismiss();
            }
        }
        for (card, mailbox) in self.screen.cards.iter().zip(&self.cards) {
            let mut stay = screens.iter().flat_map(|screen| &screen.cards);
            if !stay.any(|other| card.may_be(other)) {
                mailbox.dismiss();
            }
        }
        self.is_ending.store(true, Ordering::Relaxed);
        if !self.ended.wait(FAREWELL) {
            tracing::error!(screen = %self.screen.id, "the screen's threads do not end");
        }
    }
}

impl Stage {
    fn play(mut self) {
        self.shared.house.mark();
        let mut haste = Haste::claim(self.id());
        let pulse = self.shared.pulses.add(clock::moment());
        while !self.shared.is_ending() && !self.is_ending.load(Ordering::Relaxed) {
            let course = self.shared.dial.glance();
            self.conductor.rest(course);
            // Painting is guarded by itself; a fault elsewhere shall not end the thread either.
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| self.tick())) {
                self.report(Some(&Fault::Painting(fault::words(&*panic))));
            }
            pulse.beat();
            haste.look(self.conductor.pacer().skipped(), &self.shared);
        }
        haste.end(&self.shared);
        self.outputs.iter().for_each(|output| output.close());
        self.cards.iter().for_each(|card| card.close());
        self.leave();
        let (id, skipped) = (self.id(), self.conductor.pacer().skipped());
        tracing::debug!(screen = %id, skipped, "the player ends");
        self.shared.problems.forget(&Origin::Player(id));
        pulse.end();
    }

    fn tick(&mut self) {
        if let Some(bill) = self.inbox.take() {
            self.conductor.put_up(bill);
        }
        if let Some(order) = self.shared.halt.glance(&mut self.order) {
            self.conductor.obey(order);
        }
        self.heed_tests();
        let skipped = self.conductor.pacer().skipped();
        let Beat { tick, step, change } = self.conductor.beat(clock::moment());
        let late = self.conductor.pacer().skipped() - skipped;
        if let Some(step) = step {
            let screen = self.id();
            self.record_step(&step);
            self.shared.dial.tell(ClockEvent::Taken { screen, step });
        }
        if let Some(change) = change {
            self.is_refused = change.is_err();
            self.report(change.err().as_ref());
        }
        let step = self.conductor.player_mut().step(tick);
        self.hand_on(tick, step.is_new, step.is_refresh);
        let (player, cards) = (self.conductor.player_mut(), &self.cards);
        let undealt = player.deal(tick, &step, |card, sheet| {
            if let Some(card) = cards.get(card) {
                card.put(sheet);
            }
        });
        self.record(tick, late, &step.painting);
        if step.painting != Painting::Lacking {
            self.lacking.end();
        }
        match step.painting {
            Painting::Lacking => self.tell_of_films(tick),
            Painting::Done if undealt.is_some() => self.report(undealt.as_ref()),
            Painting::Done if !self.is_refused => self.report(None),
            Painting::Done | Painting::Waiting => {}
            Painting::Failed(fault) => self.report(Some(&fault)),
        }
        if let Some(view) = self.conductor.player_mut().view(tick) {
            self.shared.hub.describe(view);
        }
    }

    /// Shows test pictures where that was asked for, and none after their time.
    fn heed_tests(&mut self) {
        let player = self.conductor.player_mut();
        if let Some(running) = self.shared.tests.glance(player.id(), &mut self.tests) {
            self.test_ends = running.as_ref().map(|running| running.end);
            player.test(running.map(|running| running.test));
        }
        if self.test_ends.take_if(|end| *end <= clock::moment()).is_some() {
            player.test(None);
        }
    }

    fn id(&self) -> Arc<str> {
        Arc::clone(self.conductor.player().id())
    }

    fn hand_on(&mut self, tick: Tick, is_new: bool, is_refresh: bool) {
        let level = self.conductor.player_mut().brightness(tick);
        let player = self.conductor.player();
        let frame = player.frame();
        if is_new || is_refresh {
            let news = if is_refresh { News::Refresh } else { News::Frame };
            for (number, output) in self.outputs.iter().enumerate() {
                let level = player.test_level(number, tick).unwrap_or(level);
                output.put(frame, level, news);
            }
        }
        if is_new {
            let since = player.rate().timestamp(tick);
            self.shared.hub.show_since(player.id(), frame, since);
        }
    }

    /// Tells the journal what the tick brought, where that is worth a record.
    fn record(&mut self, tick: Tick, late: u64, painting: &Painting) {
        let player = self.conductor.player_mut();
        let rate = player.rate();
        let (at, chronicle) = (rate.timestamp(tick), &self.shared.chronicle);
        for held in self.lapses.due(tick) {
            chronicle.note(at, Event::Held(Arc::clone(player.id()), held));
        }
        if late > 0 {
            self.lapses.note(Holding::Late, tick, late);
        }
        match painting {
            Painting::Done => {}
            Painting::Lacking => self.lapses.note(Holding::Clip, tick.next(), 1),
            Painting::Waiting | Painting::Failed(_) => self.lapses.note(Holding::Painting, tick.next(), 1),
        }
        if let Some(Turned { edition, is_anew }) = player.turned() {
            let taken = Event::Screen {
                screen: Arc::clone(player.id()),
                edition,
                tick,
                rate,
                is_anew,
            };
            chronicle.note(at, taken);
        }
    }

    /// Tells the journal of the time through which the screen went by a clock that had been set already: until its page ended.
    fn record_step(&self, step: &StepTaken) {
        if step.waited.is_zero() {
            return;
        }
        let rate = self.conductor.player().rate();
        let waited = SignedDuration::try_from(step.waited).unwrap_or(SignedDuration::MAX);
        let until = step.jump.to;
        let held = Held {
            since: until.saturating_sub(waited).unwrap_or(Timestamp::MIN),
            until,
            frames: rate.ticks(waited).0.unsigned_abs(),
            why: Holding::Clock,
        };
        self.shared.chronicle.note(until, Event::Held(self.id(), held));
    }

    /// Tells the journal that the screen is no longer played.
    fn leave(&mut self) {
        let (id, at) = (self.id(), self.shared.now());
        for held in self.lapses.rest() {
            self.shared.chronicle.note(at, Event::Held(Arc::clone(&id), held));
        }
        if !self.shared.is_ending() {
            let screen = id;
            self.shared.chronicle.note(at, Event::Left { screen });
        }
    }

    /// Tells of the videos that play and whose frames are not at hand, once that lasts.
    fn tell_of_films(&mut self, tick: Tick) {
        let player = self.conductor.player_mut();
        if self.lacking.is_due(tick, player.rate()) {
            let files = player.films(tick).into_iter();
            let problems: Vec<_> = files.map(|file| Diagnostic::of_file(file, &Unseen::Frames)).collect();
            self.tell(&problems);
        }
    }

    /// Tells of a fault when it comes and when it is gone, and costs nothing while all is well.
    fn report(&mut self, fault: Option<&Fault>) {
        if fault.is_some() || self.is_faulty {
            let id = self.id();
            let problems = fault.map(|fault| Diagnostic::of_file(format!("screen {id}").into(), fault));
            self.tell(problems.as_slice());
        }
    }

    fn tell(&mut self, problems: &[Diagnostic]) {
        self.is_faulty = !problems.is_empty();
        self.shared.problems.set(&Origin::Player(self.id()), problems);
    }
}
