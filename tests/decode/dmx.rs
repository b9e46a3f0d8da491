//! sACN and Art-Net, told field by field. The datagrams are other programs': the package `sacn` of PyPI, OLA, and `stupidArtnet`.

use yingbi::cli::decode::{Options, Protocol};

use super::{bytes, capture, options};

/// Three slots of universe 1, as the package `sacn` 1.11.0 writes it but for the slots that it fills up with.
const SLOTS: &str = "001000004153432d45312e3137000000707100000004000102030405060708090a0b0c0d0e0f705b000000026c6f6262790000000000
    00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000078f9ff00000001700e
    02a100000001000400ff8001";

/// Its synchronisation.
const SYNCHRONISATION: &str =
    "001000004153432d45312e3137000000702100000008000102030405060708090a0b0c0d0e0f700b0000000105f9ff0000";

/// Its list of universes.
const LISTING: &str = "001000004153432d45312e3137000000706e00000008000102030405060708090a0b0c0d0e0f7058000000026c6f626279000000\
    00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
    0000700e00000001000000010002f9ff";

const DMX: &str = "4172742d4e657400 0050 000e 00 00 0500 0006 ff8001000000";
const SYNC: &str = "4172742d4e657400 0052 000e 00 00";
const POLL: &str = "4172742d4e657400 0020 000e 02 00";

fn told(protocol: Protocol, json: bool, lines: &[&str]) -> Vec<String> {
    let options = Options {
        wire: protocol.into(),
        port: protocol.port(),
        ..options(json)
    };
    let lines: Vec<String> = lines.iter().map(|line| line.replace([' ', '\n'], "")).collect();
    let (told, _) = super::told(lines.join("\n").as_bytes(), &options).unwrap();
    told.lines().map(str::to_owned).collect()
}

#[test]
fn datagrams_of_sacn_become_named_fields() {
    let lines = told(Protocol::Sacn, false, &[SLOTS, SYNCHRONISATION, LISTING]);
    let cid = "cid 00010203-0405-0607-0809-0a0b0c0d0e0f";
    assert_eq!(
        lines,
        [
            format!(
                "line 1: data  universe 1  sequence 0  priority 120  sync_address 63999  source_name lobby  {cid}  start_code 0  slots 3  data ff 80 01"
            ),
            format!("line 2: sync  sync_address 63999  sequence 5  {cid}"),
            format!("line 3: discovery  source_name lobby  page 0  last_page 0  universes [1, 2, 63999]  {cid}"),
        ]
    );
}

