//! The wire form of the three sACN datagrams, in both directions. Numbers are big-endian.
//!
//! | byte | length | field |
//! |---|---|---|
//! | 0 | 2 | size of the preamble, `0010` |
//! | 2 | 2 | size of the postamble, `0000` |
//! | 4 | 12 | `ASC-E1.17` and three zeros |
//! | 16 | 2 | `7` and in 12 bits the length from here to the end |
//! | 18 | 4 | root vector: 4 data, 8 synchronisation or discovery |
//! | 22 | 16 | component identifier (CID) of the source |
//! | 38 | 2 | `7` and the length from here |
//! | 40 | 4 | framing vector: 2 data; below root vector 8: 1 synchronisation, 2 discovery |
//!
//! Data go on with name (44, 64 bytes), priority (108), synchronisation address (109), sequence (111), options (112), universe (113), and
//! from 115 the DMP layer: length, vector 02, type `a1`, first address 0000, increment 0001, count (123), start code (125), slots (126).
//! Synchronisation goes on with sequence (44), address (45) and two reserved bytes. Discovery goes on with name (44), four reserved
//! bytes, and from 112: length, vector 1, page (118), last page (119), and the universes in ascending order.

mod error;
mod parse;

use std::{
    net::{Ipv4Addr, SocketAddr},
    num::NonZeroU16,
};

use crate::controller::SLOTS;
pub use error::{Field, PacketError};

/// The UDP port of sACN.
pub const PORT: u16 = 5568;

/// Bytes of a data datagram before its slots.
pub const HEAD: usize = 126;

/// Bytes of a synchronisation datagram.
pub const SYNC: usize = 49;

/// The last universe that carries data or synchronisation; the first is 1.
pub const LAST_UNIVERSE: u16 = 63_999;

/// The universe to whose group sources tell what they send.
pub const DISCOVERY_UNIVERSE: u16 = 64_214;

/// Universes on one page of a discovery.
pub const PAGE: usize = 512;

/// The highest priority; the lowest is 0.
pub const HIGHEST_PRIORITY: u8 = 200;

/// Where the sequence number stands in a data datagram.
pub const SEQUENCE_AT: usize = 111;

/// Where the options stand in a data datagram.
pub const OPTIONS_AT: usize = 112;

/// Bytes of a name, with the zero that ends it.
const NAME: usize = 64;

const PREAMBLE: [u8; 2] = [0x00, 0x10];
const POSTAMBLE: [u8; 2] = [0, 0];
const IDENTIFIER: [u8; 12] = *b"ASC-E1.17\0\0\0";
const ROOT_DATA: u32 = 4;
const ROOT_EXTENDED: u32 = 8;
const FRAMING_DATA: u32 = 2;
const EXTENDED_SYNC: u32 = 1;
const EXTENDED_DISCOVERY: u32 = 2;
const DMP_VECTOR: [u8; 1] = [0x02];
const ADDRESS_TYPE: [u8; 1] = [0xa1];
const FIRST_ADDRESS: [u8; 2] = [0, 0];
const INCREMENT: [u8; 2] = [0, 1];
const LIST_VECTOR: u32 = 1;

const PREVIEW: u8 = 0x80;
const TERMINATED: u8 = 0x40;
const FORCE: u8 = 0x20;

/// The multicast group of a universe.
pub fn group(universe: u16) -> SocketAddr {
    let [high, low] = universe.to_be_bytes();
    (Ipv4Addr::new(239, 255, high, low), PORT).into()
}

/// A datagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Packet<'a> {
    /// Slots of one universe.
    Data(Data<'a>),
    /// What was received for an address is to be shown.
    Sync(Sync),
    /// What a source sends.
    Discovery(Discovery<'a>),
}

/// The slots of one universe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Data<'a> {
    /// Who sends.
    pub cid: [u8; 16],
    /// The source's name; at most 63 bytes are sent, and what follows a zero is not.
    pub name: &'a str,
    /// 0 to 200.
    pub priority: u8,
    /// The address whose synchronisation the slots wait for.
    pub sync: Option<NonZeroU16>,
    /// Counts the datagrams of this universe.
    pub sequence: u8,
    /// How the slots are meant.
    pub options: Options,
    /// 1 to 63,999.
    pub universe: u16,
    /// 0 for levels; others have meanings of their own.
    pub start_code: u8,
    /// At most 512.
    pub slots: &'a [u8],
}

/// How the slots are meant. Bits that are reserved are read over, as the standard asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Only for previews, not for what is lit.
    pub preview: bool,
    /// The source ends this universe; the slots are not to be read.
    pub terminated: bool,
    /// Where synchronisation is lost, what comes is shown as it comes; otherwise the picture is held until it is back.
    pub force: bool,
}

