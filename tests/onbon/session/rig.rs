//! A session, a card and the line between them, in simulated time.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use jiff::civil::{DateTime, date};
use yingbi::{
    controller::{
        Controller,
        card::{CardArea, CardColour, CardDay, CardPage, Course, Entrance, HALF_HOURS, Look, Sheet},
        onbon::{
            ANY, Model, Receiver, Session, Settings,
            message::{ErrorCode, Reply},
            packet::{Deframer, Framing, Packet},
            receiver::{Build, Lamps, Mischief},
        },
    },
    frame::Frame,
    units::{Area, Level, Moment, Size},
};

use crate::support::dice::Dice;

/// The civil time at moment zero.
pub(super) const START: DateTime = date(2026, 11, 25).at(9, 0, 0, 0);

/// What the line does wrong until it heals.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weather {
    /// Of a hundred pieces, how many are lost.
    pub(super) lost: u64,
    pub(super) spoilt: u64,
    pub(super) delayed: u64,
    pub(super) doubled: u64,
    pub(super) swapped: u64,
    pub(super) refused: u64,
    pub(super) noise: u64,
}

/// A session, a card and the line between them.
pub(super) struct Rig {
    pub(super) session: Session,
    pub(super) card: Receiver,
    pub(super) now: Moment,
    pub(super) baud: Option<u32>,
    down: VecDeque<(Moment, Vec<u8>)>,
    up: VecDeque<(Moment, Vec<u8>)>,
    pub(super) weather: Option<Weather>,
    pub(super) dice: Dice,
    /// Bytes that went over the line, both ways.
    pub(super) bytes: u64,
    /// The data of every request, in order.
    pub(super) requests: Vec<Vec<u8>>,
    pub(super) keeps_requests: bool,
    /// Power goes after so many more bytes that reach the card.
    pub(super) cut_after: Option<u64>,
}

pub(super) fn settings(name: &str, size: Size, colour: CardColour, baud: Option<u32>) -> Settings {
    Settings {
        model: Model::named(name).unwrap(),
        number: if baud.is_some() { 1 } else { ANY },
        baud,
        turnaround: Duration::from_millis(if baud.is_some() { 5 } else { 0 }),
        size,
        colour,
    }
}

pub(super) fn card(name: &str, size: Size, lamps: Lamps, mischief: Mischief) -> Receiver {
    let build = Build {
        clock: START,
        ..Build::new(Model::named(name).unwrap(), size, lamps)
    };
    Receiver::new(build, mischief, Moment::ZERO)
}

pub(super) fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

pub(super) fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

impl Rig {
    pub(super) fn new(name: &str, size: Size, baud: Option<u32>) -> Self {
        Self::with(name, size, baud, Mischief::default())
    }

    pub(super) fn with(name: &str, size: Size, baud: Option<u32>, mischief: Mischief) -> Self {
        let family = Model::named(name).unwrap().family;
        let lamps = Lamps::of(family);
        let mut rig = Self {
            session: Session::new(settings(name, size, lamps.colour(), baud)),
            card: card(name, size, lamps, mischief),
            now: Moment::ZERO,
            baud,
            down: VecDeque::new(),
            up: VecDeque::new(),
            weather: None,
            dice: Dice(1),
            bytes: 0,
            requests: Vec::new(),
            keeps_requests: true,
            cut_after: None,
        };
        rig.session.connected(Moment::ZERO);
        rig
    }

    /// How long bytes take.
    pub(super) fn wire(&self, bytes: usize) -> Duration {
        match self.baud {
            Some(baud) => Duration::from_nanos(bytes as u64 * 10_000_000_000 / u64::from(baud)),
            None => millis(2),
        }
    }

    /// Shows the sheet, with the civil time of now.
    pub(super) fn show(&mut self, shown: &Sheet) {
        let civil = sheet(self, Vec::new()).civil;
        let shown = Sheet { civil, ..shown.clone() };
        self.session.show(&shown, self.now);
        self.pump();
    }

    /// Goes on until `end`.
    pub(super) fn run(&mut self, span: Duration) {
        let end = self.now + span;
        self.run_until(end, |_| false);
    }

