//! The virtual card, without the driver: what is sent to it is written here by hand, from the tables.

mod bytes;
mod dynamic;
mod effects;
mod files;
mod font;
mod gate;
mod light;
mod mischief;
mod ours;
mod power;
mod status;
mod vectors;

use std::time::Duration;

use yingbi::{
    controller::onbon::{
        ANY, Family, Model, Receiver,
        packet::{ANY_DEVICE, Framing, HOST, Header, Packet, checksum::crc32},
        receiver::{Build, Lamps, Mischief},
    },
    frame::Frame,
    units::{Moment, Size},
};

use super::only_body;

/// A card, the time, and its line.
pub(super) struct Card {
    pub(super) receiver: Receiver,
    pub(super) now: Moment,
    framing: Framing,
    sequence: u16,
}

/// What a card answered: group, command, status, error, data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) group: u8,
    pub(super) command: u8,
    pub(super) error: u16,
    pub(super) data: Vec<u8>,
}

/// A kind of card for tests.
pub(super) fn model(name: &str) -> &'static Model {
    Model::named(name).unwrap()
}

/// A BX-5E1, red and green.
pub(super) fn five(width: u32, height: u32) -> Card {
    Card::new(Build::new(model("BX-5E1"), Size::new(width, height), Lamps::RedGreen))
}

/// A BX-6E2, red and green.
pub(super) fn six(width: u32, height: u32) -> Card {
    Card::new(Build::new(model("BX-6E2"), Size::new(width, height), Lamps::RedGreen))
}

/// A BX-6E2 with one colour, red, whose pages are strips of `#`.
pub(super) fn red(width: u32, height: u32) -> Card {
    Card::new(Build::new(model("BX-6E2"), Size::new(width, height), Lamps::Red))
}

impl Card {
    pub(super) fn new(build: Build) -> Self {
        Self::with(build, Mischief::default())
    }

    pub(super) fn with(build: Build, mischief: Mischief) -> Self {
        let framing = match build.model.family {
            Family::Five | Family::FiveQ => Framing::Five,
            Family::Six | Family::SixQ => Framing::Six,
            Family::FiveK | Family::SixK => Framing::Font,
        };
        let now = Moment::ZERO + Duration::from_secs(1_000);
        Self {
            receiver: Receiver::new(build, mischief, now),
            now,
            framing,
            sequence: 0,
        }
    }

    pub(super) fn pass(&mut self, milliseconds: u64) {
        self.now = self.now + Duration::from_millis(milliseconds);
        let mut out = Vec::new();
        self.receiver.poll(self.now, &mut out);
        assert!(out.is_empty(), "it spoke unasked");
    }

    /// What it says upon bytes of the line.
    pub(super) fn hear(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        self.receiver.handle(bytes, self.now, &mut out);
        out
    }

    /// A frame for it.
    pub(super) fn frame(&mut self, framing: Framing, data: &[u8]) -> Vec<u8> {
        self.sequence += 1;
        let header = Header::to(ANY, ANY_DEVICE, framing, self.sequence);
        let mut frame = Vec::new();
        Packet { header, data }.frame(&mut frame);
        frame
    }

    /// What it answers to a command with its parameters.
    pub(super) fn ask(&mut self, group: u8, command: u8, parameters: &[u8]) -> Answer {
        let framing = if group == 0xa7 { Framing::Dynamic } else { self.framing };
        let [low, high] = (parameters.len() as u16).to_le_bytes();
        let data = [&[1, group, command, low, high], parameters].concat();
        self.ask_raw(framing, &data).expect("an answer")
    }

    /// What it answers to the data of a packet; `None` for nothing.
    pub(super) fn ask_raw(&mut self, framing: Framing, data: &[u8]) -> Option<Answer> {
        let frame = self.frame(framing, data);
        let said = self.hear(&frame);
        (!said.is_empty()).then(|| self.answer(&said))
    }

