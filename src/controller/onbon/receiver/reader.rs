//! What stands in a request or a file, one field after the other.

use super::refusal::{Field, Refusal};
use crate::units::Area;

/// Bytes of which some were read.
#[derive(Clone, Debug)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// All of `bytes`.
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes were read.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// The bytes that were not read.
    pub(super) fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at..]
    }

    /// The next `count` bytes.
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], Refusal> {
        let taken = self.rest().get(..count).ok_or_else(|| Refusal::Ends {
            at: self.bytes.len(),
            missing: count - self.rest().len(),
        })?;
        self.at += count;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub(super) fn u8(&mut self) -> Result<u8, Refusal> {
        self.array().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Result<u16, Refusal> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32, Refusal> {
        self.array().map(u32::from_le_bytes)
    }

    /// A byte that is 0 or 1.
    pub(super) fn flag(&mut self, field: Field) -> Result<bool, Refusal> {
        match self.u8()? {
            0 => Ok(false),
            1 => Ok(true),
            found => Err(field.refuse(found)),
        }
    }

    /// A byte of at most `most`.
    pub(super) fn up_to(&mut self, most: u8, field: Field) -> Result<u8, Refusal> {
        let found = self.u8()?;
        if found > most {
            return Err(field.refuse(found));
        }
        Ok(found)
    }

    /// Two decimal digits, which make at most `most`.
    pub(super) fn bcd(&mut self, most: u8, field: Field) -> Result<u8, Refusal> {
        let byte = self.u8()?;
        let (tens, ones) = (byte >> 4, byte & 15);
        if tens > 9 || ones > 9 || tens * 10 + ones > most {
            return Err(field.refuse(byte));
        }
        Ok(tens * 10 + ones)
    }

    /// x, y, width and height, two bytes each.
    pub(super) fn place(&mut self) -> Result<Area, Refusal> {
        let [x, y, width, height] = [self.u16()?, self.u16()?, self.u16()?, self.u16()?].map(u32::from);
        Ok(Area::new(x, y, width, height))
    }

    /// A part of its own that has a length of four bytes before it.
    pub(super) fn part(&mut self) -> Result<Self, Refusal> {
        let length = self.u32()? as usize;
        self.take(length).map(Self::new)
    }

    /// Nothing may be left.
    pub(super) fn end(&self) -> Result<(), Refusal> {
        match self.rest().len() {
            0 => Ok(()),
            extra => Err(Refusal::Excess { at: self.at, extra }),
        }
    }
}
