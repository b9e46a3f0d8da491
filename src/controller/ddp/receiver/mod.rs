//! The display's side of DDP: datagrams assembled to pictures, and questions answered.
//!
//! It takes what the table allows and refuses the rest with a reason. It never tidies up: a packet that was lost leaves the old
//! picture's bytes in its place, as it would on the wall.

mod refusal;

use std::{net::IpAddr, ops::Range};

use serde_json::json;

use super::packet::{DataType, Destination, HEADER, Header, Packet};
use crate::{controller::Counts, frame::CHANNELS, units::Size};

pub use refusal::Refusal;

/// A display of a given size, whose LEDs take data of one type.
#[derive(Debug)]
pub struct Receiver {
    size: Size,
    data_type: DataType,
    address: Option<IpAddr>,
    picture: Vec<u8>,
    /// Which bytes of the picture came since it was last shown.
    fresh: Vec<bool>,
    sequence: u8,
    counts: Counts,
}

/// What came of a datagram.
#[derive(Debug, PartialEq, Eq)]
pub enum Received<'a> {
    /// Its data was put in its place.
    Stored,
    /// The picture is shown: the bytes of all LEDs of the display, row by row, in the display's data type.
    Shown(&'a [u8]),
    /// The datagram to answer with.
    Reply(Vec<u8>),
}

impl Receiver {
    /// A dark display of `size`, of LEDs that take RGB with 8 bits.
    pub fn new(size: Size) -> Self {
        Self::taking(DataType::RGB8, size)
    }

    /// A dark display of `size`, of LEDs that take `data_type`; one that we do not send counts as RGB with 8 bits.
    pub fn taking(data_type: DataType, size: Size) -> Self {
        let (data_type, bits) = match data_type.bits() {
            Some(bits) => (data_type, bits),
            None => (DataType::RGB8, 8 * CHANNELS),
        };
        let bytes = (size.leds() * bits).div_ceil(8);
        Self {
            size,
            data_type,
            address: None,
            picture: vec![0; bytes],
            fresh: vec![false; bytes],
            sequence: 0,
            counts: Counts::default(),
        }
    }

    /// The display, at `address` for those who ask.
    pub fn at(mut self, address: IpAddr) -> Self {
        self.address = Some(address);
        self
    }

    /// The type of its LEDs' data.
    pub const fn data_type(&self) -> DataType {
        self.data_type
    }

    /// What it has seen.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Takes one datagram.
    ///
    /// # Errors
    /// Why it changed nothing.
    pub fn handle(&mut self, datagram: &[u8]) -> Result<Received<'_>, Refusal> {
        self.counts.datagrams += 1;
        let packet = Packet::parse(datagram).inspect_err(|_| self.counts.malformed += 1)?;
        let served = self.serve(&packet);
        match served {
            Ok(Served::Shown) => Ok(Received::Shown(&self.picture)),
            Ok(Served::Stored) => Ok(Received::Stored),
            Ok(Served::Reply(reply)) => Ok(Received::Reply(reply)),
            Err(refusal) => {
                self.counts.refused += 1;
                Err(refusal)
            }
        }
    }

    fn serve(&mut self, packet: &Packet<'_>) -> Result<Served, Refusal> {
        let header = &packet.header;
        if header.reply {
            return Err(Refusal::Reply);
        }
        if header.storage {
            return Err(Refusal::Storage);
        }
        if header.query {
            return self.reply(header.destination).map(Served::Reply);
        }
        if !matches!(header.destination, Destination::DISPLAY | Destination::ALL) {
            return Err(Refusal::Destination(header.destination));
        }
        if !packet.data.is_empty() {
            self.store(packet)?;
        }
        self.count(header.sequence);
        if !header.push {
            return Ok(Served::Stored);
        }
        self.show();
        Ok(Served::Shown)
    }

    fn store(&mut self, packet: &Packet<'_>) -> Result<(), Refusal> {
        let Header { data_type, offset, .. } = packet.header;
        if !data_type.serves(self.data_type) {
            return Err(Refusal::DataType {
                found: data_type,
                taken: self.data_type,
            });
        }
        let place = self.place(offset, packet.data.len())?;
        self.picture[place.clone()].copy_from_slice(packet.data);
        self.fresh[place].fill(true);
        Ok(())
    }

    fn place(&self, offset: u32, length: usize) -> Result<Range<usize>, Refusal> {
        let beyond = || Refusal::Beyond {
            end: u64::from(offset) + length as u64,
            size: self.size,
            bytes: self.picture.len(),
        };
        let start = usize::try_from(offset).map_err(|_| beyond())?;
        let end = start.checked_add(length).ok_or_else(beyond)?;
        if end > self.picture.len() {
            return Err(beyond());
        }
        Ok(start..end)
    }

    /// Counts the packets between the last counted one and the one numbered `sequence`, 1 to 15 and round again.
    fn count(&mut self, sequence: u8) {
        if sequence == 0 {
            return;
        }
        if self.sequence != 0 {
            self.counts.lost += u64::from((sequence + 15 - self.sequence + 14) % 15);
        }
        self.sequence = sequence;
    }

    fn show(&mut self) {
        self.counts.pictures += 1;
        if self.fresh.contains(&false) {
            self.counts.partial += 1;
        }
        self.fresh.fill(false);
    }

    fn reply(&self, destination: Destination) -> Result<Vec<u8>, Refusal> {
        let json = match destination {
            Destination::STATUS => self.status(),
            Destination::CONFIG => self.configuration(),
            other => return Err(Refusal::Destination(other)),
        };
        let header = Header {
            query: false,
            reply: true,
            ..Header::question(destination)
        };
        let data = json.to_string();
        let mut reply = Vec::with_capacity(HEADER + data.len());
        Packet {
            header,
            data: data.as_bytes(),
        }
        .encode(&mut reply);
        Ok(reply)
    }

    fn status(&self) -> serde_json::Value {
        json!({ "status": {
            "man": "Yingbi",
            "mod": format!("virtual display {}", self.size),
            "ver": env!("CARGO_PKG_VERSION"),
            "mac": "00:00:00:00:00:00",
            "push": true,
            "ntp": false,
        }})
    }

    fn configuration(&self) -> serde_json::Value {
        let address = self.address.map_or_else(String::new, |address| address.to_string());
        json!({ "config": {
            "ip": address,
            "nm": "",
            "gw": "",
            "ports": [{ "port": 0, "ts": 0, "l": self.size.leds(), "ss": 0 }],
        }})
    }
}

enum Served {
    Reply(Vec<u8>),
    Shown,
    Stored,
}
