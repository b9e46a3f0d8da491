//! The wire form.

use std::num::NonZeroU16;

use proptest::{collection::vec, prelude::*};
use sacn::packet::{AcnRootLayerProtocol, E131RootLayerData};
use yingbi::{
    controller::sacn::packet::{Data, Discovery, Field, HEAD, Options, Packet, PacketError, SYNC, Sync, group},
    diagnostic::Explain as _,
};

use super::{CID, bytes, ramp};

/// Universe 1 as the package `sacn` 1.11.0 of PyPI writes it, up to its third slot; 509 zeros follow.
const DATA: &str = "001000004153432d45312e3137000000726e00000004000102030405060708090a0b0c0d0e0f7258000000026c6f6262790000000000
    00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000078f9ff00000001720b
    02a100000001020100ff8001";

/// A synchronisation of the same.
const SYNCHRONISATION: &str =
    "001000004153432d45312e3137000000702100000008000102030405060708090a0b0c0d0e0f700b0000000105f9ff0000";

/// Its list of universes.
const DISCOVERY: &str =
    "001000004153432d45312e3137000000706e00000008000102030405060708090a0b0c0d0e0f7058000000026c6f626279000000
    00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
    0000700e00000001000000010002f9ff";

fn golden_data() -> Vec<u8> {
    let mut datagram = bytes(DATA);
    datagram.resize(638, 0);
    datagram
}

fn encode(packet: &Packet<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    match packet {
        Packet::Data(data) => data.encode(&mut out),
        Packet::Sync(sync) => sync.encode(&mut out),
        Packet::Discovery(discovery) => discovery.encode(&mut out),
    }
    out
}

fn data(slots: &[u8]) -> Data<'_> {
    Data {
        cid: CID,
        name: "lobby",
        priority: 120,
        sync: NonZeroU16::new(63_999),
        sequence: 0,
        options: Options::default(),
        universe: 1,
        start_code: 0,
        slots,
    }
}

#[test]
fn what_another_program_wrote_parses_and_encodes_again_byte_for_byte() {
    for golden in [golden_data(), bytes(SYNCHRONISATION), bytes(DISCOVERY)] {
        let packet = Packet::parse(&golden).unwrap();
        assert_eq!(encode(&packet), golden);
    }
}

#[test]
fn what_another_program_wrote_means_what_it_was_told_to_write() {
    let golden = golden_data();
    let mut slots = [0; 512];
    slots[..3].copy_from_slice(&[0xff, 0x80, 0x01]);
    assert_eq!(Packet::parse(&golden), Ok(Packet::Data(data(&slots))));

    let sync = Sync {
        cid: CID,
        sequence: 5,
        address: NonZeroU16::new(63_999).unwrap(),
    };
    assert_eq!(Packet::parse(&bytes(SYNCHRONISATION)), Ok(Packet::Sync(sync)));

    let discovery = Discovery {
        cid: CID,
        name: "lobby",
        page: 0,
        last: 0,
        universes: vec![1, 2, 63_999],
    };
    assert_eq!(Packet::parse(&bytes(DISCOVERY)), Ok(Packet::Discovery(discovery)));
}

#[test]
fn the_captured_end_of_a_stream_is_one() {
    let mut datagram = golden_data();
    datagram[108..115].copy_from_slice(&bytes("78 0000 02 40 0001"));
    let Ok(Packet::Data(data)) = Packet::parse(&datagram) else {
        panic!("data");
    };
    let ended = Options {
        terminated: true,
        ..Options::default()
    };
    assert_eq!((data.options, data.sequence, data.sync), (ended, 2, None));
}

#[test]
fn universe_1000_goes_to_its_group() {
    assert_eq!(group(1000).to_string(), "239.255.3.232:5568");
    assert_eq!(group(64_214).to_string(), "239.255.250.214:5568");
}

#[test]
fn a_name_that_is_too_long_is_cut_between_its_characters() {
    for (name, expected) in [
        ("影".repeat(30), "影".repeat(21)),
        ("a".repeat(64), "a".repeat(63)),
        ("a\0b".to_owned(), "a".to_owned()),
    ] {
        let mut out = Vec::new();
        Data {
            name: &name,
            ..data(&[])
        }
        .encode(&mut out);
        let Ok(Packet::Data(data)) = Packet::parse(&out) else {
            panic!("data");
        };
        assert_eq!(data.name, expected);
    }
}

