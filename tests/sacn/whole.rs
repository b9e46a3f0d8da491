//! Sender and device with a bad network between them: what is shown is whole where the numbers can tell.
//!
//! Every picture has one level, so that a picture with two levels is torn, whatever the device says of it.

use std::time::Duration;

use proptest::{collection::vec, prelude::*};
use yingbi::controller::{
    Controller as _, Universes,
    sacn::{Received, Receiver, Sender},
};

use super::{START, drain, identity, ramp, settings, synchronised};

/// Five universes, the last of them short.
const LENGTH: usize = 510 * 4 + 30;

/// What the network does to a datagram.
#[derive(Clone, Copy, Debug)]
enum Fate {
    /// It comes.
    Passes,
    /// It is lost.
    Lost,
    /// It comes twice.
    Doubled,
    /// So many others overtake it.
    Delayed(usize),
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        12 => Just(Fate::Passes),
        1 => Just(Fate::Lost),
        1 => Just(Fate::Doubled),
        2 => (1..20_usize).prop_map(Fate::Delayed),
    ]
}

/// The datagrams as they arrive.
fn network(sent: &[Vec<u8>], fates: &[Fate]) -> Vec<Vec<u8>> {
    let mut arriving = Vec::new();
    for (place, (datagram, fate)) in sent.iter().zip(fates.iter().cycle()).enumerate() {
        match fate {
            Fate::Passes => arriving.push((place, datagram)),
            Fate::Lost => {}
            Fate::Doubled => arriving.extend([(place, datagram), (place + 3, datagram)]),
            Fate::Delayed(by) => arriving.push((place + by, datagram)),
        }
    }
    arriving.sort_by_key(|(place, _)| *place);
    arriving.into_iter().map(|(_, datagram)| datagram.clone()).collect()
}

/// A device that has heard the first synchronisation, and the datagrams of `passes` further pictures of levels 1, 2, 3 and so on.
fn walk(passes: u8, whole_only: bool) -> (Receiver, Vec<Vec<u8>>) {
    let mut sender = Sender::new(synchronised(1), identity());
    let mut device = Receiver::new(Universes { first: 1, slots: 510 }, LENGTH);
    if whole_only {
        device = device.whole_only();
    }
    sender.show(&[0; LENGTH], START);
    for datagram in drain(&mut sender, START) {
        device.handle(&datagram, START).unwrap();
    }
    let mut sent = Vec::new();
    for level in 1..=passes {
        sender.show(&[level; LENGTH], START);
        sent.extend(drain(&mut sender, START));
    }
    (device, sent)
}

fn is_torn(picture: &[u8]) -> bool {
    picture.iter().any(|level| *level != picture[0])
}

#[test]
fn over_a_good_network_every_picture_is_shown_whole() {
    let (mut device, sent) = walk(20, false);
    let mut levels = Vec::new();
    for datagram in sent {
        if let Ok(Received::Shown(picture)) = device.handle(&datagram, START) {
            assert!(!is_torn(picture));
            levels.push(picture[0]);
            assert!(device.is_whole());
        }
    }
    assert_eq!(levels, (1..=20).collect::<Vec<u8>>());
}

#[test]
fn our_picture_arrives_slot_by_slot_with_and_without_synchronisation() {
    for settings in [settings(300), synchronised(300)] {
        let mut sender = Sender::new(settings, identity());
        let mut device = Receiver::new(settings.universes, LENGTH);
        sender.show(&ramp(LENGTH), START);
        for datagram in drain(&mut sender, START) {
            device.handle(&datagram, START).unwrap();
        }
        assert_eq!(device.picture(), ramp(LENGTH));
    }
}

proptest! {
    #[test]
    fn a_picture_that_is_called_whole_is_never_torn(fates in vec(fate(), 1..200)) {
        let (mut device, sent) = walk(40, false);
        for datagram in network(&sent, &fates) {
            if matches!(device.handle(&datagram, START), Ok(Received::Shown(_))) && device.is_whole() {
                prop_assert!(!is_torn(device.picture()));
            }
        }
    }

    #[test]
    fn a_device_for_whole_pictures_never_shows_a_torn_one(fates in vec(fate(), 1..200)) {
        let (mut device, sent) = walk(40, true);
        for datagram in network(&sent, &fates) {
            device.handle(&datagram, START).unwrap();
            prop_assert!(!is_torn(device.picture()));
        }
    }

    #[test]
    fn what_the_standard_gives_is_whole_where_nothing_is_lost_and_nothing_crosses_a_synchronisation(
        order in vec(any::<prop::sample::Index>(), 5),
        doubled in any::<[bool; 6]>(),
    ) {
        let (mut device, sent) = walk(20, false);
        for pass in sent.chunks(6) {
            let (sync, data) = pass.split_last().unwrap();
            let mut data: Vec<(usize, &Vec<u8>)> = order.iter().map(|place| place.index(100)).zip(data).collect();
            data.sort_by_key(|(place, _)| *place);
            let pass = data.into_iter().map(|(_, datagram)| datagram).chain([sync]);
            for (datagram, twice) in pass.zip(doubled) {
                for _ in 0..=u8::from(twice) {
                    device.handle(datagram, START).unwrap();
                    prop_assert!(!is_torn(device.picture()));
                }
            }
        }
        prop_assert_eq!(device.counts().partial, 0);
        prop_assert_eq!(device.counts().pictures, 21);
    }

    #[test]
    fn once_the_network_is_good_again_the_next_picture_is_ours(fates in vec(fate(), 1..100)) {
        let (mut device, sent) = walk(30, false);
        let (bad, good) = sent.split_at(6 * 28);
        for datagram in network(bad, &fates).iter().chain(good) {
            device.handle(datagram, START).unwrap();
        }
        prop_assert_eq!(device.picture(), [30; LENGTH]);
        prop_assert!(device.is_whole());
    }
}

#[test]
fn a_wall_whose_synchronisation_is_cut_off_is_lit_again_after_its_loss() {
    let (mut device, sent) = walk(3, false);
    let late = START + Duration::from_millis(2500);
    for datagram in sent.iter().filter(|datagram| datagram.len() > 49) {
        device.handle(datagram, late).unwrap();
    }
    assert_eq!(device.picture(), [3; LENGTH]);
}
