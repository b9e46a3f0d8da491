//! A2 80: who a card is.

use super::{ADDRESS, BAUD, COLOUR, CONFIGURED, DEVICE, FIRMWARE, HEIGHT, REST, WIDTH, card_colour, push_text, text};
use crate::controller::{
    card::CardColour,
    onbon::message::{MessageError, reader::Reader},
};

/// A2 80: who a card is. Old firmware says less: what it leaves out is `None`, and so is all that would follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its type, to be copied into headers.
    pub device: [u8; 2],
    /// The version of its firmware; eight characters.
    pub firmware: String,
    /// Whether it knows what screen it has. The vendor's software does not go on where it does not.
    pub is_configured: bool,
    /// Its address.
    pub address: u16,
    /// Its baud rate: 1 for 9600, 2 for 57600.
    pub baud: u8,
    /// The screen's width in LEDs.
    pub width: u16,
    /// The screen's height in LEDs.
    pub height: u16,
    /// The screen's colours: 1 one, 3 two, 7 three, 255 full.
    pub colour: u8,
    /// How bright it is now, 0 to 15.
    pub brightness: Option<u8>,
    /// Whether the LEDs are lit.
    pub is_on: Option<bool>,
    /// Which way the LEDs are wired.
    pub scan: Option<u16>,
    /// Rows of LEDs on each channel.
    pub rows: Option<u8>,
    /// Whether it has shades.
    pub has_shades: Option<bool>,
    /// LEDs across one module.
    pub unit_width: Option<u16>,
    /// What the generations do not have in common.
    pub more: Option<More>,
}

/// The end of an [`Identity`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum More {
    /// BX-5.
    Five {
        /// How it is cascaded.
        cascade: u8,
        /// Whether it is the first of a cascade.
        host: u8,
        /// How long its packets may be.
        packet_mode: u8,
        /// Nothing.
        spare: u8,
    },
    /// BX-6.
    Six {
        /// 0 for RGB888, 1 for RGB565.
        codec: u8,
        /// How long its packets may be over UDP.
        udp_packet_mode: u8,
        /// How long its packets may be.
        packet_mode: u8,
        /// Its barcode, where it has one.
        barcode: Option<[u8; 16]>,
        /// Whose it is on a web site.
        web_user: String,
        /// Its name there.
        web_name: String,
        /// Its group there.
        web_group: u32,
    },
}

impl Identity {
    /// What its LEDs can show; `None` for three colours, and for what is no number of colours.
    pub const fn card_colour(&self) -> Option<CardColour> {
        card_colour(self.colour)
    }

    /// What `data` say. Of which generation the card is tells its type.
    ///
    /// # Errors
    /// They end before the colour.
    pub fn parse(data: &[u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        let device = reader.array(DEVICE)?;
        Ok(Self {
            device,
            firmware: text(&reader.array::<8>(FIRMWARE)?),
            is_configured: reader.u8(CONFIGURED)? != 0,
            address: reader.u16(ADDRESS)?,
            baud: reader.u8(BAUD)?,
            width: reader.u16(WIDTH)?,
            height: reader.u16(HEIGHT)?,
            colour: reader.u8(COLOUR)?,
            brightness: reader.u8(REST).ok(),
            is_on: reader.u8(REST).ok().map(|byte| byte != 0),
            scan: reader.u16(REST).ok(),
            rows: reader.u8(REST).ok(),
            has_shades: reader.u8(REST).ok().map(|byte| byte != 0),
            unit_width: reader.u16(REST).ok(),
            more: more(device, &mut reader),
        })
    }

    /// Appends the data of the reply, up to the first thing that is `None`.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.device);
        push_text::<8>(&self.firmware, out);
        out.push(self.is_configured.into());
        out.extend_from_slice(&self.address.to_le_bytes());
        out.push(self.baud);
        out.extend_from_slice(&self.width.to_le_bytes());
        out.extend_from_slice(&self.height.to_le_bytes());
        out.push(self.colour);
        self.rest(out);
    }

    fn rest(&self, out: &mut Vec<u8>) -> Option<()> {
        out.push(self.brightness?);
        out.push(self.is_on?.into());
        out.extend_from_slice(&self.scan?.to_le_bytes());
        out.push(self.rows?);
        out.push(self.has_shades?.into());
        out.extend_from_slice(&self.unit_width?.to_le_bytes());
        self.more.as_ref()?.encode(out);
        Some(())
    }
}

impl More {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Five {
                cascade,
                host,
                packet_mode,
                spare,
            } => out.extend_from_slice(&[*cascade, *host, *packet_mode, *spare]),
            Self::Six {
                codec,
                udp_packet_mode,
                packet_mode,
                barcode,
                web_user,
                web_name,
                web_group,
            } => {
                let has_barcode = barcode.is_some().into();
                out.extend_from_slice(&[*codec, *udp_packet_mode, *packet_mode, has_barcode]);
                out.extend_from_slice(&barcode.unwrap_or_default());
                push_text::<128>(web_user, out);
                push_text::<128>(web_name, out);
                out.extend_from_slice(&web_group.to_le_bytes());
            }
        }
    }
}

/// What follows the width of a unit. Where the first byte of it is there, all that is missing behind it is zero.
fn more(device: [u8; 2], reader: &mut Reader<'_>) -> Option<More> {
    let first = reader.u8(REST).ok()?;
    let mut next = || reader.u8(REST).unwrap_or_default();
    if device[0] >> 4 == 5 {
        return Some(More::Five {
            cascade: first,
            host: next(),
            packet_mode: next(),
            spare: next(),
        });
    }
    let (udp_packet_mode, packet_mode, has_barcode) = (next(), next(), next());
    let barcode = reader.array(REST).unwrap_or_default();
    Some(More::Six {
        codec: first,
        udp_packet_mode,
        packet_mode,
        barcode: (has_barcode != 0).then_some(barcode),
        web_user: reader
            .array::<128>(REST)
            .map_or_else(|_| String::new(), |field| text(&field)),
        web_name: reader
            .array::<128>(REST)
            .map_or_else(|_| String::new(), |field| text(&field)),
        web_group: reader.u32(REST).unwrap_or_default(),
    })
}
