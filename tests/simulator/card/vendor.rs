//! What the vendor's own software sent, to virtual cards over real sockets and terminals.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use yingbi::{
    controller::onbon::{
        Model,
        packet::{Deframer, Framing, Packet},
        receiver::{Build, Lamps, Mischief},
    },
    frame::Frame,
    simulator::{VirtualCard, card::byte_time},
};

use super::{PATIENCE, SIZE, loopback, port};
use crate::support::wire::bytes;

/// The card that answered, the LEDs behind it, and what it was sent. To a BX-6M the vendor's software sent one plane, though the card had
/// said that it has red and green.
const FILES: [(&str, Lamps, &str); 3] = [
    (
        "BX-5E2",
        Lamps::RedGreen,
        include_str!("../../onbon/vectors/onbon-bx-5e.hex"),
    ),
    (
        "BX-6E2",
        Lamps::RedGreen,
        include_str!("../../onbon/vectors/onbon-bx-6e.hex"),
    ),
    (
        "BX-6M2",
        Lamps::Red,
        include_str!("../../onbon/vectors/onbon-bx-6m.hex"),
    ),
];

const LOCK: u8 = 0x0d;
const LOCK_PROGRAM: u8 = 0x0e;

/// What was sent, in order: the frames with their bodies' data. The locks are left out: a locked screen shows nothing new.
fn sent(text: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let frames = lines.map(bytes).map(|frame| {
        let data = data(&frame);
        (frame, data)
    });
    let is_lock = |data: &[u8]| data[1] == 0xa2 && (data[2] == LOCK || data[2] == LOCK_PROGRAM);
    frames.filter(|(_, data)| !is_lock(data)).collect()
}

/// The data in a frame.
fn data(mut frame: &[u8]) -> Vec<u8> {
    let mut deframer = Deframer::new(4096);
    let body = deframer.next(&mut frame).unwrap().unwrap();
    Packet::parse(body).unwrap().data.to_vec()
}

fn build(name: &str, lamps: Lamps) -> (Build, Mischief) {
    let build = Build::new(Model::named(name).unwrap(), SIZE, lamps);
    (build, Mischief::default())
}

/// Sends a frame, and waits for the frame that answers it; its data.
fn ask(line: &mut (impl Read + Write), frame: &[u8]) -> Vec<u8> {
    line.write_all(frame).unwrap();
    let mut answer = Vec::new();
    while answer.last() != Some(&0x5a) {
        let mut buffer = [0; 256];
        let count = line.read(&mut buffer).unwrap();
        assert!(count > 0, "the line ended");
        answer.extend_from_slice(&buffer[..count]);
    }
    data(&answer)
}

/// The LEDs of a bitmap of as many LEDs as the card has, read from the table by hand.
fn lit(framing: Framing, lamps: Lamps, bitmap: &[u8]) -> Frame {
    let mut frame = Frame::new(SIZE);
    let plane = SIZE.leds() / 8;
    for y in 0..SIZE.height {
        for x in 0..SIZE.width {
            let (row, x) = ((y * SIZE.width / 8) as usize, x as usize);
            let (red, green) = match framing {
                // A byte of red and a byte of green in turn.
                Framing::Five => (2 * (row + x / 8), 2 * (row + x / 8) + 1),
                // All red, then all green; the first byte of four is the rightmost.
                _ => {
                    let at = row + x / 32 * 4 + (3 - x % 32 / 8);
                    (at, plane + at)
                }
            };
            let is_lit = |at: usize| bitmap[at] >> (7 - x % 8) & 1 == 0;
            let green = if lamps == Lamps::Red { None } else { Some(green) };
            let led = [Some(red), green].map(|at| if at.is_some_and(is_lit) { 255 } else { 0 });
            frame.row_mut(y)[3 * x..3 * x + 2].copy_from_slice(&led);
        }
    }
    frame
}

/// Plays a file to the card behind `line` and looks at what is shown; how many pictures were looked at.
fn play(card: &VirtualCard, line: &mut (impl Read + Write), (name, lamps, text): (&str, Lamps, &str)) -> usize {
    let framing = if name.starts_with("BX-5") {
        Framing::Five
    } else {
        Framing::Six
    };
    let all = SIZE.leds() / if lamps == Lamps::Red { 8 } else { 4 };
    let (mut program, mut pictures) = (None, 0);
    for (frame, data) in sent(text) {
        let answer = ask(line, &frame);
        let refusal = card.refusal(0);
        assert!(
            refusal.is_none() && answer[1..3] != [0xa0, 0x01],
            "{name}: {data:02x?}: {refusal:?}"
        );
        let shown = match data[1..3] {
            // The file with the bitmap ends with it and a sum of four bytes.
            [0xa1, 0x03] if data.len() > all => {
                program = Some(lit(framing, lamps, &data[data.len() - 4 - all..]));
                continue;
            }
            [0xa1, 0x09] | [0xa7, 0x01] => program.clone().unwrap(),
            [0xa7, 0x00] => lit(framing, lamps, &data[data.len() - all..]),
            _ => continue,
        };
        assert!(shown.bytes().contains(&255), "{name}: a dark picture proves nothing");
        assert_eq!(*card.look(), shown, "{name}: {:02x?}", &data[1..3]);
        pictures += 1;
    }
    assert_eq!(card.traffic().spoilt, <_>::default());
    pictures
}

#[test]
fn all_that_the_vendors_software_sent_is_answered_and_shown_over_tcp() {
    for file in FILES {
        let (name, lamps, _) = file;
        let (build, mischief) = build(name, lamps);
        let card = VirtualCard::tcp(loopback(), build, mischief).unwrap();
        let mut line = TcpStream::connect(card.address()).unwrap();
        line.set_read_timeout(Some(PATIENCE)).unwrap();
        let pictures = play(&card, &mut line, file);
        assert!(pictures >= 1, "{name}");
        let brightness = card.brightness(0);
        assert_eq!(brightness, 7, "{name}");
    }
}

#[test]
fn the_same_over_a_serial_line_takes_as_long_as_the_wire() {
    for (baud, file) in [
        (9600, FILES[0]),
        (57_600, FILES[0]),
        (57_600, FILES[1]),
        (57_600, FILES[2]),
    ] {
        let (name, lamps, text) = file;
        let card = VirtualCard::pty(baud, [build(name, lamps)], None).unwrap();
        let mut line = port(&card.path().unwrap(), baud);
        let begun = std::time::Instant::now();
        play(&card, &mut line, file);
        let bytes: usize = sent(text).iter().map(|(frame, _)| frame.len()).sum();
        let traffic = card.traffic();
        assert_eq!(traffic.heard, bytes as u64);
        // One asks, the other answers: nothing is on the wire at the same time.
        assert!(
            begun.elapsed() >= byte_time(baud) * (traffic.heard + traffic.said) as u32,
            "{name} {baud}"
        );
    }
}

#[test]
fn bytes_in_pieces_and_with_noise_before_them_are_understood_too() {
    let (name, lamps, text) = FILES[1];
    let card = VirtualCard::pty(57_600, [build(name, lamps)], None).unwrap();
    let mut line = port(&card.path().unwrap(), 57_600);
    for (frame, _) in sent(text) {
        line.write_all(&[0x5a, 0x00, 0xff]).unwrap();
        let (first, rest) = frame.split_at(frame.len() / 2);
        line.write_all(first).unwrap();
        let answer = ask(&mut line, rest);
        assert_ne!(answer[1..3], [0xa0, 0x01]);
    }
}
