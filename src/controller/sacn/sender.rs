//! Our side of sACN: the newest picture as one datagram a universe, at once when it changes and again before receivers forget us.

use std::{num::NonZeroU16, time::Duration};

use super::{
    Identity, Settings,
    packet::{DISCOVERY_UNIVERSE, Discovery, LAST_UNIVERSE, Options, PAGE, Packet, SYNC, Sync, group},
    train::Train,
};
use crate::{
    controller::{Controller, Event, To, Transmit, events::Events, keep_alive::KeepAlive},
    units::Moment,
};

/// The time from one pass of an unchanged picture to the next; the standard asks for 800 to 1,000 ms.
pub const KEEP_ALIVE: Duration = Duration::from_millis(900);

/// How much longer the session's own keep-alive waits after a [`Sender::refresh`]: whoever refreshes does so once a second.
pub const GRACE: Duration = Duration::from_millis(200);

/// How many more passes a picture gets before the keep-alive: the standard asks for three packets of what no longer changes.
pub const REPEATS: u8 = 2;

/// The least time between those, and from the end of one to the start of the next. Longer than a picture lasts of whatever moves, which
/// therefore is sent once.
pub const REPEAT: Duration = Duration::from_millis(100);

/// The time from one list of our universes to the next.
pub const LISTING: Duration = Duration::from_secs(10);

/// Datagrams of each universe that end the stream.
pub const FAREWELLS: u8 = 3;

/// Datagrams in one batch: as many as one segmented send can carry (64 segments; they never reach 65,507 bytes).
pub const BATCH: usize = 64;

/// A session with the receivers of a row of universes.
///
/// All datagrams of one pass, its synchronisation included, have the same sequence number, which counts passes. So each universe
/// counts by one, as it must, and whoever listens can tell which datagrams belong together.
#[derive(Debug)]
pub struct Sender {
    settings: Settings,
    identity: Identity,
    train: Train,
    /// The picture to come once the pass under way is finished with its own, if there is one that waits.
    waiting: Vec<u8>,
    is_waiting: bool,
    /// The sequence number of the pass.
    sequence: u8,
    /// What comes next of the pass under way.
    step: Option<Step>,
    /// Whether a pass is to begin, whatever the time.
    wanted: bool,
    keep_alive: KeepAlive,
    /// Passes of the picture that come sooner than the keep-alive.
    repeats: u8,
    /// The time from one of them to the next.
    repeat: Duration,
    /// The pages of our universes, and when they are due.
    pages: Vec<Vec<u8>>,
    listing: Option<Moment>,
    /// Passes still to come of those that end the stream; `None` while it goes on.
    farewells: Option<u8>,
    events: Events,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The datagrams from this index on.
    Data(usize),
    /// The same, and they end the stream.
    Farewell(usize),
    /// The synchronisation.
    Sync(NonZeroU16),
    /// The page of our universes.
    Page(usize),
}

impl Sender {
    /// A session that has nothing to show yet, and so sends nothing.
    pub fn new(settings: Settings, identity: Identity) -> Self {
        Self {
            settings,
            identity,
            train: Train::default(),
            waiting: Vec::new(),
            is_waiting: false,
            sequence: u8::MAX,
            step: None,
            wanted: false,
            keep_alive: KeepAlive::new(KEEP_ALIVE, GRACE),
            repeats: 0,
            repeat: REPEAT,
            pages: Vec::new(),
            listing: None,
            farewells: None,
            events: Events::new(),
        }
    }

    /// The session, with receivers that take no more than one picture in `period`: a repetition never takes the place of a picture.
    pub fn sparing(mut self, period: Duration) -> Self {
        self.repeat = (period * 3 / 2).clamp(REPEAT, KEEP_ALIVE);
        self
    }

