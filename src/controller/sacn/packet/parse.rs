//! Datagrams read, from the front to the end.

use std::num::NonZeroU16;

use super::{
    ADDRESS_TYPE, DMP_VECTOR, Data, Discovery, EXTENDED_DISCOVERY, EXTENDED_SYNC, FIRST_ADDRESS, FRAMING_DATA, Field,
    HIGHEST_PRIORITY, IDENTIFIER, INCREMENT, LAST_UNIVERSE, LIST_VECTOR, NAME, Options, PAGE, POSTAMBLE, PREAMBLE,
    Packet, PacketError, ROOT_DATA, ROOT_EXTENDED, Sync,
};
use crate::controller::SLOTS;

impl<'a> Packet<'a> {
    /// The datagram in `bytes`, which must hold it and nothing else.
    ///
    /// # Errors
    /// The first thing, from the front, that the tables do not allow.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, PacketError> {
        let mut reader = Reader { bytes, at: 0 };
        reader.constant(Field::Preamble, PREAMBLE)?;
        reader.constant(Field::Postamble, POSTAMBLE)?;
        reader.constant(Field::Identifier, IDENTIFIER)?;
        reader.layer(Field::RootLength)?;
        let root = reader.vector(Field::RootVector, &[ROOT_DATA, ROOT_EXTENDED])?;
        let cid = reader.take(Field::Cid)?;
        reader.layer(Field::FramingLength)?;
        if root == ROOT_DATA {
            reader.vector(Field::FramingVector, &[FRAMING_DATA])?;
            return reader.data(cid).map(Packet::Data);
        }
        match reader.vector(Field::FramingVector, &[EXTENDED_SYNC, EXTENDED_DISCOVERY])? {
            EXTENDED_SYNC => reader.sync(cid).map(Packet::Sync),
            _ => reader.discovery(cid).map(Packet::Discovery),
        }
    }
}

