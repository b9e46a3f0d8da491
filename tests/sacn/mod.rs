//! sACN without a network: golden bytes, an independent reader, both sides against each other, and bytes that are none.

mod packet;
mod receiver;
mod sender;
mod whole;

use std::num::NonZeroU16;

use yingbi::{
    controller::{
        Controller as _, To, Transmit, Universes,
        sacn::{Identity, Sender, Settings},
    },
    units::Moment,
};

const START: Moment = Moment::from_nanoseconds(1_000_000_000);

const CID: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

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

/// Everything that is due, as the datagrams that a link makes of it.
fn drain_to(sender: &mut Sender, now: Moment) -> Vec<(To, Vec<u8>)> {
    let mut datagrams = Vec::new();
    let mut out = Vec::new();
    while let Some(Transmit { length, segment, to }) = sender.poll_transmit(now, &mut out) {
        assert_eq!(out.len(), length);
        datagrams.extend(
            out.chunks(segment.unwrap_or(length))
                .map(|datagram| (to, datagram.to_vec())),
        );
        out.clear();
    }
    datagrams
}

/// The same but the lists of universes.
fn drain(sender: &mut Sender, now: Moment) -> Vec<Vec<u8>> {
    let datagrams = drain_to(sender, now).into_iter().map(|(_, datagram)| datagram);
    datagrams.filter(|datagram| !is_list(datagram)).collect()
}

fn is_list(datagram: &[u8]) -> bool {
    datagram[18..22] == [0, 0, 0, 8] && datagram[40..44] == [0, 0, 0, 2]
}

fn is_sync(datagram: &[u8]) -> bool {
    datagram.len() == 49
}
