//! The wire form of one DDP datagram, in both directions.
//!
//! | byte | length | field |
//! |---|---|---|
//! | 0 | 1 | version 1 in bits 7-6; `0x20` reserved; `0x10` timecode present, `0x08` storage, `0x04` reply, `0x02` query, `0x01` push |
//! | 1 | 1 | sequence 1 to 15 in the low nibble, 0 = not used; the high nibble is reserved |
//! | 2 | 1 | data type |
//! | 3 | 1 | destination |
//! | 4 | 4 | offset of the data in the picture, in bytes, big-endian |
//! | 8 | 2 | length of the data in bytes, big-endian |
//! | 10 | 4 | timecode, big-endian, only where its flag is set |
//! | 10 or 14 | length | data |

mod error;

use std::fmt;

pub use error::PacketError;

/// The UDP port that DDP displays listen on.
pub const PORT: u16 = 4048;

/// Bytes of a header without a timecode.
pub const HEADER: usize = 10;

/// Bytes that a timecode adds.
pub const TIMECODE: usize = 4;

/// Data bytes of a full packet: 480 LEDs of three bytes, so that a datagram fits an Ethernet frame.
pub const DATA: usize = 1440;

const VERSION_MASK: u8 = 0xc0;
const VERSION_1: u8 = 0x40;
const RESERVED: u8 = 0x20;
const TIMED: u8 = 0x10;
const STORAGE: u8 = 0x08;
const REPLY: u8 = 0x04;
const QUERY: u8 = 0x02;
const PUSH: u8 = 0x01;

/// The fields of a datagram before its data. The length is that of the data, so it is not a field here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The data comes from, or goes to, the controller's storage.
    pub storage: bool,
    /// An answer to a query.
    pub reply: bool,
    /// A question.
    pub query: bool,
    /// Show what has been received up to here.
    pub push: bool,
    /// 1 to 15, then 1 again; 0 where the sender does not count.
    pub sequence: u8,
    /// How the data's bytes are meant.
    pub data_type: DataType,
    /// What the data is for.
    pub destination: Destination,
    /// Where the data belongs in the picture, in bytes.
    pub offset: u32,
    /// When to show it: the middle 32 bits of NTP time.
    pub timecode: Option<u32>,
}

/// A datagram: header and data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet<'a> {
    /// The fields.
    pub header: Header,
    /// The data.
    pub data: &'a [u8],
}

/// How the bytes of the data are meant: bits `C R TTT SSS`, custom, reserved, kind, size of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DataType(pub u8);

/// What the data is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Destination(pub u8);

impl Header {
    /// The header of picture data at `offset`: RGB, 8 bits, for the display, uncounted.
    pub const fn picture(offset: u32, push: bool) -> Self {
        Self {
            storage: false,
            reply: false,
            query: false,
            push,
            sequence: 0,
            data_type: DataType::RGB8,
            destination: Destination::DISPLAY,
            offset,
            timecode: None,
        }
    }

    /// The header of a question to `destination`, which has no data.
    pub const fn question(destination: Destination) -> Self {
        Self {
            query: true,
            push: false,
            data_type: DataType(0x00),
            destination,
            ..Self::picture(0, false)
        }
    }

    /// Appends the header of `length` data bytes.
    pub fn encode(&self, length: u16, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.fixed(length));
        if let Some(timecode) = self.timecode {
            out.extend_from_slice(&timecode.to_be_bytes());
        }
    }

    /// The bytes that every header of `length` data bytes has.
    fn fixed(&self, length: u16) -> [u8; HEADER] {
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        let flags = VERSION_1
            | flag(self.timecode.is_some(), TIMED)
            | flag(self.storage, STORAGE)
            | flag(self.reply, REPLY)
            | flag(self.query, QUERY)
            | flag(self.push, PUSH);
        let [o0, o1, o2, o3] = self.offset.to_be_bytes();
        let [l0, l1] = length.to_be_bytes();
        let (sequence, data_type, destination) = (self.sequence & 0x0f, self.data_type.0, self.destination.0);
        [flags, sequence, data_type, destination, o0, o1, o2, o3, l0, l1]
    }
}