    /// Its answer, checked as far as every answer must be.
    pub(super) fn answer(&self, said: &[u8]) -> Answer {
        let body = only_body(said);
        let packet = Packet::parse(&body).unwrap();
        assert_eq!((packet.header.destination, packet.header.source), (HOST, ANY));
        if let Some(sequence) = packet.header.sequence() {
            assert_eq!(sequence, self.sequence);
        }
        let data = packet.data;
        let (status, error) = (
            u16::from_le_bytes([data[3], data[4]]),
            u16::from_le_bytes([data[5], data[6]]),
        );
        assert_eq!(usize::from(u16::from_le_bytes([data[7], data[8]])), data.len() - 9);
        let is_refused = error != 0;
        assert_eq!(status, u16::from(is_refused));
        assert_eq!(is_refused, (data[1], data[2]) == (0xa0, 1));
        Answer {
            group: data[1],
            command: data[2],
            error,
            data: data[9..].to_vec(),
        }
    }

    /// It does that.
    pub(super) fn does(&mut self, group: u8, command: u8, parameters: &[u8]) {
        let answer = self.ask(group, command, parameters);
        assert_eq!(answer.error, 0, "{:?}", self.receiver.refusal());
        assert_eq!((answer.group, answer.command), (0xa0, 0));
    }

    /// It refuses that with an error.
    pub(super) fn refuses(&mut self, error: u16, group: u8, command: u8, parameters: &[u8]) {
        let answer = self.ask(group, command, parameters);
        assert_eq!(answer.error, error, "{:?}", self.receiver.refusal());
        assert!(answer.data.is_empty());
        let refusal = self.receiver.refusal().unwrap();
        assert_eq!(refusal.code().map(u16::from), Some(error));
    }

    /// It tells that.
    pub(super) fn tells(&mut self, group: u8, command: u8, parameters: &[u8]) -> Vec<u8> {
        let answer = self.ask(group, command, parameters);
        assert_eq!(answer.error, 0, "{:?}", self.receiver.refusal());
        assert_eq!((answer.group, answer.command), (group, command | 0x80));
        answer.data
    }

    /// What is lit.
    pub(super) fn lit(&mut self) -> String {
        picture(&self.receiver.frame(self.now))
    }

    /// A program is written, as the vendor's software does it.
    pub(super) fn writes(&mut self, files: &[([u8; 4], u8, Vec<u8>)]) {
        self.does(0xa1, 0x08, &[]);
        for (name, kind, bytes) in files {
            self.does(0xa1, 0x02, &start(*name, *kind, bytes, 1));
            for block in blocks(*name, bytes, 1024) {
                self.does(0xa1, 0x03, &block);
            }
        }
        self.does(0xa1, 0x09, &[]);
    }
}

/// A frame as letters: red, green, amber, blue, dark; `?` for anything between.
pub(super) fn picture(frame: &Frame) -> String {
    let mut text = String::new();
    for y in 0..frame.size().height {
        for led in frame.row(y).chunks(3) {
            text.push(match led {
                [0, 0, 0] => '.',
                [255, 0, 0] => 'R',
                [0, 255, 0] => 'G',
                [255, 255, 0] => 'A',
                [0, 0, 255] => 'B',
                _ => '?',
            });
        }
        text.push('\n');
    }
    text
}

/// The LEDs of a page from rows of letters, as the tables have them for BX-5: bytes that begin at multiples of 8 of the screen's x, and a byte
/// for each of `colours`.
pub(super) fn bytes_of(x: u32, rows: &[&str], colours: usize) -> Vec<u8> {
    let mut all = Vec::new();
    for row in rows {
        let padded = format!("{}{row}", ".".repeat(x as usize % 8));
        for eight in padded.as_bytes().chunks(8) {
            for wanted in &["RA#", "GA"][..colours] {
                let bit = |at: usize| eight.get(at).is_some_and(|letter| wanted.contains(*letter as char));
                all.push((0..8).fold(0, |byte, at| byte << 1 | u8::from(!bit(at))));
            }
        }
    }
    all
}

