//! What no sender can do without: headers, one copy, and as few system calls as there can be.

use std::{
    io::IoSlice,
    net::{Ipv4Addr, SocketAddr, UdpSocket},
};

use quinn_udp::{Transmit, UdpSockRef, UdpSocketState};
use rustix::net::{MMsgHdr, SendAncillaryBuffer, SendFlags, SocketAddrAny, sendmmsg, sockopt};
use yingbi::units::Size;

use super::{SLOTS, pictures};

/// The wire form of a packet: a header that is ready but for a number, and data.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Ddp,
    Sacn,
    ArtNet,
}

impl Form {
    /// The bytes of the header.
    const fn header(self) -> usize {
        match self {
            Self::Ddp => 10,
            Self::Sacn => 126,
            Self::ArtNet => 18,
        }
    }

    /// The bytes of the data.
    const fn data(self) -> usize {
        match self {
            Self::Ddp => 1440,
            Self::Sacn | Self::ArtNet => SLOTS as usize,
        }
    }

    /// Where the packet's number stands in the header.
    const fn number(self) -> usize {
        match self {
            Self::Ddp => 4,
            Self::Sacn => 113,
            Self::ArtNet => 14,
        }
    }
}

pub(super) struct Floor {
    form: Form,
    socket: UdpSocket,
    state: UdpSocketState,
    peer: SocketAddr,
    /// Where each packet goes, if not to the peer.
    groups: Vec<SocketAddrAny>,
    picture: Vec<u8>,
    header: Vec<u8>,
    out: Vec<u8>,
}

impl Floor {
    pub(super) fn new(form: Form, size: Size, peer: SocketAddr) -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback is there");
        let state = UdpSocketState::new(UdpSockRef::from(&socket)).expect("a bound socket takes options");
        socket.connect(peer).expect("the loopback leads there");
        let [picture, _] = pictures(size);
        Self {
            form,
            socket,
            state,
            peer,
            groups: Vec::new(),
            out: Vec::with_capacity(picture.len() * 2),
            picture,
            header: vec![0x40; form.header()],
        }
    }

    /// From now on each packet goes to a multicast group of its own.
    pub(super) fn address_groups(&mut self) {
        self.socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback is there");
        sockopt::set_ip_multicast_if(&self.socket, &Ipv4Addr::LOCALHOST).expect("the loopback takes multicast");
        let port = self.peer.port();
        let count = self.picture.len().div_ceil(self.form.data()) as u16;
        let group = |number: u16| {
            let [high, low] = number.to_be_bytes();
            SocketAddr::from((Ipv4Addr::new(239, 255, high, low), port)).into()
        };
        self.groups = (1..=count).map(group).collect();
    }

    /// In runs that the system segments.
    pub(super) fn segmented(&mut self) {
        let packet = self.form.header() + self.form.data();
        let together = self.state.max_gso_segments().clamp(1, 65_507 / packet);
        for (number, run) in self.picture.chunks(together * self.form.data()).enumerate() {
            self.out.clear();
            encode(self.form, &mut self.header, number * together, run, &mut self.out);
            let transmit = Transmit {
                destination: self.peer,
                ecn: None,
                contents: &self.out,
                segment_size: Some(packet),
                src_ip: None,
            };
            // A full buffer is part of the cost on both sides.
            let _ = self.state.try_send(UdpSockRef::from(&self.socket), &transmit);
        }
    }

    /// Packet by packet, many in one call.
    pub(super) fn singly(&mut self) {
        const TOGETHER: usize = 64;
        let packet = self.form.header() + self.form.data();
        for (number, run) in self.picture.chunks(TOGETHER * self.form.data()).enumerate() {
            self.out.clear();
            let first = number * TOGETHER;
            encode(self.form, &mut self.header, first, run, &mut self.out);
            let packets: Vec<IoSlice<'_>> = self.out.chunks(packet).map(IoSlice::new).collect();
            let mut controls: Vec<SendAncillaryBuffer<'_, '_, '_>> =
                packets.iter().map(|_| Default::default()).collect();
            let each = packets.chunks(1).zip(&mut controls).enumerate();
            let mut messages: Vec<MMsgHdr<'_>> = each
                .map(|(place, (packet, control))| match self.groups.get(first + place) {
                    Some(group) => MMsgHdr::new_with_addr(group, packet, control),
                    None => MMsgHdr::new(packet, control),
                })
                .collect();
            let _ = sendmmsg(&self.socket, &mut messages, SendFlags::empty());
        }
    }
}

/// Appends the packets of `run`, the first of which has that number.
fn encode(form: Form, header: &mut [u8], first: usize, run: &[u8], out: &mut Vec<u8>) {
    for (place, data) in run.chunks(form.data()).enumerate() {
        let number = (first + place) as u16;
        header[form.number()..form.number() + 2].copy_from_slice(&number.to_be_bytes());
        out.extend_from_slice(header);
        out.extend_from_slice(data);
    }
}
