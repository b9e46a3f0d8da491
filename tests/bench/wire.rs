//! From packed bytes to the network: DDP encoding, sending over the loopback.
//!
//! The receiver is a bound socket with the smallest buffer that nobody reads, so that all senders pay the same for its drops. The
//! floor of sending is the header and a copy of the data of each packet into one buffer, sent in runs that the system segments.

use std::{
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    time::Duration,
};

use quinn_udp::{Transmit, UdpSockRef, UdpSocketState};
use yingbi::{
    controller::{Controller as _, ddp::Sender},
    link::{Ends, UdpLink},
    site::Route,
    units::{Moment, Size},
};

use super::harness::{Budget, Harness};

const SIZE: Size = Size::new(512, 256);
const HEADER: usize = 10;
const DATA: usize = 1440;

/// Times encoding and sending of 512x256 LEDs.
pub(crate) fn run(harness: &mut Harness) {
    encoding(harness);
    sending(harness);
}

fn picture() -> Vec<u8> {
    (0..SIZE.leds() * 3).map(|at| (at % 251) as u8).collect()
}

fn encoding(harness: &mut Harness) {
    let picture = picture();
    let mut copy = vec![0; picture.len()];
    let mut session = Session::new(&picture);
    harness.compare(
        "wire: DDP 512x256, encode",
        Budget::Either(Duration::from_micros(40), 2.0),
        ("memcpy", || copy.copy_from_slice(&picture)),
        || session.pass(|_, _| ()),
    );
}

fn sending(harness: &mut Harness) {
    let name = "wire: DDP 512x256, encode and send";
    if !harness.wants(name) {
        return;
    }
    let deaf = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback is there");
    let peer = deaf.local_addr().expect("a bound socket has an address");
    let mut floor = Floor::new(peer, picture());
    let mut session = Session::new(&picture());
    let mut link = UdpLink::open(Ends::Peer(peer.to_string().into()), &Route::default(), Moment::ZERO);
    harness.compare(
        name,
        Budget::Ratio(1.5),
        ("header, memcpy, GSO", || floor.pass()),
        || {
            session.pass(|transmit, bytes| {
                link.send(transmit, bytes, Moment::ZERO);
            });
        },
    );
}

/// Our session, made to send the same picture again and again.
struct Session {
    sender: Sender,
    out: Vec<u8>,
}

impl Session {
    fn new(picture: &[u8]) -> Self {
        let mut sender = Sender::new();
        sender.show(picture, Moment::ZERO);
        Self {
            sender,
            out: Vec::new(),
        }
    }

    fn pass(&mut self, mut send: impl FnMut(&yingbi::controller::Transmit, &[u8])) {
        self.sender.refresh(Moment::ZERO);
        while let Some(transmit) = self.sender.poll_transmit(Moment::ZERO, &mut self.out) {
            send(&transmit, &self.out);
            self.out.clear();
        }
    }
}

/// What no sender can do without: headers, one copy, and as few system calls as there can be.
struct Floor {
    socket: UdpSocket,
    state: UdpSocketState,
    peer: SocketAddr,
    picture: Vec<u8>,
    out: Vec<u8>,
}

impl Floor {
    fn new(peer: SocketAddr, picture: Vec<u8>) -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback is there");
        let state = UdpSocketState::new(UdpSockRef::from(&socket)).expect("a bound socket takes options");
        let out = Vec::with_capacity(picture.len() * 2);
        Self {
            socket,
            state,
            peer,
            picture,
            out,
        }
    }

    fn pass(&mut self) {
        let runs = self.state.max_gso_segments().clamp(1, 65_507 / (HEADER + DATA));
        for run in self.picture.chunks(runs * DATA) {
            self.out.clear();
            for data in run.chunks(DATA) {
                self.out.extend_from_slice(&[0x40, 0, 0x0b, 1, 0, 0, 0, 0, 0, 0]);
                self.out.extend_from_slice(data);
            }
            let transmit = Transmit {
                destination: self.peer,
                ecn: None,
                contents: &self.out,
                segment_size: Some(HEADER + DATA),
                src_ip: None,
            };
            // A full buffer is part of the cost on both sides.
            let _ = self.state.try_send(UdpSockRef::from(&self.socket), &transmit);
        }
    }
}
