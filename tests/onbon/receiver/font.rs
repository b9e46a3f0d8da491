//! Cards with fonts of their own.

use yingbi::{
    controller::onbon::{
        packet::{Framing, Header, Packet},
        receiver::{Build, Lamps},
    },
    units::{Area, Size},
};

use super::{Card, model};
use crate::support::wire::bytes;

fn card(name: &str, width: u32) -> Card {
    Card::new(Build::new(model(name), Size::new(width, 32), Lamps::Red))
}

/// The error that a card answers to the data of a packet.
fn error(card: &mut Card, data: &[u8]) -> u8 {
    let frame = card.frame(Framing::Font, data);
    let said = card.hear(&frame);
    let body = super::only_body(&said);
    let data = Packet::parse(&body).unwrap().data;
    assert_eq!(
        (data[0], data[1], &data[3..]),
        (0xa0, u8::from(data[2] != 0), &[0, 0][..])
    );
    data[2]
}

/// The data of an update of one area: x, y, width, height, id, and its text.
fn update(place: [u16; 4], id: u8, text: &[u8]) -> Vec<u8> {
    let mut area = vec![0];
    area.extend(place.iter().flat_map(|value| value.to_le_bytes()));
    area.extend_from_slice(&[id, 0, 0, 2, 0, 0, 0, 0, 2, 2, 3, 0, 4, 5]);
    area.extend_from_slice(&(text.len() as u32).to_le_bytes());
    area.extend_from_slice(text);
    let body = [&[0, 1][..], &(area.len() as u16).to_le_bytes(), &area].concat();
    [&[0xa3, 6, 1], &(body.len() as u16).to_le_bytes()[..], &body].concat()
}

#[test]
fn the_published_frames_are_taken() {
    let mut card = card("BX-5K1", 192);
    // Header, data and sum as published; 1 for the card's address.
    let shown = "01000080000000000000fe023200a306012d00000129000000000000180020000000000200000000020203000405\
                 0e000000303132333435515253545456274 2a87d";
    for body in [
        "0100008000000000 0000fe020500a20001000068f8",
        "0100008000000000 0000fe020500a1020100002d40",
        shown,
        "0100008000000000 0000fe020500a31001000051f8",
    ] {
        let body = bytes(&body.replace(' ', ""));
        let (head, sum) = body.split_at(body.len() - 2);
        // The papers give sums as they are read; on the wire the low byte comes first.
        let sums = [[sum[0], sum[1]], [sum[1], sum[0]]];
        let said = sums.map(|sum| card.hear(&crate::onbon::enclosed(&[head, &sum].concat())));
        assert_eq!(said.iter().filter(|said| !said.is_empty()).count(), 1);
        let said = super::only_body(&said.concat());
        assert_eq!(
            Packet::parse(&said).unwrap().data,
            [0xa0, 0, 0, 0, 0],
            "{:?}",
            card.receiver.refusal()
        );
        if head.len() > 30 {
            let words: Vec<_> = card.receiver.words().collect();
            assert_eq!(words[0].text, "012345QRSTTV'B");
            assert_eq!(words[0].place, Area::new(0, 0, 192, 32));
        }
    }
    assert_eq!(card.receiver.words().count(), 0);
}

#[test]
fn words_are_kept_as_words_and_lit_as_boxes() {
    let mut card = card("BX-6K1", 64);
    let text = [&b"A"[..], &[0xbb, 0xb6], b"\\n", &[0xd3, 0xad]].concat();
    assert_eq!(error(&mut card, &update([8, 0, 48, 32], 3, &text)), 0);
    let words: Vec<_> = card.receiver.words().collect();
    assert_eq!((words[0].id, &*words[0].text), (3, "A\u{6b22}\\n\u{8fce}"));
    let lit = card.lit();
    let rows: Vec<&str> = lit.lines().collect();
    let dots = |count| ".".repeat(count);
    let leds = |count| "R".repeat(count);
    assert_eq!(rows[0], dots(64));
    assert_eq!(rows[5], format!("{}{}..{}{}", dots(9), leds(6), leds(14), dots(33)));
    assert_eq!(rows[20], format!("{}{}{}", dots(9), leds(14), dots(41)));
    card.receiver.power_cut(card.now);
    card.receiver.power_back(card.now);
    assert_eq!(card.receiver.words().count(), 0);
}

#[test]
fn x_and_width_count_eights_on_a_5k_unless_their_highest_bit_is_set() {
    let mut card = card("BX-5K1", 64);
    assert_eq!(error(&mut card, &update([1, 0, 2, 16], 0, b"A")), 0);
    assert_eq!(error(&mut card, &update([0x8018, 0, 0x8009, 16], 1, b"A")), 0);
    let places: Vec<_> = card.receiver.words().map(|words| words.place).collect();
    assert_eq!(places, [Area::new(8, 0, 16, 16), Area::new(24, 0, 9, 16)]);
    assert_eq!(error(&mut card, &update([8, 0, 1, 16], 2, b"A")), 18);
    assert_eq!(
        error(&mut card, &update([2, 0, 1, 16], 2, b"A")),
        18,
        "it shares LEDs with the first"
    );
}

#[test]
fn what_the_tables_do_not_have_is_refused() {
    let mut card = card("BX-6K1", 64);
    assert_eq!(error(&mut card, &update([0, 0, 16, 16], 0, b"\x80A")), 12);
    assert_eq!(
        error(&mut card, &update([0, 0, 16, 16], 0, &[0x81, 0x40])),
        12,
        "GBK, not GB2312"
    );
    assert_eq!(error(&mut card, &update([0, 0, 16, 16], 0, &[0xbb])), 12);
    let good = update([0, 0, 16, 16], 0, b"A");
    // Where each field stands, behind group, command, flag, length, two counts and the area's length.
    for (at, wrong) in [(9, 1), (20, 5), (23, 2), (25, 3), (26, 3), (27, 0), (28, 7), (30, 0x19)] {
        let mut bad = good.clone();
        bad[at] = wrong;
        assert_eq!(error(&mut card, &bad), 18, "byte {at}");
    }
    assert_eq!(error(&mut card, &[0xa2, 0x77, 1, 0, 0]), 2);
    assert_eq!(error(&mut card, &[0xa5, 0, 1, 0, 0]), 1);
    assert_eq!(error(&mut card, &[0xa2, 0, 0, 0, 0]), 18, "an answer must be wanted");
    assert_eq!(error(&mut card, &[0xa2, 0, 1, 0]), 18);
    assert_eq!(error(&mut card, &[0xa3, 0, 1, 1, 0, 3]), 18);
    assert_eq!(error(&mut card, &good), 0);
    assert_eq!(error(&mut card, &[0xa3, 0, 1, 1, 0, 2]), 0);
    assert!(!card.receiver.is_lit(card.now));
    let header = Header::to(1, [0x51, 0], Framing::Font, 0);
    let mut frame = Vec::new();
    let data = [0xa2, 0, 1, 0, 0];
    Packet { header, data: &data }.frame(&mut frame);
    let said = super::only_body(&card.hear(&frame));
    assert_eq!(Packet::parse(&said).unwrap().data[2], 17);
}
