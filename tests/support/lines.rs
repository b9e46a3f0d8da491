//! Terminals, of which the whole system has one list.

use std::sync::{Mutex, MutexGuard, PoisonError};

static ALONE: Mutex<()> = Mutex::new(());

/// Keeps the other tests that open terminals away while it is held: the number of one that is closed is another's at once, and whoever
/// opens a port again by its number would be on the wrong line.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}
