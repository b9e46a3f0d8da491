//! Bytes taken off the front, each with the name of its field, so that what is missing is told by name and place.

use super::{super::message::Field, PictureError};

/// What is left to read.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes were taken.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// How many bytes are left.
    pub(super) const fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    pub(super) fn take(&mut self, field: Field, length: usize) -> Result<&'a [u8], PictureError> {
        let needed = self.at.saturating_add(length);
        let taken = self.bytes.get(self.at..needed).ok_or(PictureError::TooShort {
            field,
            found: self.bytes.len(),
            needed,
        })?;
        self.at = needed;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self, field: Field) -> Result<[u8; N], PictureError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(field, N)?);
        Ok(array)
    }

    pub(super) fn byte(&mut self, field: Field) -> Result<u8, PictureError> {
        Ok(self.array::<1>(field)?[0])
    }

    pub(super) fn word(&mut self, field: Field) -> Result<u16, PictureError> {
        self.array(field).map(u16::from_le_bytes)
    }

    pub(super) fn long(&mut self, field: Field) -> Result<u32, PictureError> {
        self.array(field).map(u32::from_le_bytes)
    }

    /// A byte that can only be `wanted`.
    pub(super) fn only(&mut self, field: Field, wanted: u8) -> Result<(), PictureError> {
        let at = self.at;
        let found = self.byte(field)?;
        if found == wanted {
            return Ok(());
        }
        Err(PictureError::Value {
            field,
            at,
            found: found.into(),
            wanted: wanted.into(),
        })
    }

    /// A length or place of 32 bits that can only be `wanted`.
    pub(super) fn long_only(&mut self, field: Field, wanted: usize) -> Result<(), PictureError> {
        let at = self.at;
        let found = self.long(field)?;
        if found as usize == wanted {
            return Ok(());
        }
        Err(PictureError::Value {
            field,
            at,
            found,
            wanted: u32::try_from(wanted).unwrap_or(u32::MAX),
        })
    }

    /// A `length` that was read at `at` can only be what was taken from `start` on.
    pub(super) fn took(&self, field: Field, length: u32, at: usize, start: usize) -> Result<(), PictureError> {
        let taken = self.at - start;
        if length as usize == taken {
            return Ok(());
        }
        Err(PictureError::Value {
            field,
            at,
            found: length,
            wanted: u32::try_from(taken).unwrap_or(u32::MAX),
        })
    }

    /// Nothing may be left.
    pub(super) const fn end(&self) -> Result<(), PictureError> {
        if self.at == self.bytes.len() {
            return Ok(());
        }
        Err(PictureError::Trailing {
            end: self.at,
            found: self.bytes.len(),
        })
    }
}
