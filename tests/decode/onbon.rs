//! Frames of BX cards, told field by field: the vendor's own, others, and what is none.

use serde_json::Value;
use yingbi::{
    cli::decode::{Options, Outcome, Wire},
    diagnostic::Language,
};

use super::{bytes, options};

const SIX: &str = include_str!("../onbon/vectors/onbon-bx-6e.hex");
const ALL: [&str; 3] = [
    include_str!("../onbon/vectors/onbon-bx-5e.hex"),
    SIX,
    include_str!("../onbon/vectors/onbon-bx-6m.hex"),
];

/// A ping to any BX-6, of sequence 1, and a card's busy refusal.
const PING: &str = "a5a5a5a5a5a5a5a5 feff0080 0700feff 0000 0100 9001 9600 000000000000 0500 1e78 00 e2 01a2000000 5a";

fn told(input: &[u8], json: bool) -> (Vec<String>, Outcome) {
    let options = Options {
        wire: Wire::Onbon,
        port: Wire::Onbon.port(),
        ..options(json)
    };
    let (told, outcome) = super::told(input, &options).unwrap();
    (told.lines().map(str::to_owned).collect(), outcome)
}

fn text(input: &str) -> Vec<String> {
    told(input.as_bytes(), false).0
}

fn objects(input: &[u8]) -> Vec<Value> {
    let (lines, _) = told(input, true);
    lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A frame of BX-6 from the card with the address 1 to the host, written here byte by byte.
fn answer(data: &str) -> String {
    let data = bytes(data);
    let crc = data.iter().fold(0u16, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| {
            crc >> 1 ^ if crc & 1 == 1 { 0xa001 } else { 0 }
        })
    });
    let mut body = bytes("0080 0100 07 00 7402 00 00 0100 9001 96 00 000000000000");
    body.extend((data.len() as u16).to_le_bytes());
    body.extend(crc.to_le_bytes());
    body.push(0);
    body.push(body.iter().fold(0, |sum, byte| sum ^ byte));
    body.extend(data);
    let written = body.iter().map(|byte| match byte {
        0xa5 => "a602".to_owned(),
        0xa6 => "a601".to_owned(),
        0x5a => "5b02".to_owned(),
        0x5b => "5b01".to_owned(),
        byte => format!("{byte:02x}"),
    });
    format!("a5a5a5a5a5a5a5a5 {} 5a", written.collect::<String>())
}

/// A capture of IPv4 packets, each with its protocol's header and data.
fn capture(packets: &[Vec<u8>]) -> Vec<u8> {
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<_>>();
    let mut capture = words(&[0xa1b2_c3d4, 0x0002_0004, 0, 0, 262_144, 101]);
    for packet in packets {
        let length = packet.len() as u32;
        capture.extend(words(&[1_778_810_400, 250_000, length, length]));
        capture.extend(packet);
    }
    capture
}

fn ipv4(protocol: u8, inner: &[u8]) -> Vec<u8> {
    let mut packet = bytes("4500 0000 1234 0000 ff 00 0000 c0000201 c000020a");
    packet[2..4].copy_from_slice(&(20 + inner.len() as u16).to_be_bytes());
    packet[9] = protocol;
    packet.extend_from_slice(inner);
    packet
}

/// A piece of the stream from port 50000 to port 5005.
fn tcp(number: u32, flags: u8, data: &[u8]) -> Vec<u8> {
    let mut inner = bytes("c350 138d");
    inner.extend(number.to_be_bytes());
    inner.extend(bytes("00000000 50"));
    inner.push(flags);
    inner.extend(bytes("2000 0000 0000"));
    inner.extend_from_slice(data);
    ipv4(6, &inner)
}

fn udp(port: u16, data: &[u8]) -> Vec<u8> {
    let mut inner = bytes("c350");
    inner.extend(port.to_be_bytes());
    inner.extend((8 + data.len() as u16).to_be_bytes());
    inner.extend([0, 0]);
    inner.extend_from_slice(data);
    ipv4(17, &inner)
}

const SYN: u8 = 2;
const ACK: u8 = 16;

