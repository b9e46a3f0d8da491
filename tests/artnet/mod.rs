//! Art-Net without a network: golden bytes, both sides against each other, and bytes that are none.

mod discovery;
mod node;
mod session;
mod torn;
mod wire;

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

use yingbi::{
    controller::{
        To, Universes,
        artnet::{Merge, Node, Sender, Settings, packet::Packet},
    },
    units::Moment,
};

use crate::support::wire::{bytes, ramp, sent};

const START: Moment = Moment::from_nanoseconds(1_000_000_000);

/// A wall behind the link's peer, from universe 3 on.
fn settings(slots: u16) -> Settings {
    Settings {
        universes: Universes { first: 3, slots },
        sync: true,
        discover: false,
    }
}

fn node(slots: u16, bytes: usize) -> Node {
    Node {
        universes: Universes { first: 3, slots },
        bytes,
        merge: Merge::Highest,
        address: SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 5), 6454),
        mac: [2, 0, 0, 0, 0, 5],
        name: "wall".into(),
    }
}

fn host(last: u8) -> SocketAddr {
    SocketAddr::from(([192, 0, 2, last], 6454))
}

/// Everything that is due but questions.
fn pass(sender: &mut Sender, now: Moment) -> Vec<(To, Vec<u8>)> {
    let mut all = sent(sender, now);
    all.retain(|(_, datagram)| !matches!(Packet::parse(datagram), Ok(Packet::Poll(_))));
    all
}
