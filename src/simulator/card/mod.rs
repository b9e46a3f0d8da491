//! Cards of the BX series on real sockets and terminals: whatever speaks to such cards can speak to these, and what they show can be
//! looked at.
//!
//! ```text
//! a TCP client ------------> way::Tcp \
//!                                      Keeper (a thread) <-> Line (pure): lanes, noise, receivers -> LEDs
//! a serial port's user ----> way::Pty /
//! who is asked over UDP ---> way::Udp -> a receiver of its own
//! ```
//!
//! What the cards do is [`crate::controller::onbon::Receiver`], which knows no wire; how long bytes take is [`Line`], which knows no
//! clock. One thread carries bytes and looks at the LEDs; nobody who looks can hold it up.
//!
//! Over TCP one client at a time is taken; another is reset, as by small stacks whose one socket listens no more. A client that is
//! silent for a minute is given up. Over a pseudo-terminal bytes take ten bits each at the line's speed, both ways, and are garbage to
//! whoever has set the port to another.

mod error;
mod faults;
mod keeper;
mod lane;
mod line;
mod noise;
mod shared;
mod way;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread::{self, JoinHandle},
    time::Duration,
};

pub use error::CardError;
pub use faults::CardFaults;
pub use lane::byte_time;
pub use line::{Cut, Line, Wire};
pub use noise::{Noise, Spoilt};
pub use shared::Traffic;

use super::{
    Shown,
    controller::{Clock, Refused},
};
use crate::{
    controller::onbon::{
        Receiver,
        receiver::{Build, Mischief},
    },
    frame::Frame,
    units::Moment,
};
use keeper::{Keeper, Way};
use shared::{Order, Seen, Shared};
use way::{Pty, Tcp, Udp};

/// How long a TCP client may be silent before it is given up. Assumed: no table tells; a card behind a pulled cable must be found again.
pub const SILENCE: Duration = Duration::from_secs(60);

/// How many ports are tried where any will do.
const PORTS: usize = 8;

