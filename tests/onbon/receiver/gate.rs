//! Whom a card listens to: framing, address, type, sums, lengths, groups.

use yingbi::controller::onbon::packet::{ANY_DEVICE, Framing, Header, Packet};

use super::{Card, five, six};

/// What a card says upon a packet with this header.
fn say(card: &mut Card, header: Header, data: &[u8]) -> Vec<u8> {
    let mut frame = Vec::new();
    Packet { header, data }.frame(&mut frame);
    card.hear(&frame)
}

const PING: [u8; 5] = [1, 0xa2, 0, 0, 0];

/// The error that a card answers.
fn error(card: &mut Card, header: Header, data: &[u8]) -> u16 {
    let said = say(card, header, data);
    let body = super::only_body(&said);
    let data = Packet::parse(&body).unwrap().data.to_vec();
    u16::from_le_bytes([data[5], data[6]])
}

#[test]
fn a_card_answers_to_its_address_and_to_any_and_to_no_other() {
    let mut card = six(8, 1);
    for (number, is_heard) in [(1, true), (0xfffe, true), (2, false), (0, false), (0x8000, false)] {
        let header = Header::to(number, ANY_DEVICE, Framing::Six, 1);
        assert_eq!(!say(&mut card, header, &PING).is_empty(), is_heard, "{number:#x}");
    }
    assert_eq!(card.receiver.tally().ignored, 3);
    card.does(0xa2, 0x1b, &[2, 0]);
    let header = Header::to(1, ANY_DEVICE, Framing::Six, 1);
    assert!(say(&mut card, header, &PING).is_empty());
    let header = Header::to(2, ANY_DEVICE, Framing::Six, 1);
    assert!(!say(&mut card, header, &PING).is_empty());
}

#[test]
fn a_card_hears_hosts_only() {
    let mut card = six(8, 1);
    let header = Header {
        source: 3,
        ..Header::to_any(Framing::Six, 1)
    };
    assert!(say(&mut card, header, &PING).is_empty());
}

#[test]
fn a_packet_for_another_type_is_refused_with_17() {
    let mut card = six(8, 1);
    for (device, wanted) in [
        ([0x74, 0x02], 0),
        ([0xfe, 0xff], 0),
        ([0x74, 0x01], 17),
        ([0x54, 0x02], 17),
    ] {
        let header = Header::to(1, device, Framing::Six, 1);
        assert_eq!(error(&mut card, header, &PING), wanted);
    }
}

#[test]
fn a_card_does_not_answer_to_the_framing_of_another_generation() {
    let (mut five, mut six) = (five(8, 1), six(8, 1));
    for (framing, is_five, is_six) in [
        (Framing::Five, true, false),
        (Framing::Six, false, true),
        (Framing::Dynamic, true, true),
        (Framing::Font, false, false),
    ] {
        let header = Header::to_any(framing, 1);
        assert_eq!(!say(&mut five, header, &PING).is_empty(), is_five, "{framing:?}");
        assert_eq!(!say(&mut six, header, &PING).is_empty(), is_six, "{framing:?}");
    }
}

#[test]
fn spoilt_data_behind_a_sound_header_are_refused_with_5_and_all_else_is_not_answered() {
    let mut card = six(8, 1);
    let header = Header::to_any(Framing::Six, 7);
    let mut body = Vec::new();
    Packet { header, data: &PING }.encode(&mut body);
    let (mut refused, mut silent) = (0, 0);
    for at in 0..body.len() {
        let mut spoilt = body.clone();
        spoilt[at] ^= 0x10;
        let said = card.hear(&crate::onbon::enclosed(&spoilt));
        if at >= Framing::Six.head() {
            assert_eq!(card.answer_of(&said), 5);
            refused += 1;
        } else {
            assert!(said.is_empty(), "byte {at}");
            silent += 1;
        }
    }
    assert_eq!((refused, silent), (5, 28));
    assert_eq!(card.receiver.tally().malformed, 33);
    let mut dynamic = Vec::new();
    let header = Header::to_any(Framing::Dynamic, 7);
    Packet { header, data: &PING }.encode(&mut dynamic);
    for at in 0..dynamic.len() {
        let mut spoilt = dynamic.clone();
        spoilt[at] ^= 0x10;
        assert!(card.hear(&crate::onbon::enclosed(&spoilt)).is_empty(), "byte {at}");
    }
}

