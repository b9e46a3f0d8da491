//! Headers of the four framings.

use proptest::{array::uniform6, collection::vec, prelude::*};
use yingbi::{
    controller::onbon::{
        ANY,
        packet::{ANY_DEVICE, Control, Form, Framing, HOST, Header, Packet, PacketError},
    },
    diagnostic::Explain as _,
};

use super::super::{enclosed, only_body};
use crate::support::wire::bytes;

const FRAMINGS: [Framing; 4] = [Framing::Dynamic, Framing::Five, Framing::Six, Framing::Font];

fn body(packet: &Packet<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    packet.encode(&mut out);
    out
}

fn framed(header: Header, data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    Packet { header, data }.frame(&mut out);
    out
}

/// Any header that can be written and read again.
fn header() -> impl Strategy<Value = Header> {
    let control = (any::<(u8, u8, u16, u16, u8, u8, [u8; 2])>(), uniform6(any::<u8>())).prop_map(|(parts, secret)| {
        let (protocol, link, sequence, frame_max, encryption, random, reserved) = parts;
        Control {
            protocol,
            link,
            sequence,
            frame_max,
            encryption,
            random,
            secret,
            reserved,
        }
    });
    let form = prop_oneof![
        any::<[u8; 5]>().prop_map(|reserved| Form::Dynamic { reserved }),
        control.clone().prop_map(|control| Form::Five(Control {
            frame_max: control.frame_max & 0xff,
            ..control
        })),
        (6..=7u8, control).prop_map(|(version, control)| Form::Six { version, control }),
        any::<([u8; 2], u8, u8, u8)>().prop_map(|([first, second], option, sum_mode, display_mode)| Form::Font {
            reserved: [0, first, second],
            option,
            sum_mode,
            display_mode,
        }),
    ];
    (any::<(u16, u16, [u8; 2])>(), form).prop_map(|((destination, source, device), form)| Header {
        destination,
        source,
        device: match form {
            Form::Font { .. } => [device[0], 0],
            _ => device,
        },
        form,
    })
}

#[test]
fn frames_that_were_worked_out_elsewhere_are_written() {
    let starts = "a5a5a5a5a5a5a5a5";
    let five = Header::to_any(Framing::Five, 1);
    let six = Header::to_any(Framing::Six, 1);
    let dynamic = Header::to_any(Framing::Dynamic, 1);
    let e2 = Header::to(ANY, [0x74, 0x02], Framing::Dynamic, 0);
    let brightest = format!("01a207310000 {}", "0f".repeat(48));
    let cases = [
        (
            five,
            "01a2000000".into(),
            "feff0080 0500feff 0100 0100 0090 96 00 000000000000 0500 1e78 e0 01a2000000",
        ),
        (
            five,
            "01a205010001".into(),
            "feff0080 0500feff 0100 0100 0090 96 00 000000000000 0600 68c4 29 01a205010001",
        ),
        (
            five,
            "01a205010000".into(),
            "feff0080 0500feff 0100 0100 0090 96 00 000000000000 0600 a904 28 01a205010000",
        ),
        (
            five,
            brightest.clone(),
            &format!("feff0080 0500feff 0100 0100 0090 96 00 000000000000 3600 a14f 5b01 {brightest}"),
        ),
        (
            six,
            "01a2000000".into(),
            "feff0080 0700feff 0000 0100 9001 9600 000000000000 0500 1e78 00 e2 01a2000000",
        ),
        (
            six,
            "01a205010001".into(),
            "feff0080 0700feff 0000 0100 9001 9600 000000000000 0600 68c4 00 2b 01a205010001",
        ),
        (
            dynamic,
            "01a2000000".into(),
            "feff0080 f000feff 00000000 05000000 01a2000000 c686",
        ),
        (
            dynamic,
            "01a7010100ff".into(),
            "feff0080 f000feff 00000000 06000000 01a7010100ff 2a21",
        ),
        (
            e2,
            "01a7010100ff".into(),
            "feff0080 f0007402 00000000 06000000 01a7010100ff f067",
        ),
        (
            e2,
            "01a7010300020001".into(),
            "feff0080 f0007402 00000000 08000000 01a7010300020001 c5cd",
        ),
    ];
    for (header, data, written) in cases {
        let frame = bytes(&format!("{starts} {written} 5a"));
        assert_eq!(framed(header, &bytes(&data)), frame, "{written}");
        let body = only_body(&frame);
        let data = bytes(&data);
        assert_eq!(Packet::parse(&body), Ok(Packet { header, data: &data }));
    }
}

