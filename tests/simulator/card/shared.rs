//! Several cards on one pair of wires: all hear, the addressed one answers.

use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
};

use yingbi::{
    controller::onbon::packet::{Deframer, Packet},
    simulator::{
        VirtualCard,
        card::{Line, Noise, Wire, byte_time},
    },
    units::Moment,
};

use super::{card, ping, port, request, until};

const START: Moment = Moment::from_nanoseconds(1_000_000_000);

const BAUD: u32 = 57_600;

fn line() -> Line {
    Line::new(
        Wire::Rs485 { baud: BAUD },
        [card(3), card(9), card(12)],
        Noise::default(),
        START,
    )
}

/// By whom each whole frame in `bytes` was sent, and its data.
fn answers(mut bytes: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let mut deframer = Deframer::new(4096);
    let mut answers = Vec::new();
    while let Some(body) = deframer.next(&mut bytes) {
        if let Ok(Ok(packet)) = body.map(Packet::parse) {
            answers.push((packet.header.source, packet.data.to_vec()));
        }
    }
    answers
}

/// What comes back of `frame`, once it and all answers have passed.
fn ask(line: &mut Line, frame: &[u8], at: Moment) -> Vec<u8> {
    let mut out = Vec::new();
    line.take(frame, at);
    line.poll(at + byte_time(BAUD) * 4000, &mut out);
    out
}

#[test]
fn the_addressed_card_answers_and_no_other() {
    let mut line = line();
    let mut at = START;
    for number in [9, 3, 12, 3] {
        let said = answers(&ask(&mut line, &ping(number), at));
        let by: Vec<u16> = said.iter().map(|(by, _)| *by).collect();
        assert_eq!(by, [number]);
        assert_eq!(said[0].1[1..3], [0xa2, 0x80]);
        at = at + byte_time(BAUD) * 5000;
    }
    assert_eq!(answers(&ask(&mut line, &ping(4), at)), [], "nobody has that address");
    assert_eq!(line.spoilt().collided, 0);
    let frames: Vec<u64> = (0..3).map(|card| line.card(card).tally().frames).collect();
    // Five questions, and the answers of the others: each card answers what is for it.
    assert_eq!(frames, [5 + 2, 5 + 3, 5 + 3]);
    for card in 0..3 {
        assert_eq!(line.refusal(card), None, "what is for others is none of its business");
    }
}

#[test]
fn who_is_asked_together_answers_together_and_nobody_understands() {
    let mut line = line();
    let said = ask(&mut line, &ping(yingbi::controller::onbon::ANY), START);
    assert!(!said.is_empty());
    assert_eq!(answers(&said), []);
    assert!(line.spoilt().collided > 100, "{:?}", line.spoilt());
    // The line is none the worse for it.
    let at = START + byte_time(BAUD) * 5000;
    assert_eq!(answers(&ask(&mut line, &ping(9), at)).len(), 1);
}

#[test]
fn whoever_speaks_while_a_card_answers_spoils_both() {
    let mut line = line();
    let byte = byte_time(BAUD);
    let ping = ping(9);
    line.take(&ping, START);
    let (mut out, mut at) = (Vec::new(), START);
    while line.traffic().1 == 0 {
        at = at + byte;
        line.poll(at, &mut out);
    }
    line.take(&ping, at);
    line.poll(at + byte * 4000, &mut out);
    assert_eq!(answers(&out), []);
    assert!(
        line.spoilt().collided >= 2 * ping.len() as u64 - 1,
        "{:?}",
        line.spoilt()
    );
}

#[test]
fn a_card_that_is_alone_may_speak_while_it_is_spoken_to() {
    let mut line = Line::new(Wire::Rs232 { baud: BAUD }, [card(1)], Noise::default(), START);
    let frames = [ping(1), ping(1), ping(1)].concat();
    assert_eq!(answers(&ask(&mut line, &frames, START)).len(), 3);
    assert_eq!(line.spoilt().collided, 0);
}

#[test]
fn a_card_without_power_is_not_on_the_line() {
    let mut line = line();
    line.power_cut(1, START);
    assert_eq!(answers(&ask(&mut line, &ping(9), START)), []);
    let at = START + byte_time(BAUD) * 5000;
    line.power_back(1, at);
    assert_eq!(answers(&ask(&mut line, &ping(9), at)).len(), 1);
}

#[test]
fn each_card_of_a_terminal_is_switched_by_its_own_address() {
    let cards = VirtualCard::pty(BAUD, [card(3), card(9)], None).unwrap();
    let mut port = port(&cards.path().unwrap(), BAUD);
    let mut said = BTreeMap::new();
    for (number, level) in [(3, 2), (9, 11)] {
        let mut data = vec![1, 0xa2, 0x07, 49, 0, 0];
        data.extend_from_slice(&[level; 48]);
        port.write_all(&request(number, &data)).unwrap();
        let mut bytes = Vec::new();
        while answers(&bytes).is_empty() {
            let mut buffer = [0; 64];
            let count = port.read(&mut buffer).unwrap();
            bytes.extend_from_slice(&buffer[..count]);
        }
        said.extend(answers(&bytes));
    }
    assert_eq!(said.into_keys().collect::<Vec<_>>(), [3, 9]);
    assert!(until(|| (cards.brightness(0), cards.brightness(1)) == (2, 11)));
}
