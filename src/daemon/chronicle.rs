//! What happens, on its way to the journal.
//!
//! ```text
//! Player, Follower, … --try_send--> queue -> scribe's thread -> folder::journal -> disk
//! ```
//!
//! Nobody waits for the disk: what finds the queue full is counted and dropped, and the journal says how much that was.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, SyncSender},
    },
    thread,
    time::Duration,
};

use jiff::Timestamp;

use super::{
    clock::{self, ClockEvent, Jump},
    fault::{self, Fault},
    problems::Origin,
    shared::Shared,
    threads::{self, Ended},
};
use crate::{
    diagnostic::Diagnostic,
    folder::journal::{self, Bounds, Journal, JournalFault},
    units::Moment,
    wall::{
        SourceFile,
        history::{Event, Record},
    },
};

/// How many notes the queue holds: a wall of many screens that changes every second fills it in a minute.
const QUEUE: usize = 256;

/// How often the daemon says that it is alive, and what could not be written is tried again.
const BEAT: Duration = Duration::from_secs(60);

/// How often old records are let go.
const COMPACTION: Duration = Duration::from_secs(24 * 3600);

/// What comes within this time after a note goes to the disk with it.
const LINGER: Duration = Duration::from_millis(200);

/// Where everybody tells what happens.
#[derive(Clone, Debug)]
pub(super) struct Chronicle {
    queue: SyncSender<Note>,
    dropped: Arc<AtomicU64>,
}

/// The end of the queue from which the journal is written.
#[derive(Debug)]
pub(super) struct Scribe {
    inbox: Receiver<Note>,
}

#[derive(Debug)]
enum Note {
    Happened(Record),
    /// A programme was accepted, which is made of these files.
    Accepted(Timestamp, Vec<SourceFile>),
    End,
}

/// The two ends of the queue.
pub(super) fn queue() -> (Chronicle, Scribe) {
    let (queue, inbox) = mpsc::sync_channel(QUEUE);
    let dropped = Arc::default();
    (Chronicle { queue, dropped }, Scribe { inbox })
}

impl Chronicle {
    /// Notes what happened `at` that instant; waits for nothing.
    pub(super) fn note(&self, at: Timestamp, event: Event) {
        self.put(Note::Happened(Record { at, event }));
    }

    /// Notes that the programme that `files` make was accepted `at` that instant; waits for nothing.
    pub(super) fn accept(&self, at: Timestamp, files: Vec<SourceFile>) {
        self.put(Note::Accepted(at, files));
    }

    /// Notes what happens to the clock. That a screen has followed a step is noted where it does.
    pub(super) fn clock_record(&self) -> Box<dyn FnMut(&ClockEvent) + Send> {
        let chronicle = self.clone();
        Box::new(move |event| match event {
            ClockEvent::Stepped(jump) => chronicle.note_clock("step", *jump),
            ClockEvent::Judged {
                at,
                before: Some(_),
                now,
            } => chronicle.note_clock(now.name(), Jump { from: *at, to: *at }),
            ClockEvent::Judged { before: None, .. } | ClockEvent::Taken { .. } => {}
        })
    }

    fn note_clock(&self, kind: &str, jump: Jump) {
        let Jump { from, to } = jump;
        let (kind, by) = (kind.into(), jump.by());
        self.note(to, Event::Clock { kind, from, to, by });
    }

    /// Asks the scribe to note the end, and to end.
    pub(super) fn end(&self) {
        self.put(Note::End);
    }

    fn put(&self, note: Note) {
        if self.queue.try_send(note).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Scribe {
    /// Starts the thread that writes the journal of the state folder `state` for the site in the folder `site`. It ends once it is
    /// asked to.
    pub(super) fn start(self, state: &Path, site: &Path, shared: &Arc<Shared>) -> io::Result<Ended> {
        let (alive, ended) = threads::lives();
        let now = clock::moment();
        let mut desk = Desk {
            journal: Journal::new(state, Bounds::default()),
            inbox: self.inbox,
            shared: Arc::clone(shared),
            beat: now,
            compaction: now,
        };
        let site = journal::site_name(site);
        thread::Builder::new().name("journal".into()).spawn(move || {
            desk.journal.start(desk.shared.now(), &site, std::process::id());
            while let Err(panic) = catch_unwind(AssertUnwindSafe(|| desk.write_on())) {
                let fault = Fault::Recording(fault::words(&*panic));
                let problem = Diagnostic::of_file("--state".into(), &fault);
                desk.shared.problems.set(&Origin::Journal, &[problem]);
                thread::sleep(BEAT);
            }
            drop(alive);
        })?;
        Ok(ended)
    }
}

/// What the scribe's thread works with.
struct Desk {
    journal: Journal,
    inbox: Receiver<Note>,
    shared: Arc<Shared>,
    /// When the next beat is due.
    beat: Moment,
    /// When the next compaction is due.
    compaction: Moment,
}

impl Desk {
    /// Writes until the end is noted.
    fn write_on(&mut self) {
        loop {
            self.write();
            let patience = self.beat.since(clock::moment());
            if !self.gather(patience) {
                let event = Event::Ended;
                self.journal.add(&Record {
                    at: self.shared.now(),
                    event,
                });
                self.write();
                return;
            }
        }
    }

    /// Takes what comes within `patience`, and what comes soon after it; `false` once the end has come.
    fn gather(&mut self, patience: Duration) -> bool {
        let mut deadline = clock::moment() + patience;
        let mut is_first = true;
        loop {
            let note = self.inbox.recv_timeout(deadline.since(clock::moment()));
            match note {
                Ok(Note::Happened(record)) => self.journal.add(&record),
                Ok(Note::Accepted(at, files)) => self.journal.accept(at, files),
                Ok(Note::End) | Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => return true,
            }
            if std::mem::take(&mut is_first) {
                deadline = clock::moment() + LINGER;
            }
        }
    }

    /// Brings to the disk what was taken, and does what is due. What cannot be written is one problem, however often it is tried.
    fn write(&mut self) {
        let dropped = self.shared.chronicle.dropped.swap(0, Ordering::Relaxed);
        self.journal.add_dropped(dropped);
        let result = self.journal.sync(self.shared.now()).and_then(|()| self.keep_house());
        let problem = result.err().map(|fault| fault.diagnostic());
        self.shared.problems.set(&Origin::Journal, problem.as_slice());
    }

    fn keep_house(&mut self) -> Result<(), JournalFault> {
        let (moment, now) = (clock::moment(), self.shared.now());
        if self.beat <= moment {
            self.beat = moment + BEAT;
            self.journal.beat(now)?;
        }
        if self.compaction <= moment || self.journal.is_too_long() {
            self.compaction = moment + COMPACTION;
            self.journal.compact(now)?;
        }
        Ok(())
    }
}
