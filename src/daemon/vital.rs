//! Whether the threads that light the wall still do.
//!
//! Each of them has a [`Pulse`] that it beats once it has done what it is there for: a player when it has painted a tick or held one, an
//! output when it has taken what was in its mailbox and given it to the system, or learnt why not. A dead controller does not stop a
//! pulse, a thread that hangs does, and so does one that died without a word. A beat is one number that grows: nobody waits.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use crate::units::Moment;

/// One thread's sign of life.
#[derive(Debug)]
pub struct Pulse(Arc<Heart>);

#[derive(Debug, Default)]
struct Heart {
    beats: AtomicU64,
    is_over: AtomicBool,
}

impl Pulse {
    /// The thread has done its work once more.
    pub fn beat(&self) {
        self.0.beats.fetch_add(1, Ordering::Relaxed);
    }

    /// The thread ends because it was told to.
    pub fn end(&self) {
        self.0.is_over.store(true, Ordering::Relaxed);
    }
}

/// All pulses.
#[derive(Debug, Default)]
pub struct Pulses(Mutex<Vec<Watched>>);

#[derive(Debug)]
struct Watched {
    heart: Arc<Heart>,
    beats: u64,
    /// When it was first seen with so many beats.
    since: Moment,
}

/// How they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vital {
    /// Whether there are any, and each has beaten: the first frame was handed to the system.
    pub is_lit: bool,
    /// How long the one that is worst has not beaten.
    pub silence: Duration,
}

impl Pulses {
    /// A pulse for a thread that begins at `now`.
    pub fn add(&self, now: Moment) -> Pulse {
        let heart = Arc::<Heart>::default();
        self.lock().push(Watched {
            heart: Arc::clone(&heart),
            beats: 0,
            since: now,
        });
        Pulse(heart)
    }

    /// How they are at `now`.
    pub fn look(&self, now: Moment) -> Vital {
        let mut all = self.lock();
        all.retain(|watched| !watched.heart.is_over.load(Ordering::Relaxed));
        for watched in &mut *all {
            let beats = watched.heart.beats.load(Ordering::Relaxed);
            if beats != watched.beats {
                (watched.beats, watched.since) = (beats, now);
            }
        }
        Vital {
            is_lit: !all.is_empty() && all.iter().all(|watched| watched.beats > 0),
            silence: all
                .iter()
                .map(|watched| now.since(watched.since))
                .max()
                .unwrap_or_default(),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Watched>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
