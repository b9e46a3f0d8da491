//! What a card with fonts answers.

use crate::controller::onbon::message::{ErrorCode, Field, MessageError, reader::Reader};

/// A reply of a card with fonts: group, command, error, two bytes, data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FontReply<'a> {
    /// A0 of a plain acknowledgement or refusal.
    pub group: u8,
    /// 00 acknowledges, 01 refuses.
    pub command: u8,
    /// Why it refuses.
    pub error: ErrorCode,
    /// What was asked for.
    pub data: &'a [u8],
}

impl<'a> FontReply<'a> {
    /// Done, and nothing to tell.
    pub const ACK: Self = Self {
        group: 0xa0,
        command: 0x00,
        error: ErrorCode::NONE,
        data: &[],
    };

    /// Refused. Errors above 255 have no room.
    pub const fn refusal(error: ErrorCode) -> Self {
        Self {
            command: 0x01,
            error,
            ..Self::ACK
        }
    }

    /// Whether it only says that the request was done.
    pub const fn is_ack(&self) -> bool {
        self.group == 0xa0 && self.command == 0x00
    }

    /// Whether the request was refused.
    pub const fn is_nack(&self) -> bool {
        self.group == 0xa0 && self.command == 0x01
    }

    /// The reply that the data of a packet are.
    ///
    /// # Errors
    /// They are too few.
    pub fn parse(data: &'a [u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        let group = reader.u8(Field::new("命令组", "group of commands"))?;
        let command = reader.u8(Field::new("命令", "command"))?;
        let error = ErrorCode(reader.u8(Field::new("错误码", "error"))?.into());
        reader.u16(Field::new("保留字节", "reserved bytes"))?;
        Ok(Self {
            group,
            command,
            error,
            data: reader.all(),
        })
    }

    /// Appends the data of the packet.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&[self.group, self.command, self.error.0 as u8, 0, 0]);
        out.extend_from_slice(self.data);
    }
}
