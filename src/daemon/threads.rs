//! Waiting for threads to end, with a deadline.

use std::{
    convert::Infallible,
    sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender},
    time::Duration,
};

/// Held by a thread for as long as it works. When the last one is dropped, all have ended.
#[derive(Clone, Debug)]
pub(super) struct Alive {
    _token: SyncSender<Infallible>,
}

/// The other end of every [`Alive`].
#[derive(Debug)]
pub(super) struct Ended(Receiver<Infallible>);

/// A pair of the two ends.
pub(super) fn lives() -> (Alive, Ended) {
    let (token, receiver) = mpsc::sync_channel(0);
    (Alive { _token: token }, Ended(receiver))
}

impl Ended {
    /// Waits until all have ended, at most for `patience`; whether they have.
    pub(super) fn wait(&self, patience: Duration) -> bool {
        self.0.recv_timeout(patience) == Err(RecvTimeoutError::Disconnected)
    }
}
