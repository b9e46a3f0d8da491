//! DDP without a network: golden bytes, both sides against each other, and bytes that are none.

use std::time::Duration;

use proptest::prelude::*;
use yingbi::{
    controller::{
        Controller as _, Event, Transmit,
        ddp::{
            Answer, BATCH, GRACE, KEEP_ALIVE, Received, Receiver, Refusal, Sender, Status,
            packet::{DATA, DataType, Destination, HEADER, Header, Packet, PacketError},
        },
    },
    diagnostic::Explain as _,
    units::{Moment, Size},
};

use crate::support::wire::{bytes, datagrams, ramp};

const START: Moment = Moment::from_nanoseconds(1_000_000_000);

/// The headers of a frame of 482 LEDs as the project wled-sim (13rac1/wled-sim) sends it.
const WLED_SIM: [&str; 2] = ["40 01 0b 01 00000000 05a0", "41 02 0b 01 000005a0 0006"];

#[test]
fn the_published_headers_of_482_leds_encode_again_byte_for_byte() {
    let lengths = [1440, 6];
    for (hex, length) in WLED_SIM.iter().zip(lengths) {
        let mut datagram = bytes(hex);
        datagram.extend(ramp(length));
        let packet = Packet::parse(&datagram).unwrap();
        let mut again = Vec::new();
        packet.encode(&mut again);
        assert_eq!(again, datagram);
    }
}

#[test]
fn the_published_headers_mean_what_their_table_says() {
    let mut datagram = bytes(WLED_SIM[1]);
    datagram.extend(ramp(6));
    let Packet { header, data } = Packet::parse(&datagram).unwrap();
    let expected = Header {
        sequence: 2,
        ..Header::picture(1440, true)
    };
    assert_eq!(header, expected);
    assert_eq!(data, ramp(6));
}

#[test]
fn our_frame_of_482_leds_differs_from_the_published_one_in_its_sequence_only() {
    let mut sender = Sender::new();
    sender.show(&ramp(482 * 3), START);
    let datagrams = datagrams(&mut sender, START);
    let headers: Vec<_> = datagrams.iter().map(|datagram| datagram[..HEADER].to_vec()).collect();
    let expected: Vec<_> = ["40 00 0b 01 00000000 05a0", "41 00 0b 01 000005a0 0006"]
        .map(bytes)
        .into();
    assert_eq!(headers, expected);
    assert_eq!(datagrams[0][HEADER..], ramp(1440));
    assert_eq!(datagrams[1][HEADER..], ramp(482 * 3)[1440..]);
}

#[test]
fn a_frame_of_exactly_480_leds_still_pushes() {
    let mut sender = Sender::new();
    sender.show(&ramp(1440), START);
    let datagrams = datagrams(&mut sender, START);
    assert_eq!(datagrams.len(), 1);
    assert_eq!(datagrams[0][..HEADER], bytes("41 00 0b 01 00000000 05a0"));
}

#[test]
fn a_large_frame_leaves_in_batches_that_one_system_call_can_carry() {
    let picture = ramp(512 * 256 * 3);
    let mut sender = Sender::new();
    sender.show(&picture, START);
    let mut out = Vec::new();
    let mut sizes = Vec::new();
    while let Some(Transmit { length, segment, .. }) = sender.poll_transmit(START, &mut out) {
        assert_eq!(segment, Some(HEADER + DATA));
        assert!(length <= 65_507);
        sizes.push(length.div_ceil(HEADER + DATA));
    }
    assert_eq!(sizes.iter().sum::<usize>(), 274);
    assert!(sizes.iter().all(|packets| *packets <= 64));
    assert_eq!(sizes[0], BATCH);
    assert_eq!(out.len(), picture.len() + 274 * HEADER, "batches are appended");
}

#[test]
fn nothing_is_sent_before_there_is_a_picture() {
    let mut sender = Sender::new();
    sender.refresh(START);
    assert!(datagrams(&mut sender, START).is_empty());
    assert_eq!(sender.poll_timeout(), None);
}

#[test]
fn the_same_picture_shown_again_sends_nothing_until_the_keep_alive() {
    let mut sender = Sender::new();
    sender.show(&ramp(30), START);
    let first = datagrams(&mut sender, START);
    sender.show(&ramp(30), START + Duration::from_millis(20));
    assert!(datagrams(&mut sender, START + Duration::from_millis(20)).is_empty());
    assert_eq!(sender.poll_timeout(), Some(START + KEEP_ALIVE));
    assert!(datagrams(&mut sender, START + KEEP_ALIVE - Duration::from_nanos(1)).is_empty());
    assert_eq!(datagrams(&mut sender, START + KEEP_ALIVE), first);
}

