//! Bad weather between the network and a controller: what is lost, late, out of order, twice or spoilt on the way, and what the
//! controller itself does wrong.
//!
//! Pure: moments come in as arguments and chance comes from a seed, so that the same datagrams at the same moments meet the same fate.
//!
//! ```text
//! datagram -> Weather::take -> lost | held back | due later -> Weather::poll -> the controller's receiver
//! ```

mod dice;
mod faults;

use std::{collections::VecDeque, net::SocketAddr, time::Duration};

pub use faults::{Faults, FaultsError, Odds, Reboot, Window};
pub(in crate::simulator) use faults::{asked, size, time};

use crate::units::Moment;
pub(in crate::simulator) use dice::Dice;

/// The most datagrams under way at a time; what comes beyond them is dropped and counted.
pub const DATAGRAMS: usize = 32_768;

/// The most bytes under way at a time.
pub const BYTES: usize = 64 << 20;

/// How long a datagram that shall be overtaken waits for another that overtakes it.
pub const PATIENCE: Duration = Duration::from_millis(20);

/// The way from the network into a controller, and the controller's own failings.
#[derive(Debug)]
pub struct Weather {
    faults: Faults,
    dice: Dice,
    /// When the controller was switched on.
    born: Moment,
    /// In the order in which they arrive.
    under_way: VecDeque<Parcel>,
    bytes: usize,
    /// A datagram that waits to be overtaken.
    held: Option<Parcel>,
    /// How often it has gone down.
    reboots: u64,
    /// When it is up again, while it is down.
    up: Option<Moment>,
    mishaps: Mishaps,
}

/// What the weather has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mishaps {
    /// Datagrams lost on the way.
    pub lost: u64,
    /// Datagrams that another overtook.
    pub reordered: u64,
    /// Datagrams that came twice.
    pub duplicated: u64,
    /// Datagrams of which a bit was turned over.
    pub corrupted: u64,
    /// Datagrams that nobody heard: it was silent, or down.
    pub unheard: u64,
    /// Datagrams dropped because too many were under way.
    pub overflowed: u64,
    /// How often it went down.
    pub reboots: u64,
    /// Pictures that it took and did not show.
    pub hidden: u64,
}

/// What happens next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A datagram reaches the controller.
    Arrives {
        /// Its sender.
        from: SocketAddr,
        /// What is left of it.
        datagram: Vec<u8>,
    },
    /// The controller goes down: dark and deaf.
    Down,
    /// It is up again and remembers nothing.
    Up,
}

#[derive(Debug)]
struct Parcel {
    due: Moment,
    from: SocketAddr,
    datagram: Vec<u8>,
}

impl Weather {
    /// The weather of `faults` for a controller that is switched on at `now`. The same `seed` gives the same luck.
    pub const fn new(faults: Faults, seed: u64, now: Moment) -> Self {
        Self {
            faults,
            dice: Dice::new(seed),
            born: now,
            under_way: VecDeque::new(),
            bytes: 0,
            held: None,
            reboots: 0,
            up: None,
            mishaps: Mishaps {
                lost: 0,
                reordered: 0,
                duplicated: 0,
                corrupted: 0,
                unheard: 0,
                overflowed: 0,
                reboots: 0,
                hidden: 0,
            },
        }
    }

    /// Whether nothing happens to datagrams at any time, so that they need not come this way.
    pub fn is_calm(&self) -> bool {
        let Faults { stale, wrong_size, .. } = self.faults;
        self.faults
            == Faults {
                stale,
                wrong_size,
                ..Faults::default()
            }
    }

    /// What it has done.
    pub const fn mishaps(&self) -> Mishaps {
        self.mishaps
    }

    /// Takes a datagram that comes from the network at `now`.
    pub fn take(&mut self, from: SocketAddr, datagram: &[u8], now: Moment) {
        if self.is_deaf(now) {
            self.mishaps.unheard += 1;
            return;
        }
        if self.dice.happens(self.faults.loss.millionths()) {
            self.mishaps.lost += 1;
            return;
        }
        let twice = self.dice.happens(self.faults.duplicate.millionths());
        self.mishaps.duplicated += u64::from(twice);
        for _ in 0..=u8::from(twice) {
            let parcel = Parcel {
                due: now + self.faults.delay + self.jitter(),
                from,
                datagram: self.spoilt(datagram),
            };
            self.send_off(parcel);
        }
    }

