//! Why bytes are not an Art-Net datagram that this program knows.

use crate::diagnostic::{Bilingual, Explain};

use super::DMX_HEADER;

/// Why bytes are not an Art-Net datagram that this program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PacketError {
    /// Fewer bytes than the fields up to here take.
    #[error("{found} bytes are too few: its fields take {needed}")]
    TooShort {
        /// The bytes there are.
        found: usize,
        /// The bytes that the fields take.
        needed: usize,
    },
    /// It does not begin as Art-Net does.
    #[error("byte {at} is not that of \"Art-Net\" and a zero")]
    Identity {
        /// The first byte that differs.
        at: usize,
    },
    /// An operation that is not one of the four.
    #[error("operation {code:#06x} ({}) is Art-Net's, but none of ArtDmx, ArtSync, ArtPoll, ArtPollReply", operation(*code))]
    Operation {
        /// Its code.
        code: u16,
    },
    /// An earlier version than the only one there ever was.
    #[error("bytes 10 and 11 give version {found}; it must be 14 or later")]
    Version {
        /// The version.
        found: u16,
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
    /// A length that no universe has.
    #[error("bytes 16 and 17 give {found} slots; it must be an even number from 2 to 512")]
    Length {
        /// The length.
        found: u16,
    },
    /// The header promises more data than there is.
    #[error("the header promises {promised} slots, the datagram holds {found}")]
    Missing {
        /// Slots promised.
        promised: usize,
        /// Slots there are.
        found: usize,
    },
    /// There are bytes after the last field.
    #[error("the datagram ends with byte {end} by its fields, but has {found} bytes: the rest belongs to nothing")]
    Trailing {
        /// The first byte that belongs to nothing.
        end: usize,
        /// The bytes there are.
        found: usize,
    },
}

impl PacketError {
    /// The place of the byte at fault; for bytes that are missing, where it should have gone on.
    pub const fn at(&self) -> usize {
        match *self {
            Self::TooShort { found, .. } => found,
            Self::Identity { at } | Self::Reserved { at, .. } => at,
            Self::Operation { .. } => 8,
            Self::Version { .. } => 10,
            Self::Length { .. } => 16,
            Self::Missing { found, .. } => DMX_HEADER + found,
            Self::Trailing { end, .. } => end,
        }
    }
}

impl Explain for PacketError {
    fn chinese(&self) -> String {
        match self {
            Self::TooShort { found, needed } => format!("只有 {found} 个字节，不足字段所需的 {needed} 个字节"),
            Self::Identity { at } => format!("第 {at} 字节与标识 Art-Net 不符"),
            Self::Operation { code } => {
                let name = operation(*code);
                format!("操作码 {code:#06x}（{name}）属于 Art-Net，但不是 ArtDmx、ArtSync、ArtPoll、ArtPollReply 之一")
            }
            Self::Version { found } => format!("第 10、11 字节的版本号是 {found}，应不低于 14"),
            Self::Reserved { at, value, mask } => {
                format!("第 {at} 字节是 {value:#04x}，其保留位 {mask:#04x} 应为 0")
            }
            Self::Length { found } => format!("第 16、17 字节的通道数是 {found}，应为 2 至 512 的偶数"),
            Self::Missing { promised, found } => {
                format!("包头声明有 {promised} 个通道，实际只有 {found} 个")
            }
            Self::Trailing { end, found } => {
                format!("按字段应在第 {end} 字节结束，实际有 {found} 个字节，多出的字节无所归属")
            }
        }
    }

    fn help(&self) -> Bilingual {
        if matches!(self, Self::Operation { .. }) {
            return Bilingual::new(
                "显示画面不需要此包，可不理会",
                "no picture needs it; it can be left alone",
            );
        }
        Bilingual::new(
            format!("请检查发送方第 {} 字节起的内容", self.at()),
            format!("look at the sender's bytes from offset {} on", self.at()),
        )
    }
}

/// What the standard calls an operation.
pub const fn operation(code: u16) -> &'static str {
    match code {
        0x2000 => "ArtPoll",
        0x2100 => "ArtPollReply",
        0x2300 => "ArtDiagData",
        0x2400 => "ArtCommand",
        0x2700 => "ArtDataRequest",
        0x2800 => "ArtDataReply",
        0x5000 => "ArtDmx",
        0x5100 => "ArtNzs",
        0x5200 => "ArtSync",
        0x6000 => "ArtAddress",
        0x7000 => "ArtInput",
        0x8000 => "ArtTodRequest",
        0x8100 => "ArtTodData",
        0x8200 => "ArtTodControl",
        0x8300 => "ArtRdm",
        0x8400 => "ArtRdmSub",
        0x9000 => "ArtMedia",
        0x9100 => "ArtMediaPatch",
        0x9200 => "ArtMediaControl",
        0x9300 => "ArtMediaControlReply",
        0x9700 => "ArtTimeCode",
        0x9800 => "ArtTimeSync",
        0x9900 => "ArtTrigger",
        0x9a00 => "ArtDirectory",
        0x9b00 => "ArtDirectoryReply",
        0xa010 => "ArtVideoSetup",
        0xa020 => "ArtVideoPalette",
        0xa040 => "ArtVideoData",
        0xf000 => "ArtMacMaster",
        0xf100 => "ArtMacSlave",
        0xf200 => "ArtFirmwareMaster",
        0xf300 => "ArtFirmwareReply",
        0xf400 => "ArtFileTnMaster",
        0xf500 => "ArtFileFnMaster",
        0xf600 => "ArtFileFnReply",
        0xf800 => "ArtIpProg",
        0xf900 => "ArtIpProgReply",
        _ => "not in the standard's table",
    }
}