#[test]
fn keep_alives_are_at_most_one_second_apart() {
    assert!(KEEP_ALIVE <= Duration::from_secs(1));
}

#[test]
fn a_pass_that_was_begun_is_finished_with_its_own_picture_and_the_newest_one_follows() {
    let mut sender = Sender::new();
    sender.show(&vec![1; 512 * 256 * 3], START);
    let mut out = Vec::new();
    sender.poll_transmit(START, &mut out);
    for newer in [2, 3] {
        sender.show(&vec![newer; 512 * 256 * 3], START);
    }
    let datagrams = datagrams(&mut sender, START);
    let (first, second) = datagrams.split_at(274 - BATCH);
    assert_eq!(second.len(), 274);
    for (datagrams, picture) in [(first, 1), (second, 3)] {
        let bytes = datagrams.iter().flat_map(|datagram| &datagram[HEADER..]);
        assert!(bytes.copied().all(|byte| byte == picture), "{picture}");
        let pushes: Vec<_> = datagrams.iter().map(|datagram| datagram[0] & 1).collect();
        assert_eq!(pushes.iter().position(|push| *push == 1), Some(datagrams.len() - 1));
    }
    assert_eq!(sender.poll_timeout(), Some(START + KEEP_ALIVE));
}

#[test]
fn a_picture_that_is_taken_back_in_the_middle_of_a_pass_costs_no_second_one() {
    let mut sender = Sender::new();
    sender.show(&vec![1; 512 * 256 * 3], START);
    sender.poll_transmit(START, &mut Vec::new());
    sender.show(&vec![2; 512 * 256 * 3], START);
    sender.show(&vec![1; 512 * 256 * 3], START);
    assert_eq!(datagrams(&mut sender, START).len(), 274 - BATCH);
}

#[test]
fn every_packet_carries_whole_leds_and_fits_the_way() {
    for data_type in [DataType::RGB8, DataType::GREY8, DataType::GREY1, DataType::TWO_BIT] {
        let bits = data_type.bits().unwrap();
        for mtu in [100, 576, 1000, 1280, 1400, 1492, 1500, 9000] {
            let picture = ramp((20_000 * bits).div_ceil(8));
            let mut sender = Sender::of(data_type, mtu);
            sender.show(&picture, START);
            let datagrams = datagrams(&mut sender, START);
            let mut received = Vec::new();
            for datagram in &datagrams {
                let Packet { header, data } = Packet::parse(datagram).unwrap();
                assert_eq!(header.data_type, data_type);
                assert_eq!(header.offset as usize, received.len());
                assert!(data.len() <= DATA && datagram.len() + 48 <= usize::from(mtu), "{mtu}");
                assert!(data.len() * 8 % bits == 0, "{bits} bits in {} bytes", data.len());
                received.extend_from_slice(data);
            }
            assert_eq!(received, picture);
        }
    }
}

#[test]
fn refreshed_senders_repeat_together_whenever_they_were_started() {
    let whole_second = START + Duration::from_secs(1);
    let mut early = Sender::new();
    early.show(&ramp(30), START);
    datagrams(&mut early, START);
    let mut late = Sender::new();
    let started = START + Duration::from_millis(700);
    late.show(&ramp(30), started);
    datagrams(&mut late, started);

    early.refresh(whole_second);
    late.refresh(whole_second);
    let both = datagrams(&mut early, whole_second);
    assert_eq!(both, datagrams(&mut late, whole_second));
    assert_eq!(both.len(), 1);
    assert_eq!(early.poll_timeout(), late.poll_timeout());
}

#[test]
fn a_refresh_that_comes_a_little_late_finds_that_nothing_was_sent_meanwhile() {
    let mut sender = Sender::new();
    sender.show(&ramp(30), START);
    sender.refresh(START);
    assert_eq!(
        datagrams(&mut sender, START).len(),
        1,
        "show and refresh at once are one pass"
    );
    let late = START + Duration::from_millis(1050);
    assert!(datagrams(&mut sender, late).is_empty());
    sender.refresh(late);
    assert_eq!(datagrams(&mut sender, late).len(), 1);
    assert_eq!(sender.poll_timeout(), Some(late + KEEP_ALIVE + GRACE));
}

