//! Why a device does not take a datagram.

use super::{super::packet::PacketError, port::SOURCES};
use crate::diagnostic::{Bilingual, Explain};

/// Why a device does not take a datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is not sACN.
    #[error(transparent)]
    Malformed(#[from] PacketError),
    /// It is for another device's universe.
    #[error("data for universe {found}; this device has universes {first} to {last}")]
    Universe {
        /// The universe.
        found: u16,
        /// The device's first.
        first: u16,
        /// The device's last.
        last: u16,
    },
    /// The universe has as many sources as can be told apart.
    #[error("one source more for universe {universe}, which has {SOURCES} already")]
    Sources {
        /// The universe.
        universe: u16,
    },
}

impl Explain for Refusal {
    fn chinese(&self) -> String {
        match self {
            Self::Malformed(error) => error.chinese(),
            Self::Universe { found, first, last } => {
                format!("数据发往域 {found}，本机只有域 {first} 至 {last}")
            }
            Self::Sources { universe } => {
                format!("域 {universe} 已有 {SOURCES} 个信号源，不再接收更多")
            }
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Malformed(error) => error.help(),
            Self::Universe { .. } => Bilingual::new(
                "请核对双方的起始域号、每域通道数和宽高",
                "compare first universe, slots a universe, width and height on both sides",
            ),
            Self::Sources { .. } => Bilingual::new(
                "请停止多余的发送方，或改用其他域号",
                "stop senders that are too many, or give them other universes",
            ),
        }
    }
}
