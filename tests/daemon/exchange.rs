//! Outputs of Art-Net that share a port: an answer reaches one of their sockets, and all of them hear it.

use std::{net::Ipv4Addr, sync::Arc, time::Duration};

use embedded_graphics::pixelcolor::Rgb888;
use yingbi::{
    controller::{
        Transmit, Universes,
        artnet::{
            self,
            packet::{Packet, Reply},
        },
    },
    daemon::{Exchange, News, Output, Wire},
    frame::Frame,
    link::{LinkError, Sent},
    site::{self, Protocol},
    units::{Level, Moment, Size},
};

use super::output::{Tape, open, to};

const SIZE: Size = Size { width: 2, height: 1 };

/// A wire at which datagrams wait.
#[derive(Debug, Default)]
struct Ear {
    tape: Tape,
    waiting: Vec<Vec<u8>>,
}

impl Wire for Ear {
    fn send_all(&mut self, transmits: &[Transmit], bytes: &[u8], now: Moment) -> Sent {
        self.tape.send_all(transmits, bytes, now)
    }

    fn receive(&mut self, _now: Moment, take: &mut dyn FnMut(&[u8])) {
        self.waiting.drain(..).for_each(|datagram| take(&datagram));
    }

    fn problems(&self) -> Vec<LinkError> {
        Vec::new()
    }
}

/// An output of Art-Net whose first universe is `first`; it looks for its nodes, or has an address.
fn art_net(first: u16, discover: bool) -> site::Output {
    let settings = artnet::Settings {
        universes: Universes { first, slots: 510 },
        sync: true,
        discover,
    };
    site::Output {
        protocol: Protocol::ArtNet(settings),
        ..to("192.0.2.1:6454", SIZE)
    }
}

/// The answer of a node that puts out universes 0 and 1.
fn answer() -> Vec<u8> {
    let mut datagram = Vec::new();
    Packet::Reply(Reply {
        ports: 2,
        types: [0x80, 0x80, 0, 0],
        outputs: [0, 1, 0, 0],
        ..Reply::plain(Ipv4Addr::new(192, 0, 2, 9), b"node")
    })
    .encode(&mut datagram);
    datagram
}

/// The universes that the output has sent.
fn sent(output: &Output<Ear>) -> Vec<u16> {
    let universe = |(_, datagram): &(Moment, Vec<u8>)| match Packet::parse(datagram) {
        Ok(Packet::Dmx(dmx)) => Some(dmx.universe),
        _ => None,
    };
    output.wire().tape.sent.iter().filter_map(universe).collect()
}

/// What two outputs at one exchange send, the one of `other` and one of universe 1 whose socket gets the answer.
fn answered(other: &site::Output) -> [Vec<u16>; 2] {
    let exchange = Arc::<Exchange>::default();
    let mut frame = Frame::new(SIZE);
    frame.fill(Rgb888::new(1, 2, 3));
    let at = |milliseconds| Moment::ZERO + Duration::from_millis(milliseconds);
    let own = art_net(1, true);
    let mut listens = Ear::default();
    listens.waiting.extend([answer(), b"nothing of Art-Net".to_vec()]);
    let mut outputs = [(other, Ear::default()), (&own, listens)].map(|(output, ear)| {
        let mut opened = open(output, ear).at(&exchange, output);
        opened.show(&frame, Level::FULL, News::Frame, at(0));
        opened
    });
    for (output, milliseconds) in [(0, 0), (1, 100), (0, 200)] {
        outputs[output].poll(at(milliseconds));
    }
    outputs.each_ref().map(sent)
}

#[test]
fn what_a_node_answers_to_one_output_is_heard_by_all_that_look_for_nodes() {
    assert_eq!(answered(&art_net(0, true)), [vec![0], vec![1]]);
}

#[test]
fn an_output_with_an_address_sends_there_whatever_the_others_hear() {
    assert_eq!(answered(&art_net(5, false)), [vec![5], vec![1]]);
}
