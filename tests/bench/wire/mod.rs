//! From packed bytes to the network: encoding, sending over the loopback.
//!
//! The receiver is a bound socket with the smallest buffer that nobody reads, so that all senders pay the same for its drops. A
//! sender's part is to take in a picture that differs from the last one (`show`, which copies it), to encode it and to send it, gathered
//! as the daemon does; the floor has the picture already and sends it through one copy, behind headers that are ready.

mod floor;
mod ours;
mod peer;

use std::{
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    num::NonZeroU16,
    time::Duration,
};

use rustix::net::sockopt::set_socket_recv_buffer_size;
use yingbi::{
    controller::{Controller, Universes, artnet, ddp, sacn},
    link::{Ends, Segmentation, UdpLink},
    site::Route,
    units::{Moment, Size},
};

use super::harness::{Budget, Harness};
use floor::{Floor, Form};
use ours::Ours;

const SIZE: Size = Size::new(512, 256);
const LARGE: Size = Size::new(1920, 1080);

/// Slots of a universe: whole LEDs.
const SLOTS: u16 = 510;

/// Times encoding and sending of 512x256 LEDs, and states it for 1920x1080.
pub(crate) fn run(harness: &mut Harness) {
    encoding(harness);
    unchanged(harness);
    ddp(harness);
    sacn(harness);
    artnet(harness);
    multicast(harness);
    large(harness);
}

fn encoding(harness: &mut Harness) {
    let pictures = pictures(SIZE);
    let mut copy = vec![0; pictures[0].len()];
    let mut ours = Ours::new(ddp::Sender::new(), None, SIZE);
    harness.compare(
        "wire: DDP 512x256, show and encode",
        Budget::Either(Duration::from_micros(40), 4.0),
        ("memcpy", || copy.copy_from_slice(&pictures[0])),
        || ours.pass(),
    );
}

/// A frame that has not changed costs a comparison.
fn unchanged(harness: &mut Harness) {
    unchanged_by(harness, "wire: DDP 512x256, unchanged", ddp::Sender::new());
    unchanged_by(harness, "wire: sACN 512x256, unchanged", sacn_sender(false));
    unchanged_by(harness, "wire: Art-Net 512x256, unchanged", artnet_sender());
}

fn unchanged_by(harness: &mut Harness, name: &str, session: impl Controller<Picture = [u8]>) {
    let mut ours = Ours::new(session, None, SIZE);
    ours.pass();
    let [picture, _] = pictures(SIZE);
    let same = picture.clone();
    harness.compare(name, Budget::Ratio(1.5), ("memcmp", || picture == same), || {
        ours.again()
    });
}

fn ddp(harness: &mut Harness) {
    let deaf = Deaf::new();
    let mut floor = Floor::new(Form::Ddp, SIZE, deaf.address);
    sent(harness, "wire: DDP 512x256", ddp::Sender::new(), &mut floor, &deaf);
    let name = "wire: ddp-rs 512x256";
    if harness.wants(name) {
        let mut ours = Ours::new(ddp::Sender::new(), Some(deaf.link(Segmentation::Offered)), SIZE);
        let mut peer = peer::Ddp::new(deaf.address, SIZE);
        harness.compare(name, Budget::AtLeast(4.0), ("ours", || ours.pass()), || peer.pass());
    }
}

fn sacn(harness: &mut Harness) {
    let deaf = Deaf::new();
    let mut floor = Floor::new(Form::Sacn, SIZE, deaf.address);
    sent(harness, "wire: sACN 512x256", sacn_sender(false), &mut floor, &deaf);
    let name = "wire: crate sacn 512x256";
    if harness.wants(name) {
        let mut ours = Ours::new(sacn_sender(false), Some(deaf.link(Segmentation::Offered)), SIZE);
        let mut peer = peer::Sacn::new(deaf.address, SIZE);
        harness.compare(name, Budget::AtLeast(4.5), ("ours", || ours.pass()), || peer.pass());
    }
}

fn artnet(harness: &mut Harness) {
    let deaf = Deaf::new();
    let mut floor = Floor::new(Form::ArtNet, SIZE, deaf.address);
    sent(harness, "wire: Art-Net 512x256", artnet_sender(), &mut floor, &deaf);
    let name = "wire: artnet_protocol 512x256";
    if harness.wants(name) {
        let mut ours = Ours::new(artnet_sender(), Some(deaf.link(Segmentation::Offered)), SIZE);
        let mut peer = peer::ArtNet::new(deaf.address, SIZE);
        harness.compare(name, Budget::AtLeast(5.0), ("ours", || ours.pass()), || peer.pass());
    }
}

