//! Our side: what is sent when, to a peer that the site names.

use std::time::Duration;

use proptest::prelude::*;
use yingbi::{
    controller::{
        Controller as _, Event, To, Universes,
        artnet::{GRACE, KEEP_ALIVE, POLL_PERIOD, Sender, Settings, packet::Packet},
    },
    units::Moment,
};

use super::{START, bytes, pass, ramp, sent, settings};

const SYNC: &str = "4172742d4e657400 0052 000e 00 00";

/// The universes that are sent, with their sequence, and 0 for a sync.
fn told(datagrams: &[(To, Vec<u8>)]) -> Vec<(u16, u8)> {
    let tell = |datagram: &Vec<u8>| match Packet::parse(datagram).unwrap() {
        Packet::Dmx(dmx) => (dmx.universe, dmx.sequence),
        Packet::Sync => (0, 0),
        other => panic!("{other:?}"),
    };
    datagrams.iter().map(|(_, datagram)| tell(datagram)).collect()
}

#[test]
fn a_picture_is_its_universes_and_a_sync() {
    let mut sender = Sender::new(settings(6));
    sender.show(&ramp(9), START);
    let sent = pass(&mut sender, START);
    let expected = [
        "4172742d4e657400 0050 000e 01 00 0300 0006 000102030405",
        // Odd data is filled up.
        "4172742d4e657400 0050 000e 01 00 0400 0004 06070800",
        SYNC,
    ];
    assert_eq!(sent, expected.map(|hex| (To::Peer, bytes(hex))));
}

#[test]
fn a_picture_of_one_universe_needs_no_sync() {
    let mut sender = Sender::new(settings(6));
    sender.show(&ramp(6), START);
    assert_eq!(told(&pass(&mut sender, START)), [(3, 1)]);
}

#[test]
fn no_sync_where_the_site_wants_none() {
    let mut sender = Sender::new(Settings {
        sync: false,
        ..settings(6)
    });
    sender.show(&ramp(12), START);
    assert_eq!(told(&pass(&mut sender, START)), [(3, 1), (4, 1)]);
}

#[test]
fn universes_of_the_next_sub_net_and_net_carry_on() {
    let mut sender = Sender::new(Settings {
        universes: Universes { first: 0xff, slots: 2 },
        ..settings(2)
    });
    sender.show(&ramp(4), START);
    let sent = pass(&mut sender, START);
    assert_eq!(sent[0].1[14..16], [0xff, 0x00]);
    assert_eq!(sent[1].1[14..16], [0x00, 0x01]);
}

#[test]
fn sequences_go_from_1_to_255_and_round_again() {
    let mut sender = Sender::new(settings(2));
    let mut now = START;
    let sequences: Vec<u8> = (0..512)
        .map(|picture: u16| {
            now = now + Duration::from_millis(20);
            sender.show(&picture.to_be_bytes(), now);
            told(&pass(&mut sender, now)).into_iter().next().unwrap().1
        })
        .collect();
    let expected: Vec<u8> = (1..=255).cycle().take(512).collect();
    assert_eq!(sequences, expected);
}

#[test]
fn an_unchanged_picture_is_sent_again_after_a_second_and_not_before() {
    let mut sender = Sender::new(settings(6));
    sender.show(&ramp(12), START);
    assert_eq!(pass(&mut sender, START).len(), 3);
    sender.show(&ramp(12), START + Duration::from_millis(20));
    let almost = Moment::from_nanoseconds((START + KEEP_ALIVE).nanoseconds() - 1);
    assert!(pass(&mut sender, almost).is_empty());
    assert_eq!(sender.poll_timeout(), Some(START + KEEP_ALIVE));
    assert_eq!(told(&pass(&mut sender, START + KEEP_ALIVE)), [(3, 2), (4, 2), (0, 0)]);
}

#[test]
fn whoever_refreshes_once_a_second_is_the_keep_alive() {
    let mut sender = Sender::new(settings(6));
    sender.show(&ramp(6), START);
    pass(&mut sender, START);
    for second in 1..=3 {
        let now = START + Duration::from_secs(second) + Duration::from_millis(second);
        let just_before = Moment::from_nanoseconds(now.nanoseconds() - 1);
        if second > 1 {
            assert!(pass(&mut sender, just_before).is_empty());
        }
        sender.refresh(now);
        assert_eq!(pass(&mut sender, now).len(), 1);
    }
    let last = START + Duration::from_millis(3003);
    assert!(pass(&mut sender, last + KEEP_ALIVE).is_empty());
    assert_eq!(pass(&mut sender, last + KEEP_ALIVE + GRACE).len(), 1);
}