/// Cards on one way: one behind a TCP port, or some on a serial line. Dropped, they stop, and port and terminal are gone.
///
/// What is asked without naming a card is asked of the first.
#[derive(Debug)]
pub struct VirtualCard {
    address: Option<SocketAddr>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl VirtualCard {
    /// A card that listens at `address`, where port 0 takes a free one, and tells over UDP at the same port what it is.
    ///
    /// # Errors
    /// The port is in use, or the address is not this machine's.
    pub fn tcp(address: SocketAddr, build: Build, mischief: Mischief) -> Result<Self, CardError> {
        Self::tcp_with(address, build, mischief, SILENCE)
    }

    /// The same, and a client may be silent for so long.
    ///
    /// # Errors
    /// As for [`Self::tcp`].
    pub fn tcp_with(
        address: SocketAddr,
        build: Build,
        mischief: Mischief,
        silence: Duration,
    ) -> Result<Self, CardError> {
        let clock = Clock::start();
        let asked = Receiver::new(build.clone(), mischief.clone(), clock.now());
        let (tcp, udp) = ports(address, silence, asked)?;
        let address = tcp.address();
        let line = Line::new(Wire::Network, [(build, mischief)], Noise::default(), clock.now());
        let udp = Box::new(udp);
        Self::begin(Some(address), Way::Tcp { tcp, udp }, line, clock)
    }

    /// Cards on a serial line of `baud` bits a second, whose port is a pseudo-terminal: see [`Self::path`]. `name` becomes a symbolic
    /// link to it, and stays one when another port takes its place. One card has the line for itself (RS-232); several share a pair of
    /// wires (RS-485).
    ///
    /// # Errors
    /// There is no card; the system gives no pseudo-terminal; `name` is there and no symbolic link, or cannot be made.
    pub fn pty(
        baud: u32,
        cards: impl IntoIterator<Item = (Build, Mischief)>,
        name: Option<&Path>,
    ) -> Result<Self, CardError> {
        let cards: Vec<(Build, Mischief)> = cards.into_iter().collect();
        let wire = if cards.len() > 1 {
            Wire::Rs485 { baud }
        } else {
            Wire::Rs232 { baud }
        };
        let clock = Clock::start();
        let line = Line::new(wire, cards, Noise::default(), clock.now());
        if line.is_empty() {
            return Err(CardError::NoCard);
        }
        let way = Way::Pty {
            pty: Some(Pty::open(baud, name)?),
            baud,
            name: name.map(Path::to_owned),
        };
        Self::begin(None, way, line, clock)
    }

    fn begin(address: Option<SocketAddr>, way: Way, line: Line, clock: Clock) -> Result<Self, CardError> {
        let shared = Shared::new()?;
        let cards = (0..line.len()).map(|card| Seen::dark(Frame::new(line.card(card).size())));
        shared.lock().cards = cards.collect();
        let keeper = Keeper {
            way,
            line,
            clock,
            shared: Arc::clone(&shared),
            looked: Moment::ZERO,
            is_due: true,
            changes: None,
            reboots: 0,
            out: Vec::new(),
        };
        keeper.tell();
        let thread = thread::Builder::new().name("virtual card".to_owned());
        let thread = thread.spawn(move || keeper.run()).map_err(|error| CardError::Thread {
            reason: error.to_string(),
        })?;
        Ok(Self {
            address,
            shared,
            thread: Some(thread),
        })
    }

    /// Where it listens over TCP.
    ///
    /// # Panics
    /// It is on a serial line.
    pub fn address(&self) -> SocketAddr {
        self.address.expect("a card on a serial line has no address")
    }

    /// The serial port's path; `None` over TCP and while it is unplugged.
    pub fn path(&self) -> Option<PathBuf> {
        self.shared.lock().path.clone()
    }

    /// How many cards there are.
    pub fn len(&self) -> usize {
        self.shared.lock().cards.len()
    }

    /// Whether there are none, which is never so.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What passed on the way.
    pub fn traffic(&self) -> Traffic {
        self.shared.lock().traffic
    }

    /// What the first card's LEDs show at this instant.
    pub fn look(&self) -> Arc<Frame> {
        self.look_at(0)
    }

    /// What the LEDs of the card of that index show at this instant.
    ///
    /// # Panics
    /// There is no such card.
    pub fn look_at(&self, card: usize) -> Arc<Frame> {
        let frame = self.inspect(card, Receiver::frame);
        frame.map_or_else(|| self.newest(card).frame, Arc::new)
    }

    /// What `glance` finds when it looks at the card of that index itself, at this instant; `None` if the card's thread is gone.
    ///
    /// # Panics
    /// There is no such card.
    pub fn inspect<T: Send + 'static>(
        &self,
        card: usize,
        glance: impl FnOnce(&mut Receiver, Moment) -> T + Send + 'static,
    ) -> Option<T> {
        assert!(card < self.len(), "there is no card {card}");
        let (tell, told) = mpsc::sync_channel(1);
        let glance = move |card: &mut Receiver, now: Moment| {
            let _ = tell.try_send(glance(card, now));
        };
        self.order(Order::Look(card, Box::new(glance)));
        told.try_recv().ok()
    }

    /// What the LEDs of a card showed last; they are looked at 50 times a second at most.
    ///
    /// # Panics
    /// There is no such card.
    pub fn newest(&self, card: usize) -> Shown {
        self.shared.lock().cards[card].shown.clone()
    }

    /// What the first card's LEDs showed last, once its number is above `seen`; `None` if nothing else comes within `patience`.
    /// Pictures that came in between are gone, as they are from the wall.
    pub fn newer(&self, seen: u64, patience: Duration) -> Option<Shown> {
        self.newer_of(0, seen, patience)
    }

