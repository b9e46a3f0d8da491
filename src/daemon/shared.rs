//! What every thread of the daemon has at hand.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use super::{chronicle::Chronicle, problems::Problems};
use crate::simulator::Hub;

/// What every thread has at hand.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) hub: Arc<Hub>,
    pub(super) problems: Problems,
    pub(super) chronicle: Chronicle,
    is_ending: AtomicBool,
}

impl Shared {
    pub(super) fn new(chronicle: Chronicle) -> Self {
        let hub = Arc::new(Hub::default());
        Self {
            problems: Problems::new(Arc::clone(&hub)),
            hub,
            chronicle,
            is_ending: AtomicBool::new(false),
        }
    }

    /// Asks all threads to end.
    pub(super) fn end(&self) {
        self.is_ending.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_ending(&self) -> bool {
        self.is_ending.load(Ordering::Relaxed)
    }
}
