//! Requests to cards with fonts, and their replies.

use proptest::{collection::vec, prelude::*};
use yingbi::controller::onbon::message::{
    Clock, ErrorCode, FileName, FontArea, FontReply, FontRequest, MessageError, Sound,
};

use crate::support::wire::bytes;

fn encode(request: &FontRequest<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    request.encode(&mut out);
    out
}

/// The area of the frame that is published: `012345QRSTTV'B` at the left of 24x32.
const AREA: FontArea<'_> = FontArea {
    kind: 0,
    x: 0,
    y: 0,
    width: 24,
    height: 32,
    id: 0,
    line_space: 0,
    run_mode: 0,
    timeout: 2,
    sound: Sound::None,
    extra: &[],
    alignment: 0,
    lines: 2,
    breaks: 2,
    entrance: 3,
    exit: 0,
    speed: 4,
    stay: 5,
    text: b"012345QRSTTV'B",
};

fn told() -> Vec<(FontRequest<'static>, &'static str)> {
    let update = |areas| FontRequest::UpdateAreas {
        mode: None,
        delete: vec![],
        areas,
    };
    vec![
        (FontRequest::Ping, "a200 01 0000"),
        (FontRequest::Status, "a102 01 0000"),
        (
            FontRequest::SetClock(Clock {
                year: 2026,
                month: 11,
                day: 23,
                hour: 2,
                minute: 44,
                second: 20,
                week: 1,
            }),
            "a203 01 0000 2620112302442001",
        ),
        (FontRequest::Switch { is_on: true }, "a300 01 0000 01"),
        (FontRequest::Switch { is_on: false }, "a300 01 0000 02"),
        (FontRequest::Clear, "a310 01 0000"),
        (
            update(vec![AREA]),
            "a306 01 2d00 00 01 2900 00 0000 0000 1800 2000 00 00 00 0200 00 00 00 02 02 03 00 04 05 0e000000
             30 31 32 33 34 35 51 52 53 54 54 56 27 42",
        ),
        (
            FontRequest::UpdateAreas {
                mode: Some([1, 0]),
                delete: vec![2, 3],
                areas: vec![],
            },
            "a306 01 0100 02 02 03 00",
        ),
        (
            update(vec![FontArea {
                sound: Sound::Words {
                    person: 0x12,
                    volume: 5,
                    speed: 6,
                    words: &[0xc4, 0xe3],
                },
                extra: &[9],
                text: &[0xba, 0xc3],
                ..AREA
            }]),
            "a306 01 2b00 00 01 2700 00 0000 0000 1800 2000 00 00 00 0200 02 12 05 06 02000000 c4e3 01 09 00 02 02 03 00 04 05
             02000000 bac3",
        ),
        (
            FontRequest::StartWrite {
                overwrites: true,
                name: FileName::program(0),
            },
            "a105 01 0000 01 50303030",
        ),
        (
            FontRequest::WriteBlock {
                name: FileName::program(0),
                is_last: true,
                number: 2,
                address: 0x400,
                data: &[1, 2, 3],
            },
            "a106 01 0000 50303030 01 0200 0300 0004 010203",
        ),
        (FontRequest::BeginTransfer, "a107 01 0000"),
        (FontRequest::EndTransfer, "a108 01 0000"),
        (
            FontRequest::Other {
                group: 0xa1,
                command: 0x0a,
                parameters: &[1],
            },
            "a10a 01 0000 01",
        ),
    ]
}

#[test]
fn every_request_has_the_bytes_of_the_tables_both_ways() {
    for (request, hex) in told() {
        assert_eq!(encode(&request), bytes(hex), "{request:?}");
        assert_eq!(FontRequest::parse(&bytes(hex)), Ok(request), "{hex}");
    }
}

#[test]
fn an_area_whose_length_is_another_is_refused_where_it_stands() {
    let mut written = encode(&told()[6].0);
    written[7] -= 1;
    let length = MessageError::Length {
        at: 7,
        promised: 0x28,
        found: 0x29,
    };
    assert_eq!(FontRequest::parse(&written), Err(length));
    let on = MessageError::Value {
        at: 5,
        field: yingbi::controller::onbon::message::Field::new("开关标志", "switch"),
        found: 0,
    };
    assert_eq!(FontRequest::parse(&bytes("a300 01 0000 00")), Err(on));
    let trailing = MessageError::Trailing { at: 5, extra: 1 };
    assert_eq!(FontRequest::parse(&bytes("a200 01 0000 00")), Err(trailing));
    assert!(
        FontRequest::parse(&bytes("a200 00 0000")).is_err(),
        "an answer must be wanted"
    );
}

#[test]
fn replies_are_the_bytes_of_the_tables() {
    let mut out = Vec::new();
    FontReply::ACK.encode(&mut out);
    assert_eq!(out, bytes("a000 00 0000"));
    assert_eq!(FontReply::parse(&out), Ok(FontReply::ACK));
    let refusal = FontReply::refusal(ErrorCode::SUM);
    let written = bytes("a001 05 0000");
    let read = FontReply::parse(&written).unwrap();
    assert_eq!(read, refusal);
    assert!(read.is_nack() && !read.is_ack() && FontReply::ACK.is_ack());
    let pong = bytes("a280 00 0000 010203");
    assert_eq!(FontReply::parse(&pong).map(|reply| reply.data), Ok(&pong[5..]));
    assert!(FontReply::parse(&bytes("a280 00 00")).is_err());
}

proptest! {
    #[test]
    fn whatever_is_read_is_written_so_that_it_is_read_again(
        numbers in prop::sample::select(told().into_iter().map(|(request, _)| request.numbers()).collect::<Vec<_>>()),
        two: [u8; 2],
        parameters in vec(prop_oneof![0..3u8, any::<u8>()], 0..60),
    ) {
        let mut written = vec![numbers[0], numbers[1], 1, two[0], two[1]];
        written.extend_from_slice(&parameters);
        match FontRequest::parse(&written) {
            Ok(request) => {
                let again = encode(&request);
                prop_assert_eq!(&again[5..], &written[5..]);
                prop_assert_eq!(FontRequest::parse(&again), Ok(request));
            }
            Err(error) => prop_assert!(error.at() <= written.len()),
        }
    }

    #[test]
    fn any_area_comes_through(text in vec(any::<u8>(), 0..80), words in vec(any::<u8>(), 0..9), extra in vec(any::<u8>(), 0..9), fields: [u8; 12]) {
        let area = FontArea {
            x: u16::from_le_bytes([fields[0], fields[1]]),
            width: u16::from_le_bytes([fields[2], fields[3]]),
            id: fields[4],
            timeout: u16::from(fields[5]) * 3,
            alignment: fields[6],
            entrance: fields[7],
            speed: fields[8],
            sound: match fields[9] % 3 {
                0 => Sound::None,
                1 => Sound::Text { person: 1, volume: 2, speed: 3 },
                _ => Sound::Words { person: 1, volume: 2, speed: 3, words: &words },
            },
            extra: &extra,
            text: &text,
            ..AREA
        };
        let request = FontRequest::UpdateAreas { mode: None, delete: vec![fields[10]], areas: vec![area, AREA] };
        let written = encode(&request);
        prop_assert_eq!(FontRequest::parse(&written), Ok(request));
    }
}