    /// The same of the card of that index.
    ///
    /// # Panics
    /// There is no such card.
    pub fn newer_of(&self, card: usize, seen: u64, patience: Duration) -> Option<Shown> {
        let state = self
            .shared
            .wait(patience, |state| state.cards[card].shown.number > seen)?;
        Some(state.cards[card].shown.clone())
    }

    /// What the first card shows, once it is as wanted; `None` if it is not within `patience`.
    pub fn wait_until(&self, patience: Duration, is_so: impl FnMut(&Frame) -> bool) -> Option<Shown> {
        self.wait_until_of(0, patience, is_so)
    }

    /// The same of the card of that index.
    ///
    /// # Panics
    /// There is no such card.
    pub fn wait_until_of(
        &self,
        card: usize,
        patience: Duration,
        mut is_so: impl FnMut(&Frame) -> bool,
    ) -> Option<Shown> {
        let state = self
            .shared
            .wait(patience, |state| is_so(&state.cards[card].shown.frame))?;
        Some(state.cards[card].shown.clone())
    }

    /// How bright a card's LEDs are, 0 to 15.
    ///
    /// # Panics
    /// There is no such card.
    pub fn brightness(&self, card: usize) -> u8 {
        self.shared.lock().cards[card].brightness
    }

    /// Why a card did not do the latest of what it did not do.
    ///
    /// # Panics
    /// There is no such card.
    pub fn refusal(&self, card: usize) -> Option<Refused> {
        self.shared.lock().cards[card].refusal.clone()
    }

    /// Whether a card has power, as [`Self::power_cut`] and [`Self::power_back`] had it.
    ///
    /// # Panics
    /// There is no such card.
    pub fn is_on(&self, card: usize) -> bool {
        self.shared.lock().cards[card].is_on
    }

    /// Takes a card's power away: dark and deaf, with nothing left but what is in flash. A client of a network is not told.
    pub fn power_cut(&self, card: usize) {
        self.order(Order::PowerCut(card));
    }

    /// Gives it back. Whoever was connected is reset.
    pub fn power_back(&self, card: usize) {
        self.order(Order::PowerBack(card));
    }

    /// Cuts power or wire, once so many bytes more have been heard.
    pub fn cut_after(&self, bytes: u64, what: Cut) {
        self.order(Order::CutAfter(bytes, what));
    }

    /// From now on the way is so bad.
    pub fn set_noise(&self, noise: Noise) {
        self.order(Order::Noise(noise));
    }

    /// Pulls the cable: the terminal is gone with its name, and whoever has it open reads its end; a client over TCP is reset.
    pub fn unplug(&self) {
        self.order(Order::Unplug);
    }

    /// Plugs the serial port in again: another terminal, with the name of the one before. Over TCP nothing needs to be done.
    ///
    /// # Errors
    /// As for [`Self::pty`].
    pub fn plug(&self) -> Result<Option<PathBuf>, CardError> {
        self.shared.ask(Order::Plug)?;
        Ok(self.path())
    }

    fn order(&self, order: Order) {
        // Of all orders only the one to plug in can fail.
        let _ = self.shared.ask(order);
    }
}

impl Drop for VirtualCard {
    fn drop(&mut self) {
        self.shared.stop();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported by the thread.
            let _ = thread.join();
        }
    }
}

/// A TCP port and the UDP port of the same number. Where any number will do, others are tried while somebody has the UDP port.
fn ports(address: SocketAddr, silence: Duration, asked: Receiver) -> Result<(Tcp, Udp), CardError> {
    let mut tcp = Tcp::listen(address, silence)?;
    for _ in 0..PORTS {
        if address.port() != 0 || Udp::is_free(tcp.address()) {
            break;
        }
        // Another is taken before this one is free again.
        tcp = Tcp::listen(address, silence)?;
    }
    let udp = Udp::beside(tcp.address(), asked)?;
    Ok((tcp, udp))
}
