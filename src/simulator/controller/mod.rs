//! A controller on a real socket: whatever speaks its protocol can send to it, and what it shows can be looked at.
//!
//! One thread receives; it holds nothing but the newest picture, so that nobody who looks can hold it up, and looks up at least ten
//! times a second whether it shall stop. What it does with datagrams is [`Machine`], which knows no socket and no clock.

mod artnet;
mod chain;
mod ddp;
mod device;
mod machine;
mod sacn;
mod walker;
pub mod weather;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use tracing::{debug, warn};

pub use chain::Chain;
pub use device::{Kind, Refused};
pub use machine::{Effects, Machine, Reply, Setup};

use crate::{
    controller::Counts,
    frame::Frame,
    link::{LinkError, UdpListener},
    units::{Moment, Size},
};
use weather::Mishaps;

/// How long the receiving thread waits at most before it looks whether it shall stop.
const PATIENCE: Duration = Duration::from_millis(100);

/// A controller at a UDP port. Dropped, it stops and the port is free.
#[derive(Debug)]
pub struct VirtualController {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// A picture that the controller showed.
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
    mishaps: Mishaps,
    refusal: Option<Refused>,
}

impl VirtualController {
    /// A dark controller that listens on `address`; port 0 takes a free one. Of sACN it is in the multicast groups of its universes where
    /// it listens on all addresses, by the `interface` of that name or address, and shares the port with other programs; of Art-Net too.
    ///
    /// # Errors
    /// The port is in use, the address is not this machine's, or there is no such interface.
    pub fn listen(address: SocketAddr, interface: Option<&Arc<str>>, setup: Setup) -> Result<Self, LinkError> {
        let mut listener = match setup.kind {
            Kind::Ddp => UdpListener::bind(address)?,
            Kind::Sacn(_) | Kind::ArtNet(_) => UdpListener::share(address)?,
        };
        let address = listener.address();
        let clock = Clock::start();
        let name = format!("virtual {}", setup.kind.protocol().name());
        let machine = Machine::new(setup, Some(told(address)), clock.now());
        let ears = Ears {
            interface: interface.cloned(),
            joins: address.ip().is_unspecified(),
        };
        for universe in machine.groups() {
            ears.join(&mut listener, universe)?;
        }
        let shared = Arc::new(Shared {
            state: Mutex::default(),
            changed: Condvar::new(),
            stop: AtomicBool::new(false),
        });
        let theirs = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name(name)
            .spawn(move || receive(listener, &ears, machine, &clock, &theirs))
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

    /// A DDP display of `size` in fair weather that knows its modules by itself.
    ///
    /// # Errors
    /// As for [`Self::listen`].
    pub fn ddp(address: SocketAddr, size: Size) -> Result<Self, LinkError> {
        Self::listen(address, None, Setup::plain(Kind::Ddp, size))
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it has seen.
    pub fn counts(&self) -> Counts {
        self.shared.lock().counts
    }

    /// What went wrong with it, as was asked for.
    pub fn mishaps(&self) -> Mishaps {
        self.shared.lock().mishaps
    }

    /// Why it did not take the latest of the datagrams that it did not take.
    pub fn refusal(&self) -> Option<Refused> {
        self.shared.lock().refusal.clone()
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

impl Drop for VirtualController {
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

    /// Makes known what `machine` has seen and, of the pictures `shown`, the last.
    fn publish(&self, machine: &Machine, shown: &mut Vec<Frame>) {
        let mut state = self.lock();
        let number = state.newest.as_ref().map_or(0, |newest| newest.number) + shown.len() as u64;
        let newest = shown.drain(..).next_back();
        let is_new = newest.is_some();
        if let Some(frame) = newest {
            let frame = Arc::new(frame);
            state.newest = Some(Shown { number, frame });
        }
        state.counts = machine.counts();
        state.mishaps = machine.mishaps();
        state.refusal = machine.refusal().cloned();
        drop(state);
        if is_new {
            self.changed.notify_all();
        }
    }
}

/// A clock that never steps.
#[derive(Debug)]
pub(in crate::simulator) struct Clock(Instant);

impl Clock {
    pub(in crate::simulator) fn start() -> Self {
        Self(Instant::now())
    }

    pub(in crate::simulator) fn now(&self) -> Moment {
        Moment::ZERO + self.0.elapsed()
    }
}

/// By which interface multicast groups are joined, and whether any are.
struct Ears {
    interface: Option<Arc<str>>,
    joins: bool,
}

impl Ears {
    fn join(&self, listener: &mut UdpListener, universe: u16) -> Result<(), LinkError> {
        if !self.joins {
            return Ok(());
        }
        let [high, low] = universe.to_be_bytes();
        match listener.join(Ipv4Addr::new(239, 255, high, low), self.interface.as_ref()) {
            // Without a network there is still what this machine sends to itself.
            Err(error) if self.interface.is_none() => {
                warn!(universe, %error, "not in the multicast group");
                Ok(())
            }
            other => other,
        }
    }
}

/// What a controller that listens on `address` says to those who ask where it is: of all addresses the first that others can reach.
fn told(address: SocketAddr) -> SocketAddr {
    if !address.ip().is_unspecified() {
        return address;
    }
    let all = if_addrs::get_if_addrs().unwrap_or_default();
    let outside = all.iter().find(|one| one.ip().is_ipv4() && !one.is_loopback());
    let ip = outside.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), if_addrs::Interface::ip);
    SocketAddr::new(ip, address.port())
}

fn receive(mut listener: UdpListener, ears: &Ears, mut machine: Machine, clock: &Clock, shared: &Shared) {
    let mut effects = Effects::default();
    while !shared.stop.load(Ordering::Relaxed) {
        let now = clock.now();
        let due = machine.poll_timeout().map_or(PATIENCE, |due| due.since(now));
        let took = listener.receive(due.min(PATIENCE), |peer, datagram| {
            machine.take(peer, datagram, clock.now(), &mut effects);
        });
        if let Err(error) = took {
            warn!(%error, "cannot receive");
            thread::sleep(PATIENCE);
        }
        machine.poll(clock.now(), &mut effects);
        while let Some(universe) = machine.wants() {
            if let Err(error) = ears.join(&mut listener, universe) {
                warn!(universe, %error, "not in the multicast group of a synchronisation");
            }
        }
        for Reply { to, datagram } in effects.replies.drain(..) {
            if let Err(error) = listener.send(to, &datagram) {
                debug!(%to, %error, "reply not sent");
            }
        }
        shared.publish(&machine, &mut effects.shown);
    }
}
