//! The wire form of Art-Net datagrams, in both directions.
//!
//! | byte | length | field |
//! |---|---|---|
//! | 0 | 8 | `Art-Net` and a zero |
//! | 8 | 2 | operation code, little-endian |
//! | 10 | 2 | version of the protocol, 14 or later, big-endian; of an ArtPollReply already the rest |
//!
//! Then, of an ArtDmx (`0x5000`):
//!
//! | byte | length | field |
//! |---|---|---|
//! | 12 | 1 | sequence 1 to 255 and round again, 0 = not used |
//! | 13 | 1 | physical: which input of the sender it comes from, for people and for telling two sources of one address apart |
//! | 14 | 1 | sub-net in the high nibble, universe in the low one |
//! | 15 | 1 | net, 0 to 127 |
//! | 16 | 2 | length of the data, even, 2 to 512, big-endian |
//! | 18 | length | data |
//!
//! An ArtSync (`0x5200`) ends with two bytes of zero. [`Poll`] and [`Reply`] have tables of their own.

mod error;
mod poll;
mod reply;

use super::super::universe::SLOTS;

pub use error::{PacketError, operation};
pub use poll::Poll;
pub use reply::Reply;

/// The UDP port of Art-Net, on both sides.
pub const PORT: u16 = 6454;

/// How every datagram begins.
pub const IDENTITY: [u8; 8] = *b"Art-Net\0";

/// The version of the protocol, of Art-Net 1 to 4 alike.
pub const VERSION: u16 = 14;

/// The highest port address: net, sub-net and universe in one number of 15 bits.
pub const LAST_UNIVERSE: u16 = 0x7fff;

/// Bytes before the data of an ArtDmx.
pub const DMX_HEADER: usize = 18;

/// Bytes of an ArtSync.
pub const SYNC: usize = 14;

/// The operation code of an ArtPoll.
pub const OP_POLL: u16 = 0x2000;
/// The operation code of an ArtPollReply.
pub const OP_REPLY: u16 = 0x2100;
/// The operation code of an ArtDmx.
pub const OP_DMX: u16 = 0x5000;
/// The operation code of an ArtSync.
pub const OP_SYNC: u16 = 0x5200;

/// A datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packet<'a> {
    /// The slots of one universe.
    Dmx(Dmx<'a>),
    /// Show what has been received up to here.
    Sync,
    /// Who is there?
    Poll(Poll),
    /// I am.
    Reply(Reply<'a>),
}

/// The slots of one universe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dmx<'a> {
    /// 1 to 255, then 1 again; 0 where the sender does not count.
    pub sequence: u8,
    /// Which input of the sender it comes from.
    pub physical: u8,
    /// The port address: net, sub-net and universe in one number, at most [`LAST_UNIVERSE`].
    pub universe: u16,
    /// The slots: an even number of them, 2 to 512.
    pub data: &'a [u8],
}

impl<'a> Packet<'a> {
    /// Appends the datagram.
    pub fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Dmx(dmx) => dmx.encode(out),
            Self::Sync => {
                head(OP_SYNC, out);
                out.extend_from_slice(&[0, 0]);
            }
            Self::Poll(poll) => poll.encode(out),
            Self::Reply(reply) => reply.encode(out),
        }
    }

    /// The datagram in `bytes`, which must hold it and nothing else; of an ArtPoll and an ArtPollReply later versions may be longer.
    ///
    /// # Errors
    /// The first thing, from the front, that the tables do not allow. Operations that are Art-Net's but none of these four are told as
    /// such.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, PacketError> {
        let operation = identify(bytes)?;
        if operation == OP_REPLY {
            return Reply::parse(bytes).map(Self::Reply);
        }
        let [high, low] = field(bytes, 10)?;
        let version = u16::from_be_bytes([high, low]);
        if version < VERSION {
            return Err(PacketError::Version { found: version });
        }
        match operation {
            OP_DMX => Dmx::parse(bytes).map(Self::Dmx),
            OP_SYNC => sync(bytes),
            OP_POLL => Poll::parse(bytes).map(Self::Poll),
            code => Err(PacketError::Operation { code }),
        }
    }
}