    /// What happens up to `now`, one thing at a time.
    pub fn poll(&mut self, now: Moment) -> Option<Happening> {
        if let Some(change) = self.reboot(now) {
            return Some(change);
        }
        if self.under_way.front().is_some_and(|parcel| parcel.due <= now) {
            let parcel = self.under_way.pop_front()?;
            self.bytes -= parcel.datagram.len();
            return Some(parcel.arrives());
        }
        let late = self.held.take_if(|held| held.due <= now)?;
        Some(late.arrives())
    }

    /// When to poll again though nothing was taken.
    pub fn poll_timeout(&self) -> Option<Moment> {
        let next = self.under_way.front().map(|parcel| parcel.due);
        let held = self.held.as_ref().map(|parcel| parcel.due);
        let change = self.up.or_else(|| self.next_reboot());
        [next, held, change].into_iter().flatten().min()
    }

    /// Whether a datagram that the controller sends at `now` gets through.
    pub fn lets_out(&mut self, now: Moment) -> bool {
        !self.is_deaf(now) && !self.dice.happens(self.faults.loss.millionths())
    }

    /// Whether the controller, though it takes pictures at `now`, keeps showing an old one. Each picture so hidden is counted.
    pub fn hides(&mut self, now: Moment) -> bool {
        let age = now.since(self.born);
        let hides = self.faults.stale.is_some_and(|window| window.contains(age));
        self.mishaps.hidden += u64::from(hides);
        hides
    }

    fn is_deaf(&self, now: Moment) -> bool {
        let age = now.since(self.born);
        self.up.is_some() || self.faults.silent.is_some_and(|window| window.contains(age))
    }

    fn jitter(&mut self) -> Duration {
        let most = self.faults.jitter.as_nanos() as u64;
        if most == 0 {
            return Duration::ZERO;
        }
        Duration::from_nanos(self.dice.below(most + 1))
    }

    fn spoilt(&mut self, datagram: &[u8]) -> Vec<u8> {
        let mut datagram = datagram.to_vec();
        if !datagram.is_empty() && self.dice.happens(self.faults.corrupt.millionths()) {
            self.mishaps.corrupted += 1;
            let bit = self.dice.below(datagram.len() as u64 * 8) as usize;
            datagram[bit / 8] ^= 1 << (bit % 8);
        }
        datagram
    }

    /// Sends the parcel on its way, or holds it back until the next one has passed it. Nothing else overtakes: a cable is a queue.
    fn send_off(&mut self, mut parcel: Parcel) {
        let is_full = self.under_way.len() >= DATAGRAMS || self.bytes + parcel.datagram.len() > BYTES;
        if is_full {
            self.mishaps.overflowed += 1;
            return;
        }
        if let Some(last) = self.under_way.back() {
            parcel.due = parcel.due.max(last.due);
        }
        if self.held.is_none() && self.dice.happens(self.faults.reorder.millionths()) {
            parcel.due = parcel.due + PATIENCE;
            self.held = Some(parcel);
            return;
        }
        let due = parcel.due;
        self.push(parcel);
        if let Some(overtaken) = self.held.take() {
            self.mishaps.reordered += 1;
            self.push(Parcel { due, ..overtaken });
        }
    }

    fn push(&mut self, parcel: Parcel) {
        self.bytes += parcel.datagram.len();
        self.under_way.push_back(parcel);
    }

    /// Going down or coming up, where that is due.
    fn reboot(&mut self, now: Moment) -> Option<Happening> {
        if let Some(up) = self.up {
            if now < up {
                return None;
            }
            self.up = None;
            return Some(Happening::Up);
        }
        let at = self.next_reboot().filter(|at| *at <= now)?;
        let Reboot { every, takes } = self.faults.reboot?;
        // Whoever polls late has not missed the darkness, but the times of later ones do not move.
        let missed = now.since(at).as_nanos() / every.as_nanos().max(1);
        self.reboots += 1 + missed as u64;
        self.mishaps.reboots += 1;
        self.mishaps.unheard += (self.under_way.len() + usize::from(self.held.is_some())) as u64;
        self.under_way.clear();
        self.held = None;
        self.bytes = 0;
        self.up = Some(now + takes);
        Some(Happening::Down)
    }

    fn next_reboot(&self) -> Option<Moment> {
        let Reboot { every, .. } = self.faults.reboot?;
        let times = u32::try_from(self.reboots + 1).ok()?;
        Some(self.born + every.checked_mul(times)?)
    }
}

impl Parcel {
    fn arrives(self) -> Happening {
        Happening::Arrives {
            from: self.from,
            datagram: self.datagram,
        }
    }
}
