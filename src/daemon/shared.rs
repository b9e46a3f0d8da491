//! What every thread of the daemon has at hand.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use jiff::{Timestamp, tz::TimeZone};

use super::{
    bill::Bill,
    card::Lines,
    chronicle::Chronicle,
    clock::{self, Dial},
    halt::Halt,
    house::House,
    output::Exchange,
    problems::Problems,
    testing::Tests,
    vital::Pulses,
};
use crate::{media::Reels, simulator::Hub};

/// What every thread has at hand.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) hub: Arc<Hub>,
    pub(super) problems: Problems,
    pub(super) dial: Dial,
    /// The wall in force, for those who may wait.
    bill: Mutex<Option<Arc<Bill>>>,
    pub(super) chronicle: Chronicle,
    pub(super) house: House,
    pub(super) pulses: Pulses,
    pub(super) halt: Halt,
    pub(super) tests: Tests,
    pub(super) exchange: Arc<Exchange>,
    pub(super) lines: Lines,
    /// The clips, for whoever plays them.
    pub(super) reels: Reels,
    is_ending: AtomicBool,
}

impl Shared {
    pub(super) fn new(dial: Dial, chronicle: Chronicle, halt: Halt, house: House, reels: Reels) -> Self {
        let hub = Arc::new(Hub::default());
        Self {
            problems: Problems::new(Arc::clone(&hub)),
            hub,
            dial,
            bill: Mutex::default(),
            chronicle,
            house,
            pulses: Pulses::default(),
            halt,
            tests: Tests::default(),
            exchange: Arc::default(),
            lines: Lines::default(),
            reels,
            is_ending: AtomicBool::new(false),
        }
    }

    /// Makes `bill` the one in force.
    pub(super) fn put_up(&self, bill: Arc<Bill>) {
        *self.bill.lock().unwrap_or_else(PoisonError::into_inner) = Some(bill);
    }

    /// The bill in force.
    pub(super) fn bill(&self) -> Option<Arc<Bill>> {
        self.bill.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The zone of the site's times, UTC before there is a site; for those who may wait.
    pub(super) fn zone(&self) -> TimeZone {
        let bill = self.bill();
        bill.map_or(TimeZone::UTC, |bill| bill.whole().site().timezone.clone())
    }

    /// What time it is for what is shown; for those who may wait.
    pub(super) fn now(&self) -> Timestamp {
        self.dial.course().line.at(clock::moment())
    }

    /// Asks all threads to end.
    pub(super) fn end(&self) {
        self.is_ending.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_ending(&self) -> bool {
        self.is_ending.load(Ordering::Relaxed)
    }
}