    /// Goes on until `end`, or until `is_done`; whether it was.
    pub(super) fn run_until(&mut self, end: Moment, mut is_done: impl FnMut(&mut Self) -> bool) -> bool {
        let (mut stuck, mut at) = (0, self.now);
        loop {
            self.pump();
            if is_done(self) {
                return true;
            }
            let heads = [self.down.front(), self.up.front()];
            let queues = heads.into_iter().flatten().map(|(at, _)| *at);
            let polls = [self.session.poll_timeout(), self.card.poll_timeout()];
            let next = queues
                .chain(polls.into_iter().flatten())
                .min()
                .unwrap_or(end)
                .max(self.now);
            stuck = if next == at { stuck + 1 } else { 0 };
            assert!(stuck < 200, "nothing goes on at {next:?}: {:?}", self.session);
            at = next;
            if next >= end {
                self.now = end;
                self.pump();
                return is_done(self);
            }
            self.now = next;
            self.deliver();
        }
    }

    /// Sends what is to be sent.
    fn pump(&mut self) {
        let mut out = Vec::new();
        while let Some(transmit) = self.session.poll_transmit(self.now, &mut out) {
            assert_eq!(transmit.length, out.len());
            if self.keeps_requests {
                self.requests.push(data_of(&out));
            }
            let due = self.now + self.wire(out.len());
            self.bytes += out.len() as u64;
            let frame = std::mem::take(&mut out);
            if self.rolls(|weather| weather.refused)
                && self.card.has_power()
                && let Some(refusal) = self.refusal(&frame)
            {
                self.answer(refusal, due);
                continue;
            }
            let mut down = std::mem::take(&mut self.down);
            // Neither TCP nor a serial line doubles a request. Where its second acknowledgement came seconds late, and the request after it was lost,
            // nothing in the tables would tell the two apart, and only the refresh would mend it.
            let doubled = self.weather.map(|weather| weather.doubled);
            if let Some(weather) = self.weather.as_mut().filter(|weather| weather.delayed > 0) {
                weather.doubled = 0;
            }
            self.put(&mut down, frame, due);
            if let (Some(weather), Some(doubled)) = (&mut self.weather, doubled) {
                weather.doubled = doubled;
            }
            self.down = down;
        }
        let mut said = Vec::new();
        self.card.poll(self.now, &mut said);
        self.answer(said, self.now);
    }

    fn deliver(&mut self) {
        while self.down.front().is_some_and(|(at, _)| *at <= self.now) {
            let (_, bytes) = self.down.pop_front().unwrap();
            self.reach(&bytes);
        }
        while self.up.front().is_some_and(|(at, _)| *at <= self.now) {
            let (_, bytes) = self.up.pop_front().unwrap();
            self.session.handle(&bytes, self.now);
        }
    }

    /// How long what is on the line takes to come to its end.
    pub(super) fn in_flight(&self) -> Duration {
        let ends = [self.down.back(), self.up.back()]
            .into_iter()
            .flatten()
            .map(|(at, _)| *at);
        ends.max().map_or(Duration::ZERO, |end| end.since(self.now))
    }

    /// Bytes reach the card, whose power may go within them.
    fn reach(&mut self, bytes: &[u8]) {
        let mut said = Vec::new();
        if let Some(left) = self.cut_after {
            if left < bytes.len() as u64 {
                self.cut_after = None;
                self.card.handle(&bytes[..left as usize], self.now, &mut said);
                self.card.power_cut(self.now);
                return;
            }
            self.cut_after = Some(left - bytes.len() as u64);
        }
        self.card.handle(bytes, self.now, &mut said);
        self.answer(said, self.now);
    }

    fn answer(&mut self, said: Vec<u8>, from: Moment) {
        if said.is_empty() {
            return;
        }
        self.bytes += said.len() as u64;
        let due = from + self.wire(said.len());
        let mut up = std::mem::take(&mut self.up);
        self.put(&mut up, said, due);
        self.up = up;
    }

    fn rolls(&mut self, of: impl Fn(&Weather) -> u64) -> bool {
        let Some(weather) = self.weather else { return false };
        let chance = of(&weather);
        self.dice.below(100) < chance
    }

