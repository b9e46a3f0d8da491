//! What a node answers: pages of up to four universes of one sub-net.

use super::{Node, port::Port};
use crate::controller::artnet::packet::{Packet, Poll, Reply};

/// The most pages of one address: their number has one byte, from 1 on.
pub(super) const PAGES: usize = 255;

/// Output of DMX.
const OUTPUT: u8 = 0x80;

/// The universes of each page of `count` universes from `first` on: at most four, and of one sub-net.
pub(super) fn pages(first: u16, count: u16) -> impl Iterator<Item = std::ops::Range<u16>> {
    let end = first.saturating_add(count);
    let mut next = first;
    let page = move || {
        let start = next;
        let sub_net_end = (start | 0x0f).saturating_add(1);
        next = end.min(sub_net_end).min(start.saturating_add(4));
        (start < next).then_some(start..next)
    };
    std::iter::from_fn(page).take(PAGES)
}

/// Whether `poll` asks for that page.
pub(super) fn is_asked(poll: &Poll, universes: &std::ops::Range<u16>) -> bool {
    universes.clone().any(|universe| poll.asks(universe))
}

/// The answer of page `index`, counted from 0, with the ports of `universes`.
pub(super) fn page(node: &Node, index: usize, universes: &std::ops::Range<u16>, ports: &[Port], count: u64) -> Vec<u8> {
    let report = format!("#0001 [{:04}] Yingbi virtual node", count % 10_000);
    let mut reply = Reply {
        port: node.address.port(),
        net: (universes.start >> 8) as u8,
        sub_net: (universes.start >> 4 & 0x0f) as u8,
        report: report.as_bytes(),
        ports: universes.end - universes.start,
        mac: node.mac,
        bind_index: u8::try_from(index + 1).unwrap_or(u8::MAX),
        ..Reply::plain(*node.address.ip(), node.name.as_bytes())
    };
    for ((place, universe), port) in universes.clone().enumerate().zip(ports) {
        reply.types[place] = OUTPUT;
        reply.outputs[place] = (universe & 0x0f) as u8;
        reply.good_outputs[place] = port.good(node.merge);
    }
    let mut datagram = Vec::new();
    Packet::Reply(reply).encode(&mut datagram);
    datagram
}
