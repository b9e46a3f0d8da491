//! ArtPollReply: I am.
//!
//! | byte | length | field |
//! |---|---|---|
//! | 10 | 4 | IP address |
//! | 14 | 2 | port, little-endian |
//! | 16 | 2 | firmware, big-endian |
//! | 18 | 1 | net in the low 7 bits |
//! | 19 | 1 | sub-net in the low 4 bits |
//! | 20 | 2 | product (OEM), big-endian |
//! | 22 | 1 | version of the boot area |
//! | 23 | 1 | status 1: `0xc0` indicators normal, `0x20` addressed by the network, `0x02` RDM |
//! | 24 | 2 | manufacturer (ESTA), little-endian |
//! | 26 | 18 | short name, ended by a zero |
//! | 44 | 64 | long name, ended by a zero |
//! | 108 | 64 | report `#code [count] text`, ended by a zero |
//! | 172 | 2 | ports of this page, 0 to 4, big-endian |
//! | 174 | 4 | of each port: `0x80` puts out, `0x40` takes in, low bits 0 for DMX |
//! | 178 | 4 | of each input: `0x80` receives |
//! | 182 | 4 | of each output: `0x80` data is put out, `0x08` merging, `0x02` latest takes precedence |
//! | 186 | 4 | of each input: universe in the low nibble |
//! | 190 | 4 | of each output: universe in the low nibble |
//! | 194 | 3 | priority of sACN, macros, remote triggers |
//! | 197 | 3 | spare |
//! | 200 | 1 | style: 0 node, 1 controller |
//! | 201 | 6 | MAC address |
//! | 207 | 4 | IP address of the device that this page belongs to |
//! | 211 | 1 | number of this page on that device, from 1 on; 0 or 1 where there is one only |
//! | 212 | 1 | status 2: `0x08` knows port addresses of 15 bits, `0x04` knows DHCP, `0x02` used it |
//! | 213 | 26 | more of each output, status 3, identities, refresh rate, zeros |
//!
//! Older nodes end after byte 206; what is missing counts as zero. What a later version appends is read over.

use std::net::Ipv4Addr;

use super::{IDENTITY, OP_REPLY, PORT, PacketError};

const SHORTEST: usize = 207;
const WHOLE: usize = 239;
const PUTS_OUT: u8 = 0x80;

/// I am. What the program makes use of; all else is zero when it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply<'a> {
    /// The node's address.
    pub address: Ipv4Addr,
    /// The port that it listens on.
    pub port: u16,
    /// The version of its firmware.
    pub firmware: u16,
    /// The net of its ports, 0 to 127.
    pub net: u8,
    /// The sub-net of its ports, 0 to 15.
    pub sub_net: u8,
    /// The product.
    pub product: u16,
    /// Status 1.
    pub status: u8,
    /// The manufacturer.
    pub manufacturer: u16,
    /// The short name, without its zero, cut at 17 bytes when it is written.
    pub name: &'a [u8],
    /// The long name, cut at 63 bytes.
    pub long_name: &'a [u8],
    /// What it reports of itself, cut at 63 bytes.
    pub report: &'a [u8],
    /// How many ports this page has, as it says.
    pub ports: u16,
    /// What each port does.
    pub types: [u8; 4],
    /// How each output fares.
    pub good_outputs: [u8; 4],
    /// The universe of each input within the sub-net, 0 to 15.
    pub inputs: [u8; 4],
    /// The universe of each output within the sub-net, 0 to 15.
    pub outputs: [u8; 4],
    /// What kind of device it is.
    pub style: u8,
    /// Its hardware address.
    pub mac: [u8; 6],
    /// The device's address.
    pub bind_address: Ipv4Addr,
    /// The number of this page on the device.
    pub bind_index: u8,
    /// Status 2.
    pub more_status: u8,
}

impl<'a> Reply<'a> {
    /// A page of a node at `address` that has no ports yet.
    pub const fn plain(address: Ipv4Addr, name: &'a [u8]) -> Self {
        Self {
            address,
            port: PORT,
            firmware: 0,
            net: 0,
            sub_net: 0,
            product: 0x00ff,
            status: 0xc0,
            manufacturer: 0,
            name,
            long_name: name,
            report: b"#0001 [0000]",
            ports: 0,
            types: [0; 4],
            good_outputs: [0; 4],
            inputs: [0; 4],
            outputs: [0; 4],
            style: 0,
            mac: [0; 6],
            bind_address: address,
            bind_index: 1,
            more_status: 0x08,
        }
    }

    /// The port addresses that this page puts out.
    pub fn universes(&self) -> impl Iterator<Item = u16> + use<> {
        let base = u16::from(self.net & 0x7f) << 8 | u16::from(self.sub_net & 0x0f) << 4;
        let (types, outputs) = (self.types, self.outputs);
        (0..usize::from(self.ports.min(4)))
            .filter(move |port| types[*port] & PUTS_OUT != 0)
            .map(move |port| base | u16::from(outputs[port] & 0x0f))
    }

    /// Appends the datagram.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let start = out.len();
        out.resize(start + WHOLE, 0);
        let page = &mut out[start..];
        let mut put = |at: usize, bytes: &[u8]| page[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &IDENTITY);
        put(8, &OP_REPLY.to_le_bytes());
        put(10, &self.address.octets());
        put(14, &self.port.to_le_bytes());
        put(16, &self.firmware.to_be_bytes());
        put(18, &[self.net & 0x7f, self.sub_net & 0x0f]);
        put(20, &self.product.to_be_bytes());
        put(23, &[self.status]);
        put(24, &self.manufacturer.to_le_bytes());
        put(26, cut(self.name, 17));
        put(44, cut(self.long_name, 63));
        put(108, cut(self.report, 63));
        put(172, &self.ports.to_be_bytes());
        put(174, &self.types);
        put(182, &self.good_outputs);
        put(186, &self.inputs);
        put(190, &self.outputs);
        put(200, &[self.style]);
        put(201, &self.mac);
        put(207, &self.bind_address.octets());
        put(211, &[self.bind_index, self.more_status]);
    }

    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, PacketError> {
        if bytes.len() < SHORTEST {
            return Err(PacketError::TooShort {
                found: bytes.len(),
                needed: SHORTEST,
            });
        }
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        let four = |at: usize| std::array::from_fn(|place| byte(at + place));
        Ok(Self {
            address: Ipv4Addr::from(four(10)),
            port: u16::from_le_bytes([byte(14), byte(15)]),
            firmware: u16::from_be_bytes([byte(16), byte(17)]),
            net: byte(18),
            sub_net: byte(19),
            product: u16::from_be_bytes([byte(20), byte(21)]),
            status: byte(23),
            manufacturer: u16::from_le_bytes([byte(24), byte(25)]),
            name: text(&bytes[26..44]),
            long_name: text(&bytes[44..108]),
            report: text(&bytes[108..172]),
            ports: u16::from_be_bytes([byte(172), byte(173)]),
            types: four(174),
            good_outputs: four(182),
            inputs: four(186),
            outputs: four(190),
            style: byte(200),
            mac: std::array::from_fn(|place| byte(201 + place)),
            bind_address: Ipv4Addr::from(four(207)),
            bind_index: byte(211),
            more_status: byte(212),
        })
    }
}

fn cut(text: &[u8], most: usize) -> &[u8] {
    &text[..text.len().min(most)]
}

/// The bytes before the first zero.
fn text(field: &[u8]) -> &[u8] {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    &field[..end]
}