    /// Puts a piece on the line, whatever becomes of it there. The line keeps the order but where pieces are swapped.
    fn put(&mut self, queue: &mut VecDeque<(Moment, Vec<u8>)>, mut piece: Vec<u8>, due: Moment) {
        let mut due = queue.back().map_or(due, |(last, _)| due.max(*last));
        if self.rolls(|weather| weather.lost) {
            return;
        }
        if self.rolls(|weather| weather.delayed) {
            due = due + millis(self.dice.below(4000));
        }
        if self.rolls(|weather| weather.spoilt) {
            let at = self.dice.below(piece.len() as u64) as usize;
            match self.dice.below(3) {
                0 => piece[at] ^= 1 << self.dice.below(8),
                1 => piece.truncate(at),
                _ => piece.insert(at, self.dice.below(256) as u8),
            }
        }
        if self.rolls(|weather| weather.noise) {
            let noise: Vec<u8> = (0..self.dice.below(40)).map(|_| self.dice.below(256) as u8).collect();
            queue.push_back((due, noise));
        }
        let is_doubled = self.rolls(|weather| weather.doubled);
        if self.rolls(|weather| weather.swapped) && piece.len() > 2 {
            let at = 1 + self.dice.below(piece.len() as u64 - 1) as usize;
            let tail = piece.split_off(at);
            queue.push_back((due, tail));
        }
        if is_doubled {
            queue.push_back((due, piece.clone()));
        }
        queue.push_back((due, piece));
    }

    /// The refusal of a request that never reaches the card, with any of the maker's numbers.
    fn refusal(&mut self, frame: &[u8]) -> Option<Vec<u8>> {
        let mut deframer = Deframer::new(1 << 20);
        let mut bytes = frame;
        let body = deframer.next(&mut bytes)?.ok()?.to_vec();
        let header = Packet::parse(&body).ok()?.header;
        if header.framing() == Framing::Font {
            return None;
        }
        let mut data = Vec::new();
        Reply::refusal(ErrorCode(1 + self.dice.below(30) as u16)).encode(&mut data);
        let mut out = Vec::new();
        let header = header.answer(self.card.number(), self.card.build().model.wire);
        let data = &data;
        Packet { header, data }.frame(&mut out);
        Some(out)
    }

    /// The link goes and comes back; over a network, what is on its way is lost.
    pub(super) fn relink(&mut self, gone: Duration) {
        self.session.disconnected(self.now);
        self.down.clear();
        self.up.clear();
        self.run(gone);
        self.session.connected(self.now);
    }
}

/// The data of the packet that a frame is.
pub(super) fn data_of(frame: &[u8]) -> Vec<u8> {
    let mut deframer = Deframer::new(1 << 20);
    let mut bytes = frame;
    let body = deframer.next(&mut bytes).unwrap().unwrap().to_vec();
    Packet::parse(&body).unwrap().data.to_vec()
}

/// A day at full brightness that is always lit.
pub(super) fn day() -> Arc<CardDay> {
    Arc::new(CardDay {
        levels: [Level::FULL; HALF_HOURS],
        lit: vec![(jiff::civil::Time::midnight(), jiff::civil::Time::midnight())],
    })
}

/// LEDs by dice: dark, red, green or amber.
pub(super) fn dots(size: Size, dice: &mut Dice) -> Arc<Frame> {
    let mut frame = Frame::new(size);
    for y in 0..size.height {
        for led in frame.row_mut(y).chunks_exact_mut(3) {
            let colour = [[0, 0, 0], [255, 0, 0], [0, 255, 0], [255, 255, 0]];
            led.copy_from_slice(&colour[dice.below(4) as usize]);
        }
    }
    Arc::new(frame)
}

/// An area whose one page we push.
pub(super) fn pushed(place: Area, dice: &mut Dice) -> CardArea {
    let frame = dots(place.size(), dice);
    let page = CardPage::new(Look::Dots(frame), Entrance::Cut, CardPage::PUSHED);
    CardArea {
        place,
        pages: Arc::from([page]),
        course: Course::Pushed,
    }
}

pub(super) fn sheet(rig: &Rig, areas: Vec<CardArea>) -> Sheet {
    Sheet {
        civil: START.checked_add(rig.now.since(Moment::ZERO)).unwrap(),
        is_lit: true,
        day: day(),
        areas,
        fallback: None,
        test: None,
    }
}

/// What the LEDs ought to show of a sheet whose areas have one page that stands.
pub(super) fn picture(size: Size, sheet: &Sheet) -> Frame {
    let mut frame = Frame::new(size);
    for area in sheet.areas.iter().filter(|_| sheet.is_lit) {
        let Look::Dots(dots) = &area.pages[0].look else {
            continue;
        };
        for y in 0..area.place.height {
            let from = area.place.x as usize * 3;
            let row = dots.row(y);
            frame.row_mut(area.place.y + y)[from..from + row.len()].copy_from_slice(row);
        }
    }
    frame
}
