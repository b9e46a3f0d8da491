//! Cards on a wire, without the wire: bytes and moments in, bytes and LEDs out.
//!
//! ```text
//! from the PC -> Lane -> all cards -> a Lane each -> to the PC (and, on RS-485, to the other cards)
//! ```
//!
//! Pure. Every byte has its own moment, by arithmetic: how late it is polled changes nothing but when what came of it is told. Where a
//! pair of wires is shared by all (RS-485), bytes that are on it at the same time spoil each other.

use std::time::Duration;

use super::{
    Noise, Spoilt,
    lane::{Lane, Passing, byte_time},
    noise::Luck,
};
use crate::{
    controller::onbon::{
        Receiver,
        receiver::{Build, Mischief, Refusal},
    },
    units::Moment,
};

/// Bytes that a serial port's driver takes from the PC ahead of the wire, as Linux does.
const AHEAD: usize = 4096;

/// The least time from one poll of a card to the next.
const GRAIN: Duration = Duration::from_micros(100);

/// What cards hang on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// A network, which takes no time.
    Network,
    /// A line of one card: both may speak at the same time.
    Rs232 {
        /// Bits a second.
        baud: u32,
    },
    /// A pair of wires that all share: one at a time may speak.
    Rs485 {
        /// Bits a second.
        baud: u32,
    },
}

/// Cards on a wire.
#[derive(Debug)]
pub struct Line {
    wire: Wire,
    /// From the PC.
    down: Lane,
    stations: Vec<Station>,
    luck: Luck,
    /// How far it has been polled.
    now: Moment,
    /// Bits a second of the PC's port.
    port: Option<u32>,
    /// Bytes that came from the PC and passed.
    heard: u64,
    /// Bytes that reached the PC.
    said: u64,
    /// After how many bytes heard it is cut.
    cut: Option<(u64, Cut)>,
    is_severed: bool,
}

/// What is cut when so many bytes have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The power of this card.
    Power(usize),
    /// The wire.
    Wire,
}

#[derive(Debug)]
struct Station {
    card: Receiver,
    /// Towards the PC.
    up: Lane,
    is_on: bool,
    /// When it was polled last.
    polled: Option<Moment>,
}

impl Wire {
    /// Bits a second; `None` for a network.
    pub const fn baud(self) -> Option<u32> {
        match self {
            Self::Network => None,
            Self::Rs232 { baud } | Self::Rs485 { baud } => Some(baud),
        }
    }

    const fn is_shared(self) -> bool {
        matches!(self, Self::Rs485 { .. })
    }
}

impl Line {
    /// Cards that are switched on at `now` for the first time.
    pub fn new(wire: Wire, cards: impl IntoIterator<Item = (Build, Mischief)>, noise: Noise, now: Moment) -> Self {
        let byte = wire.baud().map_or(Duration::ZERO, byte_time);
        let station = |(build, mischief)| Station {
            card: Receiver::new(build, mischief, now),
            up: Lane::new(byte),
            is_on: true,
            polled: None,
        };
        Self {
            wire,
            down: Lane::new(byte),
            stations: cards.into_iter().map(station).collect(),
            luck: Luck::new(noise),
            now,
            port: wire.baud(),
            heard: 0,
            said: 0,
            cut: None,
            is_severed: false,
        }
    }

    /// How many cards there are.
    pub fn len(&self) -> usize {
        self.stations.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.stations.is_empty()
    }

    /// How many bytes more the line takes from the PC now.
    pub fn room(&self) -> usize {
        AHEAD.saturating_sub(self.down.len())
    }

    /// Bytes that passed from the PC, and bytes that reached it.
    pub const fn traffic(&self) -> (u64, u64) {
        (self.heard, self.said)
    }

    /// What was done to bytes.
    pub const fn spoilt(&self) -> Spoilt {
        self.luck.spoilt
    }

    /// From now on it is so bad.
    pub fn set_noise(&mut self, noise: Noise) {
        let spoilt = self.luck.spoilt;
        self.luck = Luck::new(noise);
        self.luck.spoilt = spoilt;
    }

    /// The PC's port is set to so many bits a second; at another speed than the wire's nobody understands a byte.
    pub fn set_port(&mut self, baud: u32) {
        self.port = self.wire.baud().map(|_| baud);
    }

    /// Cuts, once so many bytes more have come from the PC.
    pub fn cut_after(&mut self, bytes: u64, what: Cut) {
        self.cut = Some((self.heard + bytes, what));
    }

    /// Whether the wire was cut since the last call.
    pub fn was_severed(&mut self) -> bool {
        std::mem::take(&mut self.is_severed)
    }

    /// The wire was pulled: what is under way is lost.
    pub fn sever(&mut self) {
        self.down.clear();
        self.stations.iter_mut().for_each(|station| station.up.clear());
    }

    /// Whether a card has power: it was not cut, here or by its own mischief.
    pub fn is_on(&self, card: usize) -> bool {
        let station = &self.stations[card];
        station.is_on && station.card.has_power()
    }

    /// Takes a card's power away.
    pub fn power_cut(&mut self, card: usize, now: Moment) {
        self.stations[card].power_cut(now);
    }

    /// Gives it back.
    pub fn power_back(&mut self, card: usize, now: Moment) {
        let station = &mut self.stations[card];
        if !std::mem::replace(&mut station.is_on, true) {
            station.card.power_back(now);
            station.polled = None;
        }
    }

    /// A card.
    pub fn card(&self, card: usize) -> &Receiver {
        &self.stations[card].card
    }

    /// A card, to look at its LEDs as well; at no moment before that of the last poll.
    pub fn card_mut(&mut self, card: usize) -> &mut Receiver {
        &mut self.stations[card].card
    }

