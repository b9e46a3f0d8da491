//! Crates that send the same pictures.

use std::net::{Ipv4Addr, SocketAddr, UdpSocket};

use artnet_protocol::{ArtCommand, Output, PortAddress};
use ddp_rs::{
    connection::DDPConnection,
    protocol::{ID, PixelConfig},
};
use sacn::source::SacnSource;
use yingbi::units::Size;

use super::{SLOTS, pictures};

fn socket() -> UdpSocket {
    UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback is there")
}

/// `ddp-rs`.
pub(super) struct Ddp {
    connection: DDPConnection,
    picture: Vec<u8>,
}

impl Ddp {
    pub(super) fn new(peer: SocketAddr, size: Size) -> Self {
        let connection = DDPConnection::try_new(peer, PixelConfig::default(), ID::Default, socket());
        let [picture, _] = pictures(size);
        Self {
            connection: connection.expect("an address is one"),
            picture,
        }
    }

    pub(super) fn pass(&mut self) {
        let _ = self.connection.write(&self.picture);
    }
}

/// `sacn`, whose universes have all 512 slots: it then has fewer datagrams to send than we.
pub(super) struct Sacn {
    source: SacnSource,
    universes: Vec<u16>,
    /// A start code and 512 slots each.
    slots: Vec<u8>,
    peer: SocketAddr,
}

impl Sacn {
    pub(super) fn new(peer: SocketAddr, size: Size) -> Self {
        let source = SacnSource::with_ip("peer", (Ipv4Addr::LOCALHOST, 0).into());
        let mut source = source.expect("the loopback is there");
        let [picture, _] = pictures(size);
        let slots: Vec<u8> = picture
            .chunks(512)
            .flat_map(|slots| std::iter::once(&0).chain(slots))
            .copied()
            .collect();
        let universes: Vec<u16> = (1..=picture.len().div_ceil(512) as u16).collect();
        source.set_is_sending_discovery(false);
        source.register_universes(&universes).expect("the universes are valid");
        Self {
            source,
            universes,
            slots,
            peer,
        }
    }

    pub(super) fn pass(&mut self) {
        let sent = self
            .source
            .send(&self.universes, &self.slots, None, Some(self.peer), None);
        sent.expect("the loopback takes all");
    }
}

/// `artnet_protocol`, which makes the bytes of a datagram, and a `send_to` for each.
pub(super) struct ArtNet {
    socket: UdpSocket,
    peer: SocketAddr,
    picture: Vec<u8>,
}

impl ArtNet {
    pub(super) fn new(peer: SocketAddr, size: Size) -> Self {
        let [picture, _] = pictures(size);
        Self {
            socket: socket(),
            peer,
            picture,
        }
    }

    pub(super) fn pass(&mut self) {
        for (universe, data) in self.picture.chunks(usize::from(SLOTS)).enumerate() {
            let command = ArtCommand::Output(Output {
                port_address: PortAddress::try_from(universe as u16).expect("few universes"),
                data: data.to_vec().into(),
                ..Output::default()
            });
            let bytes = command.write_to_buffer().expect("a universe has its size");
            let _ = self.socket.send_to(&bytes, self.peer);
        }
    }
}
