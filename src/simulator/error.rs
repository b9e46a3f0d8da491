//! What this room refuses.

use std::net::SocketAddr;

use thiserror::Error;

use super::picture::Scale;
use crate::{
    diagnostic::{Bilingual, Explain},
    units::Size,
};

/// Why there is no page or no picture.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SimulatorError {
    /// Another program listens at the page's address.
    #[error("{address} is taken: another program listens there already")]
    AddressInUse {
        /// Where the page was to be.
        address: SocketAddr,
    },
    /// The system lets no one listen at the page's address.
    #[error("cannot listen at {address}: {reason}")]
    CannotListen {
        /// Where the page was to be.
        address: SocketAddr,
        /// The system's words.
        reason: String,
    },
    /// A scale outside of what is drawn.
    #[error("scale {scale} is outside of {least} to {most}", most = Scale::LIMIT)]
    Scale {
        /// The scale asked for.
        scale: u32,
        /// The smallest of its kind.
        least: u32,
    },
    /// A picture without LEDs, or larger than its format or a viewer can hold.
    #[error("a picture of {width}x{height} dots cannot be written")]
    PictureSize {
        /// Dots across.
        width: u64,
        /// Dots down.
        height: u64,
    },
    /// No frame at all.
    #[error("there is no frame to write")]
    NoFrames,
    /// A frame of another size than the first.
    #[error("frame {number} is {found}, the first one is {first}")]
    FrameSize {
        /// The frame's number, from 1.
        number: u64,
        /// The size of the first frame.
        first: Size,
        /// Its own size.
        found: Size,
    },
    /// More changes than one file should hold.
    #[error("the pictures change too much for one file: more than {limit} MiB before compression")]
    TooLong {
        /// The most, in MiB.
        limit: u64,
    },
}

impl Explain for SimulatorError {
    fn chinese(&self) -> String {
        match self {
            Self::AddressInUse { address } => format!("{address} 已被占用：另有程序在此监听"),
            Self::CannotListen { address, reason } => format!("无法在 {address} 监听：{reason}"),
            Self::Scale { scale, least } => format!("放大倍数 {scale} 超出 {least} 至 {} 的范围", Scale::LIMIT),
            Self::PictureSize { width, height } => format!("无法写出 {width}x{height} 点的图片"),
            Self::NoFrames => "没有可写出的画面".to_owned(),
            Self::FrameSize { number, first, found } => format!("第 {number} 帧为 {found}，与首帧 {first} 不一致"),
            Self::TooLong { limit } => format!("画面变化过多，单个文件容纳不下：压缩前超过 {limit} MiB"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::AddressInUse { address } => taken(address.port()),
            Self::CannotListen { .. } => Bilingual::new(
                "用 --view 指定本机地址，例如 --view 127.0.0.1:8601",
                "give an address of this machine, for example --view 127.0.0.1:8601",
            ),
            Self::Scale { .. } | Self::PictureSize { .. } => Bilingual::new("换一个放大倍数", "choose another scale"),
            Self::NoFrames | Self::TooLong { .. } => Bilingual::new("调整时段长度", "choose another length of time"),
            Self::FrameSize { .. } => Bilingual::new("每次只写一块屏幕", "write one screen at a time"),
        }
    }
}

fn taken(port: u16) -> Bilingual {
    let other = if port == u16::MAX { port - 1 } else { port + 1 };
    Bilingual::new(
        format!("用 ss -ltnp 'sport = :{port}' 查看占用者并将其停止，或另选地址：--view 127.0.0.1:{other}"),
        format!(
            "find it with ss -ltnp 'sport = :{port}' and stop it, or choose another address: --view 127.0.0.1:{other}"
        ),
    )
}