    /// Makes `picture` the one of the passes to come.
    fn adopt(&mut self, picture: &[u8]) {
        let resized = picture.len() != self.train.length();
        if resized {
            self.train = Train::new(&self.settings, &self.identity, picture.len());
            self.pages = pages(&self.settings, &self.identity, self.train.count());
            // A list that was begun is of the universes there were.
            if let Some(Step::Page(_)) = self.step {
                self.step = None;
                self.listing = None;
            }
        }
        if self.train.load(picture) || resized {
            self.wanted = self.train.count() > 0;
            self.repeats = REPEATS;
        }
    }

    /// What is to be sent now, if anything.
    fn step(&mut self, now: Moment) -> Option<Step> {
        if self.step.is_none() {
            self.step = self.begin(now);
        }
        self.step
    }

    /// What begins now that nothing is under way.
    fn begin(&mut self, now: Moment) -> Option<Step> {
        if self.train.count() == 0 {
            return None;
        }
        if let Some(farewells) = &mut self.farewells {
            *farewells = farewells.checked_sub(1)?;
            self.sequence = self.sequence.wrapping_add(1);
            return Some(Step::Farewell(0));
        }
        if self.wanted || self.keep_alive.is_due(now) {
            self.wanted = false;
            self.sequence = self.sequence.wrapping_add(1);
            self.begin_pass(now);
            self.listing = self.listing.or(Some(now));
            return Some(Step::Data(0));
        }
        if self.listing.is_some_and(|listing| listing <= now) {
            self.listing = Some(now + LISTING);
            return Some(Step::Page(0));
        }
        None
    }

    /// Says when the picture of the pass that begins now is due again.
    fn begin_pass(&mut self, now: Moment) {
        self.keep_alive.begin(now);
        if let Some(left) = self.repeats.checked_sub(1) {
            self.repeats = left;
            self.keep_alive.set(Some(now + self.repeat));
        }
    }

    fn send_data(&mut self, from: usize, now: Moment, out: &mut Vec<u8>) -> Transmit {
        let options = Options {
            force: self.settings.sync.is_some(),
            ..Options::default()
        };
        let (transmit, end) = self.send_from(from, options, out);
        if end < self.train.count() {
            self.step = Some(Step::Data(end));
        } else if let Some(address) = self.settings.sync {
            self.step = Some(Step::Sync(address));
        } else {
            self.finish(now);
        }
        transmit
    }

    fn send_farewell(&mut self, from: usize, out: &mut Vec<u8>) -> Transmit {
        let options = Options {
            terminated: true,
            ..Options::default()
        };
        let (transmit, end) = self.send_from(from, options, out);
        self.step = (end < self.train.count()).then_some(Step::Farewell(end));
        transmit
    }

    /// Appends what one transmission carries of the datagrams from `from` on, and the index after them.
    fn send_from(&self, from: usize, options: Options, out: &mut Vec<u8>) -> (Transmit, usize) {
        let most = if self.settings.multicast { 1 } else { BATCH };
        let length = self.train.copy(from, most, self.sequence, options, out);
        let stride = self.train.stride();
        let transmit = Transmit {
            length,
            segment: (length > stride).then_some(stride),
            to: self.to(self.settings.universes.first.max(1) + from as u16),
        };
        (transmit, from + length.div_ceil(stride))
    }

    fn send_sync(&mut self, address: NonZeroU16, now: Moment, out: &mut Vec<u8>) -> Transmit {
        self.finish(now);
        Sync {
            cid: self.identity.cid,
            sequence: self.sequence,
            address,
        }
        .encode(out);
        self.single(SYNC, address.get())
    }

    fn send_page(&mut self, page: usize, out: &mut Vec<u8>) -> Transmit {
        let datagram = &self.pages[page];
        out.extend_from_slice(datagram);
        let length = datagram.len();
        self.step = (page + 1 < self.pages.len()).then_some(Step::Page(page + 1));
        self.single(length, DISCOVERY_UNIVERSE)
    }

