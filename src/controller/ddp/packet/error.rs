//! Why bytes are not a DDP datagram.

use crate::diagnostic::{Bilingual, Explain};

/// Why bytes are not a DDP datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PacketError {
    /// Fewer bytes than the header takes.
    #[error("{found} bytes are too few: the header takes {needed}")]
    TooShort {
        /// The bytes there are.
        found: usize,
        /// The bytes of the header, with its timecode where the flag is set.
        needed: usize,
    },
    /// Another version than 1.
    #[error("byte 0 gives version {found}; only version 1 is known")]
    Version {
        /// The version, 0 to 3.
        found: u8,
    },
    /// A reserved bit is set.
    #[error("byte {at} is {value:#04x}: its reserved bits {mask:#04x} must be 0")]
    Reserved {
        /// The byte's place.
        at: usize,
        /// The byte.
        value: u8,
        /// The bits that must be zero.
        mask: u8,
    },
    /// The header promises more data than there is.
    #[error("the header promises {promised} data bytes, the datagram holds {found}")]
    Missing {
        /// Data bytes promised.
        promised: usize,
        /// Data bytes there are.
        found: usize,
        /// Where the data begins.
        start: usize,
    },
    /// There are bytes after the data.
    #[error("the header promises {promised} data bytes, the datagram holds {found}: the rest belongs to nothing")]
    Trailing {
        /// Data bytes promised.
        promised: usize,
        /// Data bytes there are.
        found: usize,
        /// Where the data begins.
        start: usize,
    },
}

impl PacketError {
    /// The place of the byte at fault; for data that is missing, where it should have gone on.
    pub const fn at(&self) -> usize {
        match *self {
            Self::TooShort { found, .. } => found,
            Self::Version { .. } => 0,
            Self::Reserved { at, .. } => at,
            Self::Missing { found, start, .. } => start + found,
            Self::Trailing { promised, start, .. } => start + promised,
        }
    }
}

impl Explain for PacketError {
    fn chinese(&self) -> String {
        match self {
            Self::TooShort { found, needed } => format!("只有 {found} 个字节，不足包头的 {needed} 个字节"),
            Self::Version { found } => format!("第 0 字节的版本号是 {found}，只认识版本 1"),
            Self::Reserved { at, value, mask } => {
                format!("第 {at} 字节是 {value:#04x}，其保留位 {mask:#04x} 应为 0")
            }
            Self::Missing { promised, found, .. } => {
                format!("包头声明有 {promised} 个数据字节，实际只有 {found} 个")
            }
            Self::Trailing { promised, found, .. } => {
                format!("包头声明有 {promised} 个数据字节，实际有 {found} 个，多出的字节无所归属")
            }
        }
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(
            format!("请检查发送方第 {} 字节起的内容", self.at()),
            format!("look at the sender's bytes from offset {} on", self.at()),
        )
    }
}