/// What a session costs to `deaf`, with segmentation and without, each beside its own floor.
fn sent(
    harness: &mut Harness,
    name: &str,
    session: impl Controller<Picture = [u8]> + Fresh,
    floor: &mut Floor,
    deaf: &Deaf,
) {
    let singly = format!("{name}, one by one");
    let name = format!("{name}, show and send");
    if harness.wants(&name) {
        let mut ours = Ours::new(session.fresh(), Some(deaf.link(Segmentation::Offered)), SIZE);
        let floor = ("header, memcpy, GSO", || floor.segmented());
        harness.compare(&name, Budget::Ratio(1.25), floor, || ours.pass());
    }
    if harness.wants(&singly) {
        let mut ours = Ours::new(session, Some(deaf.link(Segmentation::Never)), SIZE);
        let floor = ("header, memcpy, sendmmsg", || floor.singly());
        harness.compare(&singly, Budget::Ratio(1.25), floor, || ours.pass());
    }
}

/// A universe's group each: nothing can be segmented.
fn multicast(harness: &mut Harness) {
    let name = "wire: sACN 512x256, multicast";
    if !harness.wants(name) {
        return;
    }
    let mut floor = Floor::new(Form::Sacn, SIZE, (Ipv4Addr::LOCALHOST, sacn::packet::PORT).into());
    floor.address_groups();
    let route = Route {
        interface: Some("lo".into()),
        ..Route::default()
    };
    let link = UdpLink::open(Ends::Any, &route, Moment::ZERO);
    let mut ours = Ours::new(sacn_sender(true), Some(link), SIZE);
    let floor = ("header, memcpy, sendmmsg", || floor.singly());
    harness.compare(name, Budget::Ratio(1.25), floor, || ours.pass());
}

fn large(harness: &mut Harness) {
    large_by(harness, "wire: DDP 1920x1080", ddp::Sender::new(), Form::Ddp);
    large_by(harness, "wire: sACN 1920x1080", sacn_sender(false), Form::Sacn);
    large_by(harness, "wire: Art-Net 1920x1080", artnet_sender(), Form::ArtNet);
}

fn large_by(harness: &mut Harness, name: &str, session: impl Controller<Picture = [u8]>, form: Form) {
    if !harness.wants(name) {
        return;
    }
    let deaf = Deaf::new();
    let mut floor = Floor::new(form, LARGE, deaf.address);
    let mut ours = Ours::new(session, Some(deaf.link(Segmentation::Offered)), LARGE);
    let floor = ("header, memcpy, GSO", || floor.segmented());
    harness.compare(name, Budget::None, floor, || ours.pass());
}

/// Makes another session of the same settings.
trait Fresh {
    fn fresh(&self) -> Self;
}

impl Fresh for ddp::Sender {
    fn fresh(&self) -> Self {
        Self::new()
    }
}

impl Fresh for sacn::Sender {
    fn fresh(&self) -> Self {
        sacn_sender(false)
    }
}

impl Fresh for artnet::Sender {
    fn fresh(&self) -> Self {
        artnet_sender()
    }
}

fn sacn_sender(multicast: bool) -> sacn::Sender {
    let settings = sacn::Settings {
        universes: Universes { first: 1, slots: SLOTS },
        priority: 100,
        sync: None::<NonZeroU16>,
        multicast,
    };
    let identity = sacn::Identity {
        cid: [7; 16],
        name: "yingbi".into(),
    };
    sacn::Sender::new(settings, identity)
}

fn artnet_sender() -> artnet::Sender {
    artnet::Sender::new(artnet::Settings {
        universes: Universes { first: 0, slots: SLOTS },
        sync: false,
        discover: false,
    })
}

/// Two pictures that differ everywhere.
fn pictures(size: Size) -> [Vec<u8>; 2] {
    [0, 1].map(|more| (0..size.leds() * 3).map(|at| (at % 251) as u8 + more).collect())
}

/// A receiver that does not listen.
struct Deaf {
    address: SocketAddr,
    _socket: UdpSocket,
}

impl Deaf {
    fn new() -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback is there");
        set_socket_recv_buffer_size(&socket, 1).expect("a buffer may be small");
        Self {
            address: socket.local_addr().expect("a bound socket has an address"),
            _socket: socket,
        }
    }

    fn link(&self, segmentation: Segmentation) -> UdpLink {
        let ends = Ends::Peer(self.address.to_string().into());
        UdpLink::open(ends, &Route::default(), Moment::ZERO).with_segmentation(segmentation)
    }
}
