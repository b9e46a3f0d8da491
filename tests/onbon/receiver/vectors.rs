//! What the vendor's own software sent, played into cards of that kind.

use yingbi::{
    controller::onbon::receiver::{Build, Lamps},
    frame::Frame,
    units::Size,
};

use super::{Card, model, picture};
use crate::support::wire::bytes;

const FIVE: &str = include_str!("../vectors/onbon-bx-5e.hex");
const SIX_E: &str = include_str!("../vectors/onbon-bx-6e.hex");
const SIX_M: &str = include_str!("../vectors/onbon-bx-6m.hex");

fn frames(text: &str) -> impl Iterator<Item = Vec<u8>> {
    text.lines().filter(|line| !line.starts_with('#')).map(bytes)
}

fn card(name: &str, lamps: Lamps) -> Card {
    Card::new(Build::new(model(name), Size::new(64, 32), lamps))
}

/// Plays all frames, 100 ms apart; what was lit after each of them.
fn play(card: &mut Card, text: &str) -> Vec<Frame> {
    let mut lit = Vec::new();
    for (at, frame) in frames(text).enumerate() {
        let said = card.hear(&frame);
        assert!(
            !said.is_empty(),
            "no answer to frame {at}: {:?}",
            card.receiver.refusal()
        );
        assert_eq!(
            card.receiver.tally().refused,
            0,
            "frame {at}: {:?}",
            card.receiver.refusal()
        );
        card.pass(100);
        lit.push(card.receiver.frame(card.now));
    }
    let tally = card.receiver.tally();
    assert_eq!((tally.malformed, tally.ignored, tally.refused), (0, 0, 0));
    assert_eq!(tally.answers, lit.len() as u64);
    lit
}

/// The test picture: red at (0, 0) and (0, 1), green at (1, 0), amber at (33, 0) and in the last corner.
fn is_the_picture(frame: &Frame) {
    let text = picture(frame);
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!(rows[0], format!("RG{}A{}", ".".repeat(31), ".".repeat(30)));
    assert_eq!(rows[1], format!("R{}", ".".repeat(63)));
    assert!(rows[2..31].iter().all(|row| *row == ".".repeat(64)));
    assert_eq!(rows[31], format!("{}A", ".".repeat(63)));
}

#[test]
fn a_five_takes_all_frames_of_the_vendor_and_shows_the_test_picture() {
    let mut card = card("BX-5E2", Lamps::RedGreen);
    let lit = play(&mut card, FIVE);
    // Off, then on; before the program nothing is lit.
    assert!(
        lit[..14]
            .iter()
            .all(|frame| picture(frame) == format!("{}\n", ".".repeat(64)).repeat(32))
    );
    lit[14..].iter().for_each(is_the_picture);
    assert_eq!(card.receiver.areas().count(), 0, "the dynamic area was deleted");
    assert_eq!(card.receiver.brightness(card.now), 7);
    assert_eq!(card.receiver.files().count(), 1);
}

#[test]
fn a_six_takes_all_frames_of_the_vendor_and_shows_the_test_picture() {
    let mut card = card("BX-6E2", Lamps::RedGreen);
    let lit = play(&mut card, SIX_E);
    lit[16..].iter().for_each(is_the_picture);
    assert_eq!(card.receiver.files().count(), 2);
    assert_eq!(card.receiver.tally().programs, 1);
    assert_eq!(card.receiver.tally().updates, 1);
}

#[test]
fn a_six_of_one_colour_takes_all_frames_of_the_vendor() {
    let mut card = card("BX-6M2", Lamps::Red);
    let lit = play(&mut card, SIX_M);
    let text = picture(&lit[16]);
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!(rows[0], format!("RR{}R{}", ".".repeat(31), ".".repeat(30)));
}

#[test]
fn frames_in_any_pieces_are_the_same_frames() {
    let mut whole = card("BX-6E2", Lamps::RedGreen);
    let all: Vec<u8> = frames(SIX_E).flatten().collect();
    let said = whole.hear(&all);
    for size in [1, 2, 7, 100] {
        let mut pieces = card("BX-6E2", Lamps::RedGreen);
        let mut heard = Vec::new();
        for piece in all.chunks(size) {
            heard.extend(pieces.hear(piece));
        }
        assert_eq!(heard, said);
        assert_eq!(pieces.lit(), whole.lit());
    }
}

