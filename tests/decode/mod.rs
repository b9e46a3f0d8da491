//! `yingbi decode`: lines of hex digits and captures, told field by field.

mod dmx;
mod onbon;

use proptest::prelude::*;
use yingbi::{
    cli::decode::{DecodeError, Options, Outcome, Protocol, decode},
    diagnostic::{Explain as _, Language},
};

use crate::support::wire::bytes;

/// Two sound packets and a malformed one on Ethernet over IPv4, as text2pcap 4.0.17 writes them.
const ETHERNET: &str = "
d4c3b2a1020004000000000000000000000004000100000005e1036b010000003c0000003c0000002052454356002053454e
440008004500002912340000ff112584c0000201c000020ac3500fd00015599040010b010000000000030102030000000000
05e1036b020000003c0000003c0000002052454356002053454e440008004500002912340000ff112584c0000201c000020a
c3500fd00015528941020b01000000030003040506000000000005e1036b030000003c0000003c0000002052454356002053
454e440008004500002712340000ff112586c0000201c000020ac3500fd00013558e41030b010000000000090700000000000000";

/// The headers before the UDP datagram of one packet: IPv4 from 192.0.2.1 to 192.0.2.10.
const IPV4: &str = "4500002912340000ff112584c0000201c000020a";

/// A sound packet of three bytes from port 50000 to port 4048.
const UDP: &str = "c3500fd00015599040010b01000000000003010203";

fn options(json: bool) -> Options {
    Options {
        wire: Protocol::Ddp.into(),
        file: None,
        port: 4048,
        json,
        language: Language::English,
    }
}

fn told(input: &[u8], options: &Options) -> Result<(String, Outcome), DecodeError> {
    let mut out = Vec::new();
    let outcome = decode(input, options, &mut out)?;
    Ok((String::from_utf8(out).unwrap(), outcome))
}

fn text(input: &[u8]) -> String {
    told(input, &options(false)).unwrap().0
}

/// A capture with one record of `link`, written here field by field.
fn capture(link: u32, record: &[u8]) -> Vec<u8> {
    let length = u32::try_from(record.len()).unwrap();
    let head = [0xa1b2_c3d4, 0x0002_0004, 0, 0, 262_144, link];
    let record_head = [1_778_810_400, 250_000, length, length];
    let words = head
        .iter()
        .chain(&record_head)
        .flat_map(|word: &u32| word.to_be_bytes());
    words.chain(record.iter().copied()).collect()
}

#[test]
fn a_line_of_hex_becomes_named_fields() {
    let line = "40 01 0b 01 00000000 0003 010203";
    let expected = "line 1: sequence 1  type 0x0b (RGB, 8 bits)  destination 1 (default display)  offset 0  length 3  data 01 02 03\n";
    assert_eq!(text(line.as_bytes()), expected);
}

#[test]
fn flags_timecode_and_long_data_are_told() {
    let line = format!("51 00 1b ff 00000010 0014 12345678 {}", "ab".repeat(20));
    let expected = "line 1: push  sequence 0  type 0x1b (RGBW, 8 bits)  destination 255 (every display)  offset 16  length 20  \
        timecode 0x12345678  data ab ab ab ab ab ab ab ab ab ab ab ab … (20 bytes)\n";
    assert_eq!(text(line.as_bytes()), expected);
}

#[test]
fn a_status_reply_is_told_as_text() {
    let json = r#"{"status":{"man":"x"}}"#;
    let hex: String = json.bytes().map(|byte| format!("{byte:02x}")).collect();
    let line = format!("44 00 00 fb 00000000 {:04x} {hex}", json.len());
    let (told, _) = told(line.as_bytes(), &options(true)).unwrap();
    let object: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(object["text"], json);
    assert_eq!(object["reply"], true);
}

#[test]
fn people_write_hex_in_many_ways() {
    let ways = [
        "41000b0100000000000100",
        "41:00:0b:01:00:00:00:00:00:01:00",
        "0x41, 0x00, 0x0B, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00",
        "\u{feff}41 00 0B 01\t0000 0000 0001 00 # one LED's red",
        "41000b0100000000000100\r",
    ];
    for way in ways {
        let (told, outcome) = told(way.as_bytes(), &options(false)).unwrap();
        assert!(told.ends_with("length 1  data 00\n"), "{way}: {told}");
        assert_eq!(outcome.packets, 1);
    }
}

