//! Replies and what stands in them, byte for byte.

use proptest::{collection::vec, prelude::*};
use yingbi::controller::{
    card::CardColour,
    onbon::message::{
        Clock, Directory, DirectoryEntry, DirectorySize, ErrorCode, Field, FileBlock, FileHead, FileName, Firmware,
        Health, Identity, MessageError, More, Reply, Search, Server, Status, TransferState, Volume,
    },
};

use crate::support::wire::bytes;

fn encoded(encode: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::new();
    encode(&mut out);
    out
}

/// A BX-5E2 of 64x32, as the reply to a ping has it.
const FIVE: &str = "5402 56312e302e302e30 01 0100 02 4000 2000 03 0f 01 0700 10 00 4000 00 01 02 00";

/// A BX-6E2 of 320x32, up to its barcode.
const SIX: &str =
    "7402 5631342e31300000 01 feff 01 4001 2000 01 07 00 0304 08 01 2000 01 02 03 01 30313233343536373839616263646566";

fn six_whole() -> String {
    format!(
        "{SIX} 7573 {} 6c6f626279 {} 09000000",
        "00".repeat(126),
        "00".repeat(123)
    )
}

fn five() -> Identity {
    Identity {
        device: [0x54, 0x02],
        firmware: "V1.0.0.0".into(),
        is_configured: true,
        address: 1,
        baud: 2,
        width: 64,
        height: 32,
        colour: 3,
        brightness: Some(15),
        is_on: Some(true),
        scan: Some(7),
        rows: Some(16),
        has_shades: Some(false),
        unit_width: Some(64),
        more: Some(More::Five {
            cascade: 0,
            host: 1,
            packet_mode: 2,
            spare: 0,
        }),
    }
}

fn six() -> Identity {
    Identity {
        device: [0x74, 0x02],
        firmware: "V14.10".into(),
        is_configured: true,
        address: 0xfffe,
        baud: 1,
        width: 320,
        height: 32,
        colour: 1,
        brightness: Some(7),
        is_on: Some(false),
        scan: Some(0x0403),
        rows: Some(8),
        has_shades: Some(true),
        unit_width: Some(32),
        more: Some(More::Six {
            codec: 1,
            udp_packet_mode: 2,
            packet_mode: 3,
            barcode: Some(*b"0123456789abcdef"),
            web_user: "us".into(),
            web_name: "lobby".into(),
            web_group: 9,
        }),
    }
}

fn status() -> Status {
    Status {
        is_on: true,
        has_hours: false,
        brightness_mode: 1,
        brightness: 12,
        programs: 2,
        program: FileName(*b"P001"),
        is_screen_locked: false,
        is_program_locked: true,
        running_mode: 0,
        is_clock_sound: true,
        clock: Some(Clock {
            year: 2026,
            month: 11,
            day: 23,
            hour: 2,
            minute: 44,
            second: 20,
            week: 1,
        }),
        temperatures: [0x0001_0203, 4],
        humidity: 0x0506,
        noise: 7,
        button: 1,
        customer: None,
        barcode: None,
    }
}

const STATUS: &str = "01 00 01 0c 0200 50303031 00 01 00 01 2620112302442001 030201 040000 0605 0700 01";

#[test]
fn an_acknowledgement_and_a_refusal_are_the_bytes_of_the_tables() {
    let ack = bytes("00 a0 00 0000 0000 0000");
    assert_eq!(encoded(|out| Reply::ACK.encode(out)), ack);
    assert_eq!(Reply::parse(&ack), Ok(Reply::ACK));
    let busy = bytes("00 a0 01 0100 0300 0000");
    let refusal = Reply::refusal(ErrorCode::BUSY);
    assert_eq!(encoded(|out| refusal.encode(out)), busy);
    assert_eq!(Reply::parse(&busy), Ok(refusal));
    assert!(Reply::ACK.is_ack() && !refusal.is_ack() && refusal.nack);
}