/// An area as the vendor's software made it: what kind of LEDs, its place, its bytes, and of a BX-6 its LEDs.
struct Made {
    leds: String,
    place: [u32; 4],
    area: Vec<u8>,
    bitmap: Option<Vec<u8>>,
    /// Whether it is the first of its update.
    is_first: bool,
}

fn made() -> Vec<Made> {
    let lines = include_str!("../vectors/areas.hex").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    let one = |line: &str| {
        let cells: Vec<&str> = line.split(' ').collect();
        Made {
            leds: cells[0].into(),
            place: [1, 2, 3, 4].map(|at| cells[at].parse().unwrap()),
            area: bytes(cells[5]),
            bitmap: cells.get(7).map(|cell| bytes(cell)),
            is_first: cells.get(6).is_none_or(|offset| *offset == "0"),
        }
    };
    lines.map(one).collect()
}

/// The parameters of an update with those areas, alone on the screen.
fn update(areas: &[Made]) -> Vec<u8> {
    let mut body = match areas[0].bitmap {
        Some(_) => (areas.len() as u16).to_le_bytes().to_vec(),
        None => vec![],
    };
    for (id, made) in areas.iter().enumerate() {
        // A BX-5 has it there as in a program, where it is of another type.
        let area = [&[id as u8, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0x10], &made.area[1..]].concat();
        body.extend_from_slice(&(area.len() as u32).to_le_bytes());
        body.extend_from_slice(&area);
    }
    body.extend(areas.iter().filter_map(|made| made.bitmap.as_ref()).flatten());
    body
}

/// The picture that the vendor's software was given is there: red, green, and yellow at the end of the first row.
fn is_there(frame: &Frame, made: &Made, lamps: Lamps) {
    let [x, y, width, _] = made.place;
    let led = |dx: u32, dy: u32| {
        let led = &frame.row(y + dy)[(x + dx) as usize * 3..][..3];
        [led[0], led[1], led[2]]
    };
    let seen = [led(0, 0), led(1, 0), led(width - 1, 0), led(2, 1)];
    let colours = [[255, 0, 0], [0, 255, 0], [255, 255, 0]];
    let (lit, dim) = match &*made.leds {
        _ if lamps == Lamps::Red => ([[255, 0, 0]; 3], [0, 0, 0]),
        "rgb888" => (colours, [0x12, 0x34, 0x56]),
        // Of 5, 6 and 5 bits each.
        "rgb565" => (colours, [0x10, 0x34, 0x52]),
        _ => (colours, [0, 0, 0]),
    };
    assert_eq!(seen, [lit[0], lit[1], lit[2], dim], "{} at {:?}", made.leds, made.place);
}

#[test]
fn areas_at_any_x_show_the_picture_that_the_vendors_software_was_given() {
    let all = made();
    let mut played = 0;
    for update_of in all.chunk_by(|_, next| !next.is_first) {
        let (name, lamps) = match &*update_of[0].leds {
            "bytes" => ("BX-5E2", Lamps::Red),
            "byte-pairs" => ("BX-5E2", Lamps::RedGreen),
            "rgb565" => ("BX-5Q1+", Lamps::Full),
            "words" => ("BX-6E2", Lamps::Red),
            "word-planes" => ("BX-6E2", Lamps::RedGreen),
            "rgb888" => ("BX-6Q1", Lamps::Full),
            other => panic!("{other}"),
        };
        let mut card = Card::new(Build::new(model(name), Size::new(128, 64), lamps));
        card.does(0xa7, 0x00, &update(update_of));
        let frame = card.receiver.frame(card.now);
        update_of.iter().for_each(|made| is_there(&frame, made, lamps));
        let lit = frame.bytes().chunks(3).filter(|led| *led != [0, 0, 0]).count();
        let each = if lamps == Lamps::Full { 4 } else { 3 };
        assert_eq!(lit, each * update_of.len(), "{name} at {:?}", update_of[0].place);
        played += update_of.len();
    }
    assert!(played == all.len() && played >= 30, "{played}");
}