impl<'a> Dmx<'a> {
    /// Appends the datagram. Data that is odd is filled up with one zero.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let even = self.data.len().next_multiple_of(2);
        let length = u16::try_from(even).expect("a universe has at most 512 slots");
        out.extend_from_slice(&self.header(length));
        out.extend_from_slice(self.data);
        if self.data.len() < even {
            out.push(0);
        }
    }

    /// The bytes before `length` bytes of data.
    pub const fn header(&self, length: u16) -> [u8; DMX_HEADER] {
        let [code, more] = OP_DMX.to_le_bytes();
        let [version_high, version] = VERSION.to_be_bytes();
        let [net, sub_universe] = self.universe.to_be_bytes();
        let [high, low] = length.to_be_bytes();
        let [a, r, t, dash, n, e, t2, zero] = IDENTITY;
        [
            a,
            r,
            t,
            dash,
            n,
            e,
            t2,
            zero,
            code,
            more,
            version_high,
            version,
            self.sequence,
            self.physical,
            sub_universe,
            net,
            high,
            low,
        ]
    }

    fn parse(bytes: &'a [u8]) -> Result<Self, PacketError> {
        let [sequence, physical, sub_universe, net, high, low] = field(bytes, 12)?;
        if net & 0x80 != 0 {
            return Err(PacketError::Reserved {
                at: 15,
                value: net,
                mask: 0x80,
            });
        }
        let length = u16::from_be_bytes([high, low]);
        if length == 0 || length > SLOTS || length % 2 == 1 {
            return Err(PacketError::Length { found: length });
        }
        let (promised, data) = (usize::from(length), &bytes[DMX_HEADER..]);
        match promised.cmp(&data.len()) {
            std::cmp::Ordering::Equal => Ok(Self {
                sequence,
                physical,
                universe: u16::from_be_bytes([net, sub_universe]),
                data,
            }),
            std::cmp::Ordering::Greater => Err(PacketError::Missing {
                promised,
                found: data.len(),
            }),
            std::cmp::Ordering::Less => Err(PacketError::Trailing {
                end: DMX_HEADER + promised,
                found: bytes.len(),
            }),
        }
    }
}

fn sync(bytes: &[u8]) -> Result<Packet<'_>, PacketError> {
    let auxiliary: [u8; 2] = field(bytes, 12)?;
    if let Some(more) = auxiliary.iter().position(|byte| *byte != 0) {
        return Err(PacketError::Reserved {
            at: 12 + more,
            value: auxiliary[more],
            mask: 0xff,
        });
    }
    if bytes.len() > SYNC {
        return Err(PacketError::Trailing {
            end: SYNC,
            found: bytes.len(),
        });
    }
    Ok(Packet::Sync)
}

/// The operation code of what begins as Art-Net does.
fn identify(bytes: &[u8]) -> Result<u16, PacketError> {
    if let Some(at) = bytes.iter().zip(IDENTITY).position(|(found, wanted)| *found != wanted) {
        return Err(PacketError::Identity { at });
    }
    let [low, high] = field(bytes, IDENTITY.len())?;
    Ok(u16::from_le_bytes([low, high]))
}

/// The `N` bytes at `at`.
fn field<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], PacketError> {
    let needed = at + N;
    let found = bytes.len();
    bytes
        .get(at..needed)
        .and_then(|field| field.try_into().ok())
        .ok_or(PacketError::TooShort { found, needed })
}

/// Appends what all datagrams but ArtPollReply begin with.
fn head(operation: u16, out: &mut Vec<u8>) {
    out.extend_from_slice(&IDENTITY);
    out.extend_from_slice(&operation.to_le_bytes());
    out.extend_from_slice(&VERSION.to_be_bytes());
}