#[test]
fn every_frame_of_the_vendor_is_told_by_its_fields() {
    for file in ALL {
        let (lines, outcome) = told(file.as_bytes(), false);
        assert_eq!(outcome.malformed, 0);
        assert_eq!(lines.len(), file.lines().filter(|line| !line.starts_with('#')).count());
        for line in lines {
            assert!(!line.contains(" other") && !line.contains("unread"), "{line}");
        }
    }
    let lines = text(SIX);
    let expected = [
        "line 2: BX-6  from host to any  device feff (any)  sequence 9618  link 0  request a2 00 ping",
        "line 3: BX-6  from host to any  device 7402 (BX-6E2)  sequence 9878  link 0  request a2 05 switch  on false",
        "line 5: BX-6  from host to any  device 7402 (BX-6E2)  sequence 10102  link 0  request a2 02 set clock  \
            clock 2026-11-23T02:42:18  week 1",
        "line 8: BX-6  from host to any  device 7402 (BX-6E2)  sequence 10166  link 0  request a2 0e lock program  \
            kept false  locked true  name P001  hundredths 1000",
        "line 21: dynamic  from host to any  device 7402 (BX-6E2)  request a7 01 delete areas  ids [0,1]",
    ];
    for line in expected {
        assert!(lines.contains(&line.to_owned()), "{line}\n{}", lines.join("\n"));
    }
}

#[test]
fn areas_are_told_by_their_places_and_pages() {
    for (file, at) in [(ALL[0], 15), (ALL[1], 17)] {
        let object = objects(file.as_bytes()).remove(at);
        assert_eq!(object["request"], "update areas");
        let area = &object["fields"]["areas"][0];
        let told = ["x", "y", "width", "height", "pages", "id"].map(|name| area[name].as_u64().unwrap());
        assert_eq!(told, [0, 0, 64, 32, 1, 0]);
    }
}

#[test]
fn an_object_has_the_fields_that_are_documented() {
    let object = &objects(PING.as_bytes())[0];
    let expected = serde_json::json!({
        "line": 1, "framing": "BX-6", "destination": 65534, "source": 32768, "device": "feff", "device_name": "any",
        "sequence": 1, "link": 0, "frame_max": 400, "encryption": 150, "random": 0,
        "request": "ping", "group": 0xa2, "command": 0, "fields": {}
    });
    assert_eq!(*object, expected);
}

#[test]
fn replies_are_told_with_the_vendor_s_error_in_both_languages() {
    let busy = &objects(answer("00 a0 01 0100 0300 0000").as_bytes())[0];
    assert_eq!(busy["reply"], "refusal");
    assert_eq!((&busy["nack"], &busy["error"]), (&true.into(), &3.into()));
    assert_eq!(busy["error_name"], "controller busy");
    assert_eq!(busy["error_name_zh"], "控制器忙碌");
    let line = text(&answer("00 a0 01 0100 0300 0000"));
    let expected = "line 1: BX-6  from 1 to host  device 7402 (BX-6E2)  sequence 1  link 0  reply a0 01 refusal  \
        nack true  error 3 (controller busy)";
    assert_eq!(line, [expected]);
    assert!(text(&answer("00 a0 00 0000 0000 0000"))[0].ends_with("reply a0 00 acknowledgement"));
}

#[test]
fn what_a_reply_holds_is_told_and_what_is_too_short_is_left_in_hex() {
    let identity = "00 a2 80 0000 0000 1300 7402 5631342e31300000 01 0100 01 4001 2000 03";
    let object = &objects(answer(identity).as_bytes())[0];
    assert_eq!(object["reply"], "identity");
    let fields = &object["fields"];
    assert_eq!((&fields["width"], &fields["height"]), (&320.into(), &32.into()));
    assert_eq!((&fields["firmware"], &fields["colour"]), (&"V14.10".into(), &3.into()));
    let short = &objects(answer("00 a2 80 0000 0000 0200 7402").as_bytes())[0];
    assert_eq!(short["fields"]["data"], "7402");
    assert_eq!(
        short["unread"],
        "the data end after 2 bytes, within the firmware's version"
    );
    let volume = text(&answer("00 a1 92 0000 0000 0800 00000001 34120000"));
    assert!(
        volume[0].ends_with("reply a1 92 volume  total 16777216  free 4660"),
        "{volume:?}"
    );
}

#[test]
fn text_of_cards_with_fonts_is_told_as_text() {
    let show =
        "a5a5a5a5a5a5a5a5 0100008000000000 0000fe02 3200 a306 01 2d00 00 01 2900 00 0000 0000 1800 2000 00 00 00 0200
        00 00 00 02 02 03 00 04 05 0e000000 30 31 32 33 34 35 51 52 53 54 54 56 27 42 a87d 5a";
    let object = &objects(show.replace('\n', "").as_bytes())[0];
    assert_eq!(
        (&object["framing"], &object["request"]),
        (&"font card".into(), &"update areas".into())
    );
    let area = &object["fields"]["areas"][0];
    assert_eq!((&area["text"], &area["width"]), (&"012345QRSTTV'B".into(), &24.into()));
}

