//! The wire form: published and captured bytes, and whatever differs from them by one.

use proptest::prelude::*;
use yingbi::{
    controller::artnet::packet::{Dmx, Packet, PacketError, Poll, Reply},
    diagnostic::Explain as _,
};

use super::{bytes, ramp};

/// As PyPI stupidArtnet 1.6.0 sends universe 5.
const DMX: &str = "4172742d4e657400 0050 000e 00 00 0500 0006 ff8001000000";
const SYNC: &str = "4172742d4e657400 0052 000e 00 00";
/// A question that OLA 0.10.9 answered.
const POLL: &str = "4172742d4e657400 0020 000e 02 00";

/// The answer of OLA 0.10.9, put together from the fields that were captured of it: an output at universe 0 on port 0.
fn ola() -> Vec<u8> {
    let mut page = vec![0; 239];
    let mut put = |at: usize, hex: &str| {
        let field = bytes(hex);
        page[at..at + field.len()].copy_from_slice(&field);
    };
    put(0, "4172742d4e657400 0021 7f000001 3619");
    put(20, "0431 00 d2 707a");
    put(26, "4f4c41202d2041727432204e6f6465");
    put(108, "2330303031205b315d204f4c41");
    put(172, "0004 c0c0c0c0");
    page
}

#[test]
fn the_captured_datagrams_mean_what_their_tables_say_and_encode_again_byte_for_byte() {
    let data = bytes("ff8001000000");
    let dmx = Dmx {
        sequence: 0,
        physical: 0,
        universe: 5,
        data: &data,
    };
    let meant = [
        (DMX, Packet::Dmx(dmx)),
        (SYNC, Packet::Sync),
        (POLL, Packet::Poll(Poll::PLAIN)),
    ];
    for (hex, packet) in meant {
        let datagram = bytes(hex);
        assert_eq!(Packet::parse(&datagram).unwrap(), packet);
        let mut again = Vec::new();
        packet.encode(&mut again);
        assert_eq!(again, datagram);
    }
}

#[test]
fn the_answer_of_ola_names_its_four_outputs() {
    let page = ola();
    let Packet::Reply(reply) = Packet::parse(&page).unwrap() else {
        panic!("another operation");
    };
    assert_eq!(reply.address.octets(), [127, 0, 0, 1]);
    assert_eq!((reply.port, reply.product, reply.manufacturer), (6454, 0x0431, 0x7a70));
    assert_eq!(reply.name, b"OLA - Art2 Node");
    assert_eq!(reply.report, b"#0001 [1] OLA");
    assert_eq!(reply.universes().collect::<Vec<_>>(), [0; 4]);
}

#[test]
fn an_answer_encodes_at_the_places_of_the_table() {
    let reply = Reply {
        net: 1,
        sub_net: 2,
        ports: 2,
        types: [0x80, 0x80, 0, 0],
        outputs: [3, 4, 0, 0],
        mac: [2, 0, 0, 0, 0, 5],
        bind_index: 7,
        ..Reply::plain([192, 0, 2, 5].into(), b"a name that is longer than the field")
    };
    let mut page = Vec::new();
    Packet::Reply(reply).encode(&mut page);
    assert_eq!(page.len(), 239);
    assert_eq!(page[8..20], bytes("0021 c0000205 3619 0000 01 02"));
    assert_eq!(page[26..44], *b"a name that is lo\0");
    assert_eq!(
        page[172..194],
        bytes("0002 80800000 00000000 00000000 00000000 03040000")
    );
    assert_eq!(page[201..213], bytes("020000000005 c0000205 07 08"));
    assert_eq!(reply.universes().collect::<Vec<_>>(), [0x123, 0x124]);
}

#[test]
fn an_older_answer_that_ends_with_its_hardware_address_counts() {
    let page = ola();
    let Packet::Reply(reply) = Packet::parse(&page[..207]).unwrap() else {
        panic!("another operation");
    };
    assert_eq!((reply.bind_index, reply.more_status), (0, 0));
    let refused = Packet::parse(&page[..206]).unwrap_err();
    assert_eq!(
        refused,
        PacketError::TooShort {
            found: 206,
            needed: 207
        }
    );
}

