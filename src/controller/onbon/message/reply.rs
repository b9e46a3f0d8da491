//! What a card answers.

use super::{ErrorCode, Field, MessageError, reader::Reader};

/// A reply of BX-5 or BX-6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply<'a> {
    /// The group of the request; A0 of a plain acknowledgement or refusal.
    pub group: u8,
    /// The command: mostly the request's and 80; 00 acknowledges, 01 refuses.
    pub command: u8,
    /// Whether the request was refused.
    pub nack: bool,
    /// Why.
    pub error: ErrorCode,
    /// What was asked for.
    pub data: &'a [u8],
}

impl<'a> Reply<'a> {
    /// Done, and nothing to tell.
    pub const ACK: Self = Self {
        group: 0xa0,
        command: 0x00,
        nack: false,
        error: ErrorCode::NONE,
        data: &[],
    };

    /// Refused.
    pub const fn refusal(error: ErrorCode) -> Self {
        Self {
            command: 0x01,
            nack: true,
            error,
            ..Self::ACK
        }
    }

    /// What was asked for.
    pub const fn with(group: u8, command: u8, data: &'a [u8]) -> Self {
        Self {
            group,
            command,
            data,
            ..Self::ACK
        }
    }

    /// Whether it only says that the request was done.
    pub const fn is_ack(&self) -> bool {
        self.group == 0xa0 && self.command == 0x00 && !self.nack
    }

    /// The reply that the data of a packet are. Bytes behind those that its length tells are left alone, and the bits of its status but the
    /// one that refuses.
    ///
    /// # Errors
    /// They end before they should.
    pub fn parse(data: &'a [u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        reader.u8(Field::new("保留字节", "reserved byte"))?;
        let group = reader.u8(Field::new("命令组", "group of commands"))?;
        let command = reader.u8(Field::new("命令", "command"))?;
        let status = reader.u16(Field::new("状态", "status"))?;
        let error = ErrorCode(reader.u16(Field::new("错误码", "error"))?);
        let promised = usize::from(reader.u16(Field::new("长度", "length"))?);
        let found = reader.left();
        let short = MessageError::Length { at: 7, promised, found };
        let data = reader.all().get(..promised).ok_or(short)?;
        Ok(Self {
            group,
            command,
            nack: status & 1 == 1 || (group, command) == (0xa0, 0x01),
            error,
            data,
        })
    }

    /// Appends the data of the packet. There must be at most 65,535 bytes in it.
    pub fn encode(&self, out: &mut Vec<u8>) {
        assert!(u16::try_from(self.data.len()).is_ok(), "the length has two bytes");
        let [low, high] = self.error.0.to_le_bytes();
        out.extend_from_slice(&[0, self.group, self.command, self.nack.into(), 0, low, high]);
        out.extend_from_slice(&(self.data.len() as u16).to_le_bytes());
        out.extend_from_slice(self.data);
    }
}