#[test]
fn empty_lines_and_comments_are_passed_over_but_counted() {
    let input = "\n# nothing\n\n41000b01000000000000";
    assert!(text(input.as_bytes()).starts_with("line 4: push  sequence 0 "));
}

#[test]
fn malformed_bytes_are_named_with_their_place_and_the_rest_goes_on() {
    let input = "81 00 0b 01 00000000 0000\n41 00 0b 01 00000000 0003 ffff\n41 0\n41 xy\n41 00 0b 01 00000000 0000\n";
    let (told, outcome) = told(input.as_bytes(), &options(false)).unwrap();
    let lines: Vec<_> = told.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "line 1: malformed at byte 0: byte 0 gives version 2; only version 1 is known; bytes 81 00 0b 01 00 00 00 00 00 00",
            "line 2: malformed at byte 12: the header promises 3 data bytes, the datagram holds 2; bytes 41 00 0b 01 00 00 00 00 00 03 ff ff",
            "line 3: malformed at byte 1: column 4: a byte takes two hex digits",
            "line 4: malformed at byte 1: column 4: 'x' is no hex digit",
        ]
    );
    assert_eq!(lines.len(), 5);
    assert_eq!((outcome.packets, outcome.malformed), (1, 4));
}

#[test]
fn malformed_bytes_are_named_in_chinese_too() {
    let chinese = Options {
        language: Language::Chinese,
        ..options(false)
    };
    let (told, _) = told(b"41 00", &chinese).unwrap();
    assert_eq!(
        told,
        "第 1 行：第 2 字节有误：只有 2 个字节，不足包头的 10 个字节；数据 41 00\n"
    );
}

#[test]
fn json_lines_have_the_documented_fields() {
    let (told, _) = told(b"41 02 0b 01 000005a0 0002 0102\n41", &options(true)).unwrap();
    let expected = r#"{"line":1,"push":true,"query":false,"reply":false,"storage":false,"sequence":2,"type":11,"type_name":"RGB, 8 bits","destination":1,"destination_name":"default display","offset":1440,"length":2,"data":"0102"}
{"line":2,"malformed":{"at":1,"reason":"1 bytes are too few: the header takes 10","reason_zh":"只有 1 个字节，不足包头的 10 个字节"},"bytes":"41"}
"#;
    assert_eq!(told, expected);
}

#[test]
fn a_capture_on_ethernet_is_told_record_by_record() {
    let (told, outcome) = told(&bytes(ETHERNET), &options(false)).unwrap();
    let place = "2026-11-23T06:45:25.000001Z 192.0.2.1:50000 > 192.0.2.10:4048";
    let lines: Vec<_> = told.lines().collect();
    assert_eq!(
        lines[0],
        format!(
            "record 1 {place}: sequence 1  type 0x0b (RGB, 8 bits)  destination 1 (default display)  offset 0  length 3  data 01 02 03"
        )
    );
    assert!(lines[2].ends_with("malformed at byte 11: the header promises 9 data bytes, the datagram holds 1; bytes 41 03 0b 01 00 00 00 00 00 09 07"));
    assert_eq!((outcome.packets, outcome.malformed, outcome.others), (2, 1, 0));
}

#[test]
fn a_capture_as_json_says_when_and_between_whom() {
    let (told, _) = told(&bytes(ETHERNET), &options(true)).unwrap();
    let first: serde_json::Value = serde_json::from_str(told.lines().next().unwrap()).unwrap();
    assert_eq!(first["record"], 1);
    assert_eq!(first["time"], "2026-11-23T06:45:25.000001Z");
    assert_eq!(first["from"], "192.0.2.1:50000");
    assert_eq!(first["to"], "192.0.2.10:4048");
    assert_eq!(first["data"], "010203");
}

