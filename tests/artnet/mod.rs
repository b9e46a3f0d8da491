//! Art-Net without a network: golden bytes, both sides against each other, and bytes that are none.

mod discovery;
mod node;
mod session;
mod torn;
mod wire;

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

use yingbi::{
    controller::{
        Controller as _, To, Transmit, Universes,
        artnet::{Merge, Node, Sender, Settings, packet::Packet},
    },
    units::Moment,
};

const START: Moment = Moment::from_nanoseconds(1_000_000_000);

fn bytes(hex: &str) -> Vec<u8> {
    let digits: String = hex.chars().filter(|c| !c.is_whitespace()).collect();
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
        .collect()
}

fn ramp(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

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

/// Everything that is due, as the datagrams that a link makes of it, each with where it goes.
fn drain(sender: &mut Sender, now: Moment) -> Vec<(To, Vec<u8>)> {
    let mut datagrams = Vec::new();
    let mut out = Vec::new();
    while let Some(Transmit { length, segment, to }) = sender.poll_transmit(now, &mut out) {
        assert_eq!(out.len(), length);
        assert!(length <= 65_507);
        let batch: Vec<_> = out.chunks(segment.unwrap_or(length)).map(<[u8]>::to_vec).collect();
        assert!(batch.len() <= 64 && (segment.is_none() || batch.len() > 1));
        datagrams.extend(batch.into_iter().map(|datagram| (to, datagram)));
        out.clear();
    }
    datagrams
}

/// What is due but questions.
fn pass(sender: &mut Sender, now: Moment) -> Vec<(To, Vec<u8>)> {
    let mut all = drain(sender, now);
    all.retain(|(_, datagram)| !matches!(Packet::parse(datagram), Ok(Packet::Poll(_))));
    all
}
