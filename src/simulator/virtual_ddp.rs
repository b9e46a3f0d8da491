//! A DDP display on a real socket: whatever speaks DDP can send to it, and what it shows can be looked at.
//!
//! One thread receives; it holds nothing but the newest picture, so that nobody who looks can hold it up, and looks up at least ten
//! times a second whether it shall stop.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use tracing::{debug, warn};

use crate::{
    controller::ddp::{Counts, Received, Receiver, Refusal},
    frame::Frame,
    link::{LinkError, UdpListener},
    units::Size,
};

/// How long the receiving thread waits at most before it looks whether it shall stop.
const PATIENCE: Duration = Duration::from_millis(100);

/// A display at a UDP port. Dropped, it stops and the port is free.
#[derive(Debug)]
pub struct VirtualDdp {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// A picture that the display showed.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Which picture it is, counted from 1.
    pub number: u64,
    /// The picture.
    pub frame: Arc<Frame>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    stop: AtomicBool,
}

#[derive(Debug, Default)]
struct State {
    newest: Option<Shown>,
    counts: Counts,
    refusal: Option<Refusal>,
}

impl VirtualDdp {
    /// A dark display of `size` that listens on `address`; port 0 takes a free one.
    ///
    /// # Errors
    /// The port is in use, or the address is not this machine's.
    pub fn listen(address: SocketAddr, size: Size) -> Result<Self, LinkError> {
        let listener = UdpListener::bind(address)?;
        let address = listener.address();
        let shared = Arc::new(Shared {
            state: Mutex::default(),
            changed: Condvar::new(),
            stop: AtomicBool::new(false),
        });
        let display = Receiver::new(size).at(address.ip());
        let theirs = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name("virtual ddp".to_owned())
            .spawn(move || receive(listener, display, size, &theirs))
            .map_err(|error| LinkError::Listen {
                address,
                reason: error.to_string(),
            })?;
        Ok(Self {
            address,
            shared,
            thread: Some(thread),
        })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it has seen.
    pub fn counts(&self) -> Counts {
        self.shared.lock().counts
    }

    /// Why it did not take the latest of the datagrams that it did not take.
    pub fn refusal(&self) -> Option<Refusal> {
        self.shared.lock().refusal
    }

    /// The newest picture, once its number is above `seen`; `None` if none comes within `patience`. Pictures that came in between
    /// are gone, as they are from the wall.
    pub fn newer(&self, seen: u64, patience: Duration) -> Option<Shown> {
        let is_old = |state: &mut State| state.newest.as_ref().is_none_or(|shown| shown.number <= seen);
        let (state, _) = self
            .shared
            .changed
            .wait_timeout_while(self.shared.lock(), patience, is_old)
            .unwrap_or_else(PoisonError::into_inner);
        state.newest.clone().filter(|shown| shown.number > seen)
    }
}

impl Drop for VirtualDdp {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported by the thread.
            let _ = thread.join();
        }
    }
}

impl Shared {
    /// The state. A thread that panicked left it whole: it is changed by single assignments.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn publish(&self, frame: Frame, counts: Counts) {
        let newest = Shown {
            number: counts.pictures,
            frame: Arc::new(frame),
        };
        let mut state = self.lock();
        state.newest = Some(newest);
        state.counts = counts;
        drop(state);
        self.changed.notify_all();
    }
}

fn receive(mut listener: UdpListener, mut display: Receiver, size: Size, shared: &Shared) {
    let mut replies = Vec::new();
    while !shared.stop.load(Ordering::Relaxed) {
        let took = listener.receive(PATIENCE, |peer, datagram| match display.handle(datagram) {
            Ok(Received::Stored) => {}
            Ok(Received::Shown(picture)) => {
                let frame = Frame::from_bytes(size, picture.to_vec()).expect("a display shows pictures of its size");
                shared.publish(frame, display.counts());
            }
            Ok(Received::Reply(reply)) => replies.push((peer, reply)),
            Err(refusal) => {
                debug!(%peer, %refusal, "datagram not taken");
                shared.lock().refusal = Some(refusal);
            }
        });
        if let Err(error) = took {
            warn!(%error, "cannot receive");
            thread::sleep(PATIENCE);
        }
        for (peer, reply) in replies.drain(..) {
            if let Err(error) = listener.send(peer, &reply) {
                debug!(%peer, %error, "reply not sent");
            }
        }
        shared.lock().counts = display.counts();
    }
}
