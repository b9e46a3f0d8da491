//! Why there is no virtual card.

use std::{net::SocketAddr, path::PathBuf};

use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Explain},
    link::LinkError,
};

/// Why there is no virtual card.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CardError {
    /// The port to listen on.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The system gives no pseudo-terminal.
    #[error("no pseudo-terminal: {reason}")]
    Terminal {
        /// The system's words.
        reason: String,
    },
    /// The name of the pseudo-terminal cannot be made.
    #[error("cannot make {} a name of the pseudo-terminal: {reason}", path.display())]
    Name {
        /// The name.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The system gives no thread.
    #[error("no thread for a card: {reason}")]
    Thread {
        /// The system's words.
        reason: String,
    },
    /// A line without cards.
    #[error("no card hangs on the line")]
    NoCard,
}

impl CardError {
    pub(super) fn terminal(error: &(impl ToString + ?Sized)) -> Self {
        Self::Terminal {
            reason: error.to_string(),
        }
    }

    pub(super) fn listening(address: SocketAddr, error: &std::io::Error) -> Self {
        Self::Link(LinkError::listening(address, error))
    }
}

impl Explain for CardError {
    fn chinese(&self) -> String {
        match self {
            Self::Link(error) => error.chinese(),
            Self::Terminal { reason } => format!("系统未能提供伪终端：{reason}"),
            Self::Name { path, reason } => format!("无法把 {} 设为伪终端的名称：{reason}", path.display()),
            Self::Thread { reason } => format!("无法为控制卡建立线程：{reason}"),
            Self::NoCard => "线路上没有控制卡".to_owned(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Link(error) => error.help(),
            Self::Terminal { .. } => Bilingual::new(
                "请确认 /dev/pts 已挂载且未用尽",
                "see that /dev/pts is mounted and not used up",
            ),
            Self::Name { .. } => Bilingual::new(
                "请另选一个可写文件夹中尚不存在的名称",
                "choose a name that is not yet there, in a folder that can be written",
            ),
            Self::Thread { .. } => Bilingual::new("请检查系统资源", "check what the system has left"),
            Self::NoCard => Bilingual::new("请至少写一张控制卡", "name at least one card"),
        }
    }
}