#[test]
fn every_malformed_datagram_is_refused_with_its_reason_and_place() {
    let cases: [(&[u8], usize, &str, usize); 20] = [
        (
            &[0x11],
            1,
            "byte 1 is 0x11, but the size of the preamble has 0x10 there",
            1,
        ),
        (
            &[1],
            2,
            "byte 2 is 0x01, but the size of the postamble has 0x00 there",
            2,
        ),
        (b"!", 12, "byte 12 is 0x21, but the ACN identifier has 0x37 there", 12),
        (
            &[0x62],
            16,
            "byte 16: the flags of the root layer's length are 0x6, not 0x7",
            16,
        ),
        (
            &[0x6f],
            17,
            "byte 16: the root layer's length is 623, but 622 bytes are there",
            16,
        ),
        (&[5], 21, "byte 18: 0x00000005 is no known root vector", 18),
        (
            &[0x57],
            39,
            "byte 38: the framing layer's length is 599, but 600 bytes are there",
            38,
        ),
        (&[1], 43, "byte 40: 0x00000001 is no known framing vector", 40),
        (&[0xff], 45, "byte 45: the source's name is not UTF-8", 45),
        (&[b'x'; 64], 44, "byte 107: no zero ends the source's name", 107),
        (&[201], 108, "byte 108: priority 201 is above 200", 108),
        (
            &[0xfa],
            109,
            "byte 109: the synchronisation address 64255 is not within 1 to 63999",
            109,
        ),
        (&[0, 0], 113, "byte 113: the universe 0 is not within 1 to 63999", 113),
        (
            &[0xfa, 0],
            113,
            "byte 113: the universe 64000 is not within 1 to 63999",
            113,
        ),
        (
            &[0x0c],
            116,
            "byte 115: the DMP layer's length is 524, but 523 bytes are there",
            115,
        ),
        (&[3], 117, "byte 117 is 0x03, but the DMP vector has 0x02 there", 117),
        (
            &[0xa2],
            118,
            "byte 118 is 0xa2, but the type of address and data has 0xa1 there",
            118,
        ),
        (&[1], 120, "byte 120 is 0x01, but the first address has 0x00 there", 120),
        (&[2], 122, "byte 122 is 0x02, but the increment has 0x01 there", 122),
        (
            &[0],
            124,
            "byte 123: the count is 512, but 513 values are there, of at most 513",
            123,
        ),
    ];
    for (change, place, message, at) in cases {
        let mut datagram = golden_data();
        datagram[place..place + change.len()].copy_from_slice(change);
        let error = Packet::parse(&datagram).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.at()), (message, at));
    }
}

#[test]
fn synchronisation_and_lists_have_faults_of_their_own() {
    let mut sync = bytes(SYNCHRONISATION);
    sync[45..47].fill(0);
    let message = "byte 45: the synchronisation address 0 is not within 1 to 63999";
    assert_eq!(Packet::parse(&sync).unwrap_err().to_string(), message);

    let mut page = bytes(DISCOVERY);
    page[118] = 1;
    let message = "byte 118: page 1 is after the last page, 0";
    assert_eq!(Packet::parse(&page).unwrap_err().to_string(), message);

    let mut list = bytes(DISCOVERY);
    list[123] = 1;
    let message = "byte 122: universe 1 stands after 1; a list ascends, and has at most 512";
    assert_eq!(Packet::parse(&list).unwrap_err().to_string(), message);
}

#[test]
fn a_synchronisation_with_a_tail_is_refused_though_its_lengths_fit() {
    let mut sync = bytes(SYNCHRONISATION);
    sync.push(0);
    sync[17] += 1;
    sync[39] += 1;
    let error = Packet::parse(&sync).unwrap_err();
    assert_eq!(
        error,
        PacketError::Length {
            at: 38,
            field: Field::FramingLength,
            promised: 12,
            found: 11
        }
    );
}

#[test]
fn more_than_512_slots_are_refused_though_their_count_fits() {
    let mut datagram = golden_data();
    datagram.push(0);
    for (at, length) in [(16, 639 - 16), (38, 639 - 38), (115, 639 - 115)] {
        let length: u16 = length;
        datagram[at..at + 2].copy_from_slice(&(0x7000 | length).to_be_bytes());
    }
    datagram[123..125].copy_from_slice(&514_u16.to_be_bytes());
    let error = Packet::parse(&datagram).unwrap_err();
    assert_eq!(
        error,
        PacketError::Count {
            at: 123,
            promised: 514,
            found: 514
        }
    );
}

#[test]
fn whatever_is_cut_off_is_missed() {
    for golden in [golden_data(), bytes(SYNCHRONISATION), bytes(DISCOVERY)] {
        for length in 0..golden.len() {
            let error = Packet::parse(&golden[..length]).unwrap_err();
            assert!(error.at() <= length, "{error}");
            assert!(
                matches!(error, PacketError::Short { .. } | PacketError::Length { .. }),
                "{length}: {error}"
            );
        }
    }
}

#[test]
fn every_changed_byte_is_told_but_those_that_mean_nothing() {
    let silent = |datagram: &[u8], at: usize| match datagram.len() {
        638 => (50..108).contains(&at),
        49 => at >= 47,
        _ => (50..108).contains(&at) || (108..112).contains(&at),
    };
    for golden in [golden_data(), bytes(SYNCHRONISATION), bytes(DISCOVERY)] {
        let meant = Packet::parse(&golden).unwrap();
        for at in 0..golden.len() {
            for bit in 0..8 {
                let mut changed = golden.clone();
                changed[at] ^= 1 << bit;
                let reserved = golden.len() == 638 && at == 112 && bit < 5;
                match Packet::parse(&changed) {
                    Ok(packet) => assert_eq!(packet == meant, silent(&golden, at) || reserved, "byte {at}, bit {bit}"),
                    // A list that no longer ascends is told where it goes on.
                    Err(PacketError::List { at: place, .. }) => assert!(place <= at + 2),
                    Err(error) => assert!(error.at() <= at, "byte {at}, bit {bit}: {error}"),
                }
            }
        }
    }
}