/// What was received for an address is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sync {
    /// Who sends.
    pub cid: [u8; 16],
    /// Counts the synchronisations of this address.
    pub sequence: u8,
    /// 1 to 63,999.
    pub address: NonZeroU16,
}

/// One page of the universes that a source sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovery<'a> {
    /// Who sends.
    pub cid: [u8; 16],
    /// The source's name, as in [`Data`].
    pub name: &'a str,
    /// The page, from 0 on.
    pub page: u8,
    /// The last page.
    pub last: u8,
    /// At most [`PAGE`], ascending.
    pub universes: Vec<u16>,
}

impl Options {
    /// Its byte.
    pub const fn byte(self) -> u8 {
        let preview = if self.preview { PREVIEW } else { 0 };
        let terminated = if self.terminated { TERMINATED } else { 0 };
        let force = if self.force { FORCE } else { 0 };
        preview | terminated | force
    }

    const fn of(byte: u8) -> Self {
        Self {
            preview: byte & PREVIEW != 0,
            terminated: byte & TERMINATED != 0,
            force: byte & FORCE != 0,
        }
    }
}

impl Data<'_> {
    /// Appends the datagram. It must have at most 512 slots.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let slots = self.slots.len();
        assert!(slots <= usize::from(SLOTS), "a universe has at most 512 slots");
        let end = HEAD + slots;
        root(end, ROOT_DATA, &self.cid, out);
        layer(38, end, out);
        out.extend_from_slice(&FRAMING_DATA.to_be_bytes());
        push_name(self.name, out);
        out.push(self.priority);
        out.extend_from_slice(&self.sync.map_or(0, NonZeroU16::get).to_be_bytes());
        out.extend_from_slice(&[self.sequence, self.options.byte()]);
        out.extend_from_slice(&self.universe.to_be_bytes());
        layer(115, end, out);
        out.extend_from_slice(&DMP_VECTOR);
        out.extend_from_slice(&ADDRESS_TYPE);
        out.extend_from_slice(&FIRST_ADDRESS);
        out.extend_from_slice(&INCREMENT);
        out.extend_from_slice(&((slots + 1) as u16).to_be_bytes());
        out.push(self.start_code);
        out.extend_from_slice(self.slots);
    }
}

impl Sync {
    /// Appends the datagram.
    pub fn encode(&self, out: &mut Vec<u8>) {
        root(SYNC, ROOT_EXTENDED, &self.cid, out);
        layer(38, SYNC, out);
        out.extend_from_slice(&EXTENDED_SYNC.to_be_bytes());
        out.push(self.sequence);
        out.extend_from_slice(&self.address.get().to_be_bytes());
        out.extend_from_slice(&[0; 2]);
    }
}

impl Discovery<'_> {
    /// Appends the datagram. It must have at most [`PAGE`] universes.
    pub fn encode(&self, out: &mut Vec<u8>) {
        assert!(self.universes.len() <= PAGE, "a page has at most 512 universes");
        let end = 120 + 2 * self.universes.len();
        root(end, ROOT_EXTENDED, &self.cid, out);
        layer(38, end, out);
        out.extend_from_slice(&EXTENDED_DISCOVERY.to_be_bytes());
        push_name(self.name, out);
        out.extend_from_slice(&[0; 4]);
        layer(112, end, out);
        out.extend_from_slice(&LIST_VECTOR.to_be_bytes());
        out.extend_from_slice(&[self.page, self.last]);
        for universe in &self.universes {
            out.extend_from_slice(&universe.to_be_bytes());
        }
    }
}

/// Appends the root layer of a datagram of `end` bytes.
fn root(end: usize, vector: u32, cid: &[u8; 16], out: &mut Vec<u8>) {
    out.extend_from_slice(&PREAMBLE);
    out.extend_from_slice(&POSTAMBLE);
    out.extend_from_slice(&IDENTIFIER);
    layer(16, end, out);
    out.extend_from_slice(&vector.to_be_bytes());
    out.extend_from_slice(cid);
}

/// Appends the length of a layer from `start` to the `end` of the datagram, with its flags.
fn layer(start: usize, end: usize, out: &mut Vec<u8>) {
    let length = 0x7000 | (end - start) as u16;
    out.extend_from_slice(&length.to_be_bytes());
}

/// Appends a name in its 64 bytes.
fn push_name(name: &str, out: &mut Vec<u8>) {
    let name = name.split('\0').next().unwrap_or_default();
    let cut = &name.as_bytes()[..name.floor_char_boundary(NAME - 1)];
    out.extend_from_slice(cut);
    out.resize(out.len() + NAME - cut.len(), 0);
}