impl Card {
    fn answer_of(&self, said: &[u8]) -> u16 {
        let body = super::only_body(said);
        let data = Packet::parse(&body).unwrap().data.to_vec();
        u16::from_le_bytes([data[5], data[6]])
    }
}

#[test]
fn a_request_that_wants_no_answer_gets_none_and_is_done() {
    let mut card = six(8, 1);
    assert!(card.receiver.is_lit(card.now));
    assert_eq!(card.ask_raw(Framing::Six, &[0, 0xa2, 5, 1, 0, 0]), None);
    assert!(!card.receiver.is_lit(card.now));
    assert_eq!(card.ask_raw(Framing::Six, &[2, 0xa2, 5, 1, 0, 1]).unwrap().error, 18);
    assert!(!card.receiver.is_lit(card.now));
}

#[test]
fn unknown_groups_commands_and_lengths_are_refused() {
    let mut card = six(8, 1);
    for group in [0x00, 0xa0, 0xa3, 0xa5, 0xa6, 0xa8, 0xff] {
        card.refuses(1, group, 0, &[]);
    }
    // Dynamic areas have a framing of their own, and the other groups do not belong there.
    assert_eq!(card.ask_raw(Framing::Six, &[1, 0xa7, 1, 1, 0, 0xff]).unwrap().error, 1);
    assert_eq!(card.ask_raw(Framing::Dynamic, &[1, 0xa1, 8, 0, 0]).unwrap().error, 1);
    for (group, command) in [
        (0xa1, 0x0f),
        (0xa1, 0x77),
        (0xa2, 0x03),
        (0xa2, 0xa2),
        (0xa4, 0x04),
        (0xa7, 0x05),
    ] {
        card.refuses(2, group, command, &[]);
    }
    for data in [
        &[1, 0xa2, 5, 2, 0, 1][..],
        &[1, 0xa2, 5, 0, 0, 1],
        &[1, 0xa2, 5, 0, 0],
        &[1, 0xa2],
        &[],
    ] {
        assert_eq!(card.ask_raw(Framing::Six, data).unwrap().error, 18, "{data:?}");
    }
    // Too few and too many parameters, with a length that says so.
    card.refuses(18, 0xa2, 0x05, &[]);
    card.refuses(18, 0xa2, 0x05, &[1, 0]);
    card.refuses(18, 0xa2, 0x05, &[2]);
    assert!(card.receiver.is_lit(card.now));
}

#[test]
fn secrets_are_asked_for_and_compared() {
    let mut card = five(8, 1);
    let with = |encryption, secret| {
        let mut header = Header::to_any(Framing::Five, 1);
        if let yingbi::controller::onbon::packet::Form::Five(control) = &mut header.form {
            control.encryption = encryption;
            control.secret = secret;
        }
        header
    };
    assert_eq!(error(&mut card, with(2, *b"secret"), &PING), 22);
    card.does(0xa2, 0x10, b"\0\0\0\0\0\0secret");
    assert_eq!(error(&mut card, with(0x96, [0; 6]), &PING), 23);
    assert_eq!(error(&mut card, with(2, *b"wrong!"), &PING), 20);
    assert_eq!(error(&mut card, with(2, *b"secret"), &PING), 0);
    card.receiver.power_cut(card.now);
    card.receiver.power_back(card.now);
    assert_eq!(error(&mut card, with(0x96, [0; 6]), &PING), 23);
    let other = [&[1, 0xa2, 0x10, 12, 0], &b"wrong!newnew"[..]].concat();
    assert_eq!(error(&mut card, with(2, *b"secret"), &other), 21);
    let away = [&[1, 0xa2, 0x11, 6, 0], &b"secret"[..]].concat();
    assert_eq!(error(&mut card, with(2, *b"secret"), &away), 0);
    assert_eq!(error(&mut card, with(0x96, [0; 6]), &PING), 0);
}

#[test]
fn noise_before_and_between_frames_does_no_harm() {
    let mut card = six(8, 1);
    let frame = card.frame(Framing::Six, &PING);
    let noisy = [
        &b"noise \x5b\x5a\xa6"[..],
        &frame[..20],
        &frame,
        b"\0\xff",
        &frame,
        &[0xa5; 30],
        &frame,
    ]
    .concat();
    let said = card.hear(&noisy);
    assert_eq!(crate::onbon::deframed(&said).len(), 3);
}