/// The same for BX-6: a plane for each colour, of words that begin at multiples of 32 of the screen's x.
pub(super) fn words_of(x: u32, rows: &[&str], colours: usize) -> Vec<u8> {
    let mut all = Vec::new();
    for wanted in &["RA#", "GA"][..colours] {
        for row in rows {
            let padded = format!("{}{row}", ".".repeat(x as usize % 32));
            for word in padded.as_bytes().chunks(32) {
                let bit = |at: usize| word.get(at).is_some_and(|letter| wanted.contains(*letter as char));
                let word = (0..32).fold(0_u32, |word, at| word << 1 | u32::from(!bit(at)));
                all.extend_from_slice(&word.to_le_bytes());
            }
        }
    }
    all
}

/// A page: mode, speed, stay in 10 ms, times, valid length, and its LEDs.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) mode: u8,
    pub(super) speed: u8,
    pub(super) stay: u16,
    pub(super) times: u8,
    pub(super) valid: u16,
    pub(super) leds: Vec<u8>,
}

impl Page {
    pub(super) fn new(mode: u8, stay: u16, valid: usize, leds: Vec<u8>) -> Self {
        Self {
            mode,
            speed: 0,
            stay,
            times: 1,
            valid: valid as u16,
            leds,
        }
    }

    fn head(&self) -> Vec<u8> {
        let mut head = vec![0, self.mode, 0, self.speed];
        head.extend_from_slice(&self.stay.to_le_bytes());
        head.push(self.times);
        head.extend_from_slice(&self.valid.to_le_bytes());
        head
    }
}

/// x, y, width, height.
fn place(place: [u16; 4]) -> Vec<u8> {
    place.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// What stands before a dynamic area: id, run mode, timeout; with all programs, or alone.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) id: u8,
    pub(super) run: u8,
    pub(super) timeout: u16,
    pub(super) all: u8,
    pub(super) related: Vec<u16>,
    pub(super) immediate: u8,
}

impl Head {
    pub(super) fn new(id: u8) -> Self {
        Self {
            id,
            run: 0,
            timeout: 0,
            all: 1,
            related: Vec::new(),
            immediate: 1,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.id, self.run];
        bytes.extend_from_slice(&self.timeout.to_le_bytes());
        bytes.push(self.all);
        bytes.extend_from_slice(&(self.related.len() as u16).to_le_bytes());
        bytes.extend(self.related.iter().flat_map(|number| number.to_le_bytes()));
        bytes.extend_from_slice(&[self.immediate, 0, 0, 0, 0, 0x10]);
        bytes
    }
}

/// Something with its length of four bytes before it.
fn part(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u32).to_le_bytes(), bytes].concat()
}

/// The pages of a BX-5.
fn pages_five(pages: &[Page]) -> Vec<u8> {
    let mut bytes = (pages.len() as u16).to_le_bytes().to_vec();
    for page in pages {
        bytes.extend(part(&[&page.head()[..], &[0; 4], &page.leds].concat()));
    }
    bytes
}

/// The pages of a BX-6, whose LEDs begin at `offset`.
fn pages_six(pages: &[Page], offset: &mut u32) -> Vec<u8> {
    let mut bytes = (pages.len() as u16).to_le_bytes().to_vec();
    for page in pages {
        let length = page.leds.len() as u32;
        let place = [offset.to_le_bytes(), length.to_le_bytes()].concat();
        bytes.extend(part(&[&page.head()[..], &[0; 9], &place].concat()));
        *offset += length;
    }
    bytes
}

/// The parameters of A7 00 for a BX-5.
pub(super) fn area_five(head: &Head, at: [u16; 4], pages: &[Page]) -> Vec<u8> {
    part(&[head.bytes(), place(at), vec![0], pages_five(pages)].concat())
}

