//! What the system may take for ever to do, on a thread of its own: looking up a name, opening a device.
//!
//! Whoever begins an errand waits for nothing: it asks now and then, or lets itself be woken. An errand whose answer nobody wants any more
//! ends when the system lets it; so there must never be more than one of a link.

use std::{
    io,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError, sync_channel},
    },
    thread,
};

use rustix::event::{EventfdFlags, eventfd};
use thread_priority::{
    NormalThreadSchedulePolicy, ThreadPriority, ThreadPriorityOsValue, ThreadSchedulePolicy,
    set_thread_priority_and_policy, thread_native_id,
};

/// An errand under way.
#[derive(Debug)]
pub(super) struct Errand<T> {
    answer: Receiver<T>,
    bell: Arc<OwnedFd>,
}

/// How an errand stands.
#[derive(Debug)]
pub(super) enum Standing<T> {
    /// The answer is not there yet.
    UnderWay,
    /// The answer.
    Done(T),
    /// It broke off: there will be none.
    Failed,
}

impl<T: Send + 'static> Errand<T> {
    /// Begins `act` on a thread of that name.
    ///
    /// # Errors
    /// The system has no room for another thread.
    pub(super) fn begin(name: &str, act: impl FnOnce() -> T + Send + 'static) -> io::Result<Self> {
        let (sender, answer) = sync_channel(1);
        let bell = Arc::new(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?);
        let ring = Ring(Arc::clone(&bell));
        let run = move || {
            // Rings last of all, whatever becomes of the rest.
            let _ring = ring;
            let sender = sender;
            be_ordinary();
            // Nobody waits any more once the link is closed.
            let _ = sender.send(act());
        };
        thread::Builder::new().name(name.to_owned()).spawn(run)?;
        Ok(Self { answer, bell })
    }
}

impl<T> Errand<T> {
    /// How it stands.
    pub(super) fn poll(&self) -> Standing<T> {
        match self.answer.try_recv() {
            Ok(answer) => Standing::Done(answer),
            Err(TryRecvError::Empty) => Standing::UnderWay,
            Err(TryRecvError::Disconnected) => Standing::Failed,
        }
    }
}

impl<T> AsFd for Errand<T> {
    /// Becomes readable when it is over.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.bell.as_fd()
    }
}

/// Rings when it is dropped.
struct Ring(Arc<OwnedFd>);

impl Drop for Ring {
    fn drop(&mut self) {
        // It cannot be full: it rings once.
        let _ = rustix::io::write(&self.0, &1_u64.to_ne_bytes());
    }
}

/// Whoever opens a link may have real-time priority. This thread inherits it and must not keep it: nobody knows how long it works.
fn be_ordinary() {
    let policy = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Other);
    let priority = ThreadPriority::Os(ThreadPriorityOsValue::default());
    // To give it back is always allowed.
    let _ = set_thread_priority_and_policy(thread_native_id(), priority, policy);
}