    /// Why a card did not do the latest of what it did not do. That others were meant is no reason where several share the wire.
    pub fn refusal(&self, card: usize) -> Option<&Refusal> {
        let refusal = self.stations[card].card.refusal()?;
        let others = matches!(refusal, Refusal::Address { .. } | Refusal::Source(_));
        Some(refusal).filter(|_| !(others && self.wire.is_shared()))
    }

    /// Takes bytes that the PC sent at `now`.
    pub fn take(&mut self, bytes: &[u8], now: Moment) {
        self.down.put(bytes, now.max(self.now));
    }

    /// Does all that is due by `now`, each thing at its own moment, and appends to `out` what reached the PC; whether there was anything.
    pub fn poll(&mut self, now: Moment, out: &mut Vec<u8>) -> bool {
        let mut is_any = false;
        while let Some(due) = self.poll_timeout().filter(|due| *due <= now) {
            self.now = self.now.max(due);
            self.turn(out);
            is_any = true;
        }
        self.now = self.now.max(now);
        is_any
    }

    /// When to poll next though nothing comes.
    pub fn poll_timeout(&self) -> Option<Moment> {
        let own = self.stations.iter().filter_map(Station::due).min();
        [self.down.next(), self.said_next().map(|(due, _)| due), own]
            .into_iter()
            .flatten()
            .min()
    }

    /// Does one thing that is due.
    fn turn(&mut self, out: &mut Vec<u8>) {
        let now = self.now;
        let (down, up) = (self.down.next(), self.said_next());
        if let Some((ends, card)) = up.filter(|(ends, _)| *ends <= now && down.is_none_or(|down| *ends <= down)) {
            return self.say(card, ends, out);
        }
        if down.is_some_and(|ends| ends <= now) {
            return self.hear();
        }
        for station in &mut self.stations {
            if station.due().is_some_and(|due| due <= now) {
                station.poll(now);
            }
        }
    }

    /// The next byte that has passed towards the PC, and of which card.
    fn said_next(&self) -> Option<(Moment, usize)> {
        let ends = |(card, station): (usize, &Station)| station.up.next().map(|ends| (ends, card));
        self.stations.iter().enumerate().filter_map(ends).min()
    }

    /// One byte of a card has passed.
    fn say(&mut self, card: usize, ends: Moment, out: &mut Vec<u8>) {
        let Some(passing) = self.stations[card].up.take(ends) else {
            return;
        };
        let byte = self.on_the_wire(passing, Some(card));
        let heard: Vec<u8> = self.luck.pass(byte).collect();
        if self.wire.is_shared() {
            self.tell(&heard, Some(card));
        }
        for byte in heard {
            let byte = self.read(byte);
            out.push(byte);
            self.said += 1;
        }
    }

    /// What has passed from the PC at this moment: on a network all that came together, else one byte.
    fn hear(&mut self) {
        let mut heard = Vec::new();
        while let Some(passing) = self.down.take(self.now) {
            let byte = self.on_the_wire(passing, None);
            let byte = self.read(byte);
            heard.extend(self.luck.pass(byte));
            self.heard += 1;
            let is_cut = self.cut.is_some_and(|(at, _)| self.heard >= at);
            let next_is_later = self.down.next() != Some(passing.ends);
            if is_cut || next_is_later {
                break;
            }
        }
        self.tell(&heard, None);
        if let Some((_, what)) = self.cut.take_if(|(at, _)| self.heard >= *at) {
            match what {
                Cut::Power(card) => self.power_cut(card, self.now),
                Cut::Wire => {
                    self.sever();
                    self.is_severed = true;
                }
            }
        }
    }

    /// Lets all cards but the one that speaks hear bytes.
    fn tell(&mut self, bytes: &[u8], speaker: Option<usize>) {
        for (card, station) in self.stations.iter_mut().enumerate() {
            if Some(card) != speaker {
                station.hear(bytes, self.now);
            }
        }
    }

    /// What is left of a byte of a card, or of the PC, where others speak at the same time.
    fn on_the_wire(&mut self, passing: Passing, speaker: Option<usize>) -> u8 {
        if !self.wire.is_shared() {
            return passing.byte;
        }
        let others = self.stations.iter().enumerate();
        let mut others = others.filter(|(card, _)| Some(*card) != speaker);
        let meets =
            others.any(|(_, station)| station.up.meets(passing)) || speaker.is_some() && self.down.meets(passing);
        if meets {
            self.luck.collide(passing.byte)
        } else {
            passing.byte
        }
    }

    /// What is read of a byte between the PC's port and the wire.
    fn read(&mut self, byte: u8) -> u8 {
        if self.port == self.wire.baud() {
            byte
        } else {
            self.luck.misread(byte)
        }
    }
}

impl Station {
    /// When it does something by itself.
    fn due(&self) -> Option<Moment> {
        // One that wants to be polled again at the moment at which it was has to wait.
        let due = self.card.poll_timeout().filter(|_| self.is_on)?;
        Some(self.polled.map_or(due, |polled| due.max(polled + GRAIN)))
    }

    fn hear(&mut self, bytes: &[u8], now: Moment) {
        if !self.is_on || bytes.is_empty() {
            return;
        }
        let mut said = Vec::new();
        self.card.handle(bytes, now, &mut said);
        self.up.put(&said, now);
    }

    fn poll(&mut self, now: Moment) {
        let mut said = Vec::new();
        self.card.poll(now, &mut said);
        self.up.put(&said, now);
        self.polled = Some(now);
    }

    fn power_cut(&mut self, now: Moment) {
        if std::mem::replace(&mut self.is_on, false) {
            self.card.power_cut(now);
            self.up.clear();
        }
    }
}
