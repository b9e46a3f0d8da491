//! Fields, one after the other.

use super::{Clock, Field, FileName, MessageError};

/// Bytes of which fields are taken from the front.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, at: 0 }
    }

    /// The place of the next byte.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// How many bytes are left.
    pub(super) const fn left(&self) -> usize {
        self.rest.len()
    }

    /// The next `N` bytes. Where there are fewer nothing can be taken any more.
    pub(super) fn array<const N: usize>(&mut self, field: Field) -> Result<[u8; N], MessageError> {
        let short = self.short(field);
        let (taken, rest) = self.all().split_first_chunk().ok_or(short)?;
        self.back(rest);
        Ok(*taken)
    }

    /// The next `count` bytes, in the same way.
    pub(super) fn bytes(&mut self, count: usize, field: Field) -> Result<&'a [u8], MessageError> {
        let short = self.short(field);
        let (taken, rest) = self.all().split_at_checked(count).ok_or(short)?;
        self.back(rest);
        Ok(taken)
    }

    const fn short(&self, field: Field) -> MessageError {
        let found = self.at + self.rest.len();
        MessageError::Short { found, field }
    }

    /// Puts back what was not taken.
    const fn back(&mut self, rest: &'a [u8]) {
        self.at -= rest.len();
        self.rest = rest;
    }

    /// All that is left.
    pub(super) const fn all(&mut self) -> &'a [u8] {
        let rest = self.rest;
        self.rest = &[];
        self.at += rest.len();
        rest
    }

    pub(super) fn u8(&mut self, field: Field) -> Result<u8, MessageError> {
        Ok(u8::from_le_bytes(self.array(field)?))
    }

    pub(super) fn u16(&mut self, field: Field) -> Result<u16, MessageError> {
        Ok(u16::from_le_bytes(self.array(field)?))
    }

    pub(super) fn u24(&mut self, field: Field) -> Result<u32, MessageError> {
        let [low, middle, high] = self.array(field)?;
        Ok(u32::from_le_bytes([low, middle, high, 0]))
    }

    pub(super) fn u32(&mut self, field: Field) -> Result<u32, MessageError> {
        Ok(u32::from_le_bytes(self.array(field)?))
    }

    /// 1 or 0.
    pub(super) fn flag(&mut self, field: Field) -> Result<bool, MessageError> {
        let at = self.at;
        match self.u8(field)? {
            0 => Ok(false),
            1 => Ok(true),
            found => Err(MessageError::Value {
                at,
                field,
                found: found.into(),
            }),
        }
    }

    pub(super) fn name(&mut self) -> Result<FileName, MessageError> {
        self.array(Field::new("文件名", "file's name")).map(FileName)
    }

    /// Two decimal digits.
    pub(super) fn decimal(&mut self, field: Field) -> Result<u8, MessageError> {
        let at = self.at;
        let byte = self.u8(field)?;
        let (tens, ones) = (byte >> 4, byte & 0x0f);
        if tens > 9 || ones > 9 {
            let found = byte.into();
            return Err(MessageError::Value { at, field, found });
        }
        Ok(tens * 10 + ones)
    }

    pub(super) fn clock(&mut self) -> Result<Clock, MessageError> {
        let year = Field::new("年份", "year");
        let low = u16::from(self.decimal(year)?);
        let high = u16::from(self.decimal(year)?);
        Ok(Clock {
            year: high * 100 + low,
            month: self.decimal(Field::new("月份", "month"))?,
            day: self.decimal(Field::new("日期", "day"))?,
            hour: self.decimal(Field::new("小时", "hour"))?,
            minute: self.decimal(Field::new("分钟", "minute"))?,
            second: self.decimal(Field::new("秒", "second"))?,
            week: self.u8(Field::new("星期", "day of the week"))?,
        })
    }

    /// Nothing may be left.
    pub(super) const fn end(&self) -> Result<(), MessageError> {
        match self.rest.len() {
            0 => Ok(()),
            extra => Err(MessageError::Trailing { at: self.at, extra }),
        }
    }
}