#[test]
fn a_line_may_hold_several_frames_or_a_body_alone() {
    let two = text(&format!("{PING} {}", answer("00 a0 00 0000 0000 0000")));
    assert_eq!(two.len(), 2);
    assert!(two[0].starts_with("line 1 part 1: ") && two[1].starts_with("line 1 part 2: "));
    let body = PING.replace("a5a5a5a5a5a5a5a5", "").replace(" 5a", "");
    assert!(text(&body)[0].ends_with("request a2 00 ping"));
}

#[test]
fn in_chinese_the_place_of_a_malformed_byte_is_told_once() {
    let options = Options {
        wire: Wire::Onbon,
        port: Wire::Onbon.port(),
        language: Language::Chinese,
        ..options(false)
    };
    let wrong = PING.replace("01a2000000", "01a2000001");
    let (told, _) = super::told(wrong.as_bytes(), &options).unwrap();
    let rest = told.strip_prefix("第 1 行：第 24 字节有误：").expect(&told);
    assert!(rest.starts_with("CRC16") && rest.contains("；数据 "), "{told}");
}

#[test]
fn malformed_bytes_are_named_with_their_place() {
    let cases = [
        ("010203", "malformed at byte 0: 3 bytes belong to no frame"),
        (
            &PING.replace(" 5a", "")[..],
            "malformed at byte 41: the frame does not end",
        ),
        (
            &PING.replace("1e78 00 e2", "1e78 00 e3"),
            "malformed at byte 27: byte 27: the sum of the header is 0xe3, but its bytes make 0xe2",
        ),
        (
            &PING.replace("01a2000000", "01a2000001"),
            "malformed at byte 24: byte 24: the CRC16 is 0x781e, but the bytes make 0xb8df",
        ),
        (
            &format!("{PING} 0102"),
            "malformed at byte 42: 2 bytes belong to no frame",
        ),
        (
            "a5 a603 5a",
            "malformed at byte 2: byte 0 of the body is written a6 03, which stands for nothing",
        ),
    ];
    for (line, expected) in cases {
        let (lines, outcome) = told(line.as_bytes(), false);
        assert!(
            lines.iter().any(|told| told.contains(expected)),
            "{expected}: {lines:?}"
        );
        assert!(outcome.malformed >= 1);
    }
    let wrong = &objects(answer("").as_bytes())[0];
    assert_eq!(wrong["malformed"]["at"], 28);
    assert!(wrong["malformed"]["reason_zh"].as_str().unwrap().contains("保留字节"));
}

#[test]
fn frames_are_put_together_again_from_the_pieces_of_a_stream() {
    let frame = bytes(PING);
    let (first, rest) = frame.split_at(13);
    let (second, third) = rest.split_at(9);
    let begin = 0xffff_fff0;
    let at = |offset: usize| 0xffff_fff1u32.wrapping_add(offset as u32);
    let packets = [
        tcp(begin, SYN, &[]),
        tcp(at(0), ACK, first),
        tcp(at(0), ACK, first),
        tcp(at(13), ACK, second),
        // Sent again, with more behind.
        tcp(at(13), ACK, rest),
        tcp(at(22), ACK, third),
        tcp(at(frame.len()), ACK, &[]),
        udp(5005, &frame),
        udp(9999, &frame),
        tcp(at(frame.len()), ACK, &[frame.clone(), frame.clone()].concat()),
    ];
    let (lines, outcome) = told(&capture(&packets), false);
    let ping = "BX-6  from host to any  device feff (any)  sequence 1  link 0  request a2 00 ping";
    let from = "2026-05-15T02:00:00.25Z 192.0.2.1:50000 > 192.0.2.10:5005";
    let expected = [
        format!("record 5 {from}: {ping}"),
        format!("record 8 {from}: {ping}"),
        format!("record 10 {from} part 1: {ping}"),
        format!("record 10 {from} part 2: {ping}"),
    ];
    assert_eq!(lines, expected);
    assert_eq!((outcome.packets, outcome.malformed, outcome.others), (4, 0, 1));
}

#[test]
fn a_piece_that_is_missing_costs_its_frame_and_no_other() {
    let frame = bytes(PING);
    let packets = [
        tcp(1000, ACK, &frame[..20]),
        tcp(1030, ACK, &frame[30..]),
        tcp(1030 + frame.len() as u32 - 30, ACK, &frame),
    ];
    let (lines, outcome) = told(&capture(&packets), false);
    assert_eq!((outcome.packets, outcome.malformed), (1, 2));
    assert!(lines[0].contains("the frame does not end"), "{lines:?}");
    assert!(lines[1].contains("bytes belong to no frame"), "{lines:?}");
    assert!(lines[2].ends_with("request a2 00 ping"));
}
