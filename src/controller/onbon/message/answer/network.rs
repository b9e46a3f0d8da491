//! A4 82 and 83, A2 AB: how a card is reached, and all that it is besides.

use super::{ADDRESS, BAUD, COLOUR, CONFIGURED, DEVICE, FIRMWARE, HEIGHT, REST, WIDTH, card_colour, push_text, text};
use crate::controller::{
    card::CardColour,
    onbon::message::{Field, FileName, MessageError, reader::Reader},
};

/// A4 82: a sign of life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// Its password.
    pub password: String,
    /// Its address.
    pub ip: [u8; 4],
    /// Which part of it is the network.
    pub mask: [u8; 4],
    /// The way out.
    pub gateway: [u8; 4],
    /// Where it listens.
    pub port: u16,
    /// Its hardware's address.
    pub mac: [u8; 6],
    /// What it calls itself.
    pub id: String,
    /// BX-6: its barcode. (Events that follow it are not read.)
    pub barcode: Option<[u8; 16]>,
}

/// A4 83, and A2 AB: a BX-6 found on the network. What is missing at the end is zero.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "fields as of Identity and Status")]
pub struct Search {
    pub mac: [u8; 6],
    pub ip: [u8; 4],
    pub mask: [u8; 4],
    pub gateway: [u8; 4],
    pub port: u16,
    /// 1 by DHCP, 2 fixed.
    pub ip_mode: u8,
    pub ip_status: u8,
    pub server_mode: u8,
    pub server: Server,
    pub barcode: [u8; 16],
    pub device: [u8; 2],
    pub firmware: String,
    pub is_configured: bool,
    pub address: u16,
    pub baud: u8,
    pub width: u16,
    pub height: u16,
    pub colour: u8,
    pub brightness_mode: u8,
    pub brightness: u8,
    pub has_hours: bool,
    pub is_on: bool,
    pub scan: u16,
    pub rows: u8,
    pub has_shades: bool,
    pub unit_width: u16,
    /// 0 for RGB888, 1 for RGB565.
    pub codec: u8,
    pub udp_packet_mode: u8,
    pub packet_mode: u8,
    pub has_barcode: bool,
    pub programs: u16,
    pub program: FileName,
    pub is_screen_locked: bool,
    pub is_program_locked: bool,
    pub running_mode: u8,
    pub is_clock_sound: bool,
    /// As it stands there: whether as digits is not known.
    pub clock: [u8; 8],
    pub temperatures: [u32; 2],
    pub humidity: u16,
    pub noise: u16,
    pub switch_mode: u8,
    pub log_flag: u8,
    /// Seconds.
    pub power_on_delay: u16,
}

/// To whom a card dials out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "fields that say what they are by their names")]
pub struct Server {
    pub ip: [u8; 4],
    pub port: u16,
    pub password: String,
    pub heartbeat: u16,
    pub customer: String,
}

/// Bytes that nothing is known of, at the end of [`Search`].
const RESERVED: usize = 32;

const IP: Field = Field::new("IP 地址", "address");
const MASK: Field = Field::new("子网掩码", "network mask");
const GATEWAY: Field = Field::new("网关", "gateway");
const PORT: Field = Field::new("端口", "port");
const MAC: Field = Field::new("MAC 地址", "MAC address");
const PASSWORD: Field = Field::new("密码", "password");
const ID: Field = Field::new("网络标识", "network id");
const BARCODE: Field = Field::new("条码", "barcode");
const MODE: Field = Field::new("模式", "mode");

impl Health {
    /// What `data` say.
    ///
    /// # Errors
    /// They end before its id does.
    pub fn parse(data: &[u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        Ok(Self {
            password: text(&reader.array::<8>(PASSWORD)?),
            ip: reader.array(IP)?,
            mask: reader.array(MASK)?,
            gateway: reader.array(GATEWAY)?,
            port: reader.u16(PORT)?,
            mac: reader.array(MAC)?,
            id: text(&reader.array::<12>(ID)?),
            barcode: reader.array(BARCODE).ok(),
        })
    }

    /// Appends the data of the reply.
    pub fn encode(&self, out: &mut Vec<u8>) {
        push_text::<8>(&self.password, out);
        out.extend_from_slice(&self.ip);
        out.extend_from_slice(&self.mask);
        out.extend_from_slice(&self.gateway);
        out.extend_from_slice(&self.port.to_le_bytes());
        out.extend_from_slice(&self.mac);
        push_text::<12>(&self.id, out);
        if let Some(barcode) = &self.barcode {
            out.extend_from_slice(barcode);
            out.extend_from_slice(&[0, 0]);
        }
    }
}

impl Search {
    /// What its LEDs can show, as of an [`super::Identity`].
    pub const fn card_colour(&self) -> Option<CardColour> {
        card_colour(self.colour)
    }