/// Published for cards with fonts; the sum is said beside each.
#[test]
fn frames_of_cards_with_fonts_are_read_and_written() {
    let show = "A306 01 2D00 00 01 2900 00 00000000 1800 2000 00 00 00 0200 00 00 00 02 02 03 00 04 05 0E000000
        30 31 32 33 34 35 51 52 53 54 54 56 27 42";
    let cases = [("A200010000", 0x68f8), ("A102010000", 0x2d40), ("A310010000", 0x51f8)];
    let mut frames: Vec<(u16, &str, u16)> = cases.map(|(data, sum)| (1, data, sum)).to_vec();
    frames.push((1, show, 0xa87d));
    for (destination, data, sum) in frames {
        let data = bytes(data);
        let header = Header::to(destination, [0xfe, 0], Framing::Font, 0);
        let mut expected = bytes("010000800000000000 00FE02");
        expected.extend_from_slice(&(data.len() as u16).to_le_bytes());
        expected.extend_from_slice(&data);
        // Printed as two bytes in the order in which they are sent, or as a number: either way they stand last.
        let written = body(&Packet { header, data: &data });
        assert_eq!(written[..written.len() - 2], expected);
        assert_eq!(
            u16::from_be_bytes([written[written.len() - 2], written[written.len() - 1]]),
            sum,
            "{data:02x?}"
        );
        assert_eq!(
            Packet::parse(&only_body(&enclosed(&written))),
            Ok(Packet { header, data: &data })
        );
    }
}

#[test]
fn what_is_no_packet_has_a_name_and_a_place() {
    let ping = "feff0080 0500feff 0100 0100 0090 96 00 000000000000 0500 1e78 e0 01a2000000";
    let dynamic = "feff0080 f000feff 00000000 05000000 01a2000000 c686";
    let sum = |at, found, reckoned| PacketError::Sum { at, found, reckoned };
    let cases: Vec<(String, PacketError)> = vec![
        ("feff".into(), PacketError::Short { found: 2, needed: 14 }),
        (ping[..41].into(), PacketError::Short { found: 17, needed: 27 }),
        (dynamic[..20].into(), PacketError::Short { found: 9, needed: 16 }),
        (
            "feff0080 09 00000000000000000000".into(),
            PacketError::Version { found: 9 },
        ),
        (
            ping.replace("e0 01", "e1 01"),
            PacketError::HeaderSum {
                at: 26,
                found: 0xe1,
                reckoned: 0xe0,
            },
        ),
        (
            format!("{ping}00"),
            PacketError::Length {
                at: 22,
                promised: 5,
                found: 6,
            },
        ),
        (ping.replace("01a2000000", "01a2000001"), sum(24, 0x781e, 0xb8df)),
        (
            dynamic.replace("05000000", "04000000"),
            PacketError::Length {
                at: 12,
                promised: 4,
                found: 5,
            },
        ),
        (
            dynamic.replace("05000000", "ffffffff"),
            PacketError::Length {
                at: 12,
                promised: 0xffff_ffff,
                found: 5,
            },
        ),
        (
            "feff0080 f000feff 00000000 00000000".into(),
            PacketError::Length {
                at: 12,
                promised: 0,
                found: 0,
            },
        ),
    ];
    for (written, error) in cases {
        let found = Packet::parse(&bytes(&written)).unwrap_err();
        assert_eq!(found, error, "{written}");
        assert!(found.at() <= bytes(&written).len());
        assert!(!found.chinese().is_empty() && !found.help().en.is_empty());
    }
}

#[test]
fn an_answer_goes_back_with_all_else_as_it_was() {
    for framing in FRAMINGS {
        let asked = Header::to_any(framing, 0x1234);
        let answer = asked.answer(3, [0x74, 0x02]);
        assert_eq!(
            (answer.destination, answer.source, answer.device),
            (HOST, 3, [0x74, 0x02])
        );
        assert_eq!((answer.form, answer.framing()), (asked.form, framing));
        let has_number = matches!(framing, Framing::Five | Framing::Six);
        assert_eq!(answer.sequence(), has_number.then_some(0x1234));
        assert_eq!(asked.device, ANY_DEVICE);
    }
}

proptest! {
    #[test]
    fn any_packet_is_read_as_it_was_written(header in header(), data in vec(any::<u8>(), 0..400)) {
        let written = body(&Packet { header, data: &data });
        let framing = header.framing();
        prop_assert_eq!(written.len(), framing.head() + data.len() + framing.tail());
        prop_assert_eq!(Packet::parse(&written), Ok(Packet { header, data: &data }));
    }

    #[test]
    fn one_bit_that_is_wrong_is_seen(header in header(), data in vec(any::<u8>(), 0..60), bit: prop::sample::Index) {
        let mut written = body(&Packet { header, data: &data });
        let bit = bit.index(written.len() * 8);
        written[bit / 8] ^= 1 << (bit % 8);
        if let Ok(packet) = Packet::parse(&written) {
            prop_assert!(packet.header.framing() != header.framing(), "bit {} of {:02x?}", bit, written);
        }
    }

    #[test]
    fn no_bytes_are_too_strange(bytes in vec(any::<u8>(), 0..80), version in prop::sample::select(vec![0xf0, 5, 6, 7, 0])) {
        let mut bytes = bytes;
        if bytes.len() > 4 {
            bytes[4] = version;
        }
        match Packet::parse(&bytes) {
            Ok(packet) => prop_assert_eq!(body(&packet), bytes),
            Err(error) => prop_assert!(error.at() <= bytes.len().max(16)),
        }
    }
}