#[test]
fn a_pass_that_was_begun_ends_with_its_own_picture() {
    let mut sender = Sender::new(settings(2));
    let (old, new) = ([1; 400], [2; 400]);
    let mut out = Vec::new();
    sender.poll_transmit(START, &mut out);
    sender.show(&old, START);
    out.clear();
    sender.poll_transmit(START, &mut out).unwrap();
    assert_eq!(out.len(), 64 * 20);
    sender.show(&new, START);
    sender.refresh(START);
    let sent = sent(&mut sender, START);
    let first: Vec<u8> = sent.iter().take(200 - 64).map(|(_, datagram)| datagram[18]).collect();
    assert_eq!(first, [1; 200 - 64]);
    assert_eq!(sent[200 - 64].1, bytes(SYNC));
    assert!(
        sent[200 - 64 + 1..][..200]
            .iter()
            .all(|(_, datagram)| datagram[18] == 2)
    );
    assert_eq!(sent.last().unwrap().1, bytes(SYNC));
    assert_eq!(sent.len(), 200 - 64 + 1 + 200 + 1);
}

#[test]
fn a_picture_taken_back_while_it_waits_is_not_sent() {
    let mut sender = Sender::new(settings(2));
    let mut out = Vec::new();
    sender.poll_transmit(START, &mut out);
    sender.show(&[1; 400], START);
    sender.poll_transmit(START, &mut out).unwrap();
    sender.show(&[2; 400], START);
    sender.show(&[1; 400], START);
    assert_eq!(sent(&mut sender, START).len(), 200 - 64 + 1);
}

#[test]
fn nothing_beyond_the_last_port_address_is_sent() {
    let mut sender = Sender::new(Settings {
        universes: Universes {
            first: 0x7ffe,
            slots: 2,
        },
        ..settings(2)
    });
    sender.show(&ramp(100), START);
    assert_eq!(told(&pass(&mut sender, START)), [(0x7ffe, 1), (0x7fff, 1), (0, 0)]);
}

#[test]
fn the_peer_is_asked_who_it_is_every_two_and_three_quarter_seconds() {
    let mut sender = Sender::new(settings(6));
    let question = bytes("4172742d4e657400 0020 000e 02 00");
    assert_eq!(sender.poll_timeout(), Some(Moment::ZERO));
    assert_eq!(sent(&mut sender, START), [(To::Peer, question.clone())]);
    assert_eq!(sender.poll_timeout(), Some(START + POLL_PERIOD));
    assert!(sent(&mut sender, START + Duration::from_secs(2)).is_empty());
    assert_eq!(sent(&mut sender, START + POLL_PERIOD), [(To::Peer, question)]);
}

#[test]
fn what_others_send_is_nothing_to_us_and_what_is_malformed_is_told() {
    let mut sender = Sender::new(settings(6));
    for hex in [
        SYNC,
        "4172742d4e657400 0020 000e 02 00",
        "4172742d4e657400 0097 000e 00 00",
    ] {
        sender.handle(&bytes(hex), START);
    }
    assert_eq!(sender.poll_event(), None);
    sender.handle(b"Art-Nut\0", START);
    assert!(matches!(sender.poll_event(), Some(Event::Malformed(_))));
}

proptest! {
    #[test]
    fn the_universes_put_together_are_the_picture(slots in 1_u16..=512, length in 1_usize..32_000) {
        let mut sender = Sender::new(settings(slots));
        let picture = ramp(length);
        sender.show(&picture, START);
        let mut whole = Vec::new();
        for (_, datagram) in pass(&mut sender, START) {
            if let Packet::Dmx(dmx) = Packet::parse(&datagram).unwrap() {
                prop_assert_eq!(usize::from(dmx.universe - 3) * usize::from(slots), whole.len());
                whole.extend_from_slice(&dmx.data[..usize::from(slots).min(length - whole.len())]);
            }
        }
        prop_assert_eq!(whole, picture);
    }
}

#[test]
fn a_picture_that_comes_when_the_pass_has_ended_takes_the_place_of_the_one_that_waited() {
    for newest in [3, 1] {
        let mut sender = Sender::new(settings(2));
        let mut out = Vec::new();
        sender.poll_transmit(START, &mut out);
        sender.show(&[1; 400], START);
        sender.poll_transmit(START, &mut out);
        sender.show(&[2; 400], START);
        while sender.is_under_way() {
            sender.poll_transmit(START, &mut out);
        }
        sender.show(&[newest; 400], START);
        let sent = sent(&mut sender, START);
        let data = sent.iter().filter(|(_, datagram)| datagram.len() > 18);
        assert!(data.map(|(_, datagram)| datagram[18]).all(|level| level == newest));
        assert_eq!(sent.len(), 201);
    }
}