    fn single(&self, length: usize, universe: u16) -> Transmit {
        Transmit {
            length,
            segment: None,
            to: self.to(universe),
        }
    }

    fn to(&self, universe: u16) -> To {
        if self.settings.multicast {
            To::At(group(universe))
        } else {
            To::Peer
        }
    }

    /// The pass is finished: a picture that waited takes its turn.
    fn finish(&mut self, now: Moment) {
        self.step = None;
        self.keep_alive.end(now, REPEAT);
        if std::mem::take(&mut self.is_waiting) {
            let picture = std::mem::take(&mut self.waiting);
            self.adopt(&picture);
            self.waiting = picture;
        }
    }
}

impl Controller for Sender {
    type Picture = [u8];

    /// Makes `picture` (the slots of all universes, one after the other) the one to show. One that is already shown is not sent anew,
    /// and one that comes in the middle of a pass waits until that is finished. After [`Sender::close`] nothing is shown.
    fn show(&mut self, picture: &[u8], _now: Moment) {
        if self.farewells.is_some() {
            return;
        }
        if self.is_under_way() {
            picture.clone_into(&mut self.waiting);
            self.is_waiting = true;
            return;
        }
        self.adopt(picture);
    }

    fn refresh(&mut self, now: Moment) {
        self.keep_alive.refresh(now);
        if self.train.count() > 0 && !self.is_under_way() {
            self.wanted = true;
        }
    }

    fn close(&mut self, _now: Moment) {
        self.is_waiting = false;
        self.farewells.get_or_insert(FAREWELLS);
    }

    /// Nobody answers a source, so that whatever comes is malformed.
    fn handle(&mut self, bytes: &[u8], _now: Moment) {
        let reason = match Packet::parse(bytes) {
            Ok(_) => "a datagram for receivers, not for a source".to_owned(),
            Err(error) => error.to_string(),
        };
        self.events.note(Event::Malformed(reason));
    }

    fn poll_transmit(&mut self, now: Moment, out: &mut Vec<u8>) -> Option<Transmit> {
        let transmit = match self.step(now)? {
            Step::Data(from) => self.send_data(from, now, out),
            Step::Farewell(from) => self.send_farewell(from, out),
            Step::Sync(address) => self.send_sync(address, now, out),
            Step::Page(page) => self.send_page(page, out),
        };
        Some(transmit)
    }

    fn is_under_way(&self) -> bool {
        matches!(self.step, Some(Step::Data(_) | Step::Sync(_)))
    }

    fn poll_timeout(&self) -> Option<Moment> {
        if self.step.is_some() {
            return Some(Moment::ZERO);
        }
        if self.train.count() == 0 {
            return None;
        }
        match self.farewells {
            Some(0) => None,
            Some(_) => Some(Moment::ZERO),
            None if self.wanted => Some(Moment::ZERO),
            None => self.keep_alive.due().into_iter().chain(self.listing).min(),
        }
    }

    fn poll_event(&mut self) -> Option<Event> {
        self.events.next()
    }
}

/// The universes that we send, the synchronisation's among them, in as many datagrams as that takes.
fn pages(settings: &Settings, identity: &Identity, count: usize) -> Vec<Vec<u8>> {
    let first = settings.universes.first.max(1);
    let mut universes: Vec<u16> = (first..=LAST_UNIVERSE).take(count).collect();
    universes.extend(settings.sync.map(NonZeroU16::get));
    universes.sort_unstable();
    universes.dedup();
    let lists: Vec<&[u16]> = universes.chunks(PAGE).collect();
    let last = (lists.len().max(1) - 1) as u8;
    let page = |(page, universes): (usize, &&[u16])| {
        let mut datagram = Vec::new();
        Discovery {
            cid: identity.cid,
            name: &identity.name,
            page: page as u8,
            last,
            universes: universes.to_vec(),
        }
        .encode(&mut datagram);
        datagram
    };
    lists.iter().enumerate().map(page).collect()
}
