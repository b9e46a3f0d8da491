//! Precedence for the threads that keep time: players, and outputs.
//!
//! Each of them asks for real-time priority, else for niceness, else goes on without. Before everybody else, a thread must leave room for
//! them, which is held three times over:
//!
//! - Nothing here ever waits by looking again and again: such a thread sleeps at least once a tick.
//! - One that takes more than [`Share::MOST`] of a processor over [`Share::WINDOW`] gives its precedence back by itself.
//! - One that works for [`LONGEST`] without any sleep is told to the process by the system (SIGXCPU), and all give it back ([`yield_all`]).
//!   Meanwhile the system keeps a twentieth of each processor for the others.
//!
//! A thread that has precedence starts no others, for they would inherit it. The one exception, a name look-up, lays it down first.

mod fault;
mod share;

use std::{
    io,
    num::NonZeroU64,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use rustix::{
    process::{Resource, Rlimit, getrlimit, setpriority_process, setrlimit},
    thread::set_current_timer_slack,
};
use thread_priority::{
    NormalThreadSchedulePolicy, RealtimeThreadSchedulePolicy, ThreadPriority, ThreadPriorityOsValue,
    ThreadPriorityValue, ThreadSchedulePolicy, set_thread_priority_and_policy, thread_native_id, unix::ThreadId,
};

use super::clock;
use crate::units::Moment;

pub use fault::PrecedenceFault;
pub use share::Share;

/// The priority of 1 to 99: above whatever asks for none, below the system's own threads (interrupts have 50).
pub const PRIORITY: u8 = 10;

/// The niceness where that is not granted.
pub const NICENESS: i32 = -10;

/// The longest that a thread of real-time priority may work without a sleep.
pub const LONGEST: Duration = Duration::from_secs(1);

/// The threads of this process that have real-time priority. Each is in here only while it runs.
static REAL_TIME: Mutex<Vec<ThreadId>> = Mutex::new(Vec::new());

/// How often they had to give it back.
static YIELDS: AtomicUsize = AtomicUsize::new(0);

/// What a thread was granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precedence {
    /// It comes before all ordinary threads.
    RealTime,
    /// It gets a larger share than ordinary threads.
    Nice,
    /// It is an ordinary thread.
    Ordinary,
}

/// The precedence of the thread that claimed it, for as long as the claim lives. Belongs to that thread alone.
#[derive(Debug)]
pub struct Claim {
    precedence: Precedence,
    share: Share,
    /// How often all had to give theirs back before this one was made.
    yields: usize,
    /// Ties it to its thread.
    _own: std::marker::PhantomData<*const ()>,
}

impl Claim {
    /// Asks for as much as this thread can get, first for real-time priority.
    pub fn first() -> Self {
        if ask_for_real_time() {
            registry().push(thread_native_id());
            return Self::of(Precedence::RealTime);
        }
        Self::nice()
    }

    /// Asks for niceness only.
    pub fn nice() -> Self {
        // Sleeps end when they shall, not up to 50 microseconds later. With real-time priority they do so anyway.
        let _ = set_current_timer_slack(NonZeroU64::new(1));
        // On Linux it is of this thread, not of the process.
        match setpriority_process(None, NICENESS) {
            Ok(()) => Self::of(Precedence::Nice),
            Err(_) => Self::of(Precedence::Ordinary),
        }
    }

    fn of(precedence: Precedence) -> Self {
        Self {
            precedence,
            share: Share::new(),
            yields: YIELDS.load(Ordering::Relaxed),
            _own: std::marker::PhantomData,
        }
    }

    /// What was granted, and not given back.
    pub const fn precedence(&self) -> Precedence {
        self.precedence
    }

    /// Whether the thread has left no room for others, seen at `now` and again and again; `true` once, and then its precedence was given back.
    pub fn gives_up(&mut self, now: Moment) -> bool {
        if self.precedence != Precedence::RealTime {
            return false;
        }
        let had_to = self.yields != YIELDS.load(Ordering::Relaxed);
        let is_greedy = self.share.is_due(now) && self.share.is_excessive(now, clock::worked());
        if had_to || is_greedy {
            self.leave();
            make_ordinary(thread_native_id());
            self.precedence = Self::nice().precedence;
        }
        had_to || is_greedy
    }

    fn leave(&self) {
        let own = thread_native_id();
        registry().retain(|thread| *thread != own);
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if self.precedence == Precedence::RealTime {
            self.leave();
        }
    }
}

/// Has the system tell of a thread of real-time priority that does not sleep for [`LONGEST`]. Whoever calls this takes SIGXCPU over first,
/// which would end the process.
///
/// # Errors
/// The system's.
pub(super) fn limit() -> io::Result<()> {
    let before = getrlimit(Resource::Rttime);
    let longest = u64::try_from(LONGEST.as_micros()).unwrap_or(u64::MAX);
    let current = before.maximum.map_or(longest, |most| most.min(longest));
    setrlimit(
        Resource::Rttime,
        Rlimit {
            current: Some(current),
            ..before
        },
    )?;
    Ok(())
}

/// Takes real-time priority from all threads that have it; how many they were.
pub fn yield_all() -> usize {
    YIELDS.fetch_add(1, Ordering::Relaxed);
    let mut threads = registry();
    // Under the lock, so that none of them ends meanwhile.
    threads.drain(..).inspect(|thread| make_ordinary(*thread)).count()
}

fn ask_for_real_time() -> bool {
    let priority = ThreadPriorityValue::try_from(PRIORITY).expect("a priority of 0 to 99");
    let policy = ThreadSchedulePolicy::Realtime(RealtimeThreadSchedulePolicy::Fifo);
    let priority = ThreadPriority::Crossplatform(priority);
    set_thread_priority_and_policy(thread_native_id(), priority, policy).is_ok()
}

/// Makes `thread` an ordinary one. As it is, the niceness of the calling thread becomes 0.
fn make_ordinary(thread: ThreadId) {
    let policy = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Other);
    let priority = ThreadPriority::Os(ThreadPriorityOsValue::default());
    // To give back is always allowed, and niceness may stay as it is.
    let _ = set_thread_priority_and_policy(thread, priority, policy);
}

fn registry() -> MutexGuard<'static, Vec<ThreadId>> {
    REAL_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}
