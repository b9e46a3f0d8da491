//! The thread that looks at the machine's clocks.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, mpsc::Receiver},
    thread,
    time::Duration,
};

use jiff::Timestamp;

use super::{
    confidence::Confidence,
    dial::Dial,
    event::{ClockEvent, Jump},
    fault::ClockFault,
    floor::built,
    machine,
    stored::Stored,
    synchrony::Synchrony,
    timekeeper::{Look, Reading, Timekeeper},
};
use crate::{
    daemon::{
        fault::{self, Fault},
        problems::Origin,
        shared::Shared,
        threads::Alive,
    },
    diagnostic::Diagnostic,
    folder::FloorFile,
};

/// How often it looks. A step is noticed so late at most, while the screens go on along the monotonic clock.
const PERIOD: Duration = Duration::from_millis(250);

/// Where problems of the clock and of its floor's file are told to be.
const CLOCK: &str = "clock";
const STATE: &str = "--state";

/// Who is told what happens to the clock, on the clock's own thread: a file may be written there.
pub(crate) type Record = Box<dyn FnMut(&ClockEvent) + Send>;

/// What the thread works with. A disk or a log that stalls holds it up, but no screen.
pub(crate) struct ClockThread {
    keeper: Timekeeper,
    synchrony: Synchrony,
    stored: Stored,
    events: Receiver<ClockEvent>,
    record: Record,
    /// What the clock showed when it was found to stand below its floor.
    shown: Timestamp,
    dropped: u64,
}

impl ClockThread {
    /// Looks at the clocks for the first time; the dial shows what came of it. `record` hears of all that happens from then on.
    pub(crate) fn begin(state: &Path, mut record: Record) -> (Self, Dial) {
        let mut synchrony = Synchrony::of_the_machine();
        let (wall, moment) = machine::reading();
        let word = synchrony.hear(moment);
        let (stored, floor) = Stored::read(FloorFile::new(state), built(), moment);
        let keeper = Timekeeper::new(floor, Reading { wall, moment, word });
        let course = keeper.course();
        let (dial, events) = Dial::new(course);
        let first = ClockEvent::Judged {
            at: wall,
            before: None,
            now: course.confidence,
        };
        tracing::info!(clock = %wall, confidence = course.confidence.name(), floor = %course.floor, "the clock");
        record(&first);
        let this = Self {
            keeper,
            synchrony,
            stored,
            events,
            record,
            shown: wall,
            dropped: 0,
        };
        (this, dial)
    }

    /// Starts the thread. It ends with the daemon, and stores the floor before that.
    pub(crate) fn start(mut self, shared: Arc<Shared>, alive: Alive) -> io::Result<()> {
        thread::Builder::new().name("clock".into()).spawn(move || {
            while !shared.is_ending() {
                self.guarded_look(&shared);
                machine::sleep_until(machine::moment() + PERIOD);
            }
            self.stored.write(self.keeper.floor());
            drop(alive);
        })?;
        Ok(())
    }

    fn guarded_look(&mut self, shared: &Shared) {
        let looked = catch_unwind(AssertUnwindSafe(|| self.look(shared)));
        let looked = looked.unwrap_or_else(|panic| Err(Fault::Keeping(fault::words(&*panic))));
        let problems = looked.unwrap_or_else(|fault| vec![Diagnostic::of_file(CLOCK.into(), &fault)]);
        shared.problems.set(&Origin::Clock, &problems);
    }

    /// Looks once, and lets everybody know what came of it; what is wrong with the clock.
    fn look(&mut self, shared: &Shared) -> Result<Vec<Diagnostic>, Fault> {
        let (wall, moment) = machine::reading();
        let word = self.synchrony.hear(moment);
        let Look { jump, before } = self.keeper.look(Reading { wall, moment, word });
        let course = self.keeper.course();
        if jump.is_some() || before.is_some() {
            self.shown = wall;
        }
        // Before any player can see that the clock is not to be believed: he is to find the wall that he needs.
        let fault = self.fault(shared)?;
        shared.dial.put(course);
        if let Some(jump) = jump {
            self.synchrony.hurry();
            self.tell(&ClockEvent::Stepped(jump));
        }
        if before.is_some() {
            let now = course.confidence;
            self.tell(&ClockEvent::Judged { at: wall, before, now });
        }
        while let Ok(event) = self.events.try_recv() {
            self.tell(&event);
        }
        self.tell_dropped(&shared.dial);
        self.stored.keep(self.keeper.floor(), moment);
        let stored = self.stored.problem();
        let stored = stored.map(|problem| Diagnostic::of_file(STATE.into(), problem));
        Ok(fault.into_iter().chain(stored).collect())
    }

    fn fault(&self, shared: &Shared) -> Result<Option<Diagnostic>, Fault> {
        let course = self.keeper.course();
        let fault = match (course.confidence, shared.bill()) {
            (Confidence::Unknown, Some(bill)) => ClockFault::Unknown {
                shown: self.shown,
                floor: course.floor,
                is_stored: self.keeper.floor().is_stored(),
                bare: bill.fill(course.floor)?.bare_screens(),
            },
            (Confidence::Holding, _) if self.keeper.is_unheard() => ClockFault::Unheard,
            _ => return Ok(None),
        };
        Ok(Some(Diagnostic::of_file(CLOCK.into(), &fault)))
    }

    fn tell(&mut self, event: &ClockEvent) {
        log(event);
        (self.record)(event);
    }

    fn tell_dropped(&mut self, dial: &Dial) {
        let dropped = dial.dropped();
        if dropped > self.dropped {
            tracing::warn!(
                events = dropped - self.dropped,
                "more happened to the clock than could be recorded"
            );
            self.dropped = dropped;
        }
    }
}

fn log(event: &ClockEvent) {
    match event {
        ClockEvent::Stepped(jump) => {
            let Jump { from, to } = jump;
            tracing::warn!(%from, %to, by = format!("{:#}", jump.by()), "the clock was set; each screen follows when its page ends");
        }
        ClockEvent::Taken { screen, step } => {
            let Jump { from, to } = step.jump;
            tracing::info!(%screen, %from, %to, waited = ?step.waited, "the screen goes by the new time");
        }
        ClockEvent::Judged { at, before, now } => {
            let before = before.map_or("nothing", Confidence::name);
            tracing::info!(clock = %at, before, now = now.name(), "the clock is judged anew");
        }
    }
}