#[test]
fn a_status_question_is_answered_by_our_display() {
    let mut sender = Sender::new();
    sender.ask();
    let question = datagrams(&mut sender, START);
    assert_eq!(question, [bytes("42 00 00 fb 00000000 0000")]);

    let mut display = Receiver::new(Size::new(4, 2));
    let Ok(Received::Reply(reply)) = display.handle(&question[0]) else {
        panic!("a reply");
    };
    assert_eq!(reply[..4], bytes("44 00 00 fb"));
    sender.handle(&reply, START);
    let said = format!("Yingbi virtual display 4x2 {}", env!("CARGO_PKG_VERSION"));
    assert_eq!(sender.poll_event(), Some(Event::Answered(said)));
    assert_eq!(sender.poll_event(), None);
}

#[test]
fn a_configuration_question_tells_the_number_of_leds() {
    let mut question = Vec::new();
    Header::question(Destination::CONFIG).encode(0, &mut question);
    let mut display = Receiver::new(Size::new(4, 2)).at([127, 0, 0, 1].into());
    let Ok(Received::Reply(reply)) = display.handle(&question) else {
        panic!("a reply");
    };
    let json: serde_json::Value = serde_json::from_slice(Packet::parse(&reply).unwrap().data).unwrap();
    assert_eq!(json["config"]["ip"], "127.0.0.1");
    assert_eq!(json["config"]["ports"][0]["l"], 8);
}

/// A reply to the question for `destination`.
fn reply(destination: Destination, json: &str) -> Vec<u8> {
    let header = Header {
        query: false,
        reply: true,
        ..Header::question(destination)
    };
    let mut reply = Vec::new();
    Packet {
        header,
        data: json.as_bytes(),
    }
    .encode(&mut reply);
    reply
}

#[test]
fn what_a_display_says_of_itself_is_read_field_by_field() {
    let status =
        r#"{"status":{"man":"Falcon","mod":"F16v4","ver":"1.12\n","mac":"AA:BB:CC:DD:EE:FF","push":true,"ntp":0}}"#;
    let expected = Status {
        maker: Some("Falcon".to_owned()),
        model: Some("F16v4".to_owned()),
        version: Some("1.12".to_owned()),
        mac: Some("AA:BB:CC:DD:EE:FF".to_owned()),
        push: Some(true),
        ntp: Some(false),
    };
    let answer = Answer::parse(&reply(Destination::STATUS, status));
    assert_eq!(answer, Ok(Answer::Status(expected)));
    let config = r#"{"config":{"ip":"192.0.2.7","nm":"255.255.255.0","gw":"192.0.2.1","ports":[{"port":1,"ts":0,"l":170,"ss":0},{"port":2,"l":"340","ss":170}]}}"#;
    let Ok(Answer::Config(config)) = Answer::parse(&reply(Destination::CONFIG, config)) else {
        panic!("a configuration");
    };
    assert_eq!((config.address.as_deref(), config.leds()), (Some("192.0.2.7"), 510));
    assert_eq!((config.ports[1].number, config.ports[1].start), (2, 170));
}

