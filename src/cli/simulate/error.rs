//! Why there is no virtual controller.

use std::{io, path::PathBuf};

use crate::{
    diagnostic::{Bilingual, Explain},
    link::LinkError,
    simulator::SimulatorError,
    units::Size,
};

/// Why there is no virtual controller, or no longer.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// The port to receive on.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// What to be, and where, cannot be read.
    #[error("{text:?} is not of the form ddp:host:port")]
    Listen {
        /// As written.
        text: String,
    },
    /// The page, or a picture file.
    #[error(transparent)]
    Simulator(#[from] SimulatorError),
    /// A protocol that is not known.
    #[error("unknown protocol {found:?}")]
    Protocol {
        /// As written.
        found: String,
    },
    /// A picture cannot be recorded.
    #[error("cannot record into {}: {error}", path.display())]
    Record {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A size that cannot be read, or that no screen has.
    #[error("{text:?} is not a size of 1x1 to {limit}x{limit} LEDs", limit = Size::LIMIT)]
    Size {
        /// As written.
        text: String,
    },
    /// The system gives no thread or no signals.
    #[error("cannot run in the background: {0}")]
    System(io::Error),
    /// The output is gone.
    #[error("cannot write: {0}")]
    Write(io::Error),
}

impl Explain for SimulateError {
    fn chinese(&self) -> String {
        match self {
            Self::Link(error) => error.chinese(),
            Self::Listen { text } => format!("“{text}”不是“ddp:主机:端口”的形式"),
            Self::Simulator(error) => error.chinese(),
            Self::Protocol { found } => format!("不认识协议“{found}”"),
            Self::Record { path, error } => format!("无法记录到 {}：{error}", path.display()),
            Self::Size { text } => format!("“{text}”不是 1x1 至 {limit}x{limit} 的点数", limit = Size::LIMIT),
            Self::System(error) => format!("无法在后台运行：{error}"),
            Self::Write(error) => format!("无法写出：{error}"),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Link(error) => error.help(),
            Self::Listen { .. } => Bilingual::new(
                "请写成 ddp:127.0.0.1:4048；要接收其他机器的画面，写 ddp:0.0.0.0:4048",
                "write it as ddp:127.0.0.1:4048, or ddp:0.0.0.0:4048 to receive from other machines",
            ),
            Self::Simulator(error) => error.help(),
            Self::Protocol { .. } => Bilingual::new("目前可用的协议：ddp", "known protocols: ddp"),
            Self::Record { .. } => Bilingual::new(
                "请检查文件夹的权限和磁盘空间",
                "check the folder's permissions and the room on the disk",
            ),
            Self::Size { .. } => Bilingual::new("请写成 256x128", "write it as 256x128"),
            Self::System(_) | Self::Write(_) => Bilingual::new("请检查系统资源", "check what the system has left"),
        }
    }
}
