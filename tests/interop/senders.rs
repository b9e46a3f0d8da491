//! Senders of the Python package index drive our devices: the picture is theirs.

use std::{
    net::SocketAddrV4,
    process::Command,
    time::{Duration, Instant},
};

use yingbi::{
    controller::{
        Universes,
        artnet::{self, Node},
        sacn,
    },
    link::UdpListener,
};

use super::{Clock, LOCALHOST, PATIENCE, Peer, frame, ports, program};
use yingbi::units::Size;

/// Sends the picture in its first argument (hexadecimal) from universe 1 on, 512 slots each, synchronised where the second is not 0. What
/// the package would send to a multicast group goes to this machine, too: not every machine leads groups to itself.
const SACN: &str = "
import sacn, sys, time
from sacn.sending.sender_socket_udp import SenderSocketUDP

class Nearby(SenderSocketUDP):
    def send_multicast(self, data, destination, ttl):
        self.send_unicast(data, '127.0.0.1')
    def send_broadcast(self, data):
        self.send_unicast(data, '127.0.0.1')

picture, address = bytes.fromhex(sys.argv[1]), int(sys.argv[2])
nearby = Nearby(None, '127.0.0.1', 0, 30)
sender = sacn.sACNsender(source_name='peer', sync_universe=address or 63999, socket=nearby)
nearby._listener = sender._sender_handler
sender.start()
sender.manual_flush = address != 0
count = (len(picture) + 511) // 512
for universe in range(1, count + 1):
    sender.activate_output(universe)
    sender[universe].priority = 150
    sender[universe].destination = '127.0.0.1'
    sender[universe].dmx_data = tuple(picture[(universe - 1) * 512:universe * 512])
while True:
    if address:
        sender.flush()
    time.sleep(0.05)
";

/// The same over Art-Net, to the port in the second argument; an ArtSync where the third is 1.
const ARTNET: &str = "
import sys, time
from stupidArtnet import StupidArtnet
picture, port, sync = bytes.fromhex(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == '1'
count = (len(picture) + 511) // 512
senders = [StupidArtnet('127.0.0.1', universe, 512, 30, True, False, port=port,
    artsync=sync and universe == count) for universe in range(1, count + 1)]
for number, sender in enumerate(senders):
    sender.set(bytearray(picture[number * 512:(number + 1) * 512].ljust(512, b'\\0')))
while True:
    for sender in senders:
        sender.show()
    time.sleep(0.05)
";

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn python(script: &str, arguments: &[&str]) -> Peer {
    let mut command = Command::new(program("YINGBI_PYTHON", "python3"));
    Peer::start(command.args(["-c", script]).args(arguments))
}

/// Hands what comes to `take` until that says that it is enough.
fn receive(listener: &mut UdpListener, mut take: impl FnMut(std::net::SocketAddr, &[u8]) -> bool) {
    let deadline = Instant::now() + PATIENCE;
    let mut enough = false;
    while !enough && Instant::now() < deadline {
        let heard = listener.receive(Duration::from_millis(100), |from, datagram| {
            enough = enough || take(from, datagram);
        });
        heard.unwrap();
    }
    assert!(enough, "not within {PATIENCE:?}");
}

#[test]
#[ignore = "needs Python with the package sacn, which .ci/run installs where it can"]
fn the_package_sacn_drives_our_device() {
    let _ports = ports();
    let (_, picture) = frame(Size::new(32, 20), 3);
    for address in ["0", "63999"] {
        let is_synchronised = address != "0";
        let mut listener = UdpListener::bind((LOCALHOST, sacn::packet::PORT).into()).unwrap();
        let universes = Universes { first: 1, slots: 512 };
        let mut device = sacn::Receiver::new(universes, picture.len());
        let clock = Clock::start();
        let _peer = python(SACN, &[&hexadecimal(&picture), address]);
        let mut shown = 0;
        receive(&mut listener, |_, datagram| {
            let came = device.handle(datagram, clock.now());
            let came = came.unwrap_or_else(|refusal| panic!("{refusal}"));
            let by_its_means = is_synchronised == (datagram.len() == sacn::packet::SYNC);
            shown += u32::from(by_its_means && came == sacn::Received::Shown(&picture));
            shown == 3
        });
        assert_eq!(device.counts().malformed + device.counts().refused, 0);
    }
}

#[test]
#[ignore = "needs Python with the package stupidArtnet, which .ci/run installs where it can"]
fn the_package_stupid_artnet_drives_our_node() {
    for sync in ["0", "1"] {
        let (_, picture) = frame(Size::new(32, 20), 4);
        let mut listener = UdpListener::bind((LOCALHOST, 0).into()).unwrap();
        let port = listener.address().port();
        let mut node = artnet::Receiver::new(Node {
            universes: Universes { first: 1, slots: 512 },
            bytes: picture.len(),
            merge: artnet::Merge::default(),
            address: SocketAddrV4::new(LOCALHOST, port),
            mac: [0; 6],
            name: "node".into(),
        });
        let clock = Clock::start();
        let _peer = python(ARTNET, &[&hexadecimal(&picture), &port.to_string(), sync]);
        let mut shown = 0;
        receive(&mut listener, |from, datagram| {
            match node.handle(from, datagram, clock.now()) {
                Ok(artnet::Received::Shown(picture_shown)) => shown += u32::from(picture_shown == picture),
                Ok(_) => {}
                Err(refusal) => panic!("{refusal}"),
            }
            shown == 3
        });
        assert_eq!(node.counts().malformed + node.counts().refused, 0);
    }
}