#[test]
fn a_display_that_says_little_or_nonsense_is_one_all_the_same() {
    for (json, said) in [
        (r#"{"status":{"mod":"WLED"}}"#, "WLED"),
        (r#"{"ver":"16.0"}"#, "16.0"),
        ("{}", "a display that does not say what it is"),
        ("[1, 2]", "a display that does not say what it is"),
        (r#"{"config":{"ports":"many"}}"#, "0 port(s), 0 LEDs"),
        (r#"{"config":{"ports":[7, {"l":-1}]}}"#, "2 port(s), 0 LEDs"),
    ] {
        let answer = Answer::parse(&reply(Destination::STATUS, json)).unwrap();
        assert_eq!(answer.to_string(), said, "{json}");
    }
}

#[test]
fn both_questions_are_asked_once_and_before_the_picture() {
    let mut sender = Sender::new();
    sender.show(&ramp(30), START);
    sender.ask();
    sender.ask_config();
    sender.ask();
    let sent = datagrams(&mut sender, START);
    assert_eq!(sent[0], bytes("42 00 00 fb 00000000 0000"));
    assert_eq!(sent[1], bytes("42 00 00 fa 00000000 0000"));
    assert_eq!(sent.len(), 3);
}

#[test]
fn a_display_of_one_colour_takes_its_own_type_and_no_other() {
    let size = Size::new(10, 3);
    for (data_type, length) in [(0x0b, 90), (0x23, 30), (0x21, 4), (0x82, 8)] {
        let mut display = Receiver::taking(DataType(data_type), size);
        let picture = ramp(length);
        for sent in [0x0b, 0x23, 0x21, 0x82, 0x1b] {
            let header = Header {
                data_type: DataType(sent),
                ..Header::picture(0, true)
            };
            let mut datagram = Vec::new();
            Packet { header, data: &picture }.encode(&mut datagram);
            let shown = display.handle(&datagram) == Ok(Received::Shown(&picture));
            assert_eq!(shown, sent == data_type, "{sent:#04x} at {data_type:#04x}");
        }
        let header = Header {
            data_type: DataType(data_type),
            ..Header::picture(length as u32, true)
        };
        let mut datagram = Vec::new();
        Packet { header, data: &[0] }.encode(&mut datagram);
        assert!(matches!(display.handle(&datagram), Err(Refusal::Beyond { bytes, .. }) if bytes == length));
    }
    let refusal = Refusal::DataType {
        found: DataType::RGB8,
        taken: DataType::TWO_BIT,
    };
    assert_eq!(
        refusal.to_string(),
        "data type 0x0b (RGB, 8 bits); this display takes 0x82 (red and green, 1 bit each)"
    );
}

#[test]
fn whatever_is_no_reply_is_malformed_and_the_oldest_event_gives_way() {
    let mut sender = Sender::new();
    for length in 0..20 {
        sender.handle(&vec![0x40; length], START);
    }
    let events: Vec<_> = std::iter::from_fn(|| sender.poll_event()).collect();
    assert_eq!(events.len(), 16);
    let first = "4 bytes are too few: the header takes 10";
    assert_eq!(events[0], Event::Malformed(first.to_owned()));
}

#[test]
fn a_reply_that_is_not_json_is_malformed() {
    let mut sender = Sender::new();
    sender.handle(&reply(Destination::STATUS, "hello"), START);
    let Some(Event::Malformed(reason)) = sender.poll_event() else {
        panic!("malformed");
    };
    assert!(reason.starts_with("a reply that is not JSON: "), "{reason}");
}

#[test]
fn every_malformed_datagram_is_refused_with_its_reason_and_place() {
    let cases = [
        ("41 00 0b", "3 bytes are too few: the header takes 10", 3),
        (
            "51 00 0b 01 00000000 0000 00",
            "11 bytes are too few: the header takes 14",
            11,
        ),
        (
            "81 00 0b 01 00000000 0000",
            "byte 0 gives version 2; only version 1 is known",
            0,
        ),
        (
            "61 00 0b 01 00000000 0000",
            "byte 0 is 0x61: its reserved bits 0x20 must be 0",
            0,
        ),
        (
            "41 10 0b 01 00000000 0000",
            "byte 1 is 0x10: its reserved bits 0xf0 must be 0",
            1,
        ),
        (
            "41 00 0b 01 00000000 0003 ffff",
            "the header promises 3 data bytes, the datagram holds 2",
            12,
        ),
        (
            "41 00 0b 01 00000000 0001 ffff",
            "the header promises 1 data bytes, the datagram holds 2: the rest belongs to nothing",
            11,
        ),
    ];
    for (hex, message, at) in cases {
        let error = Packet::parse(&bytes(hex)).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.at()), (message, at), "{hex}");
    }
}

#[test]
fn a_refusal_is_explained_in_chinese_too() {
    let error = Packet::parse(&bytes("41 00 0b")).unwrap_err();
    assert_eq!(error.chinese(), "只有 3 个字节，不足包头的 10 个字节");
    assert_eq!(error.help().zh, "请检查发送方第 3 字节起的内容");
    assert_eq!(error.help().en, "look at the sender's bytes from offset 3 on");
}

#[test]
fn a_timecode_lies_between_header_and_data() {
    let datagram = bytes("51 00 0b 01 00000000 0003 12345678 010203");
    let packet = Packet::parse(&datagram).unwrap();
    assert_eq!(packet.header.timecode, Some(0x1234_5678));
    assert_eq!(packet.data, [1, 2, 3]);
    let mut again = Vec::new();
    packet.encode(&mut again);
    assert_eq!(again, datagram);
}

#[test]
fn a_display_takes_the_older_names_of_rgb_and_no_other_type() {
    for data_type in 0..=u8::MAX {
        let mut datagram = Vec::new();
        let header = Header {
            data_type: DataType(data_type),
            ..Header::picture(0, true)
        };
        Packet {
            header,
            data: &[1, 2, 3],
        }
        .encode(&mut datagram);
        let mut display = Receiver::new(Size::new(1, 1));
        let shown = display.handle(&datagram) == Ok(Received::Shown(&[1, 2, 3]));
        assert_eq!(shown, [0x00, 0x01, 0x0a, 0x0b].contains(&data_type), "{data_type:#04x}");
    }
}

#[test]
fn a_display_refuses_what_is_not_for_it_and_counts_it() {
    let cases = [
        ("45 00 0b 01 00000000 0000", "a reply, but a display asks nothing"),
        ("49 00 0b 01 00000000 0000", "this display has no storage"),
        ("41 00 0b 02 00000000 0000", "data for display 2, which is not here"),
        ("42 00 00 f6 00000000 0000", "data for JSON control, which is not here"),
        (
            "41 00 1b 01 00000000 0004 01020304",
            "data type 0x1b (RGBW, 8 bits); this display takes 0x0b, and 0x00, 0x01, 0x0a for the same",
        ),
        (
            "41 00 0b 01 00000004 0003 010203",
            "data up to byte 7; the display's 2x1 LEDs end at byte 6",
        ),
        (
            "41 00 0b 01 ffffffff 0003 010203",
            "data up to byte 4294967298; the display's 2x1 LEDs end at byte 6",
        ),
    ];
    let mut display = Receiver::new(Size::new(2, 1));
    for (hex, message) in cases {
        assert_eq!(display.handle(&bytes(hex)).unwrap_err().to_string(), message);
    }
    let malformed = display.handle(&[]).unwrap_err();
    assert_eq!(
        malformed,
        Refusal::Malformed(PacketError::TooShort { found: 0, needed: 10 })
    );
    let counts = display.counts();
    assert_eq!(
        (counts.datagrams, counts.refused, counts.malformed, counts.pictures),
        (8, 7, 1, 0)
    );
}

#[test]
fn a_lost_packet_leaves_the_old_picture_in_its_place() {
    let size = Size::new(482, 1);
    let mut display = Receiver::new(size);
    for datagram in frame(&[1; 482 * 3]) {
        display.handle(&datagram).unwrap();
    }
    let second = frame(&[2; 482 * 3]);
    let Ok(Received::Shown(picture)) = display.handle(&second[1]) else {
        panic!("shown");
    };
    assert!(picture[..DATA].iter().all(|byte| *byte == 1));
    assert!(picture[DATA..].iter().all(|byte| *byte == 2));
    assert_eq!((display.counts().pictures, display.counts().partial), (2, 1));
}

#[test]
fn a_sender_that_counts_betrays_what_was_lost() {
    let mut display = Receiver::new(Size::new(1, 1));
    for sequence in [13, 14, 15, 1, 2, 5, 5] {
        let header = Header {
            sequence,
            ..Header::picture(0, false)
        };
        let mut datagram = Vec::new();
        Packet { header, data: &[] }.encode(&mut datagram);
        display.handle(&datagram).unwrap();
    }
    // 3 and 4; then 5 again, which is the fifteenth after 5 as far as anybody can tell.
    assert_eq!(display.counts().lost, 2 + 14);
}

fn frame(picture: &[u8]) -> Vec<Vec<u8>> {
    let mut sender = Sender::new();
    sender.show(picture, START);
    datagrams(&mut sender, START)
}

proptest! {
    #[test]
    fn any_picture_arrives_as_it_was_shown((width, height, seed) in (1_u32..200, 1_u32..60, any::<u8>())) {
        let size = Size::new(width, height);
        let picture: Vec<u8> = ramp(size.leds() * 3).iter().map(|byte| byte ^ seed).collect();
        let mut display = Receiver::new(size);
        let datagrams = frame(&picture);
        let (last, others) = datagrams.split_last().unwrap();
        for datagram in others {
            prop_assert_eq!(display.handle(datagram), Ok(Received::Stored));
        }
        prop_assert_eq!(display.handle(last), Ok(Received::Shown(&picture)));
        prop_assert_eq!(display.counts().partial, 0);
    }

    #[test]
    fn no_bytes_make_either_side_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let mut display = Receiver::new(Size::new(3, 3));
        let _ = display.handle(&bytes);
        let mut sender = Sender::new();
        sender.handle(&bytes, START);
        prop_assert!(sender.poll_event().is_some());
    }

    #[test]
    fn whatever_parses_encodes_again(
        mut bytes in prop::collection::vec(any::<u8>(), HEADER..40),
        flags in 0_u8..0x20,
    ) {
        bytes[0] = 0x40 | flags;
        bytes[1] &= 0x0f;
        let header = if flags & 0x10 == 0 { HEADER } else { HEADER + 4 };
        prop_assume!(bytes.len() >= header);
        bytes[8] = 0;
        bytes[9] = (bytes.len() - header) as u8;
        let packet = Packet::parse(&bytes).unwrap();
        let mut again = Vec::new();
        packet.encode(&mut again);
        prop_assert_eq!(again, bytes);
    }
}
