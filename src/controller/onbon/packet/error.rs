//! Why bytes of a line are no frame, and a body no packet.

use super::Framing;
use crate::diagnostic::{Bilingual, Explain};

/// Why bytes of a line are no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Bytes that belong to no frame.
    #[error("{bytes} bytes belong to no frame")]
    Noise {
        /// How many.
        bytes: usize,
    },
    /// A frame begins within another.
    #[error("a frame begins after {bytes} bytes of another that did not end")]
    Interrupted {
        /// How many bytes of its body had come.
        bytes: usize,
    },
    /// Two bytes that stand for none.
    #[error("byte {at} of the body is written {first:02x} {second:02x}, which stands for nothing")]
    Escape {
        /// The place in the body.
        at: usize,
        /// A6 or 5B.
        first: u8,
        /// What follows it.
        second: u8,
    },
    /// A body without end.
    #[error("the body is longer than {limit} bytes")]
    TooLong {
        /// The most bytes that are taken.
        limit: usize,
    },
    /// A frame without a body.
    #[error("the frame has no body")]
    Empty,
}

/// Why a body is no packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PacketError {
    /// It ends within its header.
    #[error("{found} bytes are too few: the header takes {needed}")]
    Short {
        /// The bytes there are.
        found: usize,
        /// The bytes of the header.
        needed: usize,
    },
    /// No framing is known by its byte 4, nor by its byte 11.
    #[error("byte 4 is {found:#04x}: it is neither F0 nor 05, 06 or 07, and byte 11 is not 02")]
    Version {
        /// The byte.
        found: u8,
    },
    /// There is more, or less, than it says.
    #[error("byte {at}: the length is {promised}, but {found} bytes of data are there")]
    Length {
        /// Where the length stands.
        at: usize,
        /// What it says.
        promised: usize,
        /// The bytes there are.
        found: usize,
    },
    /// The sum of the header is not that of its bytes.
    #[error("byte {at}: the sum of the header is {found:#04x}, but its bytes make {reckoned:#04x}")]
    HeaderSum {
        /// Where it stands.
        at: usize,
        /// What it is.
        found: u8,
        /// What it ought to be.
        reckoned: u8,
    },
    /// The CRC16 is not that of the bytes.
    #[error("byte {at}: the CRC16 is {found:#06x}, but the bytes make {reckoned:#06x}")]
    Sum {
        /// Where it stands.
        at: usize,
        /// What it is.
        found: u16,
        /// What it ought to be.
        reckoned: u16,
    },
}

impl PacketError {
    /// The place of the byte at fault; for bytes that are missing, where they should have gone on.
    pub const fn at(&self) -> usize {
        match *self {
            Self::Short { found, .. } => found,
            Self::Version { .. } => 4,
            Self::Length { at, .. } | Self::HeaderSum { at, .. } | Self::Sum { at, .. } => at,
        }
    }
}

impl Explain for LineError {
    fn chinese(&self) -> String {
        match self {
            Self::Noise { bytes } => format!("有 {bytes} 个字节不属于任何一帧"),
            Self::Interrupted { bytes } => format!("一帧收到 {bytes} 个字节尚未结束，又开始了新的一帧"),
            Self::Escape { at, first, second } => {
                format!("帧内第 {at} 字节的转义 {first:02x} {second:02x} 没有定义")
            }
            Self::TooLong { limit } => format!("一帧超过 {limit} 个字节仍未结束"),
            Self::Empty => "帧内没有内容".to_owned(),
        }
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(
            "请核对波特率、接线（A/B 是否接反）和接地；同一条线上不能有两台主机",
            "check the baud rate, the wiring (A and B swapped?) and the ground; a line has one master",
        )
    }
}

impl Explain for PacketError {
    fn chinese(&self) -> String {
        match self {
            Self::Short { found, needed } => format!("只有 {found} 个字节，不足包头的 {needed} 个字节"),
            Self::Version { found } => {
                format!("第 4 字节是 {found:#04x}，不是 F0、05、06、07，第 11 字节也不是 02，不认识这种包头")
            }
            Self::Length { at, promised, found } => {
                format!("第 {at} 字节：长度是 {promised}，实际有 {found} 个数据字节")
            }
            Self::HeaderSum { at, found, reckoned } => {
                format!("第 {at} 字节：包头校验是 {found:#04x}，按内容应为 {reckoned:#04x}")
            }
            Self::Sum { at, found, reckoned } => {
                format!("第 {at} 字节：CRC16 是 {found:#06x}，按内容应为 {reckoned:#06x}")
            }
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Version { .. } => Bilingual::new(
                "请核对对方是否为 ONBON BX 系列控制卡",
                "check that the other end is a card of ONBON's BX series",
            ),
            Self::Sum { .. } | Self::HeaderSum { .. } => Bilingual::new(
                "线路上有干扰：请核对波特率、接线、接地和终端电阻",
                "the line is disturbed: check the baud rate, wiring, ground and termination",
            ),
            Self::Short { .. } | Self::Length { .. } => Bilingual::new(
                format!("请检查发送方第 {} 字节起的内容", self.at()),
                format!("look at the sender's bytes from offset {} on", self.at()),
            ),
        }
    }
}

impl Framing {
    /// Its name, in Chinese and English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Dynamic => ("动态区", "dynamic"),
            Self::Five => ("五代", "BX-5"),
            Self::Six => ("六代", "BX-6"),
            Self::Font => ("字库卡", "font card"),
        }
    }
}