#[test]
fn a_reply_is_read_however_it_refuses_and_whatever_follows_it() {
    let by_status = Reply::parse(&bytes("00 a2 85 0500 0e00 0000")).map(|reply| (reply.nack, reply.error));
    assert_eq!(by_status, Ok((true, ErrorCode::DATE)));
    let by_command = Reply::parse(&bytes("00 a0 01 0000 0e00 0000")).map(|reply| reply.nack);
    assert_eq!(by_command, Ok(true));
    let more =
        Reply::parse(&[bytes("07 a2 80 0000 0000 0200 0102"), vec![3, 4]].concat()).map(|reply| reply.data.to_vec());
    assert_eq!(more, Ok(vec![1, 2]));
    let less = Reply::parse(&[0, 0xa2, 0x80, 0, 0, 0, 0, 2, 0, 1]).unwrap_err();
    let at = 7;
    assert_eq!(
        less,
        MessageError::Length {
            at,
            promised: 2,
            found: 1
        }
    );
    let short = Reply::parse(&[0, 0xa2, 0x80, 0]).unwrap_err();
    let field = Field::new("状态", "status");
    assert_eq!(short, MessageError::Short { found: 4, field });
}

#[test]
fn the_reply_to_a_ping_is_read_and_written_for_both_generations() {
    for (identity, hex) in [(five(), FIVE.to_owned()), (six(), six_whole())] {
        assert_eq!(encoded(|out| identity.encode(out)), bytes(&hex));
        assert_eq!(Identity::parse(&bytes(&hex)), Ok(identity));
    }
    let colours = [1, 3, 7, 255, 0].map(|colour| Identity { colour, ..six() }.card_colour());
    let known = [
        Some(CardColour::Single),
        Some(CardColour::Dual),
        None,
        Some(CardColour::Full),
        None,
    ];
    assert_eq!(colours, known);
}

#[test]
fn old_firmware_says_less_of_itself_and_is_understood() {
    for (whole, hex) in [(five(), FIVE.to_owned()), (six(), six_whole())] {
        let all = bytes(&hex);
        for length in 0..all.len() {
            let Ok(identity) = Identity::parse(&all[..length]) else {
                assert!(length < 19, "{length}");
                continue;
            };
            assert!(length >= 19);
            assert_eq!(
                (identity.width, identity.height, identity.colour),
                (whole.width, whole.height, whole.colour)
            );
            let told = [
                (
                    20,
                    identity.brightness.is_some(),
                    identity.brightness == whole.brightness,
                ),
                (21, identity.is_on.is_some(), identity.is_on == whole.is_on),
                (23, identity.scan.is_some(), identity.scan == whole.scan),
                (24, identity.rows.is_some(), identity.rows == whole.rows),
                (
                    25,
                    identity.has_shades.is_some(),
                    identity.has_shades == whole.has_shades,
                ),
                (
                    27,
                    identity.unit_width.is_some(),
                    identity.unit_width == whole.unit_width,
                ),
                (28, identity.more.is_some(), true),
            ];
            for (needed, is_some, is_same) in told {
                assert_eq!(is_some, length >= needed, "{needed} of {length}");
                assert!(is_same || !is_some, "{needed} of {length}");
            }
        }
    }
}

#[test]
fn a_status_is_read_and_written_for_both_generations() {
    let plain = status();
    assert_eq!(encoded(|out| plain.encode(out)), bytes(STATUS));
    assert_eq!(Status::parse(&bytes(STATUS)), Ok(plain));
    let six = Status {
        customer: Some(*b"customer----"),
        barcode: Some(*b"0123456789abcdef"),
        ..plain
    };
    let hex = format!("{STATUS} 637573746f6d65722d2d2d2d 30313233343536373839616263646566");
    assert_eq!(encoded(|out| six.encode(out)), bytes(&hex));
    assert_eq!(Status::parse(&bytes(&hex)), Ok(six));
}

#[test]
fn a_status_that_ends_behind_its_clock_is_enough() {
    let all = bytes(STATUS);
    for length in 0..all.len() {
        match Status::parse(&all[..length]) {
            Ok(found) => {
                assert!(length >= 22);
                assert_eq!((found.clock, found.program), (status().clock, status().program));
                assert_eq!(found.button, 0);
                assert_eq!(found.humidity, if length >= 30 { 0x0506 } else { 0 });
            }
            Err(_) => assert!(length < 22, "{length}"),
        }
    }
}

