//! A controller without its socket: datagrams and moments in, pictures and replies out.
//!
//! ```text
//! datagram -> Weather -> the protocol's receiver -> channel bytes -> Chain -> Frame
//! ```
//!
//! Pure, so that a test can be the network and the clock.

use std::net::SocketAddr;

use tracing::debug;

use super::{
    chain::Chain,
    device::{Device, Kind, Refused},
    weather::{Faults, Happening, Mishaps, Weather},
};
use crate::{
    controller::Counts,
    frame::Frame,
    units::{Moment, Size},
};

/// What to be, what hangs behind it, and what goes wrong.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The protocol.
    pub kind: Kind,
    /// The LEDs.
    pub chain: Chain,
    /// What goes wrong.
    pub faults: Faults,
    /// The seed of chance.
    pub seed: u64,
}

/// A virtual controller that somebody else gives its datagrams.
#[derive(Debug)]
pub struct Machine {
    setup: Setup,
    address: Option<SocketAddr>,
    device: Box<dyn Device>,
    weather: Weather,
    /// What was counted before it last went down.
    before: Counts,
    is_down: bool,
    /// Whether it has shown a picture since it was last switched on.
    has_shown: bool,
    refusal: Option<Refused>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Effects {
    /// Pictures that the LEDs showed, one after the other.
    pub shown: Vec<Frame>,
    /// What the controller says.
    pub replies: Vec<Reply>,
}

/// A datagram that a controller sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Where to.
    pub to: SocketAddr,
    /// Its bytes.
    pub datagram: Vec<u8>,
}

impl Setup {
    /// A controller of `kind` in fair weather that knows its modules by itself and shows `size`.
    pub fn plain(kind: Kind, size: Size) -> Self {
        Self {
            kind,
            chain: Chain::plain(size),
            faults: Faults::default(),
            seed: 0,
        }
    }
}

impl Machine {
    /// A controller that is switched on at `now`, dark; `address` is what it says to those who ask where it is.
    pub fn new(mut setup: Setup, address: Option<SocketAddr>, now: Moment) -> Self {
        if let Some(size) = setup.faults.wrong_size {
            setup.chain = Chain::plain(size);
        }
        Self {
            device: device(&setup, address),
            weather: Weather::new(setup.faults, setup.seed, now),
            setup,
            address,
            before: Counts::default(),
            is_down: false,
            has_shown: false,
            refusal: None,
        }
    }

    /// Width and height of what it shows.
    pub const fn size(&self) -> Size {
        self.setup.chain.size()
    }

    /// Takes a datagram from the network.
    pub fn take(&mut self, from: SocketAddr, datagram: &[u8], now: Moment, effects: &mut Effects) {
        if self.weather.is_calm() {
            self.arrive(from, datagram, now, effects);
            return;
        }
        self.weather.take(from, datagram, now);
        self.poll(now, effects);
    }

    /// Does what is due at `now`.
    pub fn poll(&mut self, now: Moment, effects: &mut Effects) {
        while let Some(happening) = self.weather.poll(now) {
            match happening {
                Happening::Arrives { from, datagram } => self.arrive(from, &datagram, now, effects),
                Happening::Down => self.go_down(effects),
                Happening::Up => self.is_down = false,
            }
        }
        if self.is_down {
            return;
        }
        let before = effects.replies.len();
        self.device.poll(now, &mut effects.replies);
        self.after(before, now, effects);
    }

    /// When to poll again though nothing came.
    pub fn poll_timeout(&self) -> Option<Moment> {
        let weather = self.weather.poll_timeout();
        let device = self.device.poll_timeout().filter(|_| !self.is_down);
        weather.into_iter().chain(device).min()
    }

    /// The universes whose multicast groups it is in from the start.
    pub(super) fn groups(&self) -> impl Iterator<Item = u16> {
        self.setup.kind.groups(self.setup.chain.bytes())
    }

    /// A universe whose multicast group it wants to be in besides, told once.
    pub(super) fn wants(&mut self) -> Option<u16> {
        self.device.wants()
    }

    /// What it has seen in all its lives.
    pub fn counts(&self) -> Counts {
        self.before.and(self.device.counts())
    }

    /// What the weather has done to it.
    pub const fn mishaps(&self) -> Mishaps {
        self.weather.mishaps()
    }

    /// Why it did not take the latest of the datagrams that it did not take.
    pub const fn refusal(&self) -> Option<&Refused> {
        self.refusal.as_ref()
    }

    fn arrive(&mut self, from: SocketAddr, datagram: &[u8], now: Moment, effects: &mut Effects) {
        let before = effects.replies.len();
        if let Err(refusal) = self.device.handle(from, datagram, now, &mut effects.replies) {
            debug!(%from, %refusal, "datagram not taken");
            self.refusal = Some(refusal);
        }
        self.after(before, now, effects);
    }

    /// Lights what the device puts out, and lets through what it says after the replies `before`.
    fn after(&mut self, before: usize, now: Moment, effects: &mut Effects) {
        for reply in effects.replies.split_off(before) {
            if self.weather.lets_out(now) {
                effects.replies.push(reply);
            }
        }
        let Some(bytes) = self.device.shown() else { return };
        // A stale picture needs one that it is: the first is shown in any case.
        if self.has_shown && self.weather.hides(now) {
            return;
        }
        self.has_shown = true;
        effects.shown.push(self.setup.chain.light(bytes));
    }

    /// Dark, deaf, and all forgotten.
    fn go_down(&mut self, effects: &mut Effects) {
        self.before = self.counts();
        self.device = device(&self.setup, self.address);
        self.is_down = true;
        self.has_shown = false;
        effects.shown.push(Frame::new(self.size()));
    }
}

fn device(setup: &Setup, address: Option<SocketAddr>) -> Box<dyn Device> {
    setup.kind.switch_on(address, &setup.chain)
}
