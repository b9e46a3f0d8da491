//! What can be said of pictures under loss, reordering and duplication.
//!
//! Art-Net numbers datagrams a universe, not pictures. Our sender gives all universes of one picture the same number, so that a node
//! can tell by it whether what a sync shows is one picture; a node that does not look shows a mixture until the next picture is whole.

use std::time::Duration;

use proptest::prelude::*;
use yingbi::{
    controller::{
        Controller as _,
        artnet::{Received, Receiver, Sender, packet::Packet},
    },
    units::Moment,
};

use super::{START, host, node, pass, settings};

const UNIVERSES: usize = 5;
const SLOTS: usize = 4;

/// Picture `number`: every byte of it tells which it is.
fn picture(number: u8) -> Vec<u8> {
    vec![number; UNIVERSES * SLOTS]
}

/// What the network does to a datagram: how often it comes, and how many later ones overtake it.
fn fates() -> impl Strategy<Value = Vec<(u8, usize)>> {
    let fate = prop_oneof![
        6 => Just((1, 0)),
        1 => Just((0, 0)),
        1 => Just((2, 0)),
        1 => (1_u8..3, 1_usize..12),
    ];
    prop::collection::vec(fate, 30 * (UNIVERSES + 1))
}

/// The datagrams as they come.
fn travel(sent: Vec<Vec<u8>>, fates: &[(u8, usize)]) -> Vec<Vec<u8>> {
    let mut arrivals: Vec<(usize, Vec<u8>)> = Vec::new();
    for (at, (datagram, (copies, delay))) in sent.into_iter().zip(fates).enumerate() {
        for copy in 0..usize::from(*copies) {
            arrivals.push((at + delay * (copy + 1), datagram.clone()));
        }
    }
    arrivals.sort_by_key(|(at, _)| *at);
    arrivals.into_iter().map(|(_, datagram)| datagram).collect()
}

fn sent(sender: &mut Sender, number: u8, now: Moment) -> Vec<Vec<u8>> {
    sender.show(&picture(number), now);
    pass(sender, now).into_iter().map(|(_, datagram)| datagram).collect()
}

proptest! {
    #[test]
    fn what_a_sync_shows_is_one_picture_or_is_counted_and_no_universe_goes_back(fates in fates()) {
        let mut sender = Sender::new(settings(SLOTS as u16));
        let mut receiver = Receiver::new(node(SLOTS as u16, UNIVERSES * SLOTS));
        for datagram in sent(&mut sender, 1, START) {
            receiver.handle(host(1), &datagram, START).unwrap();
        }
        let now = |number: u8| START + Duration::from_millis(20 * u64::from(number));
        let stream: Vec<_> = (2..32).flat_map(|number| sent(&mut sender, number, now(number))).collect();
        let mut last = picture(1);
        for datagram in travel(stream, &fates) {
            let partial = receiver.counts().partial;
            let is_sync = matches!(Packet::parse(&datagram), Ok(Packet::Sync));
            let Ok(Received::Shown(shown)) = receiver.handle(host(1), &datagram, now(32)) else { continue };
            prop_assert!(is_sync, "nothing is shown before its sync");
            let shown = shown.to_vec();
            let is_one = shown.iter().all(|byte| *byte == shown[0]);
            prop_assert!(is_one || receiver.counts().partial > partial, "{shown:?}");
            for (universe, before) in shown.chunks(SLOTS).zip(last.chunks(SLOTS)) {
                prop_assert!(universe.iter().all(|byte| *byte == universe[0]), "a universe is torn");
                prop_assert!(universe[0] >= before[0], "a universe goes back");
            }
            last = shown;
        }
        // Whatever happened, the next whole picture is shown whole.
        let mut shown = Vec::new();
        for datagram in sent(&mut sender, 40, now(40)) {
            if let Ok(Received::Shown(picture)) = receiver.handle(host(1), &datagram, now(40)) {
                shown = picture.to_vec();
            }
        }
        prop_assert_eq!(shown, picture(40));
    }
}