impl<'a> Packet<'a> {
    /// Appends the datagram. Its data must be shorter than 65,536 bytes, as every datagram's is.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let length = u16::try_from(self.data.len()).expect("a datagram's data is shorter than 65,536 bytes");
        self.header.encode(length, out);
        out.extend_from_slice(self.data);
    }

    /// The datagram in `bytes`, which must hold it and nothing else.
    ///
    /// # Errors
    /// The first thing, from the front, that the table does not allow. Any data type and destination passes: whether they can be
    /// served is the receiver's business.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, PacketError> {
        let too_short = |needed| PacketError::TooShort {
            found: bytes.len(),
            needed,
        };
        let (&head, rest) = bytes.split_first_chunk::<HEADER>().ok_or_else(|| too_short(HEADER))?;
        let [flags, sequence, data_type, destination, o0, o1, o2, o3, l0, l1] = head;
        check_bits(flags, sequence)?;
        let (timecode, data) = match rest.split_first_chunk::<TIMECODE>() {
            _ if flags & TIMED == 0 => (None, rest),
            Some((timecode, data)) => (Some(u32::from_be_bytes(*timecode)), data),
            None => return Err(too_short(HEADER + TIMECODE)),
        };
        check_length(usize::from(u16::from_be_bytes([l0, l1])), data.len(), bytes.len())?;
        let header = Header {
            storage: flags & STORAGE != 0,
            reply: flags & REPLY != 0,
            query: flags & QUERY != 0,
            push: flags & PUSH != 0,
            sequence,
            data_type: DataType(data_type),
            destination: Destination(destination),
            offset: u32::from_be_bytes([o0, o1, o2, o3]),
            timecode,
        };
        Ok(Self { header, data })
    }
}

fn check_bits(flags: u8, sequence: u8) -> Result<(), PacketError> {
    if flags & VERSION_MASK != VERSION_1 {
        return Err(PacketError::Version { found: flags >> 6 });
    }
    let reserved = |at, value, mask| PacketError::Reserved { at, value, mask };
    if flags & RESERVED != 0 {
        return Err(reserved(0, flags, RESERVED));
    }
    if sequence & 0xf0 != 0 {
        return Err(reserved(1, sequence, 0xf0));
    }
    Ok(())
}

fn check_length(promised: usize, found: usize, whole: usize) -> Result<(), PacketError> {
    let start = whole - found;
    match promised.cmp(&found) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(PacketError::Missing { promised, found, start }),
        std::cmp::Ordering::Less => Err(PacketError::Trailing { promised, found, start }),
    }
}

impl DataType {
    /// RGB, 8 bits a channel.
    pub const RGB8: Self = Self(0x0b);
    /// Grey, 8 bits: how bright an LED of one colour is.
    pub const GREY8: Self = Self(0x23);
    /// Grey, 1 bit: whether an LED of one colour is lit, eight LEDs a byte, the first in the highest bit. The standard names the type, and
    /// leaves the order of the bits open.
    pub const GREY1: Self = Self(0x21);
    /// Ours, for the standard has no such type: two bits an LED, red then green, four LEDs a byte, the first in the highest bits.
    pub const TWO_BIT: Self = Self(0x82);

    /// How many bits an LED takes; `None` for a type that we do not send.
    pub const fn bits(self) -> Option<usize> {
        match self {
            Self::GREY8 => Some(8),
            Self::GREY1 => Some(1),
            Self::TWO_BIT => Some(2),
            other if other.is_rgb8() => Some(24),
            _ => None,
        }
    }

    /// Whether data of this type is what a display of `type_taken` takes.
    pub const fn serves(self, type_taken: Self) -> bool {
        self.0 == type_taken.0 || self.is_rgb8() && type_taken.is_rgb8()
    }

    /// Whether a display takes it as RGB with 8 bits a channel: what it says, and what older senders write for it.
    pub const fn is_rgb8(self) -> bool {
        matches!(self.0, 0x00 | 0x01 | 0x0a | 0x0b)
    }
}

impl fmt::Display for DataType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::TWO_BIT {
            return f.write_str("red and green, 1 bit each");
        }
        if self.0 & 0x80 != 0 {
            return write!(f, "custom {:#04x}", self.0);
        }
        let kind = match self.0 >> 3 & 0x07 {
            0 => "undefined",
            1 => "RGB",
            2 => "HSL",
            3 => "RGBW",
            4 => "grey",
            _ => "reserved",
        };
        let size = match self.0 & 0x07 {
            0 => "undefined size",
            1 => "1 bit",
            2 => "4 bits",
            3 => "8 bits",
            4 => "16 bits",
            5 => "24 bits",
            6 => "32 bits",
            _ => "reserved size",
        };
        write!(f, "{kind}, {size}")
    }
}

impl Destination {
    /// The default display.
    pub const DISPLAY: Self = Self(1);
    /// JSON control.
    pub const CONTROL: Self = Self(246);
    /// JSON configuration.
    pub const CONFIG: Self = Self(250);
    /// JSON status.
    pub const STATUS: Self = Self(251);
    /// Every display.
    pub const ALL: Self = Self(255);

    /// Whether its data is JSON.
    pub const fn is_json(self) -> bool {
        matches!(self, Self::CONTROL | Self::CONFIG | Self::STATUS)
    }
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => f.write_str("default display"),
            2..=249 if self.0 != 246 => write!(f, "display {}", self.0),
            246 => f.write_str("JSON control"),
            250 => f.write_str("JSON configuration"),
            251 => f.write_str("JSON status"),
            254 => f.write_str("DMX"),
            255 => f.write_str("every display"),
            other => write!(f, "reserved {other}"),
        }
    }
}
