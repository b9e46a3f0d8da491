//! The framing that cards and whoever drives them share: a line's bytes to bodies, bodies to header and data, and back.
//!
//! ```text
//! bytes of the line -> Deframer -> body -> Packet { header, data } -> encode -> body -> enclose -> bytes of the line
//! ```
//!
//! What the data mean is not read here. Numbers are little-endian. All four framings have the destination (2) and the source (2) first, and go on:
//!
//! | framing | byte 4 on | head | sums |
//! |---|---|---|---|
//! | dynamic | F0, reserved 1, device 2, reserved 4, length 4 | 16 | CRC16 of all before it, behind the data |
//! | BX-5 | 05, protocol 1, device 2, link 1, reserved 1, sequence 2, reserved 1, longest frame 1, encryption 1, random 1, secret 6, length 2, CRC16 of the data 2, xor 1 | 27 | in the head |
//! | BX-6 | 07 or 06, protocol 1, device 2, link 1, reserved 1, sequence 2, longest frame 2, encryption 1, random 1, secret 6, length 2, CRC16 of the data 2, reserved 1, xor 1 | 28 | in the head |
//! | font card | reserved 3, option 1, sum mode 1, display mode 1, device 1, 02, length 2 | 14 | CRC16 of all before it, behind the data |

pub mod checksum;
mod error;
mod header;
mod parse;
mod phy;

pub use error::{LineError, PacketError};
pub use header::{ANY_DEVICE, Control, Form, HOST, Header};
pub use phy::{Deframer, enclose, enclosed};

use checksum::{crc16, xor};

/// A way to put header and data into a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Framing {
    /// Dynamic areas of BX-5 and BX-6: version F0.
    Dynamic,
    /// Everything else of BX-5: version 05.
    Five,
    /// Everything else of BX-6: version 07, or 06.
    Six,
    /// Cards with fonts of their own: version 02.
    Font,
}

impl Framing {
    /// Bytes before the data.
    pub const fn head(self) -> usize {
        match self {
            Self::Dynamic => 16,
            Self::Five => 27,
            Self::Six => 28,
            Self::Font => 14,
        }
    }

    /// Bytes behind the data: the CRC16, where it stands there.
    pub const fn tail(self) -> usize {
        match self {
            Self::Dynamic | Self::Font => 2,
            Self::Five | Self::Six => 0,
        }
    }

    /// The most bytes of data that the length can tell.
    pub const fn most(self) -> usize {
        match self {
            Self::Dynamic => u32::MAX as usize,
            Self::Five | Self::Six | Self::Font => u16::MAX as usize,
        }
    }
}

/// Header and data of one body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet<'a> {
    /// What stands before the data.
    pub header: Header,
    /// A request or a reply: see [`super::message`].
    pub data: &'a [u8],
}

impl<'a> Packet<'a> {
    /// The packet that `body` is, all sums proved.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(body: &'a [u8]) -> Result<Self, PacketError> {
        parse::packet(body)
    }

    /// Appends the body, with its sums. There must be no more data than [`Framing::most`] says.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let framing = self.header.framing();
        assert!(self.data.len() <= framing.most(), "the length has two bytes");
        let start = out.len();
        self.head(out);
        match self.header.form {
            Form::Dynamic { .. } | Form::Font { .. } => {
                out.extend_from_slice(self.data);
                let sum = crc16(&out[start..]);
                out.extend_from_slice(&sum.to_le_bytes());
            }
            Form::Five(_) | Form::Six { .. } => {
                let sum = xor(&out[start..]);
                out.push(sum);
                out.extend_from_slice(self.data);
            }
        }
    }

    /// Appends the frame: the body, enclosed.
    pub fn frame(&self, out: &mut Vec<u8>) {
        let mut body = Vec::new();
        self.encode(&mut body);
        enclose(&body, out);
    }

    /// The header, without the xor that may end it.
    fn head(&self, out: &mut Vec<u8>) {
        let Header {
            destination,
            source,
            device,
            form,
        } = self.header;
        out.extend_from_slice(&destination.to_le_bytes());
        out.extend_from_slice(&source.to_le_bytes());
        match form {
            Form::Dynamic { reserved } => {
                out.extend_from_slice(&[0xf0, reserved[0], device[0], device[1]]);
                out.extend_from_slice(&reserved[1..]);
                out.extend_from_slice(&(self.data.len() as u32).to_le_bytes());
            }
            Form::Five(control) => {
                self.control(5, &control, out);
                out.extend_from_slice(&[control.reserved[1], control.frame_max as u8]);
                self.lock(&control, out);
            }
            Form::Six { version, control } => {
                self.control(version, &control, out);
                out.extend_from_slice(&control.frame_max.to_le_bytes());
                self.lock(&control, out);
                out.push(control.reserved[1]);
            }
            Form::Font {
                reserved,
                option,
                sum_mode,
                display_mode,
            } => {
                out.extend_from_slice(&reserved);
                out.extend_from_slice(&[option, sum_mode, display_mode, device[0], 0x02]);
                out.extend_from_slice(&(self.data.len() as u16).to_le_bytes());
            }
        }
    }

    /// From the version to the sequence.
    fn control(&self, version: u8, control: &Control, out: &mut Vec<u8>) {
        let [family, kind] = self.header.device;
        let [low, high] = control.sequence.to_le_bytes();
        let Control { protocol, link, .. } = *control;
        out.extend_from_slice(&[version, protocol, family, kind, link, control.reserved[0], low, high]);
    }

    /// From the encryption to the CRC16.
    fn lock(&self, control: &Control, out: &mut Vec<u8>) {
        out.extend_from_slice(&[control.encryption, control.random]);
        out.extend_from_slice(&control.secret);
        out.extend_from_slice(&(self.data.len() as u16).to_le_bytes());
        out.extend_from_slice(&crc16(self.data).to_le_bytes());
    }
}
