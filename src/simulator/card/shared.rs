//! What the thread of virtual cards and those who look at them have in common.

use std::{
    collections::VecDeque,
    fmt,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    path::PathBuf,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use rustix::event::{EventfdFlags, eventfd};

use super::{CardError, Cut, Noise, Spoilt};
use crate::{
    controller::onbon::Receiver,
    frame::Frame,
    simulator::{Shown, controller::Refused},
    units::Moment,
};

/// How long an order may take before whoever gave it goes on without.
const DEADLINE: Duration = Duration::from_secs(60);

/// What somebody wants of the thread.
pub(super) enum Order {
    PowerCut(usize),
    PowerBack(usize),
    CutAfter(u64, Cut),
    Noise(Noise),
    Unplug,
    Plug,
    /// Looks at the LEDs, then at the card itself.
    Look(usize, Glance),
}

/// A look at a card.
pub(super) type Glance = Box<dyn FnOnce(&mut Receiver, Moment) + Send>;

/// What passed on the way to virtual cards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Bytes that the cards heard.
    pub heard: u64,
    /// Bytes that they said and that reached the PC.
    pub said: u64,
    /// What was done to bytes on the way.
    pub spoilt: Spoilt,
    /// Clients that were taken over TCP.
    pub clients: u64,
    /// Clients that were reset, for there was one already.
    pub refused: u64,
}

/// What is known of one card.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) shown: Shown,
    /// 0 to 15.
    pub(super) brightness: u8,
    pub(super) is_on: bool,
    pub(super) refusal: Option<Refused>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) cards: Vec<Seen>,
    pub(super) traffic: Traffic,
    pub(super) path: Option<PathBuf>,
    /// What went wrong with the last order.
    pub(super) trouble: Option<CardError>,
    /// Orders not yet carried out: at most one of each thread that waits for its own.
    pub(super) orders: VecDeque<Order>,
    asked: u64,
    done: u64,
}

pub(super) struct Shared {
    state: Mutex<State>,
    pub(super) changed: Condvar,
    stop: AtomicBool,
    bell: OwnedFd,
}

impl Shared {
    pub(super) fn new() -> Result<Arc<Self>, CardError> {
        let bell = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK);
        Ok(Arc::new(Self {
            state: Mutex::default(),
            changed: Condvar::new(),
            stop: AtomicBool::new(false),
            bell: bell.map_err(|error| CardError::Thread {
                reason: error.to_string(),
            })?,
        }))
    }

    /// The state. A thread that panicked left it whole: it is changed by single assignments.
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has the thread carry out `order`, and waits until it has.
    pub(super) fn ask(&self, order: Order) -> Result<(), CardError> {
        let mut state = self.lock();
        state.orders.push_back(order);
        state.asked += 1;
        let mine = state.asked;
        drop(state);
        self.ring();
        let waits = |state: &mut State| state.done < mine;
        let waited = self.changed.wait_timeout_while(self.lock(), DEADLINE, waits);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.trouble.take().map_or(Ok(()), Err)
    }

    /// Says that so many orders have been carried out.
    pub(super) fn done(&self, count: usize, trouble: Option<CardError>) {
        if count == 0 {
            return;
        }
        let mut state = self.lock();
        state.done += count as u64;
        state.trouble = trouble;
        drop(state);
        self.changed.notify_all();
    }

    /// The state, as soon as it is as wanted or `patience` is over.
    pub(super) fn wait(
        &self,
        patience: Duration,
        mut is_so: impl FnMut(&State) -> bool,
    ) -> Option<MutexGuard<'_, State>> {
        let until = Instant::now() + patience;
        let mut state = self.lock();
        while !is_so(&state) {
            let left = until
                .checked_duration_since(Instant::now())
                .filter(|left| !left.is_zero())?;
            let waited = self.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        Some(state)
    }

    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.ring();
    }

    pub(super) fn shall_stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whoever waited for the bell was woken.
    pub(super) fn heard_bell(&self) {
        let _ = rustix::io::read(&self.bell, &mut [0; 8]);
    }

    fn ring(&self) {
        let _ = rustix::io::write(&self.bell, &1_u64.to_ne_bytes());
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl AsFd for Shared {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.bell.as_fd()
    }
}

impl Seen {
    pub(super) fn dark(frame: Frame) -> Self {
        Self {
            shown: Shown {
                number: 1,
                frame: Arc::new(frame),
            },
            brightness: 15,
            is_on: true,
            refusal: None,
        }
    }
}
