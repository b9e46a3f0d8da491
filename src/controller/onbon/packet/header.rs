//! What stands before the data of a packet.

use super::Framing;
use crate::controller::onbon::ANY;

/// The address of whoever drives cards.
pub const HOST: u16 = 0x8000;

/// The type that every card answers to.
pub const ANY_DEVICE: [u8; 2] = [0xfe, 0xff];

/// What stands before the data: every field as it is on the wire, so that what was read is written as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Header {
    /// To whom; [`ANY`] for whichever card is there.
    pub destination: u16,
    /// From whom; [`HOST`] for whoever drives cards.
    pub source: u16,
    /// The card's type; [`ANY_DEVICE`] for any. Cards with fonts have the first byte alone, and the second one is not sent.
    pub device: [u8; 2],
    /// The rest, by framing.
    pub form: Form,
}

/// What the framings do not have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// [`Framing::Dynamic`].
    Dynamic {
        /// Bytes 5 and 8 to 11; zeros.
        reserved: [u8; 5],
    },
    /// [`Framing::Five`].
    Five(Control),
    /// [`Framing::Six`].
    Six {
        /// 7, or 6 in older documents.
        version: u8,
        /// The rest.
        control: Control,
    },
    /// [`Framing::Font`].
    Font {
        /// Bytes 4 to 6; zeros. The first of them is none that tells another framing.
        reserved: [u8; 3],
        /// 1 where a barcode follows.
        option: u8,
        /// How the sum is reckoned; 0.
        sum_mode: u8,
        /// 0.
        display_mode: u8,
    },
}

/// The fields of the framings of BX-5 and BX-6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Control {
    /// The protocol's type; 0.
    pub protocol: u8,
    /// The link: 0 RS-232, 1 TCP, 2 GPRS.
    pub link: u8,
    /// Counts messages.
    pub sequence: u16,
    /// How long a frame the sender takes, in units of 16 bytes. BX-5 has one byte for it.
    pub frame_max: u16,
    /// 96 hex for none; 1 with the default secret, 2 with the user's.
    pub encryption: u8,
    /// A random number; any where there is no encryption.
    pub random: u8,
    /// The secret; zeros where there is no encryption.
    pub secret: [u8; 6],
    /// Byte 9, and byte 12 (BX-5) or 26 (BX-6); zeros.
    pub reserved: [u8; 2],
}

impl Control {
    /// [`Control::encryption`] of data that are plain.
    pub const PLAIN: u8 = 0x96;

    /// What the vendor's software sends for BX-5 over TCP, with the random number 0.
    pub const fn five(sequence: u16) -> Self {
        Self {
            protocol: 0,
            link: 1,
            sequence,
            frame_max: 0x90,
            encryption: Self::PLAIN,
            random: 0,
            secret: [0; 6],
            reserved: [0; 2],
        }
    }

    /// What the vendor's software sends for BX-6, with the random number 0.
    pub const fn six(sequence: u16) -> Self {
        Self {
            link: 0,
            frame_max: 0x190,
            ..Self::five(sequence)
        }
    }
}

impl Header {
    /// From the host to the card with the address `destination` and of the type `device`. `sequence` counts where the framing has a number
    /// for it.
    pub const fn to(destination: u16, device: [u8; 2], framing: Framing, sequence: u16) -> Self {
        let form = match framing {
            Framing::Dynamic => Form::Dynamic { reserved: [0; 5] },
            Framing::Five => Form::Five(Control::five(sequence)),
            Framing::Six => Form::Six {
                version: 7,
                control: Control::six(sequence),
            },
            Framing::Font => Form::Font {
                reserved: [0; 3],
                option: 0,
                sum_mode: 0,
                display_mode: 0,
            },
        };
        Self {
            destination,
            source: HOST,
            device,
            form,
        }
    }

    /// From the host to whichever card is there, of any type.
    pub const fn to_any(framing: Framing, sequence: u16) -> Self {
        Self::to(ANY, ANY_DEVICE, framing, sequence)
    }

    /// The answer of the card with the address `number` and of the type `device` to a packet with this header: back to where it came
    /// from, all else as it was. The vendor's software for BX-5 wants `number` to be the address that it asked, be it that of any card.
    pub const fn answer(self, number: u16, device: [u8; 2]) -> Self {
        Self {
            destination: self.source,
            source: number,
            device,
            form: self.form,
        }
    }

    /// Which framing it belongs to.
    pub const fn framing(&self) -> Framing {
        match self.form {
            Form::Dynamic { .. } => Framing::Dynamic,
            Form::Five(_) => Framing::Five,
            Form::Six { .. } => Framing::Six,
            Form::Font { .. } => Framing::Font,
        }
    }

    /// The fields that BX-5 and BX-6 have more than others.
    pub const fn control(&self) -> Option<&Control> {
        match &self.form {
            Form::Five(control) | Form::Six { control, .. } => Some(control),
            Form::Dynamic { .. } | Form::Font { .. } => None,
        }
    }

    /// The number of the message, where the framing has one.
    pub const fn sequence(&self) -> Option<u16> {
        match self.control() {
            Some(control) => Some(control.sequence),
            None => None,
        }
    }
}
