//! 停播: every screen goes to the safe page at once, and only `yingbi resume` brings the wall back.
//!
//! ```text
//! 停播* in the site's folder -> Lookout --\                         /--AtomicU64, then a lock that is never held long--> every player
//! yingbi stop -> Control ---------------->  Halt (the order given)  --> Keeper -> stop.toml, problems
//! the page's button ---------------------/                          \--> Chronicle, Hub
//! ```
//!
//! A stop may wait for nothing: each way to it has a thread of its own that is none of the page's, and the order is given before
//! anything is written. So a disk that hangs holds the keeper up, a dead share the lookout, and nobody else.

mod ask;
mod control;
mod fault;
mod keeper;
mod lookout;
mod order;

use std::{
    io,
    path::Path,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;

use super::{clock, shared::Shared};
use crate::{
    folder::{StopError, StopFile},
    units::Moment,
    wall::{Stopped, history::Event},
};

pub use ask::{Answer, Asked, ControlError, ask};
pub use fault::HaltFault;
pub use order::Order;

/// How long the first look at the site's folder may hold up the first frame.
const FIRST_LOOK: Duration = Duration::from_millis(250);

/// How long a resume waits for a look at the site's folder.
const LOOK: Duration = Duration::from_secs(3);

/// How long a command waits for the disk before it is told that it is not kept yet.
const DISK: Duration = Duration::from_secs(1);

/// Whether the wall is stopped, for everybody.
#[derive(Debug)]
pub(super) struct Halt {
    /// Grows with each order.
    turns: AtomicU64,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
pub(super) struct State {
    order: Option<Order>,
    /// The number of the order that is on the disk, or could not be brought there.
    kept: u64,
    /// Why the order is not on the disk.
    unkept: Option<String>,
    /// What was wrong with what was found there at the start.
    found: Option<StopError>,
    look: Option<Look>,
    /// Whether the screens have begun.
    has_begun: bool,
}

/// What the last look at the site's folder has found.
#[derive(Clone, Debug)]
struct Look {
    begun: Moment,
    /// The file that stops the wall; `None` where there is none, or the folder cannot be seen.
    file: Option<Arc<str>>,
}

/// What a resume has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Resumed {
    /// The wall goes on.
    Lifted,
    /// It was not stopped.
    NotStopped,
    /// This file still stops it.
    Refused(Arc<str>),
}

impl Halt {
    /// As the state folder `state` has it: whoever was stopped starts stopped, also by a file that says nothing.
    pub(super) fn begin(state: &Path) -> Self {
        let (stopped, found) = match StopFile::new(state).read() {
            Ok(stopped) => (stopped, None),
            Err(error) => (Some(unexplained()), Some(error)),
        };
        let order = stopped.map(|stopped| Order {
            stopped: Some(Arc::new(stopped)),
            at: Timestamp::MIN,
            moment: Moment::ZERO,
        });
        Self {
            turns: AtomicU64::new(u64::from(order.is_some())),
            state: Mutex::new(State {
                kept: u64::from(order.is_some()),
                order,
                found,
                ..State::default()
            }),
            changed: Condvar::new(),
        }
    }

    /// The newest order, where that is another one than the one of number `seen`. Waits for nobody: what cannot be had at once comes
    /// with the next tick.
    pub(super) fn glance(&self, seen: &mut u64) -> Option<Order> {
        let turns = self.turns.load(Ordering::Acquire);
        if turns == *seen {
            return None;
        }
        let state = self.state.try_lock().ok()?;
        *seen = turns;
        state.order.clone()
    }

    /// The stop in force.
    pub(super) fn stopped(&self) -> Option<Arc<Stopped>> {
        self.lock().stopped().cloned()
    }

    fn number(&self) -> u64 {
        self.turns.load(Ordering::Acquire)
    }

    /// Whether the order of that number came to the disk within `patience`.
    fn is_kept(&self, number: u64, patience: Duration) -> bool {
        let pending = |state: &mut State| state.kept < number;
        let waited = self.changed.wait_timeout_while(self.lock(), patience, pending);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.kept >= number && state.unkept.is_none()
    }

    /// Waits a little for the first look at the site's folder, so that a file that was put there before the start comes before the
    /// first frame.
    pub(super) fn await_first_look(&self) {
        let is_missing = |state: &mut State| state.look.is_none();
        let waited = self.changed.wait_timeout_while(self.lock(), FIRST_LOOK, is_missing);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.has_begun = true;
    }

    /// What a look that begins now finds; `None` where it does not come within `patience`.
    fn look_anew(&self, patience: Duration) -> Option<Look> {
        let now = clock::moment();
        let is_old = |state: &mut State| state.look.as_ref().is_none_or(|look| look.begun < now);
        let waited = self.changed.wait_timeout_while(self.lock(), patience, is_old);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.look.clone().filter(|look| look.begun >= now)
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    pub(super) fn stopped(&self) -> Option<&Arc<Stopped>> {
        self.order.as_ref()?.stopped.as_ref()
    }
}

impl Shared {
    /// Stops the wall, unless it is stopped; the stop in force, and whether it is this one.
    pub(super) fn stop(&self, by: &str, reason: Option<&str>) -> (Arc<Stopped>, bool) {
        self.stop_from(self.lead(), by, reason)
    }

    fn stop_from(&self, (at, moment): (Timestamp, Moment), by: &str, reason: Option<&str>) -> (Arc<Stopped>, bool) {
        let stopped = Arc::new(Stopped {
            since: at,
            by: tidy(by).into(),
            reason: reason.map(tidy).filter(|reason| !reason.is_empty()).map(Into::into),
        });
        let mut state = self.halt.lock();
        if let Some(stopped) = state.stopped() {
            return (Arc::clone(stopped), false);
        }
        let event = Event::Stop((*stopped).clone());
        self.order(&mut state, (at, moment), Some(Arc::clone(&stopped)), event);
        (stopped, true)
    }

    /// Lets the wall go on, unless a file still stops it.
    pub(super) fn resume(&self, by: &str) -> Resumed {
        if self.halt.stopped().is_none() {
            return Resumed::NotStopped;
        }
        // A folder that cannot be seen shall hold nobody up; should the file be there after all, it stops the wall again.
        let look = self.halt.look_anew(LOOK);
        if let Some(file) = look.and_then(|look| look.file) {
            return Resumed::Refused(file);
        }
        let (at, moment) = self.lead();
        let mut state = self.halt.lock();
        if state.stopped().is_none() {
            return Resumed::NotStopped;
        }
        let event = Event::Resume { by: tidy(by).into() };
        self.order(&mut state, (at, moment), None, event);
        Resumed::Lifted
    }

    /// Takes note of what a look at the site's folder that began at `begun` has found.
    fn saw(&self, begun: Moment, file: Option<&str>) {
        let file: Option<Arc<str>> = file.map(Into::into);
        let mut state = self.halt.lock();
        // A look that hung while the wall came back tells of a time before.
        let is_stale = state.order.as_ref().is_some_and(|order| begun < order.moment);
        state.look = Some(Look {
            begun,
            file: file.clone(),
        });
        let stops = state.stopped().is_none() && !is_stale;
        let has_begun = state.has_begun;
        drop(state);
        self.halt.changed.notify_all();
        if let Some(file) = file.filter(|_| stops) {
            let lead = if has_begun { self.lead() } else { self.before() };
            self.stop_from(lead, &file, None);
        }
    }

    fn order(&self, state: &mut State, (at, moment): (Timestamp, Moment), stopped: Option<Arc<Stopped>>, event: Event) {
        state.order = Some(Order { stopped, at, moment });
        state.unkept = None;
        state.found = None;
        self.halt.turns.fetch_add(1, Ordering::Release);
        self.halt.changed.notify_all();
        // In the order of the turns; it waits for nothing.
        self.chronicle.note(at, event);
        self.end_tests(&[], at);
    }

    /// An instant before the screens begin, where they have not, and its moment: they begin at the tick that is on then, which has begun.
    fn before(&self) -> (Timestamp, Moment) {
        let moment = clock::moment() - Duration::from_secs(1);
        (self.dial.course().line.at(moment), moment)
    }

    /// The instant at which an order holds that is given now, and its moment.
    pub(super) fn lead(&self) -> (Timestamp, Moment) {
        let moment = clock::moment() + order::LEAD;
        (self.dial.course().line.at(moment), moment)
    }
}

/// Starts the threads that look, listen and keep; each ends by itself soon after the daemon does. What a daemon that was stopped before
/// was told of its stop is told again.
pub(super) fn start(shared: &Arc<Shared>, site: &Path, state: &Path) -> io::Result<()> {
    if let Some(stopped) = shared.halt.stopped() {
        let (at, _) = shared.before();
        shared.chronicle.note(at, Event::Stop((*stopped).clone()));
    }
    lookout::start(shared, site)?;
    keeper::start(shared, state)?;
    control::start(shared, state)
}

/// What is known of a stop whose file says nothing.
fn unexplained() -> Stopped {
    Stopped {
        since: Timestamp::now(),
        by: StopFile::NAME.into(),
        reason: None,
    }
}

/// A text of somebody else's as one line of a bounded length.
fn tidy(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
    line.trim().chars().take(200).collect()
}
