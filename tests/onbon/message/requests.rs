//! Every request, beside the bytes that the tables give for it.

use jiff::civil::date;
use proptest::{collection::vec, prelude::*};
use yingbi::{
    controller::onbon::message::{
        Brightness, Clock, Field, FileName, Hold, Hours, MessageError, Network, Request, Sensor,
    },
    diagnostic::Explain as _,
};

use crate::support::wire::bytes;

const P000: FileName = FileName(*b"P000");

fn encode(request: &Request<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    request.encode(&mut out);
    out
}

fn network(spare: Option<[u8; 7]>) -> Network {
    Network {
        mode: 2,
        ip: [192, 168, 0, 199],
        mask: [255, 255, 255, 0],
        gateway: [192, 168, 0, 1],
        port: 5005,
        server_mode: 1,
        server_ip: [10, 0, 0, 7],
        server_port: 10_011,
        password: *b"secret\0\0",
        heartbeat: 60,
        id: *b"lobby\0\0\0\0\0\0\0",
        spare,
    }
}

/// Requests that have no parameters, with group and command.
const PLAIN: [(Request<'_>, [u8; 2]); 23] = [
    (Request::Format, [0xa1, 0x00]),
    (Request::BeginTransfer, [0xa1, 0x08]),
    (Request::EndTransfer, [0xa1, 0x09]),
    (Request::Volume, [0xa1, 0x12]),
    (Request::TransferState, [0xa1, 0x13]),
    (Request::Ping, [0xa2, 0x00]),
    (Request::Reset, [0xa2, 0x01]),
    (Request::Firmware, [0xa2, 0x04]),
    (Request::CancelHours, [0xa2, 0x08]),
    (Request::EraseFlash, [0xa2, 0x09]),
    (Request::ControllerId, [0xa2, 0x0a]),
    (Request::Copyright, [0xa2, 0x0b]),
    (Request::Status, [0xa2, 0x0f]),
    (Request::ScannerState, [0xa2, 0x16]),
    (Request::BrightnessSensor, [0xa2, 0x19]),
    (Request::Barcode, [0xa2, 0x1f]),
    (Request::EnableInfrared, [0xa2, 0x24]),
    (Request::Modbus, [0xa2, 0x27]),
    (Request::WorkingState, [0xa2, 0x2b]),
    (Request::Health, [0xa4, 0x02]),
    (Request::Search, [0xa4, 0x03]),
    (
        Request::Other {
            group: 0xa3,
            command: 0x0c,
            parameters: &[],
        },
        [0xa3, 0x0c],
    ),
    (
        Request::Other {
            group: 0xa7,
            command: 0x02,
            parameters: &[],
        },
        [0xa7, 0x02],
    ),
];

/// Requests with parameters, and all their bytes.
fn told() -> Vec<(Request<'static>, String)> {
    let lux = [
        10, 24, 60, 148, 280, 437, 550, 693, 873, 1100, 1793, 3336, 6207, 11551, 21495, 40000,
    ];
    let sensor = Sensor {
        lux,
        levels: std::array::from_fn(|level| level as u8),
    };
    let sensed = "0a00 1800 3c00 9400 1801 b501 2602 b502 6903 4c04 0107 080d 3f18 1f2d f753 409c
        00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f";
    let reached = "02 c0a800c7 ffffff00 c0a80001 8d13 01 0a000007 1b27 7365637265740000 3c00 6c6f62627900000000000000";
    let monday = Clock::at(date(2026, 11, 23).at(2, 44, 20, 0));
    let lock = |hold| Request::LockProgram {
        is_kept: false,
        is_locked: true,
        name: FileName(*b"P001"),
        hold,
    };
    let mut cases = vec![
        (
            Request::Delete {
                is_fixed: false,
                names: vec![P000, FileName(*b"D000")],
            },
            "01a101 0a00 0200 50303030 44303030".into(),
        ),
        (
            Request::Delete {
                is_fixed: true,
                names: vec![],
            },
            "01a10a 0200 0000".into(),
        ),
        (
            Request::StartRead {
                is_fixed: false,
                name: P000,
            },
            "01a104 0400 50303030".into(),
        ),
        (
            Request::StartRead {
                is_fixed: true,
                name: P000,
            },
            "01a10d 0400 50303030".into(),
        ),
        (
            Request::ReadBlock {
                is_fixed: false,
                name: P000,
                offset: 1024,
            },
            "01a105 0800 50303030 00040000".into(),
        ),
        (
            Request::ReadBlock {
                is_fixed: true,
                name: P000,
                offset: 1,
            },
            "01a10e 0800 50303030 01000000".into(),
        ),
        (Request::StartDirectory { kind: 0, size: 5 }, "01a106 0200 0005".into()),
        (Request::DirectoryBlock { offset: 0x102 }, "01a107 0200 0201".into()),
        (Request::SetClock(monday), "01a202 0800 2620 11 23 02 44 20 01".into()),
        (
            Request::ActivateFirmware {
                name: FileName(*b"F001"),
            },
            "01a203 0400 46303031".into(),
        ),
        (Request::Switch { is_on: true }, "01a205 0100 01".into()),
        (Request::Switch { is_on: false }, "01a205 0100 00".into()),
        (
            Request::SetHours(vec![
                Hours {
                    on: (8, 0),
                    off: (12, 30),
                },
                Hours {
                    on: (13, 59),
                    off: (0, 0),
                },
            ]),
            "01a206 0900 02 08 00 12 30 13 59 00 00".into(),
        ),
        (Request::SetHours(vec![]), "01a206 0100 00".into()),
        (
            Request::SetBrightness(Brightness::Manual([7; 48])),
            format!("01a207 3100 00 {}", "07".repeat(48)),
        ),
        (
            Request::SetBrightness(Brightness::HalfHours(std::array::from_fn(|half| half as u8 / 3))),
            format!(
                "01a207 3100 01 {}",
                (0..16)
                    .map(|level| format!("{level:02x}").repeat(3))
                    .collect::<String>()
            ),
        ),
        (
            Request::SetBrightness(Brightness::SensorAlone(sensor)),
            format!("01a207 3100 02 {sensed}"),
        ),
        (
            Request::SetBrightness(Brightness::Sensor(sensor)),
            format!("01a207 3100 03 {sensed}"),
        ),
        (Request::OptimiseDisplay { scan_time: 9 }, "01a20c 0100 09".into()),
        (
            Request::LockScreen {
                is_kept: false,
                is_locked: true,
            },
            "01a20d 0200 00 01".into(),
        ),
        (
            Request::LockScreen {
                is_kept: true,
                is_locked: false,
            },
            "01a20d 0200 01 00".into(),
        ),
        (lock(Hold::Five(1000)), "01a20e 0a00 00 01 50303031 e8030000".into()),
        (
            lock(Hold::Six {
                is_count: false,
                value: 1000,
            }),
            "01a20e 0a00 00 01 50303031 00 000003e8".into(),
        ),
        (
            lock(Hold::Six {
                is_count: true,
                value: u32::MAX,
            }),
            "01a20e 0a00 00 01 50303031 01 ffffffff".into(),
        ),
        (
            Request::SetSecret {
                old: [0; 6],
                new: *b"654321",
            },
            "01a210 0c00 000000000000 363534333231".into(),
        ),
        (
            Request::RemoveSecret { current: *b"654321" },
            "01a211 0600 363534333231".into(),
        ),
        (Request::SetPowerOnDelay { seconds: 300 }, "01a212 0200 2c01".into()),
        (
            Request::SetButton {
                mode: 1,
                reserved: [0; 5],
            },
            "01a213 0600 01 0000000000".into(),
        ),
        (
            Request::SetTimedReset {
                mode: 1,
                interval: 86_400,
                times: [(3, 30), (0, 0), (23, 59)],
            },
            "01a214 0b00 01 80510100 03 1e 00 00 17 3b".into(),
        ),
        (
            Request::SetDisplayMode {
                mode: 2,
                reserved: [0; 5],
            },
            "01a215 0600 02 0000000000".into(),
        ),
        (Request::BattleTime { action: 2 }, "01a217 0100 02".into()),
        (Request::StopWatch { action: 1 }, "01a218 0100 01".into()),
        (Request::AdjustSpeed { value: 0x1234 }, "01a21a 0200 3412".into()),
        (Request::SetAddress { address: 5 }, "01a21b 0200 0500".into()),
        (
            Request::SetName {
                name: std::array::from_fn(|at| if at < 5 { b"lobby"[at] } else { 0 }),
            },
            format!("01a21c 4000 6c6f626279 {}", "00".repeat(59)),
        ),
        (
            Request::Other {
                group: 0xa2,
                command: 0x1c,
                parameters: &[1, 2, 3, 4, 5, 6, 7, 8],
            },
            "01a21c 0800 0102030405060708".into(),
        ),
        (Request::SetBaud { code: 2 }, "01a21d 0100 02".into()),
        (
            Request::SetBarcode {
                barcode: *b"0123456789abcdef",
                crc: 0xbb3d,
            },
            "01a21e 1200 30313233343536373839616263646566 3dbb".into(),
        ),
        (
            Request::SetPins {
                pins: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
            },
            "01a220 0b00 0102030405060708090a0b".into(),
        ),
        (Request::SetBlank { is_blank: true }, "01a221 0100 01".into()),
        (Request::SetResume { resumes: false }, "01a222 0100 00".into()),
        (
            Request::SetMac {
                mac: [2, 0, 0, 0, 0, 9],
            },
            "01a400 0600 020000000009".into(),
        ),
        (Request::SetNetwork(network(None)), format!("01a401 2c00 {reached}")),
        (
            Request::SetNetwork(network(Some([0; 7]))),
            format!("01a401 3300 {reached} 00000000000000"),
        ),
        (Request::UpdateAreas { areas: &[9, 8, 7] }, "01a700 0300 090807".into()),
        (Request::DeleteAreas { ids: vec![0, 1] }, "01a701 0300 02 00 01".into()),
        (Request::DeleteAllAreas, "01a701 0100 ff".into()),
    ];
    for (is_fixed, start, block) in [(false, 0x02, 0x03), (true, 0x0b, 0x0c)] {
        let kind = 9;
        cases.push((
            Request::StartWrite {
                is_fixed,
                name: FileName::data(0),
                kind,
                length: 0x491,
                overwrites: true,
                crc: 0x5cd3_5755,
            },
            format!("01a1 {start:02x} 0e00 44303030 09 91040000 01 5557d35c"),
        ));
        cases.push((
            Request::WriteBlock {
                is_fixed,
                name: FileName::data(0),
                is_last: true,
                offset: 0x400,
                data: &[0xaa; 145],
            },
            format!("01a1 {block:02x} 9a00 44303030 01 00040000 {}", "aa".repeat(145)),
        ));
    }
    let plain = PLAIN.map(|(request, [group, command])| (request, format!("01 {group:02x} {command:02x} 0000")));
    cases.extend(plain);
    cases
}

#[test]
fn every_request_has_the_bytes_of_the_tables_both_ways() {
    for (request, hex) in told() {
        let expected = bytes(&hex);
        assert_eq!(encode(&request), expected, "{request:?}");
        assert_eq!(Request::parse(&expected).as_ref(), Ok(&request), "{hex}");
        assert_eq!(request.numbers(), [expected[1], expected[2]]);
    }
}

/// What the tables say that replies are called.
#[test]
fn a_reply_with_data_is_called_as_the_tables_say() {
    let named = [
        (Request::Ping, 0x80),
        (Request::Firmware, 0x84),
        (Request::ControllerId, 0x8a),
        (Request::Copyright, 0x8b),
        (Request::Status, 0x8f),
        (Request::BrightnessSensor, 0x99),
        (Request::WorkingState, 0xab),
        (Request::Volume, 0x92),
        (Request::StartDirectory { kind: 0, size: 5 }, 0x86),
        (Request::DirectoryBlock { offset: 0 }, 0x87),
        (
            Request::StartRead {
                is_fixed: false,
                name: P000,
            },
            0x84,
        ),
        (
            Request::ReadBlock {
                is_fixed: false,
                name: P000,
                offset: 0,
            },
            0x85,
        ),
        (Request::Health, 0x82),
        (Request::Search, 0x83),
    ];
    for (request, command) in named {
        assert_eq!(request.answered_by(), Some(command), "{request:?}");
    }
    for plain in [
        Request::Switch { is_on: true },
        Request::EndTransfer,
        Request::DeleteAllAreas,
    ] {
        assert_eq!(plain.answered_by(), None);
    }
}

#[test]
fn areas_may_be_longer_than_the_length_can_tell() {
    let areas = vec![0xff; 70_000];
    let written = encode(&Request::UpdateAreas { areas: &areas });
    assert_eq!(written[3..5], [0x70, 0x11]);
    assert_eq!(Request::parse(&written), Ok(Request::UpdateAreas { areas: &areas }));
}

#[test]
fn what_is_no_request_has_a_name_and_a_place() {
    let short = |found, field| MessageError::Short { found, field };
    let value = |at, field, found| MessageError::Value { at, field, found };
    let cases = [
        ("", short(0, Field::new("应答标志", "wish for an answer"))),
        ("01a2", short(2, Field::new("命令", "command"))),
        ("02a2000000", value(0, Field::new("应答标志", "wish for an answer"), 2)),
        (
            "01a2000100",
            MessageError::Length {
                at: 3,
                promised: 1,
                found: 0,
            },
        ),
        (
            "01a20e0b00 00 01 50303031 00 000003e8",
            MessageError::Length {
                at: 3,
                promised: 11,
                found: 11,
            },
        ),
        ("01a2000100 00", MessageError::Trailing { at: 5, extra: 1 }),
        ("01a2050000", short(5, Field::new("开关标志", "switch"))),
        ("01a2050100 02", value(5, Field::new("开关标志", "switch"), 2)),
        (
            "01a2020800 2620 1a 23 02 44 20 01",
            value(7, Field::new("月份", "month"), 0x1a),
        ),
        ("01a2060500 02 08 00 12 30", short(10, Field::new("小时", "hour"))),
        (
            "01a7010300 04 00 01",
            short(8, Field::new("动态区编号", "numbers of areas")),
        ),
        (
            "01a1010600 0200 50303030",
            short(11, Field::new("文件名", "file's name")),
        ),
    ];
    for (hex, error) in cases {
        let found = Request::parse(&bytes(hex)).unwrap_err();
        assert_eq!(found, error, "{hex}");
        assert!(found.at() <= bytes(hex).len());
        assert!(!found.chinese().is_empty() && !found.to_string().is_empty() && !found.help().zh.is_empty());
    }
    let mut too_bright = encode(&Request::SetBrightness(Brightness::Manual([15; 48])));
    too_bright[20] = 16;
    let field = Field::new("亮度", "level of brightness");
    assert_eq!(Request::parse(&too_bright), Err(value(20, field, 16)));
    too_bright[5] = 4;
    let field = Field::new("亮度模式", "mode of brightness");
    assert_eq!(Request::parse(&too_bright), Err(value(5, field, 4)));
}

#[test]
fn a_clock_is_set_to_what_the_calendar_says() {
    let sunday = Clock::at(date(2026, 1, 4).at(23, 59, 58, 999_999_999));
    let expected = Clock {
        year: 2026,
        month: 1,
        day: 4,
        hour: 23,
        minute: 59,
        second: 58,
        week: 7,
    };
    assert_eq!(sunday, expected);
    assert_eq!(sunday.civil(), Some(date(2026, 1, 4).at(23, 59, 58, 0)));
    assert_eq!(Clock { month: 13, ..sunday }.civil(), None);
    assert_eq!(Clock { day: 0, ..sunday }.civil(), None);
}

#[test]
fn files_of_programs_are_numbered() {
    assert_eq!(FileName::program(0).to_string(), "P000");
    assert_eq!(FileName::data(37).to_string(), "D037");
    assert_eq!(FileName::program(999).0, *b"P999");
    assert_eq!(FileName([0, b'1', 0xff, b'a']).to_string(), r"\x001\xffa");
}

proptest! {
    #[test]
    fn whatever_is_read_is_written_again_as_it_was(
        numbers in prop::sample::select(told().into_iter().map(|(request, _)| request.numbers()).collect::<Vec<_>>()),
        parameters in vec(prop_oneof![0..3u8, any::<u8>()], 0..60),
    ) {
        let mut written = vec![1, numbers[0], numbers[1], parameters.len() as u8, 0];
        written.extend_from_slice(&parameters);
        match Request::parse(&written) {
            Ok(request) => prop_assert_eq!(encode(&request), written),
            Err(error) => prop_assert!(error.at() <= written.len()),
        }
    }

    #[test]
    fn a_clock_comes_through(seconds in 0..3_155_760_000i64) {
        let civil = date(1970, 1, 1).at(0, 0, 0, 0).checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap();
        let written = encode(&Request::SetClock(Clock::at(civil)));
        // As it would be printed: the last two digits of the year, the first two, and so on.
        let text = civil.strftime("01a2020800 %y%C%m%d%H%M%S0%u").to_string();
        prop_assert_eq!(&written, &bytes(&text));
        let Ok(Request::SetClock(clock)) = Request::parse(&written) else { panic!("{written:?}") };
        prop_assert_eq!(clock.civil(), Some(civil));
    }
}