#[test]
fn a_refusal_is_explained_in_chinese_too() {
    let error = Packet::parse(&bytes(SYNCHRONISATION)[..20]).unwrap_err();
    assert_eq!(error.chinese(), "第 16 字节：根层长度是 33，实际有 4 个字节");
    assert_eq!(error.help().zh, "请检查发送方第 16 字节起的内容");
    assert_eq!(error.help().en, "look at the sender's bytes from offset 16 on");
}

fn options() -> impl Strategy<Value = Options> {
    any::<[bool; 3]>().prop_map(|[preview, terminated, force]| Options {
        preview,
        terminated,
        force,
    })
}

fn name() -> impl Strategy<Value = String> {
    "[^\\x00]{0,15}"
}

proptest! {
    #[test]
    fn data_parse_to_what_was_encoded_and_the_crate_sacn_writes_the_same_bytes(
        cid: [u8; 16],
        name in name(),
        priority in 0..=200_u8,
        sync in 0..=63_999_u16,
        sequence: u8,
        options in options(),
        universe in 1..=63_999_u16,
        slots in vec(any::<u8>(), 0..=512),
    ) {
        let sync = NonZeroU16::new(sync);
        let data = Data { cid, name: &name, priority, sync, sequence, options, universe, start_code: 0, slots: &slots };
        let datagram = encode(&Packet::Data(data));
        prop_assert_eq!(datagram.len(), HEAD + slots.len());
        prop_assert_eq!(Packet::parse(&datagram), Ok(Packet::Data(data)));

        let theirs = AcnRootLayerProtocol::parse(&datagram).unwrap();
        prop_assert_eq!(theirs.pdu.cid.as_bytes(), &cid);
        prop_assert_eq!(&theirs.pack_alloc().unwrap(), &datagram);
        let E131RootLayerData::DataPacket(theirs) = theirs.pdu.data else { panic!("data") };
        prop_assert_eq!(&theirs.source_name, &name);
        prop_assert_eq!((theirs.priority, theirs.sequence_number, theirs.universe), (priority, sequence, universe));
        prop_assert_eq!(NonZeroU16::new(theirs.synchronization_address), sync);
        prop_assert_eq!(&theirs.data.property_values[1..], &slots);
    }

    #[test]
    fn synchronisations_parse_to_what_was_encoded_and_the_crate_sacn_writes_the_same_bytes(
        cid: [u8; 16],
        sequence: u8,
        address in 1..=63_999_u16,
    ) {
        let sync = Sync { cid, sequence, address: NonZeroU16::new(address).unwrap() };
        let datagram = encode(&Packet::Sync(sync));
        prop_assert_eq!(datagram.len(), SYNC);
        prop_assert_eq!(Packet::parse(&datagram), Ok(Packet::Sync(sync)));
        let theirs = AcnRootLayerProtocol::parse(&datagram).unwrap();
        prop_assert_eq!(&theirs.pack_alloc().unwrap(), &datagram);
    }

    #[test]
    fn lists_parse_to_what_was_encoded_and_the_crate_sacn_writes_the_same_bytes(
        cid: [u8; 16],
        name in name(),
        last: u8,
        first in 1..=60_000_u16,
        count in 0..=512_u16,
    ) {
        let universes = (first..first + count).collect();
        let discovery = Discovery { cid, name: &name, page: last / 2, last, universes };
        let datagram = encode(&Packet::Discovery(discovery.clone()));
        prop_assert_eq!(Packet::parse(&datagram), Ok(Packet::Discovery(discovery)));
        let theirs = AcnRootLayerProtocol::parse(&datagram).unwrap();
        prop_assert_eq!(&theirs.pack_alloc().unwrap(), &datagram);
    }

    #[test]
    fn any_change_of_a_datagram_is_read_or_refused_within_it(at in 0..638_usize, change in vec(any::<u8>(), 1..8)) {
        let mut datagram = golden_data();
        let end = (at + change.len()).min(638);
        datagram[at..end].copy_from_slice(&change[..end - at]);
        if let Err(error) = Packet::parse(&datagram) {
            prop_assert!(error.at() < end, "{error}");
        }
    }

    #[test]
    fn any_bytes_at_all_are_read_or_refused(bytes in vec(any::<u8>(), 0..700)) {
        if let Err(error) = Packet::parse(&bytes) {
            prop_assert!(error.at() <= bytes.len());
        }
    }
}

#[test]
fn a_start_code_is_not_a_slot() {
    let slots = ramp(5);
    let mut out = Vec::new();
    Data {
        start_code: 0xdd,
        ..data(&slots)
    }
    .encode(&mut out);
    assert_eq!(out[125..], [0xdd, 0, 1, 2, 3, 4]);
    assert_eq!(out[123..125], [0, 6]);
}