#[test]
fn every_kind_of_link_leads_to_the_same_packet() {
    let ethernet = format!("02000000000a 020000000001 0800 {IPV4} {UDP}");
    let tagged = format!("02000000000a 020000000001 8100 0007 0800 {IPV4} {UDP}");
    let cooked = format!("0000 0304 0006 000000000000 0000 0800 {IPV4} {UDP}");
    let cooked_2 = format!("0800 0000 00000001 0304 00 06 0000000000000000 {IPV4} {UDP}");
    let loopback = format!("02000000 {IPV4} {UDP}");
    let raw = format!("{IPV4} {UDP}");
    let raw_6 = format!("60000000 0015 11 40 20010db8{:024}20010db8{:024} {UDP}", 1, 2);
    let cases = [
        (1, ethernet),
        (1, tagged),
        (113, cooked),
        (276, cooked_2),
        (0, loopback),
        (101, raw.clone()),
        (228, raw),
        (229, raw_6),
    ];
    for (link, record) in cases {
        let (told, outcome) = told(&capture(link, &bytes(&record)), &options(false)).unwrap();
        assert!(told.starts_with("record 1 2026-05-15T02:00:00.25Z "), "{link}: {told}");
        assert!(told.ends_with("offset 0  length 3  data 01 02 03\n"), "{link}: {told}");
        assert_eq!(outcome.packets, 1);
    }
}

#[test]
fn other_ports_are_counted_and_can_be_asked_for() {
    let capture = capture(101, &bytes(&format!("{IPV4} {}", UDP.replace("0fd0", "1000"))));
    let (told_of_4048, outcome) = told(&capture, &options(false)).unwrap();
    assert_eq!((told_of_4048.as_str(), outcome.others), ("", 1));
    let asked = Options {
        port: 4096,
        ..options(false)
    };
    assert_eq!(told(&capture, &asked).unwrap().1.packets, 1);
}

#[test]
fn a_batch_captured_before_its_segmentation_is_told_packet_by_packet() {
    let packets = "40000b01000000000003010203 40000b01000000030003040506 41000b01000000060001 07";
    let length = bytes(packets).len() + 8;
    let record = format!(
        "4500{:04x}12340000ff110000c0000201c000020a c3500fd0{length:04x}0000 {packets}",
        length + 20
    );
    let (told, outcome) = told(&capture(101, &bytes(&record)), &options(false)).unwrap();
    let lines: Vec<_> = told.lines().collect();
    assert_eq!(outcome.packets, 3);
    assert!(lines[0].contains("192.0.2.10:4048 part 1: sequence 0 "), "{told}");
    assert!(lines[2].contains(" part 3: push "), "{told}");
}

#[test]
fn a_capture_that_ends_in_the_middle_tells_what_came_before() {
    let whole = bytes(ETHERNET);
    let mut out = Vec::new();
    let error = decode(&whole[..150], &options(false), &mut out).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the capture is damaged after record 1: it ends in the middle of a record"
    );
    assert_eq!(error.chinese(), "抓包文件在第 1 条记录之后损坏：文件在一条记录中间结束");
    assert_eq!(String::from_utf8(out).unwrap().lines().count(), 1);
}

#[test]
fn a_capture_of_another_kind_of_network_is_refused() {
    let error = told(&capture(127, &[0; 40]), &options(false)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "record 1 of the capture is of link type 127, which is not known"
    );
}

#[test]
fn a_line_of_a_megabyte_is_refused() {
    let error = told("41 ".repeat(350_000).as_bytes(), &options(false)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 1 is longer than 524288 bytes, which no datagram needs"
    );
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let missing = Options {
        file: Some("no/such/file".into()),
        ..options(false)
    };
    let error = yingbi::cli::decode::run(&missing, &mut Vec::new()).unwrap_err();
    assert!(error.to_string().starts_with("cannot open no/such/file: "), "{error}");
}

proptest! {
    #[test]
    fn no_input_makes_it_panic(input in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = told(&input, &options(true));
    }

    #[test]
    fn no_damage_to_a_capture_makes_it_panic(
        at in 4_usize..252,
        value in any::<u8>(),
        cut in 4_usize..=252,
    ) {
        let mut capture = bytes(ETHERNET);
        capture[at] = value;
        capture.truncate(cut);
        let _ = told(&capture, &options(false));
    }
}