    /// What `data` say.
    ///
    /// # Errors
    /// They end before the colour.
    pub fn parse(data: &[u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        let reader = &mut reader;
        Ok(Self {
            mac: reader.array(MAC)?,
            ip: reader.array(IP)?,
            mask: reader.array(MASK)?,
            gateway: reader.array(GATEWAY)?,
            port: reader.u16(PORT)?,
            ip_mode: reader.u8(MODE)?,
            ip_status: reader.u8(MODE)?,
            server_mode: reader.u8(MODE)?,
            server: Server {
                ip: reader.array(IP)?,
                port: reader.u16(PORT)?,
                password: text(&reader.array::<8>(PASSWORD)?),
                heartbeat: reader.u16(Field::new("心跳间隔", "time between signs of life"))?,
                customer: text(&reader.array::<12>(ID)?),
            },
            barcode: reader.array(BARCODE)?,
            device: reader.array(DEVICE)?,
            firmware: text(&reader.array::<8>(FIRMWARE)?),
            is_configured: reader.u8(CONFIGURED)? != 0,
            address: reader.u16(ADDRESS)?,
            baud: reader.u8(BAUD)?,
            width: reader.u16(WIDTH)?,
            height: reader.u16(HEIGHT)?,
            colour: reader.u8(COLOUR)?,
            brightness_mode: small(reader),
            brightness: small(reader),
            has_hours: small(reader) != 0,
            is_on: small(reader) != 0,
            scan: reader.u16(REST).unwrap_or_default(),
            rows: small(reader),
            has_shades: small(reader) != 0,
            unit_width: reader.u16(REST).unwrap_or_default(),
            codec: small(reader),
            udp_packet_mode: small(reader),
            packet_mode: small(reader),
            has_barcode: small(reader) != 0,
            programs: reader.u16(REST).unwrap_or_default(),
            program: reader.name().unwrap_or(FileName([0; 4])),
            is_screen_locked: small(reader) != 0,
            is_program_locked: small(reader) != 0,
            running_mode: small(reader),
            is_clock_sound: small(reader) != 0,
            clock: reader.array(REST).unwrap_or_default(),
            temperatures: [
                reader.u24(REST).unwrap_or_default(),
                reader.u24(REST).unwrap_or_default(),
            ],
            humidity: reader.u16(REST).unwrap_or_default(),
            noise: reader.u16(REST).unwrap_or_default(),
            switch_mode: small(reader),
            log_flag: small(reader),
            power_on_delay: reader.u16(REST).unwrap_or_default(),
        })
    }

    /// Appends the data of the reply.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.mac);
        out.extend_from_slice(&self.ip);
        out.extend_from_slice(&self.mask);
        out.extend_from_slice(&self.gateway);
        out.extend_from_slice(&self.port.to_le_bytes());
        out.extend_from_slice(&[self.ip_mode, self.ip_status, self.server_mode]);
        self.server.encode(out);
        out.extend_from_slice(&self.barcode);
        self.card(out);
        self.state(out);
        out.extend_from_slice(&[0; RESERVED]);
    }

    /// What [`super::Identity`] tells as well.
    fn card(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.device);
        push_text::<8>(&self.firmware, out);
        out.push(self.is_configured.into());
        out.extend_from_slice(&self.address.to_le_bytes());
        out.push(self.baud);
        out.extend_from_slice(&self.width.to_le_bytes());
        out.extend_from_slice(&self.height.to_le_bytes());
        let lit = [self.has_hours, self.is_on].map(u8::from);
        out.extend_from_slice(&[self.colour, self.brightness_mode, self.brightness, lit[0], lit[1]]);
        out.extend_from_slice(&self.scan.to_le_bytes());
        out.extend_from_slice(&[self.rows, self.has_shades.into()]);
        out.extend_from_slice(&self.unit_width.to_le_bytes());
        out.extend_from_slice(&[
            self.codec,
            self.udp_packet_mode,
            self.packet_mode,
            self.has_barcode.into(),
        ]);
    }

    /// What [`super::Status`] tells as well.
    fn state(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.programs.to_le_bytes());
        out.extend_from_slice(&self.program.0);
        let locks = [self.is_screen_locked, self.is_program_locked].map(u8::from);
        out.extend_from_slice(&locks);
        out.extend_from_slice(&[self.running_mode, self.is_clock_sound.into()]);
        out.extend_from_slice(&self.clock);
        for temperature in self.temperatures {
            out.extend_from_slice(&temperature.to_le_bytes()[..3]);
        }
        out.extend_from_slice(&self.humidity.to_le_bytes());
        out.extend_from_slice(&self.noise.to_le_bytes());
        out.extend_from_slice(&[self.switch_mode, self.log_flag]);
        out.extend_from_slice(&self.power_on_delay.to_le_bytes());
    }
}

impl Server {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.ip);
        out.extend_from_slice(&self.port.to_le_bytes());
        push_text::<8>(&self.password, out);
        out.extend_from_slice(&self.heartbeat.to_le_bytes());
        push_text::<12>(&self.customer, out);
    }
}

fn small(reader: &mut Reader<'_>) -> u8 {
    reader.u8(REST).unwrap_or_default()
}
