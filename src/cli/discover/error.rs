//! Why nobody can be asked.

use std::io;

use crate::{
    diagnostic::{Bilingual, Explain},
    link::LinkError,
};

/// Why nobody can be asked.
#[derive(Debug, thiserror::Error)]
pub enum DiscoverError {
    /// No interface of this machine has an IPv4 address.
    #[error("this machine is in no network")]
    NoNetwork,
    /// The interface that was named has none, or is not there.
    #[error("no interface {name:?} with an IPv4 address; there are {known}")]
    NoInterface {
        /// As written.
        name: String,
        /// Those that there are.
        known: String,
    },
    /// A socket cannot be had.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The output is gone.
    #[error("cannot write: {0}")]
    Write(io::Error),
}

impl Explain for DiscoverError {
    fn chinese(&self) -> String {
        match self {
            Self::NoNetwork => "本机不在任何网络中".to_owned(),
            Self::NoInterface { name, known } => format!("没有带 IPv4 地址的网卡“{name}”；现有 {known}"),
            Self::Link(error) => error.chinese(),
            Self::Write(error) => format!("无法写出：{error}"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::NoNetwork => Bilingual::new(
                "请插好网线并设置 IP 地址（ip addr 可查）",
                "plug in the cable and set an IP address (`ip addr` shows them)",
            ),
            Self::NoInterface { .. } => Bilingual::new("请写其中之一", "name one of these"),
            Self::Link(error) => error.help(),
            Self::Write(_) => Bilingual::new(
                "请检查磁盘空间与权限",
                "see whether the disk has room and may be written",
            ),
        }
    }
}