#[test]
fn fields_of_sacn_in_json_are_those_documented() {
    let lines = told(Protocol::Sacn, true, &[SLOTS, SYNCHRONISATION, LISTING]);
    let cid = r#""cid":"00010203-0405-0607-0809-0a0b0c0d0e0f""#;
    assert_eq!(
        lines,
        [
            format!(
                r#"{{"line":1,"packet":"data",{cid},"source_name":"lobby","priority":120,"sync_address":63999,"sequence":0,"preview":false,"terminated":false,"force_sync":false,"universe":1,"start_code":0,"slots":3,"data":"ff8001"}}"#
            ),
            format!(r#"{{"line":2,"packet":"sync",{cid},"sequence":5,"sync_address":63999}}"#),
            format!(
                r#"{{"line":3,"packet":"discovery",{cid},"source_name":"lobby","page":0,"last_page":0,"universes":[1,2,63999]}}"#
            ),
        ]
    );
}

#[test]
fn datagrams_of_art_net_become_named_fields() {
    let lines = told(Protocol::ArtNet, false, &[DMX, SYNC, POLL]);
    assert_eq!(
        lines,
        [
            "line 1: ArtDmx  universe 5 (net 0, sub-net 0, universe 5)  sequence 0  physical 0  length 6  data ff 80 01 00 00 00",
            "line 2: ArtSync",
            "line 3: ArtPoll  flags 0x02  diag_priority 0x00  target 0 to 0  esta 0x0000  oem 0x0000",
        ]
    );
}

#[test]
fn fields_of_art_net_in_json_are_those_documented() {
    let lines = told(Protocol::ArtNet, true, &[DMX, SYNC, POLL]);
    assert_eq!(
        lines,
        [
            r#"{"line":1,"packet":"ArtDmx","sequence":0,"physical":0,"universe":5,"length":6,"data":"ff8001000000"}"#,
            r#"{"line":2,"packet":"ArtSync"}"#,
            r#"{"line":3,"packet":"ArtPoll","flags":2,"diag_priority":0,"target":[0,0],"esta":0,"oem":0}"#,
        ]
    );
}

/// OLA's answer to an ArtPoll: one port that puts out universe 1 of sub-net 2 of net 0.
fn answer() -> String {
    let mut page = vec![0_u8; 239];
    let mut put = |at: usize, field: &[u8]| page[at..at + field.len()].copy_from_slice(field);
    put(0, b"Art-Net\0\x00\x21\x7f\x00\x00\x01\x36\x19");
    put(19, &[2, 0x04, 0x31]);
    put(24, &[0x70, 0x7a]);
    put(26, b"OLA - Art\nNode");
    put(44, b"OLA - ArtNet node");
    put(108, b"#0001 [1] OLA");
    put(172, &[0, 1, 0x80]);
    put(190, &[1]);
    put(201, &[2, 0, 0, 0, 0, 1]);
    page.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_answer_of_a_node_is_told_and_cannot_spoil_the_line() {
    let lines = told(Protocol::ArtNet, false, &[&answer()]);
    assert_eq!(lines.len(), 1);
    let start = "line 1: ArtPollReply  ip_address 127.0.0.1  port 6454  short_name OLA - Art\\nNode  long_name OLA - ArtNet node  node_report #0001 [1] OLA  net 0  sub_net 2  num_ports 1  port_types [80, 00, 00, 00]  outputs [33]";
    assert!(lines[0].starts_with(start), "{}", lines[0]);
    let json: serde_json::Value = serde_json::from_str(&told(Protocol::ArtNet, true, &[&answer()])[0]).unwrap();
    assert_eq!(json["packet"], "ArtPollReply");
    assert_eq!(
        (&json["outputs"][0], &json["esta"], &json["oem"]),
        (&33.into(), &0x7a70.into(), &0x0431.into())
    );
    assert_eq!(json["mac"], "02:00:00:00:00:01");
}

#[test]
fn malformed_bytes_are_named_with_their_place() {
    let short = &SYNCHRONISATION[..SYNCHRONISATION.len() - 2];
    let [told_sacn] = &told(Protocol::Sacn, true, &[short])[..] else {
        panic!("one line")
    };
    let json: serde_json::Value = serde_json::from_str(told_sacn).unwrap();
    assert_eq!(json["malformed"]["at"], 16);
    assert_eq!(json["bytes"], *short);
    let spoilt = DMX.replace("0006", "0007");
    let [told_art_net] = &told(Protocol::ArtNet, false, &[&spoilt])[..] else {
        panic!("one line")
    };
    assert!(
        told_art_net.starts_with("line 1: malformed at byte 16: "),
        "{told_art_net}"
    );
}

/// Datagrams that the system was to cut apart, in one record from port `port` to the same one.
fn batch(port: u16, datagrams: &[&str]) -> Vec<u8> {
    let all: Vec<u8> = datagrams.iter().flat_map(|datagram| bytes(datagram)).collect();
    let length = all.len() + 8;
    let head = format!(
        "4500{:04x}12340000ff110000c0000201c000020a {port:04x}{port:04x}{length:04x}0000",
        length + 20
    );
    [bytes(&head), all].concat()
}

#[test]
fn batches_captured_before_their_segmentation_are_told_datagram_by_datagram() {
    for (protocol, datagrams) in [
        (Protocol::Sacn, [SLOTS, SLOTS, SYNCHRONISATION]),
        (Protocol::ArtNet, [DMX, DMX, SYNC]),
    ] {
        let options = Options {
            wire: protocol.into(),
            port: protocol.port(),
            ..options(false)
        };
        let record = capture(101, &batch(protocol.port(), &datagrams));
        let (told, outcome) = super::told(&record, &options).unwrap();
        assert_eq!((outcome.packets, outcome.malformed), (3, 0), "{told}");
        assert!(told.lines().last().unwrap().contains(" part 3: "), "{told}");
    }
}
