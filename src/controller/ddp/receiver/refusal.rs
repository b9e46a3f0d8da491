//! Why a display does not take a datagram.

use super::super::packet::{DataType, Destination, PacketError};
use crate::{
    diagnostic::{Bilingual, Explain},
    units::Size,
};

/// Why a display does not take a datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is not DDP.
    #[error(transparent)]
    Malformed(#[from] PacketError),
    /// It is a reply, and this display asked nothing.
    #[error("a reply, but a display asks nothing")]
    Reply,
    /// It speaks of storage.
    #[error("this display has no storage")]
    Storage,
    /// It is for something else than the display.
    #[error("data for {0}, which is not here")]
    Destination(Destination),
    /// Its data is of another type than the display's.
    #[error("data type {:#04x} ({found}); this display takes {}", found.0, types(*taken))]
    DataType {
        /// The type it has.
        found: DataType,
        /// The type that the display takes.
        taken: DataType,
    },
    /// Its data reaches beyond the display.
    #[error("data up to byte {end}; the display's {size} LEDs end at byte {bytes}")]
    Beyond {
        /// The first byte after the data.
        end: u64,
        /// The display's size.
        size: Size,
        /// How many bytes its picture has.
        bytes: usize,
    },
}

impl Explain for Refusal {
    fn chinese(&self) -> String {
        match self {
            Self::Malformed(error) => error.chinese(),
            Self::Reply => "这是应答包，而显示端并未查询".to_owned(),
            Self::Storage => "本显示端没有存储区".to_owned(),
            Self::Destination(destination) => format!("数据发往 {} 号（{destination}），本机没有", destination.0),
            Self::DataType { found, taken } if taken.is_rgb8() => {
                format!(
                    "数据类型 {:#04x}（{found}）；本显示端只收 0x0b，0x00、0x01、0x0a 按 0x0b 处理",
                    found.0
                )
            }
            Self::DataType { found, taken } => {
                format!("数据类型 {:#04x}（{found}）；本显示端只收 {:#04x}", found.0, taken.0)
            }
            Self::Beyond { end, size, bytes } => {
                format!("数据到第 {end} 字节，而 {size} 点的显示端只有 {bytes} 字节")
            }
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Malformed(error) => error.help(),
            Self::Reply => Bilingual::new("不要把应答包发给显示端", "do not send replies to a display"),
            Self::Storage => Bilingual::new("请清除标志位 0x08", "clear flag 0x08"),
            Self::Destination(_) => Bilingual::new("像素数据请发往 1 号", "send pixels to destination 1"),
            Self::DataType { taken, .. } if taken.is_rgb8() => {
                Bilingual::new("请让发送方使用 RGB 8 位", "set the sender to RGB, 8 bits")
            }
            Self::DataType { taken, .. } => Bilingual::new(
                format!("请让发送方使用类型 {:#04x}", taken.0),
                format!("set the sender to type {:#04x}", taken.0),
            ),
            Self::Beyond { .. } => Bilingual::new("请核对双方的宽和高", "compare width and height on both sides"),
        }
    }
}

/// The type that a display takes, with its other names.
fn types(taken: DataType) -> String {
    if taken.is_rgb8() {
        return "0x0b, and 0x00, 0x01, 0x0a for the same".to_owned();
    }
    format!("{:#04x} ({taken})", taken.0)
}
