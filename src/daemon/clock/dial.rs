//! Where the players look what time it is.

use std::sync::{
    Mutex, MutexGuard, PoisonError, TryLockError,
    atomic::{AtomicU64, Ordering},
    mpsc::{self, Receiver, SyncSender},
};

use super::{event::ClockEvent, timekeeper::Course};

/// How many events may wait to be taken down. A screen has one a step, so this is more than ever come together.
const EVENTS: usize = 64;

/// The newest course, and the way by which players tell what they did with it. Players wait for nobody here.
#[derive(Debug)]
pub struct Dial {
    course: Mutex<Course>,
    events: SyncSender<ClockEvent>,
    dropped: AtomicU64,
}

impl Dial {
    /// A dial that shows `course`, and the other end of the way.
    pub fn new(course: Course) -> (Self, Receiver<ClockEvent>) {
        let (events, taken) = mpsc::sync_channel(EVENTS);
        let dial = Self {
            course: Mutex::new(course),
            events,
            dropped: AtomicU64::new(0),
        };
        (dial, taken)
    }

    /// Shows `course` from now on.
    pub fn put(&self, course: Course) {
        *self.lock() = course;
    }

    /// The newest course, for those who may wait.
    pub fn course(&self) -> Course {
        *self.lock()
    }

    /// The newest course; `None` where somebody is at the dial right now. Then the one before serves for another tick.
    pub fn glance(&self) -> Option<Course> {
        match self.course.try_lock() {
            Ok(course) => Some(*course),
            Err(TryLockError::Poisoned(poisoned)) => Some(*poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// Tells `event`, or drops it where nobody has taken the last ones.
    pub fn tell(&self, event: ClockEvent) {
        if self.events.try_send(event).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many events were dropped.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, Course> {
        self.course.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