#[test]
fn a_clock_that_is_no_number_leaves_the_rest_of_a_status() {
    let mut all = bytes(STATUS);
    all[13] = 0;
    all[16] = 0xff;
    let found = Status::parse(&all).unwrap();
    assert_eq!((found.clock, found.is_clock_sound, found.noise), (None, false, 7));
    let again = encoded(|out| found.encode(out));
    assert_eq!(Status::parse(&again), Ok(found));
}

#[test]
fn replies_of_the_file_system_are_the_bytes_of_the_tables() {
    let directory = Directory {
        is_last: true,
        offset: 2,
        entries: vec![
            DirectoryEntry {
                name: FileName(*b"P000"),
                kind: 0,
                length: 92,
                crc: 0x701d_b739,
            },
            DirectoryEntry {
                name: FileName(*b"D000"),
                kind: 9,
                length: 529,
                crc: 0xf83a_d265,
            },
        ],
    };
    let hex = "01 0200 0200 50303030 00 5c000000 39b71d70 44303030 09 11020000 65d23af8";
    assert_eq!(encoded(|out| directory.encode(out)), bytes(hex));
    assert_eq!(Directory::parse(&bytes(hex)), Ok(directory));
    assert!(Directory::parse(&bytes("01 0000 0200 50303030 00 5c000000 39b71d70")).is_err());
    let size = DirectorySize { files: 0x102 };
    assert_eq!(encoded(|out| size.encode(out)), [2, 1]);
    assert_eq!(DirectorySize::parse(&[2, 1]), Ok(size));
    let head = FileHead {
        name: FileName(*b"P000"),
        length: 92,
        crc: 0x701d_b739,
    };
    let hex = "50303030 5c000000 39b71d70";
    assert_eq!(encoded(|out| head.encode(out)), bytes(hex));
    assert_eq!(FileHead::parse(&bytes(hex)), Ok(head));
    let block = FileBlock {
        is_last: false,
        name: FileName(*b"P000"),
        offset: 1024,
        data: &[7, 8],
    };
    let hex = bytes("00 50303030 00040000 0708");
    assert_eq!(encoded(|out| block.encode(out)), hex);
    assert_eq!(FileBlock::parse(&hex), Ok(block));
    let volume = Volume {
        total: 0x0100_0000,
        free: 0x1234,
    };
    let hex = "00000001 34120000";
    assert_eq!(encoded(|out| volume.encode(out)), bytes(hex));
    assert_eq!(Volume::parse(&bytes(hex)), Ok(volume));
    let state = TransferState {
        way: 1,
        name: FileName(*b"D000"),
        crc: 0xf83a_d265,
        offset: 512,
    };
    let hex = "01 44303030 65d23af8 00020000";
    assert_eq!(encoded(|out| state.encode(out)), bytes(hex));
    assert_eq!(TransferState::parse(&bytes(hex)), Ok(state));
}

#[test]
fn a_card_that_is_found_on_the_network_says_all_of_itself() {
    let search = Search {
        mac: [2, 0, 0, 0, 0, 9],
        ip: [192, 168, 0, 199],
        mask: [255, 255, 255, 0],
        gateway: [192, 168, 0, 1],
        port: 5005,
        ip_mode: 2,
        ip_status: 1,
        server_mode: 0,
        server: Server {
            ip: [10, 0, 0, 7],
            port: 10_011,
            password: "secret".into(),
            heartbeat: 60,
            customer: "lobby".into(),
        },
        barcode: *b"0123456789abcdef",
        device: [0x74, 0x02],
        firmware: "V14.10".into(),
        is_configured: true,
        address: 1,
        baud: 2,
        width: 320,
        height: 32,
        colour: 3,
        brightness_mode: 1,
        brightness: 9,
        has_hours: true,
        is_on: false,
        scan: 0x0403,
        rows: 16,
        has_shades: true,
        unit_width: 32,
        codec: 1,
        udp_packet_mode: 2,
        packet_mode: 3,
        has_barcode: true,
        programs: 1,
        program: FileName(*b"P000"),
        is_screen_locked: true,
        is_program_locked: false,
        running_mode: 4,
        is_clock_sound: true,
        clock: [0x26, 0x20, 0x11, 0x23, 0x02, 0x44, 0x20, 0x01],
        temperatures: [0x0001_0203, 4],
        humidity: 0x0506,
        noise: 7,
        switch_mode: 8,
        log_flag: 9,
        power_on_delay: 10,
    };
    let hex = format!(
        "020000000009 c0a800c7 ffffff00 c0a80001 8d13 02 01 00 0a000007 1b27 7365637265740000 3c00 6c6f62627900000000000000
        30313233343536373839616263646566 7402 5631342e31300000 01 0100 02 4001 2000 03 01 09 01 00 0304 10 01 2000 01 02 03 01
        0100 50303030 01 00 04 01 2620112302442001 030201 040000 0605 0700 08 09 0a00 {}",
        "00".repeat(32)
    );
    assert_eq!(encoded(|out| search.encode(out)), bytes(&hex));
    assert_eq!(Search::parse(&bytes(&hex)).as_ref(), Ok(&search));
    let old = Search::parse(&bytes(&hex)[..100]).unwrap();
    assert_eq!((old.mac, old.width, old.power_on_delay), (search.mac, 320, 0));
    assert!(Search::parse(&bytes(&hex)[..80]).is_err());
}

