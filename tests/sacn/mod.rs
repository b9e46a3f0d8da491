//! sACN without a network: golden bytes, an independent reader, both sides against each other, and bytes that are none.

mod packet;
mod receiver;
mod sender;
mod whole;

use std::num::NonZeroU16;

use yingbi::{
    controller::{
        Universes,
        sacn::{Identity, Sender, Settings},
    },
    units::Moment,
};

use crate::support::wire::{bytes, datagrams, ramp, sent};

const START: Moment = Moment::from_nanoseconds(1_000_000_000);

const CID: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

fn identity() -> Identity {
    Identity {
        cid: CID,
        name: "lobby".into(),
    }
}

/// RGB in universes of 510 slots from `first` on, at priority 100, to the peer.
fn settings(first: u16) -> Settings {
    Settings {
        universes: Universes { first, slots: 510 },
        priority: 100,
        sync: None,
        multicast: false,
    }
}

fn synchronised(first: u16) -> Settings {
    Settings {
        sync: NonZeroU16::new(63_999),
        ..settings(first)
    }
}

/// Everything that is due but the lists of universes.
fn drain(sender: &mut Sender, now: Moment) -> Vec<Vec<u8>> {
    let mut all = datagrams(sender, now);
    all.retain(|datagram| !is_list(datagram));
    all
}

fn is_list(datagram: &[u8]) -> bool {
    datagram[18..22] == [0, 0, 0, 8] && datagram[40..44] == [0, 0, 0, 2]
}

fn is_sync(datagram: &[u8]) -> bool {
    datagram.len() == 49
}