/// The bytes, and how far they were read.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn data(&mut self, cid: [u8; 16]) -> Result<Data<'a>, PacketError> {
        let name = self.name()?;
        let [priority] = self.take(Field::Priority)?;
        if priority > HIGHEST_PRIORITY {
            return Err(PacketError::Priority { found: priority });
        }
        let sync = self.universe(Field::SyncAddress, 0)?;
        let [sequence] = self.take(Field::Sequence)?;
        let [options] = self.take(Field::Options)?;
        let universe = self.universe(Field::Universe, 1)?;
        let (start_code, slots) = self.slots()?;
        Ok(Data {
            cid,
            name,
            priority,
            sync: NonZeroU16::new(sync),
            sequence,
            options: Options::of(options),
            universe,
            start_code,
            slots,
        })
    }

    /// The DMP layer: start code and slots.
    fn slots(&mut self) -> Result<(u8, &'a [u8]), PacketError> {
        self.layer(Field::DmpLength)?;
        self.constant(Field::DmpVector, DMP_VECTOR)?;
        self.constant(Field::AddressType, ADDRESS_TYPE)?;
        self.constant(Field::FirstAddress, FIRST_ADDRESS)?;
        self.constant(Field::Increment, INCREMENT)?;
        let at = self.at;
        let promised = usize::from(u16::from_be_bytes(self.take(Field::Count)?));
        let values = &self.bytes[self.at..];
        match values.split_first() {
            _ if promised != values.len() || promised > usize::from(SLOTS) + 1 => Err(PacketError::Count {
                at,
                promised,
                found: values.len(),
            }),
            Some((start_code, slots)) => Ok((*start_code, slots)),
            None => Err(self.short(Field::StartCode)),
        }
    }

    fn sync(&mut self, cid: [u8; 16]) -> Result<Sync, PacketError> {
        let [sequence] = self.take(Field::Sequence)?;
        let at = self.at;
        let found = self.universe(Field::SyncAddress, 1)?;
        let field = Field::SyncAddress;
        let address = NonZeroU16::new(found).ok_or(PacketError::Universe { at, field, found })?;
        let [_, _] = self.take(Field::Reserved)?;
        self.is_read(Field::FramingLength, 38)?;
        Ok(Sync { cid, sequence, address })
    }

    fn discovery(&mut self, cid: [u8; 16]) -> Result<Discovery<'a>, PacketError> {
        let name = self.name()?;
        let [_, _, _, _] = self.take(Field::Reserved)?;
        self.layer(Field::ListLength)?;
        self.vector(Field::ListVector, &[LIST_VECTOR])?;
        let [page, last] = self.take(Field::Page)?;
        if page > last {
            return Err(PacketError::Page { page, last });
        }
        let universes = self.list()?;
        Ok(Discovery {
            cid,
            name,
            page,
            last,
            universes,
        })
    }

    /// Universes up to the end.
    fn list(&mut self) -> Result<Vec<u16>, PacketError> {
        let mut universes = Vec::with_capacity(self.bytes.len().saturating_sub(self.at).div_ceil(2).min(PAGE));
        while self.at < self.bytes.len() {
            let at = self.at;
            let found = self.universe(Field::List, 1)?;
            let before = universes.last().copied().unwrap_or(0);
            if found <= before || universes.len() == PAGE {
                return Err(PacketError::List { at, before, found });
            }
            universes.push(found);
        }
        Ok(universes)
    }

    /// A universe of `first` to 63,999.
    fn universe(&mut self, field: Field, first: u16) -> Result<u16, PacketError> {
        let at = self.at;
        let found = u16::from_be_bytes(self.take(field)?);
        if (first..=LAST_UNIVERSE).contains(&found) {
            return Ok(found);
        }
        Err(PacketError::Universe { at, field, found })
    }

    /// A name, up to its first zero.
    fn name(&mut self) -> Result<&'a str, PacketError> {
        let (at, bytes) = (self.at, self.bytes);
        let _: [u8; NAME] = self.take(Field::Name)?;
        let field = &bytes[at..at + NAME];
        let end = field
            .iter()
            .position(|byte| *byte == 0)
            .ok_or(PacketError::Unterminated)?;
        std::str::from_utf8(&field[..end]).map_err(|error| PacketError::NotUtf8 {
            at: at + error.valid_up_to(),
        })
    }

    /// The length of a layer that goes to the end, with its flags.
    fn layer(&mut self, field: Field) -> Result<(), PacketError> {
        let at = self.at;
        let [high, low] = self.take(field)?;
        if high >> 4 != 7 {
            return Err(PacketError::Flags {
                at,
                field,
                found: high >> 4,
            });
        }
        let promised = usize::from(u16::from_be_bytes([high & 0x0f, low]));
        let found = self.bytes.len() - at;
        if promised == found {
            return Ok(());
        }
        Err(PacketError::Length {
            at,
            field,
            promised,
            found,
        })
    }

    /// One of the vectors that are `known`.
    fn vector(&mut self, field: Field, known: &[u32]) -> Result<u32, PacketError> {
        let at = self.at;
        let found = u32::from_be_bytes(self.take(field)?);
        if known.contains(&found) {
            return Ok(found);
        }
        Err(PacketError::Vector { at, field, found })
    }

    /// Bytes that are always the same.
    fn constant<const N: usize>(&mut self, field: Field, expected: [u8; N]) -> Result<(), PacketError> {
        let start = self.at;
        let held = &self.bytes[start..];
        let wrong = held
            .iter()
            .zip(expected)
            .position(|(found, expected)| *found != expected);
        if let Some(wrong) = wrong {
            return Err(PacketError::Constant {
                at: start + wrong,
                field,
                found: held[wrong],
                expected: expected[wrong],
            });
        }
        self.take::<N>(field).map(drop)
    }

    /// Nothing follows; what does belongs to the layer of `field` at `at`, whose length is then wrong.
    fn is_read(&self, field: Field, at: usize) -> Result<(), PacketError> {
        if self.at == self.bytes.len() {
            return Ok(());
        }
        Err(PacketError::Length {
            at,
            field,
            promised: self.bytes.len() - at,
            found: self.at - at,
        })
    }

    fn take<const N: usize>(&mut self, field: Field) -> Result<[u8; N], PacketError> {
        let taken = self.bytes[self.at..]
            .first_chunk::<N>()
            .ok_or_else(|| self.short(field))?;
        self.at += N;
        Ok(*taken)
    }

    const fn short(&self, field: Field) -> PacketError {
        let found = self.bytes.len();
        PacketError::Short { found, field }
    }
}
