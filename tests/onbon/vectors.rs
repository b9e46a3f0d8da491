//! Frames that the vendor's own software sent, and everything in them.

use yingbi::controller::onbon::{
    message::{Brightness, FileName, Hold, Request},
    packet::{Form, Packet},
};

use super::{enclosed, only_body};
use crate::support::wire::bytes;

const FILES: [(&str, &str, usize); 3] = [
    ("BX-5E", include_str!("vectors/onbon-bx-5e.hex"), 17),
    ("BX-6E", include_str!("vectors/onbon-bx-6e.hex"), 20),
    ("BX-6M", include_str!("vectors/onbon-bx-6m.hex"), 17),
];

/// The frames of a file, in order.
fn frames(text: &str) -> Vec<Vec<u8>> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(bytes).collect()
}

fn all() -> Vec<Vec<u8>> {
    FILES.iter().flat_map(|(_, text, _)| frames(text)).collect()
}

/// Little-endian, by the places of the tables.
fn number(body: &[u8], at: usize, length: usize) -> usize {
    body[at..at + length]
        .iter()
        .rev()
        .fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

#[test]
fn every_frame_is_read_to_named_fields_and_written_to_the_same_bytes() {
    let mut differing = 0;
    for (file, text, count) in FILES {
        let frames = frames(text);
        assert_eq!(frames.len(), count, "{file}");
        for frame in frames {
            let body = only_body(&frame);
            let packet = Packet::parse(&body).unwrap();
            let request = Request::parse(packet.data).unwrap();
            assert!(!matches!(request, Request::Other { .. }), "{file}: {request:?}");
            let (mut data, mut again, mut line) = (Vec::new(), Vec::new(), Vec::new());
            request.encode(&mut data);
            let packet = Packet {
                header: packet.header,
                data: &data,
            };
            packet.encode(&mut again);
            assert_eq!(enclosed(&again), frame, "{file}: {request:?}");
            packet.frame(&mut line);
            differing += usize::from(line != frame);
        }
    }
    assert_eq!(differing, 0);
}

#[test]
fn header_fields_are_those_that_stand_at_the_places_of_the_tables() {
    for frame in all() {
        let body = only_body(&frame);
        let header = Packet::parse(&body).unwrap().header;
        assert_eq!(usize::from(header.destination), number(&body, 0, 2));
        assert_eq!(usize::from(header.source), number(&body, 2, 2));
        assert_eq!(header.device, body[6..8]);
        let (control, frame_max, reserved) = match (body[4], header.form) {
            (0xf0, Form::Dynamic { reserved }) => {
                assert_eq!(reserved, [0; 5]);
                continue;
            }
            (0x05, Form::Five(control)) => (control, number(&body, 13, 1), [body[9], body[12]]),
            (0x07, Form::Six { version: 7, control }) => (control, number(&body, 12, 2), [body[9], body[26]]),
            other => panic!("{other:?}"),
        };
        assert_eq!((control.protocol, control.link), (body[5], body[8]));
        assert_eq!(usize::from(control.sequence), number(&body, 10, 2));
        assert_eq!(usize::from(control.frame_max), frame_max);
        assert_eq!((control.encryption, control.random), (body[14], body[15]));
        assert_eq!((control.encryption, &control.secret[..]), (0x96, &body[16..22]));
        assert_eq!(control.reserved, reserved);
    }
}

#[test]
fn what_the_vendor_s_software_asked_is_known_request_for_request() {
    let name = FileName;
    let frames: Vec<Vec<u8>> = frames(FILES[1].1).iter().map(|frame| only_body(frame)).collect();
    let requests: Vec<Request<'_>> = frames
        .iter()
        .map(|body| Request::parse(Packet::parse(body).unwrap().data).unwrap())
        .collect();
    assert_eq!(requests[0], Request::Ping);
    assert_eq!(requests[1], Request::Switch { is_on: false });
    assert_eq!(requests[2], Request::Switch { is_on: true });
    let Request::SetClock(clock) = &requests[3] else {
        panic!("{:?}", requests[3]);
    };
    assert_eq!(clock.civil().unwrap().to_string(), "2026-11-23T02:42:18");
    assert_eq!(clock.week, 1);
    assert_eq!(requests[4], Request::SetBrightness(Brightness::Manual([7; 48])));
    let screen = Request::LockScreen {
        is_kept: false,
        is_locked: true,
    };
    assert_eq!(requests[5], screen);
    let program = Request::LockProgram {
        is_kept: false,
        is_locked: true,
        name: name(*b"P001"),
        hold: Hold::Six {
            is_count: false,
            value: 1000,
        },
    };
    assert_eq!(requests[6], program);
    assert_eq!(requests[7..9], [Request::Ping, Request::BeginTransfer]);
    assert_eq!(requests[9], Request::StartDirectory { kind: 0, size: 5 });
    assert_eq!(
        requests[10..12],
        [Request::DirectoryBlock { offset: 0 }, Request::Volume]
    );
    let start = |file: &[u8; 4], kind, length, crc| Request::StartWrite {
        is_fixed: false,
        name: name(*file),
        kind,
        length,
        overwrites: true,
        crc,
    };
    assert_eq!(requests[12], start(b"D000", 9, 529, 0xf83a_d265));
    let Request::WriteBlock { data, .. } = requests[13] else {
        panic!("{:?}", requests[13]);
    };
    assert_eq!(data.len(), 529);
    assert_eq!(requests[14], start(b"P000", 0, 92, 0x701d_b739));
    let Request::WriteBlock {
        name: program,
        is_last: true,
        offset: 0,
        data,
        ..
    } = requests[15]
    else {
        panic!("{:?}", requests[15]);
    };
    assert_eq!((program, data.len()), (FileName::program(0), 92));
    assert_eq!(requests[16], Request::EndTransfer);
    assert!(matches!(requests[17], Request::UpdateAreas { areas } if areas.len() == 0x245));
    assert_eq!(requests[18], Request::DeleteAllAreas);
    assert_eq!(requests[19], Request::DeleteAreas { ids: vec![0, 1] });
}

#[test]
fn the_lock_of_a_program_is_of_its_card_s_generation() {
    let locks = |text| {
        let bodies: Vec<_> = frames(text).iter().map(|frame| only_body(frame)).collect();
        let holds = bodies.iter().filter_map(
            |body| match Request::parse(Packet::parse(body).unwrap().data).unwrap() {
                Request::LockProgram { hold, .. } => Some(hold),
                _ => None,
            },
        );
        holds.collect::<Vec<_>>()
    };
    let six = Hold::Six {
        is_count: false,
        value: 1000,
    };
    assert_eq!(locks(FILES[0].1), [Hold::Five(1000)]);
    assert_eq!(locks(FILES[1].1), [six]);
    assert_eq!(locks(FILES[2].1), [six]);
}
