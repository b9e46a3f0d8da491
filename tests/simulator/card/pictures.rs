//! Pictures from our own encoder to a virtual card's LEDs, which reads them by itself: every kind of LED, in every place.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::Arc,
};

use yingbi::{
    controller::{
        card::{CardArea, CardPage, Course, Entrance, Look},
        onbon::{
            Family, Model,
            model::{Layout, MODELS},
            packet::{Deframer, Framing, Header, Packet},
            picture::area,
            receiver::{Build, Lamps, Mischief},
        },
    },
    frame::Frame,
    simulator::VirtualCard,
    units::{Area, Size},
};

use super::{PATIENCE, loopback, port};
use crate::support::dice::Dice;

pub(super) const SIZE: Size = Size::new(160, 48);

/// Every kind of LED behind every family that draws.
pub(super) fn kinds() -> impl Iterator<Item = (&'static Model, Lamps)> {
    let families = [Family::Five, Family::FiveQ, Family::Six, Family::SixQ];
    let models = families.map(|family| MODELS.iter().find(|model| model.family == family).unwrap());
    let lamps = [Lamps::Red, Lamps::Green, Lamps::Amber, Lamps::RedGreen, Lamps::Full];
    models
        .into_iter()
        .flat_map(move |model| lamps.map(|lamps| (model, lamps)))
        .filter(|(model, lamps)| model.colours.contains(&lamps.colour()))
}

/// A picture that these LEDs can show, as they show it.
pub(super) fn picture(dice: &mut Dice, size: Size, layout: Layout, lamps: Lamps) -> Frame {
    let mut bytes = Vec::new();
    for _ in 0..size.leds() {
        let [red, green, blue] = [(); 3].map(|()| dice.below(256) as u8);
        let bit = |channel: u8| if channel < 128 { 0 } else { 255 };
        bytes.extend(match (layout, lamps) {
            (_, Lamps::Red) => [bit(red), 0, 0],
            (_, Lamps::Green) => [0, bit(red), 0],
            (_, Lamps::Amber) => [bit(red), bit(red), 0],
            (_, Lamps::RedGreen) => [bit(red), bit(green), 0],
            // As many bits as there are, and their highest ones below them again.
            (Layout::Rgb565Low | Layout::Rgb565High, _) => [
                red & 0xf8 | red >> 5,
                green & 0xfc | green >> 6,
                blue & 0xf8 | blue >> 5,
            ],
            _ => [red, green, blue],
        });
    }
    Frame::from_bytes(size, bytes).unwrap()
}

/// The picture, alone on its area.
pub(super) fn shown_at(place: Area, frame: &Frame) -> CardArea {
    let look = Look::Dots(Arc::new(frame.clone()));
    CardArea {
        place,
        pages: [CardPage::new(look, Entrance::Cut, CardPage::PUSHED)].into(),
        course: Course::Pushed,
    }
}

/// Sends the frame that shows `areas`, and waits for its answer.
fn send(line: &mut (impl Read + Write), model: &Model, layout: Layout, areas: &[(u8, &CardArea)]) {
    for body in area::updates(model, layout, areas) {
        let mut data = vec![1, 0xa7, 0x00];
        data.extend_from_slice(&(body.len() as u16).to_le_bytes());
        data.extend_from_slice(&body);
        let header = Header::to(1, model.wire, Framing::Dynamic, 0);
        let mut frame = Vec::new();
        Packet { header, data: &data }.frame(&mut frame);
        line.write_all(&frame).unwrap();
        let mut answer = Vec::new();
        while answer.last() != Some(&0x5a) {
            let mut buffer = [0; 64];
            let count = line.read(&mut buffer).unwrap();
            assert!(count > 0);
            answer.extend_from_slice(&buffer[..count]);
        }
        let mut rest = &answer[..];
        let mut deframer = Deframer::new(1024);
        let body = deframer.next(&mut rest).unwrap().unwrap();
        assert_eq!(Packet::parse(body).unwrap().data[1..3], [0xa0, 0x00], "{}", model.name);
    }
}

/// Two areas beside each other, each at its own odd place, and what is seen of both.
pub(super) fn scene(dice: &mut Dice, layout: Layout, lamps: Lamps) -> ([CardArea; 2], Frame) {
    let mut all = Frame::new(SIZE);
    let mut area = |from: u32, to: u32| {
        let x = from + dice.below(u64::from(to - from) / 2) as u32;
        let y = dice.below(20) as u32;
        let width = 1 + dice.below(u64::from(to - x)) as u32;
        let height = 1 + dice.below(u64::from(SIZE.height - y)) as u32;
        let place = Area::new(x, y, width, height);
        let frame = picture(dice, place.size(), layout, lamps);
        for row in 0..height {
            let (at, length) = (x as usize * 3, width as usize * 3);
            all.row_mut(y + row)[at..at + length].copy_from_slice(frame.row(row));
        }
        shown_at(place, &frame)
    };
    ([area(0, 80), area(80, SIZE.width)], all)
}

fn play(line: &mut (impl Read + Write), card: &VirtualCard, model: &'static Model, lamps: Lamps, times: usize) {
    let layout = model.layout(lamps.colour()).unwrap();
    play_as(layout, line, card, model, lamps, times);
}

fn play_as(
    layout: Layout,
    line: &mut (impl Read + Write),
    card: &VirtualCard,
    model: &'static Model,
    lamps: Lamps,
    times: usize,
) {
    let mut dice = Dice(lamps as u64 * 31 + u64::from(model.wire[0]));
    for time in 0..times {
        let ([left, right], seen) = scene(&mut dice, layout, lamps);
        send(line, model, layout, &[(0, &left), (1, &right)]);
        assert!(
            *card.look() == seen,
            "{} {lamps:?} {time}: {:?} and {:?}",
            model.name,
            left.place,
            right.place
        );
    }
}

fn build(model: &'static Model, lamps: Lamps) -> (Build, Mischief) {
    (Build::new(model, SIZE, lamps), Mischief::default())
}

#[test]
fn every_kind_of_led_shows_over_tcp_what_was_painted_wherever_it_is() {
    let mut count = 0;
    for (model, lamps) in kinds() {
        let (build, mischief) = build(model, lamps);
        let card = VirtualCard::tcp(loopback(), build, mischief).unwrap();
        let mut line = TcpStream::connect(card.address()).unwrap();
        line.set_read_timeout(Some(PATIENCE)).unwrap();
        play(&mut line, &card, model, lamps, 40);
        count += 1;
    }
    assert_eq!(count, 4 + 1 + 4 + 1);
}

#[test]
fn a_bx_6q_of_sixteen_bits_shows_what_was_painted() {
    let model = Model::named("BX-6Q1").unwrap();
    let (mut build, mischief) = build(model, Lamps::Full);
    build.has_565 = true;
    let card = VirtualCard::tcp(loopback(), build, mischief).unwrap();
    let mut line = TcpStream::connect(card.address()).unwrap();
    line.set_read_timeout(Some(PATIENCE)).unwrap();
    play_as(Layout::Rgb565High, &mut line, &card, model, Lamps::Full, 40);
}

#[test]
fn every_kind_of_led_shows_over_a_paced_line_what_was_painted() {
    for (model, lamps) in kinds() {
        let card = VirtualCard::pty(115_200, [build(model, lamps)], None).unwrap();
        let mut line = port(&card.path().unwrap(), 115_200);
        let times = if lamps == Lamps::Full { 1 } else { 3 };
        play(&mut line, &card, model, lamps, times);
    }
}