#[test]
fn a_firmware_is_read_and_written() {
    let firmware = Firmware {
        name: FileName(*b"F001"),
        version: "V14.10".into(),
        made: "2018-11-29 10:15:00".into(),
    };
    let hex = "46303031 5631342e31300000 323031382d31312d32392031303a31353a3030";
    assert_eq!(encoded(|out| firmware.encode(out)), bytes(hex));
    assert_eq!(Firmware::parse(&bytes(hex)).as_ref(), Ok(&firmware));
    let old = Firmware::parse(&bytes(hex)[..12]).unwrap();
    assert_eq!((old.version, old.made), (firmware.version, String::new()));
}

#[test]
fn a_sign_of_life_is_read_and_written() {
    let health = Health {
        password: "secret".into(),
        ip: [192, 168, 0, 199],
        mask: [255, 255, 255, 0],
        gateway: [192, 168, 0, 1],
        port: 5005,
        mac: [2, 0, 0, 0, 0, 9],
        id: "lobby".into(),
        barcode: None,
    };
    let hex = "7365637265740000 c0a800c7 ffffff00 c0a80001 8d13 020000000009 6c6f62627900000000000000";
    assert_eq!(encoded(|out| health.encode(out)), bytes(hex));
    assert_eq!(Health::parse(&bytes(hex)), Ok(health.clone()));
    let six = Health {
        barcode: Some(*b"0123456789abcdef"),
        ..health
    };
    let hex = format!("{hex} 30313233343536373839616263646566 0000");
    assert_eq!(encoded(|out| six.encode(out)), bytes(&hex));
    assert_eq!(Health::parse(&bytes(&hex)), Ok(six));
}

proptest! {
    #[test]
    fn any_reply_comes_through(group: u8, command: u8, nack: bool, error: u16, data in vec(any::<u8>(), 0..200)) {
        let reply = Reply {
            group,
            command,
            nack: nack || (group, command) == (0xa0, 1),
            error: ErrorCode(error),
            data: &data,
        };
        let written = encoded(|out| reply.encode(out));
        prop_assert_eq!(written.len(), 9 + data.len());
        prop_assert_eq!(Reply::parse(&written), Ok(reply));
    }

    #[test]
    fn no_bytes_are_too_strange_for_a_reply(data in vec(any::<u8>(), 0..400)) {
        // What is read is written so that it is read as the same again.
        if let Ok(found) = Identity::parse(&data) {
            prop_assert_eq!(Identity::parse(&encoded(|out| found.encode(out))).map(|again| again.device), Ok(found.device));
        }
        if let Ok(found) = Status::parse(&data) {
            let again = Status::parse(&encoded(|out| found.encode(out)));
            prop_assert_eq!(again, Ok(found));
        }
        if let Ok(found) = Directory::parse(&data) {
            prop_assert_eq!(Directory::parse(&encoded(|out| found.encode(out))), Ok(found));
        }
        if let Ok(found) = Search::parse(&data) {
            prop_assert_eq!(Search::parse(&encoded(|out| found.encode(out))).map(|again| again.clock), Ok(found.clock));
        }
        let _ = (Reply::parse(&data), Health::parse(&data), Volume::parse(&data), TransferState::parse(&data));
        let _ = (FileHead::parse(&data), FileBlock::parse(&data), DirectorySize::parse(&data));
    }
}