/// The parameters of A7 00 for a BX-6.
pub(super) fn areas_six(areas: &[(Head, [u16; 4], Vec<Page>)]) -> Vec<u8> {
    let mut bytes = (areas.len() as u16).to_le_bytes().to_vec();
    let mut offset = 0;
    for (head, at, pages) in areas {
        let pages = pages_six(pages, &mut offset);
        bytes.extend(part(&[head.bytes(), place(*at), vec![0], vec![0; 9], pages].concat()));
    }
    let pages = areas.iter().flat_map(|(_, _, pages)| pages);
    bytes.extend(pages.flat_map(|page| page.leds.clone()));
    bytes
}

/// One area of a BX-6, alone on the screen.
pub(super) fn area_six(id: u8, at: [u16; 4], pages: &[Page]) -> Vec<u8> {
    areas_six(&[(Head::new(id), at, pages.to_vec())])
}

/// A file: its content, and the sum behind it.
pub(super) fn summed(mut content: Vec<u8>) -> Vec<u8> {
    let sum = crc32(&content);
    content.extend_from_slice(&sum.to_le_bytes());
    content
}

/// Every day, from the first of all days to 2099-12-31, all day; no border, no protected text.
const ALWAYS: [u8; 12] = [0xff, 0xff, 0xff, 0x11, 0x23, 0x99, 0x20, 0x12, 0x31, 0, 0, 0];

/// The file P of a BX-5 with one area.
pub(super) fn program_five(name: [u8; 4], at: [u16; 4], pages: &[Page]) -> Vec<u8> {
    let area = [vec![0], place(at), vec![0], pages_five(pages)].concat();
    summed([&[0][..], &name, &[0, 0, 1, 0, 0], &ALWAYS, &[1], &part(&area)].concat())
}

/// The files D and P of a BX-6 with one area, in the order in which they are sent.
pub(super) fn program_six(digits: &str, at: [u16; 4], pages: &[Page]) -> Vec<([u8; 4], u8, Vec<u8>)> {
    program_six_with(digits, at, pages, 0, 0, &ALWAYS)
}

/// The same with a priority, a span in seconds, and when it is played.
pub(super) fn program_six_with(
    digits: &str,
    at: [u16; 4],
    pages: &[Page],
    priority: u8,
    span: u8,
    when: &[u8],
) -> Vec<([u8; 4], u8, Vec<u8>)> {
    let name = |letter: &str| <[u8; 4]>::try_from(format!("{letter}{digits}").as_bytes()).unwrap();
    let leds = pages.iter().flat_map(|page| page.leds.clone());
    let data = [&[9][..], &name("D"), &[0; 8]]
        .concat()
        .into_iter()
        .chain(leds)
        .collect();
    let fixed = [0, 0, 0x65, 0, 0, 0, 0, 0, 0, 0];
    // Flags: border none, background, transparency, equal, sound, reserved 5.
    let area = [vec![0], place(at), fixed[..10].to_vec(), pages_six(pages, &mut 14)].concat();
    let head = [&[0][..], &name("P"), &[0, priority, 1, span, 0], &[0; 10]].concat();
    let program = [&head[..], when, &[1], &part(&area)].concat();
    vec![(name("D"), 9, summed(data)), (name("P"), 0, summed(program))]
}

/// The parameters of A1 02.
pub(super) fn start(name: [u8; 4], kind: u8, bytes: &[u8], overwrite: u8) -> Vec<u8> {
    let length = (bytes.len() as u32).to_le_bytes();
    [&name[..], &[kind], &length, &[overwrite], &bytes[bytes.len() - 4..]].concat()
}

/// The parameters of all A1 03 of a file.
pub(super) fn blocks(name: [u8; 4], bytes: &[u8], most: usize) -> Vec<Vec<u8>> {
    let block = |(at, data): (usize, &[u8])| {
        let last = u8::from((at * most + data.len()) == bytes.len());
        [&name[..], &[last], &((at * most) as u32).to_le_bytes(), data].concat()
    };
    bytes.chunks(most).enumerate().map(block).collect()
}