#[test]
fn a_targeted_question_asks_those_between_its_bounds() {
    let datagram = bytes("4172742d4e657400 0020 000e 22 00 0010 0003 0000 00ff");
    let Packet::Poll(poll) = Packet::parse(&datagram).unwrap() else {
        panic!("another operation");
    };
    assert!(poll.wants_changes());
    assert_eq!(
        [2, 3, 16, 17].map(|universe| poll.asks(universe)),
        [false, true, true, false]
    );
    let mut again = Vec::new();
    poll.encode(&mut again);
    assert_eq!(again, datagram);
}

#[test]
fn each_byte_of_the_data_header_that_is_wrong_is_named_by_its_place() {
    let wrong = [
        (0, 0x42, 0),
        (7, 1, 7),
        (9, 0x60, 8),
        (11, 13, 10),
        (15, 0x80, 15),
        (17, 5, 16),
        (17, 4, 22),
        (17, 8, 24),
        (16, 3, 16),
    ];
    for (at, value, place) in wrong {
        let mut datagram = bytes(DMX);
        datagram[at] = value;
        let error = Packet::parse(&datagram).unwrap_err();
        assert_eq!(error.at(), place, "byte {at} = {value}: {error}");
    }
}

#[test]
fn an_operation_that_is_none_of_the_four_is_told_by_its_name() {
    let mut datagram = bytes(SYNC);
    datagram[8..10].copy_from_slice(&[0x00, 0x97]);
    let error = Packet::parse(&datagram).unwrap_err();
    assert_eq!(error, PacketError::Operation { code: 0x9700 });
    assert!(error.to_string().contains("ArtTimeCode"));
    assert!(error.chinese().contains("ArtTimeCode"));
}

#[test]
fn every_truncation_is_refused_where_it_ends() {
    for hex in [DMX, SYNC, POLL] {
        let whole = bytes(hex);
        for length in 0..whole.len() {
            let error = Packet::parse(&whole[..length]).unwrap_err();
            assert_eq!(error.at(), length, "{error}");
        }
    }
}

#[test]
fn one_byte_too_many_belongs_to_nothing() {
    for hex in [DMX, SYNC] {
        let mut datagram = bytes(hex);
        datagram.push(0);
        let error = Packet::parse(&datagram).unwrap_err();
        assert_eq!(error.at(), datagram.len() - 1);
    }
}

proptest! {
    #[test]
    fn data_comes_back_as_it_went(sequence: u8, physical: u8, universe in 0_u16..0x8000, pairs in 1_usize..=256) {
        let data = ramp(2 * pairs);
        let dmx = Dmx { sequence, physical, universe, data: &data };
        let mut datagram = Vec::new();
        dmx.encode(&mut datagram);
        prop_assert_eq!(Packet::parse(&datagram), Ok(Packet::Dmx(dmx)));
    }

    #[test]
    fn any_change_of_one_byte_is_refused_or_means_something_else(at in 0_usize..239, value: u8, which in 0_usize..4) {
        let mut datagram = [bytes(DMX), bytes(SYNC), bytes(POLL), ola()][which].clone();
        let at = at % datagram.len();
        prop_assume!(datagram[at] != value);
        let whole = datagram.clone();
        datagram[at] = value;
        let (before, after) = (Packet::parse(&whole), Packet::parse(&datagram));
        // The spare bytes, and those behind a text's zero, are read over; so is a later version.
        let is_read_over = which == 3 || matches!(at, 10 | 11);
        prop_assert!(is_read_over || before != after);
        if let Err(error) = after {
            prop_assert!(error.at() <= datagram.len());
            prop_assert!(!error.chinese().is_empty() && !error.help().zh.is_empty());
        }
    }
}
